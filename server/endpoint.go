package server

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"

	"masar"
)

// methods are those that /graphql takes.
const methods = "GET, HEAD, POST, OPTIONS"

// endpoint is /graphql: GraphQL over HTTP, as https://graphql.github.io/graphql-over-http/draft/ has it. A client's
// headers never reach a resolver, and there are no cookies.
type endpoint struct {
	executor *executor.Executor
	presenter
	gate   *gate
	limits Limits
	// sameOrigin finds the requests that a browser sends for a page of somebody else.
	sameOrigin http.CrossOriginProtection
}

// ServeHTTP answers a request.
func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept")
	if r.Method == http.MethodOptions { // and is no preflight, which would not have come this far
		w.Header().Set("Allow", methods)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	x := call{w, r, plainJSON}
	ctx := graphql.StartOperationTrace(r.Context())
	defer func() {
		switch broken := recover(); broken {
		case nil:
		case http.ErrAbortHandler:
			panic(broken)
		default:
			x.refuse(e.present(ctx, recovered(ctx, broken)))
		}
	}()
	media, acceptable := negotiate(r.Header.Values("Accept"))
	if !acceptable {
		x.refuse(e.present(ctx, masar.Errorf(masar.CodeNotAcceptable, "answers are %s or %s, in UTF-8",
			"صيغة الإجابات %s أو %s بترميز UTF-8", graphqlResponse, plainJSON)))
		return
	}
	x.media = media
	if refused := e.gate.knock(w, r); refused != nil {
		x.refuse(e.present(ctx, refused))
		return
	}
	params, refused := e.limits.read(w, r)
	if refused != nil {
		x.refuse(e.present(ctx, refused))
		return
	}
	response, refused := e.perform(ctx, w, r, params)
	if refused != nil {
		x.refuse(e.present(ctx, refused))
		return
	}
	x.answer(response)
}

// perform performs an operation while there is a place for it. The answer is sent when the place is free again: a client
// that reads slowly holds none.
func (e *endpoint) perform(ctx context.Context, w http.ResponseWriter, r *http.Request, params *graphql.RawParams) (*graphql.Response, *masar.Error) {
	leave, refused := e.gate.enter(e.gate.operations, r)
	if refused != nil {
		return nil, refused
	}
	defer leave()
	operation, errs := e.executor.CreateOperationContext(ctx, params)
	ctx = graphql.WithOperationContext(ctx, operation)
	sees(ctx).operation(ctx, params.Query)
	if errs != nil {
		return e.executor.DispatchError(ctx, errs), nil
	}
	e.gate.charge(w, r, sees(ctx).measured.Cost)
	if refused := e.permit(w, r, operation.Operation.Operation); refused != nil {
		return nil, refused
	}
	return e.execute(ctx, operation), nil
}

func (e *endpoint) execute(ctx context.Context, operation *graphql.OperationContext) *graphql.Response {
	responses, ctx := e.executor.DispatchOperation(ctx, operation)
	return responses(ctx)
}

// permit refuses what could change something and may have been sent behind a person's back: by a link, or by a page of
// another site.
func (e *endpoint) permit(w http.ResponseWriter, r *http.Request, operation ast.Operation) *masar.Error {
	if operation == ast.Query {
		return nil
	}
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return masar.Errorf(masar.CodeMethodNotAllowed, "a %s is sent by POST", "تُرسل عملية %s بطريقة POST", operation)
	}
	if err := e.sameOrigin.Check(r); err != nil {
		return masar.Errorf(masar.CodeForbidden, "a %s is not taken from a page of another site",
			"لا تُقبل عملية %s من صفحة موقع آخر", operation)
	}
	return nil
}
