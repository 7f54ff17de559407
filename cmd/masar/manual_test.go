package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Catches: a command without a man page, a page without one of its flags, and a flag without its environment variable.
func TestManualIsWhole(t *testing.T) {
	dir := t.TempDir()
	root := func() *cobra.Command { return (&app{out: io.Discard, talk: io.Discard}).root() }
	if err := writeManual(root(), dir); err != nil {
		t.Fatal(err)
	}
	flags := 0
	var see func(c *cobra.Command)
	see = func(c *cobra.Command) {
		if c.Hidden {
			return
		}
		text, err := os.ReadFile(filepath.Join(dir, "man", strings.ReplaceAll(c.CommandPath(), " ", "-")+".1"))
		if err != nil {
			t.Error(err)
			return
		}
		page := strings.ReplaceAll(string(text), `\-`, "-")
		c.Flags().AddFlagSet(c.InheritedFlags())
		c.Flags().VisitAll(func(f *pflag.Flag) {
			flags++
			if !strings.Contains(page, "--"+f.Name) || !strings.Contains(page, "Environment: "+variable(f)) {
				t.Errorf("the page of %q lacks --%s or %s", c.CommandPath(), f.Name, variable(f))
			}
		})
		for _, child := range c.Commands() {
			see(child)
		}
	}
	see(root())
	if flags < 100 {
		t.Errorf("only %d flags were seen", flags)
	}
}
