package bench_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"masar/bench"
	"masar/search"
)

// BenchmarkSearchIndex makes the index of the words of a graph, and reports what it holds, how long a write of 200 entities
// takes to be in it, and how long a query takes: of two words, of a beginning, and of a slip.
func BenchmarkSearchIndex(b *testing.B) {
	for _, claims := range []int{10_000, 100_000, 1_000_000} {
		if claims > 100_000 && testing.Short() {
			continue
		}
		b.Run(fmt.Sprint(claims, " claims"), func(b *testing.B) {
			shape := bench.Generate(7, claims).Entities
			words := bench.NewWords(7, len(shape))
			before := heap()
			builder, queries := search.NewBuilder(), []string{}
			var made time.Duration
			for _, s := range shape {
				e := words.Entity(s)
				if len(queries) < 50 {
					queries = append(queries, e.Head().Titles.EN.Value)
				}
				began := time.Now()
				builder.Add(search.Entry{UID: s.UID, Terms: search.TermsOf(e)})
				made += time.Since(began)
			}
			began := time.Now()
			index, err := builder.Index()
			if err != nil {
				b.Fatal(err)
			}
			made += time.Since(began)
			builder = nil
			held := heap() - before
			size := index.Memory()
			var written []search.Entry
			for _, s := range shape[:200] {
				written = append(written, search.Entry{UID: s.UID, Terms: search.TermsOf(words.Entity(s))})
			}
			next := index
			for b.Loop() {
				if next, err = next.With(written); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1e3/float64(b.N), "ms/write")
			b.ReportMetric(float64(len(shape)), "entities")
			b.ReportMetric(made.Seconds(), "s/build")
			b.ReportMetric(held/1e6, "MB-held")
			b.ReportMetric(float64(size)/1e6, "MB-index")
			b.ReportMetric(measured(index, queries, func(q string) (string, bool) { return firstWords(q, 2), false }), "ms/query")
			b.ReportMetric(measured(index, queries, func(q string) (string, bool) { return firstWords(q, 1)[:3], true }), "ms/beginning")
			b.ReportMetric(measured(index, queries, func(q string) (string, bool) { return "q" + firstWords(q, 1), false }), "ms/slip")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// measured is the median time in which the index answers queries: what each is read as, with all that it looks up.
func measured(index *search.Index, queries []string, as func(string) (query string, beginning bool)) float64 {
	var took []float64
	for _, query := range queries {
		began := time.Now()
		query, beginning := as(query)
		if q, err := index.Ask(query, beginning); err == nil {
			for _, l := range q.Lookups() {
				index.Look(l)
			}
		}
		took = append(took, float64(time.Since(began).Microseconds())/1e3)
	}
	slices.Sort(took)
	return took[len(took)/2]
}

func firstWords(text string, n int) string {
	for i, r := range text {
		if r == ' ' {
			if n--; n == 0 {
				return text[:i]
			}
		}
	}
	return text
}
