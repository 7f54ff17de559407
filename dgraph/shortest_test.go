package dgraph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/seed"
	"masar/topology"
)

// Catches a search for paths that sees other edges than Dgraph holds, or that misses a short way: the shortest path between
// two entities of the seed graph is as long as the one that Dgraph's own shortest finds along the direct edges.
func TestShortestIsAsLongAsDgraphs(t *testing.T) {
	store := empty(t)
	graph, err := seed.Read(seed.Files)
	if err != nil {
		t.Fatal(err)
	}
	asOf := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	if _, err := seed.Load(t.Context(), store, graph); err != nil {
		t.Fatal(err)
	}
	read := shape(t, store)
	g, err := topology.Build(read, scoring.DefaultProfile(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	var linked []masar.EntityShape
	for _, e := range read.Entities {
		if at, _ := g.Find(e.Ref); g.Degree(at) > 0 {
			linked = append(linked, e)
		}
	}
	slices.SortFunc(linked, func(a, b masar.EntityShape) int { return a.Ref.Compare(b.Ref) })
	var along, eitherWay strings.Builder
	for _, p := range masar.Predicates {
		edge := strings.ToLower(string(p))
		fmt.Fprintln(&along, edge)
		fmt.Fprintf(&eitherWay, "%s ~%s\n", edge, edge)
	}
	r := rand.New(rand.NewPCG(16, 6))
	lengths := map[int]int{}
	var ours, dgraphs time.Duration
	for range 40 {
		from, to := linked[r.IntN(len(linked))], linked[r.IntN(len(linked))]
		if from.UID == to.UID {
			continue
		}
		for directed, edges := range map[bool]string{false: eitherWay.String(), true: along.String()} {
			began := time.Now()
			answer := ask[struct{ Path []struct{ UID string } }](t, fmt.Sprintf(
				"{ p as shortest(from: %#x, to: %#x) { %s } path(func: uid(p)) { uid } }", from.UID, to.UID, edges))
			dgraphs += time.Since(began)
			want := max(0, len(answer.Path)-1)
			began = time.Now()
			got := shortest(t, g, from.Ref, to.Ref, directed)
			ours += time.Since(began)
			if want > 8 {
				want = 0 // longer than a search may ask for
			}
			if got != want {
				t.Errorf("%s to %s, directed %v: %d hops, Dgraph says %d", from.Ref, to.Ref, directed, got, want)
			}
			lengths[got]++
		}
	}
	t.Logf("lengths, and how many paths are of them: %v; all searches took %v, those of Dgraph %v", lengths, ours, dgraphs)
	if len(lengths) < 5 {
		t.Errorf("hardly anything was compared: %v", lengths)
	}
}

// shortest is the length of the shortest path of up to eight hops; 0 if there is none.
func shortest(t *testing.T, g *topology.Graph, from, to masar.Ref, directed bool) int {
	t.Helper()
	start, _ := g.Find(from)
	end, _ := g.Find(to)
	for hops := 1; hops <= 8; hops++ {
		found, err := g.Paths(t.Context(), start, end, topology.PathQuery{PathArgs: answers.PathArgs{MaxHops: &hops, Directed: &directed}})
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Paths) > 0 {
			return len(found.Paths[0].Steps)
		}
	}
	return 0
}
