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

// portion is the number of bytes that a client must receive within Serving.Stall. With the default this is 3 KiB a
// second.
const portion = 64 << 10

// connections are the open connections, at most a fixed number. If all places are taken, the connection that has been
// idle for longest is closed. If none is idle, the new connection is refused.
type connections struct {
	net.Listener
	all     int // maximum number of open connections
	share   int // maximum for one client
	here    int // maximum for this machine, where a proxy may hold those of many clients
	proxies Proxies
	stall   time.Duration
	refused func()

	mu   sync.Mutex
	open map[*connection]netip.Prefix
	held map[netip.Prefix]int // number of open connections by client
	idle *list.List           // idle connections (*connection), longest idle first
}

func newConnections(l net.Listener, o Serving) *connections {
	return &connections{
		Listener: l, all: o.Connections, share: max(1, o.Connections/4), here: max(1, operations.LocalShare(o.Connections)), proxies: o.Proxies, stall: o.Stall, refused: o.Refused,
		open: map[*connection]netip.Prefix{}, held: map[netip.Prefix]int{}, idle: list.New(),
	}
}

// Accept waits for the next connection for which there is a place.
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
		refuseConnection(accepted)
	}
}

// add registers an accepted connection. It returns nil if there is no place.
func (c *connections) add(accepted net.Conn) *connection {
	from := address(accepted.RemoteAddr().String())
	k, client := &connection{Conn: accepted, of: c}, operations.ClientPrefix(from)
	c.mu.Lock()
	defer c.mu.Unlock()
	// A proxy on this machine keeps connections open for many: one that it does not use makes room.
	own := func(k *connection) bool { return from.IsLoopback() && c.open[k] == client }
	if c.held[client] >= c.most(from) && !c.makeRoom(own) {
		return nil
	}
	if len(c.open) >= c.all && !c.makeRoom(func(*connection) bool { return true }) {
		return nil
	}
	c.open[k] = client
	c.held[client]++
	return k
}

// makeRoom closes the connection that has been idle for longest among those that mayClose accepts. It returns false if
// there is none.
func (c *connections) makeRoom(mayClose func(*connection) bool) bool {
	for e := c.idle.Front(); e != nil; e = e.Next() {
		if k := e.Value.(*connection); mayClose(k) {
			c.remove(k)
			_ = k.Conn.Close()
			return true
		}
	}
	return false
}

// most is the maximum number of connections of a client; a trusted proxy may have all.
func (c *connections) most(from netip.Addr) int {
	switch {
	case from.IsLoopback():
		return c.here
	case c.proxies.trusts(from):
		return c.all
	}
	return c.share
}

// remove forgets a connection. It can be called more than once.
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

// wake removes a connection from the idle list.
func (c *connections) wake(k *connection) {
	if k.idling != nil {
		c.idle.Remove(k.idling)
		k.idling = nil
	}
}

// follow is called by the server when the state of a connection changes.
func (c *connections) follow(conn net.Conn, state http.ConnState) {
	k := conn.(*connection)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wake(k)
	if _, isOpen := c.open[k]; isOpen && state == http.StateIdle {
		k.idling = c.idle.PushBack(k)
	}
}

// refuseConnection answers a connection without reading from it. If the client has already sent its request, its system may
// report a reset instead of the answer.
func refuseConnection(conn net.Conn) {
	const full = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
	_ = conn.SetWriteDeadline(time.Now().Add(100 * time.Millisecond))
	_, _ = conn.Write([]byte(full))
	_ = conn.Close()
}

// connection is one open connection.
type connection struct {
	net.Conn
	of     *connections
	idling *list.Element // its place in the idle list; nil unless it is idle
}

// Write sends the answer in portions and renews the deadline for each. A slow client receives a large answer in full,
// and a client that receives nothing loses its connection.
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

// CloseWrite ends the sending side of the connection. The server calls it and waits before it closes a connection on
// which a client is still sending. Closing at once would reset the connection, and the client would not see the answer.
func (k *connection) CloseWrite() error {
	if half, ok := k.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Close closes the connection.
func (k *connection) Close() error {
	k.of.mu.Lock()
	k.of.remove(k)
	k.of.mu.Unlock()
	return k.Conn.Close()
}
