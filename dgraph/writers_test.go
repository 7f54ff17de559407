package dgraph_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dgraph-io/dgo/v230"
	"github.com/dgraph-io/dgo/v230/protos/api"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"masar"
	"masar/dgraph"
)

// Catches: partial writes after a cancelled request. The context is cancelled before or after each call of a write.
// If the write was applied although its answer was lost, the next attempt has to find it.
func TestSaveCutShort(t *testing.T) {
	server := newGate(t, client(t))
	store := open(t, server.addr)
	base, next := cutBatch("before"), cutBatch("after")

	clear(t, store)
	save(t, store, base)
	before := everything(t, store)
	save(t, store, next)
	after := everything(t, store)

	for _, answered := range []bool{false, true} {
		for n := 0; ; n++ {
			clear(t, store)
			save(t, store, base)

			ctx, cancel := context.WithCancel(context.Background())
			reached, written := false, false
			server.watch(func(rpc context.Context, i int, c call, pass func(context.Context) error) error {
				if i != n {
					return pass(rpc)
				}
				reached = true
				if answered {
					written = c.commits()
					if err := pass(context.WithoutCancel(rpc)); err != nil {
						return err
					}
				}
				cancel()
				<-rpc.Done()
				return rpc.Err()
			})
			_, err := store.Save(ctx, by("test", next))
			gaveUp := pending(server.seen())
			server.watch(nil)
			if !reached {
				cancel()
				break
			}
			what := fmt.Sprintf("cut short at call %d, answered %v", n, answered)
			if !errors.Is(err, context.Canceled) && status.Code(err) != codes.Canceled {
				t.Errorf("%s: the write said %v", what, err)
			}
			for start := range gaveUp {
				t.Errorf("%s: transaction %d is left open", what, start)
			}
			if written {
				equal(t, what, after, everything(t, store))
			} else {
				equal(t, what, before, everything(t, store))
			}
			changes := save(t, store, next)
			if written && changes.Created+changes.Updated > 0 {
				t.Errorf("%s: it was written twice: %+v", what, changes)
			}
			equal(t, what+", and again", after, everything(t, store))
		}
	}
}

// cutBatch is a batch that makes a write use all its parts: the second of two batches creates, changes and deletes
// values, and activates and deactivates claims.
func cutBatch(state string) *masar.Batch {
	a, b := topic("a", "A "+state), topic("b", "B")
	a.OtherNames = []masar.Alias{{Name: state, Lang: masar.English}}
	kept, gone := claim(a.Ref(), masar.Elaborates, b.Ref(), ""), claim(a.Ref(), masar.SameAs, b.Ref(), "")
	batch := topics(a, b)
	if state == "after" {
		gone.Status = masar.ClaimRejected
		c := topic("c", "C")
		c.Parent = a.Ref()
		batch.Entities = append(batch.Entities, c)
	}
	batch.Claims = []*masar.Claim{kept, gone}
	return batch
}

// pending are the transactions with mutations that were neither committed nor aborted.
func pending(calls []call) map[uint64]bool {
	open := map[uint64]bool{}
	for _, c := range calls {
		if c.mutates() {
			open[c.query.StartTs] = true
		}
	}
	for _, c := range calls {
		if c.end != nil {
			delete(open, c.end.StartTs)
		}
	}
	delete(open, 0)
	return open
}

// Catches: a timeout taken for a rollback. The write was applied and its answer came too late. The next attempt has
// to find it and not count it twice.
func TestSaveAnsweredTooLate(t *testing.T) {
	server := newGate(t, client(t))
	store := open(t, server.addr)
	clear(t, store)
	server.watch(func(rpc context.Context, _ int, c call, pass func(context.Context) error) error {
		err := pass(context.WithoutCancel(rpc))
		if c.commits() {
			<-rpc.Done()
		}
		return err
	})
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	b := topics(topic("a", "A"))
	if _, err := store.Save(ctx, by("test", b)); masar.ErrorCode(err) != masar.CodeTimeout {
		t.Fatalf("the write returned %v, want %s", err, masar.CodeTimeout)
	}
	server.watch(nil)
	expect(t, save(t, store, b), dgraph.Changes{Unchanged: 1, Snapshot: 1})
}

