package operations

import (
	"context"
	"encoding/json"
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"masar"
	"masar/accounts"
	"masar/operations/limits"
	"masar/operations/metrics"
	"masar/operations/metrics/metricstest"
	"masar/resolvers"
)

// abroad is a client on another machine.
var abroad = Client{Address: netip.MustParseAddr("203.0.113.9"), Transport: "test"}

// Catches: a caller without HTTP that exceeds the limits, in the document or in variables of any Go type.
func TestCallersWithoutHTTPHaveTheLimits(t *testing.T) {
	ran := false
	s := newService(t, func(context.Context) error { ran = true; return nil }, func(o *Options) {
		o.Limits = limits.Default()
		o.Limits.Depth, o.Limits.Cost, o.Limits.ListLength = 2, 100, 2
	})
	for limit, p := range map[string]Params{
		"depth": {Query: "{ inner { inner { field } } }"},
		"cost":  {Query: "{" + strings.Repeat(" inner { inner { field } field }", 20) + "}"},
		"listLength": {
			Query: "query($codes: [String!]) { field(codes: $codes) }", Variables: map[string]any{"codes": []string{"A", "B", "C"}},
		},
	} {
		a := s.Do(t.Context(), Client{}, p)
		if len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != masar.CodeLimit || a.Data != nil {
			t.Errorf("%s: %+v", limit, a)
		}
	}
	if a := s.Do(t.Context(), Client{}, Params{Query: "{ field }", Variables: map[string]any{"f": func() {}}}); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != masar.CodeBadRequest {
		t.Errorf("variables that are no JSON: %+v", a)
	}
	if ran {
		t.Error("a refused operation ran")
	}
}

// Catches: a panic, in a resolver or elsewhere, that reaches the caller, reveals internals, or keeps its place in the
// queue.
func TestPanics(t *testing.T) {
	for name, s := range map[string]service{
		"in a resolver": newService(t, nil, func(o *Options) { o.Queue.Running, o.Schema = 1, resolvers.NewSchema() }), // its resolvers panic without a request
		"in the schema": newService(t, func(context.Context) error { panic("hunter2") }, func(o *Options) { o.Queue.Running = 1 }),
		"before it": newService(t, nil, func(o *Options) {
			o.Queue.Running = 1
			o.Begin = nil // calling nil panics
		}),
	} {
		for range 2 {
			query := "{ field }"
			if name == "in a resolver" {
				query = "{ sdgGoals { nodes { code } } }"
			}
			a := s.ask(t, query)
			if shown, _ := json.Marshal(a); a.code(t) != "INTERNAL" || strings.Contains(string(shown), "hunter2") || strings.Contains(string(shown), "nil pointer") {
				t.Errorf("%s: %s", name, shown)
			}
		}
		if !strings.Contains(s.log.String(), "panic: ") || strings.Count(s.log.String(), `"msg":"operation"`) != 2 {
			t.Errorf("%s: %s", name, s.log)
		}
	}
}

// Catches: a caller without HTTP that bypasses the queue, or exceeds its share of it.
func TestCallersWithoutHTTPAreQueued(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	s := newService(t, func(context.Context) error { begun <- struct{}{}; <-release; return nil }, func(o *Options) {
		o.Queue = QueueSize{Running: 2, Waiting: -1}
	})
	answered := make(chan answer, 2)
	for _, c := range []Client{abroad, {}} {
		go func() { answered <- s.askAs(t, c, "{ field }") }()
		<-begun
	}
	if got := s.askAs(t, abroad, "{ field }").code(t); got != "RATE_LIMITED" {
		t.Errorf("a client beyond its share: %s", got)
	}
	if got := s.askAs(t, Client{}, "{ field }").code(t); got != "OVERLOADED" {
		t.Errorf("a client when the queue is full: %s", got)
	}
	if got := metricstest.Value(t, s.Metrics(), "masar_operations_running"); got != 2 {
		t.Errorf("%g run", got)
	}
	close(release)
	for range 2 {
		if got := (<-answered).code(t); got != "OK" {
			t.Errorf("a client with a place: %s", got)
		}
	}
	for reason, want := range map[metrics.Reason]float64{metrics.Share: 1, metrics.Overloaded: 1, metrics.Rate: 0} {
		if got := metricstest.Value(t, s.Metrics(), "masar_refused_total", "reason", string(reason)); got != want {
			t.Errorf("%g refused for %s", got, reason)
		}
	}
}

