package server

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// served is a server on a TCP port of its own.
type served struct {
	address string
	stop    func()
	ended   chan error
}

func serve(t *testing.T, h http.HandlerFunc, o Serving) served {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serveOn(t, listener, h, o)
}

func serveOn(t *testing.T, listener net.Listener, h http.HandlerFunc, o Serving) served {
	t.Helper()
	o.Log = slog.New(slog.DiscardHandler)
	ctx, stop := context.WithCancel(t.Context())
	s := served{listener.Addr().String(), stop, make(chan error, 1)}
	go func() { s.ended <- Serve(ctx, listener, h, o) }()
	return s
}

// connect opens a connection and sends some bytes, or none.
func (s served) connect(t *testing.T, sent string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if _, err := io.WriteString(conn, sent); err != nil {
		t.Fatal(err)
	}
	return conn
}

// status reads an answer and returns its status; 0 if the connection was closed instead.
func status(t *testing.T, conn net.Conn) int {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	r, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err, isNet := errors.AsType[net.Error](err); isNet && err.Timeout() {
		t.Fatal("the connection has no answer and stays open")
	}
	if err != nil {
		return 0
	}
	defer r.Body.Close()
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		return 0
	}
	return r.StatusCode
}

// dribble sends a byte at intervals until the connection is closed.
func dribble(t *testing.T, conn net.Conn) {
	t.Helper()
	for began := time.Now(); time.Since(began) < 5*time.Second; time.Sleep(10 * time.Millisecond) {
		if _, err := conn.Write([]byte("x")); err != nil {
			return
		}
	}
	t.Fatal("the connection stays open")
}

const hello = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

// Catches: clients that hold connections by sending slowly or not at all.
func TestClientsThatStall(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			w.WriteHeader(http.StatusRequestTimeout)
		}
	}, Serving{HeaderTime: 100 * time.Millisecond, RequestTime: 200 * time.Millisecond, Idle: 100 * time.Millisecond})
	t.Run("header by header", func(t *testing.T) {
		t.Parallel()
		dribble(t, s.connect(t, "GET / HTTP/1.1\r\nX-Slow: "))
	})
	t.Run("body by body", func(t *testing.T) {
		t.Parallel()
		dribble(t, s.connect(t, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"))
	})
	t.Run("half a body and then silence", func(t *testing.T) {
		t.Parallel()
		conn := s.connect(t, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf")
		if got := status(t, conn); got != http.StatusRequestTimeout {
			t.Errorf("%d", got)
		}
	})
	t.Run("nothing at all", func(t *testing.T) {
		t.Parallel()
		if got := status(t, s.connect(t, "")); got != 0 {
			t.Errorf("%d", got)
		}
	})
	t.Run("nothing after a request", func(t *testing.T) {
		t.Parallel()
		conn := s.connect(t, hello)
		if got := status(t, conn); got != http.StatusOK {
			t.Fatalf("%d", got)
		}
		if got := status(t, conn); got != 0 {
			t.Errorf("%d", got)
		}
	})
}

// Catches: an answer cancelled because it takes longer than the time to send a request.
func TestAnswersMayTakeLongerThanRequests(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		select {
		case <-r.Context().Done():
			w.WriteHeader(http.StatusGone)
		case <-time.After(200 * time.Millisecond):
		}
	}, Serving{RequestTime: 50 * time.Millisecond})
	for name, request := range map[string]string{
		"GET":  hello,
		"POST": "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody",
	} {
		conn := s.connect(t, request)
		for range 2 { // the second request reuses the connection
			if got := status(t, conn); got != http.StatusOK {
				t.Errorf("%s: %d", name, got)
			}
			if _, err := io.WriteString(conn, request); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Catches: a client that holds a handler by receiving nothing, and a slow client that is cut off although it receives.
func TestSlowReaders(t *testing.T) {
	const size, stall = 8 << 20, 500 * time.Millisecond
	wrote := make(chan error, 1)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, err := w.Write(bytes.Repeat([]byte("x"), size)) // in one call: the connection splits it into portions
		wrote <- err
	}, Serving{Stall: stall})
	conn := s.connect(t, hello)
	began, total, buffer := time.Now(), 0, make([]byte, 128<<10)
	for total < size {
		time.Sleep(20 * time.Millisecond)
		n, err := conn.Read(buffer)
		if total += n; err != nil {
			t.Fatalf("a slow reader got %d bytes of %d: %v", total, size, err)
		}
	}
	if took := time.Since(began); took < 2*stall {
		t.Errorf("read in %s, which is not slow", took)
	}
	if err := <-wrote; err != nil {
		t.Errorf("writing to a slow reader: %v", err)
	}
	s.connect(t, hello)
	select {
	case err := <-wrote:
		if err == nil {
			t.Error("the answer to a client that receives nothing was written in full")
		}
	case <-time.After(5 * time.Second):
		t.Error("a client that receives nothing holds the handler")
	}
}

// far is a listener whose connections have the remote addresses that a test gives.
type far struct {
	net.Listener
	from func() string
}

func (f far) Accept() (net.Conn, error) {
	conn, err := f.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return farConn{conn, net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(f.from()), 4711))}, nil
}

// farListener is a listener on loopback whose connections come from addresses by their number, from 1.
func farListener(t *testing.T, from func(n int) string) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	accepted := 0
	return far{listener, func() string { accepted++; return from(accepted) }}
}

type farConn struct {
	net.Conn
	remote net.Addr
}

func (f farConn) RemoteAddr() net.Addr { return f.remote }

