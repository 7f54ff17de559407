package search_test

import (
	"sync"
	"testing"

	"masar"
	"masar/search"
	"masar/seed"
)

// memory is an index of entities in memory, for tests of ranking without Dgraph.
type memory struct {
	entities []masar.Entity
	index    map[masar.SearchLookup][]int32
	degrees  []int
	byRef    map[masar.Ref]int32
}

func newMemory(entities []masar.Entity, claims []*masar.Claim) *memory {
	m := &memory{entities: entities, index: map[masar.SearchLookup][]int32{}, degrees: make([]int, len(entities)), byRef: map[masar.Ref]int32{}}
	for i, e := range entities {
		m.byRef[e.Head().Ref()] = int32(i)
		for part, terms := range search.TermsOf(e) {
			for _, term := range terms {
				l := masar.SearchLookup{Part: masar.SearchPart(part), Term: term}
				m.index[l] = append(m.index[l], int32(i))
			}
		}
	}
	for _, c := range claims {
		m.degrees[m.byRef[c.Subject]]++
		m.degrees[m.byRef[c.Object]]++
	}
	return m
}

// seeded is the seed graph in the service's order: by kind and code.
var seeded = sync.OnceValues(func() (*memory, error) {
	g, err := seed.Read(seed.Files)
	if err != nil {
		return nil, err
	}
	return newMemory(g.Entities, g.Claims), nil
})

func seedGraph(t testing.TB) *memory {
	t.Helper()
	m, err := seeded()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// search returns the results of a query, best first.
func (m *memory) search(t testing.TB, query string) (*search.Query, search.Ranking[int32]) {
	t.Helper()
	q, err := search.Parse(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	c := search.Corpus[int32]{
		Size: len(m.entities), Degree: func(e int32) int { return m.degrees[e] },
		Find: func(r masar.Ref) (int32, bool) { e, ok := m.byRef[r]; return e, ok },
	}
	for _, d := range m.degrees {
		c.MaxDegree = max(c.MaxDegree, d)
	}
	for _, l := range q.Lookups() {
		c.Found = append(c.Found, m.index[l])
	}
	return q, search.Rank(q, c)
}
