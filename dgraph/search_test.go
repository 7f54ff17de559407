package dgraph_test

import (
	"context"
	"testing"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
)

// withTerms is an empty store whose entities are found under the terms that terms gives.
func withTerms(t *testing.T, terms func(masar.Entity) string) *dgraph.Store {
	t.Helper()
	store, err := dgraph.Open(context.Background(), embeddedtest.Shared(t).URL(), dgraph.WithoutRules, dgraph.WithAnalyser(terms))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	clear(t, store)
	return store
}

// numbers are the store's numbers of entities by code.
func numbers(t *testing.T, store *dgraph.Store) map[string]uint64 {
	t.Helper()
	outline, err := store.Outline(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]uint64{}
	for _, e := range outline.Entities {
		all[e.Ref.Code] = e.UID
	}
	return all
}

// storedTerms are the terms of entities by code, as an outline has them.
func storedTerms(entities []masar.EntityOutline) map[string]string {
	all := map[string]string{}
	for _, e := range entities {
		all[e.Ref.Code] = e.Terms
	}
	return all
}

// Catches terms that are not written, that are read otherwise than they were written, that stay when the analyser gives
// others, and that a reading of what was written leaves out.
func TestTermsAreStored(t *testing.T) {
	terms := map[string]string{"a": "1\n=a\tone two\n", "b": "1\n_STAR_ALL\t[0x1]\tuid(x)\n\tهوي"}
	store := withTerms(t, func(e masar.Entity) string { return terms[e.Head().Code] })
	batch := topics(topic("a", "A"), topic("b", "B"), topic("none", "N"))
	save(t, store, batch)
	outline, err := store.Outline(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "terms", map[string]string{"a": terms["a"], "b": terms["b"], "none": ""}, storedTerms(outline.Entities))

	terms["a"] = "2\n=a" // as another analyser would
	expect(t, save(t, store, batch), dgraph.Changes{Updated: 1, Unchanged: 2, Snapshot: 2})
	expect(t, save(t, store, batch), dgraph.Changes{Unchanged: 3, Snapshot: 2})
	since, complete, err := now(t, store).OutlineSince(t.Context(), 1)
	if err != nil || !complete {
		t.Fatal(complete, err)
	}
	equal(t, "terms", map[string]string{"a": terms["a"]}, storedTerms(since.Entities))
}

// Catches terms that are not made anew, or whose making anew is a change: of the revision, of the snapshot, or of the record
// as a later write of the same sees it.
func TestTermsAreRenewed(t *testing.T) {
	terms := "1\n=old"
	store := withTerms(t, func(masar.Entity) string { return terms })
	batch := topics(topic("a", "A"), topic("b", "B"))
	save(t, store, batch)
	terms = "2\n=new"
	uids := numbers(t, store)
	if err := store.RenewTerms(t.Context(), map[masar.RecordType][]uint64{masar.RecordType(masar.KindTopic): {uids["a"]}}); err != nil {
		t.Fatal(err)
	}
	outline, err := store.Outline(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "terms", map[string]string{"a": terms, "b": "1\n=old"}, storedTerms(outline.Entities))
	for _, e := range outline.Entities {
		equal(t, "the revision of "+e.Ref.Code, 1, e.Revision)
	}
	expect(t, save(t, store, topics(topic("a", "A"))), dgraph.Changes{Unchanged: 1, Snapshot: 1})
	expect(t, save(t, store, batch), dgraph.Changes{Updated: 1, Unchanged: 1, Snapshot: 2})
}
