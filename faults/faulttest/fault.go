//go:build linux

package main

import (
	"context"
	"fmt"
	"time"
)

// fault is a disturbance of running processes.
type fault struct {
	name string
	// inject begins the fault. It returns what ends it; nil if masar itself has to recover.
	inject func(context.Context) (end func() error, err error)
	// lasts is the time between the begin and the end of the fault.
	lasts time.Duration
	promise
}

// promise is what must hold during a fault and after it. A zero value is no promise.
type promise struct {
	// answered is the least share of reads that are answered, and nearlyAll the time within which 99 of 100 are.
	answered  float64
	nearlyAll time.Duration
	// recovery is the time until all operations succeed again, after the end of the fault.
	recovery time.Duration
	// stale is the maximum staleness of an answer.
	stale time.Duration
}

// calm is the time without a failure after which a service counts as recovered.
const calm = 3 * time.Second

// run injects the fault under load, waits for recovery, and returns the results. Lost writes are found later.
func (f fault) run(ctx context.Context, l *load) (row, error) {
	progress("%s", f.name)
	l.begin()
	end, err := f.inject(ctx)
	if err != nil {
		return row{}, fmt.Errorf("%s: %w", f.name, err)
	}
	if err := pause(ctx, f.lasts); err != nil {
		return row{}, err
	}
	ended := time.Now()
	if end != nil {
		if err := end(); err != nil {
			return row{}, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	for {
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return row{}, err
		}
		recovered, calmSince := l.recovery(ended)
		if recovered && time.Since(calmSince) > calm || time.Since(ended) > 2*f.recovery {
			break
		}
	}
	r := l.row(f.name, ended)
	r.broken = f.check(r)
	return r, nil
}

// check returns the promises that a result breaks.
func (p promise) check(r row) []string {
	var all []string
	if answered := 1 - float64(r.failed)/float64(max(1, r.reads)); answered < p.answered || r.reads == 0 {
		all = append(all, fmt.Sprintf("%.1f %% of %d reads were answered, at least %.1f %% must be", 100*answered, r.reads, 100*p.answered))
	}
	if p.nearlyAll > 0 && r.nearlyAll > p.nearlyAll {
		all = append(all, fmt.Sprintf("99 of 100 reads took up to %s, more than %s", seconds(r.nearlyAll), seconds(p.nearlyAll)))
	}
	if r.stale > p.stale {
		all = append(all, fmt.Sprintf("an answer was stale for %s, more than %s", seconds(r.stale), seconds(p.stale)))
	}
	if r.recovery > p.recovery {
		all = append(all, fmt.Sprintf("recovery took %s, more than %s", seconds(r.recovery), seconds(p.recovery)))
	}
	return all
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