// Catches: concurrent writers that create a record twice, lose a write or report it twice, or get an error other than
// CONFLICT.
func TestSaveByManyAtOnce(t *testing.T) {
	const writers = 8
	store := empty(t)
	b := &masar.Batch{}
	for i := range 30 {
		b.Entities = append(b.Entities, topic(fmt.Sprint("t", i), "T"))
	}
	created, conflicts := 0, 0
	for _, w := range atOnce(writers, func(int) (dgraph.Changes, error) {
		return store.Save(context.Background(), by("test", b))
	}) {
		switch {
		case masar.ErrorCode(w.err) == masar.CodeConflict:
			conflicts++
		case w.err != nil:
			t.Errorf("a writer failed: %v", w.err)
		case w.changes.Created+w.changes.Unchanged != 30 || w.changes.Created*w.changes.Unchanged != 0 || w.changes.Updated != 0 || w.changes.Snapshot != 1:
			t.Errorf("a writer did %+v", w.changes)
		default:
			created += w.changes.Created
		}
	}
	t.Logf("of %d writers of the same records, %d got CONFLICT", writers, conflicts)
	if created != 30 {
		t.Errorf("%d records reported as created, want 30", created)
	}
	for xid := range records(b) {
		if n := count(t, `eq(xid, "`+xid+`")`); n != 1 {
			t.Errorf("%s is there %d times", xid, n)
		}
	}

	// Each writer changes the same record and creates one.
	wrote := 0
	for _, w := range atOnce(writers, func(i int) (dgraph.Changes, error) {
		return store.Save(context.Background(), by("test", topics(topic("t0", fmt.Sprint("by ", i)), topic(fmt.Sprint("own", i), "O"))))
	}) {
		switch {
		case w.err == nil:
			wrote++
		case masar.ErrorCode(w.err) != masar.CodeConflict:
			t.Errorf("a writer failed: %v", w.err)
		}
	}
	t.Logf("of %d writers of one record, %d got CONFLICT", writers, writers-wrote)
	all := everything(t, store)
	if int(all.Snapshot) != 1+wrote || len(all.Entities) != 30+wrote {
		t.Errorf("after %d writes: snapshot %d, %d records", 1+wrote, all.Snapshot, len(all.Entities))
	}
	for _, e := range all.Entities {
		if e.Head().Code == "t0" && e.Head().Revision != 1+wrote {
			t.Errorf("after %d changes the record has revision %d", wrote, e.Head().Revision)
		}
	}
	if len(all.Faults) > 0 {
		t.Error(all.Faults)
	}
}

type written struct {
	changes dgraph.Changes
	err     error
}

// atOnce makes n writes concurrently.
func atOnce(n int, write func(i int) (dgraph.Changes, error)) []written {
	out := make([]written, n)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-start
			out[i].changes, out[i].err = write(i)
		})
	}
	close(start)
	all.Wait()
	return out
}

