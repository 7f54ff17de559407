package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"masar"
	"masar/ingest"
	"masar/words"
)

// verification is the result of verify.
type verification struct {
	Snapshot int64     `json:"snapshot"`
	Counts   []counted `json:"counts"`
	Findings []finding `json:"findings"`
}

// finding is a fault with its message in both languages.
type finding struct {
	masar.Finding
	Message localized `json:"message"`
}

// localized is a text in both languages.
type localized struct {
	Arabic  string `json:"ar"`
	English string `json:"en"`
}

// counted is a number of records of one type.
type counted struct {
	What  string `json:"what"`
	Count int    `json:"count"`
}

func (a *app) verifyCommand() *cobra.Command {
	var form output
	c := &cobra.Command{
		Use:   "verify",
		Short: "Check the graph against all rules and count its records",
		Long: `Check the graph against all rules and count its records.

The command checks the rules that seed lint and every write check. It also finds
nodes that are not records, records with the same key, and direct edges that do
not match the claims. It reports the record, path, stable code and message of
each fault.

The exit code is 3 if there are faults. With --output jsonl, each fault is one
line and nothing else is written.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, closeAll, err := a.connect(cmd.Context(), reading)
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
			return a.reportVerification(verify(contents), form)
		},
	}
	form.flag(c, "table", "json", "jsonl")
	a.graphFlags(c)
	return c
}

// verify checks the graph.
func verify(contents *masar.Contents) verification {
	result := verification{Snapshot: contents.Snapshot, Counts: counts(contents), Findings: []finding{}}
	for _, f := range masar.Check(contents) {
		message := words.Fault(f.Fault)
		result.Findings = append(result.Findings, finding{f, localized{message.AR, message.EN}})
	}
	return result
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
	texts := 0
	for _, t := range contents.Texts {
		if !t.Removed() {
			texts++
		}
	}
	byStatus := ingest.Quotes(contents)
	return append(out,
		counted{"entities", len(contents.Entities)},
		counted{"claims", len(contents.Claims)},
		counted{"claims stated", byBasis[masar.Stated]},
		counted{"claims inferred", byBasis[masar.Inferred]},
		counted{"evidence", len(contents.Evidence)},
		counted{"observations", len(contents.Observations)},
		counted{"texts", texts},
		counted{"direct edges", len(contents.Edges)},
		counted{"quotes verified", byStatus[masar.QuoteVerified]},
		counted{"quotes mismatched", byStatus[masar.QuoteMismatch]},
		counted{"quotes without a text", byStatus[masar.QuoteSourceNotImported]},
	)
}

func (a *app) reportVerification(result verification, form output) error {
	tell := map[string]func(verification) error{"table": a.verificationTable, "json": func(v verification) error { return a.json(v) }, "jsonl": a.verificationLines}
	if err := tell[form.form](result); err != nil {
		return err
	}
	if n := len(result.Findings); n > 0 {
		fmt.Fprintf(a.talk, "masar: the graph has %s\n", count(n, "finding"))
		return errFindings
	}
	if !a.quiet {
		fmt.Fprintf(a.talk, "no faults in the graph at snapshot %d\n", result.Snapshot)
	}
	return nil
}

func (a *app) verificationTable(result verification) error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, c := range result.Counts {
		fmt.Fprintf(w, "%s\t%d\n", c.What, c.Count)
	}
	for _, f := range result.Findings {
		fmt.Fprintf(w, "%s\t%s: %s\n", f.Code, strings.TrimSuffix(f.Record+": "+f.Path, ": "), f.Message.English)
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
