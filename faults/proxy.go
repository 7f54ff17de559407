// Package faults disturbs the connections between processes on one machine: it delays, cuts or blocks them. It needs no
// privileges and no firewall, because every process is reached through a proxy on loopback.
package faults

import (
	"errors"
	"math/rand/v2"
	"net"
	"sync"
	"time"
)

// Condition is the condition of a connection. The zero value is a normal connection.
type Condition struct {
	// Blackhole passes nothing and reports no error. Data that was sent arrives when the condition ends.
	Blackhole bool
	// Delay is added to each part of the data, in each direction.
	Delay time.Duration
	// Cut is the share of the parts of answers after which the connection is closed.
	Cut float64
}

// Proxy forwards connections to one address. Its condition can change at any time.
type Proxy struct {
	listener net.Listener
	to       string
	// condition is called for each forwarded part, with the name of the process that opened the connection.
	condition func(from string) Condition
	owner     func(net.Conn) string

	mu     sync.Mutex
	open   map[net.Conn]bool
	closed bool
}

// NewProxy opens a proxy on a free port of loopback. owner returns the name of the process that has opened a connection;
// with nil, connections have no names.
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

// Addr is the address on which the proxy listens.
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

// keep registers a connection, so that Close closes it. It returns false if the proxy is closed.
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

// pass forwards one connection until one of its ends is closed.
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

// await waits until data may pass. It returns false if the proxy is closed.
func (p *Proxy) await(from string) bool {
	for p.condition(from).Blackhole {
		if p.isClosed() {
			return false
		}
		time.Sleep(10 * time.Millisecond)
	}
	return true
}

// pump forwards the data from one end.
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
				p.await(owner) // the end of the data is delayed too
			}
			return
		}
	}
}
