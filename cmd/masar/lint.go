package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"masar/seed"
)

// lint is the result of seed lint.
type lint struct {
	// Seed names what was checked.
	Seed         string      `json:"seed"`
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
		Use:   "lint [FILE...]",
		Short: "Check seed files and list all faults",
		Long: `Check seed files and list all faults.

Without files, the command checks the whole seed. With files, it checks them
together with the seed, so that they may refer to its records. A file with the
name of a file of the seed is checked in its place. The text of a document, in a
file CODE.txt, is compared with the passages of the document.

The exit code is 3 if there are faults.`,
		RunE: func(_ *cobra.Command, files []string) error {
			from, err := seedIn(dir, files...)
			if err != nil {
				return err
			}
			graph, err := from.Read()
			var faults seed.Faults
			if err != nil && !errors.As(err, &faults) {
				return err
			}
			result := lint{Seed: from.String(), Faults: append(seed.Faults{}, faults...)}
			if graph != nil {
				result.Entities, result.Claims = len(graph.Entities), len(graph.Claims)
				result.Evidence, result.Observations = len(graph.Evidence), len(graph.Observations)
			}
			return a.reportLint(result, form)
		},
	}
	seedFlag(c, &dir)
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
		fmt.Fprintf(a.talk, "masar: %s in %s; correct them to load it\n", count(len(result.Faults), "fault"), result.Seed)
		return errFindings
	}
	if !a.quiet {
		fmt.Fprintf(a.talk, "no faults in %s: %d entities, %d claims, %d evidence items, %d observations\n",
			result.Seed, result.Entities, result.Claims, result.Evidence, result.Observations)
	}
	return nil
}
