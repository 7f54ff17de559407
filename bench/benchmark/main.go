//go:build linux

// Command benchmark measures masar beside what its users would pick instead, in one run on one machine. It generates a graph,
// loads it into masar and into a Dgraph of its own, asks all of them in turn for the same, checks that the answers are equal,
// and prints a table of times and ratios.
//
//	go run ./bench/benchmark -binary bin/masar -claims 10000
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) == 3 && os.Args[1] == valuesCommand {
		exit(serveValues(ctx, os.Args[2]))
		return
	}
	o := options{}
	claims := flag.String("claims", "100k", "size of the graph in claims: 10k, 100k, 1m; several, separated by commas, show the growth")
	flag.StringVar(&o.binary, "binary", "bin/masar", "masar, with Dgraph in it")
	flag.StringVar(&o.dir, "dir", "", "directory for the data and logs, which stay; another run uses the data (default: one that is removed)")
	flag.StringVar(&o.profile, "profile", "", "file for a CPU profile of masar under the nested question (default: none)")
	flag.DurationVar(&o.seconds, "slice", 2*time.Second, "duration of a slice of requests by several clients")
	flag.IntVar(&o.rounds, "rounds", 20, "rounds of each question by one client")
	flag.IntVar(&o.starts, "starts", 2, "starts, each with a first pass over the targets; at least 2")
	flag.Parse()
	var err error
	if o.starts < 2 {
		err = errors.New("-starts: give at least 2, one for DQL and one for /graphql")
	} else if o.sizes, err = sizes(*claims); err == nil {
		err = o.run(ctx)
	}
	exit(err)
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}

type options struct {
	binary, dir, profile string
	sizes                []int
	seconds              time.Duration
	rounds, starts       int
	out                  *os.File // standard output if nil
}

// sizes reads numbers of claims: 10k,1m.
func sizes(text string) ([]int, error) {
	var all []int
	for _, word := range strings.Split(text, ",") {
		digits := strings.NewReplacer("k", "000", "m", "000000").Replace(strings.ToLower(strings.TrimSpace(word)))
		n, err := strconv.Atoi(digits)
		if err != nil || n < 100 {
			return nil, fmt.Errorf("-claims %q: give numbers of at least 100, such as 10k, 100k or 1m", word)
		}
		all = append(all, n)
	}
	return all, nil
}

// run measures each size and prints the results.
func (o options) run(ctx context.Context) error {
	var err error
	if o.binary, err = filepath.Abs(o.binary); err != nil {
		return err
	}
	if o.out == nil {
		o.out = os.Stdout
	}
	if o.dir == "" {
		if o.dir, err = os.MkdirTemp("", "masar-bench-"); err != nil {
			return err
		}
		defer os.RemoveAll(o.dir)
	}
	began, busy := time.Now(), machineLoad()
	var all []*results
	for _, claims := range o.sizes {
		r, err := o.measure(ctx, claims)
		if r != nil { // also what was measured before an error
			r.print(o.out)
		}
		if err != nil {
			return fmt.Errorf("%d claims: %w", claims, err)
		}
		all = append(all, r)
	}
	if len(all) > 1 {
		printGrowth(o.out, all)
	}
	fmt.Fprintf(o.out, "\nThis took %s. %s\nRunning processes, on average: %s at the start, %s at the end.\n",
		time.Since(began).Round(time.Second), machine(), busy, machineLoad())
	return nil
}

// progress reports what is running.
func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, time.Now().Format(time.TimeOnly)+" "+format+"\n", args...)
}
