package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/internal/memory"
	"masar/search"
	"masar/words"
)

// graphFlags adds the flags of commands that use the graph.
func (a *app) graphFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&a.dataDir, "data-dir", filepath.Join(xdg.DataHome, "masar"), "data directory")
	f.StringVar(&a.dgraph, "dgraph", "", "address of a running Dgraph: dgraph://user:password@host:9080,host2:9080?sslmode=verify-ca (default: start one)")
	if err := f.SetAnnotation("dgraph", secret, []string{}); err != nil {
		panic(err) // the flag was added above
	}
}

// Timeouts: for a Dgraph that should be running already, and for one that must be started.
const (
	reachTime = 5 * time.Second
	startTime = 2 * time.Minute
)

// access describes how a command uses the graph.
type access int

const (
	// reading changes nothing, not even the schema. The graph must exist in the version of this masar.
	reading access = iota
	// writing also requires an existing graph.
	writing
	// loading creates a missing graph, and updates an older one to the version of this masar.
	loading
	// restoring needs an empty database, and checks itself that it is empty.
	restoring
	// rehearsing leaves the graph as it is: the command examines it and updates it itself.
	rehearsing
)

// connect opens the graph for a command. It uses the Dgraph of --dgraph, or that of a running serve on the same data
// directory. Otherwise it starts one for the duration of the command. closeAll releases everything.
func (a *app) connect(ctx context.Context, access access) (store *dgraph.Store, closeAll func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	if a.dgraph != "" {
		return a.reach(ctx, a.dgraph, access)
	}
	for {
		url, err := embedded.Find(a.dataDir)
		switch {
		case err == nil:
			return a.reach(ctx, url, access)
		case !errors.Is(err, embedded.ErrNotRunning):
			return nil, nil, err
		}
		store, closeAll, err := a.start(ctx, access)
		// Another masar holds the directory, but its Dgraph is not ready yet, or is just stopping.
		if _, inUse := errors.AsType[*embedded.InUseError](err); !inUse {
			return store, closeAll, err
		}
		select {
		case <-ctx.Done():
			return nil, nil, err
		case <-time.After(300 * time.Millisecond):
		}
	}
}

// start starts a Dgraph for the command and opens the graph in it.
func (a *app) start(ctx context.Context, access access) (*dgraph.Store, func(), error) {
	if access < loading && !embedded.Filled(a.dataDir) {
		return nil, nil, a.noGraph()
	}
	sync := func() error { return nil }
	var probe prober
	options := a.embeddedOptions(&probe)
	if options.Loading = access == restoring; options.Loading {
		options.AlphaMB = loadingMB()
		sync = func() error { return embedded.Sync(a.dataDir) }
		probe.options = append(probe.options, dgraph.WithSync(sync))
	}
	running, err := embedded.Start(ctx, options)
	if err != nil {
		probe.close()
		return nil, nil, err
	}
	closeAll := func() {
		if err := sync(); err != nil {
			a.log.Warn("cannot write all files of Dgraph to the disk", "error", err)
		}
		a.mark(running, probe.store)
		probe.close()
		a.stopDgraph(running)
	}
	if err := a.prepare(ctx, probe.store, access); err != nil {
		closeAll()
		return nil, nil, err
	}
	return probe.store, closeAll, nil
}

// loadingMB is the memory of Alpha during a restore, in megabytes: at most half of what is available, where that is known.
func loadingMB() int {
	machine, err := memory.OfProcess(0)
	if err != nil {
		return embedded.LoadingAlphaMB
	}
	return min(embedded.LoadingAlphaMB, max(embedded.DefaultAlphaMB, int(machine.Available>>21)))
}

// noGraph is the error for a data directory without a graph.
func (a *app) noGraph() error {
	return fmt.Errorf("there is no graph in %s: \"masar serve\" makes one (%w)", a.dataDir, fs.ErrNotExist)
}

// mark records the snapshot of the graph in the data directory.
func (a *app) mark(running *embedded.Server, store *dgraph.Store) {
	ctx, cancel := context.WithTimeout(context.Background(), reachTime)
	defer cancel()
	state, err := store.State(ctx)
	if err == nil {
		err = running.Seen(ctx, state.Snapshot)
	}
	if err != nil {
		a.log.Warn("cannot update the marker of the data directory", "error", err)
	}
}

// reach opens the graph in a Dgraph that should be running already.
func (a *app) reach(ctx context.Context, url string, access access) (*dgraph.Store, func(), error) {
	ctx, cancel := context.WithTimeout(ctx, reachTime)
	defer cancel()
	var probe prober
	for {
		err := probe.ready(ctx, url)
		if err == nil {
			err = a.prepare(ctx, probe.store, access)
		}
		if err == nil {
			return probe.store, probe.close, nil
		}
		if masar.ErrorCode(err) != masar.CodeUnavailable {
			probe.close()
			return nil, nil, err
		}
		select {
		case <-ctx.Done():
			probe.close()
			return nil, nil, err
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// prepare checks that the graph has the schema of this masar. Only commands that load may change the schema.
func (a *app) prepare(ctx context.Context, store *dgraph.Store, access access) error {
	switch access {
	case restoring, rehearsing:
		return nil
	case reading, writing:
		return store.CheckSchema(ctx)
	}
	return a.step("applying the schema", func() error { return store.ApplySchema(ctx) })
}

// embeddedOptions returns the options for starting Dgraph.
func (a *app) embeddedOptions(probe *prober) embedded.Options {
	return embedded.Options{
		DataDir:  a.dataDir,
		Log:      a.log,
		Ready:    probe.ready,
		Versions: theseVersions(),
		New:      a.anew,
		Snapshot: func(ctx context.Context, _ string) (int64, error) {
			state, err := probe.store.State(ctx)
			return state.Snapshot, err
		},
	}
}

func (a *app) stopDgraph(running *embedded.Server) {
	if err := running.Stop(context.Background()); err != nil {
		a.log.Warn("Dgraph did not stop by itself", "error", err)
	}
}

// prober checks whether a Dgraph is ready and keeps the connection.
type prober struct {
	url     string
	store   *dgraph.Store
	options []dgraph.Option
}

func (p *prober) ready(ctx context.Context, url string) error {
	if p.url != url {
		p.close()
		store, err := dgraph.Open(ctx, url, append(p.options, dgraph.WithAnalyser(search.Pack))...)
		if err != nil {
			return err
		}
		p.url, p.store = url, store
	}
	return p.store.Ready(ctx)
}

func (p *prober) close() {
	if p.store != nil {
		p.store.Close()
	}
	p.url, p.store = "", nil
}

// badAddress turns the error of a malformed --dgraph into a usage error. It returns other errors unchanged.
func badAddress(err error) error {
	if typed, ok := errors.AsType[*masar.Error](err); ok && typed.Code == masar.CodeBadInput {
		return usageError{fmt.Errorf("--dgraph: %s", words.Message(typed).EN)}
	}
	return err
}
