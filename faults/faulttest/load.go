//go:build linux

package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"masar"
)

// load is clients that read and write until it is stopped.
type load struct {
	readers *readers
	writers []*writer
	ended   sync.WaitGroup
	stop    func() // ends the clients and waits for them
}

// startLoad starts clients of services. Every writer opens the database itself.
func startLoad(ctx context.Context, services []*node, writers ...*writer) (*load, error) {
	l := &load{readers: newReaders(services, writers), writers: writers}
	for _, w := range writers {
		if err := until(ctx, "a writer to connect", func() error { return w.connect(ctx) }); err != nil {
			return nil, err
		}
	}
	ctx, stop := context.WithCancel(ctx)
	l.stop = func() { stop(); l.ended.Wait() }
	l.ended.Go(func() { l.readers.run(ctx) })
	for _, w := range writers {
		l.ended.Go(func() { w.run(ctx) })
	}
	return l, pause(ctx, 3*time.Second)
}

// begin starts the measurements of a fault.
func (l *load) begin() {
	l.readers.begin()
	for _, w := range l.writers {
		w.begin()
	}
}

// recovery reports whether each writer has had a write acknowledged after a time, and since when all operations succeed.
func (l *load) recovery(after time.Time) (recovered bool, calmSince time.Time) {
	calmSince, recovered = l.readers.lastFailure(), true
	for _, w := range l.writers {
		first, failed := w.firstAfter(after)
		recovered = recovered && !first.IsZero()
		for _, t := range []time.Time{first, failed} {
			if t.After(calmSince) {
				calmSince = t
			}
		}
	}
	return recovered, calmSince
}

// row returns the measurements since begin, for a fault that ended at a time.
func (l *load) row(name string, ended time.Time) row {
	r := row{fault: name, errors: map[string]int{}}
	l.readers.measure(&r)
	for _, w := range l.writers {
		w.measure(&r)
	}
	r.operations += r.reads
	recovered, calmSince := l.recovery(ended)
	if !recovered {
		calmSince = time.Now()
	}
	r.recovery = max(0, calmSince.Sub(ended))
	return r
}

// finish stops the clients, reads the whole graph, and adds lost and half-written writes to the rows. A write belongs to
// the fault during which it was acknowledged.
func (l *load) finish(ctx context.Context, rows []row) ([]row, error) {
	l.stop()
	var all *masar.Contents
	err := until(ctx, "the whole graph", func() (err error) {
		if err = l.writers[0].connect(ctx); err == nil {
			all, err = l.writers[0].store.Everything(ctx)
		}
		return err
	})
	if err != nil {
		return rows, err
	}
	group, _, _ := strings.Cut(rows[0].fault, ":")
	last := row{fault: group + ": all data at the end", note: fmt.Sprintf("%d faults in the data", len(all.Faults)), operations: 1}
	if len(all.Faults) > 0 {
		last.broken = append(last.broken, fmt.Sprintf("the graph has %d faults, such as %+v", len(all.Faults), all.Faults[0]))
	}
	for _, w := range l.writers {
		lost, half := w.loss(all)
		for _, n := range lost {
			r := &rows[max(0, min(w.acked[n].fault, len(rows))-1)]
			r.lost = append(r.lost, fmt.Sprintf("write %d of %s is lost", n, w.name))
		}
		last.half = append(last.half, half...)
		for _, snapshot := range w.doubled {
			last.half = append(last.half, fmt.Sprintf("snapshot %d was given to two writes", snapshot))
		}
		w.close()
	}
	rows = append(rows, last)
	for i := range rows {
		if n := len(rows[i].lost) + len(rows[i].half); n > 0 {
			rows[i].broken = append(rows[i].broken, fmt.Sprintf("%d writes are lost or half-written", n))
		}
	}
	return rows, nil
}

// injectAll runs faults one after another under the load and adds the rows to the table.
func (l *load) injectAll(ctx context.Context, faults []fault, results *table) error {
	var rows []row
	var failure error
	for _, f := range faults {
		r, err := f.run(ctx, l)
		if err != nil {
			failure = err
			break
		}
		rows = append(rows, r)
	}
	if len(rows) > 0 {
		var err error
		if rows, err = l.finish(ctx, rows); failure == nil {
			failure = err
		}
	}
	l.stop()
	results.add(rows...)
	return failure
}
