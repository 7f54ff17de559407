package server

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"masar"
	"masar/operations"
	"masar/operations/metrics"
	"masar/words"
)

// PublicURLs are the addresses by which clients know the service, such as https://masar.example.org. The first is the
// base of absolute links.
type PublicURLs []*url.URL

// base is the address of the service for links that leave an answer: the first public address, or the one in the request.
func (p PublicURLs) base(r *http.Request) string {
	if len(p) > 0 {
		return p[0].String()
	}
	return "http://" + r.Host
}

// ParsePublicURLs parses addresses of the form https://host, with an optional port and path.
func ParsePublicURLs(given []string) (PublicURLs, error) {
	var all PublicURLs
	for _, raw := range given {
		u, err := url.Parse(raw)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return nil, fmt.Errorf("%q is not the address of a service: give https://masar.example.org", raw)
		}
		all = append(all, u.JoinPath("/"))
	}
	return all, nil
}

// Base is the base of absolute links; it ends with a slash. Without public addresses, it is the address on which the
// service listens.
func (p PublicURLs) Base(listens net.Addr) *url.URL {
	if len(p) > 0 {
		return p[0]
	}
	return &url.URL{Scheme: "http", Host: listens.String(), Path: "/"}
}

// names reports whether a public address has a host.
func (p PublicURLs) names(host string) bool {
	return slices.ContainsFunc(p, func(u *url.URL) bool { return strings.EqualFold(u.Hostname(), host) })
}

// answers reports whether a request is for this service. A web page of another site can point its own name at this
// machine and could then read what only this machine may read. Therefore a connection to loopback must name loopback. On
// other addresses, the allowed names are known only with public addresses. An IP address is always allowed, because no
// other site can own it as a name.
func (p PublicURLs) answers(r *http.Request) bool {
	host := hostname(r.Host)
	if host == "localhost" || p.names(host) {
		return true
	}
	if r.Host == "" && !r.ProtoAtLeast(1, 1) { // probes send such requests, browsers do not
		return true
	}
	asked, to := address(r.Host), localAddress(r)
	switch {
	case to.IsLoopback():
		return asked == to || asked == netip.AddrFrom4([4]byte{127, 0, 0, 1}) || asked == netip.IPv6Loopback()
	case len(p) > 0:
		return asked.IsValid()
	}
	return true
}

// allowed lists the hosts for which the service answers, for messages.
func (p PublicURLs) allowed() string {
	hosts := []string{"localhost", "127.0.0.1", "[::1]"}
	for _, u := range p {
		hosts = append(hosts, u.Hostname())
	}
	return strings.Join(hosts, ", ")
}

// hostname returns the value of Host without the port, in lower case.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// localAddress returns the local address of the client's connection; the zero address for a request without a connection.
func localAddress(r *http.Request) netip.Addr {
	if to, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok {
		return address(to.String())
	}
	return netip.Addr{}
}

// only passes on requests for this service and refuses all others.
func (p PublicURLs) only(h http.Handler, refuse http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.answers(r) {
			h.ServeHTTP(w, r)
			return
		}
		refuse(w, r)
	})
}

// misdirected is the error of a request for another host.
func (p PublicURLs) misdirected(r *http.Request) *masar.Error {
	return masar.NewError(masar.CodeMisdirected, "error.http.host", masar.Args{"host": operations.Shorten(r.Host, 100), "allowed": p.allowed()})
}

// NewMetrics returns the handler of an address that serves only metrics.
func NewMetrics(m *metrics.Metrics, public PublicURLs) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", serveMetrics(m))
	return public.only(mux, func(w http.ResponseWriter, r *http.Request) {
		text(w, http.StatusMisdirectedRequest, words.Message(public.misdirected(r)).EN+"\n")
	})
}
