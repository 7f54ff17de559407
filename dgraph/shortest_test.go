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

// Catches: a path search that sees other edges than Dgraph holds, or that misses a short path. Shortest paths between
// entities of the seed have to be as long as those that Dgraph finds along the direct edges.
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
	read := outline(t, store)
	g, err := topology.Build(read, scoring.DefaultProfile(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	var linked []masar.EntityOutline
	for _, e := range read.Entities {
		if at, _ := g.Find(e.Ref); g.Degree(at) > 0 {
			linked = append(linked, e)
		}
	}
	slices.SortFunc(linked, func(a, b masar.EntityOutline) int { return a.Ref.Compare(b.Ref) })
	kinds := map[string]masar.Kind{}
	for _, e := range read.Entities {
		kinds[fmt.Sprintf("%#x", e.UID)] = e.Ref.Kind
	}
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
				want = 0 // beyond the maximum length of a search
			}
			// Masar's paths do not join two things only because a document, an activity or an output has both, so they may be longer.
			if got != want && !(throughGatherer(answer.Path, kinds) && (got > want || got == 0)) {
				t.Errorf("%s to %s, directed %v: %d hops, Dgraph finds %d", from.Ref, to.Ref, directed, got, want)
			}
			lengths[got]++
		}
	}
	t.Logf("number of paths by length: %v; all searches took %v, those of Dgraph %v", lengths, ours, dgraphs)
	if len(lengths) < 5 {
		t.Errorf("too few paths were compared: %v", lengths)
	}
}

// throughGatherer reports whether a path of Dgraph passes through a document, an activity or an output.
func throughGatherer(path []struct{ UID string }, kinds map[string]masar.Kind) bool {
	for i := 1; i < len(path)-1; i++ {
		if slices.Contains([]masar.Kind{masar.KindDocument, masar.KindActivity, masar.KindOutput}, kinds[path[i].UID]) {
			return true
		}
	}
	return false
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
