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
	leave, err := q.Enter(t.Context(), netip.Prefix{}, 1)
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
			leave, err := q.Enter(ctx, netip.Prefix{}, 1)
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
	if _, err := q.Enter(t.Context(), netip.Prefix{}, 1); err == nil || err.Code != "OVERLOADED" {
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
		if _, err := q.Enter(t.Context(), netip.Prefix{}, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := q.Enter(t.Context(), netip.Prefix{}, 1); err == nil || err.Code != "OVERLOADED" {
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
		leave, err := q.Enter(t.Context(), client, 1)
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
			leave, err := q.Enter(t.Context(), netip.Prefix{}, 1)
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

// Catches: this machine, behind which all clients of a local proxy may be, that has all places, or that is refused what it
// could wait for.
func TestThisMachineHasAShare(t *testing.T) {
	here, other := Client{Address: netip.MustParseAddr("127.0.0.1")}, Client{Address: netip.MustParseAddr("203.0.113.9")}
	q := NewQueue(QueueSize{Running: 4, Waiting: 4, Wait: time.Minute})
	var leave []func()
	for range 3 {
		l, err := q.Enter(t.Context(), ClientPrefix(here.Address), 1)
		if err != nil {
			t.Fatal(err)
		}
		leave = append(leave, l)
	}
	entered := make(chan *masar.Error, 5)
	for i := range 4 {
		go func() {
			l, err := q.Enter(t.Context(), ClientPrefix(netip.IPv6Loopback()), 1)
			if err == nil {
				l()
			}
			entered <- err
		}()
		if i == 3 { // there are three places to wait for this machine
			if err := <-entered; err == nil || err.Code != masar.CodeOverloaded {
				t.Errorf("one more than may wait: %v", err)
			}
		}
		for began := time.Now(); q.waiting.Load() != int64(min(i+1, 3)); time.Sleep(time.Millisecond) {
			if time.Since(began) > 2*time.Second {
				t.Fatalf("%d wait", q.waiting.Load())
			}
		}
	}
	l, err := q.Enter(t.Context(), ClientPrefix(other.Address), 1)
	if err != nil {
		t.Fatalf("a client from elsewhere, while this machine has its share: %v", err)
	}
	l()
	for _, l := range leave {
		l()
	}
	for range 3 {
		if err := <-entered; err != nil {
			t.Error(err)
		}
	}
	if q.running.Load() != 0 || q.waiting.Load() != 0 || len(q.held) != 0 || !q.places.TryAcquire(4) || !q.here.TryAcquire(3) {
		t.Errorf("places are lost: %+v", q.held)
	}
}

// Catches: a costly operation that counts as a cheap one, one that could never run, and places that are lost with it.
func TestCostlyOperationsTakeSeveralPlaces(t *testing.T) {
	for cost, want := range map[int]int{0: 1, 5_000: 1, 39_999: 1, 40_000: 2, 144_030: 4, 200_000: 6} {
		if got := placesFor(cost); got != want {
			t.Errorf("cost %d takes %d places, not %d", cost, got, want)
		}
	}
	q := NewQueue(QueueSize{Running: 8, Wait: 20 * time.Millisecond})
	greedy := netip.MustParsePrefix("203.0.113.9/32")
	leave, err := q.Enter(t.Context(), greedy, 6) // of which it may have four
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Enter(t.Context(), greedy, 1); err == nil || err.Code != masar.CodeRateLimited {
		t.Errorf("one more than the share: %v", err)
	}
	if _, err := q.Enter(t.Context(), netip.Prefix{}, 5); err == nil || err.Code != masar.CodeOverloaded {
		t.Errorf("five of four free places: %v", err)
	}
	last, err := q.Enter(t.Context(), netip.Prefix{}, 4)
	if err != nil {
		t.Fatal(err)
	}
	leave()
	last()
	if len(q.held) != 0 || !q.places.TryAcquire(8) {
		t.Errorf("places are lost: %v", q.held)
	}
}
