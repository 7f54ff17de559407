//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// usage is what the processes use at one time.
type usage struct {
	megabytes  map[string]int // memory, by process
	files      map[string]int // open file descriptors, by process
	goroutines int            // of masar
}

// The limits of the memory of the processes with the seed graph, in megabytes.
var mostMemory = map[string]int{"masar": 150, "alpha": 200, "zero": 80}

// The growth from the middle to the end of the load that still counts as flat: a share and a number.
const flatShare, flatNumber = .2, 10

// mixedLoad runs mixed queries with one write a second, and checks that memory, goroutines and file descriptors stay flat.
func mixedLoad(ctx context.Context, o options, results *table) error {
	lasts := time.Duration(o.minutes * float64(time.Minute))
	if o.short {
		lasts = 30 * time.Second
	}
	name := fmt.Sprintf("mixed: no fault, %d reads and 1 write a second for %s", readsPerSecond, lasts)
	if !o.only.MatchString(name) {
		return nil
	}
	s, err := startSingle(ctx, o, "mixed", o.dir)
	if err != nil {
		return err
	}
	defer s.end()
	w := s.writer("mixed")
	w.pause = time.Second
	l, err := startLoad(ctx, []*node{s.node}, w)
	if err != nil {
		return err
	}
	var usages []usage
	load := fault{
		name: name,
		inject: func(ctx context.Context) (func() error, error) {
			for i := range 3 {
				if i > 0 {
					if err := pause(ctx, lasts/2); err != nil {
						return nil, err
					}
				}
				u, err := s.usage(ctx)
				if err != nil {
					return nil, err
				}
				usages = append(usages, u)
			}
			return nil, nil
		},
		promise: promise{answered: .999, nearlyAll: time.Second, recovery: killRecovery, stale: o.maxStale},
	}
	before := len(results.rows)
	if err := l.injectAll(ctx, []fault{load}, results); err != nil {
		return err
	}
	for i, at := range []string{"start", "middle", "end"} {
		results.add(row{fault: "mixed: at the " + at, note: usages[i].String()})
	}
	if broken := grown(usages[1], usages[2], o.short); len(broken) > 0 {
		results.rows[before].broken = append(results.rows[before].broken, broken...)
	}
	return nil
}

// String describes the usage.
func (u usage) String() string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(u.megabytes)) {
		all = append(all, fmt.Sprintf("%s %d MB, %d files", name, u.megabytes[name], u.files[name]))
	}
	return strings.Join(all, "; ") + fmt.Sprintf("; %d goroutines", u.goroutines)
}

// grown returns what is not flat, and in a long run also the memory above its limit: after the seed has been written, a
// process returns memory only slowly.
func grown(middle, end usage, short bool) []string {
	var all []string
	check := func(what string, from, to int) {
		if float64(to) > float64(from)*(1+flatShare)+flatNumber {
			all = append(all, fmt.Sprintf("%s grew from %d to %d", what, from, to))
		}
	}
	check("goroutines", middle.goroutines, end.goroutines)
	for name := range mostMemory {
		check("memory of "+name, middle.megabytes[name], end.megabytes[name])
		check("open files of "+name, middle.files[name], end.files[name])
		if most := mostMemory[name]; !short && end.megabytes[name] > most {
			all = append(all, fmt.Sprintf("%s uses %d MB, more than %d", name, end.megabytes[name], most))
		}
	}
	slices.Sort(all)
	return all
}

// usage returns the lowest usage within some seconds, because each request uses some of it for a short time.
func (s *single) usage(ctx context.Context) (usage, error) {
	lowest := usage{map[string]int{}, map[string]int{}, math.MaxInt}
	for name := range mostMemory {
		lowest.megabytes[name], lowest.files[name] = math.MaxInt, math.MaxInt
	}
	for range 20 {
		all, err := s.processes()
		if err != nil {
			return lowest, err
		}
		for name, p := range all {
			files, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.PID))
			if err != nil {
				return lowest, err
			}
			lowest.files[name] = min(lowest.files[name], len(files))
			lowest.megabytes[name] = min(lowest.megabytes[name], int(p.Memory>>20))
		}
		metrics, err := get(s.http, "/metrics")
		if err != nil {
			return lowest, err
		}
		match := goroutines.FindStringSubmatch(metrics)
		if match == nil {
			return lowest, errors.New("/metrics has no go_goroutines")
		}
		n, err := strconv.Atoi(match[1])
		if err != nil {
			return lowest, err
		}
		lowest.goroutines = min(lowest.goroutines, n)
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return lowest, err
		}
	}
	return lowest, nil
}

var goroutines = regexp.MustCompile(`(?m)^go_goroutines (\d+)$`)
