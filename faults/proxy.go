// Package faults breaks the connections between processes on one machine on purpose: it delays them, cuts them, and lets
// nothing through any more. It needs no rights and no firewall, because every process is reached through a proxy on loopback.
package faults

import (
	"errors"
	"math/rand/v2"
	"net"
	"sync"
	"time"
)

// Condition is how bad a connection is. The zero value is a good one.
type Condition struct {
	// Blackhole lets nothing through, and says nothing of it: what was sent arrives when the condition ends.
	Blackhole bool
	// Delay is added to each part of what is sent, each way.
	Delay time.Duration
	// Cut is the share of the parts of answers at which the connection is closed.
	Cut float64
}

// Proxy passes connections on to one address, in a condition that may change at any time.
type Proxy struct {
	listener net.Listener
	to       string
	// condition is asked for each part that is passed on, with the name of the process that opened the connection.
	condition func(from string) Condition
	owner     func(net.Conn) string

	mu     sync.Mutex
	open   map[net.Conn]bool
	closed bool
}

// NewProxy opens a proxy on a free port of loopback. owner names the process that has opened a connection; nil names none.
func NewProxy(to string, owner func(net.Conn) string, condition func(from string) Condition) (*Proxy, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	if owner == nil {
		owner = func(net.Conn) string { return "" }
	}
	p := &Proxy{listener: listener, to: to, condition: condition, owner: owner, open: map[net.Conn]bool{}}
	go p.accept()
	return p, nil
}

// Addr is the address at which the proxy listens.
func (p *Proxy) Addr() string { return p.listener.Addr().String() }

// Close closes the proxy and all its connections.
func (p *Proxy) Close() error {
	p.mu.Lock()
	p.closed = true
	for c := range p.open {
		c.Close()
	}
	p.mu.Unlock()
	return p.listener.Close()
}

func (p *Proxy) accept() {
	for {
		c, err := p.listener.Accept()
		if err != nil {
			return
		}
		go p.pass(c)
	}
}

// keep notes a connection, so that Close closes it; false where the proxy is closed already.
func (p *Proxy) keep(c net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		c.Close()
		return false
	}
	p.open[c] = true
	return true
}

func (p *Proxy) drop(c net.Conn) {
	c.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.open, c)
}

func (p *Proxy) isClosed() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closed
}

// pass passes one connection on until one of its ends is closed.
func (p *Proxy) pass(client net.Conn) {
	if !p.keep(client) {
		return
	}
	defer p.drop(client)
	from := p.owner(client)
	if !p.await(from) {
		return
	}
	server, err := net.Dial("tcp", p.to)
	if err != nil || !p.keep(server) {
		return
	}
	defer p.drop(server)
	ended := make(chan struct{}, 2)
	go p.pump(client, server, from, false, ended)
	go p.pump(server, client, from, true, ended)
	<-ended
}

// await waits until something passes; false where the proxy is closed.
func (p *Proxy) await(from string) bool {
	for p.condition(from).Blackhole {
		if p.isClosed() {
			return false
		}
		time.Sleep(10 * time.Millisecond)
	}
	return true
}

// pump passes on what one end sends.
func (p *Proxy) pump(from, to net.Conn, owner string, answers bool, ended chan<- struct{}) {
	defer func() { ended <- struct{}{} }()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			if !p.await(owner) {
				return
			}
			c := p.condition(owner)
			time.Sleep(c.Delay)
			if answers && rand.Float64() < c.Cut {
				return
			}
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil {
			if !errors.Is(err, net.ErrClosed) {
				p.await(owner) // the end, too, arrives late
			}
			return
		}
	}
}
