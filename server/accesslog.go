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
)

// entry is what the access log says of a request. It never holds what a client sent but for the name of its operation: not
// the document, not the variables.
type entry struct {
	request *operations.Request // nil unless the request was read as one for an operation
	outcome operations.Outcome
}

type entryKey struct{}

// entryOf is the entry of the request of a context. Outside of a request it goes nowhere.
func entryOf(ctx context.Context) *entry {
	if e, ok := ctx.Value(entryKey{}).(*entry); ok {
		return e
	}
	return &entry{}
}

// accessLog has an entry for each request.
type accessLog struct {
	log     *slog.Logger
	metrics *metrics.Metrics
}

// wrap names a request's trace, and writes its entry, into the log and the metrics, when it has been answered.
func (l accessLog) wrap(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		trace := operations.TraceOf(r.Header.Values("Traceparent"))
		w.Header().Set("Traceresponse", trace.String())
		e, counted := &entry{outcome: operations.OutcomeOf(nil)}, &counter{ResponseWriter: w}
		r = r.WithContext(context.WithValue(trace.With(r.Context()), entryKey{}, e))
		brokenOff := true
		defer func() {
			if counted.broken || brokenOff {
				e.outcome.Code = "BROKEN_OFF"
			}
			l.write(r, e, counted, time.Since(began))
		}()
		h.ServeHTTP(counted, r)
		brokenOff = false
	})
}

func (l accessLog) write(r *http.Request, e *entry, answer *counter, took time.Duration) {
	route, status := cmp.Or(r.Pattern, none), cmp.Or(answer.status, http.StatusOK)
	l.metrics.Request(route, status)
	answered := []slog.Attr{slog.Int("status", status), slog.Int64("bytes", answer.bytes)}
	if e.request != nil && e.request.Ran() {
		e.request.Log(r.Context(), e.outcome, answered...)
		return
	}
	attributes := append(append([]slog.Attr{slog.String("route", route)}, answered...), e.outcome.Attrs(took)...)
	l.log.LogAttrs(r.Context(), e.level(route), "request", attributes...)
}

// none is the route of a request for what is not there.
const none = "none"

// level is how much a request matters to the reader of the log. Those of machines that look after the service come every
// second, those that try what there is may come by the thousand: the metrics count all.
func (e *entry) level(route string) slog.Level {
	_, path, _ := strings.Cut(route, " ")
	if route == none || path == "/livez" || path == "/readyz" || path == "/metrics" {
		return slog.LevelDebug
	}
	return e.outcome.Level()
}

// counter counts what is answered.
type counter struct {
	http.ResponseWriter
	status int // 0 as long as nothing has been answered
	bytes  int64
	broken bool // whether the client lacks a part of the answer
}

// WriteHeader notes the status.
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

// Unwrap lets http.ResponseController through.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// Flush sends what has been written.
func (c *counter) Flush() { _ = http.NewResponseController(c.ResponseWriter).Flush() }
