package dgraph_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/dgraph-io/dgo/v230/protos/api"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
)

// put writes a batch that has to be accepted.
func put(t *testing.T, store *dgraph.Store, w dgraph.Write) dgraph.Changes {
	t.Helper()
	changes, err := store.Save(context.Background(), w)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// Catches: a load of the seed that overwrites a person's edit, that stops at it, that reports it although the seed says
// nothing new, or that does not report it at each load as long as the seed has new content.
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
	expect(t, put(t, store, by(masar.SeedAuthor, of())), dgraph.Changes{Updated: 1, Unchanged: 1, Curated: 1, Snapshot: 3})
	expect(t, put(t, store, by(masar.SeedAuthor, of())), dgraph.Changes{Unchanged: 2, Curated: 1, Snapshot: 3})

	// The seed has new content, and then its earlier content again.
	left := []dgraph.Kept{{Record: c.Identity(), By: "amal"}}
	c.Basis = masar.Inferred
	for range 2 {
		expect(t, put(t, store, by(masar.SeedAuthor, of())), dgraph.Changes{Unchanged: 2, Kept: left, Snapshot: 3})
	}
	c.Basis = masar.Stated
	expect(t, put(t, store, by(masar.SeedAuthor, of())), dgraph.Changes{Unchanged: 2, Curated: 1, Snapshot: 3})
	got := everything(t, store)
	if got.Claims[0].Status != masar.ClaimRejected || got.Claims[0].Revision != 2 || len(got.Edges) != 0 {
		t.Errorf("claim %+v with edges %v", got.Claims[0], got.Edges)
	}

	// Another person may edit the record. If the seed agrees with the edit, there is nothing to report.
	expect(t, put(t, store, by("badr", &masar.Batch{Claims: []*masar.Claim{c}})), dgraph.Changes{Updated: 1, Snapshot: 4})
	expect(t, put(t, store, by(masar.SeedAuthor, of())), dgraph.Changes{Unchanged: 3, Snapshot: 4})

	// Once they agree on new content, the seed's earlier content is new.
	c.Basis = masar.Inferred
	expect(t, put(t, store, by("badr", &masar.Batch{Claims: []*masar.Claim{c}})), dgraph.Changes{Updated: 1, Snapshot: 5})
	expect(t, put(t, store, by(masar.SeedAuthor, of())), dgraph.Changes{Unchanged: 3, Snapshot: 5})
	expect(t, put(t, store, by("badr", &masar.Batch{Claims: []*masar.Claim{&rejected}})), dgraph.Changes{Updated: 1, Snapshot: 6})
	expect(t, put(t, store, by(masar.SeedAuthor, of())), dgraph.Changes{Unchanged: 2, Curated: 1, Snapshot: 6})
	c.Basis = masar.Stated
	left[0].By = "badr"
	expect(t, put(t, store, by(masar.SeedAuthor, of())), dgraph.Changes{Unchanged: 2, Kept: left, Snapshot: 6})
}

// Catches: another analyser whose search terms make an unchanged seed look new, and a graph of before the seed's content was
// noted whose unchanged records stay without it, so that each later edit is reported at every load.
func TestSeedSaysNothingNew(t *testing.T) {
	store := empty(t)
	a, b := topic("a", "A"), topic("b", "B")
	put(t, store, by(masar.SeedAuthor, topics(a, b)))
	mutateDel(t, "seeded")
	expect(t, put(t, store, by("amal", topics(topic("b", "B2")))), dgraph.Changes{Updated: 1, Snapshot: 2})
	left := []dgraph.Kept{{Record: b.Identity(), By: "amal"}} // from before the content was noted
	expect(t, put(t, store, by(masar.SeedAuthor, topics(a, b))), dgraph.Changes{Unchanged: 1, Kept: left, Snapshot: 2})
	expect(t, put(t, store, by("amal", topics(topic("a", "A2")))), dgraph.Changes{Updated: 1, Snapshot: 3})
	expect(t, put(t, store, by(masar.SeedAuthor, topics(a, b))), dgraph.Changes{Curated: 1, Kept: left, Snapshot: 3})

	words := dgraph.WithAnalyser(func(masar.Entity) string { return "words" })
	other, err := dgraph.Open(t.Context(), embeddedtest.Shared(t).URL(), dgraph.WithoutRules, words)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	expect(t, put(t, other, by(masar.SeedAuthor, topics(a, b))), dgraph.Changes{Curated: 1, Kept: left, Snapshot: 3})
}

