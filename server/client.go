package server

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the networks of reverse proxies whose headers about clients are trusted. Loopback is always trusted,
// because a client on this machine gains nothing from a forged address.
type Proxies []netip.Prefix

func (p Proxies) trusts(a netip.Addr) bool {
	return a.IsLoopback() || slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(a) })
}

// unknown is the client behind a proxy on this machine whose header is missing or unreadable. All unknown clients count as
// one client. They are never local.
var unknown = netip.IPv4Unspecified()

// client returns the address that a request comes from. This is the address of the connection or, if that is a proxy,
// the last forwarded address that is not a proxy. Earlier addresses can be forged. X-Forwarded-For takes precedence over
// Forwarded, and that over X-Real-IP: a proxy sets one of them and may pass on the others from its client. A client is
// local only if all of them agree.
func (p Proxies) client(r *http.Request) netip.Addr {
	from := address(r.RemoteAddr)
	if !from.IsValid() {
		return unknown
	}
	said := forwarded(r.Header)
	if len(said) == 0 {
		if from.IsLoopback() && hasProxy(r.Header) {
			return unknown
		}
		return from
	}
	client := p.behind(from, said[0])
	for _, hops := range said[1:] {
		if client.IsLoopback() && !p.behind(from, hops).IsLoopback() {
			return unknown
		}
	}
	return client
}

// behind follows the hops of a request, starting with the last, while they are proxies. If a proxy's header is unreadable
// or names the proxy's own machine as the client, the client is the proxy itself. For a proxy on this machine, the client
// is then unknown.
func (p Proxies) behind(from netip.Addr, hops []string) netip.Addr {
	for _, hop := range slices.Backward(hops) {
		if !p.trusts(from) {
			break
		}
		before := address(strings.TrimSpace(hop))
		if !before.IsValid() && from.IsLoopback() {
			return unknown
		}
		if !before.IsValid() || before.IsLoopback() && !from.IsLoopback() {
			break
		}
		from = before
	}
	return from
}

// forwarded returns the addresses in each header about clients of a request.
func forwarded(h http.Header) [][]string {
	var said [][]string
	if values, ok := h["X-Forwarded-For"]; ok {
		said = append(said, strings.Split(strings.Join(values, ","), ","))
	}
	if values, ok := h["Forwarded"]; ok {
		said = append(said, forwardedFor(strings.Join(values, ",")))
	}
	if values, ok := h["X-Real-Ip"]; ok {
		said = append(said, values)
	}
	return said
}

// forwardedFor returns the clients in a Forwarded header (RFC 7239), one for each element. It is unreadable if the
// element names none or several.
func forwardedFor(header string) []string {
	var hops []string
	for _, element := range splitUnquoted(header, ',') {
		var clients []string
		for _, pair := range splitUnquoted(element, ';') {
			if name, value, _ := strings.Cut(pair, "="); strings.EqualFold(strings.TrimSpace(name), "for") {
				clients = append(clients, unquote(strings.TrimSpace(value)))
			}
		}
		if len(clients) != 1 {
			clients = []string{""}
		}
		hops = append(hops, clients[0])
	}
	return hops
}

// splitUnquoted splits a text at a separator, but not within quotes.
func splitUnquoted(s string, separator byte) []string {
	var parts []string
	quoted, begin := false, 0
	for i := 0; i < len(s); i++ {
		switch {
		case quoted && s[i] == '\\':
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == separator && !quoted:
			parts, begin = append(parts, s[begin:i]), i+1
		}
	}
	return append(parts, s[begin:])
}

// unquote removes the quotes from a quoted value. Addresses need no escapes: a value with an escape stays unreadable.
func unquote(s string) string {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}

// hasProxy reports whether a request has a sign of a proxy.
func hasProxy(h http.Header) bool {
	for name := range h {
		if name == "Via" || strings.HasPrefix(name, "X-Forwarded-") {
			return true
		}
	}
	return false
}

// address parses an address, with or without a port or brackets. The result is the zero address if it is invalid.
func address(s string) netip.Addr {
	if withPort, err := netip.ParseAddrPort(s); err == nil {
		return withPort.Addr().Unmap().WithZone("")
	}
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		s = s[1 : len(s)-1]
	}
	a, _ := netip.ParseAddr(s)
	return a.Unmap().WithZone("")
}
