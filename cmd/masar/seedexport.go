package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"masar/exchange/dump"
	"masar/seed"
)

func (a *app) seedExportCommand() *cobra.Command {
	var only string
	c := &cobra.Command{
		Use:   "export DIR",
		Short: "Write the graph as seed files",
		Long: `Write the graph as seed files into a directory that is missing or empty.

The files of the seed in this binary are copied as they are. A document that the
seed does not have goes to sources/, named by its code, with what it states. What
was added to a document of the seed, or to what several documents share, goes to
curated/. "masar seed lint --dir DIR" checks the files, and "masar seed load --dir
DIR" loads them: into the same graph it changes nothing.

Imported source texts are not written. The command lists what else the files do
not have: records that the format cannot express, such as suggestions. Changes of
what the seed itself says are not written; "masar seed diff" lists them.

With --only curated, it leaves out the copies of the seed's files.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if only != "" && only != "curated" {
				return usageError{fmt.Errorf("--only %q is unknown: give curated", only)}
			}
			return a.exportSeed(cmd.Context(), args[0], only == "curated")
		},
	}
	c.Flags().StringVar(&only, "only", "", "what to write: curated, for the files that are not the seed's")
	a.graphFlags(c)
	return c
}

func (a *app) exportSeed(ctx context.Context, dir string, added bool) error {
	if err := missingOrEmpty(dir); err != nil {
		return err
	}
	store, closeAll, err := a.connect(ctx, reading)
	if err != nil {
		return badAddress(err)
	}
	defer closeAll()
	var out *seed.Exported
	err = a.step("writing the seed files", func() error {
		if out, err = seed.Export(ctx, store); err != nil {
			return err
		}
		return writeSeed(dir, out, added)
	})
	if err != nil {
		return err
	}
	return a.reportSeedExport(out, dir)
}

// writeSeed writes the files of an export, each under its name only when it is complete.
func writeSeed(dir string, out *seed.Exported, added bool) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, f := range out.Files {
		if added && !f.Added {
			continue
		}
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if err := dump.Create(name, func(to io.Writer) error {
			_, err := to.Write(f.Data)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// reportSeedExport lists what the files do not have.
func (a *app) reportSeedExport(out *seed.Exported, dir string) error {
	for _, u := range out.Unwritten {
		fmt.Fprintf(a.talk, "not in the files: %s: %s\n", u.RecordName, u.Reason)
	}
	if n := len(out.Unwritten); n > 0 {
		fmt.Fprintf(a.talk, "masar: the format cannot express %s\n", count(n, "record"))
	}
	if out.Texts > 0 {
		fmt.Fprintf(a.talk, "not in the files: %s, which are other people's\n", count(out.Texts, "imported source text"))
	}
	if out.Changed > 0 {
		fmt.Fprintf(a.talk, "not in the files: changes of %s of the seed; \"masar seed diff\" lists them\n", count(out.Changed, "record"))
	}
	if a.quiet {
		return nil
	}
	_, err := fmt.Fprintf(a.out, "exported snapshot %d to %s: %s beyond the seed\n", out.Snapshot, dir, count(out.Added, "record"))
	return err
}

func (a *app) seedDiffCommand() *cobra.Command {
	var form output
	c := &cobra.Command{
		Use:   "diff",
		Short: "List where the graph differs from what the seed says",
		Long: `List where the graph differs from what the seed in this binary says: by file and
line, with the values in the seed and in the graph. What the graph has beyond the
seed is not a difference; "masar seed export" writes it.

With --output patch, it writes the changes of values that a file has in one line as
a unified diff, for "git apply" in the directory that has the directory seed. It
says how many differences are not in it.

The exit code is 3 if there are differences.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.diffSeed(cmd.Context(), form)
		},
	}
	form.flag(c, "text", "patch")
	a.graphFlags(c)
	return c
}

func (a *app) diffSeed(ctx context.Context, form output) error {
	store, closeAll, err := a.connect(ctx, reading)
	if err != nil {
		return badAddress(err)
	}
	defer closeAll()
	var found []seed.Difference
	var patch *seed.Patch
	err = a.step("comparing the graph with the seed", func() (err error) {
		if form.form == "patch" {
			patch, found, err = seed.DiffPatch(ctx, store)
		} else {
			found, err = seed.Diff(ctx, store)
		}
		return err
	})
	if err != nil {
		return err
	}
	if patch != nil {
		_, err = fmt.Fprint(a.out, patch.Text)
	} else {
		err = a.differenceLines(found)
	}
	switch {
	case err != nil:
		return err
	case len(found) == 0:
		if !a.quiet {
			fmt.Fprintln(a.talk, "no difference between the graph and the seed")
		}
		return nil
	case patch != nil && len(patch.Unwritten) > 0:
		fmt.Fprintf(a.talk, "masar: %s, and %d of them not in the patch; \"masar seed diff\" lists them\n",
			count(len(found), "difference"), len(patch.Unwritten))
	default:
		fmt.Fprintf(a.talk, "masar: %s between the graph and the seed\n", count(len(found), "difference"))
	}
	return errFindings
}

func (a *app) differenceLines(found []seed.Difference) error {
	for _, d := range found {
		if _, err := fmt.Fprintln(a.out, differenceLine(d)); err != nil {
			return err
		}
	}
	return nil
}

// differenceLine is a difference as compilers write faults, so that editors open its position.
func differenceLine(d seed.Difference) string {
	line := fmt.Sprintf("%s:%d: %s: ", d.File, d.Line, d.RecordName)
	if d.Lacking() {
		return line + "not in the graph"
	}
	line += fmt.Sprintf("%s: %s -> %s", d.Path, shownValue(d.Seed), shownValue(d.Graph))
	if d.By != "" {
		line += "; last written by " + d.By
	}
	return line
}
