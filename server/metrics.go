package server

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"masar"
	"masar/operations/metrics"
)

// serveMetrics serves the metrics in the text format of Prometheus, or as OpenMetrics, which has exemplars.
func serveMetrics(m *metrics.Metrics) http.Handler {
	return promhttp.HandlerFor(m.Gatherer(), promhttp.HandlerOpts{DisableCompression: true, EnableOpenMetrics: true})
}

// loopbackOnly restricts a handler to clients on this machine.
func loopbackOnly(rates checkRate, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if rates.proxies.client(r).IsLoopback() {
			h.ServeHTTP(w, r)
			return
		}
		call{w, r, plainJSON}.refuse(rates.operations.Present(r.Context(), masar.NewError(masar.CodeForbidden, "error.metrics.local", nil)))
	})
}
