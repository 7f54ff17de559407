package dgraph_test

import (
	"context"
	"net"
	"sync"
	"testing"

	"github.com/dgraph-io/dgo/v230/protos/api"
	"google.golang.org/grpc"
)

// gate is a proxy between a store and Dgraph. It records calls, and may delay them or answer them itself.
type gate struct {
	addr   string
	dgraph api.DgraphClient

	mu    sync.Mutex
	calls []call
	// around handles each call, numbered from 0, and may call pass to forward it. nil forwards every call.
	around func(ctx context.Context, n int, c call, pass func(context.Context) error) error
}

// call is a call to the gate. One of its fields is set.
type call struct {
	query *api.Request
	end   *api.TxnContext
	alter *api.Operation
	login *api.LoginRequest
}

// mutates reports whether the call is a mutation.
func (c call) mutates() bool { return c.query != nil && len(c.query.Mutations) > 0 }

// reads reports whether the call is a query.
func (c call) reads() bool { return c.query != nil && len(c.query.Mutations) == 0 }

// commits reports whether the call commits a transaction.
func (c call) commits() bool { return c.end != nil && !c.end.Aborted }

// newGate starts a gate before a Dgraph.
func newGate(t *testing.T, dgraph api.DgraphClient, options ...grpc.ServerOption) *gate {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{addr: listener.Addr().String(), dgraph: dgraph}
	server := grpc.NewServer(append(options, grpc.MaxRecvMsgSize(1<<28), grpc.MaxSendMsgSize(1<<28))...)
	api.RegisterDgraphServer(server, g)
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	return g
}

// watch sets the handler of later calls, and forgets earlier ones.
func (g *gate) watch(around func(ctx context.Context, n int, c call, pass func(context.Context) error) error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.calls, g.around = nil, around
}

// seen returns the recorded calls.
func (g *gate) seen() []call {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]call(nil), g.calls...)
}

func (g *gate) through(ctx context.Context, c call, pass func(context.Context) error) error {
	g.mu.Lock()
	n, around := len(g.calls), g.around
	g.calls = append(g.calls, c)
	g.mu.Unlock()
	if around == nil {
		return pass(ctx)
	}
	return around(ctx, n, c, pass)
}

// Query implements api.DgraphServer.
func (g *gate) Query(ctx context.Context, in *api.Request) (out *api.Response, err error) {
	err = g.through(ctx, call{query: in}, func(ctx context.Context) (err error) { out, err = g.dgraph.Query(ctx, in); return err })
	return out, err
}

// CommitOrAbort implements api.DgraphServer.
func (g *gate) CommitOrAbort(ctx context.Context, in *api.TxnContext) (out *api.TxnContext, err error) {
	err = g.through(ctx, call{end: in}, func(ctx context.Context) (err error) { out, err = g.dgraph.CommitOrAbort(ctx, in); return err })
	return out, err
}

// Alter implements api.DgraphServer.
func (g *gate) Alter(ctx context.Context, in *api.Operation) (out *api.Payload, err error) {
	err = g.through(ctx, call{alter: in}, func(ctx context.Context) (err error) { out, err = g.dgraph.Alter(ctx, in); return err })
	return out, err
}

// Login implements api.DgraphServer.
func (g *gate) Login(ctx context.Context, in *api.LoginRequest) (out *api.Response, err error) {
	err = g.through(ctx, call{login: in}, func(ctx context.Context) (err error) { out, err = g.dgraph.Login(ctx, in); return err })
	return out, err
}

// CheckVersion implements api.DgraphServer.
func (g *gate) CheckVersion(ctx context.Context, in *api.Check) (*api.Version, error) {
	return g.dgraph.CheckVersion(ctx, in)
}
