package dgraph_test

import (
	"slices"
	"testing"
	"time"

	"masar"
	"masar/dgraph"
	"masar/seed"
)

// Catches: a seed that is not read back as written, and a second load that writes. Logs how long each takes.
func TestSeed(t *testing.T) {
	store := empty(t)
	graph, err := seed.Read(seed.Files)
	if err != nil {
		t.Fatal(err)
	}
	b := graph.Batch()
	for _, e := range b.Entities { // in the form read back: groups are a sorted set
		if country, ok := e.(*masar.Country); ok {
			slices.SortFunc(country.Groups, masar.Ref.Compare)
		}
	}
	n := len(records(b))
	took := func(what string, f func()) {
		began := time.Now()
		f()
		t.Logf("%-32s %v", what, time.Since(began).Round(time.Millisecond))
	}
	t.Logf("%d entities, %d claims, %d evidence items, %d observations", len(b.Entities), len(b.Claims), len(b.Evidence), len(b.Observations))
	took("the first load", func() { expect(t, save(t, store, b), dgraph.Changes{Created: n, Snapshot: 1}) })
	took("the second load", func() { expect(t, save(t, store, b), dgraph.Changes{Unchanged: n, Snapshot: 1}) })
	want := outlineOf(b, 1, uids(t))
	took("reading the outline", func() { equal(t, "the outline", want, inOrder(outline(t, store))) })
	var got map[string]masar.Record
	took("reading all content", func() { got = readBack(t, store, b) })
	equal(t, "the records", withRevision(b, 1), got)
	for _, e := range b.Entities {
		e.Head().ExactMatch += "#"
	}
	took("a change of every entity", func() {
		expect(t, save(t, store, b), dgraph.Changes{Updated: len(b.Entities), Unchanged: n - len(b.Entities), Snapshot: 2})
	})
}
