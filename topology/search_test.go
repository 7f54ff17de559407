package topology_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/topology"
)

// chain is a path of claims from entity 0 to entity hops.
func chain(hops int) []edge {
	var edges []edge
	for i := range hops {
		edges = append(edges, edge{from: i, to: i + 1, predicate: masar.Advances, supporting: 1})
	}
	return edges
}

func paths(t testing.TB, g *topology.Graph, from, to int, query topology.PathQuery) topology.PathResult {
	t.Helper()
	result, err := g.Paths(t.Context(), find(g, from), find(g, to), query)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// Catches: limits that are off by one, and wrong results in simple cases.
func TestPlainCases(t *testing.T) {
	within := func(hops int) topology.PathQuery {
		return topology.PathQuery{PathArgs: answers.PathArgs{MaxHops: &hops}}
	}
	for _, test := range []struct {
		name     string
		nodes    int
		edges    []edge
		from, to int
		query    topology.PathQuery
		hops     []int // length of each path
		stopped  []answers.StopReason
	}{
		{name: "a direct claim", nodes: 2, edges: chain(1), to: 1, hops: []int{1}},
		{name: "against the claim", nodes: 2, edges: chain(1), from: 1, hops: []int{1}},
		{name: "disconnected", nodes: 3, edges: chain(1), to: 2},
		{name: "no claims", nodes: 2, to: 1},
		{name: "to itself", nodes: 2, edges: chain(1)},
		{name: "exactly as long as allowed", nodes: 6, edges: chain(5), to: 5, hops: []int{5}},
		{name: "one longer than allowed", nodes: 7, edges: chain(6), to: 6, stopped: []answers.StopReason{answers.StopHops}},
		{name: "exactly eight", nodes: 9, edges: chain(8), to: 8, query: within(8), hops: []int{8}},
		{name: "one hop asked for, two needed", nodes: 3, edges: chain(2), to: 2, query: within(1), stopped: []answers.StopReason{answers.StopHops}},
		{name: "a longer way beside", nodes: 7, edges: append(chain(6), edge{from: 0, to: 6, predicate: masar.MapsTo}), to: 6, hops: []int{1}, stopped: []answers.StopReason{answers.StopHops}},
		{name: "a tail behind the target is no longer way", nodes: 8, edges: chain(7), to: 2, hops: []int{2}},
		{name: "a claim of a thing with itself", nodes: 2, edges: append(chain(1), edge{from: 0, to: 0, predicate: masar.Requires}), to: 1, hops: []int{1}},
		{name: "refuted", nodes: 2, edges: []edge{{from: 0, to: 1, predicate: masar.Advances, refuting: 1}}, to: 1},
		{name: "suggested", nodes: 2, edges: []edge{{from: 0, to: 1, predicate: masar.Advances, suggested: true}}, to: 1},
		{name: "claims side by side", nodes: 2, edges: []edge{
			{from: 0, to: 1, predicate: masar.Participates, role: masar.RoleFunder}, {from: 0, to: 1, predicate: masar.Participates, role: masar.RolePartner},
			{from: 1, to: 0, predicate: masar.Elaborates},
		}, to: 1, hops: []int{1, 1, 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := newNet(test.nodes, test.edges...).build(t)
			got := paths(t, g, test.from, test.to, test.query)
			var hops []int
			for _, p := range got.Paths {
				hops = append(hops, len(p.Steps))
			}
			if !slices.Equal(hops, test.hops) || !slices.Equal(got.StoppedBy, test.stopped) || got.Complete != (test.stopped == nil) {
				t.Errorf("paths of %v hops, stopped by %v, complete %v; want %v, %v", hops, got.StoppedBy, got.Complete, test.hops, test.stopped)
			}
		})
	}
}

// codeOf is the error code for an argument out of range.
func codeOf(argument string) masar.Code {
	if argument == "first" {
		return masar.CodeBadPage
	}
	return masar.CodeBadInput
}

// Catches: arguments out of range that are accepted, or errors that do not name the argument and the limits.
func TestArgumentsOutOfBounds(t *testing.T) {
	g := newNet(2, chain(1)...).build(t)
	for _, test := range []struct {
		argument string
		args     answers.PathArgs
	}{
		{"maxHops", answers.PathArgs{MaxHops: new(0)}}, {"maxHops", answers.PathArgs{MaxHops: new(9)}},
		{"first", answers.PathArgs{First: new(-1)}}, {"first", answers.PathArgs{First: new(101)}},
		{"minNet", answers.PathArgs{MinNet: new(-.1)}}, {"minNet", answers.PathArgs{MinNet: new(1.1)}}, {"minNet", answers.PathArgs{MinNet: new(math.NaN())}},
	} {
		_, err := g.Paths(t.Context(), find(g, 0), find(g, 1), topology.PathQuery{PathArgs: test.args})
		if told, ok := errors.AsType[*masar.Error](err); !ok || told.Code != codeOf(test.argument) || told.Argument != test.argument {
			t.Errorf("%+v: %v, want %s about %s", test.args, err, codeOf(test.argument), test.argument)
		}
	}
	far := newNet(3, chain(2)...).build(t) // a path longer than one hop would be cut off
	if none, err := far.Paths(t.Context(), find(far, 0), find(far, 2), topology.PathQuery{PathArgs: answers.PathArgs{First: new(0), MaxHops: new(1)}}); err != nil || len(none.Paths) > 0 || !none.Complete {
		t.Errorf("first: 0 gives %+v, %v; want no paths and a complete result", none, err)
	}
	for _, args := range []answers.PathArgs{{MaxHops: new(1), First: new(1), MinNet: new(0.)}, {MaxHops: new(8), First: new(50), MinNet: new(1.)}} {
		if _, err := g.Paths(t.Context(), find(g, 0), find(g, 1), topology.PathQuery{PathArgs: args}); err != nil {
			t.Errorf("%+v: %v", args, err)
		}
	}
}

// Catches: a filter without matches treated as no filter, and a pattern without effect.
func TestPredicatesAndPatterns(t *testing.T) {
	g := newNet(2,
		edge{from: 0, to: 1, predicate: masar.Advances}, edge{from: 0, to: 1, predicate: masar.Participates},
		edge{from: 0, to: 1, predicate: masar.Requires}, edge{from: 0, to: 1, predicate: masar.SameAs}).build(t)
	for _, test := range []struct {
		name string
		args answers.PathArgs
		want int
	}{
		{"no filter", answers.PathArgs{}, 4},
		{"an empty list asks nothing", answers.PathArgs{Predicates: []masar.Predicate{}}, 4},
		{"two predicates", answers.PathArgs{Predicates: []masar.Predicate{masar.Advances, masar.SameAs}}, 2},
		{"a pattern", answers.PathArgs{Pattern: new(answers.PatternPolicy)}, 1},
		{"another", answers.PathArgs{Pattern: new(answers.PatternProblem)}, 1},
		{"a third", answers.PathArgs{Pattern: new(answers.PatternInstitution)}, 1},
		{"both must hold", answers.PathArgs{Pattern: new(answers.PatternPolicy), Predicates: []masar.Predicate{masar.Requires}}, 0},
	} {
		if got := len(paths(t, g, 0, 1, topology.PathQuery{PathArgs: test.args}).Paths); got != test.want {
			t.Errorf("%s: %d paths, want %d", test.name, got, test.want)
		}
	}
}

// crossing is a graph with very many paths: some entities are all connected with each other.
func crossing(entities int) *net {
	var edges []edge
	for i := range entities {
		for j := range i {
			edges = append(edges, edge{from: i, to: j, predicate: masar.Predicates[(i+j)%len(masar.Predicates)], supporting: (i * j) % 4})
		}
	}
	return newNet(entities, edges...)
}

// Catches: a search that does not report an exceeded budget, or returns other than the best paths.
func TestBudgetIsTold(t *testing.T) {
	g := crossing(30).build(t)
	query := topology.PathQuery{PathArgs: answers.PathArgs{First: new(50)}}
	whole := paths(t, g, 0, 29, query)
	if len(whole.Paths) != 50 || slices.Contains(whole.StoppedBy, answers.StopBudget) {
		t.Fatalf("%d paths, stopped by %v", len(whole.Paths), whole.StoppedBy)
	}
	some := 0
	for query.Budget = 1; query.Budget < 100_000; query.Budget += query.Budget/8 + 1 {
		got := paths(t, g, 0, 29, query)
		if len(got.Paths) < 50 {
			if !slices.Contains(got.StoppedBy, answers.StopBudget) || got.Complete {
				t.Fatalf("budget %d: %d paths, stopped by %v, complete %v", query.Budget, len(got.Paths), got.StoppedBy, got.Complete)
			}
			some += min(1, len(got.Paths))
		}
		if !reflect.DeepEqual(got.Paths, whole.Paths[:len(got.Paths)]) && len(got.Paths) > 0 {
			t.Fatalf("budget %d: the paths are not the best ones", query.Budget)
		}
	}
	if some == 0 {
		t.Error("no budget gave a partial result, so nothing was tested")
	}
}

// Catches: a search that goes on after its request has ended, and one that leaves no time for the rest of the answer.
func TestContextsEndSearches(t *testing.T) {
	g := crossing(12).build(t)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := g.Paths(cancelled, find(g, 0), find(g, 11), topology.PathQuery{}); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	if _, err := g.Paths(late, find(g, 0), find(g, 11), topology.PathQuery{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("too late: %v", err)
	}
	// Two stars share their leaves, and there is a third. Whether a longer path exists takes very long to find out.
	var edges []edge
	for leaf := range 4000 {
		for hub := range 3 {
			edges = append(edges, edge{from: hub, to: 3 + leaf, predicate: masar.Advances})
		}
	}
	g = newNet(4003, edges...).build(t)
	g.Degree(0)
	const allowed = 600 * time.Millisecond
	short, cancel := context.WithTimeout(t.Context(), allowed)
	defer cancel()
	began := time.Now()
	got, err := g.Paths(short, find(g, 0), find(g, 1), topology.PathQuery{Budget: math.MaxInt})
	if err != nil || !slices.Equal(got.StoppedBy, []answers.StopReason{answers.StopBudget}) || len(got.Paths) != 20 {
		t.Errorf("%d paths, stopped by %v, %v", len(got.Paths), got.StoppedBy, err)
	}
	if took := time.Since(began); took > allowed*9/10 {
		t.Errorf("the search took %v, limit %v", took, allowed)
	}
}

// Catches: results that change between searches, and data races between concurrent searches.
func TestSearchesAtOnceAnswerAlike(t *testing.T) {
	g := crossing(25).build(t)
	query := topology.PathQuery{PathArgs: answers.PathArgs{First: new(20), MaxHops: new(4), MinNet: new(.1)}}
	var want [25]topology.PathResult
	for to := range want {
		want[to] = paths(t, g, 0, to, query)
	}
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			r := rand.New(rand.NewPCG(uint64(worker), 0))
			for range 200 {
				to := r.IntN(25)
				got, err := g.Paths(context.Background(), find(g, 0), find(g, to), query)
				if err != nil || !reflect.DeepEqual(got, want[to]) {
					t.Errorf("to %d: another answer, %v", to, err)
					return
				}
			}
		})
	}
	all.Wait()
}

