package main

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"time"

	"github.com/spf13/pflag"

	"masar/operations"
	"masar/server"
)

// serving are the flags about connections and load.
type serving struct {
	maxConnections int
	drainDelay     time.Duration
	trustedProxies []string
	queue          operations.QueueSize
	rate           string
	metricsListen  string

	// Parsed from the flags above.
	places     operations.QueueSize
	clientRate operations.Rate
	proxies    server.Proxies
}

func (s *serving) flags(f *pflag.FlagSet) {
	f.IntVar(&s.maxConnections, "max-connections", 1024, "maximum number of open connections; one client may have a quarter")
	f.DurationVar(&s.drainDelay, "drain-delay", 500*time.Millisecond, "time to keep accepting requests after /readyz turns to 503")
	f.StringSliceVar(&s.trustedProxies, "trusted-proxy", nil, "network or address of a reverse proxy whose X-Forwarded-For is trusted, such as 10.0.0.0/8; repeatable (default: loopback only)")
	f.IntVar(&s.queue.Running, "max-running", operations.RunningAtOnce(), "maximum number of running operations, by default 8 per processor; one client may have half")
	f.IntVar(&s.queue.Waiting, "max-waiting", 256, "maximum number of waiting operations; further ones are refused")
	f.DurationVar(&s.queue.Wait, "max-wait", time.Second, "maximum time that an operation waits to run")
	f.StringVar(&s.rate, "rate", "600/min", "maximum request rate of a client: 600/min, 10/s, 5000/h; 0 for unlimited; loopback is not limited")
	f.StringVar(&s.metricsListen, "metrics-listen", "", "separate address for /metrics (default: at --listen, for loopback only)")
}

// check validates the flags and parses those that have a syntax of their own.
func (s *serving) check() error {
	switch {
	case s.maxConnections < 1:
		return usageError{fmt.Errorf("--max-connections %d is too small: the minimum is 1", s.maxConnections)}
	case s.drainDelay < 0:
		return usageError{fmt.Errorf("--drain-delay %s is negative: give 0s or more", s.drainDelay)}
	case s.queue.Running < 1 || s.queue.Waiting < 0 || s.queue.Wait <= 0:
		return usageError{fmt.Errorf("--max-running %d and --max-wait %s must be positive; --max-waiting %d must be 0 or more", s.queue.Running, s.queue.Wait, s.queue.Waiting)}
	}
	var err error
	if s.clientRate, err = operations.ParseRate(s.rate); err != nil {
		return usageError{fmt.Errorf("--rate: %w", err)}
	}
	s.places = s.queue
	if s.queue.Waiting == 0 {
		s.places.Waiting = -1 // 0 would select the default
	}
	for _, given := range s.trustedProxies {
		network, err := netip.ParsePrefix(given)
		if one, oneErr := netip.ParseAddr(given); err != nil && oneErr == nil {
			network, err = one.Prefix(one.BitLen())
		}
		if err != nil {
			return usageError{fmt.Errorf("--trusted-proxy %q is neither an address nor a network: give 10.0.0.1 or 10.0.0.0/8", given)}
		}
		s.proxies = append(s.proxies, network)
	}
	return nil
}

// connections returns the configuration of the server's connections.
func (s *service) connections() server.Serving {
	return server.Serving{
		Headers: s.maxHeaders, Connections: s.maxConnections, DrainDelay: s.drainDelay, Proxies: s.proxies, Refused: s.metrics.ConnectionRefused, Log: s.log,
	}
}

// serveMetrics serves /metrics at --metrics-listen, if given, until the context ends.
func (s *service) serveMetrics(ctx context.Context) error {
	if s.metricsListen == "" {
		return nil
	}
	listener, err := net.Listen("tcp", s.metricsListen)
	if err != nil {
		return usageError{fmt.Errorf("--metrics-listen %s: %w", s.metricsListen, err)}
	}
	s.log.Info("serving metrics", "address", listener.Addr().String())
	metrics := server.NewMetrics(s.metrics, s.public)
	go func() {
		if err := server.Serve(ctx, listener, metrics, server.Serving{Log: s.log}); err != nil {
			s.log.Error("the metrics server stopped", "error", err)
		}
	}()
	return nil
}
