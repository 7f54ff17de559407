package operations

import (
	"net/netip"

	"github.com/vektah/gqlparser/v2/ast"

	"masar"
	"masar/accounts"
)

// Client is who asks, and by which way. The zero value is the service itself.
type Client struct {
	// Address is where the client asks from; zero for a caller in this process.
	Address netip.Addr
	// Actor is the account that asks. Resolvers find it by accounts.From.
	Actor accounts.Actor
	// Transport is the way by which the client asks, as the log names it, such as http.
	Transport string
	// Permit refuses the types of operations that the client may not run; nil refuses none.
	Permit func(ast.Operation) *masar.Error
}

// Local reports whether the client is this process or this machine: it has no rate.
func (c Client) Local() bool { return !c.Address.IsValid() || c.Address.IsLoopback() }

// rated is the key of the client in what it has left to ask; the zero prefix is not bounded.
func (c Client) rated() (none netip.Prefix) {
	if c.Local() {
		return none
	}
	return ClientPrefix(c.Address)
}

// loopback is this machine as a client.
var loopback = netip.PrefixFrom(netip.AddrFrom4([4]byte{127}), 8)

// ClientPrefix is the network that counts as one client: one address of IPv4, and of IPv6 the /64 that a home or an office
// has. All loopback addresses are one. That of the zero address is zero.
func ClientPrefix(a netip.Addr) netip.Prefix {
	if a.IsLoopback() {
		return loopback
	}
	bits := a.BitLen()
	if a.Is6() {
		bits = 64
	}
	network, _ := a.Prefix(bits) // the error is of the zero address
	return network
}
