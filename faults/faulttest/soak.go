//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// usage is what the processes use at one time.
type usage struct {
	megabytes  map[string]int // memory, by process
	files      map[string]int // open file descriptors, by process
	goroutines int            // of masar
	disk       int            // megabytes that the data directory takes on the disk
	writes     int            // that were acknowledged
}

// The limits of the memory of the processes with the seed graph, in megabytes.
var mostMemory = map[string]int{"masar": 350, "alpha": 300, "zero": 80}

// The growth from the middle to the end of the load that still counts as flat: a share and a number.
const flatShare, flatNumber = .2, 10

// The growth of memory in the same time that counts as bounded: a share, and megabytes.
const memoryShare, memoryNumber = .5, 50

// The growth of the data directory that counts as bounded: kilobytes for each write, and megabytes that Dgraph's files may grow by at once.
const diskOfWrite, diskAtOnce = 64, 160

// samples is the number of times at which the usage is measured, from the beginning of the load to its end.
const samples = 7

// soak runs mixed queries with one write a second, beside visitors of everything else that the service has, and checks that memory, goroutines,
// file descriptors and disk are bounded.
func soak(ctx context.Context, o options, results *table) error {
	lasts := time.Duration(o.minutes * float64(time.Minute))
	if o.short {
		lasts = 30 * time.Second
	}
	name := fmt.Sprintf("soak: no fault, %d reads and 1 write a second for %s", readsPerSecond, lasts)
	if !o.only.MatchString(name) {
		return nil
	}
	s, err := startSingle(ctx, o, "soak", o.dir)
	if err != nil {
		return err
	}
	defer s.end()
	visitors, err := s.visitors(ctx, o.short)
	if err != nil {
		return err
	}
	w := s.writer("soak")
	w.pause = time.Second
	l, err := startLoad(ctx, []*node{s.node}, w)
	if err != nil {
		return err
	}
	visiting, leave := context.WithCancel(ctx)
	var visits sync.WaitGroup
	for _, v := range visitors {
		visits.Go(func() { v.run(visiting) })
	}
	var usages []usage
	load := fault{
		name: name,
		inject: func(ctx context.Context) (func() error, error) {
			defer visits.Wait()
			defer leave()
			for i := range samples {
				if i > 0 {
					if err := pause(ctx, lasts/(samples-1)); err != nil {
						return nil, err
					}
				}
				u, err := s.usage(ctx, w)
				if err != nil {
					return nil, err
				}
				progress("soak: %s", u)
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
	for _, v := range visitors {
		results.add(v.row("soak"))
	}
	for i, u := range usages {
		results.add(row{fault: fmt.Sprintf("soak: after %s", lasts*time.Duration(i)/(samples-1)), note: u.String()})
	}
	if broken := grown(usages[samples/2], usages[samples-1], o.short); len(broken) > 0 {
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
	return strings.Join(all, "; ") + fmt.Sprintf("; %d goroutines; %d MB of disk; %d writes", u.goroutines, u.disk, u.writes)
}

// grown returns what is not bounded. Memory has a limit, and in a long run also a growth: caches fill in the first minutes, and it rises and falls
// with the garbage.
func grown(middle, end usage, short bool) []string {
	var all []string
	check := func(what string, from, to int, share, number float64) {
		if float64(to) > float64(from)*(1+share)+number {
			all = append(all, fmt.Sprintf("%s grew from %d to %d", what, from, to))
		}
	}
	check("goroutines", middle.goroutines, end.goroutines, flatShare, flatNumber)
	for name := range mostMemory {
		if !short {
			check("memory of "+name, middle.megabytes[name], end.megabytes[name], memoryShare, memoryNumber)
		}
		check("open files of "+name, middle.files[name], end.files[name], flatShare, flatNumber)
		if most := mostMemory[name]; end.megabytes[name] > most {
			all = append(all, fmt.Sprintf("%s uses %d MB, more than %d", name, end.megabytes[name], most))
		}
	}
	if most := middle.disk + diskAtOnce + (end.writes-middle.writes)*diskOfWrite>>10; end.disk > most {
		all = append(all, fmt.Sprintf("the data directory grew from %d to %d MB, to more than %d", middle.disk, end.disk, most))
	}
	slices.Sort(all)
	return all
}

// usage returns the lowest usage within some seconds, because each request uses some of it for a short time.
func (s *single) usage(ctx context.Context, w *writer) (usage, error) {
	lowest := usage{megabytes: map[string]int{}, files: map[string]int{}, goroutines: math.MaxInt, writes: w.acknowledged()}
	disk, err := allocated(s.dir)
	if err != nil {
		return lowest, err
	}
	lowest.disk = int(disk >> 20)
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

// allocated is the number of bytes that the files of a directory take on the disk. Files may be deleted meanwhile.
func allocated(dir string) (bytes int64, err error) {
	err = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return missingIsFine(err)
		}
		var file syscall.Stat_t
		if err := syscall.Lstat(path, &file); err != nil {
			return missingIsFine(err)
		}
		bytes += file.Blocks * 512
		return nil
	})
	return bytes, err
}

// missingIsFine is nil for the error of a file that does not exist.
func missingIsFine(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

var goroutines = regexp.MustCompile(`(?m)^go_goroutines (\d+)$`)
