// Package bench generates large graphs for benchmarks.
package bench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"masar"
)

// crowd is the number of entities of a kind for every 100,000 claims. Kinds with few members in reality, such as goals
// and countries, do not grow with the graph.
var crowd = map[masar.Kind]int{
	masar.KindSdgGoal: 17, masar.KindSdgTarget: 169, masar.KindCountry: 200, masar.KindTopic: 150, masar.KindChallenge: 300,
	masar.KindPrinciple: 30, masar.KindFramework: 60, masar.KindInitiative: 3000, masar.KindOrganization: 4000,
	masar.KindRecommendation: 12000, masar.KindCaseStudy: 12000, masar.KindActivity: 4000, masar.KindOutput: 4000, masar.KindDocument: 3000,
}

// fixed is the number up to which a kind's entities do not grow.
const fixed = 300

// Generate returns a graph of the given number of claims, each with one or two evidence items. Degrees follow a power
// law: a few topics, countries and targets have thousands of claims, and most entities have a handful. Equal seeds give
// equal graphs.
func Generate(seed uint64, claims int) *masar.Outline {
	g := newGenerator(seed)
	g.outline.Snapshot = 1
	g.entities(claims)
	for len(g.outline.Claims) < claims {
		g.claim()
	}
	return &g.outline
}

// Written returns the records of a write to a generated graph: the given number of new claims between its entities,
// each with an evidence item.
func Written(seed uint64, graph *masar.Outline, claims int) *masar.Outline {
	g := newGenerator(seed)
	for _, e := range graph.Entities {
		g.of[e.Ref.Kind] = append(g.of[e.Ref.Kind], e.UID)
	}
	for _, c := range graph.Claims {
		g.seen[triple{c.Subject, c.Predicate, c.Object}] = true
		g.part[c.Subject] = g.part[c.Subject] || c.Predicate == masar.PartOf
	}
	g.first = len(graph.Claims)
	for len(g.outline.Claims) < claims {
		g.claim()
	}
	g.outline.Snapshot = graph.Snapshot + 1
	return &g.outline
}

type triple struct {
	subject   uint64
	predicate masar.Predicate
	object    uint64
}

type generator struct {
	r       *rand.Rand
	outline masar.Outline
	of      map[masar.Kind][]uint64
	seen    map[triple]bool
	part    map[uint64]bool // entities that are part of another
	first   int             // number of the first claim
}

func newGenerator(seed uint64) *generator {
	return &generator{r: rand.New(rand.NewPCG(seed, seed)), of: map[masar.Kind][]uint64{}, seen: map[triple]bool{}, part: map[uint64]bool{}}
}

func (g *generator) entities(claims int) {
	for _, kind := range masar.Kinds {
		size := crowd[kind]
		if size > fixed {
			size = max(1, size*claims/100_000)
		}
		for i := range size {
			uid := uint64(len(g.outline.Entities) + 1)
			e := masar.EntityOutline{UID: uid, Ref: masar.Ref{Kind: kind, Code: fmt.Sprint("C", i)}, Revision: 1}
			if kind == masar.KindDocument {
				e.Family, e.Date = fmt.Sprint("F", i%40), fmt.Sprint(2005+i%20)
			}
			g.outline.Entities = append(g.outline.Entities, e)
			g.of[kind] = append(g.of[kind], uid)
		}
	}
}

// some draws an entity of some kinds. The first entities of a kind are drawn most often.
func (g *generator) some(kinds []masar.Kind) uint64 {
	all := g.of[kinds[g.r.IntN(len(kinds))]]
	return all[int(float64(len(all))*math.Pow(g.r.Float64(), 2.5))]
}

// present returns the given kinds that the graph has; nil means all kinds.
func (g *generator) present(kinds []masar.Kind) []masar.Kind {
	if kinds == nil {
		kinds = masar.Kinds
	}
	return slices.DeleteFunc(slices.Clone(kinds), func(k masar.Kind) bool { return len(g.of[k]) == 0 })
}

var sources = []masar.EvidenceKind{masar.OutcomeDocument, masar.ProjectPage, masar.OrganizationReport, masar.PeerReviewed}

// claim adds a claim of any predicate, unless it exists.
func (g *generator) claim() {
	predicate := masar.Predicates[g.r.IntN(len(masar.Predicates))]
	spec := masar.PredicateSpecs[predicate]
	subjects, objects := g.present(spec.Domain), g.present(spec.Range)
	if spec.SameKind {
		if g.r.IntN(4) > 0 {
			return
		}
		subjects = []masar.Kind{masar.KindRecommendation, masar.KindCaseStudy}[g.r.IntN(2):][:1]
		objects = subjects
	}
	if len(subjects) == 0 || len(objects) == 0 {
		return
	}
	g.add(triple{g.some(subjects), predicate, g.some(objects)})
}

// add adds a claim with its evidence, unless it exists.
func (g *generator) add(t triple) {
	if g.seen[t] || t.subject == t.object || t.predicate == masar.PartOf && !g.joins(t) {
		return
	}
	g.seen[t] = true
	number := g.first + len(g.outline.Claims)
	c := masar.ClaimOutline{
		UID: uint64(1<<32 + number), Key: masar.ClaimKey(key(number, 0)), Revision: 1, Subject: t.subject, Object: t.object, Predicate: t.predicate,
		Basis: masar.Bases[g.r.IntN(2)], Status: masar.ClaimAccepted,
	}
	g.outline.Claims = append(g.outline.Claims, c)
	documents := g.of[masar.KindDocument]
	for i := range 1 + g.r.IntN(2) {
		g.outline.Evidence = append(g.outline.Evidence, masar.EvidenceOutline{
			UID: uint64(1<<40 + 2*number + i), Key: masar.EvidenceKey(key(number, 1+i)), Revision: 1, Claim: c.UID, Stance: masar.Supports,
			Kind: sources[g.r.IntN(len(sources))], Directness: masar.Directnesses[g.r.IntN(len(masar.Directnesses))],
			Review: masar.ReviewAccepted, Document: documents[g.r.IntN(len(documents))], Start: g.r.IntN(100_000),
		})
	}
}

// joins makes an entity a part of another, unless it is already a part or the other was made later. So the parts form a
// forest, as in reality.
func (g *generator) joins(t triple) bool {
	if g.part[t.subject] || t.object > t.subject {
		return false
	}
	g.part[t.subject] = true
	return true
}

// key is a key that looks like a hash: keys of consecutive records are far apart.
func key(number, part int) string {
	return fmt.Sprintf("%016x%016x", uint64(number*4+part)*0x9e3779b97f4a7c15, number*4+part)
}
