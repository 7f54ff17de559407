// Package server answers HTTP: GraphQL at /graphql, and beside it what operators and machines ask of a service.
package server

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
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
	// Timeout bounds an operation; 4 s when 0.
	Timeout time.Duration
	// Log has a line for every operation, and the causes of internal errors.
	Log *slog.Logger
}

// Begin starts an operation.
type Begin func(context.Context, *graphql.OperationContext) (context.Context, error)

// maxBody bounds the body of a request, so that no standard client meets it.
const maxBody = 128 << 10

// New makes the handler of all routes.
func New(o Options) http.Handler {
	if o.Timeout == 0 {
		o.Timeout = 4 * time.Second
	}
	mux := http.NewServeMux()
	mux.Handle("/graphql", http.MaxBytesHandler(newGraphQL(o), maxBody))
	mux.HandleFunc("GET /schema.graphql", serveSchema(o.Schema.Schema()))
	mux.HandleFunc("GET /livez", live)
	mux.HandleFunc("GET /readyz", ready(o.Checks))
	mux.HandleFunc("GET /version", serveVersion(o.Version))
	mux.Handle("GET /graphiql/", serveGraphiQL("/graphiql/"))
	mux.HandleFunc("GET /{$}", welcome)
	return mux
}
