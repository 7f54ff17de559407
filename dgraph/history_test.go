package dgraph_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dgraph-io/dgo/v230/protos/api"
	"pgregory.net/rapid"

	"masar"
	"masar/dgraph"
	"masar/resolvers"
)

// told writes a change as one line.
func told(c *masar.Change) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s %s %s/%s %s", c.Sequence, c.Snapshot, c.Action, c.Kind, c.Code, strings.Join(c.Fields, ",")))
}

func history(t rapid.TB, store *dgraph.Store, args dgraph.HistoryArgs) *dgraph.History {
	t.Helper()
	h, err := now(t, store).History(context.Background(), args)
	if err != nil {
		t.Fatalf("%+v: %v", args, err)
	}
	return h
}

// Catches: changes that do not say what was written, and fields that are listed although they did not change.
func TestHistory(t *testing.T) {
	store := empty(t)
	a, b := topic("a", "A"), topic("b", "B")
	save(t, store, topics(a, b))
	a.ExactMatch, a.OtherNames = "http://example.org", []masar.Alias{{Name: "x", Lang: masar.English}}
	b.Titles.EN.Value = "B2"
	save(t, store, topics(a, b, topic("c", "C")))
	a.OtherNames = nil
	save(t, store, topics(a, b))
	h := history(t, store, dgraph.HistoryArgs{Until: 3, Size: 100})
	var got []string
	for _, c := range h.Changes {
		got = append(got, told(c))
		if at, err := time.Parse(time.RFC3339, c.At); err != nil || time.Since(at) > time.Hour {
			t.Errorf("a change at %q: %v", c.At, err)
		}
	}
	equal(t, "changes", `1 1 CREATED TOPIC/a
2 1 CREATED TOPIC/b
3 2 UPDATED TOPIC/a aliases,iri
4 2 UPDATED TOPIC/b title
5 2 CREATED TOPIC/c
6 3 UPDATED TOPIC/a aliases`, strings.Join(got, "\n"))
	for _, c := range []struct {
		args             dgraph.HistoryArgs
		want             string
		total            int
		hasNext, hasPrev bool
	}{
		{dgraph.HistoryArgs{Until: 3, Size: 2}, "1 2", 6, true, false},
		{dgraph.HistoryArgs{Until: 3, Size: 2, After: 4}, "5 6", 6, false, true},
		{dgraph.HistoryArgs{Until: 3, Size: 2, After: 6}, "", 6, false, true},
		{dgraph.HistoryArgs{Until: 3, Size: 2, After: 600}, "", 6, false, true},
		{dgraph.HistoryArgs{Until: 3, Size: 0}, "", 6, true, false},
		{dgraph.HistoryArgs{Until: 2, Size: 100}, "1 2 3 4 5", 5, false, false},
		{dgraph.HistoryArgs{Until: 2, Size: 2, After: 4}, "5", 5, false, true},
		{dgraph.HistoryArgs{Since: 1, Until: 2, Size: 100}, "3 4 5", 3, false, false},
		{dgraph.HistoryArgs{Since: 1, Until: 3, Size: 2}, "3 4", 4, true, false},
		{dgraph.HistoryArgs{Since: 1, Until: 3, Size: 2, After: 1}, "3 4", 4, true, false},
		{dgraph.HistoryArgs{Since: 1, Until: 3, Size: 2, After: 4}, "5 6", 4, false, true},
		{dgraph.HistoryArgs{Since: 3, Until: 3, Size: 100}, "", 0, false, false},
		{dgraph.HistoryArgs{Until: 3, Size: 2, FromEnd: true}, "5 6", 6, false, true},
		{dgraph.HistoryArgs{Until: 3, Size: 2, FromEnd: true, Before: 5}, "3 4", 6, true, true},
		{dgraph.HistoryArgs{Until: 3, Size: 9, FromEnd: true, Before: 3}, "1 2", 6, true, false},
		{dgraph.HistoryArgs{Until: 3, Size: 9, FromEnd: true, Before: 1}, "", 6, true, false},
		{dgraph.HistoryArgs{Until: 3, Size: 9, After: 1, Before: 4}, "2 3", 6, true, true},
		{dgraph.HistoryArgs{Until: 3, Size: 9, After: 4, Before: 3}, "", 6, true, true},
		{dgraph.HistoryArgs{Since: 1, Until: 2, Size: 2, FromEnd: true}, "4 5", 3, false, true},
		{dgraph.HistoryArgs{Until: 3, FromEnd: true}, "", 6, false, true},
	} {
		h := history(t, store, c.args)
		var got []string
		for _, c := range h.Changes {
			got = append(got, fmt.Sprint(c.Sequence))
		}
		equal(t, fmt.Sprintf("%+v", c.args), fmt.Sprint(c.want, " of ", c.total, c.hasNext, c.hasPrev), fmt.Sprint(strings.Join(got, " "), " of ", h.Total, h.HasNext, h.HasPrevious))
	}
}

