// Package traces identifies requests across programs, and exports spans of what the service does by OpenTelemetry if the
// environment asks for it.
package traces

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"regexp"
	"strings"
)

// Trace identifies a request across programs, as in W3C Trace Context. A caller finds the request in the service's log
// by its own trace id.
type Trace struct {
	id     string // trace id: 32 hex digits
	span   string // id of this request: 16 hex digits
	flags  string // the caller's flags: 2 hex digits
	parent string // id of the caller's span: 16 hex digits; empty for a new trace
}

// traceparent is the syntax of the traceparent header. Future versions may add fields after the flags.
var traceparent = regexp.MustCompile(`^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$`)

const maxTraceparent = 512

// Of continues the trace in a request's traceparent headers. Without exactly one valid header it starts a new trace.
func Of(traceparents []string) Trace {
	t := Trace{id: randomHex(16), span: randomHex(8), flags: "00"}
	if len(traceparents) != 1 || len(traceparents[0]) > maxTraceparent {
		return t
	}
	m := traceparent.FindStringSubmatch(strings.TrimSpace(traceparents[0]))
	zeros := func(s string) bool { return strings.Trim(s, "0") == "" }
	if m == nil || m[1] == "ff" || m[1] == "00" && m[5] != "" || zeros(m[2]) || zeros(m[3]) {
		return t
	}
	t.id, t.parent, t.flags = m[2], m[3], m[4]
	return t
}

// String formats the trace as a traceresponse header.
func (t Trace) String() string { return "00-" + t.id + "-" + t.span + "-" + t.flags }

func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

type traceKey struct{}

// With adds the trace to a context.
func (t Trace) With(ctx context.Context) context.Context {
	return context.WithValue(ctx, traceKey{}, t)
}

// Ensure starts a trace if the context has none.
func Ensure(ctx context.Context) context.Context {
	if _, has := ctx.Value(traceKey{}).(Trace); has {
		return ctx
	}
	return Of(nil).With(ctx)
}

// Log returns a log whose records contain the trace of their request.
func Log(log *slog.Logger) *slog.Logger { return slog.New(traced{log.Handler()}) }

// traced adds the trace in the context to each record.
type traced struct{ slog.Handler }

// Handle writes a record with its trace.
func (h traced) Handle(ctx context.Context, record slog.Record) error {
	if t, ok := ctx.Value(traceKey{}).(Trace); ok {
		record = record.Clone()
		record.AddAttrs(slog.String("trace", t.id))
	}
	return h.Handler.Handle(ctx, record)
}

// WithAttrs adds attributes.
func (h traced) WithAttrs(attributes []slog.Attr) slog.Handler {
	return traced{h.Handler.WithAttrs(attributes)}
}

// WithGroup opens a group.
func (h traced) WithGroup(name string) slog.Handler { return traced{h.Handler.WithGroup(name)} }
