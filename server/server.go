// Package server serves HTTP: GraphQL at /graphql, assistants at /mcp, the explorer's pages at /ar/ and /en/, rows and briefs, and health,
// version and metrics for operators.
package server

import (
	"context"
	"log/slog"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"

	"masar/brief"
	"masar/exchange"
	"masar/exchange/dump"
	"masar/operations"
	"masar/operations/traces"
)

// Options configure the handler.
type Options struct {
	// Operations runs the operations of /graphql. The server counts its requests in the same metrics.
	Operations *operations.Operations
	// Rows returns the newest snapshot of the graph as rows; nil disables /api/v1/rows/.
	Rows func() (exchange.Source, error)
	// Published returns what readers see of the graph at the newest moment; nil disables /export/, and linked data at /id/.
	Published func(context.Context) (*dump.Published, error)
	// Printer prints briefs as PDF; nil if the service has no PDF.
	Printer *brief.Printer
	// Checks returns the conditions for readiness. The service is ready if all are OK.
	Checks func() []Check
	// Version is served at /version as JSON.
	Version any
	// Limits bound what a client may send.
	Limits Limits
	// Trusted are the only documents that clients may run at /graphql; nil allows all.
	Trusted TrustedDocuments
	// Origins are the sites whose pages may read answers.
	Origins Origins
	// Public are the addresses by which clients know the service.
	Public PublicURLs
	// Proxies are the reverse proxies in front of the service.
	Proxies Proxies
	// SeparateMetrics reports that another listener serves the metrics. Otherwise they are at /metrics, for this machine
	// alone.
	SeparateMetrics bool
	// Log gets a line for every request that is not an operation. Operations has its own log.
	Log *slog.Logger
}

// New returns the handler of all routes.
func New(o Options) http.Handler {
	o.Log = traces.Log(o.Log)
	rates := checkRate{o.Operations, o.Proxies}
	schema, counted := o.Operations.Schema(), o.Operations.Metrics()
	mux := http.NewServeMux()
	mux.Handle("/graphql", graphiQLFirst(endpoint{rates, o.Limits.orDefaults(), o.Trusted}))
	mux.HandleFunc("/graphql/{$}", withoutSlash)
	loads := newDownloads(rates)
	mux.Handle(rowsPath, loads.wrap(newRows(o, rates)))
	mux.HandleFunc("GET /schema.graphql", serveSchema(schema))
	mux.HandleFunc("GET /livez", live)
	mux.HandleFunc("GET /readyz", ready(o.Checks))
	mux.HandleFunc("GET /version", serveVersion(o.Version))
	mux.Handle("GET /graphiql/", serveGraphiQL("/graphiql/"))
	mux.Handle("GET /assets/", serveAssets())
	asking := pages{rates, o.Public}
	keeping := keeper{rates, true}
	mux.Handle(assistantsPath, newAssistants(o, asking))
	mux.Handle(briefsPath, keeping.wrap(newBriefs(o, asking)))
	explorer := newPages(o, asking)
	for _, under := range []string{"/ar/", "/en/"} {
		mux.Handle(under, keeping.wrap(explorer))
	}
	for _, pattern := range []string{"GET /robots.txt", "GET /sitemap.xml"} {
		mux.Handle(pattern, explorer)
	}
	serveLinked(mux, o, loads, asking, explorer)
	mux.HandleFunc("GET /{$}", front)
	if !o.SeparateMetrics {
		mux.Handle("GET /metrics", loopbackOnly(rates, serveMetrics(counted)))
	}
	ours := o.Origins.wrap(compressed(routes{mux, o.Operations}))
	return accessLog{o.Log, counted, o.Operations.Spans()}.wrap(secure(o.Public.only(ours, func(w http.ResponseWriter, r *http.Request) {
		call{w, r, plainJSON}.refuse(o.Operations.Present(r.Context(), o.Public.misdirected(r)))
	})))
}

// gzipFirst compresses with gzip, or with zstd for clients that prefer it. Some clients accept zstd and cannot read it.
var gzipFirst = func() func(http.Handler) http.HandlerFunc {
	wrap, err := gzhttp.NewWrapper(gzhttp.PreferZstd(false))
	if err != nil {
		panic(err) // the option is a constant
	}
	return wrap
}()

// compressed compresses answers for clients that accept it. The handlers of rows and exports compress their own.
func compressed(h http.Handler) http.Handler {
	most := gzipFirst(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, rowsPath) || strings.HasPrefix(r.URL.Path, exportsPath) {
			h.ServeHTTP(w, r)
			return
		}
		most.ServeHTTP(w, r)
	})
}
