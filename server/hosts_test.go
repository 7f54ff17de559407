package server

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"masar/operations/metrics"
)

// allRoutes are requests for every route, and for none.
var allRoutes = []string{
	"/", "/graphql?query={field}", "/graphql", "/api/v1/rows/", "/api/v1/rows/claims.csv", "/schema.graphql", "/livez", "/readyz", "/readyz?verbose",
	"/version", "/metrics", "/graphiql/", "/nothing",
}

// askHost sends a request with a Host over a connection of its own, as no client of Go's would, and returns the status.
func askHost(t *testing.T, to, method, target, host string) (status int, body string) {
	t.Helper()
	conn, err := net.Dial("tcp", to)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nConnection: close\r\n\r\n", method, target, host, host)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("%s %s for %q: %v", method, target, host, err)
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	return answer.StatusCode, string(text)
}

// listen serves a handler on loopback as masar does.
func listen(t *testing.T, h http.Handler) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	served := make(chan error, 1)
	go func() { served <- Serve(ctx, listener, h, Serving{Log: slog.New(slog.DiscardHandler)}) }()
	t.Cleanup(func() { stop(); <-served })
	return listener.Addr().String()
}

// Catches: a route that answers a page of another site which has made its own name lead to this machine; one that does not
// answer by the names that this machine and the service have.
func TestHostIsCheckedOnEveryRoute(t *testing.T) {
	public, err := ParsePublicURLs([]string{"https://Masar.example.org/path", "http://masar.example.com:8080"})
	if err != nil {
		t.Fatal(err)
	}
	s := newService(t, func(context.Context) error { return nil }, func(o *settings) { o.Public = public })
	to := listen(t, s)
	metricsAlone := listen(t, NewMetrics(metrics.New(""), public))
	_, port, _ := net.SplitHostPort(to)
	for host, answered := range map[string]bool{
		"localhost": true, "localhost:" + port: true, "LOCALHOST": true, "localhost.": true, "127.0.0.1:" + port: true, "127.0.0.1": true,
		"[::1]": true, "[::1]:" + port: true, "masar.example.org": true, "masar.example.com:1": true, "MASAR.example.com": true,
		"evil.example": false, "evil.example:" + port: false, "localhost.evil.example": false, "127.0.0.1.evil.example": false,
		"evil-masar.example.org": false, "masar.example.org.evil.example": false, "127.0.0.2": false, "192.0.2.7": false, "0.0.0.0": false,
		"[::]": false, "[::ffff:192.0.2.7]": false, "": false, "localhost:1:2": false, "[localhost": false,
	} {
		for _, target := range allRoutes {
			for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodOptions} {
				status, body := askHost(t, to, method, target, host)
				if strings.HasPrefix(host, "[localhost") && status == http.StatusBadRequest {
					continue // net/http has refused it before
				}
				if (status == http.StatusMisdirectedRequest) == answered {
					t.Errorf("%s %s for %q: %d", method, target, host, status)
				}
				if answered || target != "/metrics" {
					continue
				}
				var refusal struct {
					Errors []struct{ Extensions map[string]any }
				}
				if err := json.Unmarshal([]byte(body), &refusal); err != nil || len(refusal.Errors) != 1 || refusal.Errors[0].Extensions["code"] != "MISDIRECTED_REQUEST" {
					t.Errorf("for %q it says %s", host, body)
				}
			}
		}
		if status, _ := askHost(t, metricsAlone, http.MethodGet, "/metrics", host); (status == http.StatusOK) != answered {
			t.Errorf("metrics of their own for %q: %d", host, status)
		}
	}
}

// Catches: an address of the network that is refused to probes, which ask by it, and a name that is answered though it is
// none of the service's.
func TestHostElsewhere(t *testing.T) {
	public, err := ParsePublicURLs([]string{"https://masar.example.org"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		public   PublicURLs
		to, host string
		answered bool
	}{
		{nil, "10.1.2.3:8080", "10.1.2.3:8080", true},
		{nil, "10.1.2.3:8080", "anything.example", true},
		{public, "10.1.2.3:8080", "masar.example.org", true},
		{public, "10.1.2.3:8080", "10.1.2.3:8080", true},
		{public, "10.1.2.3:8080", "203.0.113.7", true}, // by the address of a router before it
		{public, "10.1.2.3:8080", "localhost:8080", true},
		{public, "10.1.2.3:8080", "anything.example", false},
		{nil, "127.0.0.5:8080", "127.0.0.5:8080", true},
		{nil, "127.0.0.5:8080", "10.1.2.3", false},
		{nil, "[::1]:8080", "[::1]:8080", true},
		{nil, "[::1]:8080", "anything.example", false},
		{public, "127.0.0.1:8080", "anything.example", false},
	} {
		to, err := net.ResolveTCPAddr("tcp", c.to)
		if err != nil {
			t.Fatal(err)
		}
		s := newService(t, nil, func(o *settings) { o.Public = c.public })
		r := httptest.NewRequest(http.MethodGet, "/livez", nil)
		r.Host = c.host
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, to))
		if got := s.sendRequest(r).Code != http.StatusMisdirectedRequest; got != c.answered {
			t.Errorf("%+v: answered %t", c, got)
		}
	}
}

// Catches: an address that is none taken for one, and links with another base than the first.
func TestParsePublicURLs(t *testing.T) {
	for _, wrong := range []string{"", "masar.example.org", "ftp://masar.example.org", "https://", "https://user@masar.example.org", "https://masar.example.org/?a=b", "https://masar.example.org/#a", "http://[::1"} {
		if got, err := ParsePublicURLs([]string{wrong}); err == nil {
			t.Errorf("%q: %v", wrong, got)
		}
	}
	listens := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}
	for want, given := range map[string][]string{
		"http://127.0.0.1:8080/":          nil,
		"https://masar.example.org/":      {"https://masar.example.org", "http://other.example"},
		"https://example.org:8443/masar/": {"https://example.org:8443/masar"},
	} {
		public, err := ParsePublicURLs(given)
		if got := public.Base(listens).String(); err != nil || got != want {
			t.Errorf("%v: %s, %v", given, got, err)
		}
	}
}
