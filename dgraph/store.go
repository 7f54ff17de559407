// Package dgraph stores the graph in Dgraph. Only this package knows DQL and dgo. Values from clients reach Dgraph as
// variables or as JSON, never as query text.
package dgraph

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

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

// maxMessage is the largest answer accepted from Dgraph, in bytes. gRPC's default of 4 MiB is too small for an Outline.
const maxMessage = 256 << 20

// reconnect sets the pauses between attempts to reach Dgraph. gRPC's default pauses grow to two minutes, and the
// graph would stay unreachable that long after Dgraph is back.
var reconnect = grpc.ConnectParams{
	Backoff:           grpcbackoff.Config{BaseDelay: 100 * time.Millisecond, Multiplier: 1.6, Jitter: .2, MaxDelay: 2 * time.Second},
	MinConnectTimeout: 2 * time.Second,
}

// Store is the graph in Dgraph. It is safe for concurrent use.
type Store struct {
	hosts       *hosts
	dg          *dgo.Dgraph
	outlinePage int
	analyse     Analyser
	now         func() time.Time
	sync        func() error
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
	h := &hosts{readTime: ReadTime, log: slog.New(slog.DiscardHandler), observe: func(context.Context, string, time.Duration, error) {}}
	s := &Store{hosts: h, dg: dgo.NewDgraphClient(h), outlinePage: outlinePage, now: time.Now, sync: func() error { return nil }, validate: validate}
	for _, set := range options {
		set(s)
	}
	for _, name := range a.hosts {
		conn, err := grpc.NewClient("dns:///"+name, // without dns:, a host named unix would be a socket
			grpc.WithTransportCredentials(a.credentials()),
			grpc.WithConnectParams(reconnect),
			grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxMessage), grpc.MaxCallSendMsgSize(maxMessage)))
		if err != nil {
			s.Close()
			return nil, unavailable(err)
		}
		h.all = append(h.all, &host{name: name, conn: conn, client: api.NewDgraphClient(conn), log: h.log})
	}
	h.earlier = make(chan struct{}, earlierReads*len(h.all))
	h.tls = a.tls
	if a.user == "" {
		return s, nil
	}
	h.login = &login{user: a.user, password: a.password}
	if _, err := h.renew(ctx, ""); err != nil {
		s.Close()
		return nil, refused(err)
	}
	return s, nil
}

// Close closes the connections.
func (s *Store) Close() {
	for _, o := range s.hosts.all {
		o.conn.Close()
	}
}

// Reads is the number of queries sent to Dgraph so far.
func (s *Store) Reads() int64 { return s.hosts.reads.Load() }

// ReadTime bounds one small read, so that a request is answered within two seconds when Dgraph does not respond.
const ReadTime = 1500 * time.Millisecond

// ReadTime is how long one small read may take. Of several hosts, each has a third of it before the next is asked.
func (s *Store) ReadTime() time.Duration { return s.hosts.readTime }

// WithReadTime sets how long one small read may take, for a Dgraph that is far away.
func WithReadTime(most time.Duration) Option { return func(s *Store) { s.hosts.readTime = most } }

// WithLog sets a log of the hosts that do not answer and of those that answer again.
func WithLog(log *slog.Logger) Option { return func(s *Store) { s.hosts.log = log } }

// Observer receives every call to Dgraph when it has ended: its context, its type (read, write or commit), its duration and its
// error.
type Observer func(ctx context.Context, call string, took time.Duration, err error)

// WithObserver sets an observer of all calls to Dgraph.
func WithObserver(observe Observer) Option { return func(s *Store) { s.hosts.observe = observe } }

// WithClock sets the clock that dates writes, in place of the machine's.
func WithClock(now func() time.Time) Option { return func(s *Store) { s.now = now } }

// WithSync sets what makes all earlier writes durable, for a Dgraph that acknowledges writes before they are on the disk.
func WithSync(sync func() error) Option { return func(s *Store) { s.sync = sync } }

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

// types declares the predicates of each type, for users who explore the database with DQL.
func types() string {
	var b strings.Builder
	for _, c := range codecs {
		names := c.predicates()
		for _, note := range c.notes {
			if !slices.Contains(names, note) {
				names = append(names, note)
			}
		}
		fmt.Fprintf(&b, "type %s {\n%s\n}\n", c.typeName, strings.Join(names, "\n"))
	}
	return b.String()
}

// reader answers read-only queries: a transaction, or a moment.
type reader interface {
	QueryWithVars(ctx context.Context, q string, vars map[string]string) (*api.Response, error)
}

// query runs a read-only query and decodes its answer. Reads are strict: a best-effort read right after a write can
// miss that write.
func query(ctx context.Context, txn reader, q string, vars map[string]string, into any) error {
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
	case retryable(err) || refusesToken(err):
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
	for _, sign := range []string{"not ready to accept requests", "No connection exists", "No healthy connection", "Only leader can decide", "Please retry", "Pending transactions found", "unhealthy", "opIndexing is already running"} {
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
