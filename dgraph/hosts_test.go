package dgraph_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dgraph-io/dgo/v230/protos/api"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"masar"
	"masar/dgraph"
)

// fakeHost is a host of Dgraph that answers every query with the snapshot 7, or does what a test wants.
type fakeHost struct {
	api.UnimplementedDgraphServer
	addr  string
	asked atomic.Int64
	// instead is done in place of answering; nil answers.
	instead atomic.Pointer[func(context.Context, *api.Request) error]
	// logins are the tokens that are given, in turn; wants is the one that is valid.
	wants  atomic.Pointer[string]
	logins atomic.Int64
	denies error
}

func newFakeHost(t *testing.T, options ...grpc.ServerOption) *fakeHost {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &fakeHost{addr: listener.Addr().String()}
	server := grpc.NewServer(options...)
	api.RegisterDgraphServer(server, h)
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	return h
}

// do sets what the host does in place of answering.
func (h *fakeHost) do(instead func(context.Context, *api.Request) error) { h.instead.Store(&instead) }

// answer makes the host answer again.
func (h *fakeHost) answer() { h.instead.Store(nil) }

// hang is what a host that hangs does.
func hang(ctx context.Context, _ *api.Request) error {
	<-ctx.Done()
	return ctx.Err()
}

// Query implements api.DgraphServer.
func (h *fakeHost) Query(ctx context.Context, in *api.Request) (*api.Response, error) {
	h.asked.Add(1)
	if instead := h.instead.Load(); instead != nil {
		if err := (*instead)(ctx, in); err != nil {
			return nil, err
		}
	}
	if wants := h.wants.Load(); wants != nil {
		sent, _ := metadata.FromIncomingContext(ctx)
		if got := sent.Get("accessJwt"); len(got) != 1 || got[0] != *wants {
			return nil, h.denies
		}
	}
	return &api.Response{Json: []byte(`{"snapshot":[{"uid":"0x1","snapshot":7}]}`), Txn: &api.TxnContext{StartTs: 1}}, nil
}

// Login implements api.DgraphServer.
func (h *fakeHost) Login(_ context.Context, in *api.LoginRequest) (*api.Response, error) {
	h.logins.Add(1)
	if in.Userid != "ann" || in.Password != "secret" || in.RefreshToken != "" {
		return nil, errors.New("invalid username or password")
	}
	jwt, err := (&api.Jwt{AccessJwt: *h.wants.Load()}).Marshal()
	return &api.Response{Json: jwt}, err
}

// openAll opens a store over several hosts, and gives its log.
func openAll(t *testing.T, hosts []string, options ...dgraph.Option) (*dgraph.Store, *lockedBuffer) {
	t.Helper()
	log := &lockedBuffer{}
	options = append(options, dgraph.WithLog(slog.New(slog.NewTextHandler(log, nil))))
	store, err := dgraph.Open(t.Context(), "dgraph://"+strings.Join(hosts, ","), options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store, log
}

// lockedBuffer is a buffer for several goroutines.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

// String is what was written.
func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// Catches a host that hangs, refuses, cuts off or is not ready, and with that loses reads though two others answer; each read
// that finds it out for itself; one that is asked no more when it answers again; and a log that has nothing or all of that.
func TestReadsGoToAnotherHost(t *testing.T) {
	for name, fault := range map[string]func(context.Context, *api.Request) error{
		"hangs": hang,
		"cuts off": func(context.Context, *api.Request) error {
			return status.Error(codes.Unavailable, "transport is closing")
		},
		"is not ready": func(context.Context, *api.Request) error { return errors.New("server is not ready to accept requests") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bad, good, other := newFakeHost(t), newFakeHost(t), newFakeHost(t)
			store, log := openAll(t, []string{bad.addr, good.addr, other.addr}, dgraph.WithReadTime(900*time.Millisecond))
			bad.do(fault)
			slow := 0
			for i := range 200 {
				began := time.Now()
				if n, err := store.Snapshot(t.Context()); n != 7 || err != nil {
					t.Fatalf("read %d: %d, %v", i, n, err)
				}
				if took := time.Since(began); took > 200*time.Millisecond {
					slow++
				}
			}
			if slow > 3 || bad.asked.Load() > 4 || bad.asked.Load() == 0 {
				t.Errorf("%d reads waited for the host, which was asked %d times", slow, bad.asked.Load())
			}
			if n := strings.Count(log.String(), "does not answer"); n != 1 || !strings.Contains(log.String(), bad.addr) {
				t.Errorf("the log has the fault %d times: %s", n, log)
			}
			if states := store.Hosts(); states[0].Failed.IsZero() || states[0].Cause == nil || !states[1].Failed.IsZero() {
				t.Errorf("the hosts are %+v", states)
			}
			bad.answer()
			before := bad.asked.Load()
			for began := time.Now(); bad.asked.Load() < before+3; time.Sleep(5 * time.Millisecond) {
				if _, err := store.Snapshot(t.Context()); err != nil {
					t.Fatal(err)
				}
				if time.Since(began) > 10*time.Second {
					t.Fatal("a host that answers again is not asked")
				}
			}
			if !strings.Contains(log.String(), "answers again") {
				t.Errorf("the log does not say that the host is back: %s", log)
			}
		})
	}
}

