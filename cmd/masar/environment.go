package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/pflag"
)

// secret is the annotation of a flag whose value can be in a file, named by MASAR_..._FILE.
const secret = "masar-secret"

// source is the kind of place that the value of a setting came from.
type source string

// The sources, the strongest first.
const (
	fromFlag     source = "flag"
	fromVariable source = "environment"
	fromFile     source = "file"
	fromDefault  source = "default"
)

// origin is where the value of a setting came from.
type origin struct {
	From source `json:"from,omitempty"`
	// Variable is the environment variable that has the value, or the path of its file.
	Variable string `json:"variable,omitempty"`
	// File is the path of the file that has the value.
	File string `json:"file,omitempty"`
}

// String is the origin in a table.
func (o origin) String() string {
	switch o.From {
	case fromVariable:
		return o.Variable
	case fromFile:
		return o.Variable + " (" + o.File + ")"
	}
	return string(o.From)
}

// variableOf is the environment variable of a flag: MASAR_DATA_DIR for --data-dir.
func variableOf(flag string) string {
	return "MASAR_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// fromEnvironment sets the flags missing on the command line from the environment, and returns where each value came from.
func fromEnvironment(flags *pflag.FlagSet) (origins map[string]origin, err error) {
	origins = map[string]origin{}
	flags.VisitAll(func(f *pflag.Flag) {
		if err != nil || !hasVariable(f) {
			return
		}
		if f.Changed {
			origins[f.Name] = origin{From: fromFlag}
			return
		}
		value, of, readErr := valueInEnvironment(f)
		if origins[f.Name] = of; readErr != nil {
			err = fmt.Errorf("%s: %w", of.Variable, readErr)
			return
		}
		if of.From == fromDefault {
			return
		}
		if setErr := flags.Set(f.Name, value); setErr != nil {
			err = fmt.Errorf("%s: %w", of.Variable, setErr)
		}
	})
	return origins, err
}

// valueInEnvironment is the value of a flag in a variable, or in a file that a variable names. An empty one has no effect.
func valueInEnvironment(f *pflag.Flag) (string, origin, error) {
	name := variableOf(f.Name)
	if value := os.Getenv(name); value != "" {
		return value, origin{From: fromVariable, Variable: name}, nil
	}
	path := os.Getenv(name + "_FILE")
	if f.Annotations[secret] == nil || path == "" {
		return "", origin{From: fromDefault}, nil
	}
	of := origin{fromFile, name + "_FILE", path}
	content, err := os.ReadFile(path)
	value := strings.TrimSpace(string(content))
	if err == nil && value == "" {
		of = origin{From: fromDefault}
	}
	return value, of, err
}

// hasVariable reports whether a flag has an environment variable. Those that only print have none.
func hasVariable(f *pflag.Flag) bool { return f.Name != "help" && f.Name != "version" }
