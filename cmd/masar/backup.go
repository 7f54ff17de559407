package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/exchange/dump"
	"masar/internal/memory"
	"masar/words"
)

// backedUp is the result of backup and restore.
type backedUp struct {
	Dir string `json:"dir"`
	// Hash is the SHA-256 of the manifest. Equal graphs have equal hashes.
	Hash string `json:"hash"`
	*dump.Manifest
	Seconds  float64   `json:"seconds"`
	Findings []finding `json:"findings"`
}

func (a *app) backupCommand() *cobra.Command {
	var unverified bool
	var form output
	c := &cobra.Command{
		Use:   "backup DIR",
		Short: "Write a backup of the graph to a new directory",
		Long: `Write a backup of the graph to a new directory.

The backup has every record, the whole history and the imported source texts, as
they were at one moment. The service can run and others can write meanwhile. DIR
must be missing or empty; it has a manifest.json when the backup is complete.
Backups of equal graphs are equal byte for byte.

Each record is compared with its digest. If there are faults, the command lists
them and exits with 3; the backup is kept. --no-verify leaves this out, and is
faster. The files can be read by their owner only: they have the source texts.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			store, closeAll, err := a.connect(cmd.Context(), reading)
			if err != nil {
				return badAddress(err)
			}
			defer closeAll()
			result, err := a.backup(cmd.Context(), store, args[0], unverified)
			if err != nil {
				return err
			}
			return a.reportBackup("backed up", result, form)
		},
	}
	c.Flags().BoolVar(&unverified, "no-verify", false, "do not compare records with their digests")
	form.flag(c, "table", "json")
	a.graphFlags(c)
	return c
}

// backup writes a backup, checks its files, and records it in the database.
func (a *app) backup(ctx context.Context, store *dgraph.Store, dir string, unverified bool) (*backedUp, error) {
	began := time.Now()
	memory.Follow(ownMB << 20)
	result := &backedUp{Dir: dir, Findings: []finding{}}
	moment, err := store.Now(ctx)
	if err != nil {
		return nil, err
	}
	err = a.step("writing the backup", func() error {
		_, err := dump.WriteBackup(ctx, moment, dir, release, result.reporter(unverified))
		return err
	})
	if err != nil {
		return nil, err
	}
	written, err := dump.OpenBackup(dir)
	if err != nil {
		return nil, err
	}
	result.Hash, result.Manifest, result.Seconds = written.Hash, &written.Manifest, time.Since(began).Seconds()
	if err := store.NoteBackup(ctx, moment.Snapshot()); err != nil {
		a.log.Warn("cannot record the time of the backup in the database, so masar doctor does not know it", "error", err)
	}
	return result, nil
}

// reporter returns a function that collects findings; nil if nothing is to be verified.
func (b *backedUp) reporter(unverified bool) func(masar.Finding) {
	if unverified {
		return nil
	}
	return func(f masar.Finding) {
		message := words.Fault(f.Fault)
		b.Findings = append(b.Findings, finding{f, localized{message.AR, message.EN}})
	}
}

func (a *app) reportBackup(done string, result *backedUp, form output) error {
	tell := a.backupLines
	if form.form == "json" {
		tell = func(string, *backedUp) error { return a.json(result) }
	}
	if err := tell(done, result); err != nil {
		return err
	}
	if n := len(result.Findings); n > 0 {
		fmt.Fprintf(a.talk, "masar: %s in the graph; see masar verify\n", count(n, "finding"))
		return errFindings
	}
	return nil
}

func (a *app) backupLines(done string, result *backedUp) error {
	for _, f := range result.Findings {
		if _, err := fmt.Fprintf(a.out, "%s %s: %s\n", f.Code, f.Record, f.Message.English); err != nil {
			return err
		}
	}
	records, bytes := 0, int64(0)
	for _, t := range masar.RecordTypes {
		records += result.Counts[t]
	}
	for _, f := range result.Files {
		bytes += f.Bytes
	}
	_, err := fmt.Fprintf(a.out, "%s snapshot %d: %s, %s, %.1f MB in %.1f s; %s, SHA-256 %s\n", done, result.Snapshot,
		count(records, "record"), count(int(result.Changes), "change"), float64(bytes)/1e6, result.Seconds, result.Dir, result.Hash)
	return err
}

func (a *app) restoreCommand() *cobra.Command {
	var unverified bool
	var form output
	c := &cobra.Command{
		Use:   "restore DIR",
		Short: "Write a backup into an empty database",
		Long: `Write a backup into an empty database.

The command checks the hash of every file and reads all of them before it writes.
It refuses a database that has a graph. Versions, authors, the history and
snapshot numbers are as they were. At the end it exports the graph again, and
compares the result with the backup.

If a restore is interrupted, the service does not start on that database. Repeat
the same command to continue it. With --new, the files of an old or damaged graph
in the data directory are kept aside. No service may run on that directory then.

The exit code is 1 if the database is not empty, 3 if the backup is damaged,
incomplete or of another program, and 5 if it does not exist.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			result, err := a.restore(cmd.Context(), args[0], unverified)
			if err != nil {
				return badAddress(err)
			}
			return a.reportBackup("restored", result, form)
		},
	}
	c.Flags().BoolVar(&unverified, "no-verify", false, "do not compare the graph with the backup at the end")
	a.restoreFlags(c)
	form.flag(c, "table", "json")
	return c
}

