package server

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// Serving says how connections are served. A zero field has the default in its comment.
type Serving struct {
	// Headers bounds the bytes of a request before its body, the URL included: 32 KiB, which no standard client meets.
	Headers int
	// Connections is the most that are open at once: 1024. One client has a quarter of them, but for proxies.
	Connections int
	// HeaderTime and RequestTime are how long a client may take to send a request's header, 3 s, and all of it, 8 s.
	HeaderTime, RequestTime time.Duration
	// Stall is how long a client may take to take in 64 KiB of an answer: 20 s. The whole may take as long as it takes.
	Stall time.Duration
	// Idle is how long a connection is kept without a request: 60 s.
	Idle time.Duration
	// DrainDelay is how long a stop goes on taking requests, for load balancers to see that the service is not ready.
	DrainDelay time.Duration
	// Patience is how long a stop then waits for the requests that have begun: 10 s.
	Patience time.Duration
	// Proxies are the reverse proxies in front, which hold the connections of many.
	Proxies Proxies
	// Refused is called for every refused connection.
	Refused func()
	// Log receives the requests that a stop cut off.
	Log *slog.Logger
}

func (o Serving) withDefaults() Serving {
	o.Headers = cmp.Or(o.Headers, 32<<10)
	o.Connections = cmp.Or(o.Connections, 1024)
	o.HeaderTime = cmp.Or(o.HeaderTime, 3*time.Second)
	o.RequestTime = cmp.Or(o.RequestTime, 8*time.Second)
	o.Stall = cmp.Or(o.Stall, 20*time.Second)
	o.Idle = cmp.Or(o.Idle, time.Minute)
	o.Patience = cmp.Or(o.Patience, 10*time.Second)
	if o.Refused == nil {
		o.Refused = func() {}
	}
	return o
}

// Serve answers requests until the context ends. Then it drains: it goes on for DrainDelay but asks clients to come
// back on new connections, takes no more, finishes the requests that have begun, and cuts off those that outlast Patience.
func Serve(ctx context.Context, l net.Listener, h http.Handler, o Serving) error {
	o = o.withDefaults()
	open := newConnections(l, o)
	var draining atomic.Bool
	s := &http.Server{
		Handler:           closing(&draining, unhurried(h)),
		ReadHeaderTimeout: o.HeaderTime,
		ReadTimeout:       o.RequestTime,
		IdleTimeout:       o.Idle,
		MaxHeaderBytes:    o.Headers,
		ConnState:         open.follow,
		ErrorLog:          slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug), // what clients do wrong on the wire
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(open) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	draining.Store(true)
	select {
	case err := <-ended:
		return err
	case <-time.After(o.DrainDelay):
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), o.Patience)
	defer cancel()
	if err := s.Shutdown(grace); err != nil {
		o.Log.Warn("some requests were cut off", "error", err)
		return errors.Join(err, s.Close())
	}
	return nil
}

// closing asks every client of a draining server to close its connection.
func closing(draining *atomic.Bool, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if draining.Load() {
			w.Header().Set("Connection", "close")
		}
		h.ServeHTTP(w, r)
	})
}

// unhurried lifts the deadline of a request that has been sent. Else net/http, which goes on reading to see the client
// go away, would take the deadline for that, and cancel a request that takes longer to answer.
func unhurried(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lift := func() { _ = http.NewResponseController(w).SetReadDeadline(time.Time{}) }
		if r.Body == http.NoBody {
			lift()
		} else {
			r.Body = awaited{r.Body, lift}
		}
		h.ServeHTTP(w, r)
	})
}

// awaited is a body whose end is waited for.
type awaited struct {
	io.ReadCloser
	ended func()
}

// Read reads on.
func (b awaited) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		b.ended()
	}
	return n, err
}
