package server

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"masar/operations"
	"masar/operations/metrics"
	"masar/operations/traces"
)

// entry is the line of the access log for one request. Of what the client sent it holds only the name of the operation:
// neither the document nor the variables.
type entry struct {
	request *operations.Request // nil unless the request was read as an operation
	outcome operations.Outcome
}

type entryKey struct{}

// entryOf returns the entry of the request in a context. Outside a request the entry is discarded.
func entryOf(ctx context.Context) *entry {
	if e, ok := ctx.Value(entryKey{}).(*entry); ok {
		return e
	}
	return &entry{}
}

// accessLog writes an entry for each request.
type accessLog struct {
	log     *slog.Logger
	metrics *metrics.Metrics
	spans   *traces.Spans
}

// wrap assigns a trace to a request, and writes its entry to the log and the metrics after the answer.
func (l accessLog) wrap(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		ctx, trace, span := l.begin(r)
		w.Header().Set("Traceresponse", trace.String())
		e, counted := &entry{outcome: operations.OutcomeOf(nil)}, &counter{ResponseWriter: w}
		r = r.WithContext(context.WithValue(trace.With(ctx), entryKey{}, e))
		brokenOff := true
		defer func() {
			if counted.broken || brokenOff {
				e.outcome.Code = "BROKEN_OFF"
			}
			l.write(r, e, counted, span, time.Since(began))
		}()
		h.ServeHTTP(counted, r)
		brokenOff = false
	})
}

// begin begins the trace of a request and its span. Probes by machines have none.
func (l accessLog) begin(r *http.Request) (context.Context, traces.Trace, *traces.Span) {
	trace := traces.Of(r.Header.Values("Traceparent"))
	if isProbe(r.URL.Path) {
		return r.Context(), trace, nil
	}
	return l.spans.Request(r.Context(), trace, r.Method)
}

// isProbe reports whether machines ask for a path every second.
func isProbe(path string) bool { return path == "/livez" || path == "/readyz" || path == "/metrics" }

func (l accessLog) write(r *http.Request, e *entry, answer *counter, span *traces.Span, took time.Duration) {
	route, status := cmp.Or(r.Pattern, none), cmp.Or(answer.status, http.StatusOK)
	l.metrics.Request(route, status, answer.bytes, took, traces.Exported(r.Context()))
	span.Answered(r.Method, pathOf(route), status, answer.bytes, e.outcome.Code)
	answered := []slog.Attr{slog.Int("status", status), slog.Int64("bytes", answer.bytes)}
	if e.request != nil && e.request.Ran() {
		e.request.Log(r.Context(), e.outcome, answered...)
		return
	}
	attributes := append(append([]slog.Attr{slog.String("route", route)}, answered...), e.outcome.Attrs(took)...)
	l.log.LogAttrs(r.Context(), e.level(route), "request", attributes...)
}

// pathOf is the path of a route, without its method.
func pathOf(route string) string {
	if _, path, is := strings.Cut(route, " "); is {
		return path
	}
	return route
}

// none is the route of a request that matches no route.
const none = "none"

// level is the log level of a request. Probes by machines come every second, and requests for unknown paths can come by
// the thousand, so both are logged at a lower level. The metrics count all requests.
func (e *entry) level(route string) slog.Level {
	if route == none || isProbe(pathOf(route)) {
		return slog.LevelDebug
	}
	return e.outcome.Level()
}

// counter is a ResponseWriter that records the status and the bytes written.
type counter struct {
	http.ResponseWriter
	status int // 0 until a status is written
	bytes  int64
	broken bool // whether a part of the answer did not reach the client
}

// WriteHeader records the status.
func (c *counter) WriteHeader(status int) {
	if c.status == 0 && status >= 200 {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

// Write counts bytes.
func (c *counter) Write(b []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	n, err := c.ResponseWriter.Write(b)
	c.bytes += int64(n)
	c.broken = c.broken || err != nil
	return n, err
}

// Unwrap gives http.ResponseController the wrapped writer.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// Flush sends buffered data to the client.
func (c *counter) Flush() { _ = http.NewResponseController(c.ResponseWriter).Flush() }
