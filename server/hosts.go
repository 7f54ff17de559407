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

// PublicURLs are the addresses by which clients know the service, such as https://masar.example.org. The first is the base
// of absolute links.
type PublicURLs []*url.URL

// ParsePublicURLs reads addresses of the form https://host, with a port or a path where there is one.
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

// Base is the address that absolute links begin with; it ends with a slash. Without public addresses it is where the
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

// answers reports whether a request is for this service. A page of another site can make its own name lead to this machine,
// and would then read what this machine alone may read: so a connection to loopback must name loopback. Names that lead
// elsewhere are known where there are public addresses; an IP address is never a name that somebody else gave.
func (p PublicURLs) answers(r *http.Request) bool {
	host := hostname(r.Host)
	if host == "localhost" || p.names(host) {
		return true
	}
	if r.Host == "" && !r.ProtoAtLeast(1, 1) { // as probes ask, and no browser
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

// allowed lists the hosts for which the service answers, for a message.
func (p PublicURLs) allowed() string {
	hosts := []string{"localhost", "127.0.0.1", "[::1]"}
	for _, u := range p {
		hosts = append(hosts, u.Hostname())
	}
	return strings.Join(hosts, ", ")
}

// hostname is the value of Host without a port, in small letters.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// localAddress is the address that the client has connected to; the zero address for a request that came by no connection.
func localAddress(r *http.Request) netip.Addr {
	if to, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok {
		return address(to.String())
	}
	return netip.Addr{}
}

// only passes on the requests that are for this service, and has the others refused.
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

// NewMetrics makes the handler of an address that answers metrics alone.
func NewMetrics(m *metrics.Metrics, public PublicURLs) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", serveMetrics(m))
	return public.only(mux, func(w http.ResponseWriter, r *http.Request) {
		text(w, http.StatusMisdirectedRequest, words.Message(public.misdirected(r)).EN+"\n")
	})
}