// Catches: a client on another machine without a rate limit because it does not use HTTP, and a rate limit for this
// machine.
func TestCallersWithoutHTTPHaveARate(t *testing.T) {
	s := newService(t, func(context.Context) error { return nil }, func(o *Options) { o.Rate = Rate{1, time.Hour} })
	for _, want := range []string{"OK", "RATE_LIMITED"} {
		if got := s.askAs(t, abroad, "{ field }").code(t); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	for _, local := range []Client{{}, {Address: netip.MustParseAddr("::1")}} {
		for range 3 {
			if got := s.askAs(t, local, "{ field }").code(t); got != "OK" {
				t.Errorf("%+v: %s", local, got)
			}
		}
	}
	if got := metricstest.Value(t, s.Metrics(), "masar_refused_total", "reason", "rate"); got != 1 {
		t.Errorf("%g refused", got)
	}
}

// Catches: an operation without metrics, with no log line or two, or with a line that does not have its trace.
func TestEveryOperationIsCountedAndLogged(t *testing.T) {
	s := newService(t, func(context.Context) error { return nil })
	s.ask(t, "query Named { field }")
	s.ask(t, "query Broken { fields }")
	type line struct{ Msg, Name, Document, Type, Transport, Code, Trace string }
	var got []line
	for text := range strings.Lines(s.log.String()) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil || len(l.Trace) != 32 {
			t.Errorf("%v: %s", err, text)
		}
		l.Trace = ""
		got = append(got, l)
	}
	want := []line{
		{"operation", "Named", "de097222dd57", "query", "test", "OK", ""},
		{"operation", "", "572b85e12ea1", "invalid", "test", "GRAPHQL_VALIDATION_FAILED", ""},
	}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("%+v", got)
	}
	for _, labels := range [][]string{{"code", "OK", "type", "query"}, {"code", "GRAPHQL_VALIDATION_FAILED", "type", "invalid"}} {
		if n := metricstest.Value(t, s.Metrics(), "masar_operations_total", labels...); n != 1 {
			t.Errorf("%v: %g", labels, n)
		}
	}
	if strings.Contains(s.log.String(), "sesame") {
		t.Errorf("the log holds what a client sent: %s", s.log)
	}
}

// Catches: resolvers that see another actor, and an actor that remains after its operation.
func TestResolversSeeTheActor(t *testing.T) {
	var seen accounts.Actor
	s := newService(t, func(ctx context.Context) error { seen = accounts.From(ctx); return nil })
	for _, actor := range []accounts.Actor{{Handle: "amal"}, {}} {
		s.askAs(t, Client{Actor: actor}, "{ field }")
		if seen != actor || seen.Anonymous() != (actor.Handle == "") {
			t.Errorf("%+v asks, and %+v is seen", actor, seen)
		}
	}
}

// Catches: an operation of a type that its transport does not permit.
func TestPermit(t *testing.T) {
	ran := 0
	s := newService(t, func(context.Context) error { ran++; return nil })
	onlyReads := Client{Permit: func(operation ast.Operation) *masar.Error {
		if operation == ast.Query {
			return nil
		}
		return masar.NewError(masar.CodeForbidden, "error.operation.cross_site", masar.Args{"operation": "query"})
	}}
	for query, want := range map[string]string{"{ field }": "OK", "mutation { change }": "FORBIDDEN"} {
		before := ran
		if got := s.askAs(t, onlyReads, query).code(t); got != want || (ran > before) != (want == "OK") {
			t.Errorf("%s: %s, ran %t", query, got, ran > before)
		}
	}
}

// Catches: a nil answer when the caller has gone away, and a log without the cause.
func TestCallerGoesAway(t *testing.T) {
	s := newService(t, func(ctx context.Context) error { return ctx.Err() })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a := s.Do(ctx, Client{}, Params{Query: "{ field }"})
	if a == nil || len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != masar.CodeTimeout {
		t.Errorf("%+v", a)
	}
	if !errors.Is(ctx.Err(), context.Canceled) {
		t.Error("the caller has not gone away")
	}
}
