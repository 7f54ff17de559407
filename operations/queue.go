package operations

import (
	"cmp"
	"context"
	"net/netip"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"masar"
)

// Queue lets only so many operations run at once. Some more wait for a place, first come first served, and are sent away
// when that takes too long; all others are sent away at once, for a queue without end answers nobody in time. An operation
// that costs much takes several places.
type Queue struct {
	places  *semaphore.Weighted
	here    *semaphore.Weighted // the part of the places that this machine may have
	size    QueueSize
	running atomic.Int64
	waiting atomic.Int64

	mu   sync.Mutex
	held map[netip.Prefix]int // places that are taken or waited for, by client
}

// QueueSize says how many operations run and wait. A zero field has the default in its comment.
type QueueSize struct {
	// Running is how many run at once: RunningAtOnce.
	Running int
	// Waiting is how many wait for a place: 256. Below zero none does.
	Waiting int
	// Wait is how long one waits at most: 1 s.
	Wait time.Duration
}

// RunningAtOnce is how many operations had best run at once: 8 for each processor, enough to be busy while some wait for
// Dgraph. With four times as many, two processors answer half as many operations, each of them later.
func RunningAtOnce() int { return 8 * runtime.GOMAXPROCS(0) }

// NewQueue makes a queue that is empty.
func NewQueue(size QueueSize) *Queue {
	size = QueueSize{cmp.Or(size.Running, RunningAtOnce()), cmp.Or(size.Waiting, 256), cmp.Or(size.Wait, time.Second)}
	q := &Queue{places: semaphore.NewWeighted(int64(size.Running)), size: size, held: map[netip.Prefix]int{}}
	q.here = semaphore.NewWeighted(int64(q.share(loopback)))
	return q
}

// NewQueue makes a queue of its own for what holds its places longer than operations do, with times as many of them. The
// metrics call it by what it is for.
func (o *Operations) NewQueue(what string, times int) *Queue {
	size := o.queue.size
	size.Running *= times
	return o.watched(what, size)
}

// watched makes a queue that the metrics show.
func (o *Operations) watched(what string, size QueueSize) *Queue {
	q := NewQueue(size)
	o.metrics.WatchQueue(what, q.running.Load, q.waiting.Load)
	return q
}

// costOfPlace is how much of an operation's cost takes one more place: a contract operation takes one, the largest that
// the limits allow six.
const costOfPlace = 40_000

// placesFor is how many places an operation takes.
func placesFor(cost int) int { return 1 + cost/costOfPlace }

// Enter waits for so many places for a client, or for as many as it may have; leave gives them up. A client may have half
// of all places, taken or waited for: the error has code RATE_LIMITED where it has them already. This machine, where a
// proxy may ask for many, may have three quarters, and waits for these. The error has code OVERLOADED where there is no
// place in time, or the context ends. The zero client may have all of them.
func (q *Queue) Enter(ctx context.Context, client netip.Prefix, places int) (leave func(), err *masar.Error) {
	n := min(places, q.share(client))
	if !q.hold(client, n) {
		return nil, tooManyAtOnce(q.share(client))
	}
	passed := q.gates(client)
	if !pass(passed, n) && !q.await(ctx, client, passed, n) {
		q.letGo(client, n)
		return nil, overloaded()
	}
	q.running.Add(1)
	return func() {
		q.running.Add(-1)
		release(passed, n)
		q.letGo(client, n)
	}, nil
}

// share is how many places one client may have.
func (q *Queue) share(client netip.Prefix) int {
	switch client {
	case netip.Prefix{}:
		return q.size.Running
	case loopback:
		return max(1, q.size.Running*3/4)
	}
	return max(1, q.size.Running/2)
}

// gates are what a client passes on the way to a place, in this order.
func (q *Queue) gates(client netip.Prefix) []*semaphore.Weighted {
	if client == loopback {
		return []*semaphore.Weighted{q.here, q.places}
	}
	return []*semaphore.Weighted{q.places}
}

// bounded reports whether a client is refused, rather than made to wait, when it has its share.
func bounded(client netip.Prefix) bool { return client.IsValid() && client != loopback }

func (q *Queue) hold(client netip.Prefix, n int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if bounded(client) && q.held[client]+n > q.share(client) {
		return false
	}
	q.held[client] += n
	return true
}

func (q *Queue) letGo(client netip.Prefix, n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.held[client] -= n; q.held[client] == 0 {
		delete(q.held, client)
	}
}

// await waits at the gates, and reports whether all of them were passed.
func (q *Queue) await(ctx context.Context, client netip.Prefix, gates []*semaphore.Weighted, n int) bool {
	most := q.size.Waiting
	if client == loopback {
		most = most * 3 / 4
	}
	defer q.waiting.Add(-1)
	if q.waiting.Add(1) > int64(most) {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, q.size.Wait)
	defer cancel()
	for i, g := range gates {
		if g.Acquire(ctx, int64(n)) != nil {
			release(gates[:i], n)
			return false
		}
	}
	return true
}

// pass passes all gates without waiting, or none.
func pass(gates []*semaphore.Weighted, n int) bool {
	for i, g := range gates {
		if !g.TryAcquire(int64(n)) {
			release(gates[:i], n)
			return false
		}
	}
	return true
}

func release(gates []*semaphore.Weighted, n int) {
	for _, g := range gates {
		g.Release(int64(n))
	}
}
