package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"masar"
	"masar/dgraph"
	"masar/ingest"
)

func (a *app) sourcesCommand() *cobra.Command {
	return group(&cobra.Command{Use: "sources", Short: "Import, list and remove texts of source documents"},
		a.sourcesAddCommand(), a.sourcesRemoveCommand(), a.sourcesListCommand())
}

func (a *app) sourcesAddCommand() *cobra.Command {
	var code string
	var form output
	c := &cobra.Command{
		Use:   "add FILE...",
		Short: "Import the texts of documents, so that quotations are shown",
		Long: `Import the texts of documents, so that quotations are shown.

A file contains the text of one document, in UTF-8. Its SHA-256 identifies the
document. From then on, quotations from it are shown if their hash matches. A copy
of a known text with other line ends or another byte order mark is recognized. Any
other change makes another version of a document: name the document with
--document. No quotation is shown from such a version.

A service on the same data directory shows the quotations at once. Importing the
same text again changes nothing.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, names []string) error {
			if code != "" && len(names) > 1 {
				return usageError{errors.New("--document applies to one file: give one file")}
			}
			files, err := readFiles(names)
			if err != nil {
				return err
			}
			store, closeAll, err := a.connect(cmd.Context(), writing)
			if err != nil {
				return badAddress(err)
			}
			defer closeAll()
			added, err := a.addSources(cmd.Context(), store, files, code)
			if err != nil {
				return err
			}
			return a.reportAdded(added, form)
		},
	}
	c.Flags().StringVar(&code, "document", "", "code of the document, for a text that is not a known version")
	form.flag(c, "table", "json")
	a.graphFlags(c)
	return c
}

// readFiles reads the texts of files. The error joins the errors of all files.
func readFiles(names []string) ([]ingest.File, error) {
	var files []ingest.File
	var faults []error
	for _, name := range names {
		file, err := readFile(name)
		files, faults = append(files, file), append(faults, err)
	}
	return files, errors.Join(faults...)
}

func readFile(name string) (ingest.File, error) {
	file, err := os.Open(name)
	if err != nil {
		return ingest.File{}, err
	}
	defer file.Close()
	return ingest.Read(name, file)
}

// added is the result of sources add.
type added struct {
	Texts     []ingest.Added `json:"texts"`
	Created   int            `json:"created"`
	Updated   int            `json:"updated"`
	Unchanged int            `json:"unchanged"`
	Snapshot  int64          `json:"snapshot"`
}

// addSources writes the texts of files to the graph in one transaction.
func (a *app) addSources(ctx context.Context, store *dgraph.Store, files []ingest.File, code string) (result added, err error) {
	have, err := a.library(ctx, store)
	if err != nil {
		return result, err
	}
	texts, told, err := have.Add(files, code)
	if err != nil {
		return result, err
	}
	var changes dgraph.Changes
	err = a.step("writing the texts", func() error {
		changes, err = store.Save(ctx, dgraph.Write{Batch: &masar.Batch{Texts: texts}, By: operator})
		return err
	})
	return added{told, changes.Created, changes.Updated, changes.Unchanged, changes.Snapshot}, err
}

// library reads the documents, texts and passages in the graph.
func (a *app) library(ctx context.Context, store *dgraph.Store) (have *ingest.Library, err error) {
	err = a.step("reading the sources in the graph", func() error {
		have, err = ingest.ReadLibrary(ctx, store)
		return err
	})
	return have, err
}

func (a *app) reportAdded(result added, form output) error {
	if form.form == "json" {
		if err := a.json(result); err != nil {
			return err
		}
	} else {
		w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
		for _, t := range result.Texts {
			fmt.Fprintf(w, "%s\t%s\t%s\t%d of %d VERIFIED\n", t.File, t.Document, t.Version, t.Verified, t.Passages)
		}
		if err := w.Flush(); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(a.out, "created %d, updated %d, unchanged %d; snapshot %d\n", result.Created, result.Updated, result.Unchanged, result.Snapshot); err != nil {
			return err
		}
	}
	wrong := false
	for _, t := range result.Texts {
		if len(t.Differs) > 0 && !a.quiet {
			fmt.Fprintf(a.talk, "%s is the text of %s with %s; the known text is used\n", t.File, t.Document, differences(t.Differs))
		}
		switch {
		case !t.Known:
			if !a.quiet {
				fmt.Fprintf(a.talk, "%s is another version of %s; no quotation is shown from it\n", t.File, t.Document)
			}
		case t.Verified < t.Passages:
			wrong = true
			fmt.Fprintf(a.talk, "masar: %s: the words of %s do not match their hash\n", t.File, count(t.Passages-t.Verified, "passage"))
		}
	}
	if wrong {
		return errFindings
	}
	return nil
}

// differences says in what a file differs from a known text.
func differences(of []ingest.Difference) string {
	names := map[ingest.Difference]string{ingest.ByteOrderMark: "another byte order mark", ingest.LineEnds: "other line ends"}
	var out []string
	for _, d := range of {
		out = append(out, names[d])
	}
	return strings.Join(out, " and ")
}

func (a *app) sourcesListCommand() *cobra.Command {
	var form output
	c := &cobra.Command{
		Use:   "list",
		Short: "List the versions of documents and whether their texts are imported",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, closeAll, err := a.connect(cmd.Context(), reading)
			if err != nil {
				return badAddress(err)
			}
			defer closeAll()
			have, err := a.library(cmd.Context(), store)
			if err != nil {
				return err
			}
			return a.reportListed(have.Versions(), form)
		},
	}
	form.flag(c, "table", "json")
	a.graphFlags(c)
	return c
}

func (a *app) reportListed(texts []ingest.Version, form output) error {
	if form.form == "json" {
		return a.json(texts)
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "DOCUMENT\tVERSION\tLENGTH\tIMPORTED\tPASSAGES")
	for _, t := range texts {
		imported := "no"
		if t.Imported {
			imported = "yes"
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%d\n", t.Document, t.Version, t.Length, imported, t.Passages)
	}
	return w.Flush()
}
