package server

import (
	"context"
	"log/slog"
	"net/http"
	"testing"

	"masar/operations/traces"
	"masar/operations/traces/tracestest"
)

// Catches: a client's name for its operation in a span, an operator's name that is missing, and a span for each probe.
func TestSpansHaveTheNamesOfTrustedDocuments(t *testing.T) {
	const document = "query Listed { field }"
	for name, trusted := range map[string]TrustedDocuments{"query Listed": {hashOf(document): document}, "query adhoc": nil} {
		received := tracestest.New(t)
		t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", received.URL)
		spans, err := traces.Open(t.Context(), "v1", slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		s := newService(t, func(context.Context) error { return nil }, func(o *settings) { o.Trusted, o.run.Spans = trusted, spans })
		s.ask(t, document)
		for _, path := range []string{"/livez", "/readyz", "/metrics", "/nowhere/hunter2"} {
			s.send(t, http.MethodGet, path, "")
		}
		if err := spans.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, span := range received.Spans() {
			names = append(names, span.Name)
		}
		if len(names) != 3 || names[0] != name || names[1] != "POST /graphql" || names[2] != "GET none" {
			t.Errorf("%s: %q", name, names)
		}
	}
}