// Catches: a change without its author or reason, or with those of another change.
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

// Catches: a write over another author's newer edit, a stale write that is partly applied, and a correct expectation
// that is rejected.
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
		{map[masar.RecordRef]int{ref("a"): 2, ref("b"): 2}, "TOPIC/b", 2, 1}, // of a record that is not in the write
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

// Catches: after a lost answer, a write that mistakes its own earlier attempt for another author's, or the reverse.
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
			return status.Error(codes.Unavailable, "answer lost")
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
		t.Errorf("repeating a write whose answer arrived: %v", err)
	}
}

// Catches: in a database of an earlier version, without direct edges of refuted claims and without authors, a seed
// that takes its own records for another author's, and an accepted claim that stays without its edge.
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
		t.Fatal("the database of the earlier version has no faults; the test needs one")
	}
	b.Titles.EN.Value = "B2"
	expect(t, put(t, store, by(masar.SeedAuthor, all)), dgraph.Changes{Updated: 2, Unchanged: 2, Snapshot: 2})
	got := everything(t, store)
	if len(got.Edges) != 2 || !got.Linked[refuted.Key] {
		t.Errorf("the edges are %v", got.Edges)
	}
}

// Catches: a claim that names its last author as its reviewer, that loses its reviewer with the next change, or that
// names a reviewer although it is from the seed or an earlier version.
func TestClaimsNameWhoAcceptedThem(t *testing.T) {
	store := empty(t)
	a, b := topic("a", "A"), topic("b", "B")
	c := claim(a.Ref(), masar.Elaborates, b.Ref(), "")
	write := func(author string, status masar.ClaimStatus, basis masar.Basis) (masar.Owner, string) {
		given := *c
		given.Status, given.Basis = status, basis
		put(t, store, by(author, &masar.Batch{Entities: []masar.Entity{a, b}, Claims: []*masar.Claim{&given}}))
		all := everything(t, store)
		is := all.Claims[0]
		if retired := status == masar.ClaimDeprecated; retired != (is.Retirement() != nil) || retired != (is.Authorship.RetiredAt != "") {
			t.Errorf("a claim of status %s has the retirement %+v", status, is.Retirement())
		}
		for _, f := range masar.Check(all) {
			if f.Code == masar.FaultNodeLine {
				t.Errorf("the line differs from the predicates: %+v", f)
			}
		}
		if is.Review() == nil {
			return is.Owner(), ""
		}
		if at, err := time.Parse(time.RFC3339, is.Review().At); err != nil || time.Since(at) > time.Minute {
			t.Errorf("accepted at %q: %v", is.Review().At, err)
		}
		return is.Owner(), is.Review().By
	}
	for i, step := range []struct {
		author string
		status masar.ClaimStatus
		basis  masar.Basis
		owner  masar.Owner
		by     string
	}{
		{masar.SeedAuthor, masar.ClaimAccepted, masar.Stated, masar.OwnerSeed, ""},
		{"amal", masar.ClaimAccepted, masar.Inferred, masar.OwnerCuration, ""},
		{"amal", masar.ClaimDeprecated, masar.Inferred, masar.OwnerCuration, ""},
		{"samir", masar.ClaimAccepted, masar.Inferred, masar.OwnerCuration, "samir"},
		{"amal", masar.ClaimAccepted, masar.Stated, masar.OwnerCuration, "samir"},
	} {
		if owner, by := write(step.author, step.status, step.basis); owner != step.owner || by != step.by {
			t.Errorf("step %d: owner %s, accepted by %q", i, owner, by)
		}
	}
}
