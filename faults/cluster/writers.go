//go:build linux

package main

import (
	"context"
	"fmt"
	"maps"
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
	store *dgraph.Store

	mu        sync.Mutex
	n         int               // the number of the last write
	acked     map[int]time.Time // the time at which each write was acknowledged
	snapshots map[int64]bool
	doubled   []int64 // snapshots that two writes received
	last      time.Time
	gap       time.Duration // the longest time without an acknowledged write
	errors    map[string]int
}

func newWriter(ctx context.Context, name, address string) (*writer, error) {
	store, err := dgraph.Open(ctx, address, dgraph.WithAnalyser(search.Pack))
	if err != nil {
		return nil, err
	}
	return &writer{name: name, store: store, acked: map[int]time.Time{}, snapshots: map[int64]bool{}, errors: map[string]int{}, last: time.Now()}, nil
}

// writePause is the pause between two writes of a writer.
const writePause = 300 * time.Millisecond

// writeTime is the time limit of a write.
const writeTime = 20 * time.Second

// run writes until the context ends.
func (w *writer) run(ctx context.Context) {
	for ctx.Err() == nil {
		w.mu.Lock()
		w.n++
		n := w.n
		w.mu.Unlock()
		attempt, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTime)
		changes, err := w.store.Save(attempt, dgraph.Write{Batch: w.batch(n), By: w.name})
		cancel()
		w.note(n, changes.Snapshot, err)
		time.Sleep(writePause)
	}
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
	w.gap = max(w.gap, now.Sub(w.last))
	if err != nil {
		w.errors[string(masar.ErrorCode(err))]++
		return
	}
	w.last, w.acked[n] = now, now
	if w.snapshots[snapshot] {
		w.doubled = append(w.doubled, snapshot)
	}
	w.snapshots[snapshot] = true
}

// begin starts the measurement of a phase. Earlier writes stay recorded.
func (w *writer) begin() (acked int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.gap, w.last, w.errors = 0, time.Now(), map[string]int{}
	return len(w.acked)
}

// phase returns the measurements of a writer since begin.
func (w *writer) phase() (acked int, gap time.Duration, errors map[string]int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.acked), max(w.gap, time.Since(w.last)), maps.Clone(w.errors)
}

// staleness returns how long an answer had been stale when it was requested: the time since the first write that it lacks
// was acknowledged.
func (w *writer) staleness(seen int, asked time.Time) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	for n := seen + 1; n <= w.n; n++ {
		if at, acked := w.acked[n]; acked && at.Before(asked) {
			return asked.Sub(at)
		}
	}
	return 0
}

// loss returns the acknowledged writes that the graph lacks, and those of which it has only half.
func (w *writer) loss(all *masar.Contents) (lost, half []string) {
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
			lost = append(lost, fmt.Sprint(w.name, " ", n))
		}
		if there == 1 {
			half = append(half, fmt.Sprint(w.name, " ", n))
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
