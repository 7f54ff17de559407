// Package server answers HTTP: GraphQL at /graphql, and beside it what operators and machines ask of a service.
package server

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/klauspost/compress/gzhttp"

	"masar/exchange"
	"masar/server/limits"
)

// Options say what is served.
type Options struct {
	// Schema is the executable schema.
	Schema graphql.ExecutableSchema
	// Begin starts an operation: what it puts into the context is there for the resolvers. Its error is the whole answer.
	Begin Begin
	// Rows gives the newest snapshot of the graph as rows; nil serves none.
	Rows func() (exchange.Source, error)
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
	// Admission says how much is taken in at once.
	Admission Admission
	// Metrics count what is answered; New makes its own where there are none.
	Metrics *Metrics
	// MetricsApart says that the metrics are answered elsewhere. Else they are at /metrics, for this machine alone.
	MetricsApart bool
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
	if o.Metrics == nil {
		o.Metrics = NewMetrics("")
	}
	o.Log = slog.New(traced{o.Log.Handler()})
	gate := newGate(o.Admission, o.Metrics)
	present := presenter{o.Log, o.Schema.Schema()}
	mux := http.NewServeMux()
	mux.Handle("/graphql", newGraphQL(o, gate))
	mux.Handle(rowsPath, gate.download(present, newRows(o)))
	mux.HandleFunc("GET /schema.graphql", serveSchema(o.Schema.Schema()))
	mux.HandleFunc("GET /livez", live)
	mux.HandleFunc("GET /readyz", ready(o.Checks))
	mux.HandleFunc("GET /version", serveVersion(o.Version))
	mux.Handle("GET /graphiql/", serveGraphiQL("/graphiql/"))
	mux.HandleFunc("GET /{$}", welcome)
	if !o.MetricsApart {
		mux.Handle("GET /metrics", onlyFromHere(o.Admission.Proxies, present, o.Metrics))
	}
	return observer{o.Log, o.Metrics}.watch(o.Origins.wrap(compressed(secure(doors{mux, present}))))
}

// compressed compresses answers for clients that take them so. Those with rows do it for themselves.
func compressed(h http.Handler) http.Handler {
	most := gzhttp.GzipHandler(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, rowsPath) {
			h.ServeHTTP(w, r)
			return
		}
		most.ServeHTTP(w, r)
	})
}
