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
// when that takes too long; all others are sent away at once, for a queue without end answers nobody in time.
type Queue struct {
	places  *semaphore.Weighted
	size    QueueSize
	running atomic.Int64
	waiting atomic.Int64

	mu   sync.Mutex
	held map[netip.Prefix]int // how many run and wait, by client
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
	return &Queue{places: semaphore.NewWeighted(int64(size.Running)), size: size, held: map[netip.Prefix]int{}}
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

// Enter waits for a place for a client; leave gives it up. The error has code RATE_LIMITED where the client holds or awaits
// half of all places already, and OVERLOADED where there is no place in time, or the context ends. The zero client may
// have all of them.
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

// share is how many places one client may have.
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
