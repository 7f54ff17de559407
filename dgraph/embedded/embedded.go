// Package embedded starts, watches and stops the Dgraph that masar's own binary carries.
//
// Dgraph is two processes, Zero (which hands out timestamps and ids) and Alpha (which holds the data). Both are this
// binary again, run as "masar dgraph zero" and "masar dgraph alpha", on ports of the loopback interface alone, in the
// subdirectory "dgraph" of a data directory:
//
//	lock          held by masar and by both processes, for as long as any of them lives
//	ports.json    the ports of this directory, kept from start to start
//	running.json  who runs it and where it answers; there only while it is ready
//	zero.log      what Zero says; zero.log.1 is from before
//	alpha.log     what Alpha says
//	p, w, zw, t   Dgraph's own files
//
// On Linux the system ends both processes when masar ends, even by SIGKILL. Elsewhere a masar that is killed so leaves
// them running; they hold the lock, and the next start names them.
package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Options say what to start and how. Only DataDir must be given.
type Options struct {
	// DataDir is masar's data directory. It is made when it is missing; Dgraph keeps to its subdirectory "dgraph".
	DataDir string
	// Executable is the binary that carries Dgraph; this very one when empty.
	Executable string
	// Args stand before "zero" and "alpha" on the command line of Executable; "dgraph" when nil.
	Args []string
	// Log receives the start, each end and each restart; [slog.Default] when nil.
	Log *slog.Logger
	// CacheMB is the most memory, in megabytes, that Alpha keeps for its caches; 256 when 0.
	CacheMB int
	// SyncWrites makes every write wait until it is on the disk, so that it outlives a loss of power. Without it a
	// write outlives the end of the processes, however they end, but not always that of the machine.
	SyncWrites bool
	// Limits bound what a request to Dgraph may do.
	Limits Limits
	// Ready reports whether Dgraph, at a gRPC address, can do the caller's work. It is asked again until it returns nil,
	// each time for ten seconds at most, at the start and after each new start. Dgraph says that it is healthy before
	// it can write, so a real read and a real write are a good question. When nil, Dgraph's own word is taken.
	Ready func(ctx context.Context, addr string) error
}

// Limits bound what a request to Dgraph may do. The zero value is the strictest.
type Limits struct {
	// QueryTimeout ends a query; 30 s when 0.
	QueryTimeout time.Duration
	// QueryEdges is the most edges that a recursive query or a shortest path may follow; 100,000 when 0.
	QueryEdges int
	// AllowDrop lets a client drop all data, as tests do.
	AllowDrop bool
	// LooseSchema lets a mutation write predicates that the schema lacks.
	LooseSchema bool
}

func (o Options) withDefaults() (Options, error) {
	if o.DataDir == "" {
		return o, errors.New("no data directory was given")
	}
	dir, err := filepath.Abs(o.DataDir)
	if err != nil {
		return o, fmt.Errorf("data directory %q: %w", o.DataDir, err)
	}
	o.DataDir = dir
	if o.Executable == "" {
		if o.Executable, err = os.Executable(); err != nil {
			return o, fmt.Errorf("cannot find the path of this binary: %w", err)
		}
		// A test binary would run its tests in answer to "dgraph zero", and those would start it again.
		if strings.HasSuffix(o.Executable, ".test") {
			return o, errors.New("a test binary carries no Dgraph: set Executable to embeddedtest.Binary")
		}
	}
	if o.Args == nil {
		o.Args = []string{"dgraph"}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.CacheMB == 0 {
		o.CacheMB = 256
	}
	if o.Limits.QueryTimeout == 0 {
		o.Limits.QueryTimeout = 30 * time.Second
	}
	if o.Limits.QueryEdges == 0 {
		o.Limits.QueryEdges = 100_000
	}
	return o, nil
}

// telemetry keeps Dgraph from sending anything to its makers.
const telemetry = "--telemetry=reports=false; sentry=false;"

func (o Options) zeroArgs(p ports) []string {
	return []string{
		"zero", "--logtostderr", "--bindall=false", telemetry,
		"--my=" + p.zeroGRPC(), fmt.Sprintf("--port_offset=%d", p.Offset),
		"--wal=zw",
		"--survive=" + o.survive(),
		// Zero's other endpoints assign ids and remove nodes without a login, also for a web page open on this machine.
		"--limit=disable-admin-http=true;",
	}
}

func (o Options) alphaArgs(p ports) []string {
	mutations := "strict"
	if o.Limits.LooseSchema {
		mutations = "allow"
	}
	return []string{
		"alpha", "--logtostderr", "--bindall=false", telemetry,
		"--my=" + p.alphaInternal(), "--zero=" + p.zeroGRPC(), fmt.Sprintf("--port_offset=%d", p.Offset),
		"--postings=p", "--wal=w", "--tmp=t", "--export=export",
		"--survive=" + o.survive(),
		fmt.Sprintf("--cache=size-mb=%d;", o.CacheMB),
		fmt.Sprintf("--limit=query-timeout=%s; query-edge=%d; disallow-drop=%t; mutations=%s;",
			o.Limits.QueryTimeout, o.Limits.QueryEdges, !o.Limits.AllowDrop, mutations),
		"--graphql=introspection=false;",
	}
}

func (o Options) survive() string {
	if o.SyncWrites {
		return "filesystem"
	}
	return "process"
}
