package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"regexp"
	"strings"
)

// trace names a request across programs, as W3C Trace Context has it: what called the service is found in its log under
// the same id.
type trace struct {
	id    string // of all that is done for one purpose: 32 hex digits
	span  string // of this request alone: 16 hex digits
	flags string // as the caller set them: 2 hex digits
}

// traceparent is the header by which a caller names its trace. Versions to come may have more after the flags.
var traceparent = regexp.MustCompile(`^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$`)

const maxTraceparent = 512

// traceOf takes up the trace that the headers name; without one that is valid it begins one.
func traceOf(headers []string) trace {
	t := trace{id: randomHex(16), span: randomHex(8), flags: "00"}
	if len(headers) != 1 || len(headers[0]) > maxTraceparent {
		return t
	}
	m := traceparent.FindStringSubmatch(strings.TrimSpace(headers[0]))
	zeros := func(s string) bool { return strings.Trim(s, "0") == "" }
	if m == nil || m[1] == "ff" || m[1] == "00" && m[5] != "" || zeros(m[2]) || zeros(m[3]) {
		return t
	}
	t.id, t.flags = m[2], m[4]
	return t
}

// String is the trace as the header traceresponse tells it.
func (t trace) String() string { return "00-" + t.id + "-" + t.span + "-" + t.flags }

func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // it never fails
	return hex.EncodeToString(b)
}

type traceKey struct{}

// traced is a log that tells with every record of a request which trace it belongs to.
type traced struct{ slog.Handler }

// Handle writes a record.
func (h traced) Handle(ctx context.Context, record slog.Record) error {
	if t, ok := ctx.Value(traceKey{}).(trace); ok {
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