// Catches: an aborted transaction that is not retried, or retried in the same transaction; and a conflict reported as
// INTERNAL. Dgraph and dgo report conflicts in several ways.
func TestSaveTriesAgain(t *testing.T) {
	pleaseRetry := status.Error(codes.Aborted, "Transaction has been aborted. Please retry")
	cases := []struct {
		name string
		at   func(call) bool
		says error
	}{
		{"a commit is aborted", call.commits, pleaseRetry},
		{"a mutation is aborted", call.mutates, pleaseRetry},
		{"a mutation comes too late", call.mutates, status.Error(codes.FailedPrecondition, "Transaction conflict")},
		{"a query is aborted", call.reads, pleaseRetry},
	}
	// refusing is a store whose first calls of some kind fail.
	refusing := func(t *testing.T, at func(call) bool, says error, times int) (*dgraph.Store, *gate) {
		server := newGate(t, client(t))
		server.watch(func(rpc context.Context, _ int, c call, pass func(context.Context) error) error {
			if at(c) && times > 0 {
				times--
				return says
			}
			return pass(rpc)
		})
		return open(t, server.addr), server
	}
	plain := empty(t)
	for i, c := range cases {
		store, server := refusing(t, c.at, c.says, 3)
		expect(t, save(t, store, topics(topic(fmt.Sprint("t", i), "T"))), dgraph.Changes{Created: 1, Snapshot: int64(i + 1)})
		starts := map[uint64]bool{}
		for _, made := range server.seen() {
			if made.mutates() {
				starts[made.query.StartTs] = true
			}
		}
		if want := 4; !c.at(call{query: &api.Request{}}) && len(starts) != want {
			t.Errorf("%s: %d transactions, want %d", c.name, len(starts), want)
		}
	}
	before := everything(t, plain)
	t.Run("in vain", func(t *testing.T) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				store, _ := refusing(t, c.at, c.says, 1000)
				changes, err := store.Save(context.Background(), by("test", topics(topic("never", "N"))))
				if masar.ErrorCode(err) != masar.CodeConflict || !reflect.DeepEqual(changes, dgraph.Changes{}) {
					t.Errorf("the write returned %+v and %v, want %s", changes, err, masar.CodeConflict)
				}
			})
		}
	})
	equal(t, "the graph", before, everything(t, plain))
}

// Catches: a write that is refused as a conflict because other writers never rest.
func TestAWriterIsNotStarved(t *testing.T) {
	slow := func() *dgraph.Store { // each of its writes takes as long as on a busy machine
		server := newGate(t, client(t))
		server.watch(func(rpc context.Context, _ int, c call, pass func(context.Context) error) error {
			if c.mutates() {
				time.Sleep(100 * time.Millisecond)
			}
			return pass(rpc)
		})
		return open(t, server.addr)
	}
	empty(t)
	store := slow()
	var resting atomic.Bool
	var rivals sync.WaitGroup
	for range 4 {
		rival := slow()
		rivals.Go(func() {
			for i := 0; !resting.Load(); i++ {
				// A rival may lose too, but it begins again at once.
				_, _ = rival.Save(context.Background(), by("test", topics(topic("rival", fmt.Sprint("R", i)))))
			}
		})
	}
	for i := range 8 {
		if _, err := store.Save(context.Background(), by("test", topics(topic("starved", fmt.Sprint("S", i))))); err != nil {
			t.Errorf("write %d: %v", i, err)
		}
	}
	resting.Store(true)
	rivals.Wait()
}

// Catches: a schema without @upsert on the key. If two transactions look up a key, miss it and create it, Dgraph has
// to abort one.
func TestKeyIsUnique(t *testing.T) {
	empty(t)
	dg := raw(t)
	ctx := context.Background()
	var txns []*dgo.Txn
	for range 2 {
		txn := dg.NewTxn()
		if _, err := txn.Query(ctx, `{ q(func: eq(xid, "TOPIC/x")) { uid } }`); err != nil {
			t.Fatal(err)
		}
		if _, err := txn.Mutate(ctx, &api.Mutation{SetNquads: []byte(`_:x <xid> "TOPIC/x" .`)}); err != nil {
			t.Fatal(err)
		}
		txns = append(txns, txn)
	}
	if err := txns[0].Commit(ctx); err != nil {
		t.Fatal(err)
	}
	if err := txns[1].Commit(ctx); !errors.Is(err, dgo.ErrAborted) {
		t.Errorf("the second transaction with the key returned %v, want %v", err, dgo.ErrAborted)
	}
}
