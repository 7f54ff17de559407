package main

import (
	"errors"
	"fmt"
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
		a.seedNewCommand(), a.seedLintCommand(), a.seedLoadCommand(), a.seedPointCommand(), a.seedCoverageCommand(), a.seedSchemaCommand())
}

// seedFlag adds the flag of commands that read a seed.
func seedFlag(c *cobra.Command, dir *string) {
	c.Flags().StringVar(dir, "dir", "", "seed directory (default: the seed in this binary)")
}

// seedIn is the seed in a directory, or the seed in the binary if dir is empty, with single files.
func seedIn(dir string, files ...string) (seed.Seed, error) {
	from := seed.Carried()
	if dir != "" {
		var err error
		from, err = seed.In(dir)
		switch {
		case errors.Is(err, seed.ErrNotDirectory):
			return from, usageError{fmt.Errorf("--dir %w", err)}
		case err != nil:
			return from, fmt.Errorf("seed directory: %w", err)
		}
	}
	if len(files) == 0 {
		return from, nil
	}
	from, err := from.With(files...)
	if errors.Is(err, seed.ErrNoSeedFile) || errors.Is(err, seed.ErrSameName) {
		return from, usageError{err}
	}
	return from, err
}

// readSeed reads a seed and says which one it is.
func (a *app) readSeed(dir string, files ...string) (*seed.Graph, error) {
	from, err := seedIn(dir, files...)
	if err != nil {
		return nil, err
	}
	if !a.quiet {
		fmt.Fprintf(a.talk, "reading %s\n", from)
	}
	return from.Read()
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
	var form output
	c := &cobra.Command{
		Use:   "load [FILE...]",
		Short: "Write the seed to the graph",
		Long: `Write the seed to the graph. Equal records are not written again. Files are added to
the seed, or replace its files of the same name.

A record whose last author is not the seed is not overwritten. If the seed has
other values for it, the command lists the record with its author. It writes all
other records and exits with 3.`,
		RunE: func(cmd *cobra.Command, files []string) error {
			graph, err := a.readSeed(dir, files...)
			if err != nil {
				return err
			}
			store, closeAll, err := a.connect(cmd.Context(), loading)
			if err != nil {
				return badAddress(err)
			}
			defer closeAll()
			changes, err := a.load(cmd.Context(), store, graph)
			if err != nil {
				return err
			}
			return a.reportLoaded(loadedOf(changes), form)
		},
	}
	seedFlag(c, &dir)
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
	Snapshot  int64  `json:"snapshot"`
}

// kept is a record that differs from the seed and whose last author is not the seed.
type kept struct {
	Kind masar.RecordType `json:"kind"`
	Code string           `json:"code"`
	By   string           `json:"by"`
}

func loadedOf(c dgraph.Changes) loaded {
	l := loaded{c.Created, c.Updated, c.Unchanged, []kept{}, c.Snapshot}
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
