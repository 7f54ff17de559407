package dgraph_test

import (
	"context"
	"slices"
	"testing"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
)

// withTerms is an empty store that indexes entities under the terms that terms returns.
func withTerms(t *testing.T, addr string, terms func(masar.Entity) masar.SearchTerms) *dgraph.Store {
	t.Helper()
	store, err := dgraph.Open(context.Background(), at(addr), dgraph.WithoutRules, dgraph.WithAnalyser(terms))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	clear(t, store)
	return store
}

// byTitle indexes entities under their unchanged English titles, in every part.
func byTitle(e masar.Entity) masar.SearchTerms {
	title := []string{e.Head().Titles.EN.Value}
	return masar.SearchTerms{title, title, title, title}
}

// lookup looks up a term in every part.
func lookup(t *testing.T, store *dgraph.Store, term string) [][]uint64 {
	t.Helper()
	var lookups []masar.SearchLookup
	for part := range masar.SearchParts {
		lookups = append(lookups, masar.SearchLookup{Part: part, Term: term})
	}
	found, err := store.Lookup(context.Background(), lookups, 0)
	if err != nil {
		t.Fatal(err)
	}
	if now, err := store.Snapshot(context.Background()); err != nil || found.Snapshot != now {
		t.Errorf("found in snapshot %d, want %d, error %v", found.Snapshot, now, err)
	}
	return found.UIDs
}

// numbers are the uids of entities, by code.
func numbers(t *testing.T, store *dgraph.Store) map[string]uint64 {
	t.Helper()
	shape, err := store.Shape(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]uint64{}
	for _, e := range shape.Entities {
		all[e.Ref.Code] = e.UID
	}
	return all
}

// Catches: terms that are not written, not found, found in another part, or kept after the entity has lost them.
func TestTermsAreFound(t *testing.T) {
	parts := map[string]masar.SearchTerms{
		"a": {{"code"}, {"one", "two"}, {"name"}, nil},
		"b": {nil, {"two"}, nil, {"one"}},
	}
	store := withTerms(t, embeddedtest.Shared(t).URL(), func(e masar.Entity) masar.SearchTerms { return parts[e.Head().Code] })
	save(t, store, topics(topic("a", "A"), topic("b", "B")))
	uid := numbers(t, store)
	a, b := []uint64{uid["a"]}, []uint64{uid["b"]}
	both := slices.Sorted(slices.Values(append(slices.Clone(a), b...)))
	equal(t, "one", [][]uint64{nil, a, nil, b}, lookup(t, store, "one"))
	equal(t, "two", [][]uint64{nil, both, nil, nil}, lookup(t, store, "two"))
	equal(t, "code", [][]uint64{a, nil, nil, nil}, lookup(t, store, "code"))
	equal(t, "nothing", make([][]uint64, 4), lookup(t, store, "three"))

	parts["a"] = masar.SearchTerms{nil, {"three"}, nil, nil} // the terms of another analyser
	expect(t, save(t, store, topics(topic("a", "A"), topic("b", "B"))), dgraph.Changes{Updated: 1, Unchanged: 1, Snapshot: 2})
	equal(t, "one", [][]uint64{nil, nil, nil, b}, lookup(t, store, "one"))
	equal(t, "three", [][]uint64{nil, a, nil, nil}, lookup(t, store, "three"))
	expect(t, save(t, store, topics(topic("a", "A"), topic("b", "B"))), dgraph.Changes{Unchanged: 2, Snapshot: 2})

	if found, err := store.Lookup(context.Background(), nil, 0); err != nil || len(found.UIDs) > 0 || found.Snapshot != 2 {
		t.Errorf("no lookups: %v, %v", found, err)
	}
}

// Catches: a term that becomes query text, or that Dgraph reads as a list, a variable or a function.
func TestTermsAreValues(t *testing.T) {
	server := newGate(t, client(t))
	store := withTerms(t, server.addr, byTitle)
	batch := topics(topic("word", "word"))
	for _, text := range hostile {
		if text != "_STAR_ALL" { // Dgraph allows it in no list
			batch.Entities = append(batch.Entities, topic("h"+text, text))
		}
	}
	save(t, store, batch)
	uid := numbers(t, store)
	server.watch(nil)
	lookup(t, store, "word")
	harmless := server.seen()[0].query.Query
	for _, e := range batch.Entities {
		server.watch(nil)
		text := e.Head().Titles.EN.Value
		for _, found := range lookup(t, store, text) {
			equal(t, text, []uint64{uid[e.Head().Code]}, found)
		}
		equal(t, "the query's text", harmless, server.seen()[0].query.Query)
	}
}
