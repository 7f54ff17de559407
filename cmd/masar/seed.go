package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"masar"
	"masar/dgraph"
	"masar/seed"
)

func (a *app) seedCommand() *cobra.Command {
	return group(&cobra.Command{Use: "seed", Short: "Check and load the seed, the curated graph of a new service"},
		a.seedLintCommand(), a.seedLoadCommand(), a.seedPointCommand(), a.seedCoverageCommand(), a.seedSchemaCommand())
}

// seedFiles returns the files of a directory, or the seed in the binary if dir is empty.
func seedFiles(dir string) (fs.FS, error) {
	if dir == "" {
		return seed.Files, nil
	}
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return nil, fmt.Errorf("seed directory: %w", err)
	case !info.IsDir():
		return nil, usageError{fmt.Errorf("--dir %s is not a directory", dir)}
	}
	return os.DirFS(dir), nil
}

// lint is the result of seed lint.
type lint struct {
	Faults       seed.Faults `json:"faults"`
	Entities     int         `json:"entities"`
	Claims       int         `json:"claims"`
	Evidence     int         `json:"evidence"`
	Observations int         `json:"observations"`
}

func (a *app) seedLintCommand() *cobra.Command {
	var dir string
	var form output
	c := &cobra.Command{
		Use:   "lint",
		Short: "Check the seed files and list all faults",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			files, err := seedFiles(dir)
			if err != nil {
				return err
			}
			graph, err := seed.Read(files)
			var faults seed.Faults
			if err != nil && !errors.As(err, &faults) {
				return err
			}
			result := lint{Faults: append(seed.Faults{}, faults...)}
			if graph != nil {
				result.Entities, result.Claims = len(graph.Entities), len(graph.Claims)
				result.Evidence, result.Observations = len(graph.Evidence), len(graph.Observations)
			}
			return a.reportLint(result, form)
		},
	}
	c.Flags().StringVar(&dir, "dir", "", "seed directory (default: the seed in this binary)")
	form.flag(c, "table", "json")
	return c
}

func (a *app) reportLint(result lint, form output) error {
	if form.form == "json" {
		if err := a.json(result); err != nil {
			return err
		}
	} else {
		for _, f := range result.Faults {
			if _, err := fmt.Fprintln(a.out, f); err != nil {
				return err
			}
		}
	}
	if len(result.Faults) > 0 {
		fmt.Fprintf(a.talk, "masar: the seed has %s; correct them to load it\n", count(len(result.Faults), "fault"))
		return errFindings
	}
	if !a.quiet {
		fmt.Fprintf(a.talk, "no faults in the seed: %d entities, %d claims, %d evidence items, %d observations\n",
			result.Entities, result.Claims, result.Evidence, result.Observations)
	}
	return nil
}

// count formats a number with its noun.
func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

