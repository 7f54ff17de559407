package server

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
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

// Catches: a header that cannot be read, or that is not X-Forwarded-For, and makes every client of a proxy on this machine
// local: without a rate, and with the metrics.
func TestForwardedNeverMakesLocal(t *testing.T) {
	proxies := Proxies{netip.MustParsePrefix("10.1.0.0/16")}
	const here, proxy = "127.0.0.1:80", "10.1.2.3:80"
	for _, c := range []struct {
		remote string
		header http.Header
		client string
	}{
		{here, http.Header{}, "127.0.0.1"},
		{here, http.Header{"X-Forwarded-For": {"127.0.0.1"}}, "127.0.0.1"},
		{here, http.Header{"X-Forwarded-For": {"unknown"}}, "0.0.0.0"},
		{here, http.Header{"X-Forwarded-For": {""}}, "0.0.0.0"},
		{here, http.Header{"X-Forwarded-For": {"8.8.8.8, _hidden"}}, "0.0.0.0"},
		{here, http.Header{"X-Forwarded-For": {"8.8.8.8,"}}, "0.0.0.0"},
		{here, http.Header{"X-Forwarded-For": {"unknown, 127.0.0.1"}}, "0.0.0.0"},
		{here, http.Header{"X-Forwarded-For": {"8.8.8.8, 127.0.0.1"}}, "8.8.8.8"},
		{here, http.Header{"X-Forwarded-For": {"127.0.0.1, 8.8.8.8"}}, "8.8.8.8"},
		{here, http.Header{"X-Forwarded-For": {"127.0.0.1, 10.1.2.3"}}, "10.1.2.3"},
		{here, http.Header{"Forwarded": {"for=8.8.8.8"}}, "8.8.8.8"},
		{here, http.Header{"Forwarded": {`for=1.1.1.1;proto=http, For="[2001:db8::1]:4711" ; by=127.0.0.1`}}, "2001:db8::1"},
		{here, http.Header{"Forwarded": {`for="[2001:db8::1]"`}}, "2001:db8::1"},
		{here, http.Header{"Forwarded": {"for=unknown"}}, "0.0.0.0"},
		{here, http.Header{"Forwarded": {"proto=https"}}, "0.0.0.0"},
		{here, http.Header{"Forwarded": {"for=8.8.8.8;for=127.0.0.1"}}, "0.0.0.0"},
		{here, http.Header{"Forwarded": {`for="127.0.0.1`}}, "0.0.0.0"},
		{here, http.Header{"Forwarded": {`for="a,for=127.0.0.1"`}}, "0.0.0.0"},
		{here, http.Header{"X-Forwarded-For": {"127.0.0.1"}, "Forwarded": {"for=8.8.8.8"}}, "0.0.0.0"},
		{here, http.Header{"X-Forwarded-For": {"8.8.8.8"}, "Forwarded": {"for=127.0.0.1"}}, "8.8.8.8"},
		{here, http.Header{"X-Real-Ip": {"8.8.8.8"}}, "8.8.8.8"},
		{here, http.Header{"X-Real-Ip": {"?"}}, "0.0.0.0"},
		{here, http.Header{"Via": {"1.1 proxy"}}, "0.0.0.0"},
		{here, http.Header{"X-Forwarded-Proto": {"https"}}, "0.0.0.0"},
		{proxy, http.Header{"X-Forwarded-For": {"127.0.0.1"}}, "10.1.2.3"},
		{proxy, http.Header{"X-Forwarded-For": {"::1"}}, "10.1.2.3"},
		{proxy, http.Header{"Forwarded": {"for=_hidden"}}, "10.1.2.3"},
		{proxy, http.Header{"Forwarded": {"for=8.8.8.8"}}, "8.8.8.8"},
		{"203.0.113.9:80", http.Header{"Forwarded": {"for=127.0.0.1"}, "X-Forwarded-For": {"127.0.0.1"}}, "203.0.113.9"},
		{"@", http.Header{}, "0.0.0.0"},
	} {
		r := &http.Request{RemoteAddr: c.remote, Header: c.header}
		got := proxies.client(r)
		if got.String() != c.client {
			t.Errorf("%s, %v: %s, not %s", c.remote, c.header, got, c.client)
		}
		s := newService(t, nil, func(o *settings) { o.Proxies = proxies })
		request := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		request.RemoteAddr, request.Header = c.remote, c.header
		if status := s.sendRequest(request).Code; (status == http.StatusOK) != (c.client == "127.0.0.1") {
			t.Errorf("%s, %v: the metrics are answered with %d", c.remote, c.header, status)
		}
	}
}

// Catches: headers by which a client that is not on this machine becomes local, or that break the reading.
func FuzzClient(f *testing.F) {
	f.Add(true, "8.8.8.8, _hidden", `for=1.1.1.1;proto=http, For="[2001:db8::1]:4711"`, "127.0.0.1")
	f.Add(true, "127.0.0.1, ::1", `for=127.0.0.1`, "")
	f.Add(false, "127.0.0.1", `for="127.0.0.1"`, "::1")
	f.Add(true, "", `for="a\"`, "")
	proxies := Proxies{netip.MustParsePrefix("10.1.0.0/16")}
	f.Fuzz(func(t *testing.T, fromHere bool, forwardedFor, forwarded, realIP string) {
		r := &http.Request{RemoteAddr: "10.1.2.3:80", Header: http.Header{}}
		if fromHere {
			r.RemoteAddr = "127.0.0.1:80"
		}
		said := map[string]string{"X-Forwarded-For": forwardedFor, "Forwarded": forwarded, "X-Real-Ip": realIP}
		for name, value := range said {
			if value != "" {
				r.Header[name] = []string{value}
			}
		}
		client := proxies.client(r)
		if !client.IsValid() {
			t.Fatalf("%v: no client", r.Header)
		}
		if !client.IsLoopback() {
			return
		}
		if !fromHere {
			t.Errorf("%v: %s by a proxy on another machine", r.Header, client)
		}
		for name, values := range r.Header {
			// Of each header the last address at least is one of this machine.
			parts := strings.Split(values[0], ",")
			if last := parts[len(parts)-1]; name != "Forwarded" && !address(strings.TrimSpace(last)).IsLoopback() {
				t.Errorf("%s although %s ends with %q", client, name, last)
			}
		}
	})
}

// Catches: one client counted as many because its network has many addresses.
func TestClientPrefix(t *testing.T) {
	for a, want := range map[string]string{
		"203.0.113.9":           "203.0.113.9/32",
		"2001:db8:1:2:3:4:5:6":  "2001:db8:1:2::/64",
		"2001:db8:1:2::ffff":    "2001:db8:1:2::/64",
		"2001:db8:1:3::ffff":    "2001:db8:1:3::/64",
		"::ffff:198.51.100.100": "198.51.100.100/32",
		"127.0.0.1":             "127.0.0.0/8",
		"127.3.2.1":             "127.0.0.0/8",
		"::1":                   "127.0.0.0/8",
	} {
		if got := operations.ClientPrefix(address(a)).String(); got != want {
			t.Errorf("%s: %s, not %s", a, got, want)
		}
	}
}
