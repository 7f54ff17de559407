package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"masar/seed"
)

func (a *app) seedCommand() *cobra.Command {
	return group(&cobra.Command{Use: "seed", Short: "Check and load the seed, the curated graph of a new service"},
		a.seedNewCommand(), a.seedLintCommand(), a.seedLoadCommand(), a.seedExportCommand(), a.seedDiffCommand(), a.seedPointCommand(), a.seedCoverageCommand(), a.seedSchemaCommand())
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
