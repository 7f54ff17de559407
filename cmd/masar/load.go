package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"masar"
	"masar/dgraph"
	"masar/seed"
)

// operator is the author of records that the commands write, except those of the seed.
const operator = "operator"

// load writes the seed into the graph.
func (a *app) load(ctx context.Context, store *dgraph.Store, graph *seed.Graph) (changes dgraph.Changes, err error) {
	err = a.step("writing the seed", func() error {
		changes, err = seed.Load(ctx, store, graph)
		return err
	})
	return changes, err
}

// rewrite writes the seed into the graph, also over damaged values.
func (a *app) rewrite(ctx context.Context, store *dgraph.Store, graph *seed.Graph) (changes dgraph.Changes, err error) {
	err = a.step("writing the seed over damaged values", func() error {
		changes, err = seed.Rewrite(ctx, store, graph)
		return err
	})
	return changes, err
}

func (a *app) seedLoadCommand() *cobra.Command {
	var dir string
	var form output
	var dry, rewrite bool
	c := &cobra.Command{
		Use:   "load [FILE...]",
		Short: "Write the seed to the graph",
		Long: `Write the seed to the graph. Equal records are not written again. Files are added to
the seed, or replace its files of the same name.

A record whose last author is not the seed is not overwritten. If the seed has
not changed since, the record counts as curated. If the seed has new values for
it, the command lists the record with its author, as kept, writes all other
records and exits with 3. It does so at each load, until the record and the seed
agree, or the seed has its earlier values again.

With --rewrite, it also writes the records of the seed whose values something
else than Masar has changed or deleted in the database, and lists them. "masar
verify" finds such records.

With --dry-run, the command writes nothing. It lists each record that it would
create, update or keep, with the values in the graph and in the seed, and each
record of the graph that the seed does not have. The exit code is the same.`,
		RunE: func(cmd *cobra.Command, files []string) error {
			graph, err := a.readSeed(dir, files...)
			if err != nil {
				return err
			}
			access := loading
			if dry {
				access = reading
			}
			store, closeAll, err := a.connect(cmd.Context(), access)
			if err != nil {
				return badAddress(err)
			}
			defer closeAll()
			if dry {
				return a.dryRun(cmd.Context(), store, graph, form)
			}
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
	seedFlag(c, &dir)
	c.Flags().BoolVar(&dry, "dry-run", false, "list the differences and write nothing")
	c.Flags().BoolVar(&rewrite, "rewrite", false, "also write records whose stored values are damaged, and list them")
	c.MarkFlagsMutuallyExclusive("dry-run", "rewrite")
	form.flag(c, "table", "json")
	a.graphFlags(c)
	return c
}

// loaded is the result of seed load.
type loaded struct {
	Created   int    `json:"created"`
	Updated   int    `json:"updated"`
	Unchanged int    `json:"unchanged"`
	Curated   int    `json:"curated"`
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

// kept is a record of which the seed has new values and whose last author is not the seed.
type kept struct {
	Kind masar.RecordType `json:"kind"`
	Code string           `json:"code"`
	By   string           `json:"by"`
}

func loadedOf(c dgraph.Changes) loaded {
	l := loaded{c.Created, c.Updated, c.Unchanged, c.Curated, []kept{}, []rewritten{}, c.Snapshot}
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
		fmt.Fprintf(a.talk, "masar: %s not overwritten: the last author is not the seed, and the seed has new values\n", count(n, "record"))
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
	_, err := fmt.Fprintf(a.out, "created %d, updated %d, unchanged %d, curated %d, kept %d; snapshot %d\n",
		result.Created, result.Updated, result.Unchanged, result.Curated, len(result.Kept), result.Snapshot)
	return err
}
