package dgraph_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/dgraph-io/dgo/v230/protos/api"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"masar"
	"masar/dgraph"
)

// put writes what must be taken.
func put(t *testing.T, store *dgraph.Store, w dgraph.Write) dgraph.Changes {
	t.Helper()
	changes, err := store.Save(context.Background(), w)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// Catches: a load of the seed that undoes what a person decided, that stops at it, or that does not say so.
func TestSeedLeavesAloneWhatOthersWrote(t *testing.T) {
	store := empty(t)
	a, b := topic("a", "A"), topic("b", "B")
	c := claim(a.Ref(), masar.Concerns, b.Ref(), "")
	of := func() *masar.Batch { return &masar.Batch{Entities: []masar.Entity{a, b}, Claims: []*masar.Claim{c}} }
	put(t, store, by(masar.SeedAuthor, of()))

	rejected := *c
	rejected.Status = masar.ClaimRejected
	expect(t, put(t, store, by("amal", &masar.Batch{Claims: []*masar.Claim{&rejected}})), dgraph.Changes{Updated: 1, Snapshot: 2})
	b.Titles.EN.Value = "B2"
	left := []dgraph.Kept{{Record: c.Identity(), By: "amal"}}
	expect(t, put(t, store, by(masar.SeedAuthor, of())), dgraph.Changes{Updated: 1, Unchanged: 1, Kept: left, Snapshot: 3})
	expect(t, put(t, store, by(masar.SeedAuthor, of())), dgraph.Changes{Unchanged: 2, Kept: left, Snapshot: 3})
	got := everything(t, store)
	if got.Claims[0].Status != masar.ClaimRejected || got.Claims[0].Revision != 2 || len(got.Edges) != 0 {
		t.Errorf("the claim is %+v, with the edges %v", got.Claims[0], got.Edges)
	}

	// Another person may write it, and where the seed says the same there is nothing to tell.
	expect(t, put(t, store, by("badr", &masar.Batch{Claims: []*masar.Claim{c}})), dgraph.Changes{Updated: 1, Snapshot: 4})
	expect(t, put(t, store, by(masar.SeedAuthor, of())), dgraph.Changes{Unchanged: 3, Snapshot: 4})
}

// Catches: a change that does not say who made it and why, or says it of another one.
func TestChangesHaveAuthors(t *testing.T) {
	store := empty(t)
	put(t, store, by(masar.SeedAuthor, topics(topic("a", "A"))))
	put(t, store, dgraph.Write{Batch: topics(topic("a", "A2")), By: "amal", Reason: "أدق من العنوان السابق"})
	var got []string
	for _, c := range history(t, store, dgraph.HistoryArgs{Until: 2, Size: 9}).Changes {
		reason := "none"
		if c.Reason != nil {
			reason = *c.Reason
		}
		got = append(got, *c.By+": "+reason)
	}
	equal(t, "authors and reasons", []string{"seed: none", "amal: أدق من العنوان السابق"}, got)
	for _, w := range []dgraph.Write{by("", topics(topic("b", "B"))), by("\xff", topics(topic("b", "B"))), {Batch: topics(topic("b", "B")), By: "amal", Reason: "\xff"}} {
		if _, err := store.Save(t.Context(), w); masar.ErrorCode(err) != masar.CodeBadInput {
			t.Errorf("%q, %q: %v", w.By, w.Reason, err)
		}
	}
}

// Catches: a change that is made on what another author has changed meanwhile, a part of it that is written all the same,
// and an expectation that holds and is refused.
func TestStaleExpectation(t *testing.T) {
	store := empty(t)
	save(t, store, topics(topic("a", "A"), topic("b", "B")))
	save(t, store, topics(topic("a", "A2")))
	ref := func(code string) masar.RecordRef { return masar.Ref{Kind: masar.KindTopic, Code: code}.Record() }
	before := everything(t, store)
	for _, c := range []struct {
		expect           map[masar.RecordRef]int
		record           string
		expected, actual int
	}{
		{map[masar.RecordRef]int{ref("a"): 1}, "TOPIC/a", 1, 2},
		{map[masar.RecordRef]int{ref("a"): 3}, "TOPIC/a", 3, 2},
		{map[masar.RecordRef]int{ref("a"): 0}, "TOPIC/a", 0, 2},
		{map[masar.RecordRef]int{ref("new"): 1}, "TOPIC/new", 1, 0},
		{map[masar.RecordRef]int{ref("a"): 2, ref("b"): 2}, "TOPIC/b", 2, 1}, // of a record that is not written
	} {
		_, err := store.Save(t.Context(), dgraph.Write{Batch: topics(topic("a", "A3"), topic("new", "N")), By: "amal", Expect: c.expect})
		stale, _ := errors.AsType[*masar.Error](err)
		if stale == nil || stale.Code != masar.CodeStaleVersion {
			t.Errorf("%v: %v", c.expect, err)
			continue
		}
		equal(t, fmt.Sprint("the details of ", c.expect), map[string]any{"record": c.record, "expected": c.expected, "actual": c.actual}, stale.Details)
		equal(t, "the graph", before, everything(t, store))
	}
	w := dgraph.Write{Batch: topics(topic("a", "A3"), topic("new", "N")), By: "amal", Expect: map[masar.RecordRef]int{ref("a"): 2, ref("b"): 1, ref("new"): 0}}
	expect(t, put(t, store, w), dgraph.Changes{Created: 1, Updated: 1, Snapshot: 3})
}

// Catches: a write that takes itself for somebody else's, where Dgraph wrote it and the answer was lost, and one that takes
// somebody else's for its own.
func TestExpectationAfterALostAnswer(t *testing.T) {
	server := newGate(t, client(t))
	store := open(t, server.addr)
	clear(t, store)
	ref := masar.Ref{Kind: masar.KindTopic, Code: "a"}.Record()
	loseFirst := func() {
		lost := false
		server.watch(func(rpc context.Context, _ int, c call, pass func(context.Context) error) error {
			if err := pass(rpc); err != nil || lost || !c.commits() {
				return err
			}
			lost = true
			return status.Error(codes.Unavailable, "the answer is lost")
		})
	}
	for revision := range 2 {
		loseFirst()
		w := dgraph.Write{Batch: topics(topic("a", fmt.Sprint(revision))), By: "amal", Expect: map[masar.RecordRef]int{ref: revision}}
		expect(t, put(t, store, w), dgraph.Changes{Unchanged: 1, Snapshot: int64(revision + 1)})
	}
	server.watch(nil)
	w := dgraph.Write{Batch: topics(topic("a", "1")), By: "amal", Expect: map[masar.RecordRef]int{ref: 1}}
	if _, err := store.Save(t.Context(), w); masar.ErrorCode(err) != masar.CodeStaleVersion {
		t.Errorf("the same again, though nothing was lost: %v", err)
	}
}

// Catches: a store of a version that linked no refuted claims and kept no authors, in which the seed takes its own records
// for somebody else's, or in which an accepted claim stays without its edge since nothing else of it has changed.
func TestStoreOfAnEarlierVersion(t *testing.T) {
	store := empty(t)
	a, b := topic("a", "A"), topic("b", "B")
	refuted, other := claim(a.Ref(), masar.Concerns, b.Ref(), ""), claim(b.Ref(), masar.Elaborates, a.Ref(), "")
	all := &masar.Batch{Entities: []masar.Entity{a, b}, Claims: []*masar.Claim{refuted, other}}
	put(t, store, by(masar.SeedAuthor, all))
	old, err := dgraph.OldDigest(refuted)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw(t).NewTxn().Do(t.Context(), &api.Request{
		Query: `{ all as var(func: has(by)) c as var(func: eq(xid, "` + xid(refuted) + `")) a as var(func: eq(xid, "TOPIC/a")) }`,
		Mutations: []*api.Mutation{
			{DelNquads: []byte("uid(all) <by> * .\nuid(c) <linked> * .\nuid(a) <concerns> * .")},
			{SetNquads: []byte("uid(c) <digest> \"" + old + "\" .")},
		}, CommitNow: true,
	}); err != nil {
		t.Fatal(err)
	}
	for _, c := range history(t, store, dgraph.HistoryArgs{Until: 1, Size: 9}).Changes {
		if c.By != nil || c.Reason != nil {
			t.Errorf("%s was written by %v", told(c), c.By)
		}
	}
	if findings := masar.Check(everything(t, store)); len(findings) == 0 {
		t.Fatal("nothing is amiss in the store of the earlier version")
	}
	b.Titles.EN.Value = "B2"
	expect(t, put(t, store, by(masar.SeedAuthor, all)), dgraph.Changes{Updated: 2, Unchanged: 2, Snapshot: 2})
	got := everything(t, store)
	if len(got.Edges) != 2 || !got.Linked[refuted.Key] {
		t.Errorf("the edges are %v", got.Edges)
	}
}