func (a *app) seedLoadCommand() *cobra.Command {
	var dir string
	var rewrite bool
	var form output
	c := &cobra.Command{
		Use:   "load",
		Short: "Write the seed to the graph",
		Long: `Write the seed to the graph. Equal records are not written again.

A record whose last author is not the seed is not overwritten. If the seed has
other values for it, the command lists the record with its author. It writes all
other records and exits with 3.

With --rewrite, it also writes the records of the seed whose values something
else than Masar has changed or deleted in the database, and lists them. "masar
verify" finds such records.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, err := seedFiles(dir)
			if err != nil {
				return err
			}
			graph, err := seed.Read(files)
			if err != nil {
				return err
			}
			store, closeAll, err := a.connect(cmd.Context(), loading)
			if err != nil {
				return badAddress(err)
			}
			defer closeAll()
			load := a.load
			if rewrite {
				load = a.rewrite
			}
			changes, err := load(cmd.Context(), store, graph)
			if err != nil {
				return err
			}
			return a.reportLoaded(loadedOf(changes), form)
		},
	}
	c.Flags().StringVar(&dir, "dir", "", "seed directory (default: the seed in this binary)")
	c.Flags().BoolVar(&rewrite, "rewrite", false, "also write records whose stored values are damaged, and list them")
	form.flag(c, "table", "json")
	a.graphFlags(c)
	return c
}

// loaded is the result of seed load.
type loaded struct {
	Created   int    `json:"created"`
	Updated   int    `json:"updated"`
	Unchanged int    `json:"unchanged"`
	Kept      []kept `json:"kept"`
	// Rewritten are the damaged records that were written again. They count as updated.
	Rewritten []rewritten `json:"rewritten"`
	Snapshot  int64       `json:"snapshot"`
}

// rewritten is a record whose stored values were damaged.
type rewritten struct {
	Kind   masar.RecordType `json:"kind"`
	Code   string           `json:"code"`
	Fields []string         `json:"fields"`
}

// kept is a record that differs from the seed and whose last author is not the seed.
type kept struct {
	Kind masar.RecordType `json:"kind"`
	Code string           `json:"code"`
	By   string           `json:"by"`
}

func loadedOf(c dgraph.Changes) loaded {
	l := loaded{c.Created, c.Updated, c.Unchanged, []kept{}, []rewritten{}, c.Snapshot}
	for _, r := range c.Rewritten {
		l.Rewritten = append(l.Rewritten, rewritten{r.Record.Type, r.Record.Key, r.Fields})
	}
	for _, r := range c.Kept {
		l.Kept = append(l.Kept, kept{r.Record.Type, r.Record.Key, r.By})
	}
	return l
}

func (a *app) reportLoaded(result loaded, form output) error {
	if form.form == "json" {
		if err := a.json(result); err != nil {
			return err
		}
	} else if err := a.loadedLines(result); err != nil {
		return err
	}
	if n := len(result.Kept); n > 0 {
		fmt.Fprintf(a.talk, "masar: %s not overwritten: the last author is not the seed\n", count(n, "record"))
		return errFindings
	}
	return nil
}

func (a *app) loadedLines(result loaded) error {
	for _, r := range result.Kept {
		if _, err := fmt.Fprintf(a.out, "kept %s %s, last written by %s\n", r.Kind, r.Code, r.By); err != nil {
			return err
		}
	}
	for _, r := range result.Rewritten {
		if _, err := fmt.Fprintf(a.out, "rewritten %s %s: %s\n", r.Kind, r.Code, cmp.Or(strings.Join(r.Fields, ", "), "its line, search terms or direct edge")); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(a.out, "created %d, updated %d, unchanged %d, kept %d; snapshot %d\n",
		result.Created, result.Updated, result.Unchanged, len(result.Kept), result.Snapshot)
	return err
}

func (a *app) seedPointCommand() *cobra.Command {
	var from, to string
	var form output
	c := &cobra.Command{
		Use:   "point FILE --from WORDS [--to WORDS]",
		Short: "Print the position and hash of words in a text, for a seed passage",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			if from == "" {
				return usageError{errors.New("--from is missing: give the first words of the passage")}
			}
			pointer, err := seed.Point(string(text), from, to)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			if form.form == "json" {
				return a.json(map[string]any{"start": pointer.Start, "end": pointer.End, "sha256": pointer.SHA256})
			}
			_, err = fmt.Fprintf(a.out, "start: %d\nend: %d\nsha256: %s\n", pointer.Start, pointer.End, pointer.SHA256)
			return err
		},
	}
	c.Flags().StringVar(&from, "from", "", "first words of the passage, unique in the text (required)")
	c.Flags().StringVar(&to, "to", "", "last words of the passage (default: those of --from)")
	form.flag(c, "yaml", "json")
	return c
}

func (a *app) seedSchemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the seed files, for editors",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := a.out.Write(seed.Schema())
			return err
		},
	}
}

// seconds formats a duration.
func seconds(d time.Duration) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", d.Seconds()), ".0") + " s"
}
