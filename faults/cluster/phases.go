//go:build linux

package main

import (
	"context"
	"fmt"
	"maps"
	"syscall"
	"time"

	"masar"
	"masar/faults"
)

// phase is a period in which one node has a fault, and a time after it.
type phase struct {
	name  string
	node  func(ctx context.Context, c *cluster) (*node, error) // nil for no fault
	begin func(c *cluster, n *node) error
	end   func(c *cluster, n *node) error
	lasts time.Duration
}

// The nodes that have faults.
func follower(ctx context.Context, c *cluster) (*node, error) {
	_, n, err := c.leader(ctx, c.alphas)
	return n, err
}

func leader(ctx context.Context, c *cluster) (*node, error) {
	n, _, err := c.leader(ctx, c.alphas)
	return n, err
}

func zeroLeader(ctx context.Context, c *cluster) (*node, error) {
	n, _, err := c.leader(ctx, c.zeros)
	return n, err
}

// fault breaks and repairs a node.
type fault struct {
	name       string
	begin, end func(c *cluster, n *node) error
}

var faultKinds = []fault{
	{"killed", func(_ *cluster, n *node) error { n.end(); return nil }, func(c *cluster, n *node) error { return c.launch(n) }},
	{"hung", func(_ *cluster, n *node) error { return n.signal(syscall.SIGSTOP) }, func(_ *cluster, n *node) error { return n.signal(syscall.SIGCONT) }},
	{"cut off", func(c *cluster, n *node) error { c.network.Set(n.name, faults.Condition{Blackhole: true}); return nil },
		func(c *cluster, n *node) error { c.network.Set(n.name, faults.Condition{}); return nil }},
}

// weak makes the connections of a node bad but not broken.
var weak = []struct {
	name      string
	condition faults.Condition
}{
	{"answers are cut in 30 of 100", faults.Condition{Cut: .3}},
	{"100 ms away", faults.Condition{Delay: 100 * time.Millisecond}},
}

// phases returns all phases, with faults of the given duration.
func phases(lengths []time.Duration) []phase {
	all := []phase{{name: "none", lasts: 12 * time.Second}}
	targets := []struct {
		name string
		node func(context.Context, *cluster) (*node, error)
	}{{"follower", follower}, {"leader", leader}, {"leader of Zero", zeroLeader}}
	for _, lasts := range lengths {
		for _, target := range targets {
			for _, f := range faultKinds {
				all = append(all, phase{fmt.Sprintf("%s %s, %.0f s", target.name, f.name, lasts.Seconds()), target.node, f.begin, f.end, lasts})
			}
		}
	}
	for _, w := range weak {
		all = append(all, phase{"a follower's " + w.name, follower,
			func(c *cluster, n *node) error { c.network.Set(n.name, w.condition); return nil },
			func(c *cluster, n *node) error { c.network.Set(n.name, faults.Condition{}); return nil }, 12 * time.Second})
	}
	return all
}

// after is the duration of a phase after its fault.
const after = 10 * time.Second

// outcome is the result of a phase.
type outcome struct {
	phase                   phase
	reads, failed           int
	half, nearlyAll, worst  time.Duration // of the reads: the median, the 99th percentile, the maximum
	stale, gap, back        time.Duration
	acked                   int
	readErrors, writeErrors map[string]int
	halves                  []string
}

// run runs a phase.
func (p phase) run(ctx context.Context, c *cluster, r *readers, writers []*writer) (outcome, error) {
	var n *node
	var err error
	if p.node != nil {
		if n, err = p.node(ctx, c); err != nil {
			return outcome{}, err
		}
	}
	r.begin()
	before := 0
	for _, w := range writers {
		before += w.begin()
	}
	if n != nil {
		if err := p.begin(c, n); err != nil {
			return outcome{}, err
		}
	}
	if err := pause(ctx, p.lasts); err != nil {
		return outcome{}, err
	}
	mended := time.Now()
	if n != nil {
		if err := p.end(c, n); err != nil {
			return outcome{}, err
		}
	}
	if err := pause(ctx, after); err != nil {
		return outcome{}, err
	}
	return p.outcome(r, writers, before, mended), nil
}

func (p phase) outcome(r *readers, writers []*writer, before int, mended time.Time) outcome {
	o := outcome{phase: p, acked: -before, writeErrors: map[string]int{}}
	for _, w := range writers {
		acked, gap, failures := w.phase()
		o.acked, o.gap = o.acked+acked, max(o.gap, gap)
		for code, n := range failures {
			o.writeErrors[code] += n
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	o.reads, o.failed, o.stale = len(r.took), r.failed, r.stale
	o.half, o.nearlyAll, o.worst = quantile(r.took, .5), quantile(r.took, .99), quantile(r.took, 1)
	o.readErrors, o.halves = maps.Clone(r.causes), r.halves
	if r.last.After(mended) {
		o.back = r.last.Sub(mended)
	}
	return o
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// The promises, as limits of the measurements.
const (
	leastAnswered = .995
	mostNearlyAll = time.Second
)

// broken lists the promises that a phase broke.
func (o outcome) broken(maxStale time.Duration) []string {
	var all []string
	if answered := 1 - float64(o.failed)/float64(max(1, o.reads)); answered < leastAnswered || o.reads == 0 {
		all = append(all, fmt.Sprintf("%.1f %% of reads were answered, at least %.1f %% must be", 100*answered, 100*leastAnswered))
	}
	if o.nearlyAll > mostNearlyAll {
		all = append(all, fmt.Sprintf("99 of 100 reads took up to %s, more than %s", o.nearlyAll.Round(time.Millisecond), mostNearlyAll))
	}
	if o.stale > maxStale {
		all = append(all, fmt.Sprintf("an answer was stale for %s, more than %s", o.stale.Round(time.Millisecond), maxStale))
	}
	if len(o.halves) > 0 {
		all = append(all, fmt.Sprintf("%d answers show half of a write, such as %s", len(o.halves), o.halves[0]))
	}
	if o.acked == 0 {
		all = append(all, "no write was acknowledged")
	}
	return all
}

// end checks how much of the acknowledged data the graph has at the end.
type end struct {
	acked, findings int
	lost, half      []string
}

func inspect(ctx context.Context, writers []*writer) (end, error) {
	var all *masar.Contents
	if err := until(ctx, "the whole graph", func() (err error) {
		all, err = writers[0].store.Everything(ctx)
		return err
	}); err != nil {
		return end{}, err
	}
	e := end{findings: len(all.Faults)}
	for _, w := range writers {
		lost, half := w.loss(all)
		e.lost, e.half = append(e.lost, lost...), append(e.half, half...)
		for _, snapshot := range w.doubled {
			e.half = append(e.half, fmt.Sprintf("snapshot %d was given to two writes", snapshot))
		}
		e.acked += len(w.acked)
	}
	return e, nil
}
