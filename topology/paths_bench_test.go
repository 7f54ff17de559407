package topology_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"masar"
	"masar/topology"
)

// crowd is how many entities of a kind a generated graph has for every hundred thousand claims.
var crowd = map[masar.Kind]int{
	masar.KindSdgGoal: 17, masar.KindSdgTarget: 169, masar.KindCountry: 200, masar.KindTopic: 150, masar.KindChallenge: 300,
	masar.KindPrinciple: 30, masar.KindFramework: 60, masar.KindInitiative: 3000, masar.KindOrganization: 4000,
	masar.KindRecommendation: 12000, masar.KindCaseStudy: 12000, masar.KindActivity: 4000, masar.KindOutput: 4000, masar.KindDocument: 3000,
}

// generated makes a graph of so many claims whose degrees follow a power law: a few topics, countries and targets are hubs
// of thousands of claims, most entities have a handful.
func generated(tb testing.TB, claims int) (*topology.Graph, []topology.Entity) {
	tb.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	shape := &masar.Shape{Snapshot: 1}
	of := map[masar.Kind][]uint64{}
	for _, kind := range masar.Kinds {
		size := crowd[kind]
		if size > 300 {
			size = max(1, size*claims/100_000)
		}
		for i := range size {
			uid := uint64(len(shape.Entities) + 1)
			shape.Entities = append(shape.Entities, masar.EntityShape{
				UID: uid, Ref: masar.Ref{Kind: kind, Code: fmt.Sprint("C", i)}, Revision: 1, Family: fmt.Sprint("F", i%40), Date: "2023",
			})
			of[kind] = append(of[kind], uid)
		}
	}
	some := func(kinds []masar.Kind) uint64 {
		all := of[kinds[r.IntN(len(kinds))]]
		return all[int(float64(len(all))*math.Pow(r.Float64(), 2.5))] // the first of a kind are linked most
	}
	linkable := slices.DeleteFunc(slices.Clone(masar.Kinds), func(k masar.Kind) bool { return crowd[k] == 0 })
	kinds := []masar.EvidenceKind{masar.OutcomeDocument, masar.ProjectPage, masar.OrganizationReport, masar.PeerReviewed}
	seen := map[[3]uint64]bool{}
	for len(shape.Claims) < claims {
		p := r.IntN(len(masar.Predicates))
		spec := masar.PredicateSpecs[masar.Predicates[p]]
		domain, objects := slices.Clone(spec.Domain), slices.Clone(spec.Range)
		if domain == nil {
			domain = linkable
		}
		if spec.SameKind {
			if r.IntN(4) > 0 {
				continue
			}
			domain = []masar.Kind{masar.KindRecommendation, masar.KindCaseStudy}[r.IntN(2):][:1]
			objects = domain
		}
		absent := func(k masar.Kind) bool { return crowd[k] == 0 }
		domain, objects = slices.DeleteFunc(domain, absent), slices.DeleteFunc(objects, absent)
		if len(domain) == 0 || len(objects) == 0 {
			continue
		}
		from, to := some(domain), some(objects)
		if seen[[3]uint64{from, uint64(p), to}] || from == to {
			continue
		}
		seen[[3]uint64{from, uint64(p), to}] = true
		i := len(shape.Claims)
		uid := uint64(1<<32 + i)
		shape.Claims = append(shape.Claims, masar.ClaimShape{
			UID: uid, Key: fmt.Sprintf("%032x", i), Revision: 1, Subject: from, Object: to, Predicate: masar.Predicates[p],
			Basis: masar.Bases[r.IntN(2)], Status: masar.ClaimAccepted,
		})
		for range 1 + r.IntN(2) {
			j := len(shape.Evidence)
			shape.Evidence = append(shape.Evidence, masar.EvidenceShape{
				UID: uint64(1<<40 + j), Key: fmt.Sprintf("%032x", 1<<40+j), Revision: 1, Claim: uid, Stance: masar.Supports,
				Kind: kinds[r.IntN(len(kinds))], Directness: masar.Directnesses[r.IntN(len(masar.Directnesses))], Review: masar.ReviewAccepted,
				Document: of[masar.KindDocument][r.IntN(len(of[masar.KindDocument]))],
			})
		}
	}
	g := (&net{shape: *shape}).build(tb)
	entities := make([]topology.Entity, len(shape.Entities))
	for i, e := range shape.Entities {
		entities[i], _ = g.Find(e.Ref)
	}
	return g, entities
}

// BenchmarkPaths searches between entities by chance, as many hubs among them as there are claims of hubs, and tells the
// median and the 99th of a hundred.
func BenchmarkPaths(b *testing.B) {
	for _, claims := range []int{10_000, 100_000, 1_000_000} {
		if claims > 100_000 && testing.Short() {
			continue
		}
		g, entities := generated(b, claims)
		linked := slices.DeleteFunc(slices.Clone(entities), func(e topology.Entity) bool { return g.Degree(e) == 0 })
		for _, asked := range []struct{ hops, first int }{{5, 5}, {8, 5}, {5, 50}} {
			b.Run(fmt.Sprintf("%d claims, %d hops, first %d", claims, asked.hops, asked.first), func(b *testing.B) {
				r := rand.New(rand.NewPCG(1, 2))
				query := topology.PathQuery{PathArgs: masar.PathArgs{MaxHops: &asked.hops, First: &asked.first}}
				var times []time.Duration
				found, stopped := 0, 0
				b.ReportAllocs()
				for b.Loop() {
					from, to := linked[r.IntN(len(linked))], linked[r.IntN(len(linked))]
					began := time.Now()
					result, err := g.Paths(b.Context(), from, to, query)
					if err != nil {
						b.Fatal(err)
					}
					times = append(times, time.Since(began))
					found += len(result.Paths)
					if slices.Contains(result.StoppedBy, masar.StopBudget) {
						stopped++
					}
				}
				slices.Sort(times)
				b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "ms-median")
				b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "ms-p99")
				b.ReportMetric(float64(found)/float64(len(times)), "paths")
				b.ReportMetric(float64(stopped)/float64(len(times)), "stopped")
			})
		}
	}
}
