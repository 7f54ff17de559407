//go:build linux

package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"syscall"
	"time"

	"masar/dgraph/embedded"
)

// single is one masar with the included Dgraph.
type single struct {
	*node
	binary string
}

// startSingle starts a masar on a new data directory and waits until it is ready. If it fails, no process remains.
func startSingle(ctx context.Context, o options, name, dir string) (*single, error) {
	n, err := service(name, dir, "--max-stale", o.maxStale.String())
	if err != nil {
		return nil, err
	}
	s := &single{n, o.binary}
	if err := s.launch(s.binary); err != nil {
		return nil, err
	}
	if err := s.awaitReady(ctx); err != nil {
		s.end()
		return nil, err
	}
	return s, nil
}

// address returns the URL of the included Dgraph.
func (s *single) address() (string, error) { return embedded.Find(s.dir) }

// writer returns a writer to the included Dgraph.
func (s *single) writer(name string) *writer {
	w := newWriter(name, s.address)
	w.reconnects = true
	return w
}

// processes returns masar, alpha and zero by their names.
func (s *single) processes() (map[string]embedded.Process, error) {
	found := map[string]embedded.Process{}
	for _, p := range embedded.Processes(s.dir, s.cmd.Process.Pid) {
		found[p.Name] = p
	}
	if len(found) != 3 {
		return nil, fmt.Errorf("the processes are %v, want masar, alpha and zero", slices.Sorted(maps.Keys(found)))
	}
	return found, nil
}

// send sends a signal to processes by name.
func (s *single) send(signal syscall.Signal, names ...string) error {
	all, err := s.processes()
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := syscall.Kill(all[name].PID, signal); err != nil {
			return err
		}
	}
	return nil
}

// The times in which a service with the included Dgraph recovers. A hung process is restarted after 15 s.
const (
	killRecovery = 60 * time.Second
	hangRecovery = 75 * time.Second
)

// dies is a fault of Dgraph's processes from which masar recovers by itself.
func (s *single) dies(what string, signal syscall.Signal, recovery, stale time.Duration, names ...string) fault {
	return fault{
		name:    fmt.Sprintf("included: %s %s", strings.Join(names, " and "), what),
		inject:  func(context.Context) (func() error, error) { return nil, s.send(signal, names...) },
		promise: promise{recovery: recovery, stale: stale},
	}
}

// faults returns the faults of the three processes.
func (s *single) faults(maxStale time.Duration, short bool) []fault {
	killed := func(names ...string) fault {
		return s.dies("killed", syscall.SIGKILL, killRecovery, maxStale, names...)
	}
	hung := func(name string) fault { return s.dies("hung", syscall.SIGSTOP, hangRecovery, maxStale, name) }
	masarKilled := fault{
		name:    "included: masar killed, and started again",
		inject:  func(context.Context) (func() error, error) { s.end(); return nil, s.launch(s.binary) },
		promise: promise{recovery: killRecovery, stale: maxStale},
	}
	if short {
		return []fault{killed("alpha"), killed("zero"), masarKilled}
	}
	masarHung := fault{
		name:  "included: masar hung, 12 s",
		lasts: shortFault,
		inject: func(context.Context) (func() error, error) {
			return func() error { return s.signal(syscall.SIGCONT) }, s.signal(syscall.SIGSTOP)
		},
		promise: promise{recovery: killRecovery, stale: maxStale},
	}
	return []fault{killed("alpha"), killed("zero"), killed("alpha", "zero"), masarKilled, hung("alpha"), hung("zero"), masarHung}
}

// included tests one masar with the included Dgraph.
func included(ctx context.Context, o options, results *table) error {
	progress("starting masar with the included Dgraph")
	s, err := startSingle(ctx, o, "included", o.dir)
	if err != nil {
		return err
	}
	defer s.end()
	return s.injectAll(ctx, o.selected(s.faults(o.maxStale, o.short)), results)
}

// injectAll runs faults under the load of two writers and adds the rows to the table.
func (s *single) injectAll(ctx context.Context, faults []fault, results *table) error {
	l, err := startLoad(ctx, []*node{s.node}, s.writer("fault-a"), s.writer("fault-b"))
	if err != nil {
		return err
	}
	return l.injectAll(ctx, faults, results)
}

// selected returns the faults whose names match -only.
func (o options) selected(all []fault) []fault {
	return slices.DeleteFunc(all, func(f fault) bool { return !o.only.MatchString(f.name) })
}
