// Package dgraph stores the graph in Dgraph. Only this package knows DQL and dgo. Values from clients reach Dgraph as
// variables or as JSON, never as query text.
package dgraph

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/dgraph-io/dgo/v230"
	"github.com/dgraph-io/dgo/v230/protos/api"
	"google.golang.org/grpc"
	grpcbackoff "google.golang.org/grpc/backoff"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"masar"
)

//go:embed schema.dql
var schema string

// maxMessage is the largest answer accepted from Dgraph, in bytes. gRPC's default of 4 MiB is too small for a Shape.
const maxMessage = 256 << 20

// reconnect sets the pauses between attempts to reach Dgraph. gRPC's default pauses grow to two minutes, and the
// graph would stay unreachable that long after Dgraph is back.
var reconnect = grpc.ConnectParams{
	Backoff:           grpcbackoff.Config{BaseDelay: 100 * time.Millisecond, Multiplier: 1.6, Jitter: .2, MaxDelay: 2 * time.Second},
	MinConnectTimeout: 2 * time.Second,
}

// Store is the graph in Dgraph. It is safe for concurrent use.
type Store struct {
	conns     []*grpc.ClientConn
	dg        *dgo.Dgraph
	reads     atomic.Int64
	shapePage int
	analyse   Analyser
	observe   Observer
	now       func() time.Time
	// validate rejects a batch with records that break a rule.
	validate func(context.Context, *dgo.Txn, *masar.Batch) error
}

// Open connects to Dgraph at a dgraph:// URL. It does not wait for Dgraph; Ready does.
// The error has code BAD_INPUT for a malformed URL, and BACKEND_UNAVAILABLE if Dgraph refuses the login.
func Open(ctx context.Context, url string, options ...Option) (*Store, error) {
	a, err := parseURL(url)
	if err != nil {
		return nil, err
	}
	s := &Store{shapePage: shapePage, observe: func(string, time.Duration, error) {}, now: time.Now, validate: validate}
	for _, set := range options {
		set(s)
	}
	clients := make([]api.DgraphClient, len(a.hosts))
	for i, host := range a.hosts {
		conn, err := grpc.NewClient("dns:///"+host, // without dns:, a host named unix would be a socket
			grpc.WithTransportCredentials(a.credentials),
			grpc.WithConnectParams(reconnect),
			grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxMessage), grpc.MaxCallSendMsgSize(maxMessage)))
		if err != nil {
			s.Close()
			return nil, unavailable(err)
		}
		s.conns = append(s.conns, conn)
		clients[i] = client{api.NewDgraphClient(conn), &s.reads, s.observe}
	}
	s.dg = dgo.NewDgraphClient(clients...)
	if a.user != "" {
		if err := s.dg.Login(ctx, a.user, a.password); err != nil {
			s.Close()
			return nil, refused(err)
		}
	}
	return s, nil
}

// Close closes the connections.
func (s *Store) Close() {
	for _, c := range s.conns {
		c.Close()
	}
}

// Reads is the number of queries sent to Dgraph so far.
func (s *Store) Reads() int64 { return s.reads.Load() }

// Observer receives every call to Dgraph: its type (read, write or commit), its duration and its error.
type Observer func(call string, took time.Duration, err error)

// WithObserver sets an observer of all calls to Dgraph.
func WithObserver(observe Observer) Option { return func(s *Store) { s.observe = observe } }

// WithClock sets the clock that dates writes, in place of the machine's.
func WithClock(now func() time.Time) Option { return func(s *Store) { s.now = now } }

// client counts and observes queries, and makes sure that abandoned transactions are aborted.
type client struct {
	api.DgraphClient
	reads   *atomic.Int64
	observe Observer
}

// Query sends a query or mutation.
func (c client) Query(ctx context.Context, in *api.Request, opts ...grpc.CallOption) (*api.Response, error) {
	call := "write"
	if len(in.Mutations) == 0 {
		call = "read"
		c.reads.Add(1)
	}
	began := time.Now()
	resp, err := c.DgraphClient.Query(ctx, in, opts...)
	c.observe(call, time.Since(began), err)
	return resp, err
}

// CommitOrAbort ends a transaction. It aborts even if the request's own context has ended, as when dgo aborts after
// an interrupted mutation. Otherwise Dgraph would keep the transaction pending for minutes.
func (c client) CommitOrAbort(ctx context.Context, in *api.TxnContext, opts ...grpc.CallOption) (*api.TxnContext, error) {
	if in.Aborted {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
	}
	began := time.Now()
	ended, err := c.DgraphClient.CommitOrAbort(ctx, in, opts...)
	c.observe("commit", time.Since(began), err)
	return ended, err
}