// Catches a read that is lost because its only host cut it off once, one that is tried for ever, and a fault of ours that
// is sent to every host.
func TestACutReadIsAskedAgainOnce(t *testing.T) {
	h := newFakeHost(t)
	store, _ := openAll(t, []string{h.addr})
	fail := func(times int64, err error) {
		before := h.asked.Load()
		h.do(func(context.Context, *api.Request) error {
			if h.asked.Load()-before <= times {
				return err
			}
			return nil
		})
	}
	cut := status.Error(codes.Unavailable, "error reading from server: EOF")
	fail(1, cut)
	if n, err := store.Snapshot(t.Context()); n != 7 || err != nil {
		t.Errorf("cut off once: %d, %v", n, err)
	}
	before := h.asked.Load()
	fail(1000, cut)
	if _, err := store.Snapshot(t.Context()); masar.ErrorCode(err) != masar.CodeUnavailable || h.asked.Load() != before+2 {
		t.Errorf("cut off each time: %v after %d reads", err, h.asked.Load()-before)
	}
	others := []*fakeHost{newFakeHost(t), newFakeHost(t)}
	store, _ = openAll(t, []string{others[0].addr, others[1].addr})
	for _, o := range others {
		o.do(func(context.Context, *api.Request) error { return errors.New("line 1 column 2: wrong") })
	}
	_, err := store.Snapshot(t.Context())
	if asked := others[0].asked.Load() + others[1].asked.Load(); masar.ErrorCode(err) != masar.CodeInternal || asked != 1 {
		t.Errorf("%d hosts are asked what is wrong in itself: %v", asked, err)
	}
}

// Catches a host that is down at the start, or for ever, and takes reads with it.
func TestAHostThatIsNotThere(t *testing.T) {
	h := newFakeHost(t)
	store, _ := openAll(t, []string{nowhere(t), h.addr, nowhere(t)})
	for range 50 {
		began := time.Now()
		if _, err := store.Snapshot(t.Context()); err != nil || time.Since(began) > time.Second {
			t.Fatalf("%v after %v", err, time.Since(began))
		}
	}
}

// Catches all hosts hanging that are told later than the bound, or not at all when they are back.
func TestAllHostsHang(t *testing.T) {
	hosts := []*fakeHost{newFakeHost(t), newFakeHost(t), newFakeHost(t)}
	store, _ := openAll(t, []string{hosts[0].addr, hosts[1].addr, hosts[2].addr}, dgraph.WithReadTime(300*time.Millisecond))
	for _, h := range hosts {
		h.do(hang)
	}
	for range 3 {
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), store.ReadTime())
		_, err := store.Snapshot(ctx)
		cancel()
		if masar.ErrorCode(err) != masar.CodeTimeout || time.Since(began) > time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	}
	for _, h := range hosts {
		h.answer()
	}
	if _, err := store.Snapshot(t.Context()); err != nil {
		t.Errorf("the first read when all are back: %v", err)
	}
}

