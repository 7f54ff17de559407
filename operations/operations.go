// Package operations runs GraphQL operations for any caller: HTTP, and what asks without it, such as pages, assistants and
// commands. All of them have the same limits, rates, queue, errors, log and metrics.
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
	"masar/operations/limits"
	"masar/operations/metrics"
)

// Options say how operations are run.
type Options struct {
	// Schema is the executable schema.
	Schema graphql.ExecutableSchema
	// Begin starts each operation.
	Begin Begin
	// Limits bound what one operation may ask for; limits.Default when it is zero.
	Limits limits.Limits
	// Queue bounds the operations that run and wait.
	Queue QueueSize
	// Rate bounds the requests of a client.
	Rate Rate
	// Timeout bounds the time of an operation; 4 s when 0.
	Timeout time.Duration
	// Metrics count the operations; New makes its own where there are none.
	Metrics *metrics.Metrics
	// Log has a line for every operation, and the causes of internal errors.
	Log *slog.Logger
}

// Operations runs operations.
type Operations struct {
	presenter
	executor *executor.Executor
	begin    Begin
	limits   limits.Limits
	queue    *Queue
	clients  *clients
	timeout  time.Duration
	metrics  *metrics.Metrics
}

// New makes what runs the operations of a schema.
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
		presenter: presenter{TracedLog(o.Log), o.Schema.Schema()},
		begin:     o.Begin, limits: o.Limits, clients: newClients(o.Rate), timeout: o.Timeout, metrics: o.Metrics,
	}
	made.queue = made.watched("operations", o.Queue)
	made.executor = made.newExecutor(o.Schema)
	return made
}

// Params are what a client asks: a document, which of its operations to run, and the values of its variables.
type Params struct {
	Query, OperationName  string
	Variables, Extensions map[string]any
}

// Do runs an operation from beginning to end. Its answer is never nil: what went wrong is in its errors, and it has data
// where the operation was executed.
func (o *Operations) Do(ctx context.Context, c Client, p Params) *graphql.Response {
	ctx = WithTrace(ctx)
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

// asJSON gives variables the types that they have when they come as JSON, which are those that the limits know.
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

// Schema is the schema of the operations.
func (o *Operations) Schema() *ast.Schema { return o.schema }

// Metrics are the metrics in which the operations are counted.
func (o *Operations) Metrics() *metrics.Metrics { return o.metrics }
