package search_test

import (
	"strings"
	"sync"
	"testing"
	"unicode"

	"masar"
	"masar/search"
	"masar/seed"
)

// memory is an in-memory index of entities, for tests of ranking without Dgraph.
type memory struct {
	entities []masar.Entity
	index    *search.Index
	degrees  []int
	byRef    map[masar.Ref]int32
}

func newMemory(entities []masar.Entity, claims []*masar.Claim) *memory {
	m := &memory{entities: entities, degrees: make([]int, len(entities)), byRef: map[masar.Ref]int32{}}
	b := search.NewBuilder()
	for i, e := range entities {
		m.byRef[e.Head().Ref()] = int32(i)
		b.Add(search.Entry{UID: uint64(i), Terms: search.TermsOf(e)})
	}
	var err error
	if m.index, err = b.Index(); err != nil {
		panic(err)
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
	return m.ask(t, query, false)
}

// ask searches. With beginning, the last word is the beginning of a word.
func (m *memory) ask(t testing.TB, query string, beginning bool) (*search.Query, search.Ranking[int32]) {
	t.Helper()
	q, err := m.index.Ask(query, beginning)
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
		var found []int32
		for _, doc := range m.index.Look(l) {
			found = append(found, int32(doc)) // documents are numbered as their uids are
		}
		c.Found = append(c.Found, found)
	}
	return q, search.Rank(q, c)
}

// splitWords returns the words of a text as people type them, without vowel signs.
func splitWords(text string) [][]rune {
	var words [][]rune
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		words = append(words, []rune(word))
	}
	return words
}
