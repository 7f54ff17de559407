package loaders_test

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dgraph-io/dgo/v230/protos/api"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	"masar/dgraph/embedded/embeddedtest"
	"masar/loaders"
	"masar/resolvers"
)

// leaderless forwards to the shared Dgraph. While it has no leader, reads without a timestamp hang, as during an election.
type leaderless struct {
	api.UnimplementedDgraphServer
	dgraph   api.DgraphClient
	noLeader atomic.Bool
}

// newLeaderless starts the server and returns its dgraph:// URL.
func newLeaderless(t *testing.T) (l *leaderless, url string) {
	t.Helper()
	shared := embeddedtest.Shared(t)
	conn, err := grpc.NewClient(shared.Addr(), grpc.WithTransportCredentials(credentials.NewTLS(shared.TLS())))
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l = &leaderless{dgraph: api.NewDgraphClient(conn)}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(1<<28), grpc.MaxSendMsgSize(1<<28))
	api.RegisterDgraphServer(server, l)
	go server.Serve(listener)
	t.Cleanup(func() { server.Stop(); conn.Close() })
	return l, "dgraph://" + listener.Addr().String()
}

// Query implements api.DgraphServer.
func (l *leaderless) Query(ctx context.Context, in *api.Request) (*api.Response, error) {
	if l.noLeader.Load() && in.StartTs == 0 {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return l.dgraph.Query(ctx, in)
}

// Alter implements api.DgraphServer.
func (l *leaderless) Alter(ctx context.Context, in *api.Operation) (*api.Payload, error) {
	return l.dgraph.Alter(ctx, in)
}

// Catches: an overtaken request that fails because Dgraph has no leader that knows a newer snapshot, one that returns
// content of another snapshot than its own, and requests that wait for each other's attempts to read a newer snapshot.
func TestAnOvertakenRequestWithoutALeader(t *testing.T) {
	const code, many = "leaderless", 20
	dgraph, url := newLeaderless(t)
	writer := process(t, embeddedtest.Shared(t).URL())
	write(t, writer.Store, named(code, "Older", ""))
	reader := process(t, url)
	service, err := loaders.New(reader.Live, reader.Store, resolvers.NewSchema().Schema(), loaders.Options{CacheRecords: 100})
	if err != nil {
		t.Fatal(err)
	}
	title := func(ctx context.Context) (string, error) { return contentOf(ctx, code) }
	ctx, first, err := service.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	write(t, writer.Store, named(code, "Newer", ""))
	if got, err := title(ctx); err == nil || !loaders.Overtaken(ctx) {
		t.Fatalf("not overtaken: %q, %v", got, err)
	}
	dgraph.noLeader.Store(true)
	var all sync.WaitGroup
	for range many {
		all.Go(func() {
			began := time.Now()
			again, request, err := service.Begin(ctx)
			if took := time.Since(began); err != nil || request.Graph != first.Graph || took > reader.Store.ReadTime() {
				t.Errorf("begun again: %v after %v", err, took)
				return
			}
			if got, err := title(again); got != "Older" || err != nil {
				t.Errorf("content of the older snapshot: %q, %v", got, err)
			}
		})
	}
	all.Wait()
}
