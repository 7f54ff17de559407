package loaders_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
	"masar/loaders"
	"masar/scoring"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// follower is a process of its own that follows the shared Dgraph.
func follower(t *testing.T, options loaders.LiveOptions) (*dgraph.Store, *loaders.Live) {
	t.Helper()
	store, err := dgraph.Open(t.Context(), "dgraph://"+embeddedtest.Shared(t).Addr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	if err := store.ApplySchema(t.Context()); err != nil {
		t.Fatal(err)
	}
	return store, loaders.NewLive(store, scoring.DefaultProfile(), options, slog.New(slog.DiscardHandler))
}

func topic(code string) *masar.Batch {
	e := &masar.Topic{Header: masar.Header{Kind: masar.KindTopic, Code: code, Titles: masar.Wording{
		AR: masar.Words{Value: "موضوع"}, EN: masar.Words{Value: "Topic"},
	}}}
	return &masar.Batch{Entities: []masar.Entity{e}}
}

func unlinked(*masar.Claim) bool { return false }

// Catches a process that never sees what another one wrote, or sees it later than the bound on staleness allows.
func TestOneProcessFollowsAnother(t *testing.T) {
	const interval = 100 * time.Millisecond
	writer, _ := follower(t, loaders.LiveOptions{Interval: time.Hour, MaxStale: time.Hour})
	_, live := follower(t, loaders.LiveOptions{Interval: interval, MaxStale: time.Hour})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go live.Run(ctx)
	if _, err := writer.Save(ctx, topic("followed"), unlinked); err != nil {
		t.Fatal(err)
	}
	written := time.Now()
	for {
		if g, err := live.Graph(); err == nil {
			if _, seen := g.Find(masar.Ref{Kind: masar.KindTopic, Code: "followed"}); seen {
				break
			}
		}
		if time.Since(written) > 5*time.Second {
			t.Fatal("not seen after five seconds")
		}
		time.Sleep(5 * time.Millisecond)
	}
	// The bound is the interval and the time of reading; a second allows for a busy machine.
	if took := time.Since(written); took > interval+time.Second {
		t.Errorf("seen after %v, past the bound of %v and the time of reading", took, interval)
	}
}

// Catches a process that does not see its own write at once.
func TestOwnWritesAreSeenAtOnce(t *testing.T) {
	store, live := follower(t, loaders.LiveOptions{Interval: time.Hour, MaxStale: time.Hour})
	if _, err := store.Save(t.Context(), topic("own"), unlinked); err != nil {
		t.Fatal(err)
	}
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	g, err := live.Graph()
	if err != nil {
		t.Fatal(err)
	}
	if _, seen := g.Find(masar.Ref{Kind: masar.KindTopic, Code: "own"}); !seen {
		t.Error("the process does not see what it wrote")
	}
}

// Catches a snapshot that changes under a request that holds it, and one that is swapped though nothing was written.
func TestASnapshotStaysAsItIs(t *testing.T) {
	store, live := follower(t, loaders.LiveOptions{Interval: time.Hour, MaxStale: time.Hour})
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	held, err := live.Graph()
	if err != nil {
		t.Fatal(err)
	}
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if again, _ := live.Graph(); again != held {
		t.Error("the graph was read again though nothing was written")
	}
	if _, err := store.Save(t.Context(), topic("later"), unlinked); err != nil {
		t.Fatal(err)
	}
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, seen := held.Find(masar.Ref{Kind: masar.KindTopic, Code: "later"}); seen {
		t.Error("a snapshot that is held has changed")
	}
	if now, _ := live.Graph(); now.Snapshot() == held.Snapshot() {
		t.Error("a write did not move the snapshot on")
	}
}

// Catches answers from a graph that nobody has been able to compare with the store for too long.
func TestNoAnswerFromAStaleGraph(t *testing.T) {
	_, live := follower(t, loaders.LiveOptions{Interval: time.Hour, MaxStale: 50 * time.Millisecond})
	if _, err := live.Graph(); masar.ErrorCode(err) != masar.CodeUnavailable {
		t.Errorf("before the first reading: %v, want BACKEND_UNAVAILABLE", err)
	}
	if err := live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := live.Graph(); err != nil {
		t.Errorf("just read: %v", err)
	}
	time.Sleep(60 * time.Millisecond)
	if _, err := live.Graph(); masar.ErrorCode(err) != masar.CodeUnavailable {
		t.Errorf("long unread: %v, want BACKEND_UNAVAILABLE", err)
	}
}

// Catches a wait without end, or an error that clients cannot tell, when the store is out of reach.
func TestTheStoreIsOutOfReach(t *testing.T) {
	store, err := dgraph.Open(t.Context(), "dgraph://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	live := loaders.NewLive(store, scoring.DefaultProfile(), loaders.LiveOptions{Interval: time.Hour, MaxStale: time.Hour}, slog.New(slog.DiscardHandler))
	began := time.Now()
	err = live.Refresh(t.Context())
	if masar.ErrorCode(err) != masar.CodeUnavailable {
		t.Errorf("%v, want BACKEND_UNAVAILABLE", err)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %v to find out", took)
	}
	if _, err := live.Graph(); !errors.As(err, new(*masar.Error)) {
		t.Errorf("%v, want an error for clients", err)
	}
}
