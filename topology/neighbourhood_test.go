package topology_test

import (
	"cmp"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/topology"
)

// Catches: a missing entity or claim, a wrong distance, a repetition, a wrong order, and a limit that is not
// reported.
func TestNeighbourhoodsAreThoseOfBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		n, nodes := drawNet(r)
		g := n.build(t)
		b := newBrute(g, n)
		b.gathered = true
		for middle := range nodes {
			depth, limit := 1+r.IntN(4), 1+r.IntN(9)
			if r.IntN(3) == 0 {
				limit = 1000
			}
			got, err := g.Neighbourhood(find(g, middle), answers.NeighbourhoodArgs{Depth: &depth, Limit: &limit})
			if err != nil {
				t.Fatal(err)
			}
			want := []topology.Neighbour{{At: find(g, middle), Degree: b.degree[find(g, middle)]}}
			for e := range b.degree {
				shortest := 99
				for _, w := range b.paths(find(g, middle), e) {
					shortest = min(shortest, len(w.claims))
				}
				if e != want[0].At && shortest <= depth {
					want = append(want, topology.Neighbour{At: e, Distance: shortest, Degree: b.degree[e]})
				}
			}
			slices.SortFunc(want, func(a, b topology.Neighbour) int {
				return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(b.Degree, a.Degree), cmp.Compare(a.At, b.At))
			})
			complete := len(want) <= limit
			want = want[:min(limit, len(want))]
			if !slices.Equal(got.Nodes, want) || got.Complete != complete {
				t.Fatalf("entity %d, depth %d, limit %d: %v, complete %v; want %v, %v", middle, depth, limit, got.Nodes, got.Complete, want, complete)
			}
			var links []topology.Claim
			shown := func(e topology.Entity) bool {
				return slices.ContainsFunc(want, func(n topology.Neighbour) bool { return n.At == e })
			}
			for from, edges := range b.edges {
				for _, e := range edges {
					if !e.back && shown(from) && shown(e.to) {
						links = append(links, e.claim)
					}
				}
			}
			slices.Sort(links)
			if !slices.Equal(got.Links, links) {
				t.Fatalf("entity %d, depth %d, limit %d: links %v, want %v", middle, depth, limit, got.Links, links)
			}
		}
	})
}

// Catches: more nodes of a kind than the limit, nodes that are not connected with the centre by shown nodes, and
// counts by kind that do not add up.
func TestNeighbourhoodsByKind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := built(t, someOutline(t))
		kinds := rapid.SampledFrom([][]masar.Kind{nil, {}, {masar.KindOrganization}, {masar.KindRecommendation, masar.KindSdgTarget, masar.KindInitiative}}).Draw(t, "kinds")
		depth, most := rapid.IntRange(1, 4).Draw(t, "depth"), rapid.IntRange(0, 3).Draw(t, "most")
		for _, middle := range append(g.all(masar.KindSdgTarget), g.all(masar.KindInitiative)...) {
			whole, err := g.Neighbourhood(middle, answers.NeighbourhoodArgs{Depth: &depth, Limit: new(1000), Kinds: kinds})
			cut, err2 := g.Neighbourhood(middle, answers.NeighbourhoodArgs{Depth: &depth, Limit: new(1000), Kinds: kinds, LimitPerKind: &most})
			if err != nil || err2 != nil || !whole.Complete {
				t.Fatal(err, err2, whole.Complete)
			}
			byKind := func(nodes []topology.Neighbour) map[masar.Kind]int {
				counts := map[masar.Kind]int{}
				for _, n := range nodes[1:] {
					counts[g.Ref(n.At).Kind]++
				}
				return counts
			}
			counted := map[masar.Kind]int{}
			for _, k := range cut.Kinds() {
				counted[k.Kind] = k.Count
			}
			equal(t, byKind(whole.Nodes), counted)
			equal(t, whole.Kinds(), cut.Kinds())
			shown := byKind(cut.Nodes)
			for kind, n := range shown {
				if n > most || len(kinds) > 0 && !slices.Contains(kinds, kind) {
					t.Fatalf("%d nodes of kind %s, limit %d, kinds %v", n, kind, most, kinds)
				}
			}
			if depth == 1 {
				for kind, n := range counted {
					if shown[kind] != min(n, most) {
						t.Fatalf("%d of %d nodes of kind %s shown, limit %d", shown[kind], n, kind, most)
					}
				}
			}
			if cut.Complete != (len(cut.Nodes) == len(whole.Nodes)) {
				t.Fatalf("complete is %v with %d of %d nodes", cut.Complete, len(cut.Nodes), len(whole.Nodes))
			}
			at := map[topology.Entity]int{}
			for _, n := range cut.Nodes {
				at[n.At] = n.Distance
			}
			for _, n := range cut.Nodes[1:] {
				if !slices.ContainsFunc(cut.Links, func(c topology.Claim) bool {
					s, o := g.Subject(c), g.Object(c)
					return s == n.At && at[o] == n.Distance-1 || o == n.At && at[s] == n.Distance-1
				}) {
					t.Fatalf("no shown node is connected with %s", g.Ref(n.At))
				}
			}
		}
	})
}

// Catches: arguments out of range that are accepted, or errors that do not name the argument and the limits.
func TestNeighbourhoodArguments(t *testing.T) {
	g := newNet(2, chain(1)...).build(t)
	for _, test := range []struct {
		argument string
		args     answers.NeighbourhoodArgs
	}{
		{"depth", answers.NeighbourhoodArgs{Depth: new(0)}}, {"depth", answers.NeighbourhoodArgs{Depth: new(5)}},
		{"limit", answers.NeighbourhoodArgs{Limit: new(0)}}, {"limit", answers.NeighbourhoodArgs{Limit: new(1001)}},
	} {
		_, err := g.Neighbourhood(find(g, 0), test.args)
		if told, ok := errors.AsType[*masar.Error](err); !ok || told.Code != masar.CodeBadInput || told.Argument != test.argument {
			t.Errorf("error %v, want BAD_INPUT for %s", err, test.argument)
		}
	}
	for _, n := range []int{-1, 1001} {
		_, err := g.Neighbourhood(find(g, 0), answers.NeighbourhoodArgs{LimitPerKind: &n})
		bad(t, err, masar.CodeBadPage, "limitPerKind")
	}
	if got, err := g.Neighbourhood(find(g, 0), answers.NeighbourhoodArgs{}); err != nil || len(got.Nodes) != 2 || len(got.Links) != 1 || !got.Complete {
		t.Errorf("by default: %+v, %v", got, err)
	}
}
