package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"masar"
	"masar/dgraph"
	"masar/ingest"
)

func (a *app) sourcesRemoveCommand() *cobra.Command {
	var code, reason string
	var form output
	c := &cobra.Command{
		Use:   "remove [VERSION]",
		Short: "Remove imported texts of documents",
		Long: `Remove imported texts of documents.

VERSION is the SHA-256 of a text, as "masar sources list" prints it. --document
removes all imported texts of a document. The documents keep the hash and length of
their versions. Quotations of a removed text are no longer shown; their status is
SOURCE_NOT_IMPORTED. "masar sources add" imports a text again.

A service on the same data directory stops showing the quotations at once.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, versions []string) error {
			if len(versions) == 0 && code == "" {
				return usageError{errors.New("no text is named: give the SHA-256 of a text, or --document")}
			}
			store, closeAll, err := a.connect(cmd.Context(), writing)
			if err != nil {
				return badAddress(err)
			}
			defer closeAll()
			result, err := a.removeSources(cmd.Context(), store, append(versions, "")[0], code, reason)
			if err != nil {
				return err
			}
			return a.reportRemoved(result, form)
		},
	}
	c.Flags().StringVar(&code, "document", "", "code of the document whose texts are removed")
	c.Flags().StringVar(&reason, "reason", "", "reason of the removal, for the history")
	form.flag(c, "table", "json")
	a.graphFlags(c)
	return c
}

// removed is the result of sources remove.
type removed struct {
	Texts    []ingest.Removed `json:"texts"`
	Snapshot int64            `json:"snapshot"`
}

// removeSources removes texts from the graph in one transaction.
func (a *app) removeSources(ctx context.Context, store *dgraph.Store, sha256, code, reason string) (result removed, err error) {
	have, err := a.library(ctx, store)
	if err != nil {
		return result, err
	}
	texts, told, err := have.Remove(sha256, code)
	if err != nil {
		return result, err
	}
	var changes dgraph.Changes
	err = a.step("removing the texts", func() error {
		changes, err = store.Save(ctx, dgraph.Write{Batch: &masar.Batch{Texts: texts}, By: operator, Reason: reason})
		return err
	})
	return removed{told, changes.Snapshot}, err
}

func (a *app) reportRemoved(result removed, form output) error {
	if form.form == "json" {
		return a.json(result)
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, t := range result.Texts {
		fmt.Fprintf(w, "%s\t%s\t%d passages without a quotation\n", t.Document, t.Version, t.Passages)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(a.out, "removed %d; snapshot %d\n", len(result.Texts), result.Snapshot)
	return err
}
