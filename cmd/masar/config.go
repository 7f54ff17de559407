package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (a *app) configCommand() *cobra.Command {
	return group(&cobra.Command{
		Use:   "config",
		Short: "Show the settings of the service",
	}, a.configShowCommand())
}

func (a *app) configShowCommand() *cobra.Command {
	s := &service{app: a}
	var out output
	var withOrigin bool
	c := &cobra.Command{
		Use:   "show",
		Short: "List each setting of masar serve with its value",
		Long: `List each setting of masar serve with its value.

The command takes the flags of masar serve and reads the same variables, so put the
command line of the service behind it. It starts nothing. Passwords are not shown.
After the list it checks the settings as masar serve does: a wrong one ends with 2.

With --origin it says where each value came from: flag, the name of the variable,
the name of the variable with the path of the file, or default.`,
		Example: "  masar config show --origin --data-dir /srv/masar --listen 127.0.0.1:8081",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			all := settingsOf(cmd, a.origins)
			if !withOrigin {
				for i := range all {
					all[i].origin = origin{}
				}
			}
			for _, name := range a.strange(cmd.Flags()) {
				a.log.Warn("no setting of masar serve has this variable", "variable", name)
			}
			if err := a.printSettings(all, out.form); err != nil {
				return err
			}
			return s.check()
		},
	}
	s.addFlags(c)
	c.Flags().BoolVar(&withOrigin, "origin", false, "say where each value came from")
	out.flag(c, "table", "json")
	for _, own := range []string{"origin", "output"} {
		if err := c.Flags().SetAnnotation(own, noSetting, []string{}); err != nil {
			panic(err) // the flag was added above
		}
	}
	return c
}

// noSetting is the annotation of a flag that is no setting of the service.
const noSetting = "masar-no-setting"

// setting is a setting of the service, without secrets.
type setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	origin
}

// settingsOf are the settings in the flags of a command, and the variables of Go and OpenTelemetry that have an effect.
func settingsOf(c *cobra.Command, origins map[string]origin) (all []setting) {
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" || f.Annotations[noSetting] != nil {
			return
		}
		value := f.Value.String()
		if list, is := f.Value.(pflag.SliceValue); is {
			value = strings.Join(list.GetSlice(), ",")
		}
		all = append(all, setting{f.Name, withoutSecrets(value, f.Annotations[secret] != nil), origins[f.Name]})
	})
	environment := os.Environ()
	slices.Sort(environment)
	for _, variable := range environment {
		name, value, _ := strings.Cut(variable, "=")
		if name != "GOMEMLIMIT" && !strings.HasPrefix(name, "OTEL_") {
			continue
		}
		if strings.HasSuffix(name, "_HEADERS") {
			value = hidden // tokens of collectors
		}
		all = append(all, setting{name, withoutSecrets(value, false), origin{From: fromVariable, Variable: name}})
	}
	return all
}

// hidden stands for a secret.
const hidden = "(hidden)"

var (
	// login is the user and the password in an address, up to the last @, because a password may have one.
	login = regexp.MustCompile(`://([^:@/?]*):.*@`)
	// option is an option of an address.
	option = regexp.MustCompile(`([?&])([^=&]*)=[^&]*`)
)

// shownOptions are the options of an address of Dgraph that are no secrets.
var shownOptions = []string{"sslmode", "sslrootcert", "sslcert", "sslkey"}

// withoutSecrets hides the password in an address. In a secret setting it also hides what may be one: unknown options, and a
// login without the beginning of an address.
func withoutSecrets(value string, isSecret bool) string {
	value = login.ReplaceAllString(value, "://$1:"+hidden+"@")
	if !isSecret {
		return value
	}
	if !strings.Contains(value, "://") && strings.Contains(value, "@") {
		return hidden
	}
	return option.ReplaceAllStringFunc(value, func(o string) string {
		name, _, _ := strings.Cut(o[1:], "=")
		if slices.Contains(shownOptions, name) {
			return o
		}
		return o[:1] + name + "=" + hidden
	})
}

// strange are the variables that look like those of settings, have a value, and belong to none.
func (a *app) strange(flags *pflag.FlagSet) (names []string) {
	known := map[string]bool{}
	flags.VisitAll(func(f *pflag.Flag) {
		known[variableOf(f.Name)] = true
		known[variableOf(f.Name)+"_FILE"] = f.Annotations[secret] != nil
	})
	for _, variable := range os.Environ() {
		if name, value, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "MASAR_") && value != "" && !known[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// printSettings writes settings as a table or as JSON.
func (a *app) printSettings(all []setting, form string) error {
	if form == "json" {
		return a.json(all)
	}
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, s := range all {
		value := s.Value
		if value == "" {
			value = `""`
		}
		line := s.Name + "\t" + value
		if s.From != "" {
			line += "\t" + s.origin.String()
		}
		fmt.Fprintln(table, line)
	}
	return table.Flush()
}

// logSettings writes the settings to the log at the level debug.
func (a *app) logSettings(all []setting) {
	if !a.log.Enabled(context.Background(), slog.LevelDebug) {
		return
	}
	for _, s := range all {
		a.log.Debug("setting", "name", s.Name, "value", s.Value, "origin", s.origin.String())
	}
}
