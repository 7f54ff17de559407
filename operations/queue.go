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
// time. All others are refused at once: with an unbounded queue, no client would have an answer in time.
type Queue struct {
	places  *semaphore.Weighted
	size    QueueSize
	running atomic.Int64
	waiting atomic.Int64

	mu   sync.Mutex
	held map[netip.Prefix]int // running and waiting operations by client
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
	return &Queue{places: semaphore.NewWeighted(int64(size.Running)), size: size, held: map[netip.Prefix]int{}}
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

// Enter waits for a place for a client; leave releases it. The error has code RATE_LIMITED if the client already holds
// or awaits half of all places. It has code OVERLOADED if no place becomes free in time or the context ends. The zero
// client may have all places.
func (q *Queue) Enter(ctx context.Context, client netip.Prefix) (leave func(), err *masar.Error) {
	if !q.hold(client) {
		return nil, tooManyAtOnce(q.share())
	}
	if !q.places.TryAcquire(1) {
		if err := q.await(ctx); err != nil {
			q.letGo(client)
			return nil, err
		}
	}
	q.running.Add(1)
	return func() {
		q.running.Add(-1)
		q.places.Release(1)
		q.letGo(client)
	}, nil
}

// share is the maximum number of places of one client.
func (q *Queue) share() int { return max(1, q.size.Running/2) }

func (q *Queue) hold(client netip.Prefix) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if client.IsValid() && q.held[client] >= q.share() {
		return false
	}
	q.held[client]++
	return true
}

func (q *Queue) letGo(client netip.Prefix) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.held[client]--; q.held[client] == 0 {
		delete(q.held, client)
	}
}

func (q *Queue) await(ctx context.Context) *masar.Error {
	defer q.waiting.Add(-1)
	if q.waiting.Add(1) > int64(q.size.Waiting) {
		return overloaded()
	}
	ctx, cancel := context.WithTimeout(ctx, q.size.Wait)
	defer cancel()
	if q.places.Acquire(ctx, 1) != nil {
		return overloaded()
	}
	return nil
}
