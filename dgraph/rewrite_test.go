package dgraph_test

import (
	"fmt"
	"testing"

	"github.com/dgraph-io/dgo/v230/protos/api"

	"masar"
	"masar/dgraph"
)

// spoiled changes values past the store: it deletes and sets N-Quads, in which NODE is the node of a record.
func spoiled(t *testing.T, record masar.RecordRef, del, set string) {
	t.Helper()
	query := fmt.Sprintf(`{ NODE as var(func: eq(xid, "%s")) }`, record)
	mutations := []*api.Mutation{{DelNquads: []byte(del)}, {SetNquads: []byte(set)}}
	if set == "" {
		mutations = mutations[:1]
	} else if del == "" {
		mutations = mutations[1:]
	}
	if _, err := raw(t).NewTxn().Do(t.Context(), &api.Request{Query: query, Mutations: mutations, CommitNow: true}); err != nil {
		t.Fatal(err)
	}
}

// Catches: damage that is not found, or that a rewrite leaves; a rewrite of what is whole or of what others wrote; a rewrite
// that readers do not notice, because the revision stays; a lost review of a claim.
func TestRewrite(t *testing.T) {
	store := empty(t)
	load := func(rewrite bool) dgraph.Changes {
		t.Helper()
		w := by(masar.SeedAuthor, few())
		w.Rewrite = rewrite
		changes, err := store.Save(t.Context(), w)
		if err != nil {
			t.Fatal(err)
		}
		return changes
	}
	load(false)
	batch := few()
	claim, evidence := batch.Claims[0].Identity(), batch.Evidence[0].Identity()
	topic, document := masar.RecordRef{Type: "TOPIC", Key: "narrow"}, masar.RecordRef{Type: "DOCUMENT", Key: "DOC"}
	equal(t, "a rewrite of a whole graph", dgraph.Changes{Unchanged: 5, Snapshot: 1}, load(true))
	reviewed := everything(t, store).Claims[0].Authorship

	for name, c := range map[string]struct {
		record   masar.RecordRef
		del, set string
		fields   []string
	}{
		"a title":                       {topic, "uid(NODE) <title_ar> * .", "", []string{"title"}},
		"an edge of a field":            {topic, "uid(NODE) <parent> * .", "", []string{"broader"}},
		"nested nodes":                  {document, "uid(NODE) <versions> * .", "", []string{"versions"}},
		"a changed value":               {evidence, "", `uid(NODE) <stance> "REFUTES" .`, []string{"stance"}},
		"the line":                      {topic, "uid(NODE) <line> * .", "", []string{}},
		"a changed line":                {topic, "", `uid(NODE) <line> "{}" .`, []string{}},
		"search terms":                  {topic, "", `uid(NODE) <search_terms> "other" .`, []string{}},
		"the code":                      {topic, "uid(NODE) <code> * .", "", []string{}},
		"the direct edge":               {document, "uid(NODE) <concerns> * .", "", []string{}},
		"the mark of the direct edge":   {claim, "uid(NODE) <linked> * .", "", []string{}},
		"the reviewer and the accepted": {claim, "uid(NODE) <accepted_by> * .\nuid(NODE) <accepted_at> * .", "", []string{}},
	} {
		before := load(false)
		spoiled(t, c.record, c.del, c.set)
		equal(t, name+", without rewrite", dgraph.Changes{Unchanged: 5, Snapshot: before.Snapshot}, load(false))
		damaged := c.record
		if name == "the direct edge" { // it belongs to the claim
			damaged = claim
		}
		want := dgraph.Changes{Updated: 1, Unchanged: 4, Rewritten: []dgraph.Rewritten{{Record: damaged, Fields: c.fields}}, Snapshot: before.Snapshot + 1}
		equal(t, name, want, load(true))
		all := everything(t, store)
		for _, f := range masar.Check(all) {
			t.Errorf("%s, after the rewrite: %s: %s", name, f.Record, f.Code)
		}
		if name == "the reviewer and the accepted" && all.Claims[0].Authorship != reviewed {
			t.Errorf("the claim was accepted by %+v, now by %+v", reviewed, all.Claims[0].Authorship)
		}
	}

	edited := few().Entities[2].(*masar.Topic)
	edited.Titles.EN.Value = "edited"
	save(t, store, topics(edited))
	spoiled(t, topic, "uid(NODE) <title_ar> * .", "")
	if got := load(true); got.Updated != 0 || got.Curated != 1 {
		t.Errorf("a rewrite of what others wrote: %+v", got)
	}
}
