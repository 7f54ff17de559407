package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// output is the format of a command's data, a pflag.Value.
type output struct {
	form  string
	forms []string
}

// flag adds --output with the allowed formats; the first is the default.
func (o *output) flag(c *cobra.Command, forms ...string) {
	o.forms = forms
	c.Flags().Var(o, "output", "output format: "+strings.Join(forms, ", "))
	o.form = forms[0]
	c.Flag("output").DefValue = forms[0]
	if err := c.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(forms, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the flag was added above
	}
}

// String returns the format.
func (o *output) String() string { return o.form }

// Type is the name of the values in the help.
func (o *output) Type() string { return "format" }

// Set accepts one of the allowed formats.
func (o *output) Set(form string) error {
	if !slices.Contains(o.forms, form) {
		return fmt.Errorf("allowed: %s", strings.Join(o.forms, ", "))
	}
	o.form = form
	return nil
}

// json writes a value to stdout as indented JSON.
func (a *app) json(value any) error {
	e := json.NewEncoder(a.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}

// jsonLine writes a value to stdout as one line of JSON.
func (a *app) jsonLine(value any) error {
	e := json.NewEncoder(a.out)
	e.SetEscapeHTML(false)
	return e.Encode(value)
}
