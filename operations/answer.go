package operations

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
	"masar/internal/etag"
	"masar/loaders"
	"masar/operations/kept"
	"masar/operations/metrics"
)

// Answer is a whole answer without errors: that of an operation, a page or a file. It is kept until the graph changes or
// other answers need its place.
type Answer struct {
	// Body is the answer as it is sent without compression.
	Body []byte
	// Header are the headers of a page or a file; nil for the answer to an operation.
	Header map[string][]string

	ran *ran // the operation that was run for it; nil if there was none
	tag func() string
	// resized is called when more forms are kept.
	resized func()
	size    atomic.Int64

	mu     sync.Mutex // protects the rest
	used   bool
	packed map[string][]byte // by content coding
}

func (o *Operations) newAnswer(q Question, body []byte, header map[string][]string, ran *ran) *Answer {
	a := &Answer{Body: body, Header: header, ran: ran, tag: sync.OnceValue(func() string { return etag.Weak(body) }), packed: map[string][]byte{}}
	a.resized = func() { o.kept.Weigh(q.key, a) }
	for name, values := range header {
		a.size.Add(int64(len(name)))
		for _, value := range values {
			a.size.Add(int64(len(value)))
		}
	}
	a.size.Add(int64(len(body)))
	return a
}

// Bytes is the size of all forms of the answer.
func (a *Answer) Bytes() int { return int(a.size.Load()) }

// Tag is the weak ETag of the body.
func (a *Answer) Tag() string { return a.tag() }

// Packed returns the body in a content coding. At the first use it returns nil, because most answers are used once. Later
// it keeps what pack returns.
func (a *Answer) Packed(coding string, pack func([]byte) []byte) []byte {
	body, made := a.form(coding, pack)
	if made {
		a.size.Add(int64(len(body)))
		a.resized()
	}
	return body
}

func (a *Answer) form(coding string, pack func([]byte) []byte) (body []byte, made bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.used {
		a.used = true
		return nil, false
	}
	if body, ok := a.packed[coding]; ok {
		return body, false
	}
	body = pack(a.Body)
	a.packed[coding] = body
	return body, true
}

// The answer to an operation is its data between these two.
const beforeData, afterData = `{"data":`, `}`

// response is the answer to an operation as gqlgen returns it.
func (a *Answer) response() *graphql.Response {
	return &graphql.Response{Data: json.RawMessage(a.Body[len(beforeData) : len(a.Body)-len(afterData)])}
}

// Question identifies an answer: what was asked, of which graph.
type Question struct {
	key   kept.Key
	state loaders.State
}

// Question returns the question that these parts ask of the graph. It returns false if no answers are kept, or if there is
// no graph.
func (o *Operations) Question(parts ...string) (q Question, keeps bool) {
	if o.kept == nil {
		return q, false
	}
	now, err := o.state()
	if err != nil {
		return q, false
	}
	return Question{kept.KeyOf(append([]string{now.Snapshot, now.AsOf}, parts...)...), now}, true
}

// isOfNow reports whether the graph is still that of a question. Then what was read since is of that graph.
func (o *Operations) isOfNow(q Question) bool {
	now, err := o.state()
	return err == nil && now == q.state
}

// asked identifies an operation with its variables.
type asked kept.Key

// Bytes is 0: a cache counts its keys and places itself.
func (asked) Bytes() int { return 0 }

// partOfAsked is the part of the kept bytes for the texts of requests that were read before, as a divisor.
const partOfAsked = 16

// asks reads what a request asks for. The schema, the limits and the settings of the service are the same for all requests.
// Resolvers see neither headers nor extensions. What an account may see could differ, so only anonymous clients share
// answers.
func (r *Request) asks(p Params) (a asked, keeps bool) {
	if !r.shares() {
		return a, false
	}
	variables, err := json.Marshal(p.Variables) // with sorted names
	return asked(kept.KeyOf(p.Query, p.OperationName, string(variables))), err == nil
}

// shares reports whether the client gets answers that were made for others.
func (r *Request) shares() bool { return r.of.kept != nil && r.client.Actor.Anonymous() }

func (o *Operations) questionOf(a asked) (q Question, keeps bool) {
	return o.Question("operation", string(a[:]))
}

