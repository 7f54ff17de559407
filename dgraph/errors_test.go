package dgraph_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/status"

	"masar"
	"masar/dgraph"
)

// calls are all operations of a store.
var calls = map[string]func(context.Context, *dgraph.Store) error{
	"Snapshot":   func(ctx context.Context, s *dgraph.Store) error { _, err := s.Snapshot(ctx); return err },
	"Outline":    func(ctx context.Context, s *dgraph.Store) error { _, err := s.Outline(ctx); return err },
	"Content":    func(ctx context.Context, s *dgraph.Store) error { _, err := s.Content(ctx, nil); return err },
	"Everything": func(ctx context.Context, s *dgraph.Store) error { _, err := s.Everything(ctx); return err },
	"Ready":      func(ctx context.Context, s *dgraph.Store) error { return s.Ready(ctx) },
	"Save": func(ctx context.Context, s *dgraph.Store) error {
		_, err := s.Save(ctx, by("test", topics(topic("a", "A"))))
		return err
	},
}

// nowhere is an address without a server.
func nowhere(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Catches: a client that waits for an unreachable Dgraph, or gets INTERNAL for it.
func TestDgraphIsNotThere(t *testing.T) {
	for name, ask := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := open(t, nowhere(t))
			began := time.Now()
			err := ask(context.Background(), store)
			took := time.Since(began)
			if masar.ErrorCode(err) != masar.CodeUnavailable {
				t.Errorf("%v, want %s", err, masar.CodeUnavailable)
			}
			if took > 2*time.Second {
				t.Errorf("the error took %v", took)
			}
			t.Logf("told after %v", took.Round(time.Millisecond))
		})
	}
}

// Catches: a call that exceeds its deadline or reports it as INTERNAL, including with a Dgraph that accepts
// connections but does not answer.
func TestDgraphDoesNotAnswer(t *testing.T) {
	server := newGate(t, nil)
	server.watch(func(rpc context.Context, _ int, _ call, _ func(context.Context) error) error {
		if at, told := rpc.Deadline(); !told || time.Until(at) > time.Second {
			t.Error("the call to Dgraph carries no deadline")
		}
		<-rpc.Done()
		return rpc.Err()
	})
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { silent.Close() })
	busy := newGate(t, nil)
	busy.watch(func(context.Context, int, call, func(context.Context) error) error {
		return status.Error(codes.Aborted, "Transaction has been aborted. Please retry")
	})
	for name, ask := range calls {
		for what, addr := range map[string]string{"a query that hangs": server.addr, "a silent server": silent.Addr().String()} {
			t.Run(name+", "+what, func(t *testing.T) {
				t.Parallel()
				store := open(t, addr)
				ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
				defer cancel()
				began := time.Now()
				err := ask(ctx, store)
				if masar.ErrorCode(err) != masar.CodeTimeout {
					t.Errorf("%v, want %s", err, masar.CodeTimeout)
				}
				if took := time.Since(began); took > time.Second {
					t.Errorf("a call with a deadline of 200 ms ended after %v", took)
				}
			})
		}
	}
	t.Run("Save, in the pause between two tries", func(t *testing.T) {
		t.Parallel()
		store := open(t, busy.addr)
		ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
		defer cancel()
		err := calls["Save"](ctx, store)
		if masar.ErrorCode(err) != masar.CodeTimeout {
			t.Errorf("%v, want %s", err, masar.CodeTimeout)
		}
	})
}

