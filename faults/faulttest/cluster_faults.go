//go:build linux

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"syscall"
	"time"

	"masar/faults"
)

// target chooses the node of a cluster that gets a fault.
type target struct {
	name string
	node func(context.Context, *cluster) (*node, error)
}

var targets = []target{
	{"follower", func(ctx context.Context, c *cluster) (*node, error) {
		_, n, err := c.leader(ctx, c.alphas)
		return n, err
	}},
	{"leader of the Alphas", func(ctx context.Context, c *cluster) (*node, error) {
		n, _, err := c.leader(ctx, c.alphas)
		return n, err
	}},
	{"leader of the Zeros", func(ctx context.Context, c *cluster) (*node, error) {
		n, _, err := c.leader(ctx, c.zeros)
		return n, err
	}},
}

// nodeFault breaks and repairs a node.
type nodeFault struct {
	name       string
	begin, end func(c *cluster, n *node) error
}

var nodeFaults = []nodeFault{
	{"killed", func(_ *cluster, n *node) error { n.end(); return nil }, func(c *cluster, n *node) error { return c.launch(n) }},
	{"hung", func(_ *cluster, n *node) error { return n.signal(syscall.SIGSTOP) },
		func(_ *cluster, n *node) error { return n.signal(syscall.SIGCONT) }},
	network("cut off", faults.Condition{Blackhole: true}),
}

// weak are faults that make the connections of a node bad but do not break them.
var weak = []nodeFault{
	network("closes connections during 30 of 100 answers", faults.Condition{Cut: .3}),
	network("100 ms away", faults.Condition{Delay: 100 * time.Millisecond}),
}

// network is a fault of the connections of a node.
func network(name string, condition faults.Condition) nodeFault {
	set := func(condition faults.Condition) func(*cluster, *node) error {
		return func(c *cluster, n *node) error { c.network.Set(n.name, condition); return nil }
	}
	return nodeFault{name, set(condition), set(faults.Condition{})}
}

// The durations of faults in a cluster.
const shortFault, longFault = 12 * time.Second, 65 * time.Second

// on returns a fault of a target.
func (f nodeFault) on(c *cluster, t target, lasts time.Duration) fault {
	inject := func(ctx context.Context) (func() error, error) {
		n, err := t.node(ctx, c)
		if err != nil {
			return nil, err
		}
		return func() error { return f.end(c, n) }, f.begin(c, n)
	}
	return fault{
		name:   fmt.Sprintf("cluster: %s %s, %.0f s", t.name, f.name, lasts.Seconds()),
		inject: inject, lasts: lasts,
		promise: promise{answered: .995, nearlyAll: time.Second, recovery: 30 * time.Second, stale: c.maxStale},
	}
}

// quorumLost kills two of the three Alphas or Zeros, and starts them again.
func (c *cluster) quorumLost(what string, nodes []*node, lasts time.Duration) fault {
	return fault{
		name:  fmt.Sprintf("cluster: two of three %s killed, %.0f s", what, lasts.Seconds()),
		lasts: lasts,
		inject: func(ctx context.Context) (func() error, error) {
			leader, follower, err := c.leader(ctx, nodes)
			if err != nil {
				return nil, err
			}
			leader.end()
			follower.end()
			return func() error { return errors.Join(c.launch(leader), c.launch(follower)) }, nil
		},
		promise: promise{recovery: 60 * time.Second, stale: c.maxStale},
	}
}

// diskLost kills an Alpha, deletes its data, takes it out of its group, and starts it as a new member.
func (c *cluster) diskLost() fault {
	return fault{
		name:  fmt.Sprintf("cluster: an Alpha loses its disk, and is replaced after %.0f s", shortFault.Seconds()),
		lasts: shortFault,
		inject: func(ctx context.Context) (func() error, error) {
			_, follower, err := c.leader(ctx, c.alphas)
			if err != nil {
				return nil, err
			}
			id, err := c.member(follower)
			if err != nil {
				return nil, err
			}
			follower.end()
			return func() error {
				zero, _, err := c.leader(ctx, c.zeros)
				if err != nil {
					return err
				}
				if _, err := get(zero.http, "/removeNode?group=1&id="+id); err != nil {
					return err
				}
				if err := os.RemoveAll(follower.dir); err != nil {
					return err
				}
				if err := c.launch(follower); err != nil {
					return err
				}
				return follower.awaitHealthy(ctx)
			}, nil
		},
		promise: promise{answered: .995, nearlyAll: time.Second, recovery: 60 * time.Second, stale: c.maxStale},
	}
}

// member returns the id that an Alpha has in its group.
func (c *cluster) member(alpha *node) (string, error) {
	text, err := get(c.zeros[0].http, "/state")
	if err != nil {
		return "", err
	}
	var state struct {
		Groups map[string]struct {
			Members map[string]struct{ Addr string }
		}
	}
	if err := json.Unmarshal([]byte(text), &state); err != nil {
		return "", err
	}
	for id, m := range state.Groups["1"].Members {
		if slices.Contains(alpha.args, "--my="+m.Addr) {
			return id, nil
		}
	}
	return "", fmt.Errorf("no member of the group is %s: %s", alpha.name, text)
}

// faults returns the faults of the cluster. The short form has one of each kind.
func (c *cluster) faults(short bool) []fault {
	if short {
		return []fault{
			nodeFaults[2].on(c, targets[0], shortFault),
			nodeFaults[0].on(c, targets[1], shortFault),
			nodeFaults[1].on(c, targets[2], shortFault),
		}
	}
	var all []fault
	for _, lasts := range []time.Duration{shortFault, longFault} {
		for _, t := range targets {
			for _, f := range nodeFaults {
				all = append(all, f.on(c, t, lasts))
			}
		}
	}
	for _, f := range weak {
		all = append(all, f.on(c, targets[0], shortFault))
	}
	return append(all, c.quorumLost("Alphas", c.alphas, shortFault), c.quorumLost("Alphas", c.alphas, longFault), c.quorumLost("Zeros", c.zeros, longFault), c.diskLost())
}

// clustered tests two services with a cluster of three Zeros and three Alphas.
func clustered(ctx context.Context, o options, results *table) error {
	progress("starting a cluster")
	c, err := newCluster(ctx, o.binary, o.dir, o.maxStale)
	if c != nil {
		defer c.stop()
	}
	if err != nil {
		return err
	}
	address := func() (string, error) { return c.dgraph, nil }
	l, err := startLoad(ctx, c.services, newWriter("fault-a", address), newWriter("fault-b", address))
	if err != nil {
		return err
	}
	return l.injectAll(ctx, o.selected(c.faults(o.short)), results)
}
