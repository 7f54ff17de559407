package traces

import (
	"context"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// Spans makes spans of requests, operations and calls to Dgraph. A nil Spans makes none, and costs nothing. A span never has
// what a client sent: no document, no variable, no address, and no name that a client chose.
type Spans struct {
	tracer trace.Tracer
	// stop exports what is left.
	stop func(context.Context) error
}

// Span is a part of a trace. A nil Span is one that nobody records.
type Span struct{ span trace.Span }

// Request begins the span of an HTTP request, within the trace of its caller. The trace that it returns is that of the span.
func (s *Spans) Request(ctx context.Context, caller Trace, method string) (context.Context, Trace, *Span) {
	if s == nil {
		return ctx, caller, nil
	}
	ctx, span := s.tracer.Start(caller.remote(ctx), knownMethod(method), trace.WithSpanKind(trace.SpanKindServer))
	own := span.SpanContext()
	made := Trace{id: own.TraceID().String(), span: own.SpanID().String(), flags: own.TraceFlags().String(), parent: caller.parent}
	return ctx, made, recorded(span)
}

// remote adds the caller's span to a context. A new trace has none.
func (t Trace) remote(ctx context.Context) context.Context {
	id, err := trace.TraceIDFromHex(t.id)
	parent, parentErr := trace.SpanIDFromHex(t.parent)
	if err != nil || parentErr != nil {
		return ctx
	}
	flags, _ := strconv.ParseUint(t.flags, 16, 8) // the syntax has been checked
	return trace.ContextWithRemoteSpanContext(ctx, trace.NewSpanContext(trace.SpanContextConfig{
		TraceID: id, SpanID: parent, TraceFlags: trace.TraceFlags(flags) & trace.FlagsSampled, Remote: true,
	}))
}

// Operation begins the span of an operation that began earlier.
func (s *Spans) Operation(ctx context.Context, began time.Time) (context.Context, *Span) {
	if s == nil {
		return ctx, nil
	}
	ctx, span := s.tracer.Start(ctx, "operation", trace.WithTimestamp(began))
	return ctx, recorded(span)
}

// DgraphCall records a call to Dgraph that has just ended. Calls outside a request, such as the regular checks for new
// writes, have no span: there would be two traces a second of them.
func (s *Spans) DgraphCall(ctx context.Context, call string, took time.Duration, err error) {
	if s == nil || !trace.SpanFromContext(ctx).IsRecording() {
		return
	}
	now := time.Now()
	_, span := s.tracer.Start(ctx, "dgraph "+call, trace.WithSpanKind(trace.SpanKindClient), trace.WithTimestamp(now.Add(-took)),
		trace.WithAttributes(attribute.String("db.system.name", "dgraph"), attribute.String("db.operation.name", call)))
	if err != nil {
		span.SetStatus(codes.Error, "")
	}
	span.End(trace.WithTimestamp(now))
}

// Close exports the spans that are left, within the time of the context.
func (s *Spans) Close(ctx context.Context) error {
	if s == nil {
		return nil
	}
	return s.stop(ctx)
}

func recorded(span trace.Span) *Span {
	if !span.IsRecording() {
		span.End()
		return nil
	}
	return &Span{span}
}

// Rename gives the span its final name.
func (s *Span) Rename(name string) {
	if s != nil {
		s.span.SetName(name)
	}
}

// Text adds an attribute.
func (s *Span) Text(name, value string) *Span {
	if s != nil {
		s.span.SetAttributes(attribute.String(name, value))
	}
	return s
}

// Number adds an attribute.
func (s *Span) Number(name string, value int) *Span {
	if s != nil {
		s.span.SetAttributes(attribute.Int(name, value))
	}
	return s
}

// Flag adds an attribute.
func (s *Span) Flag(name string, value bool) *Span {
	if s != nil {
		s.span.SetAttributes(attribute.Bool(name, value))
	}
	return s
}

// End ends the span. Its failure is a stable code; empty if it succeeded, or if only its client was wrong.
func (s *Span) End(failure string) {
	if s == nil {
		return
	}
	if failure != "" {
		s.span.SetAttributes(attribute.String("error.type", failure))
		s.span.SetStatus(codes.Error, "")
	}
	s.span.End()
}

// Current is the recorded span in a context; nil if there is none.
func Current(ctx context.Context) *Span {
	if span := trace.SpanFromContext(ctx); span.IsRecording() {
		return &Span{span}
	}
	return nil
}

// Exported is the id of the context's trace if its spans are exported; otherwise empty.
func Exported(ctx context.Context) string {
	if own := trace.SpanContextFromContext(ctx); own.IsSampled() {
		return own.TraceID().String()
	}
	return ""
}

// knownMethod is an HTTP method of which there are few. Clients can send any word.
func knownMethod(method string) string {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE":
		return method
	}
	return "_OTHER"
}

// Answered ends the span of an HTTP request with its route and its status.
func (s *Span) Answered(method, route string, status int, bytes int64, code string) {
	if s == nil {
		return
	}
	method = knownMethod(method)
	s.Rename(method + " " + route)
	s.Text("http.request.method", method).Text("http.route", route).Number("http.response.status_code", status).Number("http.response.body.size", int(bytes))
	s.Text("masar.code", code)
	failure := ""
	if status >= 500 {
		failure = code
	}
	s.End(failure)
}
