package dgraph

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dgraph-io/dgo/v230/protos/api"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"masar"
)

// hosts are the hosts of one Dgraph cluster, used as one client. If a host does not answer a read in time, the next host
// is asked. A write without an answer may have been applied: it ends with an error after which the whole transaction can
// be repeated on another host. Hosts that failed are asked last for a time. A transaction is not bound to a host: the
// whole cluster knows it by its timestamp.
type hosts struct {
	all      []*host
	turn     atomic.Uint32
	login    *login      // nil for a Dgraph without logins
	tls      *tls.Config // nil for a Dgraph without TLS
	readTime time.Duration
	log      *slog.Logger
	reads    atomic.Int64
	observe  Observer
	// earlier holds a value for each running read of earlier records.
	earlier chan struct{}
}

var _ api.DgraphClient = (*hosts)(nil)

// host is one of the hosts, with the results of earlier calls.
type host struct {
	name   string
	conn   *grpc.ClientConn
	client api.DgraphClient
	log    *slog.Logger

	mu     sync.Mutex
	failed bool
	since  time.Time     // the time of the failure
	again  time.Time     // the time of the next attempt after a failure
	pause  time.Duration // the pause between two attempts
	cause  error
	causes masar.Causes
}

// The pauses before a failed host is asked again while other hosts answer.
const minPause, maxPause = time.Second, 8 * time.Second

// order returns the order in which a call asks the hosts: the working hosts in rotation, then the failed hosts. A failed
// host whose pause is over is asked first, once: its next pause begins immediately. So a hung host delays one call and
// not all calls.
func (h *hosts) order() []*host {
	start := int(h.turn.Add(1))
	var due, answering, failed []*host
	for i := range h.all {
		one := h.all[(start+i)%len(h.all)]
		switch ok, again := one.state(len(due) == 0); {
		case ok:
			answering = append(answering, one)
		case again:
			due = append(due, one)
		default:
			failed = append(failed, one)
		}
	}
	if len(answering) == 0 { // all hosts have failed, and all are tried, starting with the earliest failure
		slices.SortStableFunc(failed, func(a, b *host) int { return a.failedAt().Compare(b.failedAt()) })
	}
	return slices.Concat(due, answering, failed)
}

// state reports whether the host works and, if not, whether this call tries it again.
func (o *host) state(mayTry bool) (ok, again bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.failed {
		return true, false
	}
	now := time.Now()
	if !mayTry || now.Before(o.again) {
		return false, false
	}
	o.again = now.Add(o.pause)
	return false, true
}

func (o *host) failedAt() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.again
}

// answers records that the host has answered.
func (o *host) answers() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.failed {
		return
	}
	o.log.Info("a host of Dgraph answers again", "host", o.name, "after", time.Since(o.since).Round(time.Millisecond))
	o.failed, o.pause, o.cause = false, 0, nil
	o.causes.Forget()
}

// fails records that the host has not answered.
func (o *host) fails(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.causes.New(err) {
		o.log.Warn("a host of Dgraph does not answer", "host", o.name, "error", err)
	}
	now := time.Now()
	if !o.failed {
		o.since = now
	}
	o.failed, o.cause = true, err
	o.pause = min(max(2*o.pause, minPause), maxPause)
	o.again = now.Add(o.pause)
}

// HostState is the state of a host of Dgraph.
type HostState struct {
	// Name is its host and port.
	Name string
	// Failed is the time of its first failure; zero if it answers.
	Failed time.Time
	// Cause is its last error; nil if it answers.
	Cause error
}

// Hosts returns the state of each host of Dgraph, according to the calls so far.
func (s *Store) Hosts() []HostState {
	var all []HostState
	for _, o := range s.hosts.all {
		o.mu.Lock()
		state := HostState{Name: o.name, Cause: o.cause}
		if o.failed {
			state.Failed = o.since
		}
		o.mu.Unlock()
		all = append(all, state)
	}
	return all
}

// elsewhere reports whether another host may answer a call that this host did not answer.
func elsewhere(err error) bool { return retryable(err) && !aborted(err) }

// down reports whether an error concerns this host only, and not the cluster or the request.
func down(err error) bool {
	if status.Code(err) == codes.Unavailable {
		return true
	}
	return slices.ContainsFunc([]string{"not ready to accept requests", "No connection exists", "No healthy connection"}, func(sign string) bool {
		return strings.Contains(err.Error(), sign)
	})
}

// attempt asks one host within a time limit and records the result. With zero, only the context limits the time.
func (h *hosts) attempt(ctx context.Context, o *host, most time.Duration, ask func(context.Context, api.DgraphClient) error) error {
	bounded, cancel := ctx, context.CancelFunc(func() {})
	if most > 0 {
		bounded, cancel = context.WithTimeout(ctx, most)
	}
	defer cancel()
	began := time.Now()
	err := h.loggedIn(bounded, func(ctx context.Context) error { return ask(ctx, o.client) })
	took := time.Since(began)
	// The host knows its time limit and may end the call just before the clock here does. If it ended a query earlier,
	// the query exceeded Dgraph's own limit.
	late := bounded.Err() != nil || status.Code(err) == codes.DeadlineExceeded && took >= h.share(ctx)*9/10
	switch {
	case err == nil:
		o.answers()
	case late && most > 0 && ctx.Err() == nil:
		err = status.Errorf(codes.Unavailable, "%s did not answer within %s", o.name, most)
		o.fails(err)
	case late: // the caller's time is over or the caller has gone; this host may have had almost no time
		if took >= h.share(ctx) && !errors.Is(ctx.Err(), context.Canceled) {
			o.fails(err)
		}
	case down(err):
		o.fails(err)
	default:
		o.answers()
	}
	return err
}

