package operations

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/99designs/gqlgen/graphql"

	"masar/accounts"
	"masar/loaders"
	"masar/operations/metrics"
	"masar/operations/metrics/metricstest"
)

// graphState is the state of a graph that a test changes.
type graphState struct{ now atomic.Pointer[loaders.State] }

func newGraphState() *graphState {
	s := &graphState{}
	s.set("1", "2025-01-01")
	return s
}

func (s *graphState) set(snapshot, asOf string) {
	s.now.Store(&loaders.State{Snapshot: snapshot, AsOf: asOf})
}

// keeping makes a service keep answers of the graph in a state.
func keeping(state *graphState) func(*Options) {
	return func(o *Options) {
		o.KeptBytes = 1 << 20
		o.State = func() (loaders.State, error) { return *state.now.Load(), nil }
	}
}

// times counts how often a resolver ran.
type times struct{ atomic.Int64 }

func (n *times) count(context.Context) error {
	n.Add(1)
	return nil
}

func (s service) repeated(t *testing.T, how metrics.Repeat) float64 {
	t.Helper()
	return metricstest.Value(t, s.Metrics(), "masar_answers_repeated_total", "way", string(how))
}

// Catches: a repeated query that is executed again, one whose answer is that of another question, and a repeated one that
// the log and the metrics do not show.
func TestARepeatedQueryIsNotExecuted(t *testing.T) {
	var ran times
	state := newGraphState()
	s := newService(t, ran.count, keeping(state))
	ask := func(what string, executed bool, p Params, c ...Client) string {
		t.Helper()
		before := ran.Load()
		text := string(Encode(s.Do(t.Context(), append(c, Client{Transport: "test"})[0], p)))
		if is := ran.Load() > before; is != executed {
			t.Errorf("%s: executed %v", what, is)
		}
		return text
	}
	const document = `query One($first: Int) { field(first: $first) } query Two { field }`
	one := Params{Query: document, OperationName: "One", Variables: map[string]any{"first": json.Number("1"), "more": "x"}}
	made := ask("the first time", true, one)
	if again := ask("again", false, one); again != made {
		t.Errorf("%s, then %s", made, again)
	}
	lines := strings.Split(strings.TrimSpace(s.log.String()), "\n")
	if len(lines) != 2 || strings.Contains(lines[0], `"kept"`) || !strings.Contains(lines[1], `"kept":true`) || !strings.Contains(lines[1], `"name":"One"`) || !strings.Contains(lines[1], `"cost":1`) {
		t.Errorf("log:\n%s", s.log)
	}
	with := func(change func(*Params)) Params { p := one; change(&p); return p }
	ask("extensions, which nothing reads", false, with(func(p *Params) { p.Extensions = map[string]any{"a": 1} }))
	ask("equal variables of other Go types", false, with(func(p *Params) { p.Variables = map[string]any{"more": "x", "first": 1} }))
	ask("another operation of the document", true, with(func(p *Params) { p.OperationName = "Two" }))
	ask("another value", true, with(func(p *Params) { p.Variables = map[string]any{"first": 2} }))
	ask("null for a value", true, with(func(p *Params) { p.Variables = map[string]any{"first": nil} }))
	ask("no value", true, with(func(p *Params) { p.Variables = nil }))
	ask("another document", true, with(func(p *Params) { p.Query += " " }))
	ask("an account", true, one, Client{Actor: accounts.Actor{Handle: "a"}})
	state.set("2", "2025-01-01")
	ask("after a write", true, one)
	state.set("2", "2025-01-02")
	ask("on a new day", true, one)
	ask("on the new day again", false, one)
	if n := s.repeated(t, metrics.RepeatedKept); n != 4 {
		t.Errorf("%g counted", n)
	}
}

