package server

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"masar/operations"
	"masar/operations/limits"
	"masar/operations/metrics"
	"masar/resolvers"
)

// fake is a schema of one field with a test's function as its resolver.
type fake struct {
	schema  *ast.Schema
	resolve func(context.Context) error
}

func (f fake) Schema() *ast.Schema { return f.schema }

func (fake) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (f fake) Exec(context.Context) graphql.ResponseHandler {
	return func(ctx context.Context) *graphql.Response {
		if err := f.resolve(ctx); err != nil {
			graphql.AddError(ctx, err)
		}
		return &graphql.Response{Data: []byte(`{"field":null}`)}
	}
}

// service is a handler over a fake schema, with its log.
type service struct {
	http.Handler
	log        *bytes.Buffer
	operations *operations.Operations
	metrics    *metrics.Metrics
}

// settings are the options of the server and of its operations that a test can set.
type settings struct {
	Options
	run operations.Options
}

func newService(t testing.TB, resolve func(context.Context) error, change ...func(*settings)) service {
	t.Helper()
	written := &bytes.Buffer{}
	log := slog.New(slog.NewJSONHandler(written, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o := settings{
		Options{Checks: func() []Check { return nil }, Log: log},
		operations.Options{
			Schema:  fake{gqlparser.MustLoadSchema(&ast.Source{Input: "type Query { field(first: Int): String }"}), resolve},
			Begin:   func(ctx context.Context, _ *graphql.OperationContext) (context.Context, error) { return ctx, nil },
			Metrics: metrics.New(""), Log: log,
		},
	}
	for _, c := range change {
		c(&o)
	}
	o.Operations = operations.New(o.run)
	return service{New(o.Options), written, o.Operations, o.run.Metrics}
}

// answer is a GraphQL answer.
type answer struct {
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Path       []any
		Extensions map[string]any
	}
}

func (s service) send(t *testing.T, method, target, body string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	return s.sendRequest(request)
}

func (s service) sendRequest(request *http.Request) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	s.ServeHTTP(recorder, request)
	return recorder
}

func (s service) ask(t *testing.T, query string) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"secret": "open sesame"}})
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, s.send(t, http.MethodPost, "/graphql", string(body)))
}

func decode(t *testing.T, recorder *httptest.ResponseRecorder) (a answer) {
	t.Helper()
	if err := json.Unmarshal(recorder.Body.Bytes(), &a); err != nil {
		t.Fatalf("%v in %s", err, recorder.Body)
	}
	return a
}

// Catches: errors that repeat the bad request, or that a client cannot distinguish.
func TestBadRequests(t *testing.T) {
	s := newService(t, func(context.Context) error { return nil })
	for name, c := range map[string]struct{ body, code string }{
		"no JSON":           {`hunter2`, "BAD_REQUEST"},
		"too large":         {`{"query": "` + strings.Repeat("hunter2", 128<<10/7) + `"}`, "CONTENT_TOO_LARGE"},
		"no query":          {`{}`, "BAD_REQUEST"},
		"syntax":            {`{"query": "{"}`, "GRAPHQL_PARSE_FAILED"},
		"no such field":     {`{"query": "{ fields }"}`, "GRAPHQL_VALIDATION_FAILED"},
		"no such operation": {`{"query": "query A { field }", "operationName": "B"}`, "GRAPHQL_VALIDATION_FAILED"},
		"too many tokens":   {`{"query": "{` + strings.Repeat(" field", limits.Default().Tokens) + `}"}`, "LIMIT_EXCEEDED"},
	} {
		t.Run(name, func(t *testing.T) {
			r := s.send(t, http.MethodPost, "/graphql", c.body)
			a := decode(t, r)
			if len(a.Errors) == 0 || a.Errors[0].Extensions["code"] != c.code || r.Body.Len() > 4096 {
				t.Errorf("%s", r.Body)
			}
			if strings.Contains(r.Body.String(), "hunter2") {
				t.Errorf("the answer repeats the body: %s", r.Body)
			}
		})
	}
}

// Catches: an invalid argument value reported as a fault of the service.
func TestBadValues(t *testing.T) {
	s := newService(t, nil, func(o *settings) { o.run.Schema = resolvers.NewSchema() })
	for _, value := range []string{"99999999999999999999", "1.5", `"five"`, "{}"} {
		body := `{"query": "query($n: Int) { sdgGoals(first: $n) { totalCount } }", "variables": {"n": ` + value + `}}`
		a := decode(t, s.send(t, http.MethodPost, "/graphql", body))
		if len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != "GRAPHQL_VALIDATION_FAILED" {
			t.Errorf("%s: %+v", value, a.Errors)
		}
	}
}

// Catches: a panic in a resolver that ends the process or reveals internals to clients.
func TestAResolverPanics(t *testing.T) {
	s := newService(t, nil, func(o *settings) { o.run.Schema = resolvers.NewSchema() }) // its resolvers panic without a request
	a := s.ask(t, `{ sdgGoals { nodes { title { value } } } }`)
	if len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != "INTERNAL" || strings.Contains(a.Errors[0].Message, "nil") {
		t.Errorf("%+v", a.Errors)
	}
	if !strings.Contains(s.log.String(), "panic: ") || !strings.Contains(s.log.String(), "query.go") {
		t.Errorf("the log lacks the panic and its stack: %s", s.log)
	}
}

