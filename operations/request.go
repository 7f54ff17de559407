package operations

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
	"masar/accounts"
	"masar/operations/kept"
	"masar/operations/limits"
	"masar/operations/metrics"
	"masar/operations/traces"
)

// Request runs one operation of a client step by step. It is for transports that read the operation between two steps
// or report refusals in their own way. Other callers use Operations.Do.
type Request struct {
	of     *Operations
	client Client
	began  time.Time
	budget Budget
	ran    *ran // nil until the operation has a place and its document is read
	// answer is the answer in the form that is kept; nil if it is not kept.
	answer *Answer
	// text identifies the text of the request; zero if it is not known.
	text kept.Key
	// repeated is whether the answer was made for another request.
	repeated bool
}

// ran is the part of the log and metrics about an operation. Of what the client sent it holds only the name of the
// operation: neither the document nor the variables.
type ran struct {
	name       string          // the client's name for the operation
	ours       bool            // whether the name is the service's own or its operator's
	document   string          // first digits of its SHA-256, the same for equal documents
	kind       string          // query or mutation; "invalid" for an invalid document
	measured   limits.Measured // valid if isMeasured
	isMeasured bool
}

// NewRequest returns a new request of a client.
func (o *Operations) NewRequest(c Client) *Request {
	return &Request{of: o, client: c, began: time.Now()}
}

// Admit charges the request to its client's budget. Call it before reading the request. The error has code
// RATE_LIMITED.
func (r *Request) Admit() (err *masar.Error) {
	r.budget, err = r.of.clients.spend(r.client.rated())
	if err != nil {
		r.of.metrics.Refuse(metrics.Rate)
	}
	return err
}

// Budget returns what the client had left after the last step.
func (r *Request) Budget() Budget { return r.budget }

// Enter waits for a place in a queue. Call it after reading the whole request, so that slow senders hold no place. The
// error has code RATE_LIMITED or OVERLOADED.
func (r *Request) Enter(ctx context.Context, q *Queue) (leave func(), err *masar.Error) {
	return r.enter(ctx, q, 1)
}

// enter waits for several places at once.
func (r *Request) enter(ctx context.Context, q *Queue, places int) (leave func(), err *masar.Error) {
	leave, err = q.Enter(ctx, ClientPrefix(r.client.Address), places)
	switch {
	case err == nil:
	case err.Code == masar.CodeRateLimited:
		r.of.metrics.Refuse(metrics.Share)
	default:
		r.of.metrics.Refuse(metrics.Overloaded)
	}
	return leave, err
}

// Do runs the operation while it has a place in the queue. The place is free when Do returns, so that slow readers hold
// none. The response is nil if the operation was refused or failed outside its resolvers.
func (r *Request) Do(ctx context.Context, p Params) (response *graphql.Response, refused *gqlerror.Error) {
	ctx, span := r.of.spans.Operation(ctx, r.began)
	response, refused = r.do(ctx, p)
	r.describe(span, response, refused)
	return response, refused
}

func (r *Request) do(ctx context.Context, p Params) (response *graphql.Response, refused *gqlerror.Error) {
	ctx = graphql.StartOperationTrace(accounts.With(ctx, r.client.Actor))
	defer func() {
		if value := recover(); value != nil {
			response, refused = nil, r.of.Present(ctx, masar.Recovered(value))
		}
	}()
	response, err := r.run(ctx, p)
	if err != nil {
		return nil, r.of.Present(ctx, err)
	}
	return response, nil
}

func (r *Request) run(ctx context.Context, p Params) (*graphql.Response, *masar.Error) {
	asks, keeps := r.asks(p)
	question, known := r.of.questionOf(asks)
	if keeps = keeps && known; keeps {
		defer func() { r.learn(asks) }()
		if a, is := r.of.kept.Get(question.key); is {
			if r.of.spans != nil {
				traces.Current(ctx).Text("masar.snapshot", question.state.Snapshot)
			}
			return r.repeat(a)
		}
	}
	leave, refused := r.Enter(ctx, r.of.queue)
	if refused != nil {
		return nil, refused
	}
	defer func() { leave() }()
	operation, errs := r.of.executor.CreateOperationContext(ctx, &graphql.RawParams{
		Query: p.Query, OperationName: p.OperationName, Variables: p.Variables, Extensions: p.Extensions,
	})
	operation.RawQuery = p.Query // a document that the limits refuse is not there yet, and messages quote it
	ctx = graphql.WithOperationContext(ctx, operation)
	r.ran = runOf(ctx, operation, p)
	if errs != nil {
		return r.of.executor.DispatchError(ctx, errs), nil
	}
	if refused := r.take(operation.Operation.Operation); refused != nil {
		return nil, refused
	}
	if places := r.places(); places > 1 {
		// One that kept its place while it waits for more of them could wait for another that does the same.
		leave()
		if leave, refused = r.enter(ctx, r.of.queue, places); refused != nil {
			leave = func() {}
			return nil, refused
		}
	}
	if keeps && operation.Operation.Operation == ast.Query {
		place := leave
		leave = func() {}
		return r.share(ctx, question, operation, place)
	}
	return r.of.dispatch(ctx, operation), nil
}

// take charges an operation to its client, and refuses it if the client may not run it.
func (r *Request) take(kind ast.Operation) *masar.Error {
	if left, charged := r.of.clients.charge(r.client.rated(), r.ran.measured.Cost); charged {
		r.budget = left
	}
	if permit := r.client.Permit; permit != nil {
		return permit(kind)
	}
	return nil
}

// places is the number of places that the operation takes.
func (r *Request) places() int { return placesFor(r.ran.measured.Cost) }

// dispatch runs an operation that has a place.
func (o *Operations) dispatch(ctx context.Context, operation *graphql.OperationContext) *graphql.Response {
	respond, ctx := o.executor.DispatchOperation(ctx, operation)
	return respond(ctx)
}

func runOf(ctx context.Context, operation *graphql.OperationContext, p Params) *ran {
	sum := sha256.Sum256([]byte(p.Query))
	made := &ran{name: strings.Clone(nameOf(operation)), ours: p.Ours, document: hex.EncodeToString(sum[:6]), kind: "invalid"}
	made.measured, made.isMeasured = limits.Of(ctx)
	if operation.Operation != nil {
		made.kind = string(operation.Operation.Operation)
	}
	return made
}

// Ran reports whether the request was run as an operation and has its own line in the log.
func (r *Request) Ran() bool { return r.ran != nil }

// Log writes the result to the log, with the transport's attributes, and to the metrics. Call it after the answer has
// been sent.
func (r *Request) Log(ctx context.Context, outcome Outcome, more ...slog.Attr) {
	took := time.Since(r.began)
	message, attributes := "request", []slog.Attr(nil)
	if ran := r.ran; ran != nil {
		r.of.metrics.Operation(ran.kind, outcome.Code, took, traces.Exported(ctx))
		message = "operation"
		attributes = []slog.Attr{slog.String("name", ran.name), slog.String("document", ran.document), slog.String("type", ran.kind)}
		if ran.isMeasured {
			attributes = append(attributes, slog.Int("cost", ran.measured.Cost), slog.Int("depth", ran.measured.Depth))
		}
		if r.repeated {
			attributes = append(attributes, slog.Bool("kept", true))
		}
	}
	attributes = append(append(attributes, slog.String("transport", r.client.Transport)), more...)
	r.of.log.LogAttrs(ctx, outcome.Level(), message, append(attributes, outcome.Attrs(took)...)...)
}
