package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/spf13/cobra"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/internal/graphfile"
	"masar/internal/memory"
	"masar/loaders"
	"masar/operations/metrics"
	"masar/operations/traces"
	"masar/resolvers"
	"masar/scoring"
	"masar/seed"
	"masar/server"
)

func (a *app) serveCommand() *cobra.Command {
	s := &service{app: a, schema: resolvers.NewSchema(), metrics: metrics.New(release)}
	s.metrics.Watch(s.state)
	s.metrics.WatchIncluded(s.includedState)
	s.metrics.WatchHealth(s.health)
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the graph over HTTP",
		Long: `Serve the graph over HTTP.

Without --dgraph, the command starts the Dgraph in this binary. It loads the seed
where there has never been a graph. If a graph was there and is missing or damaged,
the command says what is missing and ends with 1. The port opens at once; /readyz
returns 200 when queries are answered. On SIGTERM or Ctrl-C, /readyz returns 503,
requests are accepted for --drain-delay, running requests finish, and Dgraph stops.

Writes of other processes become visible within --refresh plus the time to read
them. If Dgraph does not respond, answers continue from memory for --max-stale.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.check(); err != nil {
				return err
			}
			s.logSettings(settingsOf(cmd, a.origins))
			return s.run(cmd.Context())
		},
	}
	s.addFlags(c)
	return c
}

// addFlags adds the settings of the service to a command.
func (s *service) addFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&s.listen, "listen", defaultListen, "address to listen on; port 0 selects a free port")
	f.DurationVar(&s.follow.Interval, "refresh", 500*time.Millisecond, "interval between checks for new writes")
	f.DurationVar(&s.follow.MaxStale, "max-stale", 30*time.Second, "maximum age of an answer while Dgraph cannot confirm that it is the newest; later queries fail")
	f.DurationVar(&s.readTime, "dgraph-timeout", dgraph.ReadTime, "maximum time of one read from Dgraph; of several hosts, the next one is asked after a third of it")
	f.StringVar(&s.asOf, "as-of", "", "as-of date for the age of evidence: YYYY-MM-DD (default: today)")
	f.StringVar(&s.sourceText, "source-text", "full", "imported source text in answers: full, or quotes for quotations only")
	f.IntVar(&s.memoryMB, "memory", ownMB, "memory of masar in megabytes; it takes more when the graph in use needs it")
	f.IntVar(&s.cacheRecords, "cache-records", 200_000, "maximum number of records in the memory cache; a text counts as one for each 4 KiB")
	f.StringVar(&s.graphFile, "graph-file", "", "file that keeps the graph in memory between starts, so that a start reads only what was written since (default: "+graphFileName+" in the data directory; with --dgraph none)")
	f.IntVar(&s.answersMB, "cache-answers", 16, "maximum size of kept answers in megabytes; 0 keeps none")
	s.requests.flags(f)
	s.serving.flags(f)
	s.bounds.flags(f)
	s.included.flags(f)
	s.printing.flags(f)
	s.graphFlags(c)
}

// defaultListen is the default address of a service.
const defaultListen = "127.0.0.1:8080"

// service is a running masar serve.
type service struct {
	*app
	schema  graphql.ExecutableSchema
	metrics *metrics.Metrics
	spans   *traces.Spans // nil unless the environment asks for them

	listen, asOf string
	sourceText   string
	follow       loaders.LiveOptions
	readTime     time.Duration
	graphFile    string
	cacheRecords int
	answersMB    int
	memoryMB     int
	requests
	serving
	bounds
	included
	printing

	began    time.Time                       // when the service began to start
	filled   atomic.Bool                     // whether this process loaded the seed
	compared atomic.Pointer[comparison]      // nil until the graph has been compared with the seed
	known    atomic.Pointer[knowledge]       // nil until it has been read
	embedded atomic.Pointer[embedded.Server] // nil until started, and with --dgraph
	store    atomic.Pointer[dgraph.Store]    // nil until Dgraph is ready
	live     atomic.Pointer[loaders.Live]    // nil until Dgraph is ready
	loaders  atomic.Pointer[loaders.Service] // nil until the graph has been read
	draining atomic.Bool
}

// check validates the flags and parses the as-of date.
func (s *service) check() error {
	switch {
	case s.follow.Interval <= 0:
		return usageError{fmt.Errorf("--refresh %s is too small: give a positive duration", s.follow.Interval)}
	case s.follow.MaxStale <= s.follow.Interval:
		return usageError{fmt.Errorf("--max-stale %s must be greater than --refresh %s", s.follow.MaxStale, s.follow.Interval)}
	case s.readTime <= 0:
		return usageError{fmt.Errorf("--dgraph-timeout %s is too small: give a positive duration", s.readTime)}
	case s.follow.MaxStale < 3*s.readTime:
		return usageError{fmt.Errorf("--max-stale %s must be at least three times --dgraph-timeout %s, or answers fail before another host is asked", s.follow.MaxStale, s.readTime)}
	case s.sourceText != "full" && s.sourceText != "quotes":
		return usageError{fmt.Errorf("--source-text %q is not allowed: give full or quotes", s.sourceText)}
	case s.memoryMB < 16:
		return usageError{fmt.Errorf("--memory %d is too small: the minimum is 16", s.memoryMB)}
	case s.cacheRecords < 1:
		return usageError{fmt.Errorf("--cache-records %d is too small: the minimum is 1", s.cacheRecords)}
	case s.answersMB < 0:
		return usageError{fmt.Errorf("--cache-answers %d is negative: give 0 or more", s.answersMB)}
	}
	if err := errors.Join(s.requests.check(), s.serving.check(), s.bounds.check(), s.included.check(s.dgraph), s.printing.find()); err != nil || s.asOf == "" {
		return err
	}
	var err error
	if s.follow.AsOf, err = time.Parse(time.DateOnly, s.asOf); err != nil {
		return usageError{fmt.Errorf("--as-of %q is not a valid date: give YYYY-MM-DD", s.asOf)}
	}
	return nil
}

// greeting has the addresses of the service, for people first.
const greeting = `Masar is ready after %[2]s. Open one of these addresses in a browser:
  %[1]sar/        مستكشف الأدلة بالعربية
  %[1]sen/        the explorer in English
  %[1]sgraphiql/  a page to write and run queries
Programs use %[1]sgraphql
`

// run serves until the context ends or Dgraph fails to start. The port is open for the whole time.
func (s *service) run(ctx context.Context) error {
	s.began = time.Now()
	s.boundMemory()
	defer s.exportTraces()()
	listener, err := net.Listen("tcp", s.listen)
	if err != nil {
		return s.portError(err)
	}
	s.log.Info("listening", "address", listener.Addr().String(), "data", s.dataDir)
	work, stop := context.WithCancel(context.WithoutCancel(ctx)) // continues after ctx until running requests have been answered
	defer stop()
	if err := s.serveMetrics(work); err != nil {
		return err
	}
	serving, stopServing := context.WithCancel(ctx)
	defer stopServing()
	served := make(chan error, 1)
	go func() { served <- server.Serve(serving, listener, s.handler(), s.connections()) }()

	closeGraph, err := s.open(serving, work)
	if err == nil {
		fmt.Fprintf(s.out, greeting, s.public.Base(listener.Addr()), seconds(time.Since(s.began)))
		select {
		case <-ctx.Done():
		case err = <-served:
			served <- nil
		}
	}
	interrupted := ctx.Err() != nil
	s.draining.Store(true)
	if interrupted {
		s.log.Info("stopping: finishing running requests")
	}
	stopServing()
	serveErr := <-served
	stop()
	closeGraph()
	if interrupted {
		return nil // a stop during the start is not an error
	}
	return errors.Join(err, serveErr)
}

// boundMemory bounds the memory of this process. GOMEMLIMIT takes precedence.
func (s *service) boundMemory() {
	if os.Getenv("GOMEMLIMIT") != "" {
		memory.Follow(0)
		return
	}
	memory.Follow(int64(s.memoryMB) << 20)
}

// portError explains why the port cannot be opened. Often another serve uses the same data directory.
func (s *service) portError(err error) error {
	if !errors.Is(err, syscall.EADDRINUSE) {
		return usageError{fmt.Errorf("--listen %s: %w", s.listen, err)}
	}
	if _, findErr := embedded.Find(s.dataDir); findErr == nil && s.dgraph == "" {
		return fmt.Errorf("data directory %s is in use by another masar serve, and %s is taken: "+
			"stop it, or give another --data-dir and --listen", s.dataDir, s.listen)
	}
	return fmt.Errorf("%s is in use by another program: give another address with --listen", s.listen)
}

// open starts Dgraph, writes the schema, loads the seed if the graph is empty, and reads the first snapshot. It gives
// up when ctx ends. Background work continues until the context work ends. closeAll is never nil and closes everything,
// also after an error.
func (s *service) open(ctx, work context.Context) (closeAll func(), err error) {
	probe := prober{options: []dgraph.Option{dgraph.WithObserver(s.dgraphCall), dgraph.WithReadTime(s.readTime), dgraph.WithLog(s.log)}}
	followed := make(chan struct{})
	close(followed)
	closeAll = func() {
		<-followed
		if running := s.embedded.Load(); running != nil {
			s.stopDgraph(running)
		}
		probe.close()
	}
	if err := s.startStore(ctx, &probe); err != nil {
		return closeAll, err
	}
	store := probe.store
	s.store.Store(store)
	if err := s.persist(ctx, func() error { return s.fill(ctx, store) }); err != nil {
		return closeAll, err
	}
	s.follow.File = s.keptGraph()
	live := loaders.NewLive(store, scoring.DefaultProfile(), s.follow, s.log)
	if err := s.persist(ctx, func() error { return live.Refresh(ctx) }); err != nil {
		return closeAll, err
	}
	service, err := loaders.New(live, store, s.schema.Schema(), loaders.Options{CacheRecords: s.cacheRecords, QuotesOnly: s.sourceText == "quotes"})
	if err != nil {
		return closeAll, err
	}
	var follow sync.WaitGroup
	follow.Go(func() { live.Run(work) })
	follow.Go(func() { s.keepMarker(work, live) })
	follow.Go(func() { s.keepKnowing(work, store) })
	if !s.filled.Load() {
		follow.Go(func() { s.noticeSeed(work, store) })
	}
	ended := make(chan struct{})
	followed = ended
	go func() { defer close(ended); follow.Wait() }()
	s.live.Store(live)
	s.loaders.Store(service)
	return closeAll, nil
}

// graphFileName is the name of the file that keeps the graph, in the data directory.
const graphFileName = "graph.masar"

// keptGraph is the file that keeps the graph in memory between starts; nil for none.
func (s *service) keptGraph() *graphfile.File {
	if path := s.keptPath(); path != "" {
		return graphfile.New(path)
	}
	return nil
}

// keptPath is the path of that file; empty for none.
func (s *service) keptPath() string {
	if s.graphFile == "" && s.dgraph == "" {
		return filepath.Join(s.dataDir, graphFileName)
	}
	return s.graphFile
}

// startStore starts Dgraph, or waits without a timeout for the one that --dgraph names.
func (s *service) startStore(ctx context.Context, probe *prober) error {
	if s.dgraph == "" {
		starting, cancel := context.WithTimeout(ctx, startTime)
		defer cancel()
		running, err := embedded.Start(starting, s.included.options(s.embeddedOptions(probe)))
		if err != nil {
			return err
		}
		s.embedded.Store(running)
		return nil
	}
	return badAddress(s.persist(ctx, func() error { return probe.ready(ctx, s.dgraph) }))
}

// persist repeats do while Dgraph cannot be reached.
func (s *service) persist(ctx context.Context, do func() error) error {
	var causes masar.Causes
	for {
		err := do()
		if !dgraph.Unanswered(err) {
			return err
		}
		if causes.New(err) {
			s.log.Warn("waiting for Dgraph", "error", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// errEmptied reports a Dgraph that once held a graph and has lost it.
var errEmptied = errors.New("the database has a schema of Masar, but the graph that belongs to it is gone or incomplete: restore a backup, " +
	"or write the seed with \"masar seed load\"")

// fill writes the schema, and the seed if Dgraph has never held a graph.
func (s *service) fill(ctx context.Context, store *dgraph.Store) error {
	state, err := store.State(ctx)
	if err != nil {
		return err
	}
	if state.Emptied {
		return errEmptied
	}
	if err := s.prepare(ctx, store, loading); err != nil || state.Snapshot > 0 {
		return err
	}
	graph, err := seed.Read(seed.Files)
	if err != nil {
		return fmt.Errorf("the seed in this binary has faults:\n%w", err)
	}
	began := time.Now()
	changes, err := s.load(ctx, store, graph)
	if err != nil {
		return err
	}
	s.filled.Store(true)
	if running := s.embedded.Load(); running != nil {
		if err := running.Seen(ctx, changes.Snapshot); err != nil {
			return err
		}
	}
	for _, r := range changes.Kept {
		s.log.Warn("the seed differs from this record; it is not overwritten because its last author is another", "record", r.Record.String(), "by", r.By)
	}
	s.log.Info("seed loaded", "seed", seed.Carried().String(), "entities", len(graph.Entities), "claims", len(graph.Claims), "evidence", len(graph.Evidence),
		"observations", len(graph.Observations), "snapshot", changes.Snapshot, "after", time.Since(began).Round(time.Millisecond))
	return nil
}
