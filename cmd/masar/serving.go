package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
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

	// What is read of the flags above.
	places     operations.QueueSize
	clientRate operations.Rate
	proxies    server.Proxies
}

func (s *serving) flags(f *pflag.FlagSet) {
	f.IntVar(&s.maxConnections, "max-connections", 1024, "the most connections open at once; one client has a quarter of them")
	f.DurationVar(&s.drainDelay, "drain-delay", 500*time.Millisecond, "how long a stop goes on taking requests after /readyz says 503, for load balancers to see it")
	f.StringSliceVar(&s.trustedProxies, "trusted-proxy", nil, "a network (10.0.0.0/8) or address of reverse proxies whose X-Forwarded-For is believed; this machine's own is")
	f.IntVar(&s.queue.Running, "max-running", operations.RunningAtOnce(), "the most operations that run at once, 8 for each processor if it is left out; one client has half of them")
	f.IntVar(&s.queue.Waiting, "max-waiting", 256, "the most operations that wait to run; what comes on top is refused")
	f.DurationVar(&s.queue.Wait, "max-wait", time.Second, "the longest time that an operation waits to run")
	f.StringVar(&s.rate, "rate", "600/min", "how many requests a client may send: 600/min, 10/s, 5000/h; 0 for any number; this machine's own may send any")
	f.StringVar(&s.metricsListen, "metrics-listen", "", "an address of its own for /metrics; without it they are at --listen, for this machine alone")
}

// check reads the flags that are no values of their own.
func (s *serving) check() error {
	switch {
	case s.maxConnections < 1:
		return usageError{fmt.Errorf("--max-connections %d is not above 0", s.maxConnections)}
	case s.drainDelay < 0:
		return usageError{fmt.Errorf("--drain-delay %s is below 0", s.drainDelay)}
	case s.queue.Running < 1 || s.queue.Waiting < 0 || s.queue.Wait <= 0:
		return usageError{fmt.Errorf("--max-running %d and --max-wait %s have to be above 0, --max-waiting %d not below", s.queue.Running, s.queue.Wait, s.queue.Waiting)}
	}
	var err error
	if s.clientRate, err = operations.ParseRate(s.rate); err != nil {
		return usageError{fmt.Errorf("--rate: %w", err)}
	}
	s.places = s.queue
	if s.queue.Waiting == 0 {
		s.places.Waiting = -1 // for zero stands for the default there
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
	return server.Serving{
		Headers: s.maxHeaders, Connections: s.maxConnections, DrainDelay: s.drainDelay, Proxies: s.proxies, Refused: s.metrics.ConnectionRefused, Log: s.log,
	}
}

// serveMetrics answers the metrics at an address of their own, where they are given one, until the context ends.
func (s *service) serveMetrics(ctx context.Context) error {
	if s.metricsListen == "" {
		return nil
	}
	listener, err := net.Listen("tcp", s.metricsListen)
	if err != nil {
		return usageError{fmt.Errorf("--metrics-listen %s: %w", s.metricsListen, err)}
	}
	s.log.Info("listening for who asks for metrics", "address", listener.Addr().String())
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", server.ServeMetrics(s.metrics))
	go func() {
		if err := server.Serve(ctx, listener, mux, server.Serving{Log: s.log}); err != nil {
			s.log.Error("metrics are not answered any more", "error", err)
		}
	}()
	return nil
}
