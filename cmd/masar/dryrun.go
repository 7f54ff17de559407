package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"masar/dgraph"
	"masar/seed"
)

// dryRun reports what a load of a seed would do.
func (a *app) dryRun(ctx context.Context, store *dgraph.Store, graph *seed.Graph, form output) error {
	var found *seed.Comparison
	err := a.step("comparing the seed with the graph", func() (err error) {
		found, err = seed.Compare(ctx, store, graph)
		return err
	})
	if err != nil {
		return err
	}
	if form.form == "json" {
		err = a.json(found)
	} else {
		err = a.comparisonTable(found)
	}
	if err != nil {
		return err
	}
	if n := found.Count(seed.Keep); n > 0 {
		fmt.Fprintf(a.talk, "masar: %s would not be overwritten: the last author is not the seed, and the seed has new values\n", count(n, "record"))
		return errFindings
	}
	return nil
}

func (a *app) comparisonTable(found *seed.Comparison) error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, c := range found.Changes {
		fmt.Fprintf(w, "%s\t%s%s\n", strings.ToLower(string(c.Effect)), c.RecordName, changeDetail(c))
	}
	for _, b := range found.Beyond {
		fmt.Fprintf(w, "beyond\t%s\t%s\n", b.RecordName, beyondDetail(b))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(a.out, "%d to create, %d to update, %d unchanged, %d curated, %d to keep, %d beyond the seed; nothing was written\n",
		found.Count(seed.Create), found.Count(seed.Update), found.Unchanged, found.Curated, found.Count(seed.Keep), len(found.Beyond))
	return err
}

// changeDetail is the column that says in which fields a record differs, and who wrote a kept one last; none for a new
// record.
func changeDetail(c seed.Change) string {
	var parts []string
	if c.By != "" {
		parts = append(parts, "last written by "+c.By)
	}
	for _, f := range c.Fields {
		parts = append(parts, fmt.Sprintf("%s: %s -> %s", f.Path, shownValue(f.Before), shownValue(f.After)))
	}
	switch {
	case c.Effect == seed.Create:
		return ""
	case len(c.Fields) == 0:
		parts = append(parts, "search terms")
	}
	return "\t" + strings.Join(parts, "; ")
}

// shownValue is a value in JSON, or none.
func shownValue(value json.RawMessage) string { return cmp.Or(string(value), "none") }

// beyondDetail says where a record came from that the seed does not have.
func beyondDetail(b seed.Beyond) string {
	if b.By == "" {
		return "left the seed"
	}
	return "last written by " + b.By
}
