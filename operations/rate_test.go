package operations

import (
	"net/netip"
	"runtime"
	"testing"
	"time"

	"masar"
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

// Catches: a wrong remaining budget, an operation that costs nothing or more than the budget allows, and a limit for a
// client that has none.
func TestBudget(t *testing.T) {
	now := time.Now()
	c := newClients(Rate{3, time.Minute})
	c.now = func() time.Time { return now }
	client := netip.MustParsePrefix("203.0.113.9/32")
	if _, err := c.spend(client); err != nil {
		t.Fatal(err)
	}
	if _, charged := c.charge(client, costOfRequest-1); charged {
		t.Error("a cheap operation is charged")
	}
	if left, charged := c.charge(client, 2*costOfRequest-1); !charged || left.Left != 1 || left.Full() != 40 {
		t.Errorf("after a costly operation: %+v, full after %g s", left, left.Full())
	}
	c.charge(client, 1000*costOfRequest)
	left, err := c.spend(client)
	if err == nil || err.Code != masar.CodeRateLimited || left.Left != -2 || left.Next() != 60 || !left.Bounded() {
		t.Errorf("after a very costly operation: %+v, the next after %g s: %v", left, left.Next(), err)
	}
	now = now.Add(60 * time.Second)
	if _, err := c.spend(client); err != nil {
		t.Errorf("refused after the time that Next returned: %v", err)
	}
	for range 10 {
		if left, err := c.spend(netip.Prefix{}); err != nil || left.Bounded() {
			t.Errorf("this machine: %+v, %v", left, err)
		}
		if left, err := newClients(Rate{}).spend(client); err != nil || left.Bounded() {
			t.Errorf("without a limit: %+v, %v", left, err)
		}
	}
}

// Catches: a table of clients that grows with the number of addresses.
func TestClientsAreBounded(t *testing.T) {
	memory := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	c := newClients(Rate{600, time.Minute})
	before := memory()
	for i := range 4 * maxClients {
		network := netip.AddrFrom16([16]byte{0x20, 0x01, 0x0d, 0xb8, byte(i >> 16), byte(i >> 8), byte(i)})
		c.budget(Client{Address: network}.rated())
	}
	if grown := int64(memory()) - int64(before); c.known.Len() != maxClients || grown > 32<<20 {
		t.Errorf("%d clients in %d KiB", c.known.Len(), grown>>10)
	} else {
		t.Logf("%d clients in %d KiB", c.known.Len(), grown>>10)
	}
	runtime.KeepAlive(c)
}
