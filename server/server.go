// Package server answers HTTP: GraphQL at /graphql, and beside it what operators and machines ask of a service.
package server

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/klauspost/compress/gzhttp"

	"masar/server/limits"
)

// Options say what is served.
type Options struct {
	// Schema is the executable schema.
	Schema graphql.ExecutableSchema
	// Begin starts an operation: what it puts into the context is there for the resolvers. Its error is the whole answer.
	Begin Begin
	// Checks tell what the service needs in order to answer; it is ready while all of them are OK.
	Checks func() []Check
	// Version is answered at /version, as JSON.
	Version any
	// Limits bound what a client may send.
	Limits Limits
	// Origins are the sites whose pages may read answers.
	Origins Origins
	// Operations bounds what one operation may ask for; limits.Default when it is zero.
	Operations limits.Limits
	// Timeout bounds an operation; 4 s when 0.
	Timeout time.Duration
	// Log has a line for every operation, and the causes of internal errors.
	Log *slog.Logger
}

// Begin starts an operation.
type Begin func(context.Context, *graphql.OperationContext) (context.Context, error)

// New makes the handler of all routes.
func New(o Options) http.Handler {
	if o.Operations == (limits.Limits{}) {
		o.Operations = limits.Default()
	}
	if o.Timeout == 0 {
		o.Timeout = 4 * time.Second
	}
	mux := http.NewServeMux()
	mux.Handle("/graphql", newGraphQL(o))
	mux.HandleFunc("GET /schema.graphql", serveSchema(o.Schema.Schema()))
	mux.HandleFunc("GET /livez", live)
	mux.HandleFunc("GET /readyz", ready(o.Checks))
	mux.HandleFunc("GET /version", serveVersion(o.Version))
	mux.Handle("GET /graphiql/", serveGraphiQL("/graphiql/"))
	mux.HandleFunc("GET /{$}", welcome)
	return o.Origins.wrap(gzhttp.GzipHandler(unsniffed(mux)))
}

// unsniffed keeps browsers from taking an answer for something that its type does not say.
func unsniffed(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		h.ServeHTTP(w, r)
	})
}
