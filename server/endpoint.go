package server

import (
	"net/http"

	"masar"
)

// methods are the HTTP methods that /graphql accepts.
const methods = "GET, HEAD, POST, OPTIONS"

// endpoint serves /graphql: GraphQL over HTTP as in https://graphql.github.io/graphql-over-http/draft/. Resolvers never
// see the client's headers, and there are no cookies.
type endpoint struct {
	checkRate
	limits  Limits
	trusted TrustedDocuments
}

// ServeHTTP answers a request.
func (e endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept")
	if r.Method == http.MethodOptions { // not a preflight request: the CORS handler answers those
		w.Header().Set("Allow", methods)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	media, acceptable := negotiate(r.Header.Values("Accept"))
	if !acceptable {
		call{w, r, plainJSON}.refuse(e.operations.Present(r.Context(), masar.NewError(masar.CodeNotAcceptable, "error.http.accept", masar.Args{"first": string(graphqlResponse), "second": string(plainJSON)})))
		return
	}
	x := call{w, r, media}
	request, refused := e.begin(w, r)
	if refused != nil {
		x.refuse(e.operations.Present(r.Context(), refused))
		return
	}
	text, refused := e.limits.text(w, r)
	if refused != nil {
		x.refuse(e.operations.Present(r.Context(), refused))
		return
	}
	entryOf(r.Context()).request = request
	response, failed, recalled := request.Recall(r.Context(), []byte(text.form), text.content)
	if !recalled {
		params, refused := text.read(e.trusted)
		if refused != nil {
			x.refuse(e.operations.Present(r.Context(), refused))
			return
		}
		params.Ours = e.trusted != nil
		response, failed = request.Do(r.Context(), *params)
	}
	writeBudget(w.Header(), request.Budget())
	if failed != nil {
		x.refuse(failed)
		return
	}
	x.answer(response, request.Answer())
}