// Catches: more connections than the maximum, one client that takes all of them, and a client refused while others are
// idle.
func TestConnectionsAreBounded(t *testing.T) {
	var refused atomic.Int64
	begun, release := make(chan struct{}, 10), make(chan struct{})
	h := func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/wait" {
			begun <- struct{}{}
			<-release
		}
	}
	o := Serving{Connections: 8, Refused: func() { refused.Add(1) }}
	const wait = "GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n"

	t.Run("idle ones make room", func(t *testing.T) {
		s := serve(t, h, o)
		var all []net.Conn
		for range 2 * o.Connections {
			conn := s.connect(t, hello)
			if got := status(t, conn); got != http.StatusOK {
				t.Fatalf("connection %d: %d", len(all), got)
			}
			time.Sleep(5 * time.Millisecond) // the server sees that the connection is idle
			all = append(all, conn)
		}
		if got := status(t, all[0]); got != 0 {
			t.Errorf("the first one is still open: %d", got)
		}
		last := all[len(all)-1]
		if _, err := io.WriteString(last, hello); err != nil || status(t, last) != http.StatusOK {
			t.Errorf("the last one is closed: %v", err)
		}
	})
	t.Run("busy ones do not", func(t *testing.T) {
		s := serveOn(t, farListener(t, func(n int) string {
			if n <= 6 || n > o.Connections+2 {
				return "127.0.0.1"
			}
			return fmt.Sprintf("2001:db8:%x::1", n)
		}), h, o)
		var all []net.Conn
		for range 6 {
			all = append(all, s.connect(t, wait))
			<-begun
		}
		// The next two come from elsewhere: this machine has its share.
		for range o.Connections - 6 {
			all = append(all, s.connect(t, wait))
			<-begun
		}
		if got := status(t, s.connect(t, "")); got != http.StatusServiceUnavailable || refused.Load() != 1 {
			t.Errorf("one too many: %d, %d refused", got, refused.Load())
		}
		close(release)
		for _, conn := range all {
			if got := status(t, conn); got != http.StatusOK {
				t.Errorf("%d", got)
			}
		}
		if got := status(t, s.connect(t, hello)); got != http.StatusOK {
			t.Errorf("when there is room again: %d", got)
		}
	})
	t.Run("this machine has its share", func(t *testing.T) {
		release, begun := make(chan struct{}), make(chan struct{}, 10)
		s := serveOn(t, farListener(t, func(n int) string {
			if n == 8 {
				return "203.0.113.9"
			}
			return fmt.Sprintf("127.0.0.%d", n)
		}), func(_ http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/wait" {
				begun <- struct{}{}
				<-release
			}
		}, o)
		defer close(release)
		for range o.Connections * 3 / 4 {
			s.connect(t, wait)
			<-begun
		}
		if got := status(t, s.connect(t, "")); got != http.StatusServiceUnavailable {
			t.Errorf("more than the share of this machine: %d", got)
		}
		if got := status(t, s.connect(t, hello)); got != http.StatusOK {
			t.Errorf("another client: %d", got)
		}
	})
	t.Run("a client has its share", func(t *testing.T) {
		s := serveOn(t, farListener(t, func(n int) string {
			if n > o.Connections/4+1 {
				return "203.0.113.9"
			}
			return fmt.Sprintf("2001:db8::%x", n)
		}), h, o)
		for range o.Connections / 4 {
			if got := status(t, s.connect(t, hello)); got != http.StatusOK {
				t.Errorf("%d", got)
			}
		}
		if got := status(t, s.connect(t, "")); got != http.StatusServiceUnavailable {
			t.Errorf("more than the share: %d", got)
		}
		if got := status(t, s.connect(t, hello)); got != http.StatusOK {
			t.Errorf("another client: %d", got)
		}
	})
}

// Catches: an answer lost because the server stopped under load.
func TestDrainLosesNoAnswer(t *testing.T) {
	var begun, answered atomic.Int64
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		begun.Add(1)
		time.Sleep(20 * time.Millisecond)
		_, _ = io.WriteString(w, strings.Repeat("x", 100<<10))
	}, Serving{DrainDelay: 200 * time.Millisecond})
	var askedToLeave atomic.Bool
	var clients sync.WaitGroup
	for range 16 {
		clients.Go(func() {
			c := &http.Client{Transport: &http.Transport{}}
			for {
				r, err := c.Get("http://" + s.address)
				if err != nil {
					return // the server has ended
				}
				askedToLeave.Store(askedToLeave.Load() || r.Close)
				n, err := io.Copy(io.Discard, r.Body)
				r.Body.Close()
				if err == nil && n == 100<<10 {
					answered.Add(1)
				}
			}
		})
	}
	time.Sleep(100 * time.Millisecond)
	before := begun.Load()
	s.stop()
	time.Sleep(100 * time.Millisecond)
	if begun.Load() < before+16 {
		t.Error("no request was accepted during DrainDelay")
	}
	clients.Wait()
	if err := <-s.ended; err != nil {
		t.Error(err)
	}
	if begun.Load() != answered.Load() || !askedToLeave.Load() {
		t.Errorf("%d begun, %d answered, asked to leave %t", begun.Load(), answered.Load(), askedToLeave.Load())
	}
}

// Catches: a request that prevents a stop.
func TestDrainEnds(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	s := serve(t, func(http.ResponseWriter, *http.Request) { close(begun); <-release }, Serving{Patience: 50 * time.Millisecond})
	conn := s.connect(t, hello)
	<-begun
	s.stop()
	select {
	case err := <-s.ended:
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("the server does not stop")
	}
	if got := status(t, conn); got != 0 {
		t.Errorf("%d", got)
	}
}
