package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"masar"
	"masar/exchange/dump"
	"masar/words"
)

// exporting are the flags of export.
type exporting struct {
	format, file, profile string
	texts                 bool
}

func (a *app) exportCommand() *cobra.Command {
	e := &exporting{}
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the whole graph to a file",
		Long: `Write the whole graph to a file.

The format jsonl has a record on each line, as canonical JSON. Importing it into
an empty database and exporting again gives the same bytes. The profile public
has what readers see, without authors. The profile full also has claims and
evidence in any state, authors and the history: all but source texts, for moving
a service. To keep a copy of a service, use "masar backup".

A file that ends in .zst or .gz is compressed. An existing file is replaced when
the new one is complete.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := e.check(); err != nil {
				return err
			}
			return a.export(cmd.Context(), e)
		},
	}
	f := c.Flags()
	f.StringVar(&e.format, "format", "", "format of the file: jsonl")
	f.StringVarP(&e.file, "out", "o", "-", "file to write; - is the standard output")
	f.StringVar(&e.profile, "profile", string(dump.Public), "what to export: public or full")
	f.BoolVar(&e.texts, "with-texts", false, "add the imported source texts; they are other people's")
	a.graphFlags(c)
	return c
}

func (e *exporting) check() error {
	switch {
	case e.format == "":
		return usageError{errors.New("--format is missing: give jsonl")}
	case e.format != "jsonl":
		return usageError{fmt.Errorf("--format %q is unknown: give jsonl", e.format)}
	case !slices.Contains(dump.Profiles, dump.Profile(e.profile)):
		return usageError{fmt.Errorf("--profile %q is unknown: give public or full", e.profile)}
	case e.file != "-" && !dump.Ending(e.file):
		return usageError{fmt.Errorf("--out %s has none of the endings .jsonl, .jsonl.zst and .jsonl.gz", e.file)}
	}
	return nil
}

func (a *app) export(ctx context.Context, e *exporting) error {
	store, closeAll, err := a.connect(ctx, reading)
	if err != nil {
		return badAddress(err)
	}
	defer closeAll()
	moment, err := store.Now(ctx)
	if err != nil {
		return err
	}
	options := dump.Options{Profile: dump.Profile(e.profile), Texts: e.texts}
	var summary *dump.Summary
	write := func(to io.Writer) (err error) {
		summary, err = dump.Export(ctx, moment, to, options)
		return err
	}
	err = a.step("writing the export", func() error {
		if e.file == "-" {
			return write(a.out)
		}
		return dump.Create(e.file, write)
	})
	if err == nil && !a.quiet {
		fmt.Fprintf(a.talk, "exported snapshot %d; the SHA-256 of the lines is %s\n", summary.Snapshot, summary.SHA256)
	}
	return err
}

// imported is the result of import.
type imported struct {
	Records int              `json:"records"`
	Written bool             `json:"written"`
	Faults  []dump.FileFault `json:"faults"`
}

func (a *app) importCommand() *cobra.Command {
	var as string
	var dry bool
	var form output
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "Write an exported graph into an empty database",
		Long: `Write an exported graph into an empty database.

FILE is a .jsonl, .jsonl.zst or .jsonl.gz that "masar export" has written. The
command checks the whole file first, and every record against all rules. It lists
the faults with their lines, writes nothing then, and exits with 3. It holds the
graph in memory for that.

It refuses a database that has a graph. At the end it exports the graph again,
and compares the result with the file. If an import is interrupted, the service
does not start on that database; repeat the same command to continue it.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case as != "restore":
				return usageError{fmt.Errorf("--as %q is unknown: give restore", as)}
			case !dump.Ending(args[0]):
				return usageError{fmt.Errorf("%s has none of the endings .jsonl, .jsonl.zst and .jsonl.gz", args[0])}
			}
			return a.importFile(cmd.Context(), dump.OpenFile(args[0]), dry, form)
		},
	}
	c.Flags().StringVar(&as, "as", "restore", "way of importing: restore, into an empty database")
	c.Flags().BoolVar(&dry, "dry-run", false, "only check the file")
	form.flag(c, "table", "json")
	a.restoreFlags(c)
	return c
}

func (a *app) importFile(ctx context.Context, file dump.File, dry bool, form output) error {
	found, faults, err := file.CheckRules()
	if err != nil {
		return err
	}
	if len(faults) > 0 || dry {
		return a.reportImport(imported{found.Records, false, append([]dump.FileFault{}, faults...)}, form)
	}
	store, closeAll, err := a.connectEmpty(ctx)
	if err != nil {
		return badAddress(err)
	}
	defer closeAll()
	if err := dump.Restore(ctx, store, found.SHA256, []dump.File{file}, a.wrote()); err != nil {
		return err
	}
	moment, err := store.Now(ctx)
	if err != nil {
		return err
	}
	summary, err := dump.Export(ctx, moment, io.Discard, dump.Options{Profile: found.Profile, Texts: found.Texts})
	if err == nil && summary.SHA256 != found.SHA256 {
		err = masar.NewError(masar.CodeBackup, "error.backup.differs", masar.Args{"file": file.Name})
	}
	if err != nil {
		return err
	}
	return a.reportImport(imported{found.Records, true, []dump.FileFault{}}, form)
}

func (a *app) reportImport(result imported, form output) error {
	if form.form == "json" {
		if err := a.json(result); err != nil {
			return err
		}
	} else if err := a.importLines(result); err != nil {
		return err
	}
	if n := len(result.Faults); n > 0 {
		fmt.Fprintf(a.talk, "masar: the file has %s; nothing was written\n", count(n, "fault"))
		return errFindings
	}
	return nil
}

func (a *app) importLines(result imported) error {
	for _, f := range result.Faults {
		where := strings.TrimSuffix(f.Record+" "+f.Path, " ")
		if _, err := fmt.Fprintf(a.out, "%s:%d: %s %s: %s\n", f.File, f.Line, f.Code, where, words.Fault(f.Fault).EN); err != nil {
			return err
		}
	}
	if len(result.Faults) > 0 {
		return nil
	}
	done := "no faults in"
	if result.Written {
		done = "imported"
	}
	_, err := fmt.Fprintf(a.out, "%s %s\n", done, count(result.Records, "record"))
	return err
}