// Catches a login that is not renewed whatever the refusal says, one that is renewed by each of many at once, and a storm
// of logins where Dgraph refuses what the user may not do.
func TestLoginIsRenewed(t *testing.T) {
	for _, refusal := range []error{
		status.Error(codes.Unauthenticated, "Token is expired"),
		status.Error(codes.Unauthenticated, "no accessJwt available"),
		status.Error(codes.Unknown, "unable to parse jwt token: signature is invalid"),
		status.Error(codes.PermissionDenied, "unauthorized to query the predicate"),
	} {
		t.Run(refusal.Error(), func(t *testing.T) {
			t.Parallel()
			h := newFakeHost(t)
			h.denies = refusal
			first, second := "first", "second"
			h.wants.Store(&first)
			store, _ := openAll(t, []string{"ann:secret@" + h.addr})
			if _, err := store.Snapshot(t.Context()); err != nil {
				t.Fatal(err)
			}
			time.Sleep(1100 * time.Millisecond) // the least time between two logins
			h.wants.Store(&second)
			var all sync.WaitGroup
			for range 20 {
				all.Go(func() {
					if _, err := store.Snapshot(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if n := h.logins.Load(); n != 2 {
				t.Errorf("%d logins, not 2", n)
			}
			h.do(func(context.Context, *api.Request) error { return refusal })
			for range 50 {
				if _, err := store.Snapshot(t.Context()); masar.ErrorCode(err) != masar.CodeUnavailable {
					t.Fatalf("refused for ever: %v", err)
				}
			}
			if n := h.logins.Load(); n > 4 {
				t.Errorf("%d logins while Dgraph refuses", n)
			}
		})
	}
}

// Catches a write that is lost, doubled or waits for ever because the host that had it hangs.
func TestAWriteIsTriedAtAnotherHost(t *testing.T) {
	empty(t)
	for what, hangs := range map[string]func(call) bool{"mutation": call.mutates, "commit": call.commits} {
		var bad atomic.Pointer[gate]
		gates := []*gate{newGate(t, client(t)), newGate(t, client(t))}
		for _, g := range gates {
			g.watch(func(ctx context.Context, _ int, c call, pass func(context.Context) error) error {
				// The first host that gets what is waited for hangs from then on: a commit comes through, and is not answered.
				if hangs(c) && bad.CompareAndSwap(nil, g) && what == "commit" {
					_ = pass(context.WithoutCancel(ctx))
				}
				if bad.Load() == g {
					return hang(ctx, nil)
				}
				return pass(ctx)
			})
		}
		store, _ := openAll(t, []string{gates[0].addr, gates[1].addr}, dgraph.WithoutRules)
		began := time.Now()
		code := "hangs-" + what
		changes, err := store.Save(t.Context(), by("test", topics(topic(code, "A"))))
		if err != nil || time.Since(began) > 15*time.Second {
			t.Errorf("a %s hangs: %+v, %v after %v", what, changes, err, time.Since(began))
		}
		if n := count(t, fmt.Sprintf(`eq(xid, "TOPIC/%s")`, code)); n != 1 {
			t.Errorf("a %s hangs: the record is there %d times", what, n)
		}
	}
}

// Catches: reads of known revisions and of changes that fail while no host can say what is newest, and an old revision that
// is taken for the wanted one. Also catches a cluster of one host without that way.
func TestContentWithoutALeader(t *testing.T) {
	writer := empty(t)
	save(t, writer, topics(topic("held", "A")))
	for name, strict := range map[string]func(context.Context) error{
		"hangs":   func(ctx context.Context) error { return hang(ctx, nil) },
		"refuses": func(context.Context) error { return errors.New("No connection exists") },
	} {
		for n := 1; n <= 3; n++ {
			t.Run(fmt.Sprint(name, " on ", n, " hosts"), func(t *testing.T) { withoutLeader(t, n, strict) })
		}
	}
}

// withoutLeader reads from hosts on which every read without a timestamp does something else.
func withoutLeader(t *testing.T, hosts int, strict func(context.Context) error) {
	var gates []*gate
	var addresses []string
	for range hosts {
		g := newGate(t, client(t))
		gates, addresses = append(gates, g), append(addresses, g.addr)
	}
	store, _ := openAll(t, addresses, dgraph.WithReadTime(600*time.Millisecond))
	before := now(t, store)
	outline, err := before.Outline(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	uids := map[masar.RecordType][]uint64{masar.RecordType(masar.KindTopic): {outline.Entities[0].UID}}
	for _, g := range gates {
		g.watch(func(ctx context.Context, _ int, c call, pass func(context.Context) error) error {
			if c.reads() && c.query.StartTs == 0 {
				return strict(ctx)
			}
			return pass(ctx)
		})
	}
	read := func(revision int) (map[uint64]masar.Record, error) {
		ctx, cancel := context.WithTimeout(t.Context(), store.ReadTime())
		defer cancel()
		return store.NewestContent(ctx, uids, before, func(found map[uint64]masar.Record) bool {
			r := found[outline.Entities[0].UID]
			return r != nil && r.Version() == revision
		})
	}
	began := time.Now()
	found, err := read(1)
	if err != nil || len(found) != 1 || time.Since(began) > 500*time.Millisecond {
		t.Errorf("the revision of the moment: %v, %v after %v", found, err, time.Since(began))
	}
	if found, err := read(2); !dgraph.Unanswered(err) {
		t.Errorf("a later revision: %v, %v", found, err)
	}
	if h, err := before.History(t.Context(), dgraph.HistoryArgs{Until: before.Snapshot(), Size: 10}); err != nil || len(h.Changes) != 1 {
		t.Errorf("the changes until the moment: %+v, %v", h, err)
	}
}
