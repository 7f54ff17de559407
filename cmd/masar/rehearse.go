package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/exchange/dump"
)

// rehearsal is the result of rehearse.
type rehearsal struct {
	From rehearsed `json:"from"`
	To   rehearsed `json:"to"`
	// Records is the number of records in the graph, without the history.
	Records int `json:"records"`
	// Bytes is the size of what was copied or restored.
	Bytes   int64        `json:"bytes"`
	Seconds rehearsalFor `json:"seconds"`
	// Findings are the faults of the updated graph.
	Findings []finding `json:"findings"`
}

// rehearsed is a graph, with the program that wrote it.
type rehearsed struct {
	Masar    string `json:"masar,omitempty"` // empty for directories of versions that did not record it
	Schema   int    `json:"schema"`
	Snapshot int64  `json:"snapshot"`
}

// rehearsalFor has the durations of the steps, in seconds.
type rehearsalFor struct {
	Copy    float64 `json:"copy"`
	Upgrade float64 `json:"upgrade"`
	Verify  float64 `json:"verify"`
	Read    float64 `json:"read"`
}

func (a *app) rehearseCommand() *cobra.Command {
	var in string
	var form output
	c := &cobra.Command{
		Use:   "rehearse [BACKUP]",
		Short: "Rehearse an upgrade to this masar on a copy of the graph",
		Long: `Rehearse an upgrade to this masar on a copy of the graph.

The command copies the graph of the data directory, starts the Dgraph of this
masar on the copy, updates it as "masar serve" would, checks every record, and
reads the graph as a service does. It prints how long each step takes, and deletes
the copy. The graph itself stays as it is: an upgrade cannot be undone.

With BACKUP, a directory that "masar backup" of the older version made, the command
restores that instead. Use this where the service must go on, or runs on a Dgraph of
its own. The copy of a data directory needs the service to be stopped.

The exit code is 1 if the graph is of a newer masar, and 3 if the updated graph has
faults.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && a.dgraph != "" {
				return usageError{fmt.Errorf("rehearse copies a data directory: for the graph at --dgraph, give a backup of it")}
			}
			r := rehearser{app: a, in: in}
			if len(args) > 0 {
				r.backup = args[0]
			}
			result, err := r.run(cmd.Context())
			if err != nil {
				return err
			}
			return a.reportRehearsal(result, form)
		},
	}
	c.Flags().StringVar(&in, "in", "", "directory for the copy, on a disk with enough space (default: beside the data directory)")
	form.flag(c, "table", "json")
	a.graphFlags(c)
	return c
}

// rehearsalSpace is the free space that a rehearsal leaves on the disk, because the service may use the same one.
const rehearsalSpace = 512 << 20

// restoredSize is how many times a graph is larger than its backup, at most.
const restoredSize = 25

// rehearser is a rehearsal in progress.
type rehearser struct {
	app        *app
	backup, in string
	result     rehearsal
}

// run rehearses in a new directory, which it removes.
func (r *rehearser) run(ctx context.Context) (*rehearsal, error) {
	dataDir, err := filepath.Abs(r.app.dataDir)
	if err != nil {
		return nil, err
	}
	if r.backup == "" && !embedded.Filled(dataDir) {
		return nil, r.app.noGraph()
	}
	work, err := os.MkdirTemp(cmp.Or(r.in, filepath.Dir(dataDir)), "masar-rehearsal-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	copied := *r.app
	copied.dataDir, copied.dgraph, copied.anew = work, "", false
	fill := func() error { return r.copy(ctx, dataDir, work) }
	if r.backup != "" {
		fill = func() error { return r.restore(ctx, &copied) }
	}
	if err := timed(&r.result.Seconds.Copy, fill); err != nil {
		return nil, err
	}
	starting, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	store, closeAll, err := copied.start(starting, rehearsing)
	if err != nil {
		return nil, err
	}
	defer closeAll()
	return &r.result, r.upgrade(ctx, store)
}

// copy copies the data directory.
func (r *rehearser) copy(ctx context.Context, dataDir, work string) error {
	marker, err := embedded.ReadMarker(dataDir)
	if err != nil {
		return err
	}
	if marker != nil {
		r.result.From.Masar = marker.Masar
	}
	tables, err := embedded.TablesSize(dataDir)
	if err != nil {
		return err
	}
	if err := roomFor(2*tables, work); err != nil {
		return err
	}
	return r.app.step("copying the data directory", func() (err error) {
		r.result.Bytes, err = embedded.Copy(ctx, dataDir, work)
		return err
	})
}

// restore restores the backup.
func (r *rehearser) restore(ctx context.Context, copied *app) error {
	backup, err := dump.OpenBackup(r.backup)
	if err != nil {
		return err
	}
	r.result.From.Masar, r.result.From.Schema = backup.Program, backup.Schema
	for _, f := range backup.Manifest.Files {
		r.result.Bytes += f.Bytes
	}
	if err := roomFor(restoredSize*r.result.Bytes, copied.dataDir); err != nil {
		return err
	}
	_, err = copied.restore(ctx, r.backup, false)
	return err
}

// roomFor refuses a disk without room for a number of bytes.
func roomFor(bytes int64, dir string) error {
	disk, err := embedded.DiskOf(dir)
	if err == nil && disk.Free < uint64(bytes+rehearsalSpace) {
		return fmt.Errorf("the disk of %s has %s, and the rehearsal needs %d MB: give a directory on another disk with --in",
			filepath.Dir(dir), disk, (bytes+rehearsalSpace)>>20)
	}
	return nil
}

// upgrade updates the copy, checks it and reads it.
func (r *rehearser) upgrade(ctx context.Context, store *dgraph.Store) error {
	before, err := store.State(ctx)
	if err != nil {
		return err
	}
	r.result.From.Schema, r.result.From.Snapshot = cmp.Or(r.result.From.Schema, before.Version), before.Snapshot
	for _, step := range []struct {
		what    string
		seconds *float64
		take    func() error
	}{
		{"updating the schema", &r.result.Seconds.Upgrade, func() error { return store.ApplySchema(ctx) }},
		{"checking the graph", &r.result.Seconds.Verify, func() error { return r.verify(ctx, store) }},
		{"reading the graph", &r.result.Seconds.Read, func() error { _, err := r.app.rowsOf(ctx, store, time.Time{}); return err }},
	} {
		if err := timed(step.seconds, func() error { return r.app.step(step.what, step.take) }); err != nil {
			return err
		}
	}
	after, err := store.State(ctx)
	r.result.To = rehearsed{Masar: theseVersions().Masar, Schema: after.Version, Snapshot: after.Snapshot}
	return err
}

func (r *rehearser) verify(ctx context.Context, store *dgraph.Store) error {
	contents, err := store.Everything(ctx)
	if err != nil {
		return err
	}
	r.result.Findings = verify(contents).Findings
	r.result.Records = len(contents.Entities) + len(contents.Claims) + len(contents.Evidence) + len(contents.Observations) + len(contents.Texts)
	return nil
}

// timed records how long a step takes.
func timed(seconds *float64, take func() error) error {
	began := time.Now()
	err := take()
	*seconds = time.Since(began).Seconds()
	return err
}

func (a *app) reportRehearsal(result *rehearsal, form output) error {
	tell := a.rehearsalTable
	if form.form == "json" {
		tell = func(r *rehearsal) error { return a.json(r) }
	}
	if err := tell(result); err != nil {
		return err
	}
	if n := len(result.Findings); n > 0 {
		fmt.Fprintf(a.talk, "masar: the updated graph has %s\n", count(n, "finding"))
		return errFindings
	}
	if !a.quiet {
		fmt.Fprintf(a.talk, "the copy is deleted; the graph itself was not changed\n")
	}
	return nil
}

func (a *app) rehearsalTable(result *rehearsal) error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, line := range []struct {
		what, value string
		seconds     float64
	}{
		{"copy", fmt.Sprintf("%.1f MB", float64(result.Bytes)/1e6), result.Seconds.Copy},
		{"upgrade", fmt.Sprintf("schema version %d to %d", result.From.Schema, result.To.Schema), result.Seconds.Upgrade},
		{"verify", fmt.Sprintf("%s, %s", count(result.Records, "record"), count(len(result.Findings), "finding")), result.Seconds.Verify},
		{"read", fmt.Sprintf("snapshot %d", result.To.Snapshot), result.Seconds.Read},
	} {
		fmt.Fprintf(w, "%s\t%s\t%.1f s\n", line.what, line.value, line.seconds)
	}
	for _, f := range result.Findings {
		fmt.Fprintf(w, "%s\t%s\t%s\n", f.Code, f.Record, f.Message.English)
	}
	return w.Flush()
}
