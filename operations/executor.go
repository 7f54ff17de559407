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
	// keptDocuments is the number of parsed documents that are kept, and maxKept the bytes of the longest of them.
	keptDocuments, maxKept = 256, 8 << 10
	// maxErrors bounds the errors of an answer, so that a small document cannot make a large one of them.
	maxErrors = 20
)

// newExecutor assembles gqlgen's executor.
func (o *Operations) newExecutor(schema graphql.ExecutableSchema) *executor.Executor {
	e := executor.New(schema)
	e.SetQueryCache(documents{lru.New[*ast.QueryDocument](keptDocuments)})
	e.SetParserTokenLimit(o.limits.Tokens)
	suggestions := o.limits.Introspections > 0
	e.SetDisableSuggestion(!suggestions)
	e.SetDefaultRulesFn(func() *rules.Rules { return validation(suggestions) })
	e.Use(&limits.Extension{Limits: o.limits})
	e.Use(extension.Introspection{}) // the limits switch it off
	e.SetErrorPresenter(o.Present)
	e.SetRecoverFunc(func(_ context.Context, value any) error { return masar.Recovered(value) })
	e.AroundOperations(o.operate)
	e.AroundResponses(o.respond)
	return e
}

// documents keeps parsed documents that are short: no client can fill the memory with long ones, which are rarely sent twice.
type documents struct {
	graphql.Cache[*ast.QueryDocument]
}

// Add keeps a document by its text.
func (d documents) Add(ctx context.Context, text string, parsed *ast.QueryDocument) {
	if len(text) <= maxKept {
		d.Cache.Add(ctx, text, parsed)
	}
}

// Begin starts an operation: what it puts into the context is there for the resolvers. Its error is the whole answer.
type Begin func(context.Context, *graphql.OperationContext) (context.Context, error)

// Load makes the Begin of a service whose loaders may not be there yet: it starts a request of theirs and reads ahead.
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

// maxBegun is how often an operation is begun that writes overtake.
const maxBegun = 4

// operate runs an operation within its time. The deadline must outlive this function: the resolvers run when the
// response is asked for. A query that was overtaken by a write is run again, on a newer snapshot.
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
	respond := next(begun)
	return func(ctx context.Context) *graphql.Response {
		defer cancel()
		for times := 1; times < maxBegun && operation.Operation.Operation == ast.Query; times++ {
			// One that was overtaken while it read ahead is not worth running.
			if !loaders.Overtaken(begun) {
				if response := respond(ctx); !loaders.Overtaken(begun) {
					return o.whole(ctx, response)
				}
			}
			if begun, err = o.begin(begun, operation); err != nil {
				return o.respond(begun, func(ctx context.Context) *graphql.Response { return o.refusal(ctx, err) })
			}
			respond, ctx = next(begun), begun
		}
		return o.whole(ctx, respond(ctx))
	}
}

// whole is the response of an operation, or a refusal if there is none.
func (o *Operations) whole(ctx context.Context, response *graphql.Response) *graphql.Response {
	if response != nil {
		return response
	}
	// gqlgen answers nothing at all when the deadline has passed before the resolvers began.
	return o.refusal(ctx, context.Cause(ctx))
}

func (o *Operations) refusal(ctx context.Context, err error) *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{o.Present(ctx, err)}}
}

// respond bounds an answer's errors, and puts them into the order of the document: fields are resolved at the same time, and
// the same question is to have the same answer.
func (o *Operations) respond(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	if response == nil {
		return nil
	}
	slices.SortStableFunc(response.Errors, byPlace)
	response.Errors = response.Errors[:min(len(response.Errors), maxErrors)]
	return response
}

// operationName is what the client calls its operation, cut to a length that suits a log.
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
