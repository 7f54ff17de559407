package traces

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"masar/operations/traces/tracestest"
)

// variables sets the variables of OpenTelemetry for a test, and clears the others.
func variables(t *testing.T, set map[string]string) {
	t.Helper()
	for _, name := range []string{
		"OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL",
		"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_SDK_DISABLED", "OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_TRACES_SAMPLER",
	} {
		t.Setenv(name, set[name])
	}
}

// Catches: spans that nobody asked for, and variables that are not respected.
func TestTheEnvironmentAsks(t *testing.T) {
	for _, c := range []struct {
		set  map[string]string
		on   bool
		fail string
	}{
		{nil, false, ""},
		{map[string]string{"OTEL_SERVICE_NAME": "x"}, false, ""},
		{map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}, true, ""},
		{map[string]string{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:1/v1/traces"}, true, ""},
		{map[string]string{"OTEL_TRACES_EXPORTER": "otlp"}, true, ""},
		{map[string]string{"OTEL_TRACES_EXPORTER": "console"}, true, ""},
		{map[string]string{"OTEL_TRACES_EXPORTER": "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, true, ""},
		{map[string]string{"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}, false, ""},
		{map[string]string{"OTEL_TRACES_EXPORTER": "otlp", "OTEL_SDK_DISABLED": "true"}, false, ""},
		{map[string]string{"OTEL_TRACES_EXPORTER": "zipkin"}, false, "give otlp, console or none"},
		{map[string]string{"OTEL_TRACES_EXPORTER": "otlp", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/json"}, false, "give http/protobuf or grpc"},
	} {
		variables(t, c.set)
		spans, err := Open(t.Context(), "v1", slog.New(slog.DiscardHandler))
		if (spans != nil) != c.on || (err != nil) != (c.fail != "") || err != nil && !strings.Contains(err.Error(), c.fail) {
			t.Errorf("%v: %v, %v", c.set, spans, err)
		}
		if err := spans.Close(t.Context()); err != nil {
			t.Errorf("%v: %v", c.set, err)
		}
	}
}

// request makes the spans of a request that makes a call to Dgraph, and returns its trace.
func request(spans *Spans, caller Trace) Trace {
	ctx, trace, span := spans.Request(context.Background(), caller, http.MethodPost)
	inside, operation := spans.Operation(ctx, time.Now().Add(-time.Second))
	spans.DgraphCall(inside, "read", time.Millisecond, nil)
	spans.DgraphCall(inside, "write", time.Millisecond, errors.New("password hunter2"))
	operation.Rename("query adhoc")
	operation.End("INTERNAL")
	span.Answered(http.MethodPost, "/graphql", http.StatusOK, 7, "OK")
	return trace
}

// Catches: spans that are not the parts of one trace, one that is not the caller's, and details of an error in a span.
func TestSpansAreReceived(t *testing.T) {
	received := tracestest.New(t)
	variables(t, map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": received.URL, "OTEL_SERVICE_NAME": "masar-1"})
	spans, err := Open(t.Context(), "v1", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	const id, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
	within := request(spans, Of([]string{"00-" + id + "-" + parent + "-01"}))
	anew := request(spans, Of(nil))
	unsampled := request(spans, Of([]string{"00-" + strings.Repeat("1", 32) + "-" + parent + "-00"}))
	spans.DgraphCall(context.Background(), "read", time.Millisecond, nil) // outside a request
	if err := spans.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if within.id != id || within.flags != "01" || unsampled.id != strings.Repeat("1", 32) || unsampled.flags != "00" || anew.flags != "01" {
		t.Errorf("%s, %s, %s", within, unsampled, anew)
	}
	if all := received.Spans(); len(all) != 8 {
		t.Errorf("%d spans: %v", len(all), all)
	}
	for trace, caller := range map[Trace]string{within: parent, anew: ""} {
		one := func(name, in, kind string, failed bool) tracestest.Span {
			t.Helper()
			found := received.Named(trace.id, name)
			if len(found) != 1 || found[0].Parent != in || found[0].Kind != kind || found[0].Failed != failed {
				t.Fatalf("%s in %s: %v", name, in, found)
			}
			if found[0].Resource["service.name"] != "masar-1" || found[0].Resource["service.version"] != "v1" {
				t.Errorf("%v", found[0].Resource)
			}
			return found[0]
		}
		root := one("POST /graphql", caller, "SPAN_KIND_SERVER", false)
		if root.ID != trace.span || root.Attributes["http.route"] != "/graphql" || root.Attributes["http.response.status_code"] != "200" {
			t.Errorf("%s, and the answer says %s", root, trace)
		}
		operation := one("query adhoc", root.ID, "SPAN_KIND_INTERNAL", true)
		for call, failed := range map[string]bool{"read": false, "write": true} {
			made := one("dgraph "+call, operation.ID, "SPAN_KIND_CLIENT", failed)
			if made.Attributes["db.system.name"] != "dgraph" || made.Attributes["db.operation.name"] != call || strings.Contains(made.String(), "hunter2") {
				t.Errorf("%s", made)
			}
		}
	}
}

// Catches: a collector that is gone and fails or holds up the service, and one that fills the log.
func TestCollectorIsGone(t *testing.T) {
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone.Close()
	variables(t, map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://" + gone.Addr().String()})
	t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "10")
	var out bytes.Buffer
	spans, err := Open(t.Context(), "v1", slog.New(slog.NewJSONHandler(&out, nil)))
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	for range 3000 { // more than the queue holds
		request(spans, Of(nil))
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the requests took %s", took)
	}
	time.Sleep(50 * time.Millisecond)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	began = time.Now()
	err = spans.Close(ctx)
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("the end took %s: %v", took, err)
	}
	if n := strings.Count(out.String(), `"msg":"traces cannot be exported"`); n > 1 {
		t.Errorf("%d lines in the log", n)
	}
}

// Catches: failures that are logged each time, and failures that are never logged.
func TestFailuresAreLoggedRarely(t *testing.T) {
	var out bytes.Buffer
	c := &complaints{log: slog.New(slog.NewJSONHandler(&out, nil)), every: 50 * time.Millisecond}
	for range 10 {
		c.Handle(errors.New("no collector"))
	}
	time.Sleep(60 * time.Millisecond)
	c.Handle(errors.New("no collector"))
	if lines := strings.Split(strings.TrimSpace(out.String()), "\n"); len(lines) != 2 || !strings.Contains(lines[1], `"unsaid":9`) {
		t.Errorf("%s", out.String())
	}
}

// Catches: a cost of traces that nobody asked for.
func TestNoSpansCostNothing(t *testing.T) {
	var off *Spans
	ctx, trace := t.Context(), Of(nil)
	if n := testing.AllocsPerRun(100, func() {
		ctx, _, span := off.Request(ctx, trace, http.MethodGet)
		ctx, operation := off.Operation(ctx, time.Time{})
		off.DgraphCall(ctx, "read", time.Millisecond, nil)
		operation.Text("a", "b").Number("c", 1).Flag("d", true)
		operation.End("")
		span.Answered(http.MethodGet, "/graphql", http.StatusOK, 1, "OK")
		if Exported(ctx) != "" || Current(ctx) != nil {
			t.Error("a span where there is none")
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Catches: a word of a client as the name of a span.
func TestMethodsAreFew(t *testing.T) {
	if knownMethod("BREW") != "_OTHER" || knownMethod("GET") != "GET" {
		t.Error(knownMethod("BREW"))
	}
}
