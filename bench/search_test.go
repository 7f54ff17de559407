package bench_test

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"masar"
	"masar/bench"
	"masar/search"
)

// BenchmarkSearchIndex builds the search index of a graph. It reports the memory of the index, the time of a write of 200
// entities, and the time of complete searches, up to the ordered hits: for two words, for a beginning of three letters, for
// a word with a slip, and for the slowest of all beginnings of two and three letters in both alphabets.
func BenchmarkSearchIndex(b *testing.B) {
	for _, claims := range []int{10_000, 100_000, 1_000_000} {
		if claims > 100_000 && testing.Short() {
			continue
		}
		b.Run(fmt.Sprint(claims, " claims"), func(b *testing.B) {
			outline := bench.Generate(7, claims)
			entities := outline.Entities
			words := bench.NewWords(7, len(entities))
			before := heap()
			builder, queries := search.NewBuilder(), []string{}
			var analysed, built time.Duration
			var written []search.Entry
			for chunk := range slices.Chunk(entities, 1000) {
				began := time.Now()
				entries, titles := analyse(words, chunk)
				analysed += time.Since(began)
				began = time.Now()
				for _, e := range entries {
					builder.Add(e)
				}
				built += time.Since(began)
				if len(written) == 0 {
					written, queries = slices.Clone(entries[:200]), titles[:50]
				}
			}
			began := time.Now()
			index, err := builder.Index()
			if err != nil {
				b.Fatal(err)
			}
			built += time.Since(began)
			builder = nil
			held := heap() - before
			size := index.Memory()
			next := index
			for b.Loop() {
				if next, err = next.With(written); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1e3/float64(b.N), "ms/write")
			b.ReportMetric(float64(len(entities)), "entities")
			b.ReportMetric(analysed.Seconds(), "s/terms")
			b.ReportMetric(built.Seconds(), "s/build")
			b.ReportMetric(held/1e6, "MB-held")
			b.ReportMetric(float64(size)/1e6, "MB-index")
			s := newSearches(index, outline)
			b.ReportMetric(s.median(queries, func(q string) (string, bool) { return firstWords(q, 2), false }), "ms/query")
			b.ReportMetric(s.median(queries, func(q string) (string, bool) { return firstWords(q, 1)[:3], true }), "ms/beginning")
			b.ReportMetric(s.median(queries, func(q string) (string, bool) { return "q" + firstWords(q, 1), false }), "ms/slip")
			for _, letters := range []int{2, 3} {
				slowest, beginning, hits := s.slowest(letters)
				b.Logf("slowest beginning of %d letters: %s, %d hits, %.1f ms", letters, beginning, hits, slowest)
				b.ReportMetric(slowest, fmt.Sprintf("ms/slowest-of-%d", letters))
			}
			b.ReportMetric(0, "ns/op")
			runtime.KeepAlive(next)
		})
	}
}

// analyse gives words to entities and returns their terms and English titles.
func analyse(words *bench.Words, outlines []masar.EntityOutline) ([]search.Entry, []string) {
	entries, titles := make([]search.Entry, len(outlines)), make([]string, len(outlines))
	var wait sync.WaitGroup
	for i, s := range outlines {
		e := words.Entity(s)
		titles[i] = e.Head().Titles.EN.Value
		entries[i].UID = s.UID
		wait.Go(func() { entries[i].Terms = search.TermsOf(e) })
	}
	wait.Wait()
	return entries, titles
}

// searches searches the index of a graph.
type searches struct {
	index     *search.Index
	degrees   []int
	maxDegree int
}

func newSearches(index *search.Index, outline *masar.Outline) *searches {
	s := &searches{index: index, degrees: make([]int, len(outline.Entities))}
	for _, c := range outline.Claims {
		for _, uid := range []uint64{c.Subject, c.Object} {
			s.degrees[uid-1]++ // the entities are numbered from 1, as their documents from 0
			s.maxDegree = max(s.maxDegree, s.degrees[uid-1])
		}
	}
	return s
}

// search returns the number of hits and the time of a search in milliseconds.
func (s *searches) search(query string, beginning bool) (hits int, ms float64) {
	began := time.Now()
	q, err := s.index.Ask(query, beginning)
	if err != nil {
		return 0, 0
	}
	c := search.Corpus[int32]{
		Size: len(s.degrees), Degree: func(e int32) int { return s.degrees[e] }, MaxDegree: s.maxDegree,
		Find: func(masar.Ref) (int32, bool) { return 0, false },
	}
	for _, l := range q.Lookups() {
		docs := s.index.Look(l)
		found := make([]int32, len(docs))
		for i, doc := range docs {
			found[i] = int32(doc)
		}
		c.Found = append(c.Found, found)
	}
	hits = len(search.Rank(q, c).Hits)
	return hits, float64(time.Since(began).Microseconds()) / 1e3
}

// median returns the median time of searches in milliseconds.
func (s *searches) median(queries []string, as func(string) (query string, beginning bool)) float64 {
	var took []float64
	for _, query := range queries {
		_, ms := s.search(as(query))
		took = append(took, ms)
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// slowest returns the slowest search for a beginning of some letters. The slowest twenty are repeated, because a single
// time is often that of another process.
func (s *searches) slowest(letters int) (slowest float64, beginning string, hits int) {
	type timed struct {
		beginning string
		hits      int
		ms        float64
	}
	var all []timed
	for _, alphabet := range []string{"ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "abcdefghijklmnopqrstuvwxyz"} {
		for _, beginning := range beginnings([]rune(alphabet), letters) {
			hits, ms := s.search(beginning, true)
			all = append(all, timed{beginning, hits, ms})
		}
	}
	slices.SortFunc(all, func(a, b timed) int { return int(1e6 * (b.ms - a.ms)) })
	all = all[:20]
	for i := range all {
		for range 9 {
			_, ms := s.search(all[i].beginning, true)
			all[i].ms = min(all[i].ms, ms)
		}
	}
	worst := slices.MaxFunc(all, func(a, b timed) int { return int(1e6 * (a.ms - b.ms)) })
	return worst.ms, worst.beginning, worst.hits
}

// beginnings returns all texts of some letters of an alphabet.
func beginnings(alphabet []rune, letters int) []string {
	all := []string{""}
	for range letters {
		var longer []string
		for _, beginning := range all {
			for _, r := range alphabet {
				longer = append(longer, beginning+string(r))
			}
		}
		all = longer
	}
	return all
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
