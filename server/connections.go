package server

import (
	"container/list"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"masar/operations"
)

// portion is how much of an answer a client has to take in within the time that counts as stalling. At the defaults
// that is 3 KiB a second.
const portion = 64 << 10

// connections are those that are open. There are never more than a server can bear: when all places are taken, the one
// that has been idle for longest makes room, and where none is idle the new one is turned away.
type connections struct {
	net.Listener
	most    int // of all
	share   int // of one client that is no proxy
	proxies Proxies
	stall   time.Duration
	refused func()

	mu   sync.Mutex
	open map[*connection]netip.Prefix
	held map[netip.Prefix]int // by client
	idle *list.List           // of *connection, the one that has been idle for longest first
}

func newConnections(l net.Listener, o Serving) *connections {
	return &connections{
		Listener: l, most: o.Connections, share: max(1, o.Connections/4), proxies: o.Proxies, stall: o.Stall, refused: o.Refused,
		open: map[*connection]netip.Prefix{}, held: map[netip.Prefix]int{}, idle: list.New(),
	}
}

// Accept waits for the next connection for which there is room.
func (c *connections) Accept() (net.Conn, error) {
	for {
		accepted, err := c.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if k := c.add(accepted); k != nil {
			return k, nil
		}
		c.refused()
		turnAway(accepted)
	}
}

// add finds room for a connection; nil if there is none.
func (c *connections) add(accepted net.Conn) *connection {
	from := address(accepted.RemoteAddr().String())
	k, client := &connection{Conn: accepted, of: c}, operations.ClientPrefix(from)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held[client] >= c.share && !c.proxies.trusts(from) {
		return nil
	}
	if len(c.open) >= c.most {
		longest := c.idle.Front()
		if longest == nil {
			return nil
		}
		idle := longest.Value.(*connection)
		c.remove(idle)
		_ = idle.Conn.Close()
	}
	c.open[k] = client
	c.held[client]++
	return k
}

// remove forgets a connection; again is the same as once.
func (c *connections) remove(k *connection) {
	client, isOpen := c.open[k]
	if !isOpen {
		return
	}
	c.wake(k)
	delete(c.open, k)
	if c.held[client]--; c.held[client] == 0 {
		delete(c.held, client)
	}
}

// wake takes a connection out of the idle ones.
func (c *connections) wake(k *connection) {
	if k.idling != nil {
		c.idle.Remove(k.idling)
		k.idling = nil
	}
}

// follow receives the state of a connection from the server.
func (c *connections) follow(conn net.Conn, state http.ConnState) {
	k := conn.(*connection)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wake(k)
	if _, isOpen := c.open[k]; isOpen && state == http.StateIdle {
		k.idling = c.idle.PushBack(k)
	}
}

// turnAway answers a connection without reading from it. The client sees the answer unless its request came first: then
// the system may tell it of the closing alone.
func turnAway(conn net.Conn) {
	const full = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
	_ = conn.SetWriteDeadline(time.Now().Add(100 * time.Millisecond))
	_, _ = conn.Write([]byte(full))
	_ = conn.Close()
}

// connection is one that is open.
type connection struct {
	net.Conn
	of     *connections
	idling *list.Element // nil unless it is idle
}

// Write writes by portions, each of which the client has its time for: a large answer to a slow client gets through, and
// one to a client that takes in nothing does not keep the connection.
func (k *connection) Write(b []byte) (written int, err error) {
	for err == nil && len(b) > 0 {
		var n int
		if err = k.SetWriteDeadline(time.Now().Add(k.of.stall)); err == nil {
			n, err = k.Conn.Write(b[:min(portion, len(b))])
		}
		written, b = written+n, b[n:]
	}
	return written, err
}

// CloseWrite ends what is sent to the client. The server does so, and waits a while, before it closes a connection on which
// a client is still sending: one that is closed at once is reset, and the client does not see the answer.
func (k *connection) CloseWrite() error {
	if half, ok := k.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Close ends the connection.
func (k *connection) Close() error {
	k.of.mu.Lock()
	k.of.remove(k)
	k.of.mu.Unlock()
	return k.Conn.Close()
}
