package dgraph

import (
	"context"
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

// hosts are the hosts of one Dgraph, as one client. A read that one of them does not answer in time goes to the next; a
// write, which may have come through, ends with an error that lets the whole transaction be tried again elsewhere. Hosts that
// failed come last for a while. A transaction is not bound to a host: Dgraph knows it by its timestamp in the whole cluster.
type hosts struct {
	all      []*host
	turn     atomic.Uint32
	login    *login // nil for a Dgraph without logins
	readTime time.Duration
	log      *slog.Logger
	reads    atomic.Int64
	observe  Observer
}

var _ api.DgraphClient = (*hosts)(nil)

// host is one of the hosts, and what is remembered of it.
type host struct {
	name   string
	conn   *grpc.ClientConn
	client api.DgraphClient
	log    *slog.Logger

	mu     sync.Mutex
	failed bool
	since  time.Time     // of the failure
	again  time.Time     // when a failed one is tried again
	pause  time.Duration // between two tries
	cause  error
	causes masar.Causes
}

// The pauses before a host that failed is asked again, while others answer.
const minPause, maxPause = time.Second, 8 * time.Second

// order is the order in which a call asks the hosts: those that answer, each in its turn, then those that failed. One whose
// pause is over goes first, once: the next call finds its pause begun anew, so that a host that hangs holds up one call and
// not all of them.
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
	if len(answering) == 0 { // and so all are tried anyway, the one that failed longest ago first
		slices.SortStableFunc(failed, func(a, b *host) int { return a.failedAt().Compare(b.failedAt()) })
	}
	return slices.Concat(due, answering, failed)
}

// state reports whether the host answers, and, if not, whether this call is to try it again.
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

// answers notes that the host has answered.
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

// fails notes that the host has not answered.
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

// HostState says how a host of Dgraph is doing.
type HostState struct {
	// Name is its host and port.
	Name string
	// Failed is when it began not to answer; the zero time for one that answers.
	Failed time.Time
	// Cause is the last error of one that does not answer.
	Cause error
}

// Hosts says how each host of Dgraph is doing, as far as it was asked.
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

// elsewhere reports whether another host may well answer what this one did not.
func elsewhere(err error) bool { return retryable(err) && !aborted(err) }

// down reports whether an error is the host's own, and not the cluster's or the request's.
func down(err error) bool {
	if status.Code(err) == codes.Unavailable {
		return true
	}
	return slices.ContainsFunc([]string{"not ready to accept requests", "No connection exists", "No healthy connection"}, func(sign string) bool {
		return strings.Contains(err.Error(), sign)
	})
}

// attempt asks one host, for so long at most, and remembers how it did. Zero bounds nothing but what the context does.
func (h *hosts) attempt(ctx context.Context, o *host, most time.Duration, ask func(context.Context, api.DgraphClient) error) error {
	bounded, cancel := ctx, context.CancelFunc(func() {})
	if most > 0 {
		bounded, cancel = context.WithTimeout(ctx, most)
	}
	defer cancel()
	began := time.Now()
	err := h.loggedIn(bounded, func(ctx context.Context) error { return ask(ctx, o.client) })
	took := time.Since(began)
	// The host is told its time, and may say that it is over just before the clock here does. A query that it stopped earlier
	// took longer than Dgraph itself allows.
	late := bounded.Err() != nil || status.Code(err) == codes.DeadlineExceeded && took >= h.share(ctx)*9/10
	switch {
	case err == nil:
		o.answers()
	case late && most > 0 && ctx.Err() == nil:
		err = status.Errorf(codes.Unavailable, "%s did not answer within %s", o.name, most)
		o.fails(err)
	case late: // the caller's time is over, of which this host may have had next to nothing, or the caller has gone
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

// each asks one host after another until one answers. A single host is asked again once where it cuts the answer off.
func (h *hosts) each(ctx context.Context, ask func(context.Context, api.DgraphClient) error) error {
	order := h.order()
	tries := max(2, len(order))
	if reading(ctx).firstOnly {
		tries = 1
	}
	var err error
	for i := range tries {
		most := h.share(ctx)
		if last := i == tries-1 || len(order) == 1; last && !reading(ctx).firstOnly {
			most = h.rest(ctx)
		}
		if err = h.attempt(ctx, order[i%len(order)], most, ask); err == nil || ctx.Err() != nil || !elsewhere(err) {
			return err
		}
	}
	return err
}

// share is how long a host may take for a read while there is another to ask.
func (h *hosts) share(ctx context.Context) time.Duration { return h.time(reading(ctx).records) / 3 }

// rest is how long the last host may take: all the time that the caller has, and some time where that is without bound.
func (h *hosts) rest(ctx context.Context) time.Duration {
	if _, bounded := ctx.Deadline(); bounded {
		return 0
	}
	return max(30*time.Second, h.time(reading(ctx).records))
}

// time is how long the reading of so many records may take. The times of large reads were measured on a machine that was
// busy with other things.
func (h *hosts) time(records int) time.Duration {
	return h.readTime + time.Duration(records)*time.Millisecond
}

// howToRead says how a read goes over the hosts.
type howToRead struct {
	records   int  // how many records it may give, where these are many
	firstOnly bool // whether the first host alone is asked
}

type howToReadKey struct{}

func reading(ctx context.Context) howToRead {
	how, _ := ctx.Value(howToReadKey{}).(howToRead)
	return how
}

// many is the context of a read of up to so many records.
func many(ctx context.Context, records int) context.Context {
	how := reading(ctx)
	how.records = max(how.records, records)
	return context.WithValue(ctx, howToReadKey{}, how)
}

// firstHost is the context of a read that asks one host alone.
func firstHost(ctx context.Context) context.Context {
	how := reading(ctx)
	how.firstOnly = true
	return context.WithValue(ctx, howToReadKey{}, how)
}

// Query passes a query or a mutation on.
func (h *hosts) Query(ctx context.Context, in *api.Request, opts ...grpc.CallOption) (out *api.Response, err error) {
	ask := func(ctx context.Context, c api.DgraphClient) (err error) {
		out, err = c.Query(ctx, in, opts...)
		return err
	}
	began := time.Now()
	if len(in.Mutations) == 0 {
		h.reads.Add(1)
		err = h.each(ctx, ask)
		h.observe("read", time.Since(began), err)
		return out, err
	}
	err = h.attempt(ctx, h.order()[0], writeTime(in), ask)
	h.observe("write", time.Since(began), err)
	return out, err
}

// commitTime is how long a host may take for a commit, and for a mutation besides its triples: longer than Dgraph takes to
// elect a leader.
const commitTime = 5 * time.Second

// writeTime is how long a host may take for a mutation, by its triples.
func writeTime(in *api.Request) time.Duration {
	most := commitTime
	for _, m := range in.Mutations {
		most += time.Duration(len(m.Set)+len(m.Del)) * time.Millisecond
	}
	return most
}

// CommitOrAbort ends a transaction. It gives one up even when the request's own context is dead, as it is when dgo gives
// up after a mutation that was cut short: else Dgraph keeps the transaction pending for minutes.
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
	h.observe("commit", time.Since(began), err)
	return out, err
}

// alterTime is how long a host may take to change the schema, which may make it build indexes.
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
