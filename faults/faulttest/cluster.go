//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"masar/faults"
)

// cluster has three Zeros, three Alphas and two services, which reach each other through proxies.
type cluster struct {
	binary, dir string
	maxStale    time.Duration // the limit on staleness of the services
	network     faults.Network
	zeros       []*node
	alphas      []*node
	services    []*node
	dgraph      string // the dgraph:// URL of the Alphas, through their proxies
}

// Dgraph's default ports; each node adds an offset.
const zeroGRPC, zeroHTTP, alphaInternal, alphaHTTP, alphaGRPC = 5080, 6080, 7080, 8080, 9080

const members = 3

func at(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

// offsets returns port offsets for which all ports are free.
func offsets(n int) ([]int, error) {
	for range 1000 {
		first := 10_000 + rand.IntN(12_000)
		var all []int
		for i := range n {
			offset := first + 7*i
			for _, port := range []int{zeroGRPC, zeroHTTP, alphaInternal, alphaHTTP, alphaGRPC} {
				l, err := net.Listen("tcp", at(port+offset))
				if err != nil {
					break
				}
				l.Close()
				if port == alphaGRPC {
					all = append(all, offset)
				}
			}
		}
		if len(all) == n {
			return all, nil
		}
	}
	return nil, errors.New("found no free ports on 127.0.0.1")
}

// newCluster creates a cluster in a directory and starts it.
func newCluster(ctx context.Context, binary, dir string, maxStale time.Duration) (*cluster, error) {
	c := &cluster{binary: binary, dir: dir, maxStale: maxStale}
	offset, err := offsets(members)
	if err != nil {
		return nil, err
	}
	c.network.Add(os.Getpid(), "writers")
	var zeros, alphas []string
	for i, o := range offset {
		zero, err1 := c.network.Proxy(fmt.Sprint("zero", i+1), at(zeroGRPC+o))
		alpha, err2 := c.network.Proxy(fmt.Sprint("alpha", i+1), at(alphaInternal+o))
		grpc, err3 := c.network.Proxy(fmt.Sprint("alpha", i+1), at(alphaGRPC+o))
		if err := errors.Join(err1, err2, err3); err != nil {
			return nil, err
		}
		zeros, alphas = append(zeros, zero), append(alphas, grpc)
		c.zeros = append(c.zeros, c.zero(i, o, zeros))
		c.alphas = append(c.alphas, c.alpha(i, o, alpha))
	}
	for _, a := range c.alphas {
		a.args = append(a.args, "--zero="+strings.Join(zeros, ","))
	}
	c.dgraph = "dgraph://" + strings.Join(alphas, ",")
	for i := range 2 {
		n, err := service(fmt.Sprint("service", i+1), c.dir, "--dgraph", c.dgraph, "--max-stale", c.maxStale.String())
		if err != nil {
			return nil, err
		}
		c.services = append(c.services, n)
	}
	return c, c.start(ctx)
}

const quiet = "--telemetry=reports=false; sentry=false;"

func (c *cluster) zero(i, offset int, addresses []string) *node {
	args := []string{
		"dgraph", "zero", "--logtostderr", "--bindall=false", quiet, "--wal=zw", fmt.Sprint("--port_offset=", offset),
		"--my=" + addresses[i], fmt.Sprint("--replicas=", members), fmt.Sprintf("--raft=idx=%d;", i+1),
	}
	if i > 0 {
		args = append(args, "--peer="+addresses[0])
	}
	return c.node(fmt.Sprint("zero", i+1), at(zeroHTTP+offset), args)
}

func (c *cluster) alpha(i, offset int, address string) *node {
	return c.node(fmt.Sprint("alpha", i+1), at(alphaHTTP+offset), []string{
		"dgraph", "alpha", "--logtostderr", "--bindall=false", quiet, "--postings=p", "--wal=w", "--tmp=t", "--export=export",
		fmt.Sprint("--port_offset=", offset), "--my=" + address, "--cache=size-mb=64;",
	})
}

func (c *cluster) node(name, http string, args []string) *node {
	return &node{name: name, http: http, args: args, dir: filepath.Join(c.dir, name)}
}

// launch starts the process of a node, and names its connections.
func (c *cluster) launch(n *node) error {
	if err := n.launch(c.binary); err != nil {
		return err
	}
	c.network.Add(n.cmd.Process.Pid, n.name)
	return nil
}

// start starts all nodes and waits until both services are ready.
func (c *cluster) start(ctx context.Context) error {
	for _, n := range c.zeros {
		if err := c.launch(n); err != nil {
			return err
		}
		if err := n.awaitHealthy(ctx); err != nil {
			return err
		}
	}
	for _, n := range c.alphas {
		if err := c.launch(n); err != nil {
			return err
		}
		if err := n.awaitHealthy(ctx); err != nil {
			return err
		}
	}
	for _, n := range c.services {
		if err := c.launch(n); err != nil {
			return err
		}
		if err := n.awaitReady(ctx); err != nil {
			return err
		}
	}
	return nil
}

// stop ends all nodes.
func (c *cluster) stop() {
	for _, all := range [][]*node{c.services, c.alphas, c.zeros} {
		for _, n := range all {
			n.end()
		}
	}
	_ = c.network.Close()
}

// leader returns the node that leads a group.
func (c *cluster) leader(ctx context.Context, nodes []*node) (leader, follower *node, err error) {
	err = until(ctx, "a leader", func() error {
		leader, follower = nil, nil
		for _, n := range nodes {
			metrics, err := get(n.http, "/metrics")
			switch {
			case err != nil:
				return err
			case leads.MatchString(metrics):
				leader = n
			default:
				follower = n
			}
		}
		if leader == nil || follower == nil {
			return errors.New("none leads")
		}
		return nil
	})
	return leader, follower, err
}

// leads matches the metric with which a process reports that it leads its group. Zero leads group 0, an Alpha group 1.
var leads = regexp.MustCompile(`(?m)^dgraph_raft_is_leader\{group="\d+"\} 1$`)
