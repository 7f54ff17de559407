package topology_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// net is a test graph: claims between topics, each with a number of equal evidence items.
type net struct {
	outline masar.Outline
	keys    []masar.ClaimKey
}

// edge is a claim of a net.
type edge struct {
	from, to  int
	predicate masar.Predicate
	role      masar.Role
	// supporting and refuting are the numbers of independent evidence items.
	supporting, refuting int
	suggested, inferred  bool
}

const firstClaim, firstEvidence = 1 << 20, 1 << 30

func newNet(nodes int, edges ...edge) *net {
	n := &net{outline: masar.Outline{Snapshot: 1}}
	for i := range nodes {
		n.outline.Entities = append(n.outline.Entities, masar.EntityOutline{UID: uint64(i + 1), Ref: nodeRef(i), Revision: 1})
	}
	documents := 0
	for i, e := range edges {
		key := masar.ClaimKey(fmt.Sprintf("%032x", i))
		n.keys = append(n.keys, key)
		claim := masar.ClaimOutline{
			UID: uint64(firstClaim + i), Key: key, Revision: 1, Subject: uint64(e.from + 1), Object: uint64(e.to + 1),
			Predicate: e.predicate, Role: e.role, Basis: masar.Stated, Status: masar.ClaimAccepted,
		}
		if e.inferred {
			claim.Basis = masar.Inferred
		}
		if e.suggested {
			claim.Status = masar.ClaimSuggested
		}
		n.outline.Claims = append(n.outline.Claims, claim)
		for j := range e.supporting + e.refuting {
			if j == documents {
				documents++
				n.outline.Entities = append(n.outline.Entities, masar.EntityOutline{
					UID: uint64(1<<40 + j), Ref: masar.Ref{Kind: masar.KindDocument, Code: fmt.Sprint("D", j)}, Revision: 1,
					Family: fmt.Sprint("family ", j), Date: "2025-01-01",
				})
			}
			stance := masar.Supports
			if j >= e.supporting {
				stance = masar.Refutes
			}
			n.outline.Evidence = append(n.outline.Evidence, masar.EvidenceOutline{
				UID: uint64(firstEvidence + len(n.outline.Evidence)), Key: masar.EvidenceKey(fmt.Sprintf("%032x", 1<<20+len(n.outline.Evidence))), Revision: 1,
				Claim: claim.UID, Stance: stance, Kind: masar.OrganizationReport, Directness: masar.Named,
				Review: masar.ReviewAccepted, Document: uint64(1<<40 + j),
			})
		}
	}
	return n
}

// nodeRef is the reference of a node. Some nodes have kinds that gather others.
func nodeRef(i int) masar.Ref {
	kinds := []masar.Kind{masar.KindTopic, masar.KindActivity, masar.KindTopic, masar.KindDocument, masar.KindTopic, masar.KindOutput}
	return masar.Ref{Kind: kinds[i%len(kinds)], Code: fmt.Sprint("t", i)}
}

