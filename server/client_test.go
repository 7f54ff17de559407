package server

import (
	"net/http"
	"net/netip"
	"testing"

	"masar/operations"
)

// Catches: a client that chooses its own address, or all clients behind a proxy counted as one.
func TestClient(t *testing.T) {
	proxies := Proxies{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00::/8")}
	for _, c := range []struct {
		name, remote string
		forwarded    []string
		client       string
	}{
		{"direct", "203.0.113.9:4711", nil, "203.0.113.9"},
		{"direct, with an invented name", "203.0.113.9:4711", []string{"198.51.100.1"}, "203.0.113.9"},
		{"through a proxy", "10.1.2.3:80", []string{"198.51.100.1"}, "198.51.100.1"},
		{"through a proxy, with an invented name before", "10.1.2.3:80", []string{"127.0.0.1, 198.51.100.1"}, "198.51.100.1"},
		{"through two proxies", "10.1.2.3:80", []string{"198.51.100.1, 10.1.9.9"}, "198.51.100.1"},
		{"through two proxies, each with its line", "[fd00::1]:80", []string{"198.51.100.1", "10.1.9.9"}, "198.51.100.1"},
		{"through a proxy on this machine", "127.0.0.1:80", []string{"198.51.100.1"}, "198.51.100.1"},
		{"a proxy that says nothing", "10.1.2.3:80", nil, "10.1.2.3"},
		{"a proxy that says nonsense", "10.1.2.3:80", []string{"unknown"}, "10.1.2.3"},
		{"nonsense before the client", "10.1.2.3:80", []string{"<script>, 198.51.100.1"}, "198.51.100.1"},
		{"a proxy that tells the port", "10.1.2.3:80", []string{"198.51.100.1:4711"}, "198.51.100.1"},
		{"IPv4 in IPv6", "[::ffff:10.1.2.3]:80", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		{"IPv6 with a zone", "[fe80::1%eth0]:80", nil, "fe80::1"},
	} {
		r := &http.Request{RemoteAddr: c.remote, Header: http.Header{"X-Forwarded-For": c.forwarded}}
		if got := proxies.client(r).String(); got != c.client {
			t.Errorf("%s: %s, not %s", c.name, got, c.client)
		}
	}
}

// Catches: one client counted as many because its network has many addresses.
func TestClientPrefix(t *testing.T) {
	for a, want := range map[string]string{
		"203.0.113.9":           "203.0.113.9/32",
		"2001:db8:1:2:3:4:5:6":  "2001:db8:1:2::/64",
		"2001:db8:1:2::ffff":    "2001:db8:1:2::/64",
		"2001:db8:1:3::ffff":    "2001:db8:1:3::/64",
		"::ffff:198.51.100.100": "198.51.100.100/32",
	} {
		if got := operations.ClientPrefix(address(a)).String(); got != want {
			t.Errorf("%s: %s, not %s", a, got, want)
		}
	}
}