// Catches: a request cancelled by its client that is reported as a failure of Dgraph.
func TestRequestIsCancelled(t *testing.T) {
	store := open(t, nowhere(t))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, ask := range calls {
		err := ask(ctx, store)
		if !errors.Is(err, context.Canceled) && status.Code(err) != codes.Canceled || masar.ErrorCode(err) != masar.CodeInternal {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Catches: a fault in our own query reported as Dgraph being unreachable, so that clients retry for ever; and a
// starting Dgraph reported as INTERNAL.
func TestErrorsAreClassified(t *testing.T) {
	for _, c := range []struct {
		says error
		want masar.Code
	}{
		{status.Error(codes.Unknown, "Please retry again, server is not ready to accept requests"), masar.CodeUnavailable},
		{status.Error(codes.Unknown, "No connection exists"), masar.CodeUnavailable},
		{status.Error(codes.Unknown, "Only leader can decide to commit or abort"), masar.CodeUnavailable},
		{status.Error(codes.Unavailable, "transport is closing"), masar.CodeUnavailable},
		{status.Error(codes.PermissionDenied, "unauthorized to query"), masar.CodeUnavailable},
		{status.Error(codes.DeadlineExceeded, "context deadline exceeded"), masar.CodeTimeout},
		{status.Error(codes.Unknown, "line 1 column 2: Unrecognized character"), masar.CodeInternal},
		{status.Error(codes.Unknown, "NQuad count in the request: 100001, is more that threshold: 100000"), masar.CodeInternal},
	} {
		server := newGate(t, nil)
		server.watch(func(context.Context, int, call, func(context.Context) error) error { return c.says })
		store := open(t, server.addr)
		for name, ask := range calls {
			if err := ask(context.Background(), store); masar.ErrorCode(err) != c.want {
				t.Errorf("%s: %v becomes %v, want %s", name, c.says, err, c.want)
			}
		}
		if n := strings.Count(fmt.Sprint(calls["Save"](context.Background(), store)), "dgraph: "); n > 1 {
			t.Errorf("the error contains the package name %d times", n)
		}
	}
}

// Catches: a store that is ready while Dgraph rejects reads or writes, and a readiness check that leaves data behind.
func TestReady(t *testing.T) {
	server := newGate(t, client(t))
	store := open(t, server.addr)
	ctx := context.Background()
	notYet := status.Error(codes.Unknown, "Please retry again, server is not ready to accept requests")
	for name, refuses := range map[string]func(call) bool{"reads": call.reads, "writes": call.mutates} {
		server.watch(func(rpc context.Context, _ int, c call, pass func(context.Context) error) error {
			if refuses(c) {
				return notYet
			}
			return pass(rpc)
		})
		if err := store.Ready(ctx); masar.ErrorCode(err) != masar.CodeUnavailable {
			t.Errorf("without %s it says %v", name, err)
		}
	}

	server.watch(nil)
	clear(t, store)
	clear(t, store)
	dropAll(t)
	if err := store.Ready(ctx); err != nil {
		t.Errorf("Ready without a schema: %v", err)
	}
	clear(t, store)
	save(t, store, topics(topic("a", "A")))
	server.watch(nil)
	for range 3 {
		if err := store.Ready(ctx); err != nil {
			t.Errorf("it says %v", err)
		}
	}
	if left := pending(server.seen()); len(left) > 0 {
		t.Errorf("transactions left open: %v", left)
	}
	if n := count(t, "type(Probe)"); n != 0 {
		t.Errorf("%d probes are left", n)
	}
	if n, err := store.Snapshot(ctx); n != 1 || err != nil {
		t.Errorf("the snapshot is %d, %v, want 1", n, err)
	}
}

// Catches: ApplySchema that gives up while Dgraph is starting, or retries an invalid schema for ever.
func TestApplySchemaWaits(t *testing.T) {
	server := newGate(t, nil)
	store := open(t, server.addr)
	server.watch(func(_ context.Context, n int, _ call, _ func(context.Context) error) error {
		if n < 3 {
			return status.Error(codes.Unknown, "Please retry again, server is not ready to accept requests")
		}
		return status.Error(codes.Unknown, "line 1 column 2: wrong")
	})
	if err := store.ApplySchema(context.Background()); masar.ErrorCode(err) != masar.CodeInternal || !strings.Contains(err.Error(), "wrong") {
		t.Errorf("it says %v", err)
	}
	if n := len(server.seen()); n != 4 {
		t.Errorf("%d tries, want 4", n)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if err := open(t, nowhere(t)).ApplySchema(ctx); masar.ErrorCode(err) != masar.CodeTimeout {
		t.Errorf("ApplySchema with a deadline: %v", err)
	}
}

// Catches: a missing login, and a refused login that reveals the password or is reported as INTERNAL.
func TestLogin(t *testing.T) {
	server := newGate(t, nil)
	ctx := context.Background()
	url := "dgraph://ann:s%3Acret@" + server.addr
	var says error
	server.watch(func(_ context.Context, _ int, c call, _ func(context.Context) error) error {
		if c.login == nil || c.login.Userid != "ann" || c.login.Password != "s:cret" {
			t.Errorf("the call is %+v", c)
		}
		return says
	})
	for _, says = range []error{
		errors.New("invalid username or password"),
		status.Error(codes.Unauthenticated, "no"),
		status.Error(codes.Unavailable, "away"),
	} {
		_, err := dgraph.Open(ctx, url)
		if masar.ErrorCode(err) != masar.CodeUnavailable || strings.Contains(err.Error(), "cret") {
			t.Errorf("%v is told as %v", says, err)
		}
	}
	began := time.Now()
	_, err := dgraph.Open(ctx, "dgraph://ann:s3cret@"+nowhere(t))
	if masar.ErrorCode(err) != masar.CodeUnavailable || strings.Contains(err.Error(), "s3cret") || time.Since(began) > 2*time.Second {
		t.Errorf("nobody there: %v after %v", err, time.Since(began))
	}
}

// Catches: plain text although encryption was requested, and an unknown certificate that passes verification.
func TestEncryption(t *testing.T) {
	strange := httptest.NewTLSServer(nil)
	defer strange.Close()
	encrypted := newGate(t, client(t), grpc.Creds(credentials.NewTLS(&tls.Config{Certificates: strange.TLS.Certificates})))
	clear(t, empty(t))
	plain := newGate(t, client(t))
	for _, c := range []struct {
		server *gate
		mode   string
		works  bool
	}{
		{plain, "", true}, {plain, "?sslmode=disable", true}, {plain, "?sslmode=require", false}, {plain, "?sslmode=verify-ca", false},
		{encrypted, "", false}, {encrypted, "?sslmode=disable", false}, {encrypted, "?sslmode=require", true}, {encrypted, "?sslmode=verify-ca", false},
	} {
		store := open(t, c.server.addr+c.mode)
		_, err := store.Snapshot(context.Background())
		if (err == nil) != c.works || err != nil && masar.ErrorCode(err) != masar.CodeUnavailable {
			t.Errorf("sslmode %q, encrypted %v: %v", c.mode, c.server == encrypted, err)
		}
	}
}
