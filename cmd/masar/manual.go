package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"github.com/spf13/pflag"
)

// manualCommand writes what packages install beside the binary.
func (a *app) manualCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "manual DIR",
		Short: "Write the man pages and the completion scripts to a directory",
		Long: `Write the man pages to DIR/man, one for each command, and the completion scripts
to DIR/completions.

The date of the pages is that of SOURCE_DATE_EPOCH, or otherwise of the commit. So
equal programs write equal files, on any machine.`,
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE:   func(c *cobra.Command, args []string) error { return writeManual(c.Root(), args[0]) },
	}
}

func writeManual(root *cobra.Command, dir string) error {
	date, err := manualDate()
	if err != nil {
		return err
	}
	pages, scripts := filepath.Join(dir, "man"), filepath.Join(dir, "completions")
	for _, d := range []string{pages, scripts} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return err
		}
	}
	for _, s := range shells {
		var script bytes.Buffer
		if err := s.script(root, &script); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(scripts, s.file), script.Bytes(), 0o644); err != nil {
			return err
		}
	}
	forManual(root)
	header := &doc.GenManHeader{Section: "1", Date: &date, Source: "masar " + thisVersion().Version, Manual: "Masar"}
	return doc.GenManTree(root, header, pages)
}

// manualDate is the date of the man pages.
func manualDate() (time.Time, error) {
	if given := os.Getenv("SOURCE_DATE_EPOCH"); given != "" {
		seconds, err := strconv.ParseInt(given, 10, 64)
		if err != nil {
			return time.Time{}, usageError{fmt.Errorf("SOURCE_DATE_EPOCH %q is not a number of seconds since 1970", given)}
		}
		return time.Unix(seconds, 0).UTC(), nil
	}
	if date, err := time.Parse(time.RFC3339, thisVersion().Date); err == nil {
		return date.UTC(), nil
	}
	return time.Now().UTC(), nil
}

// ofTheMachine are the flags whose default depends on the machine, with the default in man pages.
var ofTheMachine = map[string]string{
	"data-dir":    "~/.local/share/masar",
	"max-running": "8 per processor",
}

// forManual changes the texts of all commands to what cobra takes for man pages: Markdown, with the environment variable
// of each flag.
func forManual(c *cobra.Command) {
	c.DisableAutoGenTag = true
	c.Short, c.Long = markdown.Replace(c.Short), manualText(c.Long)
	c.InitDefaultHelpFlag()
	c.LocalNonPersistentFlags().VisitAll(manualFlag)
	c.PersistentFlags().VisitAll(manualFlag)
	for _, child := range c.Commands() {
		forManual(child)
	}
}

func manualFlag(f *pflag.Flag) {
	f.Usage = markdown.Replace(f.Usage)
	if fixed := ofTheMachine[f.Name]; fixed != "" {
		f.DefValue = fixed
	}
	if !hasVariable(f) {
		return
	}
	f.Usage += ". Environment: " + markdown.Replace(variable(f))
	if f.Annotations[secret] != nil {
		f.Usage += ", or " + markdown.Replace(variable(f)+"_FILE") + " for a file with the value"
	}
}

// markdown escapes the characters that Markdown reads.
var markdown = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "<", `\<`, ">", `\>`, "[", `\[`, "]", `\]`)

// manualText returns a help text as Markdown: lines that begin with two spaces are shown as they are.
func manualText(text string) string {
	var b strings.Builder
	literal := false
	for line := range strings.SplitSeq(text, "\n") {
		rest, is := strings.CutPrefix(line, "  ")
		if is != literal && line != "" {
			b.WriteString("\n")
			literal = is
		}
		if is {
			b.WriteString("\t" + rest + "\n")
		} else {
			b.WriteString(markdown.Replace(line) + "\n")
		}
	}
	return b.String()
}