// Recall returns the answer to a request with the same text as an earlier one, if it is kept. The text has all parts of
// the request that decide what it asks for. The request is then complete. Otherwise read the text and call Do.
func (r *Request) Recall(ctx context.Context, text ...[]byte) (response *graphql.Response, refused *gqlerror.Error, recalled bool) {
	if !r.shares() {
		return nil, nil, false
	}
	r.text = kept.KeyOf(text...)
	before, is := r.of.asked.Get(r.text)
	if !is {
		return nil, nil, false
	}
	q, _ := r.of.questionOf(before)
	answer, is := r.of.kept.Get(q.key)
	if !is {
		return nil, nil, false
	}
	_, span := r.of.spans.Operation(ctx, r.began)
	span.Text("masar.snapshot", q.state.Snapshot)
	response, err := r.repeat(answer)
	if err != nil {
		refused = r.of.Present(ctx, err)
	}
	r.describe(span, response, refused)
	return response, refused, true
}

// learn remembers what the text of the request asks for, once that has an answer to keep.
func (r *Request) learn(a asked) {
	if r.answer != nil && r.text != (kept.Key{}) {
		r.of.asked.Put(r.text, a)
	}
}

// Answer returns the answer of the request in the form that is kept; nil if it is not kept.
func (r *Request) Answer() *Answer { return r.answer }

// repeat gives the request an answer that was made for another. The client pays as if the operation had run.
func (r *Request) repeat(a *Answer) (*graphql.Response, *masar.Error) {
	r.ran = a.ran
	if refused := r.take(ast.Query); refused != nil {
		return nil, refused
	}
	r.repeats(a, metrics.RepeatedKept)
	return a.response(), nil
}

func (r *Request) repeats(a *Answer, how metrics.Repeat) {
	r.answer, r.repeated = a, true
	r.of.metrics.Repeated(how)
}

// share runs a query once for all requests for it at the same time. A request that waits for another holds no place. If
// there is nothing to share, such as an answer with errors, each request runs alone.
func (r *Request) share(ctx context.Context, q Question, operation *graphql.OperationContext, leave func()) (*graphql.Response, *masar.Error) {
	var own *graphql.Response
	var broken error
	shared, first := r.of.kept.Share(ctx, q.key, func(ctx context.Context) (*Answer, bool) {
		defer leave()
		broken = masar.Guard(func() error {
			own = r.of.dispatch(ctx, operation)
			return nil
		})
		return r.of.answerOf(q, own, operation, r.ran)
	})
	if !first {
		leave()
	}
	a, whole, err := shared.Wait(ctx)
	switch {
	case err != nil:
		return r.of.refusal(ctx, err), nil
	case whole && first:
		r.answer = a
		return a.response(), nil
	case whole:
		r.repeats(a, metrics.RepeatedShared)
		return a.response(), nil
	case first && broken != nil:
		panic(broken) // in the goroutine of the request, whose caller expects it
	case first:
		return own, nil
	}
	leave, refused := r.enter(ctx, r.of.queue, r.places())
	if refused != nil {
		return nil, refused
	}
	defer leave()
	return r.of.dispatch(ctx, operation), nil
}

// answerOf returns the answer to keep; false if the response may not be kept: it has errors, or the graph of the question
// and the operation do not determine it alone.
func (o *Operations) answerOf(q Question, response *graphql.Response, operation *graphql.OperationContext, ran *ran) (*Answer, bool) {
	if response == nil || response.Data == nil || len(response.Errors) > 0 || len(response.Extensions) > 0 || !isDetermined(operation) || !o.isOfNow(q) {
		return nil, false
	}
	return o.newAnswer(q, Encode(response), nil, ran), true
}

// determined is the name under which gqlgen stores with an operation that its answer is determined.
const determined = "masar.determined"

func noteDetermined(ctx context.Context, operation *graphql.OperationContext) {
	operation.Stats.SetExtension(determined, loaders.Determined(ctx))
}

func isDetermined(operation *graphql.OperationContext) bool {
	is, _ := operation.Stats.GetExtension(determined).(bool)
	return is
}

// Kept returns the page or the file that answers a question, if it is kept.
func (o *Operations) Kept(q Question) (*Answer, bool) { return o.kept.Get(q.key) }

// Repeat gives the request a kept page or file, and charges it as if the operation of the page had run.
func (r *Request) Repeat(a *Answer) {
	if a.ran != nil {
		r.ran = a.ran
		_ = r.take(ast.Query) // queries are permitted by GET
	}
	r.repeats(a, metrics.RepeatedWhole)
}

// Keep keeps a page or a file that was made for a request; the request is nil if it ran no operation.
func (o *Operations) Keep(q Question, r *Request, header map[string][]string, body []byte) {
	if !o.isOfNow(q) {
		return
	}
	var of *ran
	if r != nil {
		of = r.ran
	}
	o.kept.Put(q.key, o.newAnswer(q, body, header, of))
}

// LargestKept is the size of the largest answer that is kept.
func (o *Operations) LargestKept() int {
	if o.kept == nil {
		return 0
	}
	return o.kept.Largest()
}