// Catches: pages from the end that differ from those from the start, counts by type that do not add up, and a number
// of reads that grows with the history.
func TestHistoryBackwards(t *testing.T) {
	store := empty(t)
	for i := range 7 {
		save(t, store, topics(topic("a", fmt.Sprint(i)), topic(fmt.Sprint("b", i), "B")))
	}
	reads := func(do func()) int64 { before := store.Reads(); do(); return store.Reads() - before }
	for since := range int64(7) {
		for size := 1; size <= 5; size++ {
			var forward, backward []string
			args := dgraph.HistoryArgs{Since: since, Until: 7, Size: size}
			for h := history(t, store, args); ; h = history(t, store, args) {
				for _, c := range h.Changes {
					forward, args.After = append(forward, told(c)), c.Sequence
				}
				if !h.HasNext {
					break
				}
			}
			args = dgraph.HistoryArgs{Since: since, Until: 7, Size: size, FromEnd: true}
			for {
				var h *dgraph.History
				if n := reads(func() { h = history(t, store, args) }); n > 3 { // one of them finds the moment
					t.Fatalf("%+v takes %d reads", args, n)
				}
				for _, c := range slices.Backward(h.Changes) {
					backward, args.Before = append(backward, told(c)), c.Sequence
				}
				if !h.HasPrevious {
					break
				}
			}
			slices.Reverse(backward)
			if len(forward) != 2*int(7-since) || !slices.Equal(forward, backward) {
				t.Fatalf("since %d, pages of %d: %q forward, %q backward", since, size, forward, backward)
			}
		}
		var counts []masar.ChangeCount
		var err error
		moment := now(t, store)
		if n := reads(func() { counts, err = moment.ChangesByType(t.Context(), since, 7) }); n > 1 || err != nil {
			t.Fatalf("%d reads, %v", n, err)
		}
		equal(t, "counts", fmt.Sprint([]masar.ChangeCount{{Kind: masar.RecordType(masar.KindTopic), Count: 2 * int(7-since)}}), fmt.Sprint(counts))
	}
	if counts, err := now(t, store).ChangesByType(t.Context(), 7, 7); err != nil || len(counts) != 0 {
		t.Errorf("of nothing: %v, %v", counts, err)
	}
}

// Catches: changes that a client misses or receives twice while paging, because of concurrent writes; and sequence
// numbers with gaps.
func TestHistoryWhileOthersWrite(t *testing.T) {
	store := empty(t)
	const writers, writes = 3, 8
	var wg sync.WaitGroup
	done := make(chan struct{})
	for w := range writers {
		wg.Go(func() {
			for i := range writes {
				var all []*masar.Topic
				for n := range 1 + (w+i)%4 {
					all = append(all, topic(fmt.Sprintf("w%d-%d", w, n), fmt.Sprint(i)))
				}
				for {
					_, err := store.Save(t.Context(), by("test", topics(all...)))
					if masar.ErrorCode(err) == masar.CodeConflict && err != nil {
						continue
					}
					if err != nil {
						t.Error(err)
					}
					break
				}
			}
		})
	}
	go func() { wg.Wait(); close(done) }()
	var seen []*masar.Change
	for last := false; ; {
		until, err := store.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		args := dgraph.HistoryArgs{Until: until, Size: 3, After: len(seen)}
		h := history(t, store, args)
		seen = append(seen, h.Changes...)
		if h.HasNext {
			continue
		}
		if last {
			break
		}
		select {
		case <-done:
			last = true // once more, for the last writes
		default:
		}
	}
	until, _ := store.Snapshot(t.Context())
	if until != writers*writes {
		t.Errorf("%d writes, want %d", until, writers*writes)
	}
	before := map[string]int{}
	for i, c := range seen {
		if c.Sequence != i+1 {
			t.Fatalf("change %d has sequence %d", i+1, c.Sequence)
		}
		if i > 0 && snapshot(t, c) < snapshot(t, seen[i-1]) {
			t.Errorf("%s comes after %s", told(c), told(seen[i-1]))
		}
		if before[c.Code]++; (c.Action == masar.ChangeCreated) != (before[c.Code] == 1) {
			t.Errorf("%s is change %d of its record", told(c), before[c.Code])
		}
	}
	if changes := count(t, "type(Change)"); changes != len(seen) {
		t.Errorf("read %d changes, want %d", len(seen), changes)
	}
	// The history since any snapshot is a part of the whole.
	for since := range until {
		rest := slices.DeleteFunc(slices.Clone(seen), func(c *masar.Change) bool { return int64(snapshot(t, c)) <= since })
		h := history(t, store, dgraph.HistoryArgs{Since: since, Until: until, Size: 100})
		if h.Total != len(rest) || len(h.Changes) != min(100, len(rest)) || told(h.Changes[0]) != told(rest[0]) {
			t.Errorf("since %d: %d of %d, want %d", since, len(h.Changes), h.Total, len(rest))
		}
	}
}

