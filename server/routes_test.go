package server

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"masar/operations"
	"masar/operations/metrics"
	"masar/operations/metrics/metricstest"
	"masar/resolvers"
)

// Catches: a panic that closes the connection without an answer, or a partial answer that looks complete.
func TestPanics(t *testing.T) {
	s := newService(t, nil, func(o *settings) {
		o.Checks = func() []Check { panic("hunter2") }
	})
	served := serve(t, s.ServeHTTP, Serving{})
	r, err := http.Get("http://" + served.address + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, _ := io.ReadAll(r.Body)
	var a answer
	if err := json.Unmarshal(body, &a); err != nil || len(a.Errors) != 1 {
		t.Fatalf("%v: %s", err, body)
	}
	id, _ := a.Errors[0].Extensions["id"].(string)
	trace := strings.Split(r.Header.Get("Traceresponse"), "-")[1]
	log := s.log.String()
	if r.StatusCode != http.StatusInternalServerError || strings.Contains(string(body), "hunter2") ||
		id == "" || !strings.Contains(log, id) || !strings.Contains(log, trace) || !strings.Contains(log, "hunter2") {
		t.Errorf("%d %s, log %s", r.StatusCode, body, log)
	}

	var lines bytes.Buffer
	half := routes{http.NewServeMux(), newService(t, nil).operations}
	half.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "half an ")
		panic("answer")
	})
	watched := accessLog{slog.New(slog.NewTextHandler(&lines, nil)), metrics.New(""), nil}.wrap(half)
	broken := serve(t, watched.ServeHTTP, Serving{})
	got := status(t, broken.connect(t, hello))
	broken.stop()
	<-broken.ended // the handler has ended and written its log lines
	if got != 0 || !strings.Contains(lines.String(), "code=BROKEN_OFF") {
		t.Errorf("a partial answer looks complete: %d, %s", got, lines.String())
	}
}

// Catches: a route whose errors have another form, or whose answers lack the security headers.
func TestEveryRouteAnswersAlike(t *testing.T) {
	s := newService(t, nil, func(o *settings) { o.run.Schema = resolvers.NewSchema() })
	for _, c := range []struct {
		method, target string
		status         int
		code, allow    string
	}{
		{"GET", "/nothing", 404, "NOT_FOUND", ""},
		{"GET", "/livez/", 404, "NOT_FOUND", ""},
		{"POST", "/livez", 405, "METHOD_NOT_ALLOWED", "GET, HEAD"},
		{"DELETE", "/readyz", 405, "METHOD_NOT_ALLOWED", "GET, HEAD"},
		{"POST", "/schema.graphql", 405, "METHOD_NOT_ALLOWED", "GET, HEAD"},
		{"PUT", "/metrics", 405, "METHOD_NOT_ALLOWED", "GET, HEAD"},
		{"BREW", "/", 405, "METHOD_NOT_ALLOWED", "GET, HEAD"},
		{"PUT", "/graphql", 405, "METHOD_NOT_ALLOWED", "GET, HEAD, POST, OPTIONS"},
		{"GET", "/metrics", 403, "FORBIDDEN", ""}, // httptest's address is not of this machine
	} {
		r := s.send(t, c.method, c.target, "")
		a := decode(t, r)
		if r.Code != c.status || len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != c.code || r.Header().Get("Allow") != c.allow {
			t.Errorf("%s %s: %d %v %s", c.method, c.target, r.Code, r.Header(), r.Body)
		}
		messages, _ := a.Errors[0].Extensions["messages"].(map[string]any)
		if en, _ := messages["en"].(string); en == "" || messages["ar"] == "" || en == messages["ar"] {
			t.Errorf("%s %s: %v", c.method, c.target, messages)
		}
	}
	for _, target := range []string{"/", "/livez", "/readyz", "/version", "/schema.graphql", "/graphql?query={__typename}", "/nothing"} {
		full, head := s.send(t, "GET", target, ""), s.send(t, "HEAD", target, "")
		if full.Code != head.Code || full.Header().Get("Content-Type") != head.Header().Get("Content-Type") {
			t.Errorf("HEAD %s: %d %v", target, head.Code, head.Header())
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
			"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
		} {
			if got := full.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q", target, name, got)
			}
		}
	}
}

// Catches: a route that the first page does not list, and a listed route that does not exist.
func TestWelcomeListsEveryRoute(t *testing.T) {
	s := newService(t, nil, func(o *settings) { o.run.Schema = resolvers.NewSchema() })
	told := regexp.MustCompile(`(?m)^  (?:GET |POST) (/\S+)`).FindAllStringSubmatch(s.send(t, "GET", "/", "").Body.String(), -1)
	var paths []string
	for _, route := range told {
		paths = append(paths, strings.TrimSuffix(route[1], "?verbose"))
	}
	slices.Sort(paths)
	want := []string{"/api/v1/briefs/", "/api/v1/rows/", "/ar/", "/en/", "/export/", "/feeds/changes.atom", "/graphiql/", "/graphql", "/id/KIND/code", "/livez", "/mcp", "/metrics", "/readyz", "/schema.graphql", "/version"}
	if !slices.Equal(paths, want) {
		t.Errorf("%v", paths)
	}
}