// restoreFlags adds the flags of commands that restore.
func (a *app) restoreFlags(c *cobra.Command) {
	a.graphFlags(c)
	c.Flags().BoolVar(&a.anew, "new", false, "restore into a new graph; the files of the old one are kept in the data directory")
}

// connectEmpty opens an empty database.
func (a *app) connectEmpty(ctx context.Context) (*dgraph.Store, func(), error) {
	if a.anew && a.dgraph != "" {
		return nil, nil, usageError{errors.New("--new is for the included Dgraph: leave it out, or leave out --dgraph")}
	}
	if _, err := embedded.Find(a.dataDir); a.anew && err == nil {
		return nil, nil, fmt.Errorf("a masar runs on the data directory %s: stop it before a restore with --new", a.dataDir)
	}
	return a.connect(ctx, restoring)
}

func (a *app) restore(ctx context.Context, dir string, unverified bool) (*backedUp, error) {
	began := time.Now()
	memory.Follow(ownMB << 20)
	backup, err := dump.OpenBackup(dir)
	if err != nil {
		return nil, err
	}
	if err := a.step("checking the backup", backup.Check); err != nil {
		return nil, err
	}
	store, closeAll, err := a.connectEmpty(ctx)
	if err != nil {
		return nil, err
	}
	defer closeAll()
	if err := dump.Restore(ctx, store, backup.Hash, backup.Files(), a.wrote()); err != nil {
		return nil, err
	}
	result := &backedUp{Dir: dir, Hash: backup.Hash, Manifest: &backup.Manifest, Findings: []finding{}}
	if !unverified {
		err = a.step("comparing the graph with the backup", func() error { return compare(ctx, store, backup, result) })
	}
	result.Seconds = time.Since(began).Seconds()
	return result, err
}

// compare compares a restored graph with its backup.
func compare(ctx context.Context, store *dgraph.Store, backup *dump.Backup, result *backedUp) error {
	moment, err := store.Now(ctx)
	if err != nil {
		return err
	}
	differs, err := backup.Compare(ctx, moment, result.reporter(false))
	if err == nil && differs != "" {
		err = masar.NewError(masar.CodeBackup, "error.backup.differs", masar.Args{"file": differs})
	}
	return err
}

// wrote returns a function that logs how many records a restore has written, every few seconds.
func (a *app) wrote() func(int) {
	last := time.Now()
	return func(records int) {
		if time.Since(last) > patience {
			last = time.Now()
			a.log.Info("restoring", "records", records)
		}
	}
}
