//go:build linux

// Command cluster starts a cluster of three Zeros, three Alphas and two services on loopback. It kills, suspends and
// isolates nodes while clients read and write, and prints the clients' results. It exits with 1 if a promise is broken.
//
//	go run ./faults/cluster -binary bin/masar
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var o options
	flag.StringVar(&o.binary, "binary", "bin/masar", "masar, with Dgraph in it")
	flag.StringVar(&o.dir, "dir", "", "directory for the data and logs, which stay (default: one that is removed)")
	flag.StringVar(&o.only, "only", "", "regular expression: phases to run (default: all)")
	flag.BoolVar(&o.short, "short", false, "only faults of 12 s, not those of 65 s")
	flag.DurationVar(&o.maxStale, "max-stale", 30*time.Second, "--max-stale of the services, which no answer may exceed")
	flag.Parse()
	if err := o.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(1)
	}
}

type options struct {
	binary, dir, only string
	short             bool
	maxStale          time.Duration
}

// errBroken ends a run in which a promise was broken; the table names the promise.
var errBroken = errors.New("a promise was not kept")

func (o options) run(ctx context.Context) error {
	binary, err := filepath.Abs(o.binary)
	if err != nil {
		return err
	}
	only, err := regexp.Compile(o.only)
	if err != nil {
		return err
	}
	if o.dir == "" {
		if o.dir, err = os.MkdirTemp("", "masar-cluster-"); err != nil {
			return err
		}
		defer os.RemoveAll(o.dir)
	}
	began := time.Now()
	c, err := newCluster(ctx, binary, o.dir, o.maxStale)
	if c != nil {
		defer c.stop()
	}
	if err != nil {
		return err
	}
	fmt.Printf("The cluster is ready after %s.\n\n", time.Since(began).Round(time.Second))
	lengths := []time.Duration{12 * time.Second, 65 * time.Second}
	if o.short {
		lengths = lengths[:1]
	}
	return o.measure(ctx, c, slices.DeleteFunc(phases(lengths), func(p phase) bool { return !only.MatchString(p.name) }))
}

// measure runs the phases while clients read and write, and prints the table.
func (o options) measure(ctx context.Context, c *cluster, phases []phase) error {
	var writers []*writer
	for _, name := range []string{"fault-a", "fault-b"} {
		w, err := newWriter(ctx, name, c.dgraph)
		if err != nil {
			return err
		}
		defer w.store.Close()
		writers = append(writers, w)
	}
	r := newReaders(c.services, writers)
	working, stopWork := context.WithCancel(ctx)
	defer stopWork()
	ended := make(chan struct{}, 3)
	work := func(run func(context.Context)) {
		go func() { run(working); ended <- struct{}{} }()
	}
	work(r.run)
	for _, w := range writers {
		work(w.run)
	}
	if err := pause(ctx, 5*time.Second); err != nil {
		return err
	}
	kept := true
	fmt.Println("| fault | reads answered | median, 99 of 100, slowest read | worst staleness | longest gap of a writer | writes acknowledged | last failed read after the end |")
	fmt.Println("|---|---|---|---|---|---|---|")
	for _, p := range phases {
		outcome, err := p.run(ctx, c, r, writers)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		outcome.print(o.maxStale)
		kept = kept && len(outcome.broken(o.maxStale)) == 0
	}
	stopWork()
	for range 3 {
		<-ended
	}
	e, err := inspect(ctx, writers)
	if err != nil {
		return err
	}
	fmt.Printf("\n%d writes acknowledged; lost %d, half-written %d, findings %d\n", e.acked, len(e.lost), len(e.half), e.findings)
	for _, what := range append(e.lost, e.half...) {
		fmt.Println("  " + what)
	}
	if !kept || len(e.lost)+len(e.half)+e.findings > 0 {
		return errBroken
	}
	return nil
}

// print prints a row of the table, followed by the broken promises.
func (o outcome) print(maxStale time.Duration) {
	ms := func(d time.Duration) string { return d.Round(time.Millisecond).String() }
	fmt.Printf("| %s | %d of %d, %.1f %% | %s, %s, %s | %s | %s | %d | %s |\n", o.phase.name, o.reads-o.failed, o.reads,
		100-100*float64(o.failed)/float64(max(1, o.reads)), ms(o.half), ms(o.nearlyAll), ms(o.worst), ms(o.stale), ms(o.gap), o.acked, ms(o.back))
	for _, promise := range o.broken(maxStale) {
		fmt.Fprintf(os.Stderr, "NOT KEPT: %s: %s\n", o.phase.name, promise)
	}
	for what, causes := range map[string]map[string]int{"reads": o.readErrors, "writes": o.writeErrors} {
		var all []string
		for _, cause := range slices.Sorted(maps.Keys(causes)) {
			all = append(all, fmt.Sprintf("%d times %s", causes[cause], cause))
		}
		if len(all) > 0 {
			fmt.Fprintf(os.Stderr, "%s: failed %s: %s\n", o.phase.name, what, strings.Join(all, "; "))
		}
	}
}
