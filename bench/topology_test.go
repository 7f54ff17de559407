package bench_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"masar"
	"masar/answers"
	"masar/bench"
	"masar/scoring"
	"masar/topology"
)

var (
	sizes = []int{100_000, 1_000_000}
	asOf  = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
)

// eachSize runs a benchmark on generated graphs. The largest needs 1 to 2 GB and is skipped with -short.
func eachSize(b *testing.B, run func(b *testing.B, outline *masar.Outline)) {
	for _, claims := range sizes {
		if claims > 100_000 && testing.Short() {
			continue
		}
		var outline *masar.Outline
		b.Run(fmt.Sprint(claims, " claims"), func(b *testing.B) {
			if outline == nil {
				outline = bench.Generate(7, claims)
			}
			run(b, outline)
		})
	}
}

func build(b *testing.B, outline *masar.Outline) *topology.Graph {
	b.Helper()
	g, err := topology.Build(outline, scoring.DefaultProfile(), asOf)
	if err != nil {
		b.Fatal(err)
	}
	return g
}

func heap() float64 {
	runtime.GC()
	runtime.GC() // the first call only queues finalizers
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// BenchmarkBuild builds a graph of all its records. It reports the bytes for each claim, evidence item and entity, and
// the additional bytes per claim of path search.
func BenchmarkBuild(b *testing.B) {
	eachSize(b, func(b *testing.B, outline *masar.Outline) {
		for b.Loop() {
			build(b, outline)
		}
		b.StopTimer()
		held := func(s *masar.Outline) float64 {
			before := heap()
			g := build(b, s)
			after := heap()
			runtime.KeepAlive(g)
			return after - before
		}
		entities := held(&masar.Outline{Entities: outline.Entities})
		claims := held(&masar.Outline{Entities: outline.Entities, Claims: outline.Claims})
		all := held(outline)
		b.ReportMetric(entities/float64(len(outline.Entities)), "B/entity")
		b.ReportMetric((claims-entities)/float64(len(outline.Claims)), "B/claim")
		b.ReportMetric((all-claims)/float64(len(outline.Evidence)), "B/evidence")
		g := build(b, outline)
		before := heap()
		began := time.Now()
		g.Degree(0)
		b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms-links")
		b.ReportMetric((heap()-before)/float64(len(outline.Claims)), "B/claim-links")
		runtime.KeepAlive(g)
		runtime.KeepAlive(outline)
	})
}

// BenchmarkApply builds the snapshot after a write: new claims with evidence, the same with a new entity, claims with a
// new status, and a document with a new date.
func BenchmarkApply(b *testing.B) {
	eachSize(b, func(b *testing.B, outline *masar.Outline) {
		g := build(b, outline)
		for _, n := range []int{1, 100, 10_000} {
			added := bench.Written(8, outline, n)
			b.Run(fmt.Sprint(n, " new"), func(b *testing.B) { apply(b, g, added) })
			wider := *added
			wider.Entities = []masar.EntityOutline{{UID: 1 << 50, Ref: masar.Ref{Kind: masar.KindCountry, Code: "NEW"}, Revision: 1}}
			b.Run(fmt.Sprint(n, " new and an entity"), func(b *testing.B) { apply(b, g, &wider) })
			rejected := &masar.Outline{Snapshot: 2, Claims: slices.Clone(outline.Claims[:n])}
			for i := range rejected.Claims {
				rejected.Claims[i].Status = masar.ClaimRejected
			}
			b.Run(fmt.Sprint(n, " rejected"), func(b *testing.B) { apply(b, g, rejected) })
		}
		document := outline.Entities[len(outline.Entities)-1]
		document.Date = "2001"
		b.Run("a document's date", func(b *testing.B) {
			apply(b, g, &masar.Outline{Snapshot: 2, Entities: []masar.EntityOutline{document}})
		})
		b.Run("another day", func(b *testing.B) {
			day := asOf
			for b.Loop() {
				day = day.AddDate(0, 0, 1)
				if _, err := g.On(day); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
}

func apply(b *testing.B, g *topology.Graph, written *masar.Outline) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := g.Apply(written); err != nil {
			b.Fatal(err)
		}
	}
}

// Catches: a generator whose graphs differ between runs, so that benchmarks cannot be compared.
func TestGenerate(t *testing.T) {
	one, other := bench.Generate(1, 1000), bench.Generate(1, 1000)
	if fmt.Sprint(one) != fmt.Sprint(other) {
		t.Error("the same seed gives different graphs")
	}
	if fmt.Sprint(one) == fmt.Sprint(bench.Generate(2, 1000)) {
		t.Error("different seeds give the same graph")
	}
	g, err := topology.Build(one, scoring.DefaultProfile(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	next, err := g.Apply(bench.Written(1, one, 100))
	if err != nil {
		t.Fatal(err)
	}
	if n := next.Counts()[masar.RecordClaim]; n != 1100 {
		t.Errorf("%d claims", n)
	}
}

// BenchmarkCompile builds the set of claims that match a filter.
func BenchmarkCompile(b *testing.B) {
	eachSize(b, func(b *testing.B, outline *masar.Outline) {
		g := build(b, outline)
		least := 0.
		for name, f := range map[string]*answers.ClaimFilter{
			"basis":   {Basis: &masar.Bases[0]},
			"country": {Countries: []string{"C0"}},
			"nested": {
				Or:  []*answers.ClaimFilter{{Countries: []string{"C0"}}, {Targets: []string{"C1"}}},
				Not: &answers.ClaimFilter{Certainties: []masar.Certainty{masar.CertaintyVeryLow}},
			},
		} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					least += 1e-9 // another filter each time, because a snapshot caches them
					if _, err := g.Compile(&answers.ClaimFilter{MinNet: &least, And: []*answers.ClaimFilter{f}}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

// BenchmarkClaimsBySupport gives a page of all claims, and of those that a filter keeps, in the order of support.
func BenchmarkClaimsBySupport(b *testing.B) {
	eachSize(b, func(b *testing.B, outline *masar.Outline) {
		g := build(b, outline)
		order := &answers.EdgeOrder{Field: answers.OrderBySupport, Direction: answers.Descending}
		for name, filter := range map[string]*answers.ClaimFilter{"all": nil, "of a country": {Countries: []string{"C0"}}} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					page, err := g.Claims(topology.None, answers.ListArgs{First: new(100), OrderBy: order, Filter: filter})
					if err != nil || len(page.Items) == 0 {
						b.Fatalf("%d claims, %v", len(page.Items), err)
					}
				}
			})
		}
	})
}