// Catches: a log that holds what a client sent, or no line for an operation that failed early.
func TestLogOfOperations(t *testing.T) {
	s := newService(t, func(context.Context) error { return nil })
	s.ask(t, `query Named { field }`)
	s.ask(t, `query Named { field }`)
	s.ask(t, `query Broken { fields }`)
	s.ask(t, `query `+strings.Repeat("L", 100)+` { field }`)
	s.send(t, http.MethodPost, "/graphql", `{"query": "{"}`)
	s.send(t, http.MethodPost, "/graphql", `hunter2`)
	s.send(t, http.MethodGet, "/livez", "")
	type line struct {
		Msg, Level, Name, Document, Type, Route, Code, Trace string
		Status, Bytes, Errors                                int
		Ms                                                   float64
	}
	var lines []line
	for text := range strings.Lines(s.log.String()) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		if len(l.Trace) != 32 || l.Bytes == 0 || l.Ms <= 0 || len(text) > 400 {
			t.Errorf("%s", text)
		}
		l.Ms, l.Trace, l.Bytes = 0, "", 0
		lines = append(lines, l)
	}
	// The field Document holds the first digits of the document's SHA-256.
	named := line{Msg: "operation", Level: "INFO", Name: "Named", Document: "de097222dd57", Type: "query", Code: "OK", Status: 200}
	long := named
	long.Name, long.Document = strings.Repeat("L", 64)+"…", "7d74ae8d01f2"
	want := []line{
		named, named,
		{Msg: "operation", Level: "INFO", Document: "572b85e12ea1", Type: "invalid", Code: "GRAPHQL_VALIDATION_FAILED", Status: 200, Errors: 1},
		long,
		{Msg: "operation", Level: "INFO", Document: "021fb596db81", Type: "invalid", Code: "GRAPHQL_PARSE_FAILED", Status: 200, Errors: 1},
		{Msg: "request", Level: "INFO", Route: "/graphql", Code: "BAD_REQUEST", Status: 400, Errors: 1},
		{Msg: "request", Level: "DEBUG", Route: "GET /livez", Code: "OK", Status: 200},
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("%s", diff)
	}
	if strings.Contains(s.log.String(), "sesame") || strings.Contains(s.log.String(), "hunter2") {
		t.Errorf("the log holds what a client sent: %s", s.log)
	}
}

func TestGet(t *testing.T) {
	s := newService(t, func(context.Context) error { return nil })
	r := s.send(t, http.MethodGet, "/graphql?query="+url.QueryEscape("{ field }"), "")
	if a := decode(t, r); r.Code != http.StatusOK || len(a.Errors) > 0 || string(a.Data) != `{"field":null}` {
		t.Errorf("%d %s", r.Code, r.Body)
	}
}

func TestReadiness(t *testing.T) {
	checks := []Check{{Name: "dgraph", OK: true}, {Name: "graph", Detail: "not read yet"}}
	s := newService(t, nil, func(o *settings) { o.Checks = func() []Check { return checks } })
	if r := s.send(t, http.MethodGet, "/livez", ""); r.Code != http.StatusOK {
		t.Errorf("/livez: %d", r.Code)
	}
	r := s.send(t, http.MethodGet, "/readyz", "")
	if r.Code != http.StatusServiceUnavailable || r.Header().Get("Retry-After") == "" {
		t.Errorf("not ready: %d %v", r.Code, r.Header())
	}
	r = s.send(t, http.MethodGet, "/readyz?verbose", "")
	var told struct {
		Ready  bool
		Checks []Check
	}
	if err := json.Unmarshal(r.Body.Bytes(), &told); err != nil || told.Ready || len(told.Checks) != 2 || told.Checks[1] != checks[1] {
		t.Errorf("%v: %s", err, r.Body)
	}
	checks[1].OK = true
	if r := s.send(t, http.MethodGet, "/readyz", ""); r.Code != http.StatusOK || r.Header().Get("Retry-After") != "" {
		t.Errorf("ready: %d %v", r.Code, r.Header())
	}
}

func TestAbout(t *testing.T) {
	s := newService(t, nil, func(o *settings) { o.run.Schema, o.Version = resolvers.NewSchema(), map[string]string{"version": "v1"} })
	for target, want := range map[string]string{
		"/": "مسار", "/version": `"version": "v1"`, "/schema.graphql": "directive @follows",
	} {
		if r := s.send(t, http.MethodGet, target, ""); r.Code != http.StatusOK || !strings.Contains(r.Body.String(), want) {
			t.Errorf("%s: %d %s", target, r.Code, operations.Shorten(r.Body.String(), 200))
		}
	}
	if r := s.send(t, http.MethodGet, "/nothing", ""); r.Code != http.StatusNotFound {
		t.Errorf("/nothing: %d", r.Code)
	}
}
