// Package operations runs GraphQL operations for any caller: HTTP, and callers in the process such as pages, assistants
// and commands. All have the same limits, rates, queue, errors, log and metrics.
package operations

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
	"masar/operations/kept"
	"masar/operations/limits"
	"masar/operations/metrics"
	"masar/operations/traces"
)

// Options configure how operations run.
type Options struct {
	// Schema is the executable schema.
	Schema graphql.ExecutableSchema
	// Begin starts each operation.
	Begin Begin
	// State identifies what an operation would read that began now; nil if that is not known, and then no answers are
	// kept.
	State State
	// KeptBytes is the maximum size of kept answers; 0 keeps none.
	KeptBytes int
	// Limits bound what one operation may ask for; zero means limits.Default.
	Limits limits.Limits
	// Queue bounds the numbers of running and waiting operations.
	Queue QueueSize
	// Rate bounds the requests of one client.
	Rate Rate
	// Timeout is the maximum time of an operation; 0 means 4 s.
	Timeout time.Duration
	// Metrics count the operations; nil makes New create its own.
	Metrics *metrics.Metrics
	// Spans export the operations; nil exports none.
	Spans *traces.Spans
	// Log gets a line for every operation, and the causes of internal errors.
	Log *slog.Logger
}

// Operations runs operations.
type Operations struct {
	presenter
	executor *executor.Executor
	begin    Begin
	state    State
	kept     *kept.Cache[*Answer] // nil if no answers are kept
	asked    *kept.Cache[asked]   // nil if no answers are kept
	limits   limits.Limits
	queue    *Queue
	clients  *clients
	timeout  time.Duration
	metrics  *metrics.Metrics
	spans    *traces.Spans
}

// New returns Operations for a schema.
func New(o Options) *Operations {
	if o.Limits == (limits.Limits{}) {
		o.Limits = limits.Default()
	}
	if o.Timeout == 0 {
		o.Timeout = 4 * time.Second
	}
	if o.Metrics == nil {
		o.Metrics = metrics.New("")
	}
	made := &Operations{
		presenter: presenter{traces.Log(o.Log), o.Schema.Schema(), o.Limits.Introspections > 0},
		begin:     o.Begin, state: o.State, limits: o.Limits, clients: newClients(o.Rate), timeout: o.Timeout, metrics: o.Metrics, spans: o.Spans,
	}
	made.queue = made.watched("operations", o.Queue)
	made.executor = made.newExecutor(o.Schema)
	if o.State != nil && o.KeptBytes > 0 {
		made.asked = kept.New[asked](o.KeptBytes / partOfAsked)
		made.kept = kept.New[*Answer](o.KeptBytes - o.KeptBytes/partOfAsked)
		o.Metrics.WatchKept(made.kept.Size)
	}
	return made
}

// Params are the parameters of an operation: the document, the name of the operation to run, and the values of its
// variables.
type Params struct {
	Query, OperationName  string
	Variables, Extensions map[string]any
	// Ours is whether the document is the service's own or its operator's, so that traces may show the name of the operation.
	Ours bool
}

// Do runs an operation. It never returns nil: errors are in the response, which has data if the operation was executed.
func (o *Operations) Do(ctx context.Context, c Client, p Params) *graphql.Response {
	ctx = traces.Ensure(ctx)
	r := o.NewRequest(c)
	response, refused := r.doAll(ctx, p)
	if refused != nil {
		response = &graphql.Response{Errors: gqlerror.List{refused}}
	}
	r.Log(ctx, OutcomeOf(response.Errors))
	return response
}

func (r *Request) doAll(ctx context.Context, p Params) (*graphql.Response, *gqlerror.Error) {
	err := r.Admit()
	if err == nil {
		p.Variables, err = asJSON(p.Variables)
	}
	if err != nil {
		return nil, r.of.Present(ctx, err)
	}
	return r.Do(ctx, p)
}

// asJSON converts variables to the types that a JSON decoder gives, because the limits check only those.
func asJSON(variables map[string]any) (decoded map[string]any, refused *masar.Error) {
	text, err := json.Marshal(variables)
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		err = d.Decode(&decoded)
	}
	if err != nil {
		return nil, masar.NewArgumentError(masar.CodeBadRequest, "variables", "error.variables.json", nil).Because(err)
	}
	return decoded, nil
}

// Schema returns the schema of the operations.
func (o *Operations) Schema() *ast.Schema { return o.schema }

// Limits returns the limits of one operation.
func (o *Operations) Limits() limits.Limits { return o.limits }

// Metrics returns the metrics that count the operations.
func (o *Operations) Metrics() *metrics.Metrics { return o.metrics }

// Spans returns the spans that export the operations; nil if there are none.
func (o *Operations) Spans() *traces.Spans { return o.spans }

// State returns the function that identifies what an operation would read that began now: the snapshot and the as-of date.
// It is nil if that is not known.
func (o *Operations) State() func() (snapshot, asOf string, err error) {
	if o.state == nil {
		return nil
	}
	return func() (snapshot, asOf string, err error) {
		now, err := o.state()
		return now.Snapshot, now.AsOf, err
	}
}
