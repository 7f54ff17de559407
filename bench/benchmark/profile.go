//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"runtime/pprof"
	"time"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/loaders"
	"masar/operations"
	"masar/resolvers"
	"masar/scoring"
	"masar/search"
	"masar/server"
)

// profiled writes a CPU profile of masar under the nested question, and prints its top ten. For the profile, masar's handler
// runs in this process, on the Dgraph of the running service.
func (o options) profiled(ctx context.Context, g *sample, dataDir string) error {
	progress("profiling the nested question")
	address, stop, err := serveHere(ctx, dataDir)
	if err != nil {
		return err
	}
	defer stop()
	ask := (&service{address: address}).ask(nestedGraphQL, masar.English, func(turn int) map[string]any {
		return map[string]any{"code": g.answers[turn%len(g.answers)].Target.Code}
	})
	all := []contestant{{name: "masar in this process", ask: ask}}
	if _, err := interleaved(ctx, all, 0, 5*len(g.answers)); err != nil {
		return err
	}
	file, err := os.Create(o.profile)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return errors.Join(err, file.Close())
	}
	_, err = rates(ctx, all, 5*len(g.answers), o.seconds)
	pprof.StopCPUProfile()
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	return o.top(ctx, o.out)
}

// top prints the functions that take the most time, with what they call and without.
func (o options) top(ctx context.Context, to io.Writer) error {
	for _, order := range []string{"-flat", "-cum"} {
		fmt.Fprintf(to, "\nThe profile, ordered by %s:\n\n", order)
		command := exec.CommandContext(ctx, "go", "tool", "pprof", "-top", order, "-nodecount=25", o.profile)
		command.Stdout, command.Stderr = to, os.Stderr
		if err := command.Run(); err != nil {
			return err
		}
	}
	return nil
}

// serveHere serves masar's API in this process.
func serveHere(ctx context.Context, dataDir string) (address string, stop func(), err error) {
	url, err := embedded.Find(dataDir)
	if err != nil {
		return "", nil, err
	}
	store, err := dgraph.Open(ctx, url, dgraph.WithAnalyser(search.Pack))
	if err != nil {
		return "", nil, err
	}
	silent := slog.New(slog.DiscardHandler)
	live := loaders.NewLive(store, scoring.DefaultProfile(), loaders.LiveOptions{Interval: 500 * time.Millisecond, MaxStale: time.Hour}, silent)
	if err := live.Refresh(ctx); err != nil {
		return "", nil, err
	}
	schema := resolvers.NewSchema()
	loading, err := loaders.New(live, store, schema.Schema(), loaders.Options{CacheRecords: 200_000})
	if err != nil {
		return "", nil, err
	}
	current := func() (*loaders.Service, error) { return loading, nil }
	handler := server.New(server.Options{
		Operations: operations.New(operations.Options{Schema: schema, Begin: operations.Load(current), Log: silent}),
		Rows:       server.Rows(current), Checks: func() []server.Check { return nil }, Log: silent,
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx, listener, handler, server.Serving{Log: silent}) }()
	go live.Run(ctx)
	return "http://" + listener.Addr().String(), func() { cancel(); <-served; store.Close() }, nil
}
