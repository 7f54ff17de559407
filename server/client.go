package server

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are networks of reverse proxies, whose X-Forwarded-For is trusted. Loopback always is: anyone who can
// connect from here needs no false name.
type Proxies []netip.Prefix

func (p Proxies) trusts(a netip.Addr) bool {
	return a.IsLoopback() || slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(a) })
}

// client is the address that a request comes from: that of its connection, or, where a proxy holds that, the last one
// in X-Forwarded-For that is no proxy's. Addresses before it can be forged.
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

// address reads an address, with or without a port; what is none is the zero address.
func address(s string) netip.Addr {
	a, err := netip.ParseAddr(s)
	if withPort, portErr := netip.ParseAddrPort(s); err != nil && portErr == nil {
		a = withPort.Addr()
	}
	return a.Unmap().WithZone("")
}
