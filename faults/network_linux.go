package faults

import (
	"errors"
	"sync"
)

// Network is a set of processes that reach each other through proxies.
type Network struct {
	Processes

	mu         sync.Mutex
	conditions map[string]Condition // by process; for its connections in both directions
	proxies    []*Proxy
}

// Proxy opens a proxy for an address of a process.
func (n *Network) Proxy(process, to string) (address string, err error) {
	p, err := NewProxy(to, n.Owner, func(from string) Condition { return n.between(from, process) })
	if err != nil {
		return "", err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.proxies = append(n.proxies, p)
	return p.Addr(), nil
}

// Set sets the condition of all connections from and to a process.
func (n *Network) Set(process string, c Condition) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.conditions == nil {
		n.conditions = map[string]Condition{}
	}
	n.conditions[process] = c
}

// between returns the condition of a connection: the worse condition of its two ends.
func (n *Network) between(a, b string) Condition {
	n.mu.Lock()
	defer n.mu.Unlock()
	x, y := n.conditions[a], n.conditions[b]
	return Condition{Blackhole: x.Blackhole || y.Blackhole, Delay: max(x.Delay, y.Delay), Cut: max(x.Cut, y.Cut)}
}

// Close closes all proxies.
func (n *Network) Close() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	var all []error
	for _, p := range n.proxies {
		all = append(all, p.Close())
	}
	return errors.Join(all...)
}
