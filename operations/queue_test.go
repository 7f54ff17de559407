package operations

import (
	"context"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"masar"
)

// Catches: more concurrent operations than places, an unbounded queue, one that is not first come first served, and a
// place that stays taken when its client has gone.
func TestQueue(t *testing.T) {
	q := NewQueue(QueueSize{Running: 1, Waiting: 3, Wait: 5 * time.Second})
	leave, err := q.Enter(t.Context(), netip.Prefix{})
	if err != nil {
		t.Fatal(err)
	}
	waitFor := func(waiting int64) {
		t.Helper()
		for began := time.Now(); q.waiting.Load() != waiting; time.Sleep(time.Millisecond) {
			if time.Since(began) > 2*time.Second {
				t.Fatalf("%d wait, not %d", q.waiting.Load(), waiting)
			}
		}
	}
	var order []int
	var all sync.WaitGroup
	gone, goAway := context.WithCancel(t.Context())
	for i := range 3 {
		ctx := t.Context()
		if i == 1 {
			ctx = gone
		}
		all.Go(func() {
			leave, err := q.Enter(ctx, netip.Prefix{})
			if (err == nil) == (i == 1) {
				t.Errorf("operation %d: %v", i, err)
			}
			if err == nil {
				order = append(order, i)
				leave()
			}
		})
		waitFor(int64(i + 1))
	}
	if _, err := q.Enter(t.Context(), netip.Prefix{}); err == nil || err.Code != "OVERLOADED" {
		t.Errorf("when the queue is full: %v", err)
	}
	goAway()
	waitFor(2)
	leave()
	all.Wait()
	if !slices.Equal(order, []int{0, 2}) || q.running.Load() != 0 || q.waiting.Load() != 0 {
		t.Errorf("they ran as %v, %d run and %d wait", order, q.running.Load(), q.waiting.Load())
	}
}

// Catches: an operation that waits for ever, and one that waits although Waiting is negative.
func TestQueueSendsAway(t *testing.T) {
	for _, size := range []QueueSize{{Running: 1, Wait: 20 * time.Millisecond}, {Running: 1, Waiting: -1, Wait: time.Hour}} {
		q := NewQueue(size)
		if _, err := q.Enter(t.Context(), netip.Prefix{}); err != nil {
			t.Fatal(err)
		}
		if _, err := q.Enter(t.Context(), netip.Prefix{}); err == nil || err.Code != "OVERLOADED" {
			t.Errorf("%+v: %v", size, err)
		}
	}
}

// Catches: one client with all places, and a client refused for places that it has released.
func TestQueueIsShared(t *testing.T) {
	q := NewQueue(QueueSize{Running: 4, Wait: 20 * time.Millisecond})
	greedy, other := netip.MustParsePrefix("203.0.113.9/32"), netip.MustParsePrefix("203.0.113.10/32")
	enter := func(client netip.Prefix, want masar.Code) func() {
		t.Helper()
		leave, err := q.Enter(t.Context(), client)
		switch {
		case want == "" && err != nil:
			t.Fatal(err)
		case want != "" && (err == nil || err.Code != want):
			t.Fatalf("%v, not %s", err, want)
		}
		return leave
	}
	leave := enter(greedy, "")
	enter(greedy, "")
	enter(greedy, masar.CodeRateLimited)
	enter(other, "")
	enter(netip.Prefix{}, "")
	leave()
	leave = enter(greedy, "")
	leave()
	enter(netip.Prefix{}, "")
	enter(other, masar.CodeOverloaded)
	enter(greedy, masar.CodeOverloaded)
	if q.held[greedy] != 1 || q.held[other] != 1 || q.held[netip.Prefix{}] != 2 {
		t.Errorf("%v", q.held)
	}
}

// Catches: a place that two operations hold, and a place that is lost.
func TestQueueUnderLoad(t *testing.T) {
	q := NewQueue(QueueSize{Running: 4, Waiting: 1000, Wait: time.Minute})
	var all sync.WaitGroup
	var now, most atomic.Int64
	for range 200 {
		all.Go(func() {
			leave, err := q.Enter(t.Context(), netip.Prefix{})
			if err != nil {
				t.Error(err)
				return
			}
			defer leave()
			most.Store(max(most.Load(), now.Add(1)))
			time.Sleep(100 * time.Microsecond)
			now.Add(-1)
		})
	}
	all.Wait()
	if most.Load() > 4 || q.running.Load() != 0 {
		t.Errorf("%d at once, %d run still", most.Load(), q.running.Load())
	}
}
