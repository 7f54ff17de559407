// Package embedded starts, watches and stops the Dgraph that is included in masar's binary.
//
// Dgraph has two processes: Zero assigns timestamps and ids, and Alpha stores the data. Both run this binary, as "masar
// dgraph zero" and "masar dgraph alpha". They listen only on the loopback interface and use the subdirectory "dgraph" of
// a data directory:
//
//	lock          held by masar and both processes until the last of them ends
//	ports.json    the ports of this directory, reused by each start
//	running.json  the owner's process id and the address; exists only while Dgraph is ready
//	tls           the certificates of this start, which all ports require
//	zero.log      the log of Zero; zero.log.1 is the previous one
//	alpha.log     the log of Alpha
//	p, w, zw, t   Dgraph's own files
//
// The file marker.json in the data directory records the id of the Dgraph, the highest snapshot of the graph, and the
// versions that last opened the files. A start compares id and snapshot with Dgraph's files and with the graph. If data
// has been lost, the error is a [*DamageError], and the store is not taken for a new one.
//
// On Linux, the system ends both processes when masar ends, even by SIGKILL. On other systems, they continue after a
// SIGKILL of masar. They hold the lock, and the next start reports them.
package embedded

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Options configure the start of Dgraph. Only DataDir is required.
type Options struct {
	// DataDir is masar's data directory. It is created if it does not exist. Dgraph uses its subdirectory "dgraph".
	DataDir string
	// Executable is the binary that contains Dgraph; this binary if empty.
	Executable string
	// Args precede "zero" and "alpha" on the command line of Executable; "dgraph" if nil.
	Args []string
	// Log receives the start, each end and each restart; [slog.Default] if nil.
	Log *slog.Logger
	// CacheMB is the maximum memory of Alpha's caches, in megabytes; 32 if 0, and a quarter of AlphaMB for Loading.
	CacheMB int
	// AlphaMB and ZeroMB limit the memory that the processes manage themselves, in megabytes; 120 and 40 if 0, and
	// LoadingAlphaMB for Loading. If the data in use exceeds half of the limit, the process raises its limit to twice that data.
	AlphaMB, ZeroMB int
	// FastWrites acknowledges writes before they are on the disk. They then survive the end of the processes, but not
	// always a loss of power.
	FastWrites bool
	// Loading prepares Dgraph for one long write, such as a restore: FastWrites, and the memory that this needs. The writer
	// calls [Sync] before it records that everything is written.
	Loading bool
	// New moves the files of the graph in the data directory to a separate directory and starts with an empty graph.
	New bool
	// Limits limit the requests to Dgraph.
	Limits Limits
	// Versions are recorded in the marker.
	Versions Versions
	// Ready reports whether the Dgraph at a dgraph:// URL can do the caller's work. It is called until it returns nil,
	// with at most ten seconds for each call, at the start and after each restart. Dgraph reports that it is healthy
	// before it can write, so Ready should read and write. If nil, Dgraph's own report is used.
	Ready func(ctx context.Context, url string) error
	// Snapshot returns the number of the graph's snapshot, 0 for an empty graph. It is called when Dgraph is ready, and
	// the result is compared with the marker of the data directory. If nil, the graph is not checked.
	Snapshot func(ctx context.Context, url string) (int64, error)
}

// Limits limit the requests to Dgraph. The zero value is the strictest.
type Limits struct {
	// QueryTimeout ends a query; 30 s if 0.
	QueryTimeout time.Duration
	// QueryEdges is the maximum number of edges that a recursive query or a shortest path may follow; 100,000 if 0.
	QueryEdges int
	// AllowDrop allows clients to drop all data, as tests do.
	AllowDrop bool
	// LooseSchema allows mutations to write predicates that are not in the schema.
	LooseSchema bool
}

// The default limits of memory, in megabytes.
const (
	DefaultCacheMB = 32
	DefaultAlphaMB = 120
	DefaultZeroMB  = 40
)

// LoadingAlphaMB is the default limit of Alpha's memory for Loading, in megabytes. With less it would collect garbage most of the time.
const LoadingAlphaMB = 1000

// When Alpha verifies the checksums of its tables: whenever it opens a table or reads a part of one, or never, as while loading.
// What was loaded is verified at the next start.
const (
	checksumsNever  = 0
	checksumsAlways = 3
)

// The size of Alpha's in-memory table, which counts towards its memory: a quarter of Dgraph's default, and for Loading the default.
const (
	memtableMB        = 16
	loadingMemtableMB = 64
)

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
		own, err := os.Executable()
		if err != nil {
			return o, fmt.Errorf("cannot find the path of this binary: %w", err)
		}
		// A test binary would run its tests for the command "dgraph zero", and those would start it again.
		if strings.HasSuffix(own, ".test") {
			return o, errors.New("a test binary carries no Dgraph: set Executable to embeddedtest.Binary")
		}
	}
	if o.Args == nil {
		o.Args = []string{"dgraph"}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Loading {
		o.FastWrites = true
		o.AlphaMB = cmp.Or(o.AlphaMB, LoadingAlphaMB)
		o.CacheMB = cmp.Or(o.CacheMB, o.AlphaMB/4)
	}
	if o.CacheMB == 0 {
		o.CacheMB = DefaultCacheMB
	}
	if o.AlphaMB == 0 {
		o.AlphaMB = DefaultAlphaMB
	}
	if o.ZeroMB == 0 {
		o.ZeroMB = DefaultZeroMB
	}
	if o.Limits.QueryTimeout == 0 {
		o.Limits.QueryTimeout = 30 * time.Second
	}
	if o.Limits.QueryEdges == 0 {
		o.Limits.QueryEdges = 100_000
	}
	return o, nil
}

// telemetry disables Dgraph's reports to its makers.
const telemetry = "--telemetry=reports=false; sentry=false;"

func (o Options) zeroArgs(p ports) []string {
	return []string{
		"zero", "--logtostderr", "--bindall=false", telemetry, tlsFlag(),
		"--my=" + p.zeroGRPC(), fmt.Sprintf("--port_offset=%d", p.Offset),
		"--wal=zw",
		"--survive=" + o.survive(),
		// Zero's other endpoints, which assign ids and remove nodes, are not needed.
		"--limit=disable-admin-http=true;",
	}
}

func (o Options) alphaArgs(p ports) []string {
	memtable, checksums := memtableMB, checksumsAlways
	if o.Loading {
		memtable, checksums = loadingMemtableMB, checksumsNever
	}
	mutations := "strict"
	if o.Limits.LooseSchema {
		mutations = "allow"
	}
	return []string{
		"alpha", "--logtostderr", "--bindall=false", telemetry, tlsFlag(),
		"--my=" + p.alphaInternal(), "--zero=" + p.zeroGRPC(), fmt.Sprintf("--port_offset=%d", p.Offset),
		"--postings=p", "--wal=w", "--tmp=t", "--export=export",
		"--survive=" + o.survive(),
		fmt.Sprintf("--cache=size-mb=%d;", o.CacheMB),
		fmt.Sprintf("--badger=checksumverificationmode=%d; memtablesize=%d;", checksums, memtable<<20),
		fmt.Sprintf("--limit=query-timeout=%s; query-edge=%d; disallow-drop=%t; mutations=%s;",
			o.Limits.QueryTimeout, o.Limits.QueryEdges, !o.Limits.AllowDrop, mutations),
		"--graphql=introspection=false;",
	}
}

func (o Options) survive() string {
	if o.FastWrites {
		return "process"
	}
	return "filesystem"
}
