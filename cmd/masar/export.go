package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"masar"
	"masar/dgraph"
	"masar/exchange/dump"
	"masar/exchange/linked"
	"masar/words"
)

// exporting are the flags of export.
type exporting struct {
	format, file, profile string
	texts, crate          bool
	base, lang, asOf      string

	day time.Time // parsed from asOf; zero for today
}

// exportFormats are the names of the formats.
func exportFormats() []string {
	names := []string{"jsonl"}
	for _, f := range linked.Formats {
		names = append(names, f.Name)
	}
	return append(names, "csv", "xlsx")
}

func (a *app) exportCommand() *cobra.Command {
	e := &exporting{}
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the whole graph to files",
		Long: `Write the whole graph to files.

The format jsonl has a record on each line, as canonical JSON. Importing it into
an empty database and exporting again gives the same bytes. The profile public
has what readers see, without authors. The profile full also has claims and
evidence in any state, authors and the history: all but source texts, for moving
a service. To keep a copy of a service, use "masar backup".

The other formats are for other tools, and hold what readers see:
  nquads, jsonld, turtle   linked data; only nquads and jsonld say who states a claim
  graphml                  a graph for Gephi and Cytoscape
  bib, ris, csl            the documents, for reference managers
  csv                      a directory with a file for each table
  xlsx                     NAME.xlsx with a sheet for each table, and NAME.ar.xlsx in Arabic

A file that ends in .zst or .gz is compressed. An existing file is replaced when
the new one is complete.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := e.check(cmd.Flags()); err != nil {
				return err
			}
			return a.export(cmd.Context(), e)
		},
	}
	f := c.Flags()
	f.StringVar(&e.format, "format", "", "format: "+strings.Join(exportFormats(), ", "))
	f.StringVarP(&e.file, "out", "o", "-", "file to write, for csv a directory that is missing or empty; - is the standard output")
	f.StringVar(&e.profile, "profile", string(dump.Public), "what to export: public or full")
	f.BoolVar(&e.texts, "with-texts", false, "add the imported source texts to jsonl; they are other people's")
	f.StringVar(&e.base, "base-iri", "", "base of the addresses of records, such as https://masar.example.org (default "+linked.DefaultBase+")")
	f.StringVar(&e.lang, "lang", "en", "language of the labels in graphml: ar or en")
	f.StringVar(&e.asOf, "as-of", "", "as-of date of graphml, csv and xlsx: YYYY-MM-DD (default: today)")
	f.BoolVar(&e.crate, "crate", false, "add ro-crate-metadata.json to csv")
	a.graphFlags(c)
	return c
}

func (e *exporting) check(given *pflag.FlagSet) error {
	formats := exportFormats()
	named := strings.Join(formats, ", ")
	switch {
	case e.format == "":
		return usageError{fmt.Errorf("--format is missing: give one of %s", named)}
	case !slices.Contains(formats, e.format):
		return usageError{fmt.Errorf("--format %q is unknown: give one of %s", e.format, named)}
	case !slices.Contains(dump.Profiles, dump.Profile(e.profile)):
		return usageError{fmt.Errorf("--profile %q is unknown: give public or full", e.profile)}
	case e.lang != "ar" && e.lang != "en":
		return usageError{fmt.Errorf("--lang %q is unknown: give ar or en", e.lang)}
	}
	if err := e.checkUse(given); err != nil {
		return err
	}
	if err := e.checkFile(); err != nil || e.asOf == "" {
		return err
	}
	var err error
	if e.day, err = time.Parse(time.DateOnly, e.asOf); err != nil {
		return usageError{fmt.Errorf("--as-of %q is not a valid date: give YYYY-MM-DD", e.asOf)}
	}
	return nil
}

// checkUse refuses flags that the format does not use.
func (e *exporting) checkUse(given *pflag.FlagSet) error {
	f, isLinked := linked.FindFormat(e.format)
	isTable := e.format == "csv" || e.format == "xlsx"
	for _, flag := range []struct {
		name string
		used bool
	}{
		{"profile", e.format == "jsonl" || e.profile == string(dump.Public)},
		{"with-texts", e.format == "jsonl"},
		{"base-iri", isLinked && f.HasIRIs},
		{"lang", isLinked && f.HasLabels},
		{"as-of", isTable || f.Computed},
		{"crate", e.format == "csv"},
	} {
		if given.Changed(flag.name) && !flag.used {
			return usageError{fmt.Errorf("--%s does not go with --format %s: leave it out", flag.name, e.format)}
		}
	}
	return linkedBase(e.base)
}

// linkedBase refuses a base that IRIs cannot begin with.
func linkedBase(base string) error {
	if base == "" || strings.HasPrefix(base, "urn:") && !strings.ContainsAny(base, " <>\"") {
		return nil
	}
	if u, err := url.Parse(base); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return usageError{fmt.Errorf("--base-iri %q is not a base of addresses: give https://masar.example.org, or a name such as urn:example:masar", base)}
	}
	return nil
}

// checkFile checks that the file is one for the format.
func (e *exporting) checkFile() error {
	switch {
	case (e.format == "csv" || e.format == "xlsx") && e.file == "-":
		return usageError{fmt.Errorf("--out is missing: --format %s writes several files", e.format)}
	case e.format == "csv":
		return nil
	case e.format == "xlsx" && !strings.HasSuffix(e.file, ".xlsx"):
		return usageError{fmt.Errorf("--out %s does not end in .xlsx", e.file)}
	case e.format == "jsonl" && e.file != "-" && !dump.Ending(e.file):
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
	switch e.format {
	case "jsonl":
		return a.exportLines(ctx, store, e)
	case "csv", "xlsx":
		return a.exportTables(ctx, store, e)
	}
	return a.exportLinked(ctx, store, e)
}

// exportLines writes JSONL.
func (a *app) exportLines(ctx context.Context, store *dgraph.Store, e *exporting) error {
	moment, err := store.Now(ctx)
	if err != nil {
		return err
	}
	options := dump.Options{Profile: dump.Profile(e.profile), Texts: e.texts}
	var summary *dump.Summary
	err = a.exportFile(e.file, func(to io.Writer) (err error) {
		summary, err = dump.Export(ctx, moment, to, options)
		return err
	})
	if err == nil && !a.quiet {
		fmt.Fprintf(a.talk, "exported snapshot %d; the SHA-256 of the lines is %s\n", summary.Snapshot, summary.SHA256)
	}
	return err
}

// exportFile writes a file, or the standard output.
func (a *app) exportFile(file string, write func(io.Writer) error) error {
	return a.step("writing the export", func() error {
		if file == "-" {
			return write(a.out)
		}
		return dump.Create(file, write)
	})
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
		where := strings.TrimSpace(string(f.Code) + " " + strings.TrimSuffix(f.Record+" "+f.Path, " "))
		if _, err := fmt.Fprintf(a.out, "%s:%d: %s: %s\n", f.File, f.Line, where, words.Fault(f.Fault).EN); err != nil {
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
