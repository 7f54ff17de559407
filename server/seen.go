package server

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
	"masar/server/limits"
)

// seen is what is told of a request, in the log and in the metrics. It never holds what a client sent but for the name of
// its operation: not the document, not the variables.
type seen struct {
	isOperation bool
	name        string          // of the operation, as the client calls it
	document    string          // the beginning of its SHA-256, by which those of one document are found
	kind        string          // query or mutation; "invalid" for a document that could not be read as either
	measured    limits.Measured // where isMeasured
	isMeasured  bool
	errors      int
	code        string // of the first error; OK where there is none
}

type seenKey struct{}

// sees is what is told of the request of a context. Outside of a request it is told to nobody.
func sees(ctx context.Context) *seen {
	if s, ok := ctx.Value(seenKey{}).(*seen); ok {
		return s
	}
	return &seen{}
}

// operation notes that the request was read as one for an operation.
func (s *seen) operation(ctx context.Context, document string) {
	o := graphql.GetOperationContext(ctx)
	s.measured, s.isMeasured = limits.Of(ctx)
	sum := sha256.Sum256([]byte(document))
	s.isOperation, s.document, s.name, s.kind = true, hex.EncodeToString(sum[:6]), nameOf(o), "invalid"
	if o.Operation != nil {
		s.kind = string(o.Operation.Operation)
	}
}

// answered notes the errors of an answer.
func (s *seen) answered(errors gqlerror.List) {
	s.errors = len(errors)
	if s.errors > 0 {
		s.code = fmt.Sprint(errors[0].Extensions["code"])
	}
}

// observer sees all requests.
type observer struct {
	log     *slog.Logger
	metrics *Metrics
}

// watch names a request's trace, and tells of it in the log and in the metrics when it has been answered.
func (o observer) watch(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		t := traceOf(r.Header.Values("Traceparent"))
		w.Header().Set("Traceresponse", t.String())
		s, counted := &seen{code: "OK"}, &counter{ResponseWriter: w}
		r = r.WithContext(context.WithValue(context.WithValue(r.Context(), traceKey{}, t), seenKey{}, s))
		brokenOff := true
		defer func() {
			counted.broken = counted.broken || brokenOff
			o.tell(r, s, counted, time.Since(began))
		}()
		h.ServeHTTP(counted, r)
		brokenOff = false
	})
}

func (o observer) tell(r *http.Request, s *seen, answer *counter, took time.Duration) {
	if answer.broken {
		s.code = "BROKEN_OFF"
	}
	route := cmp.Or(r.Pattern, none)
	o.metrics.request(route, cmp.Or(answer.status, http.StatusOK))
	message, attributes := "request", []slog.Attr{slog.String("route", route)}
	if s.isOperation {
		o.metrics.operation(s.kind, s.code, took)
		message, attributes = "operation", []slog.Attr{slog.String("name", s.name), slog.String("document", s.document), slog.String("type", s.kind)}
	}
	if s.isMeasured {
		attributes = append(attributes, slog.Int("cost", s.measured.Cost), slog.Int("depth", s.measured.Depth))
	}
	attributes = append(attributes, slog.Int("status", cmp.Or(answer.status, http.StatusOK)), slog.Int64("bytes", answer.bytes),
		slog.Float64("ms", float64(took.Microseconds())/1000), slog.Int("errors", s.errors), slog.String("code", s.code))
	o.log.LogAttrs(r.Context(), s.level(route), message, attributes...)
}

// none is the route of a request for what is not there.
const none = "none"

// level is how much a request matters to the reader of the log. Those of machines that look after the service come every
// second, those that were refused for their number or that try what there is may come by the thousand: the metrics count all.
func (s *seen) level(route string) slog.Level {
	_, path, _ := strings.Cut(route, " ")
	switch {
	case s.code == string(masar.CodeOverloaded) || s.code == string(masar.CodeRateLimited):
		return slog.LevelDebug
	case route == none || path == "/livez" || path == "/readyz" || path == "/metrics":
		return slog.LevelDebug
	}
	return slog.LevelInfo
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
