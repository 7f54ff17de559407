package operations

import (
	"net/netip"

	"github.com/vektah/gqlparser/v2/ast"

	"masar"
	"masar/accounts"
)

// Client identifies the caller of an operation. The zero value is the service itself.
type Client struct {
	// Address is the client's address; zero for a caller in this process.
	Address netip.Addr
	// Actor is the client's account. Resolvers get it by accounts.From.
	Actor accounts.Actor
	// Transport is the transport's name in the log, such as http.
	Transport string
	// Permit returns an error for the types of operations that the client may not run; nil permits all.
	Permit func(ast.Operation) *masar.Error
}

// Local reports whether the client is in this process or on this machine. Local clients have no rate limit.
func (c Client) Local() bool { return !c.Address.IsValid() || c.Address.IsLoopback() }

// rated is the key under which the client's rate is counted. The zero prefix has no limit.
func (c Client) rated() (none netip.Prefix) {
	if c.Local() {
		return none
	}
	return ClientPrefix(c.Address)
}

// loopback is this machine as a client.
var loopback = netip.PrefixFrom(netip.AddrFrom4([4]byte{127}), 8)

// ClientPrefix is the network that counts as one client: an IPv4 address, or the /64 of an IPv6 address, which is what
// a home or an office has. All loopback addresses are one client. It is zero for the zero address.
func ClientPrefix(a netip.Addr) netip.Prefix {
	if a.IsLoopback() {
		return loopback
	}
	bits := a.BitLen()
	if a.Is6() {
		bits = 64
	}
	network, _ := a.Prefix(bits) // the only error is for the zero address
	return network
}
