//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"masar"
	"masar/dgraph"
	"masar/search"
)

// writer repeatedly writes a pair of new records together with a pair that each write changes. One record of a pair is
// half of a write.
type writer struct {
	name  string
	pause time.Duration // between two writes
	// address returns the dgraph:// URL. A Dgraph that restarts may have another one, so a writer connects anew after a
	// failure if reconnects is set.
	address    func() (string, error)
	reconnects bool
	store      *dgraph.Store // nil if it is not connected

	mu        sync.Mutex
	n         int // the number of the last write
	acked     map[int]acknowledged
	snapshots map[int64]bool
	doubled   []int64 // snapshots that two writes received
	fault     int     // the number of the current fault
	before    int     // the number of writes acknowledged before it
	failed    time.Time
	errors    map[string]int
}

// acknowledged is the time of the answer to a write, and the fault that was current.
type acknowledged struct {
	at    time.Time
	fault int
}

// newWriter returns a writer that is not connected yet.
func newWriter(name string, address func() (string, error)) *writer {
	return &writer{name: name, pause: 300 * time.Millisecond, address: address,
		acked: map[int]acknowledged{}, snapshots: map[int64]bool{}, errors: map[string]int{}}
}

// errNotConnected reports that Dgraph is not running, as before it is ready.
var errNotConnected = errors.New("not connected")

// connect connects to the database if the writer is not connected.
func (w *writer) connect(ctx context.Context) error {
	if w.store != nil {
		return nil
	}
	address, err := w.address()
	if err != nil {
		return err
	}
	w.store, err = dgraph.Open(ctx, address, dgraph.WithAnalyser(search.Pack))
	return err
}

func (w *writer) close() {
	if w.store != nil {
		w.store.Close()
		w.store = nil
	}
}

// writeTime is the time limit of a write.
const writeTime = 20 * time.Second

// run writes until the context ends.
func (w *writer) run(ctx context.Context) {
	for ctx.Err() == nil {
		w.mu.Lock()
		w.n++
		n := w.n
		w.mu.Unlock()
		snapshot, err := w.write(context.WithoutCancel(ctx), n)
		if err != nil && w.reconnects {
			w.close()
		}
		w.note(n, snapshot, err)
		time.Sleep(w.pause)
	}
}

// write makes one write and returns its snapshot.
func (w *writer) write(ctx context.Context, n int) (snapshot int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, writeTime)
	defer cancel()
	if err := w.connect(ctx); err != nil {
		return 0, errNotConnected
	}
	changes, err := w.store.Save(ctx, dgraph.Write{Batch: w.batch(n), By: w.name})
	return changes.Snapshot, err
}

// batch returns the records of the write with a number.
func (w *writer) batch(n int) *masar.Batch {
	b := &masar.Batch{}
	for _, side := range sides {
		b.Entities = append(b.Entities, w.topic(w.head(side), n), w.topic(fmt.Sprintf("%s-%d-%s", w.name, n, side), n))
	}
	return b
}

// sides are the two halves of a write.
var sides = []string{"left", "right"}

// head returns the code of a record that each write changes.
func (w *writer) head(side string) string { return w.name + "-head-" + side }

func (w *writer) topic(code string, n int) *masar.Topic {
	text := masar.LocalizedText{AR: masar.Translation{Value: fmt.Sprint("كتابة ", n)}, EN: masar.Translation{Value: fmt.Sprint("Write ", n)}}
	return &masar.Topic{Header: masar.Header{Kind: masar.KindTopic, Code: code, Titles: text, Summaries: text}}
}

// note records the result of a write.
func (w *writer) note(n int, snapshot int64, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	if err != nil {
		code := string(masar.ErrorCode(err))
		if errors.Is(err, errNotConnected) {
			code = "not connected"
		}
		w.errors["writes: "+code]++
		w.failed = now
		return
	}
	w.acked[n] = acknowledged{now, w.fault}
	if w.snapshots[snapshot] {
		w.doubled = append(w.doubled, snapshot)
	}
	w.snapshots[snapshot] = true
}

// begin starts the measurements of a fault. Earlier writes stay recorded.
func (w *writer) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fault, w.before, w.failed, w.errors = w.fault+1, len(w.acked), time.Time{}, map[string]int{}
}

// measure adds the measurements since begin to a row.
func (w *writer) measure(to *row) {
	w.mu.Lock()
	defer w.mu.Unlock()
	to.operations += len(w.acked) - w.before
	for text, n := range w.errors {
		to.operations += n
		to.errors[text] += n
	}
}

// acknowledged is the number of acknowledged writes.
func (w *writer) acknowledged() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.acked)
}

// firstAfter returns the time of the first write acknowledged after a time, and of the last failed write since begin. They
// are zero if there is none.
func (w *writer) firstAfter(after time.Time) (first, failed time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for n := w.n; n > 0; n-- {
		a, acked := w.acked[n]
		if acked && !a.at.After(after) {
			break
		}
		if acked {
			first = a.at
		}
	}
	return first, w.failed
}

// staleness returns how long an answer had been stale when it was requested: the time since the first write that it lacks
// was acknowledged.
func (w *writer) staleness(seen int, asked time.Time) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	for n := seen + 1; n <= w.n; n++ {
		if a, acked := w.acked[n]; acked && a.at.Before(asked) {
			return asked.Sub(a.at)
		}
	}
	return 0
}

// loss returns the acknowledged writes that the graph lacks, and those of which it has only half.
func (w *writer) loss(all *masar.Contents) (lost []int, half []string) {
	have := map[string]int{}
	for _, e := range all.Entities {
		if t, ok := e.(*masar.Topic); ok {
			have[t.Code] = number(t.Titles.EN.Value)
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	newest := 0
	for n := 1; n <= w.n; n++ {
		there := 0
		for _, side := range sides {
			if have[fmt.Sprintf("%s-%d-%s", w.name, n, side)] == n {
				there++
			}
		}
		if _, acked := w.acked[n]; acked && there < len(sides) {
			lost = append(lost, n)
		}
		if there == 1 {
			half = append(half, fmt.Sprintf("write %d of %s is half-written", n, w.name))
		}
		if there == len(sides) {
			newest = n
		}
	}
	left, right := have[w.head("left")], have[w.head("right")]
	if left != right || left != newest {
		half = append(half, fmt.Sprintf("%s's heads are of the writes %d and %d, the newest is %d", w.name, left, right, newest))
	}
	return lost, half
}

// number returns the number of the write in a title.
func number(title string) (n int) {
	_, _ = fmt.Sscanf(title, "Write %d", &n)
	return n
}
