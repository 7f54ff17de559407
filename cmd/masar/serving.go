package main

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/spf13/pflag"

	"masar/server"
)

// serving are the flags about connections and load.
type serving struct {
	maxConnections int
	drainDelay     time.Duration
	trustedProxies []string

	proxies server.Proxies // trustedProxies, read
}

func (s *serving) flags(f *pflag.FlagSet) {
	f.IntVar(&s.maxConnections, "max-connections", 1024, "the most connections open at once; one client has a quarter of them")
	f.DurationVar(&s.drainDelay, "drain-delay", 500*time.Millisecond, "how long a stop goes on taking requests after /readyz says 503, for load balancers to see it")
	f.StringSliceVar(&s.trustedProxies, "trusted-proxy", nil, "a network (10.0.0.0/8) or address of reverse proxies whose X-Forwarded-For is believed; this machine's own is")
}

// check reads the flags that are no values of their own.
func (s *serving) check() error {
	switch {
	case s.maxConnections < 1:
		return usageError{fmt.Errorf("--max-connections %d is not above 0", s.maxConnections)}
	case s.drainDelay < 0:
		return usageError{fmt.Errorf("--drain-delay %s is below 0", s.drainDelay)}
	}
	for _, given := range s.trustedProxies {
		network, err := netip.ParsePrefix(given)
		if one, oneErr := netip.ParseAddr(given); err != nil && oneErr == nil {
			network, err = one.Prefix(one.BitLen())
		}
		if err != nil {
			return usageError{fmt.Errorf("--trusted-proxy %q is no network and no address", given)}
		}
		s.proxies = append(s.proxies, network)
	}
	return nil
}

// connections says how connections are served.
func (s *service) connections() server.Serving {
	return server.Serving{Headers: s.maxHeaders, Connections: s.maxConnections, DrainDelay: s.drainDelay, Proxies: s.proxies, Log: s.log}
}