func snapshot(t *testing.T, c *masar.Change) (n int) {
	t.Helper()
	if _, err := fmt.Sscan(c.Snapshot, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Catches: a history returned as complete although the database has lost a part, or has changes without ordinals.
func TestHistoryIsNotKept(t *testing.T) {
	store := empty(t)
	for i := range 3 {
		save(t, store, topics(topic("a", fmt.Sprint(i))))
	}
	if _, err := raw(t).NewTxn().Do(t.Context(), &api.Request{
		Query:     `{ lost as var(func: eq(ordinal, [1, 3])) }`,
		Mutations: []*api.Mutation{{DelNquads: []byte("uid(lost) <ordinal> * .\nuid(lost) <begins> * .")}}, CommitNow: true,
	}); err != nil {
		t.Fatal(err)
	}
	for _, args := range []dgraph.HistoryArgs{{Until: 3, Size: 100}, {Until: 3, Size: 1}, {Since: 1, Until: 3, Size: 100}, {Since: 2, Until: 3, Size: 1}} {
		_, err := now(t, store).History(t.Context(), args)
		var refused *masar.Error
		if !errors.As(err, &refused) || refused.Code != masar.CodeBadInput || refused.Argument != "since" {
			t.Errorf("%+v: %v", args, err)
		}
	}
	if h := history(t, store, dgraph.HistoryArgs{Since: 1, Until: 2, Size: 1}); len(h.Changes) != 1 {
		t.Errorf("the part that is kept: %v", h)
	}
}

// Catches: a page that takes longer the longer the history is.
func TestHistoryIsQuick(t *testing.T) {
	store := empty(t)
	var many []*masar.Topic
	for i := range 5000 {
		many = append(many, topic(fmt.Sprint("t", i), "Topic"))
	}
	save(t, store, topics(many...))
	save(t, store, topics(topic("one", "One")))
	best := time.Hour
	for i := range 10 {
		began := time.Now()
		if h := history(t, store, dgraph.HistoryArgs{Until: 2, Size: 100, After: 450 * i}); len(h.Changes) != 100 || h.Total != 5001 {
			t.Fatalf("%d of %d", len(h.Changes), h.Total)
		}
		best = min(best, time.Since(began))
	}
	t.Logf("a hundred changes of 5001: %v", best)
	if best > 200*time.Millisecond { // generous, for a busy machine
		t.Errorf("reading a page took %v", best)
	}
}

// Catches: a changed field whose name is not a field of the API.
func TestChangesNameFieldsOfTheAPI(t *testing.T) {
	schema := resolvers.NewSchema().Schema()
	for sort, names := range dgraph.APIFields() {
		typeName := map[masar.RecordType]string{masar.RecordClaim: "Claim", masar.RecordEvidence: "Evidence", masar.RecordObservation: "Observation", masar.RecordText: "SourceText"}[sort]
		for _, name := range names {
			if typeName == "" {
				typeName = strings.ReplaceAll(strings.ToLower(string(sort)), "_", "")
			}
			shown := false
			for _, d := range schema.Types {
				shown = shown || strings.EqualFold(d.Name, typeName) && d.Fields.ForName(name) != nil
			}
			if !shown {
				t.Errorf("%s has no field %s", typeName, name)
			}
		}
	}
}

// Catches: counts by type that differ from the listed changes, between any two snapshots, in databases with tallies,
// without, and with both. With tallies they take one read.
func TestChangesByTypeAreThoseListed(t *testing.T) {
	store := empty(t)
	writes := func() {
		for i := range 3 {
			a, b := topic("a", fmt.Sprint("A", time.Now().UnixNano())), topic(fmt.Sprint("b", i), "B")
			batch := topics(a, b)
			batch.Claims = append(batch.Claims, claim(a.Ref(), masar.Elaborates, b.Ref(), ""))
			save(t, store, batch)
		}
	}
	check := func(what string, reads int64) {
		until, err := store.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for since := range until {
			for to := since; to <= until; to++ {
				listed := map[masar.RecordType]int{}
				for _, c := range history(t, store, dgraph.HistoryArgs{Since: since, Until: to, Size: 100}).Changes {
					listed[c.Kind]++
				}
				moment, before := now(t, store), store.Reads()
				counts, err := moment.ChangesByType(t.Context(), since, to)
				if n := store.Reads() - before; err != nil || n > reads {
					t.Fatalf("%s: %d reads, %v", what, n, err)
				}
				got := map[masar.RecordType]int{}
				for _, c := range counts {
					got[c.Kind] = c.Count
				}
				equal(t, fmt.Sprint(what, ", past ", since, " to ", to), listed, got)
			}
		}
	}
	writes()
	check("with tallies", 1)
	if _, err := raw(t).NewTxn().Do(t.Context(), &api.Request{
		Query:     `{ old as var(func: has(tally)) }`,
		Mutations: []*api.Mutation{{DelNquads: []byte("uid(old) <tally> * .")}}, CommitNow: true,
	}); err != nil {
		t.Fatal(err)
	}
	check("without", 2)
	writes()
	check("with and without", 2)
}
