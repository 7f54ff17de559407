package main

import (
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
	return group(&cobra.Command{Use: "seed", Short: "The curated graph that a fresh service starts with"},
		a.seedLintCommand(), a.seedLoadCommand(), a.seedPointCommand(), a.seedCoverageCommand(), a.seedSchemaCommand())
}

// seedFiles are the files of a directory, or those that the binary carries where none is named.
func seedFiles(dir string) (fs.FS, error) {
	if dir == "" {
		return seed.Files, nil
	}
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return nil, fmt.Errorf("the seed's directory: %w", err)
	case !info.IsDir():
		return nil, usageError{fmt.Errorf("--dir %s is no directory", dir)}
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
		Short: "Check the seed's files, and list everything that is wrong with them",
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
			return a.tellLint(result, form)
		},
	}
	c.Flags().StringVar(&dir, "dir", "", "the seed's directory (default: the files that this binary carries)")
	form.flag(c, "table", "json")
	return c
}

func (a *app) tellLint(result lint, form output) error {
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
		fmt.Fprintf(a.talk, "masar: the seed has %s: nothing of it can be loaded before they are mended\n", count(len(result.Faults), "fault"))
		return errFindings
	}
	if !a.quiet {
		fmt.Fprintf(a.talk, "the seed has no faults: %d entities, %d claims, %d pieces of evidence, %d observations\n",
			result.Entities, result.Claims, result.Evidence, result.Observations)
	}
	return nil
}

// count writes a number of things.
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
		Use:   "load",
		Short: "Write the seed into the graph; what is there already stays as it is",
		Long: `Write the seed into the graph; what is there already stays as it is.

A record that somebody else than the seed wrote last is not overwritten. Each
such record that the seed has otherwise is listed, with who wrote it, and the
exit code is 3; all others are written.`,
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
			store, closeAll, err := a.connect(cmd.Context())
			if err != nil {
				return badAddress(err)
			}
			defer closeAll()
			changes, err := a.load(cmd.Context(), store, graph)
			if err != nil {
				return err
			}
			return a.tellLoaded(loadedOf(changes), form)
		},
	}
	c.Flags().StringVar(&dir, "dir", "", "the seed's directory (default: the files that this binary carries)")
	form.flag(c, "table", "json")
	a.graphFlags(c)
	return c
}

// loaded is the result of seed load.
type loaded struct {
	Created   int         `json:"created"`
	Updated   int         `json:"updated"`
	Unchanged int         `json:"unchanged"`
	LeftAlone []leftAlone `json:"leftAlone"`
	Snapshot  int64       `json:"snapshot"`
}

// leftAlone is a record that the seed has otherwise and that somebody else wrote last.
type leftAlone struct {
	Kind masar.RecordType `json:"kind"`
	Code string           `json:"code"`
	By   string           `json:"by"`
}

func loadedOf(c dgraph.Changes) loaded {
	l := loaded{c.Created, c.Updated, c.Unchanged, []leftAlone{}, c.Snapshot}
	for _, r := range c.LeftAlone {
		l.LeftAlone = append(l.LeftAlone, leftAlone{r.Record.Type, r.Record.Key, r.By})
	}
	return l
}

func (a *app) tellLoaded(result loaded, form output) error {
	if form.form == "json" {
		if err := a.json(result); err != nil {
			return err
		}
	} else if err := a.loadedLines(result); err != nil {
		return err
	}
	if n := len(result.LeftAlone); n > 0 {
		fmt.Fprintf(a.talk, "masar: %s not overwritten: the last author is not the seed\n", count(n, "record"))
		return errFindings
	}
	return nil
}

func (a *app) loadedLines(result loaded) error {
	for _, r := range result.LeftAlone {
		if _, err := fmt.Fprintf(a.out, "left alone %s %s, last written by %s\n", r.Kind, r.Code, r.By); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(a.out, "created %d, updated %d, unchanged %d, left alone %d; snapshot %d\n",
		result.Created, result.Updated, result.Unchanged, len(result.LeftAlone), result.Snapshot)
	return err
}

func (a *app) seedPointCommand() *cobra.Command {
	var from, to string
	var form output
	c := &cobra.Command{
		Use:   "point FILE --from WORDS [--to WORDS]",
		Short: "Print the pointer to words of a text, as a passage of a seed file has it",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			if from == "" {
				return usageError{errors.New("--from is missing: give the first words")}
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
	c.Flags().StringVar(&from, "from", "", "the first words; they must stand in the text once")
	c.Flags().StringVar(&to, "to", "", "the last words, where they are others")
	form.flag(c, "yaml", "json")
	return c
}

func (a *app) seedSchemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of seed files, by which editors complete and check them",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := a.out.Write(seed.Schema())
			return err
		},
	}
}

// seconds writes a time that something took.
func seconds(d time.Duration) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", d.Seconds()), ".0") + " s"
}
