// Package tracestest receives exported traces, for tests.
package tracestest

import (
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	otlp "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// Collector receives spans by OTLP over HTTP.
type Collector struct {
	// URL is the value of OTEL_EXPORTER_OTLP_ENDPOINT.
	URL string

	mu    sync.Mutex
	spans []Span
}

// Span is a received span.
type Span struct {
	Name, Kind        string
	Trace, ID, Parent string // in hexadecimal digits; Parent is empty for none
	Failed            bool
	Attributes        map[string]string
	Resource          map[string]string
}

// String lists a span with its attributes.
func (s Span) String() string {
	text := fmt.Sprintf("%s %s %s in %s (%s)", s.Trace, s.ID, s.Name, s.Parent, s.Kind)
	for _, name := range slices.Sorted(maps.Keys(s.Attributes)) {
		text += fmt.Sprintf(" %s=%s", name, s.Attributes[name])
	}
	return text
}

// New returns a collector that listens until the test ends.
func New(tb testing.TB) *Collector {
	tb.Helper()
	c := &Collector{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var sent collector.ExportTraceServiceRequest
		if err == nil {
			err = proto.Unmarshal(body, &sent)
		}
		if err != nil || r.URL.Path != "/v1/traces" {
			tb.Errorf("%s %s: %v", r.Method, r.URL, err)
			http.Error(w, "no traces", http.StatusBadRequest)
			return
		}
		c.receive(&sent)
		w.Header().Set("Content-Type", "application/x-protobuf")
	}))
	tb.Cleanup(server.Close)
	c.URL = server.URL
	return c
}

func (c *Collector) receive(sent *collector.ExportTraceServiceRequest) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, of := range sent.ResourceSpans {
		for _, scope := range of.ScopeSpans {
			for _, s := range scope.Spans {
				c.spans = append(c.spans, Span{
					Name: s.Name, Kind: s.Kind.String(), Trace: hex.EncodeToString(s.TraceId), ID: hex.EncodeToString(s.SpanId),
					Parent: hex.EncodeToString(s.ParentSpanId), Failed: s.Status.GetCode() == otlp.Status_STATUS_CODE_ERROR,
					Attributes: texts(s.Attributes), Resource: texts(of.Resource.GetAttributes()),
				})
			}
		}
	}
}

func texts(attributes []*common.KeyValue) map[string]string {
	all := map[string]string{}
	for _, a := range attributes {
		switch v := a.Value.Value.(type) {
		case *common.AnyValue_StringValue:
			all[a.Key] = v.StringValue
		case *common.AnyValue_IntValue:
			all[a.Key] = fmt.Sprint(v.IntValue)
		case *common.AnyValue_BoolValue:
			all[a.Key] = fmt.Sprint(v.BoolValue)
		default:
			all[a.Key] = a.Value.String()
		}
	}
	return all
}

// Spans are the spans received so far.
func (c *Collector) Spans() []Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.spans)
}

// Named are the received spans of a trace with a name.
func (c *Collector) Named(trace, name string) []Span {
	return slices.DeleteFunc(c.Spans(), func(s Span) bool { return s.Trace != trace || s.Name != name })
}
