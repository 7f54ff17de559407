package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/pflag"
)

// secret is the annotation of a flag whose value can be in a file, named by MASAR_..._FILE.
const secret = "masar-secret"

// fromEnvironment sets the flags missing on the command line from the environment: --data-dir from MASAR_DATA_DIR.
func fromEnvironment(flags *pflag.FlagSet) (err error) {
	flags.VisitAll(func(f *pflag.Flag) {
		if err != nil || f.Changed || !hasVariable(f) {
			return
		}
		name := variable(f)
		value := os.Getenv(name)
		if path := os.Getenv(name + "_FILE"); f.Annotations[secret] != nil && path != "" && value == "" {
			name += "_FILE"
			content, readErr := os.ReadFile(path)
			if readErr != nil {
				err = fmt.Errorf("%s: %w", name, readErr)
				return
			}
			value = strings.TrimSpace(string(content))
		}
		if value == "" {
			return
		}
		if setErr := flags.Set(f.Name, value); setErr != nil {
			err = fmt.Errorf("%s: %w", name, setErr)
		}
	})
	return err
}

// variable is the name of the environment variable of a flag.
func variable(f *pflag.Flag) string {
	return "MASAR_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
}

// hasVariable reports whether a flag has an environment variable. Those that only print have none.
func hasVariable(f *pflag.Flag) bool { return f.Name != "help" && f.Name != "version" }
