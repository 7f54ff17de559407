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

// Serving configures how connections are served. Zero means the default in a field's comment.
type Serving struct {
	// Headers is the maximum number of bytes before a request's body, with the URL: 32 KiB. No standard client reaches
	// it.
	Headers int
	// Connections is the maximum number of open connections: 1024. One client may have a quarter of them, this machine
	// three quarters, a trusted proxy all.
	Connections int
	// HeaderTime and RequestTime are the maximum times for a client to send a request's header, 3 s, and the whole
	// request, 8 s.
	HeaderTime, RequestTime time.Duration
	// Stall is the maximum time for a client to receive 64 KiB of an answer: 20 s. There is no bound for the whole
	// answer.
	Stall time.Duration
	// Idle is how long a connection without a request is kept: 60 s.
	Idle time.Duration
	// DrainDelay is how long a stopping server still accepts requests, so that load balancers see that it is not ready.
	DrainDelay time.Duration
	// Patience is how long a stopping server then waits for running requests: 10 s.
	Patience time.Duration
	// Proxies are the reverse proxies in front of the server. They are exempt from the share of one client.
	Proxies Proxies
	// Refused is called for every refused connection.
	Refused func()
	// Log receives the requests that a stop cancels.
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

// Serve answers requests until the context ends. Then it drains: for DrainDelay it answers requests and asks clients to
// reconnect, then it accepts no more. It waits up to Patience for running requests and cancels the rest.
func Serve(ctx context.Context, l net.Listener, h http.Handler, o Serving) error {
	o = o.withDefaults()
	open := newConnections(l, o)
	var draining atomic.Bool
	s := &http.Server{
		Handler:           closing(&draining, withoutReadDeadline(h)),
		ReadHeaderTimeout: o.HeaderTime,
		ReadTimeout:       o.RequestTime,
		IdleTimeout:       o.Idle,
		MaxHeaderBytes:    o.Headers,
		ConnState:         open.follow,
		ErrorLog:          slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug), // connection errors, mostly caused by clients
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

// closing asks the clients of a draining server to close their connections.
func closing(draining *atomic.Bool, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if draining.Load() {
			w.Header().Set("Connection", "close")
		}
		h.ServeHTTP(w, r)
	})
}

// withoutReadDeadline removes the read deadline once a request has been read. net/http continues to read in order to notice that
// a client disconnects. With the deadline it would cancel every request that takes longer to answer.
func withoutReadDeadline(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lift := func() { _ = http.NewResponseController(w).SetReadDeadline(time.Time{}) }
		if r.Body == http.NoBody {
			lift()
		} else {
			r.Body = requestBody{r.Body, lift}
		}
		h.ServeHTTP(w, r)
	})
}

// requestBody is a request body that removes the read deadline at its end.
type requestBody struct {
	io.ReadCloser
	ended func()
}

// Read reads the body.
func (b requestBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		b.ended()
	}
	return n, err
}
