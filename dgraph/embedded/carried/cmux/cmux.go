// Package cmux takes the place of github.com/soheilhy/cmux in the Dgraph that the binary carries.
//
// Dgraph divides the connections to its HTTP port between two listeners: a plaintext one for those whose first request is
// for /health, and one with TLS for all others. The plaintext one serves every further request of a connection as well, so
// that a client without a certificate could ask for /health and then read, change and erase the graph on the same
// connection. Here every connection goes to the last listener: with TLS, that is the one with TLS; without it, there is
// one listener only.
package cmux

import (
	"errors"
	"io"
	"net"
	"sync"
)

// Matcher would decide about a connection by its first bytes. It is never asked.
type Matcher func(io.Reader) bool

// Any is a matcher for every connection.
func Any() Matcher { return func(io.Reader) bool { return true } }

// CMux passes the connections of a listener on.
type CMux interface {
	// Match makes another listener.
	Match(...Matcher) net.Listener
	// Serve passes connections to the listener that was made last, until accepting one fails.
	Serve() error
}

// New makes a CMux of a listener.
func New(root net.Listener) CMux { return &mux{root: root} }

type mux struct {
	root      net.Listener
	mu        sync.Mutex
	listeners []*listener
}

// Match implements CMux.
func (m *mux) Match(...Matcher) net.Listener {
	m.mu.Lock()
	defer m.mu.Unlock()
	l := &listener{root: m.root, connections: make(chan net.Conn), ended: make(chan struct{})}
	m.listeners = append(m.listeners, l)
	return l
}

// Serve implements CMux.
func (m *mux) Serve() error {
	m.mu.Lock()
	all := m.listeners
	m.mu.Unlock()
	for _, l := range all {
		defer close(l.ended)
	}
	if len(all) == 0 {
		return errors.New("cmux: there is no listener to pass connections to")
	}
	last := all[len(all)-1]
	for {
		c, err := m.root.Accept()
		if err != nil {
			return err
		}
		last.connections <- c
	}
}

// listener is one of the listeners between which a real cmux would divide connections.
type listener struct {
	root        net.Listener
	connections chan net.Conn
	ended       chan struct{} // closed when no more connections come
}

// Accept implements net.Listener.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.connections:
		return c, nil
	case <-l.ended:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener. It closes the listener that all share.
func (l *listener) Close() error { return l.root.Close() }

// Addr implements net.Listener.
func (l *listener) Addr() net.Addr { return l.root.Addr() }
