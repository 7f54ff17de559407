package server

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the networks of reverse proxies whose X-Forwarded-For header is trusted. Loopback is always trusted,
// because a client on this machine gains nothing by a forged address.
type Proxies []netip.Prefix

func (p Proxies) trusts(a netip.Addr) bool {
	return a.IsLoopback() || slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(a) })
}

// client returns the address that a request comes from. This is the address of the connection or, if that is a proxy,
// the last address in X-Forwarded-For that is not a proxy. Earlier addresses in the header can be forged.
func (p Proxies) client(r *http.Request) netip.Addr {
	from := address(r.RemoteAddr)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		before := address(strings.TrimSpace(hop))
		if !p.trusts(from) || !before.IsValid() {
			break
		}
		from = before
	}
	return from
}

// address parses an address with or without a port. Invalid text gives the zero address.
func address(s string) netip.Addr {
	a, err := netip.ParseAddr(s)
	if withPort, portErr := netip.ParseAddrPort(s); err != nil && portErr == nil {
		a = withPort.Addr()
	}
	return a.Unmap().WithZone("")
}
