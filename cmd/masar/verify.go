package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"masar"
	"masar/ingest"
)

// verification is the result of verify.
type verification struct {
	Snapshot int64           `json:"snapshot"`
	Counts   []counted       `json:"counts"`
	Findings []masar.Finding `json:"findings"`
}

// counted is the number of records of a sort.
type counted struct {
	What  string `json:"what"`
	Count int    `json:"count"`
}

func (a *app) verifyCommand() *cobra.Command {
	var form output
	c := &cobra.Command{
		Use:   "verify",
		Short: "Check that every invariant of the graph holds, and count what is in it",
		Long: `Check that every invariant of the graph holds, and count what is in it.

  KEY          every record has the key that its content gives, and has it alone
  POINTER      what a record refers to is there, and of a kind that may be there
  LANGUAGES    every text is there in both languages
  VALUE        every value is one that its field allows
  PREDICATE    a claim runs between kinds that its predicate admits
  EVIDENCE     no claim is without evidence; an inferred one says why it was drawn
  PASSAGE      a passage lies within a text that its document has, and where the
               text has been imported its words are those that were pointed at
  DIRECT_EDGE  there is a direct edge beside a claim just while the claim is accepted

The exit code is 3 where one does not hold. With --output jsonl there is a line
for each finding and nothing else.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, closeAll, err := a.connect(cmd.Context())
			if err != nil {
				return badAddress(err)
			}
			defer closeAll()
			var contents *masar.Contents
			err = a.step("reading the graph", func() error {
				contents, err = store.Everything(cmd.Context())
				return err
			})
			if err != nil {
				return err
			}
			return a.tellVerification(verify(contents), form)
		},
	}
	form.flag(c, "table", "json", "jsonl")
	a.graphFlags(c)
	return c
}

// verify checks the graph.
func verify(contents *masar.Contents) verification {
	return verification{
		Snapshot: contents.Snapshot,
		Counts:   counts(contents),
		Findings: append([]masar.Finding{}, masar.Check(contents)...),
	}
}

func counts(contents *masar.Contents) []counted {
	byKind := map[masar.Kind]int{}
	for _, e := range contents.Entities {
		byKind[e.Head().Kind]++
	}
	byBasis := map[masar.Basis]int{}
	for _, c := range contents.Claims {
		byBasis[c.Basis]++
	}
	var out []counted
	for _, kind := range masar.Kinds {
		out = append(out, counted{string(kind), byKind[kind]})
	}
	byStatus := ingest.Quotes(contents)
	return append(out,
		counted{"entities", len(contents.Entities)},
		counted{"claims", len(contents.Claims)},
		counted{"claims stated", byBasis[masar.Stated]},
		counted{"claims inferred", byBasis[masar.Inferred]},
		counted{"evidence", len(contents.Evidence)},
		counted{"observations", len(contents.Observations)},
		counted{"texts", len(contents.Texts)},
		counted{"direct edges", len(contents.Edges)},
		counted{"quotes verified", byStatus[masar.QuoteVerified]},
		counted{"quotes mismatched", byStatus[masar.QuoteMismatch]},
		counted{"quotes without a text", byStatus[masar.QuoteSourceNotImported]},
	)
}

func (a *app) tellVerification(result verification, form output) error {
	tell := map[string]func(verification) error{"table": a.verificationTable, "json": func(v verification) error { return a.json(v) }, "jsonl": a.verificationLines}
	if err := tell[form.form](result); err != nil {
		return err
	}
	if n := len(result.Findings); n > 0 {
		fmt.Fprintf(a.talk, "masar: the graph has %s\n", count(n, "finding"))
		return errFindings
	}
	if !a.quiet {
		fmt.Fprintf(a.talk, "every invariant holds at snapshot %d\n", result.Snapshot)
	}
	return nil
}

func (a *app) verificationTable(result verification) error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, c := range result.Counts {
		fmt.Fprintf(w, "%s\t%d\n", c.What, c.Count)
	}
	for _, f := range result.Findings {
		fmt.Fprintf(w, "%s\t%s: %s\n", f.Invariant, f.Record, f.Message)
	}
	return w.Flush()
}

func (a *app) verificationLines(result verification) error {
	for _, f := range result.Findings {
		if err := a.jsonLine(f); err != nil {
			return err
		}
	}
	return nil
}
