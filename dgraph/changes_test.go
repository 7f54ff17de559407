package dgraph_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/dgraph-io/dgo/v230/protos/api"
	"pgregory.net/rapid"

	"masar"
	"masar/dgraph"
)

// since reads the records written since a snapshot. It fails the test if they are not complete.
func since(t rapid.TB, store *dgraph.Store, snapshot int64) *masar.Outline {
	t.Helper()
	s, complete, err := now(t, store).OutlineSince(context.Background(), snapshot)
	if err != nil || !complete {
		t.Fatalf("since %d: complete %v, %v", snapshot, complete, err)
	}
	return s
}

// merged is an older Outline with its changed records replaced.
func merged(old, changed *masar.Outline) *masar.Outline {
	return &masar.Outline{
		Snapshot:     changed.Snapshot,
		Entities:     mergedBy(old.Entities, changed.Entities, func(s masar.EntityOutline) uint64 { return s.UID }),
		Claims:       mergedBy(old.Claims, changed.Claims, func(s masar.ClaimOutline) uint64 { return s.UID }),
		Evidence:     mergedBy(old.Evidence, changed.Evidence, func(s masar.EvidenceOutline) uint64 { return s.UID }),
		Observations: mergedBy(old.Observations, changed.Observations, func(s masar.ObservationOutline) uint64 { return s.UID }),
		Texts:        mergedBy(old.Texts, changed.Texts, func(s masar.TextOutline) uint64 { return s.UID }),
	}
}

func mergedBy[S any](old, changed []S, uid func(S) uint64) []S {
	at := map[uint64]int{}
	var all []S
	for _, s := range old {
		at[uid(s)] = len(all)
		all = append(all, s)
	}
	for _, s := range changed {
		if i, known := at[uid(s)]; known {
			all[i] = s
		} else {
			all = append(all, s)
		}
	}
	return all
}

// Catches: a changed record that is missing, outdated, or repeated after several writes or on several pages.
func TestOutlineSince(t *testing.T) {
	store := empty(t)
	rapid.Check(t, func(rt *rapid.T) {
		clear(t, store)
		store.SetOutlinePage(rapid.SampledFrom([]int{1, 3, 1000}).Draw(rt, "page"))
		whole := []*masar.Outline{inOrder(outline(rt, store))}
		for write := range rapid.IntRange(1, 4).Draw(rt, "writes") {
			// The names are the same, so the write updates some records and creates others.
			save(rt, store, batch(rt, "r"))
			now := inOrder(outline(rt, store))
			for _, before := range whole {
				changed := since(rt, store, before.Snapshot)
				equal(rt, fmt.Sprintf("since %d after write %d", before.Snapshot, write), now, inOrder(merged(before, changed)))
			}
			whole = append(whole, now)
		}
	})
}

// Catches: unchanged records among the changed ones.
func TestOutlineSinceNothing(t *testing.T) {
	store := empty(t)
	equal(t, "the outline of nothing", &masar.Outline{}, since(t, store, 0))
	save(t, store, topics(topic("a", "A"), topic("b", "B")))
	equal(t, "the outline of no write", &masar.Outline{Snapshot: 1}, since(t, store, 1))
	save(t, store, topics(topic("a", "A"), topic("b", "other")))
	if s := since(t, store, 1); len(s.Entities) != 1 || s.Entities[0].Ref.Code != "b" {
		t.Errorf("one of two topics changed, but OutlineSince returned %v", s.Entities)
	}
}

// Catches: changes reported as complete after the database has lost some or was loaded anew.
func TestOutlineSinceIsNotComplete(t *testing.T) {
	store := empty(t)
	for i := range 3 {
		save(t, store, topics(topic("a", fmt.Sprint(i))))
	}
	incomplete := func(what string, snapshot int64) {
		t.Helper()
		if s, complete, err := now(t, store).OutlineSince(t.Context(), snapshot); err != nil || complete || s != nil {
			t.Errorf("%s: %v, complete %v, %v", what, s, complete, err)
		}
	}
	incomplete("a snapshot that the store has not reached", 4)
	txn := raw(t).NewTxn()
	if _, err := txn.Do(t.Context(), &api.Request{
		Query:     `{ lost as var(func: eq(sequence, 2)) }`,
		Mutations: []*api.Mutation{{DelNquads: []byte(`uid(lost) <sequence> * .`)}}, CommitNow: true,
	}); err != nil {
		t.Fatal(err)
	}
	incomplete("a change is lost", 1)
	since(t, store, 2)
}

// Catches: reading one change in a time that grows with the graph.
func TestOutlineSinceIsQuick(t *testing.T) {
	store := empty(t)
	var many []*masar.Topic
	for i := range 5000 {
		many = append(many, topic(fmt.Sprint("t", i), "Topic"))
	}
	save(t, store, topics(many...))
	save(t, store, topics(topic("one", "One")))
	best := time.Hour
	for range 20 {
		began := time.Now()
		since(t, store, 1)
		best = min(best, time.Since(began))
	}
	t.Logf("one change among 5001: %v", best)
	if best > 200*time.Millisecond { // generous, for a busy machine
		t.Errorf("reading one change took %v", best)
	}
}
