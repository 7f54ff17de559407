package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"masar/internal/masartest"
	"masar/operations/traces/tracestest"
)

// Catches: a service whose traces do not arrive, are not one with its log, or name what a client sent; spans that are lost at
// the end; a Dgraph that exports spans of its own; and a collector without which the service fails.
func TestTracesAreExported(t *testing.T) {
	received := tracestest.New(t)
	for name, value := range map[string]string{
		"OTEL_EXPORTER_OTLP_ENDPOINT": received.URL, "OTEL_SERVICE_NAME": "masar-test", "OTEL_BSP_SCHEDULE_DELAY": "600000",
	} {
		t.Setenv(name, value)
	}
	binary, data := masartest.Binary(t), seededDirectory(t)
	const document = "query Private { country(code: \"EGY\") { title(lang: [EN]) { value } aliases { value } } }"
	s := serve(t, binary, "--data-dir", data)
	s.awaitReady(t, time.Minute)
	const adhoc, page, tool, export = "0af7651916cd43dd8448eb211c803191", "0af7651916cd43dd8448eb211c803192", "0af7651916cd43dd8448eb211c803193", "0af7651916cd43dd8448eb211c803194"
	body, _ := json.Marshal(map[string]any{"query": document})
	for range 2 {
		s.traced(t, adhoc, "/graphql", string(body))
	}
	s.traced(t, page, "/en/", "")
	s.traced(t, export, "/api/v1/rows/claims.csv", "")
	s.traced(t, tool, "/mcp", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"text":"hunter2"}}}`)
	if said := s.openMetrics(t); !strings.Contains(said, `# {trace_id="`+adhoc+`"}`) {
		t.Errorf("no exemplar of the operation in %s", said)
	}
	s.exposes(t, "../../deploy/prometheus/alerts.yml", "../../deploy/grafana/masar-operators.json")
	for name, pid := range s.children(t) {
		if variables, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid)); err != nil || strings.Contains(string(variables), "OTEL_") {
			t.Errorf("%s has OTEL_ in its environment: %v", name, err)
		}
	}
	if all := received.Spans(); len(all) > 0 {
		t.Errorf("%d spans before the end, although they wait for ten minutes", len(all))
	}
	s.stop(t)

	roots := received.Named(adhoc, "POST /graphql")
	operations := received.Named(adhoc, "query adhoc")
	if len(roots) != 2 || len(operations) != 2 {
		t.Fatalf("%v", received.Spans())
	}
	for i, want := range []map[string]string{
		{"graphql.operation.type": "query", "masar.code": "OK", "masar.kept": "false", "masar.snapshot": "1", "masar.transport": "http"},
		{"graphql.operation.type": "query", "masar.code": "OK", "masar.kept": "true", "masar.snapshot": "1", "masar.transport": "http"},
	} {
		for name, value := range want {
			if got := operations[i].Attributes[name]; got != value {
				t.Errorf("operation %d: %s is %q, not %q", i, name, got, value)
			}
		}
		if operations[i].Attributes["masar.cost"] == "" || operations[i].Attributes["masar.document"] == "" || operations[i].Parent != roots[i].ID {
			t.Errorf("%s, in %s", operations[i], roots[i])
		}
	}
	reads := received.Named(adhoc, "dgraph read")
	if len(reads) != 1 || reads[0].Parent != operations[0].ID {
		t.Errorf("%v", reads)
	}
	if found := received.Named(page, "GET /en/{$}"); len(found) != 1 || len(received.Named(page, "query Home")) != 1 {
		t.Errorf("the page: %v", received.Spans())
	}
	if len(received.Named(export, "GET /api/v1/rows/")) != 1 || len(received.Named(tool, "POST /mcp")) != 1 {
		t.Errorf("an export and a tool: %v", received.Spans())
	}
	for _, span := range received.Spans() {
		if strings.Contains(span.Name, "readyz") || span.Resource["service.name"] != "masar-test" {
			t.Errorf("%s of %v", span, span.Resource)
		}
		for _, word := range []string{"Private", "EGY", "hunter2", "127.0.0.1", "Go-http-client"} {
			if strings.Contains(span.String(), word) {
				t.Errorf("%q in %s", word, span)
			}
		}
	}
	if !strings.Contains(s.talk(), `"trace":"`+adhoc+`"`) {
		t.Error("the log has another trace")
	}
	for _, span := range append(roots[:1], append(operations[:1], reads...)...) {
		t.Log(span)
	}

	t.Run("a missing collector harms nothing", func(t *testing.T) {
		t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
		t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
		alone := serve(t, binary, "--data-dir", data)
		alone.awaitReady(t, time.Minute)
		for range 20 {
			alone.traced(t, strings.Repeat("b", 32), "/graphql", string(body))
		}
		within(t, 20*time.Second, func() error {
			if !strings.Contains(alone.talk(), `"msg":"traces cannot be exported"`) {
				return errors.New("the log says nothing")
			}
			return nil
		})
		alone.stop(t)
		if n := strings.Count(alone.talk(), `"msg":"traces cannot be exported"`); n > 1 {
			t.Errorf("%d lines in the log", n)
		}
	})
}

// traced sends a request within a trace: a GET, or a POST of a body. It must succeed.
func (s *running) traced(t *testing.T, trace, path, body string) {
	t.Helper()
	method := http.MethodPost
	if body == "" {
		method = http.MethodGet
	}
	request, err := http.NewRequest(method, "http://"+s.address+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json, text/event-stream, text/html, */*")
	request.Header.Set("Traceparent", "00-"+trace+"-b7ad6b7169203331-01")
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK || !strings.Contains(response.Header.Get("Traceresponse"), trace) {
		t.Fatalf("%s: %d, %v, %s", path, response.StatusCode, err, answer)
	}
}

// exposes checks that a service has each metric that files name, but for those of a cluster and of a backup.
func (s *running) exposes(t *testing.T, files ...string) {
	t.Helper()
	exposed := s.text(t, "/metrics")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range regexp.MustCompile(`\b(?:masar|process|go)_\w+`).FindAllString(string(text), -1) {
			if strings.HasPrefix(name, "masar_dgraph_hosts") || strings.HasPrefix(name, "masar_last_backup_") {
				continue
			}
			if !regexp.MustCompile(`(?m)^` + name + `[ {]`).MatchString(exposed) {
				t.Errorf("%s names %s, which the service does not have", file, name)
			}
		}
	}
}

// openMetrics are the metrics in the format that has exemplars.
func (s *running) openMetrics(t *testing.T) string {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, "http://"+s.address+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "application/openmetrics-text; version=1.0.0")
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	all, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}
