package main

import (
	"context"
	"fmt"

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

func (a *app) seedLoadCommand() *cobra.Command {
	var dir string
	var form output
	var dry bool
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
			changes, err := a.load(cmd.Context(), store, graph)
			if err != nil {
				return err
			}
			return a.reportLoaded(loadedOf(changes), form)
		},
	}
	seedFlag(c, &dir)
	c.Flags().BoolVar(&dry, "dry-run", false, "list the differences and write nothing")
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
	Snapshot  int64  `json:"snapshot"`
}

// kept is a record of which the seed has new values and whose last author is not the seed.
type kept struct {
	Kind masar.RecordType `json:"kind"`
	Code string           `json:"code"`
	By   string           `json:"by"`
}

func loadedOf(c dgraph.Changes) loaded {
	l := loaded{c.Created, c.Updated, c.Unchanged, c.Curated, []kept{}, c.Snapshot}
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
	_, err := fmt.Fprintf(a.out, "created %d, updated %d, unchanged %d, curated %d, kept %d; snapshot %d\n",
		result.Created, result.Updated, result.Unchanged, result.Curated, len(result.Kept), result.Snapshot)
	return err
}