// Catches: undirected results that depend on the direction. The paths back are the reversed paths there.
func TestWaysBackAreTheWaysThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, nodes := drawNet(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)))
		g := n.build(t)
		query := topology.PathQuery{PathArgs: answers.PathArgs{First: new(50), MaxHops: new(8)}}
		for from := range nodes {
			for to := range from {
				there, err := g.Paths(context.Background(), find(g, from), find(g, to), query)
				if err != nil {
					t.Fatal(err)
				}
				back, err := g.Paths(context.Background(), find(g, to), find(g, from), query)
				if err != nil {
					t.Fatal(err)
				}
				if len(there.Paths) == 50 {
					continue // among equal paths, the last of the fifty depend on the codes along the path
				}
				if a, b := turned(there, false), turned(back, true); !slices.Equal(a, b) {
					t.Fatalf("%d to %d:\n%v\nback:\n%v", from, to, a, b)
				}
			}
		}
	})
}

// Catches: a score whose last digit depends on the order of the steps, so that equal paths look different.
func TestTheSameFactorsMakeTheSameScore(t *testing.T) {
	predicates := []masar.Predicate{masar.IssuedIn, masar.HasChallenge, masar.Participates, masar.AlignsWith, masar.Concerns}
	for turn := range 20 {
		edges := chain(5)
		for i := range edges {
			edges[i].predicate, edges[i].supporting = predicates[(i*turn+turn/5)%5], (i*i+turn)%7
		}
		g := newNet(6, edges...).build(t)
		there, back := paths(t, g, 0, 5, topology.PathQuery{}).Paths[0].Score, paths(t, g, 5, 0, topology.PathQuery{}).Paths[0].Score
		if there != back {
			t.Errorf("%v there, %v back", there, back)
		}
	}
}

// turned lists paths, reversed if around is set, without their order.
func turned(result topology.PathResult, around bool) []string {
	var written []string
	for _, p := range result.Paths {
		if around {
			slices.Reverse(p.Steps)
			for i := range p.Steps {
				p.Steps[i].Back = !p.Steps[i].Back
			}
		}
		written = append(written, fmt.Sprint(p.Steps, math.Round(p.Score*1e12)))
	}
	slices.Sort(written)
	return written
}
