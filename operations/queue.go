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

// Queue limits the number of concurrent operations. Some more wait for a place in the order of arrival, for a limited
// time. All others are refused at once: with an unbounded queue, no client would have an answer in time. An expensive
// operation takes several places.
type Queue struct {
	places  *semaphore.Weighted
	here    *semaphore.Weighted // the part of the places that this machine may have
	size    QueueSize
	running atomic.Int64
	waiting atomic.Int64

	mu   sync.Mutex
	held map[netip.Prefix]int // places taken or waited for, by client
}

// QueueSize configures a queue. Zero means the default in a field's comment.
type QueueSize struct {
	// Running is the maximum number of concurrent operations: RunningAtOnce.
	Running int
	// Waiting is the maximum number of waiting operations: 256. A negative number means none.
	Waiting int
	// Wait is the maximum time that an operation waits: 1 s.
	Wait time.Duration
}

// RunningAtOnce is the recommended number of concurrent operations: 8 per processor. That keeps the processors busy
// while some operations wait for Dgraph. With four times as many, two processors completed half as many operations,
// each with a higher latency.
func RunningAtOnce() int { return 8 * runtime.GOMAXPROCS(0) }

// NewQueue returns an empty queue.
func NewQueue(size QueueSize) *Queue {
	size = QueueSize{cmp.Or(size.Running, RunningAtOnce()), cmp.Or(size.Waiting, 256), cmp.Or(size.Wait, time.Second)}
	q := &Queue{places: semaphore.NewWeighted(int64(size.Running)), size: size, held: map[netip.Prefix]int{}}
	q.here = semaphore.NewWeighted(int64(q.share(loopback)))
	return q
}

// NewQueue returns another queue for requests that hold their places longer than operations do. It has times as many
// places. what is its label in the metrics.
func (o *Operations) NewQueue(what string, times int) *Queue {
	size := o.queue.size
	size.Running *= times
	return o.watched(what, size)
}

// watched returns a queue that the metrics show.
func (o *Operations) watched(what string, size QueueSize) *Queue {
	q := NewQueue(size)
	o.metrics.WatchQueue(what, q.running.Load, q.waiting.Load)
	return q
}

// costOfPlace is the cost for which an operation takes one more place. Usual operations take one place, the most
// expensive operation within the limits takes six.
const costOfPlace = 40_000

// placesFor is the number of places that an operation takes.
func placesFor(cost int) int { return 1 + cost/costOfPlace }

// Enter waits for a number of places for a client, at most its share; leave releases them. The share of a client is half
// of all places, taken or waited for. The error has code RATE_LIMITED if the client would exceed it. The share of this
// machine, where a proxy may send the requests of many clients, is three quarters, and its requests wait for it. The error
// has code OVERLOADED if the places do not become free in time or the context ends. The share of the zero client is all
// places.
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

// LocalShare is the part of a number of places or connections that this machine may have: three quarters, because a proxy
// on it may hold those of many clients.
func LocalShare(all int) int { return all * 3 / 4 }

// share is the maximum number of places of a client.
func (q *Queue) share(client netip.Prefix) int {
	switch client {
	case netip.Prefix{}:
		return q.size.Running
	case loopback:
		return max(1, LocalShare(q.size.Running))
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
		most = LocalShare(most)
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