// Catches: slow readers of downloads that take the places of operations, or more than their share of download places.
func TestDownloadsHavePlacesOfTheirOwn(t *testing.T) {
	begun, release := make(chan struct{}, 10), make(chan struct{})
	run := operations.New(operations.Options{
		Schema: fake{gqlparser.MustLoadSchema(&ast.Source{Input: "type Query { field: String }"}), func(context.Context) error { return nil }},
		Begin:  func(ctx context.Context, _ *graphql.OperationContext) (context.Context, error) { return ctx, nil },
		Queue:  operations.QueueSize{Running: 1, Waiting: -1}, Log: slog.New(slog.DiscardHandler),
	})
	h := newDownloads(checkRate{operations: run}).wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { begun <- struct{}{}; <-release }))
	ask := func(remote string) int {
		w := httptest.NewRecorder()
		request := httptest.NewRequest("GET", "/", nil)
		request.RemoteAddr = remote
		h.ServeHTTP(w, request)
		return w.Code
	}
	var all sync.WaitGroup
	for _, remote := range []string{"203.0.113.9:1", "203.0.113.9:2", "203.0.113.10:1"} {
		all.Go(func() {
			if got := ask(remote); got != http.StatusOK {
				t.Errorf("%s: %d", remote, got)
			}
		})
		<-begun
	}
	if got := ask("203.0.113.9:3"); got != http.StatusTooManyRequests {
		t.Errorf("a client that wants all places: %d", got)
	}
	if n := metricstest.Value(t, run.Metrics(), "masar_downloads_running"); n != 3 {
		t.Errorf("%g run", n)
	}
	if a := run.Do(t.Context(), operations.Client{}, operations.Params{Query: "{ field }"}); len(a.Errors) > 0 {
		t.Fatalf("downloads took the places of operations: %v", a.Errors)
	}
	close(release)
	all.Wait()
}

// Catches: the schema sent again to a client that has it.
func TestSchemaIsSentOnce(t *testing.T) {
	s := newService(t, nil, func(o *settings) { o.run.Schema = resolvers.NewSchema() })
	tag := s.send(t, "GET", "/schema.graphql", "").Header().Get("ETag")
	request, _ := http.NewRequest("GET", "/schema.graphql", nil)
	request.Header.Set("If-None-Match", tag)
	again := s.sendRequest(request)
	if tag == "" || again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		t.Errorf("ETag %s: %d, %d bytes", tag, again.Code, again.Body.Len())
	}
	other := newService(t, nil)
	if got := other.send(t, "GET", "/schema.graphql", "").Header().Get("ETag"); got == tag {
		t.Error("two schemas have the same ETag")
	}
}

// Catches: a request whose trace is not continued in the answer.
func TestTraceIsAnswered(t *testing.T) {
	s := newService(t, func(context.Context) error { return nil })
	const id = "0af7651916cd43dd8448eb211c80319c"
	request, _ := http.NewRequest("GET", "/graphql?query={field}", nil)
	request.Header.Set("Traceparent", "00-"+id+"-b7ad6b7169203331-01")
	got := s.sendRequest(request).Header().Get("Traceresponse")
	if !strings.HasPrefix(got, "00-"+id+"-") || strings.Contains(got, "b7ad6b7169203331") || !strings.Contains(s.log.String(), id) {
		t.Errorf("%q, log %s", got, s.log)
	}
}

// Catches: work for a request that is refused, slow senders that hold places, and refusals that look like faults of the
// service.
func TestAdmission(t *testing.T) {
	begun, release := make(chan struct{}, 10), make(chan struct{})
	s := newService(t, func(context.Context) error { begun <- struct{}{}; <-release; return nil }, func(o *settings) {
		o.run.Queue, o.run.Rate = operations.QueueSize{Running: 2, Waiting: -1}, operations.Rate{Requests: 3, Per: time.Hour}
	})
	slow := serve(t, s.ServeHTTP, Serving{})
	for range 4 { // half a request each: none holds a place
		slow.connect(t, "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
	}
	ask := func(remote string) int {
		request, _ := http.NewRequest("GET", "/graphql?query={field}", nil)
		request.RemoteAddr = remote
		r := s.sendRequest(request)
		a := decode(t, r)
		if code := a.Errors; r.Code != 200 && (len(code) != 1 || r.Header().Get("Retry-After") == "") {
			t.Errorf("%d %v %s", r.Code, r.Header(), r.Body)
		}
		return r.Code
	}
	answered := make(chan int, 2)
	go func() { answered <- ask("203.0.113.9:1") }()
	<-begun
	if got := ask("203.0.113.9:2"); got != http.StatusTooManyRequests {
		t.Errorf("a client that wants all places: %d", got)
	}
	go func() { answered <- ask("203.0.113.10:1") }()
	<-begun
	if got := ask("203.0.113.11:1"); got != http.StatusServiceUnavailable {
		t.Errorf("one for whom there is no place: %d", got)
	}
	if got := s.send(t, "GET", "/livez", "").Code; got != http.StatusOK {
		t.Errorf("/livez under load: %d", got)
	}
	close(release)
	for range 2 {
		if got := <-answered; got != http.StatusOK {
			t.Errorf("%d", got)
		}
	}
	if got := ask("203.0.113.9:3"); got != http.StatusOK {
		t.Errorf("a client's last request within its budget: %d", got)
	}
	if got := ask("203.0.113.9:4"); got != http.StatusTooManyRequests {
		t.Errorf("a client beyond its budget: %d", got)
	}
	for reason, want := range map[metrics.Reason]float64{metrics.Share: 1, metrics.Overloaded: 1, metrics.Rate: 1, metrics.Connections: 0} {
		if got := metricstest.Value(t, s.metrics, "masar_refused_total", "reason", string(reason)); got != want {
			t.Errorf("%g refused for %s", got, reason)
		}
	}
	if got := metricstest.Value(t, s.metrics, "masar_http_requests_total", "route", "/graphql", "status", "200"); got != 3 {
		t.Errorf("%g answered", got)
	}
}
