// Package server answers HTTP: GraphQL at /graphql, and health, version and metrics for operators.
package server

import (
	"log/slog"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"

	"masar/exchange"
	"masar/operations"
)

// Options say what is served.
type Options struct {
	// Operations run what is asked at /graphql. Their metrics are those of the server.
	Operations *operations.Operations
	// Rows gives the newest snapshot of the graph as rows; nil serves none.
	Rows func() (exchange.Source, error)
	// Checks are the conditions for readiness; the service is ready while all of them are OK.
	Checks func() []Check
	// Version is answered at /version, as JSON.
	Version any
	// Limits bound what a client may send.
	Limits Limits
	// Origins are the sites whose pages may read answers.
	Origins Origins
	// Proxies are the reverse proxies in front, which ask for many clients.
	Proxies Proxies
	// MetricsApart says that the metrics are answered elsewhere. Else they are at /metrics, for this machine alone.
	MetricsApart bool
	// Log has a line for every request that is no operation; the operations have their own.
	Log *slog.Logger
}

// New makes the handler of all routes.
func New(o Options) http.Handler {
	o.Log = operations.TracedLog(o.Log)
	rates := checkRate{o.Operations, o.Proxies}
	schema, counted := o.Operations.Schema(), o.Operations.Metrics()
	mux := http.NewServeMux()
	mux.Handle("/graphql", endpoint{rates, o.Limits.orDefaults()})
	mux.Handle(rowsPath, newDownloads(rates).wrap(newRows(o)))
	mux.HandleFunc("GET /schema.graphql", serveSchema(schema))
	mux.HandleFunc("GET /livez", live)
	mux.HandleFunc("GET /readyz", ready(o.Checks))
	mux.HandleFunc("GET /version", serveVersion(o.Version))
	mux.Handle("GET /graphiql/", serveGraphiQL("/graphiql/"))
	mux.HandleFunc("GET /{$}", welcome)
	if !o.MetricsApart {
		mux.Handle("GET /metrics", onlyFromHere(rates, ServeMetrics(counted)))
	}
	return accessLog{o.Log, counted}.wrap(o.Origins.wrap(compressed(secure(routes{mux, o.Operations}))))
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
