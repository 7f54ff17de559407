package topology_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"masar/answers"
	"masar/bench"
	"masar/topology"
)

// generated builds a generated graph and returns its entities.
func generated(tb testing.TB, claims int) (*topology.Graph, []topology.Entity) {
	tb.Helper()
	outline := bench.Generate(7, claims)
	g := (&net{outline: *outline}).build(tb)
	entities := make([]topology.Entity, len(outline.Entities))
	for i, e := range outline.Entities {
		entities[i], _ = g.Find(e.Ref)
	}
	return g, entities
}

// BenchmarkPaths searches between random entities, with hubs in proportion to their claims. It reports the median and
// the 99th percentile.
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
				query := topology.PathQuery{PathArgs: answers.PathArgs{MaxHops: &asked.hops, First: &asked.first}}
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
					if slices.Contains(result.StoppedBy, answers.StopBudget) {
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
