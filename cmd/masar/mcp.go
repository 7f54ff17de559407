package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"masar/loaders"
	"masar/mcp"
	"masar/operations"
	"masar/server"
)

func (a *app) mcpCommand() *cobra.Command {
	m := &assisting{app: a}
	c := &cobra.Command{
		Use:   "mcp",
		Short: "Serve an assistant over standard input and output",
		Long: `Serve an assistant over standard input and output, by the Model Context Protocol.

  masar mcp --url http://127.0.0.1:8080
  masar mcp --data-dir DIR

The assistant starts this command. With --url, the tools ask a running service at
its /graphql. Otherwise they read the graph in the data directory, or in the
Dgraph that --dgraph names, and follow its writes. Tools only read.

Stdout has the protocol only; the log goes to stderr. The command ends with 0 when
the assistant closes stdin. The exit code is 4 if the service or Dgraph cannot be
reached. A running service also answers assistants itself, at /mcp.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := m.check(cmd.Flags()); err != nil {
				return err
			}
			return m.run(cmd.Context())
		},
	}
	c.Flags().StringVar(&m.url, "url", "", "address of a running service, such as http://127.0.0.1:8080 (default: the graph of --data-dir or --dgraph)")
	a.graphFlags(c)
	return c
}

// assisting is a run of masar mcp.
type assisting struct {
	*app
	url string

	// Parsed from the flag above; nil without it.
	remote *remote
}

func (m *assisting) check(flags *pflag.FlagSet) error {
	if m.url == "" {
		return nil
	}
	if flags.Changed("data-dir") || m.dgraph != "" {
		return usageError{errors.New("--url is for a service with its own graph: leave out --data-dir and --dgraph")}
	}
	given, err := server.ParsePublicURLs([]string{m.url})
	if err != nil {
		return usageError{fmt.Errorf("--url: %w", err)}
	}
	m.remote = newRemote(given[0])
	return nil
}

func (m *assisting) run(ctx context.Context) error {
	options := mcp.Options{Version: thisVersion().String(), Log: m.log}
	if m.remote != nil {
		if err := m.remote.reach(ctx); err != nil {
			return err
		}
		options.Ask, options.SDL, options.Base = m.remote.ask, m.remote.sdl, m.remote.address
		return mcp.Run(ctx, options, os.Stdin, m.out)
	}
	store, closeAll, err := m.connect(ctx, reading)
	if err != nil {
		return badAddress(err)
	}
	defer closeAll()
	var run *operations.Operations
	var live *loaders.Live
	err = m.step("reading the graph", func() (err error) {
		run, live, err = operationsOn(ctx, store, loaders.LiveOptions{Interval: 500 * time.Millisecond, MaxStale: 30 * time.Second}, operations.Options{KeptBytes: 4 << 20, Log: m.log})
		return err
	})
	if err != nil {
		return err
	}
	following, stop := context.WithCancel(ctx)
	var follow sync.WaitGroup
	follow.Go(func() { live.Run(following) })
	defer follow.Wait()
	defer stop()
	sdl := server.SDL(run.Schema())
	options.SDL = func(context.Context) (string, error) { return sdl, nil }
	options.Ask = func(ctx context.Context, document string, variables map[string]any) ([]byte, error) {
		client := operations.Client{Transport: "stdio", Permit: server.ReadsOnly}
		return operations.Encode(run.Do(ctx, client, operations.Params{Query: document, Variables: variables})), nil
	}
	return mcp.Run(ctx, options, os.Stdin, m.out)
}
