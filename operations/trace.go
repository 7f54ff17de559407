package operations

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"regexp"
	"strings"
)

// Trace names a request across programs, as W3C Trace Context has it: a caller finds the request in the service's log under
// its own id.
type Trace struct {
	id    string // of all that is done for one purpose: 32 hex digits
	span  string // of this request alone: 16 hex digits
	flags string // as the caller set them: 2 hex digits
}

// traceparent is the form in which a caller names its trace. Versions to come may have more after the flags.
var traceparent = regexp.MustCompile(`^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$`)

const maxTraceparent = 512

// TraceOf continues the trace that a caller names, as the header traceparent has it; without exactly one name that is valid
// it begins a trace.
func TraceOf(traceparents []string) Trace {
	t := Trace{id: randomHex(16), span: randomHex(8), flags: "00"}
	if len(traceparents) != 1 || len(traceparents[0]) > maxTraceparent {
		return t
	}
	m := traceparent.FindStringSubmatch(strings.TrimSpace(traceparents[0]))
	zeros := func(s string) bool { return strings.Trim(s, "0") == "" }
	if m == nil || m[1] == "ff" || m[1] == "00" && m[5] != "" || zeros(m[2]) || zeros(m[3]) {
		return t
	}
	t.id, t.flags = m[2], m[4]
	return t
}

// String is the trace as the header traceresponse has it.
func (t Trace) String() string { return "00-" + t.id + "-" + t.span + "-" + t.flags }

func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // it never fails
	return hex.EncodeToString(b)
}

type traceKey struct{}

// With puts the trace into a context.
func (t Trace) With(ctx context.Context) context.Context {
	return context.WithValue(ctx, traceKey{}, t)
}

// WithTrace begins a trace where a context has none.
func WithTrace(ctx context.Context) context.Context {
	if _, has := ctx.Value(traceKey{}).(Trace); has {
		return ctx
	}
	return TraceOf(nil).With(ctx)
}

// TracedLog is a log whose records have the trace of the request that they belong to.
func TracedLog(log *slog.Logger) *slog.Logger { return slog.New(traced{log.Handler()}) }

// traced adds the trace of a context to its records.
type traced struct{ slog.Handler }

// Handle writes a record.
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
