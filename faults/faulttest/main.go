//go:build linux

// Command faulttest runs masar on loopback, injects faults while clients read and write, and prints a table of what the
// clients saw. It exits with 1 if a promise of docs/operating.md is broken.
//
//	go run ./faults/faulttest -binary bin/masar
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o := options{scenarios: map[string]bool{}}
	only := flag.String("only", "", "regular expression: faults to inject (default: all)")
	scenarios := flag.String("scenarios", "included,disk,cluster,files,backup,soak", "scenarios to run, separated by commas")
	flag.StringVar(&o.binary, "binary", "bin/masar", "masar, with Dgraph in it")
	flag.StringVar(&o.dir, "dir", "", "directory for the data and logs, which stay (default: one that is removed)")
	flag.BoolVar(&o.short, "short", false, "some faults of each kind, in about three minutes")
	flag.Float64Var(&o.minutes, "minutes", 5, "duration of the soak")
	flag.DurationVar(&o.maxStale, "max-stale", 30*time.Second, "--max-stale of the services, which no answer may exceed")
	flag.Parse()
	for _, name := range strings.Split(*scenarios, ",") {
		o.scenarios[name] = true
	}
	var err error
	if o.only, err = regexp.Compile(*only); err == nil {
		err = o.run(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "faulttest:", err)
		os.Exit(1)
	}
}

type options struct {
	binary, dir string
	scenarios   map[string]bool
	only        *regexp.Regexp
	short       bool
	minutes     float64
	maxStale    time.Duration
}

// errBroken ends a run in which a promise was broken.
var errBroken = errors.New("a promise of docs/operating.md is broken, or a fault could not be injected")

// scenario is a set of processes with the faults that they are tested with.
type scenario struct {
	name string
	run  func(context.Context, options, *table) error
}

var scenarios = []scenario{
	{"included", included},
	{"disk", fullDisk},
	{"cluster", clustered},
	{"files", damagedFiles.run},
	{"backup", backupDrill.run},
	{"soak", soak},
}

func (o options) run(ctx context.Context) error {
	var err error
	if o.binary, err = filepath.Abs(o.binary); err != nil {
		return err
	}
	if o.dir == "" {
		if o.dir, err = os.MkdirTemp("", "masar-faults-"); err != nil {
			return err
		}
		defer os.RemoveAll(o.dir)
	}
	began, busy, results := time.Now(), machineLoad(), &table{}
	for _, s := range scenarios {
		if !o.scenarios[s.name] {
			continue
		}
		if err := s.run(ctx, o, results); err != nil {
			results.add(row{fault: s.name, note: "ended early", broken: []string{"the test ended early: " + err.Error()}})
		}
		if ctx.Err() != nil {
			break
		}
	}
	results.print(os.Stdout)
	fmt.Printf("\nThis took %s on %d processors. Running processes, on average: %s at the start, %s at the end.\n",
		time.Since(began).Round(time.Second), runtime.NumCPU(), busy, machineLoad())
	if results.isBroken() {
		return errBroken
	}
	return ctx.Err()
}

// machineLoad returns the average number of running processes in the last minute. Times depend on it.
func machineLoad() string {
	load, _ := os.ReadFile("/proc/loadavg")
	first, _, _ := strings.Cut(string(load), " ")
	return first
}

// progress reports what is running.
func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, time.Now().Format(time.TimeOnly)+" "+format+"\n", args...)
}
