package operations

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"masar"
	"masar/loaders"
	"masar/operations/limits"
)

const (
	// keptDocuments is the number of parsed documents in the cache, and maxKept the maximum length of a cached document
	// in bytes.
	keptDocuments, maxKept = 256, 8 << 10
	// maxErrors is the maximum number of errors in an answer, so that a small document cannot cause a large answer.
	maxErrors = 20
)

// newExecutor configures gqlgen's executor.
func (o *Operations) newExecutor(schema graphql.ExecutableSchema) *executor.Executor {
	e := executor.New(schema)
	e.SetQueryCache(documents{lru.New[*ast.QueryDocument](keptDocuments)})
	e.SetParserTokenLimit(o.limits.Tokens)
	suggestions := o.limits.Introspections > 0
	e.SetDisableSuggestion(!suggestions)
	e.SetDefaultRulesFn(func() *rules.Rules { return validation(suggestions) })
	e.Use(&limits.Extension{Limits: o.limits})
	e.Use(extension.Introspection{}) // the limits can switch it off
	e.SetErrorPresenter(o.Present)
	e.SetRecoverFunc(func(_ context.Context, value any) error { return masar.Recovered(value) })
	e.AroundOperations(o.operate)
	e.AroundResponses(o.respond)
	return e
}

// documents is a cache of short parsed documents. Long ones are rarely sent twice, and could fill the memory.
type documents struct {
	graphql.Cache[*ast.QueryDocument]
}

// Add stores a document under its text.
func (d documents) Add(ctx context.Context, text string, parsed *ast.QueryDocument) {
	if len(text) <= maxKept {
		d.Cache.Add(ctx, text, parsed)
	}
}

// Begin starts an operation. Resolvers run in the context that it returns. Its error is the whole answer.
type Begin func(context.Context, *graphql.OperationContext) (context.Context, error)

// Load returns a Begin for a service whose loaders may not be ready yet. It starts a request of the loaders and reads
// ahead.
func Load(service func() (*loaders.Service, error)) Begin {
	return func(ctx context.Context, operation *graphql.OperationContext) (context.Context, error) {
		s, err := service()
		if err != nil {
			return ctx, err
		}
		ctx, request, err := s.Begin(ctx)
		if err != nil {
			return ctx, err
		}
		request.Prefetch(ctx, operation)
		return ctx, nil
	}
}

// State identifies what an operation would read that began now.
type State func() (loaders.State, error)

// StateOf returns the State of a service whose loaders may not be ready yet.
func StateOf(service func() (*loaders.Service, error)) State {
	return func() (loaders.State, error) {
		s, err := service()
		if err != nil {
			return loaders.State{}, err
		}
		return s.State()
	}
}

// maxBegun is how often an operation is started if writes make its snapshot stale.
const maxBegun = 4

// operate runs an operation within its timeout. The deadline outlives this function, because the resolvers run when the
// response is called. If a write makes the snapshot stale, the query runs again on a newer one.
func (o *Operations) operate(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	ctx, cancel := context.WithTimeout(ctx, o.timeout)
	operation := graphql.GetOperationContext(ctx)
	begun, err := o.begin(ctx, operation)
	if err != nil {
		cancel()
		return func(ctx context.Context) *graphql.Response {
			return o.respond(ctx, func(ctx context.Context) *graphql.Response { return o.refusal(ctx, err) })
		}
	}
	o.noteSnapshot(ctx, begun)
	respond := next(begun)
	return func(ctx context.Context) *graphql.Response {
		defer cancel()
		for times := 1; times < maxBegun && operation.Operation.Operation == ast.Query; times++ {
			// If the snapshot became stale during read-ahead, start again at once.
			if !loaders.Overtaken(begun) {
				if response := respond(ctx); !loaders.Overtaken(begun) {
					noteDetermined(begun, operation)
					return o.whole(ctx, response)
				}
			}
			if begun, err = o.begin(begun, operation); err != nil {
				return o.respond(begun, func(ctx context.Context) *graphql.Response { return o.refusal(ctx, err) })
			}
			o.noteSnapshot(ctx, begun)
			respond, ctx = next(begun), begun
		}
		return o.whole(ctx, respond(ctx))
	}
}

// whole returns the response of an operation, or a refusal if there is none.
func (o *Operations) whole(ctx context.Context, response *graphql.Response) *graphql.Response {
	if response != nil {
		return response
	}
	// gqlgen returns no response if the deadline passes before the resolvers start.
	return o.refusal(ctx, context.Cause(ctx))
}

func (o *Operations) refusal(ctx context.Context, err error) *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{o.Present(ctx, err)}}
}

// respond limits the errors of an answer and sorts them by position. Resolvers run concurrently, and equal queries must
// have equal answers.
func (o *Operations) respond(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	if response == nil {
		return nil
	}
	slices.SortStableFunc(response.Errors, byPlace)
	response.Errors = response.Errors[:min(len(response.Errors), maxErrors)]
	return response
}

// operationName is the client's name for its operation, truncated for the log.
func operationName(ctx context.Context) string {
	if !graphql.HasOperationContext(ctx) {
		return ""
	}
	return nameOf(graphql.GetOperationContext(ctx))
}

func nameOf(operation *graphql.OperationContext) string {
	name := operation.OperationName
	if operation.Operation != nil {
		name = operation.Operation.Name
	}
	return Shorten(name, 64)
}