func (n *net) build(t rapid.TB) *topology.Graph {
	t.Helper()
	g, err := topology.Build(&n.outline, scoring.DefaultProfile(), time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func find(g *topology.Graph, i int) topology.Entity {
	e, _ := g.Find(nodeRef(i))
	return e
}

// way is a simple path found by brute force.
type way struct {
	score    float64
	net      float64 // the lowest of its claims
	entities []topology.Entity
	claims   []topology.Claim
	back     []bool
	inferred bool
}

// brute finds every simple path of a small graph.
type brute struct {
	*topology.Graph
	degree   map[topology.Entity]int
	is       map[topology.Claim]masar.Predicate
	edges    map[topology.Entity][]bruteEdge
	directed bool
	gathered bool // whether paths may enter and leave an entity by gathering claims
	allowed  []masar.Predicate
}

type bruteEdge struct {
	claim    topology.Claim
	to       topology.Entity
	back     bool
	weight   float64
	net      float64
	inferred bool
	is       masar.Predicate
}

func newBrute(g *topology.Graph, n *net) *brute {
	b := &brute{Graph: g, degree: map[topology.Entity]int{}, is: map[topology.Claim]masar.Predicate{}, edges: map[topology.Entity][]bruteEdge{}}
	for i, s := range n.outline.Claims {
		c, ok := g.FindClaim(n.keys[i])
		from, to := g.Subject(c), g.Object(c)
		support := g.Support(c)
		if !ok || s.Status != masar.ClaimAccepted || support.Status == masar.Refuted || from == to {
			continue
		}
		b.is[c] = s.Predicate
		b.degree[from]++
		b.degree[to]++
		e := bruteEdge{
			claim: c, to: to, weight: masar.PredicateSpecs[s.Predicate].Weight * (1 + support.Net) / 2, net: support.Net,
			inferred: s.Basis == masar.Inferred, is: s.Predicate,
		}
		b.edges[from] = append(b.edges[from], e)
		e.to, e.back = from, true
		b.edges[to] = append(b.edges[to], e)
	}
	return b
}

// gathers reports, by the definition in the model, whether a claim only says that its subject is located in, was
// issued at or belongs to an entity.
func (b *brute) gathers(c topology.Claim, e topology.Entity) bool {
	of, predicate := b.Ref(e).Kind, b.is[c]
	return b.Object(c) == e && (of == masar.KindDocument || of == masar.KindActivity || of == masar.KindOutput) &&
		(predicate == masar.IssuedIn || predicate == masar.Concerns || predicate == masar.PartOf)
}

// paths are all simple paths between two entities.
func (b *brute) paths(from, to topology.Entity) []way {
	var all []way
	var on func(w way)
	on = func(w way) {
		at := w.entities[len(w.entities)-1]
		if at == to {
			w.entities, w.claims, w.back = slices.Clone(w.entities), slices.Clone(w.claims), slices.Clone(w.back)
			all = append(all, w)
			return
		}
		for _, e := range b.edges[at] {
			if !b.gathered && len(w.claims) > 0 && b.gathers(w.claims[len(w.claims)-1], at) && b.gathers(e.claim, at) {
				continue
			}
			if slices.Contains(w.entities, e.to) || b.directed && e.back || b.allowed != nil && !slices.Contains(b.allowed, e.is) {
				continue
			}
			score := w.score * e.weight
			if len(w.claims) > 0 {
				score *= .9 / (1 + math.Log(1+max(0, float64(b.degree[at])-25)/25))
			}
			on(way{
				score, min(w.net, e.net), append(w.entities, e.to), append(w.claims, e.claim), append(w.back, e.back), w.inferred || e.inferred,
			})
		}
	}
	on(way{score: 1, net: 1, entities: []topology.Entity{from}})
	return all
}

// best are the first paths with at most maxHops hops and at least minNet net support, in order.
func best(all []way, maxHops, first int, minNet float64) []way {
	var kept []way
	for _, w := range all {
		if len(w.claims) <= maxHops && w.net >= minNet {
			kept = append(kept, w)
		}
	}
	slices.SortFunc(kept, func(a, b way) int {
		if math.Abs(a.score-b.score) > 1e-12*a.score {
			return cmp.Compare(b.score, a.score)
		}
		return cmp.Or(slices.Compare(a.entities, b.entities), slices.Compare(a.claims, b.claims))
	})
	return kept[:min(first, len(kept))]
}

// answer is the expected result of a search.
func answer(all []way, maxHops, first int, minNet float64) (paths []way, stopped []answers.StopReason) {
	paths = best(all, maxHops, first, minNet)
	if slices.ContainsFunc(all, func(w way) bool { return len(w.claims) > maxHops && w.net >= minNet }) {
		stopped = append(stopped, answers.StopHops)
	}
	if slices.ContainsFunc(best(all, maxHops, first, 0), func(w way) bool { return w.net < minNet }) {
		stopped = append(stopped, answers.StopMinNet)
	}
	return paths, stopped
}

func check(t rapid.TB, what string, got topology.PathResult, want []way, stopped []answers.StopReason) {
	t.Helper()
	if !slices.Equal(got.StoppedBy, stopped) || got.Complete != (stopped == nil) {
		t.Fatalf("%s: stopped by %v, complete %v; brute force: %v", what, got.StoppedBy, got.Complete, stopped)
	}
	if len(got.Paths) != len(want) {
		t.Fatalf("%s: %d paths, brute force finds %d", what, len(got.Paths), len(want))
	}
	for i, w := range want {
		p := got.Paths[i]
		var claims []topology.Claim
		var back []bool
		for _, s := range p.Steps {
			claims, back = append(claims, s.Claim), append(back, s.Back)
		}
		if !slices.Equal(claims, w.claims) || !slices.Equal(back, w.back) || math.Abs(p.Score-w.score) > 1e-12 || p.Inferred != w.inferred {
			t.Fatalf("%s: path %d is %+v, brute force: %+v", what, i, p, w)
		}
		if i > 0 && p.Score > got.Paths[i-1].Score {
			t.Fatalf("%s: path %d has a higher score than the path before it", what, i)
		}
	}
}

// drawNet makes a random small graph with parallel, refuted and suggested claims, and sometimes a hub with enough
// claims to be damped. Rapid draws only the seed, because it prefers small and simple values, which give hardly any
// paths.
func drawNet(r *rand.Rand) (n *net, nodes int) {
	nodes = 2 + r.IntN(6)
	predicates := []masar.Predicate{masar.Advances, masar.IssuedIn, masar.IssuedIn, masar.PartOf, masar.HasChallenge, masar.AlignsWith, masar.ContinuesThemeOf, masar.Participates}
	var edges []edge
	for range r.IntN(4 * nodes) {
		edges = append(edges, edge{
			from: r.IntN(nodes), to: r.IntN(nodes), predicate: predicates[r.IntN(len(predicates))],
			role:       []masar.Role{"", masar.RoleFunder, masar.RolePartner}[r.IntN(3)],
			supporting: r.IntN(4), refuting: max(0, r.IntN(5)-3), suggested: r.IntN(10) == 0, inferred: r.IntN(3) == 0,
		})
	}
	all := nodes
	if r.IntN(4) == 0 {
		hub := r.IntN(nodes)
		for range 20 + r.IntN(40) {
			edges = append(edges, edge{from: all, to: hub, predicate: masar.Concerns})
			all++
		}
	}
	return newNet(all, edges...), nodes
}

// drawQuery makes a random query. Its minimum net support is often exactly that of a claim.
func drawQuery(r *rand.Rand, b *brute) (query topology.PathQuery, minNet float64) {
	hops, first := 1+r.IntN(8), 1+r.IntN(12)
	if r.IntN(2) == 0 {
		minNet = r.Float64() / 2
		for _, e := range b.edges[find(b.Graph, 0)] {
			minNet = e.net
		}
	}
	return topology.PathQuery{PathArgs: answers.PathArgs{
		MaxHops: &hops, First: &first, MinNet: &minNet, Directed: &b.directed, Predicates: b.allowed,
	}}, minNet
}

// Catches: a path that is missing, not simple, not allowed, wrongly scored or out of order; and a wrong report of
// completeness.
func TestPathsAreThoseOfBruteForce(t *testing.T) {
	for range 30 {
		rapid.Check(t, func(t *rapid.T) {
			r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
			n, nodes := drawNet(r)
			g := n.build(t)
			b := newBrute(g, n)
			b.directed = r.IntN(3) == 0
			if r.IntN(3) == 0 {
				b.allowed = []masar.Predicate{masar.Advances, masar.IssuedIn, masar.HasChallenge}
			}
			for from := range nodes {
				for to := range nodes {
					if from == to {
						continue
					}
					query, minNet := drawQuery(r, b)
					got, err := g.Paths(t.Context(), find(g, from), find(g, to), query)
					if err != nil {
						t.Fatal(err)
					}
					paths, stopped := answer(b.paths(find(g, from), find(g, to)), *query.MaxHops, *query.First, minNet)
					check(t, fmt.Sprintf("%d to %d, %d hops, first %d, net %v", from, to, *query.MaxHops, *query.First, minNet), got, paths, stopped)
				}
			}
		})
	}
}