// Ready reports whether Dgraph accepts reads and writes, by making one of each. Dgraph's health endpoint reports
// success seconds too early. Ready needs no schema.
func (s *Store) Ready(ctx context.Context) error {
	var answer struct{}
	if err := query(ctx, s.dg.NewReadOnlyTxn(), readyQuery, nil, &answer); err != nil {
		return err
	}
	txn := s.dg.NewTxn()
	defer discard(ctx, txn) // never committed
	probe := &api.NQuad{Subject: "_:probe", Predicate: "dgraph.type", ObjectValue: value("Probe")}
	if _, err := txn.Mutate(ctx, &api.Mutation{Set: []*api.NQuad{probe}}); err != nil {
		return unavailable(err)
	}
	return nil
}

// ApplySchema makes Dgraph know every predicate and type, and takes away predicates that are no longer used. It changes
// nothing where that is so already.
func (s *Store) ApplySchema(ctx context.Context) error {
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		err := s.dg.Alter(ctx, &api.Operation{Schema: schema + types()})
		if err == nil {
			err = s.dropRetired(ctx)
		}
		if err != nil && !retryable(err) {
			err = backoff.Permanent(err)
		}
		return struct{}{}, err
	}, backoff.WithMaxElapsedTime(30*time.Second))
	if err != nil {
		return unavailable(fmt.Errorf("applying the schema: %w", err))
	}
	return nil
}

// types declares the predicates of each type, for users who explore the database with DQL.
func types() string {
	var b strings.Builder
	for _, c := range codecs {
		fmt.Fprintf(&b, "type %s {\n%s\n}\n", c.typeName, strings.Join(c.predicates(), "\n"))
	}
	return b.String()
}

// query runs a read-only query and decodes its answer. Reads are strict: a best-effort read right after a write can
// miss that write.
func query(ctx context.Context, txn *dgo.Txn, q string, vars map[string]string, into any) error {
	resp, err := txn.QueryWithVars(ctx, q, vars)
	if err != nil {
		return unavailable(err)
	}
	if err := json.Unmarshal(resp.Json, into); err != nil {
		return fmt.Errorf("reading Dgraph's answer: %w", err)
	}
	return nil
}

// discard aborts a transaction. After a commit it has no effect.
func discard(ctx context.Context, txn *dgo.Txn) { _ = txn.Discard(ctx) }

// unavailable classifies Dgraph's errors as unreachable, overloaded or internal.
func unavailable(err error) error {
	if _, typed := errors.AsType[*masar.Error](err); typed {
		return err
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded) || status.Code(err) == codes.DeadlineExceeded:
		return masar.NewError(masar.CodeTimeout, "error.database.timeout", nil).Because(err)
	case errors.Is(err, context.Canceled) || status.Code(err) == codes.Canceled:
		return err
	case retryable(err) || status.Code(err) == codes.Unauthenticated || status.Code(err) == codes.PermissionDenied:
		return masar.NewError(masar.CodeUnavailable, "error.database.unreachable", nil).Because(err)
	}
	return fmt.Errorf("dgraph: %w", err)
}

// refused reports a refused login. Dgraph has no error code for it, only a text.
func refused(err error) error {
	err = unavailable(err)
	if masar.ErrorCode(err) != masar.CodeInternal || errors.Is(err, context.Canceled) || status.Code(err) == codes.Canceled {
		return err
	}
	return masar.NewError(masar.CodeUnavailable, "error.database.login", nil).Because(err)
}

// retryable reports whether Dgraph is likely to accept the same request shortly after.
func retryable(err error) bool {
	if aborted(err) {
		return true
	}
	switch status.Code(err) {
	case codes.Unavailable, codes.ResourceExhausted:
		return true
	}
	for _, sign := range []string{"not ready to accept requests", "No connection exists", "No healthy connection", "Please retry", "Pending transactions found", "unhealthy", "opIndexing is already running"} {
		if strings.Contains(err.Error(), sign) {
			return true
		}
	}
	return false
}

// aborted reports whether a transaction lost against another one or against a schema change. dgo's error does not
// cover every request: Dgraph answers a mutation of a lost transaction with FailedPrecondition.
func aborted(err error) bool {
	return errors.Is(err, dgo.ErrAborted) ||
		status.Code(err) == codes.Aborted || status.Code(err) == codes.FailedPrecondition
}