// Catches: an answer kept that is not the only one: with errors, of a mutation, of a graph that changed meanwhile or that
// is not known, or when nothing may be kept.
func TestWhatIsNotKept(t *testing.T) {
	state := newGraphState()
	unknown := func(o *Options) {
		o.State = func() (loaders.State, error) { return loaders.State{}, errors.New("no graph") }
	}
	writes := func(context.Context) error { state.set(state.now.Load().Snapshot+"1", ""); return nil }
	for name, c := range map[string]struct {
		query   string
		resolve func(context.Context) error
		change  []func(*Options)
	}{
		"an error":         {"{ field }", func(context.Context) error { return errors.New("broken") }, nil},
		"a panic":          {"{ field }", func(context.Context) error { panic("broken") }, nil},
		"a mutation":       {"mutation { change }", func(context.Context) error { return nil }, nil},
		"a write":          {"{ field }", writes, nil},
		"no graph":         {"{ field }", func(context.Context) error { return nil }, []func(*Options){unknown}},
		"nothing is kept":  {"{ field }", func(context.Context) error { return nil }, []func(*Options){func(o *Options) { o.KeptBytes = 0 }}},
		"too small a part": {"{ field }", func(context.Context) error { return nil }, []func(*Options){func(o *Options) { o.KeptBytes = 4096 }}},
	} {
		var ran times
		s := newService(t, func(ctx context.Context) error { _ = ran.count(ctx); return c.resolve(ctx) }, append([]func(*Options){keeping(state)}, c.change...)...)
		for range 3 {
			s.ask(t, c.query)
		}
		if n := ran.Load(); n != 3 {
			t.Errorf("%s: executed %d times", name, n)
		}
	}
}

// Catches: equal queries at the same time that each run, one that ends when the first client leaves, and clients that hold
// places while they wait for another's answer.
func TestEqualQueriesRunOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ran times
		release := make(chan struct{})
		s := newService(t, func(ctx context.Context) error {
			ran.Add(1)
			select {
			case <-release:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}, keeping(newGraphState()), func(o *Options) { o.Queue = QueueSize{Running: 2, Waiting: -1} })
		ask := func(ctx context.Context) *graphql.Response {
			return s.Do(ctx, Client{Transport: "test"}, Params{Query: "{ field }"})
		}
		first, leave := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if r := ask(first); len(r.Errors) != 1 || r.Errors[0].Extensions["code"] == "INTERNAL" {
				t.Errorf("the client that left: %v", r.Errors)
			}
		})
		synctest.Wait()
		for range 10 {
			all.Go(func() {
				if r := ask(t.Context()); len(r.Errors) > 0 || string(r.Data) != `{"field":null}` {
					t.Errorf("%s %v", r.Data, r.Errors)
				}
			})
			synctest.Wait()
		}
		leave()
		synctest.Wait()
		close(release)
		all.Wait()
		if n := ran.Load(); n != 1 {
			t.Errorf("executed %d times", n)
		}
		if n := s.repeated(t, metrics.RepeatedShared); n != 10 {
			t.Errorf("%g counted", n)
		}
	})
}

// Catches: clients that all fail with the error of the one that they waited for.
func TestAnErrorIsNotShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ran times
		release := make(chan struct{})
		s := newService(t, func(context.Context) error {
			if ran.Add(1) == 1 {
				<-release
				return errors.New("only the first time")
			}
			return nil
		}, keeping(newGraphState()))
		var failed atomic.Int64
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				failed.Add(int64(len(s.Do(t.Context(), Client{Transport: "test"}, Params{Query: "{ field }"}).Errors)))
			})
			synctest.Wait()
		}
		close(release)
		all.Wait()
		if n := failed.Load(); n != 1 {
			t.Errorf("%d failed", n)
		}
	})
}

// Catches: a kept answer that costs its client nothing.
func TestAKeptAnswerIsCharged(t *testing.T) {
	s := newService(t, func(context.Context) error { return nil }, keeping(newGraphState()), func(o *Options) { o.Rate, _ = ParseRate("5/h") })
	for i := range 6 {
		want := "OK"
		if i == 5 {
			want = "RATE_LIMITED"
		}
		if got := s.askAs(t, abroad, "{ field }").code(t); got != want {
			t.Errorf("request %d: %s", i, got)
		}
	}
}

// Catches: a form of an answer that is made at its first use, made twice, or not counted.
func TestFormsOfAnAnswer(t *testing.T) {
	s := newService(t, func(context.Context) error { return nil }, keeping(newGraphState()))
	q, _ := s.Question("a page")
	s.Keep(q, nil, map[string][]string{"Content-Type": {"text/html"}}, []byte("body"))
	a, is := s.Kept(q)
	if !is {
		t.Fatal("not kept")
	}
	made := 0
	pack := func(body []byte) []byte { made++; return []byte(strings.ToUpper(string(body)) + "!") }
	_, before := s.kept.Size()
	for i, want := range []string{"", "BODY!", "BODY!"} {
		if got := string(a.Packed("upper", pack)); got != want {
			t.Errorf("use %d: %q", i, got)
		}
	}
	if _, after := s.kept.Size(); made != 1 || after-before != len("BODY!") {
		t.Errorf("made %d times, %d bytes more", made, after-before)
	}
}