// each asks the hosts in turn until one answers. A single host is asked once more if it cuts the answer off.
func (h *hosts) each(ctx context.Context, ask func(context.Context, api.DgraphClient) error) error {
	order := h.order()
	tries := max(2, len(order))
	var err error
	for i := range tries {
		most := h.share(ctx)
		if i == tries-1 || len(order) == 1 {
			most = h.rest(ctx)
		}
		if err = h.attempt(ctx, order[i%len(order)], most, ask); err == nil || ctx.Err() != nil || !elsewhere(err) {
			return err
		}
	}
	return err
}

// share is the time limit of a host for a read while other hosts remain.
func (h *hosts) share(ctx context.Context) time.Duration { return h.time(records(ctx)) / 3 }

// rest is the time limit of the last host: the remaining time of the caller, or a default if that is unlimited.
func (h *hosts) rest(ctx context.Context) time.Duration {
	if _, bounded := ctx.Deadline(); bounded {
		return 0
	}
	return max(30*time.Second, h.time(records(ctx)))
}

// time returns the time limit for reading a number of records. The times of large reads were measured on a busy machine.
func (h *hosts) time(records int) time.Duration {
	return h.readTime + time.Duration(records)*time.Millisecond
}

type recordsKey struct{}

// records returns the maximum number of records of a read, if it is large.
func records(ctx context.Context) int {
	n, _ := ctx.Value(recordsKey{}).(int)
	return n
}

// many returns the context of a read of up to the given number of records.
func many(ctx context.Context, n int) context.Context {
	return context.WithValue(ctx, recordsKey{}, max(records(ctx), n))
}

// Query sends a query or a mutation.
func (h *hosts) Query(ctx context.Context, in *api.Request, opts ...grpc.CallOption) (out *api.Response, err error) {
	ask := func(ctx context.Context, c api.DgraphClient) (err error) {
		out, err = c.Query(ctx, in, opts...)
		return err
	}
	began := time.Now()
	if len(in.Mutations) == 0 {
		h.reads.Add(1)
		err = h.each(ctx, ask)
		h.observe(ctx, "read", time.Since(began), err)
		return out, err
	}
	err = h.attempt(ctx, h.order()[0], writeTime(in), ask)
	h.observe(ctx, "write", time.Since(began), err)
	return out, err
}

// commitTime is the time limit of a host for a commit, and for a mutation in addition to the time for its triples. It is
// longer than Dgraph's election of a leader.
const commitTime = 5 * time.Second

// writeTime returns the time limit of a host for a mutation, by the number of its triples.
func writeTime(in *api.Request) time.Duration {
	most := commitTime
	for _, m := range in.Mutations {
		most += time.Duration(len(m.Set)+len(m.Del)) * time.Millisecond
	}
	return most
}

// CommitOrAbort ends a transaction. It aborts one even if the request's own context has ended, as after a mutation that
// was cut off. Otherwise, Dgraph keeps the transaction pending for minutes.
func (h *hosts) CommitOrAbort(ctx context.Context, in *api.TxnContext, opts ...grpc.CallOption) (out *api.TxnContext, err error) {
	most := commitTime
	if in.Aborted {
		ctx, most = context.WithoutCancel(ctx), 2*time.Second
	}
	began := time.Now()
	err = h.attempt(ctx, h.order()[0], most, func(ctx context.Context, c api.DgraphClient) (err error) {
		out, err = c.CommitOrAbort(ctx, in, opts...)
		return err
	})
	h.observe(ctx, "commit", time.Since(began), err)
	return out, err
}

// alterTime is the time limit of a host for a change of the schema, which may build indexes.
const alterTime = 2 * time.Minute

// Alter changes the schema.
func (h *hosts) Alter(ctx context.Context, in *api.Operation, opts ...grpc.CallOption) (out *api.Payload, err error) {
	err = h.attempt(ctx, h.order()[0], alterTime, func(ctx context.Context, c api.DgraphClient) (err error) {
		out, err = c.Alter(ctx, in, opts...)
		return err
	})
	return out, err
}

// CheckVersion asks for the version of Dgraph.
func (h *hosts) CheckVersion(ctx context.Context, in *api.Check, opts ...grpc.CallOption) (out *api.Version, err error) {
	err = h.each(ctx, func(ctx context.Context, c api.DgraphClient) (err error) {
		out, err = c.CheckVersion(ctx, in, opts...)
		return err
	})
	return out, err
}
