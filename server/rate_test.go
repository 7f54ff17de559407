package server

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"testing"
	"time"
)

func TestParseRate(t *testing.T) {
	for s, want := range map[string]Rate{"600/min": {600, time.Minute}, "10/s": {10, time.Second}, "5000/h": {5000, time.Hour}, "0": {}} {
		if got, err := ParseRate(s); err != nil || got != want {
			t.Errorf("%s: %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "600", "600/", "-1/s", "0/s", "many/s", "1/d", "1/s/s", "99999999999999999999/s"} {
		if got, err := ParseRate(s); err == nil {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func from(address string) *http.Request {
	return &http.Request{RemoteAddr: netip.AddrPortFrom(netip.MustParseAddr(address), 4711).String(), Header: http.Header{}}
}

// ask spends a request of a client, and tells the headers and whether it was let through.
func (c *clients) ask(address string) (http.Header, bool) {
	w := httptest.NewRecorder()
	err := c.spend(w, c.of(from(address)))
	return w.Header(), err == nil
}

// Catches: a client that asks more than its share, one that pays for another, and headers that say something else.
func TestRate(t *testing.T) {
	now := time.Now()
	c := newClients(Rate{3, time.Minute}, nil)
	c.now = func() time.Time { return now }
	for left := 2; left >= 0; left-- {
		header, ok := c.ask("203.0.113.9")
		if want := fmt.Sprintf(`"client";r=%d;t=%d`, left, 60-20*left); !ok || header.Get("RateLimit") != want {
			t.Errorf("%d left: %t, %s", left, ok, header.Get("RateLimit"))
		}
	}
	header, ok := c.ask("203.0.113.9")
	if ok || header.Get("Retry-After") != "20" || header.Get("RateLimit") != `"client";r=0;t=60` || header.Get("RateLimit-Policy") != `"client";q=3;w=60` {
		t.Errorf("one more: %t, %v", ok, header)
	}
	now = now.Add(20 * time.Second)
	if _, ok := c.ask("203.0.113.9"); !ok {
		t.Error("refused after the time that Retry-After told")
	}
	if _, ok := c.ask("203.0.113.10"); !ok {
		t.Error("a neighbour is refused")
	}
	for i := range 3 {
		c.ask(fmt.Sprintf("2001:db8:1:2::%x", i))
	}
	if _, ok := c.ask("2001:db8:1:2::ffff"); ok {
		t.Error("an IPv6 network counts as many")
	}
	for range 10 {
		if header, ok := c.ask("127.0.0.1"); !ok || len(header) > 0 {
			t.Errorf("this machine: %t, %v", ok, header)
		}
	}
	now = now.Add(time.Hour)
	c.ask("203.0.113.9")
	w := httptest.NewRecorder()
	c.charge(w, c.of(from("203.0.113.9")), 2*costOfRequest-1)
	if got := w.Header().Get("RateLimit"); got != `"client";r=1;t=40` {
		t.Errorf("after a costly operation: %s", got)
	}
	c.charge(w, c.of(from("203.0.113.9")), 1000*costOfRequest)
	if header, ok := c.ask("203.0.113.9"); ok || header.Get("Retry-After") != "60" {
		t.Errorf("after a very costly operation: %t, %v", ok, header)
	}
	off := newClients(Rate{}, nil)
	for range 10 {
		if header, ok := off.ask("203.0.113.9"); !ok || len(header) > 0 {
			t.Errorf("without a bound: %t, %v", ok, header)
		}
	}
}

// Catches: a table of clients that grows with the addresses that somebody sends from.
func TestClientsAreBounded(t *testing.T) {
	memory := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	c := newClients(Rate{600, time.Minute}, nil)
	before := memory()
	for i := range 4 * maxClients {
		network := netip.AddrFrom16([16]byte{0x20, 0x01, 0x0d, 0xb8, byte(i >> 16), byte(i >> 8), byte(i)})
		c.budget(c.of(from(network.String())))
	}
	if grown := int64(memory()) - int64(before); c.known.Len() != maxClients || grown > 32<<20 {
		t.Errorf("%d clients in %d KiB", c.known.Len(), grown>>10)
	} else {
		t.Logf("%d clients in %d KiB", c.known.Len(), grown>>10)
	}
	runtime.KeepAlive(c)
}
