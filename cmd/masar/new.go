package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"masar/ingest"
	"masar/seed"
)

func (a *app) seedNewCommand() *cobra.Command {
	var name, dir string
	c := &cobra.Command{
		Use:   "new --text FILE",
		Short: "Print a new seed file for the text of a document",
		Long: `Print a new seed file for the text of a document.

The seed file has the version of the text, with hash and length, and a passage for
each paragraph, with its position and hash. Blank lines separate paragraphs; in a
text without blank lines, each line is one.

Titles, summaries and locators are empty. "masar seed lint" lists them until
somebody has written them. Name the file by the code of the document:

  masar seed new --text page.txt > MY-PAGE-2026.yaml
  masar seed lint MY-PAGE-2026.yaml`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if name == "" {
				return usageError{errors.New("--text is missing: give the file with the text of the document")}
			}
			from, err := seedIn(dir)
			if err != nil {
				return err
			}
			file, err := readFile(name)
			if err != nil {
				return err
			}
			if err := a.sayKnown(from, file); err != nil {
				return err
			}
			_, err = fmt.Fprint(a.out, seed.Skeleton(file.Text.Text))
			return err
		},
	}
	c.Flags().StringVar(&name, "text", "", "file with the text of the document (required)")
	seedFlag(c, &dir)
	return c
}

// sayKnown says that a text is already that of a document of the seed.
func (a *app) sayKnown(from seed.Seed, file ingest.File) error {
	graph, err := from.Read()
	if err != nil {
		return err
	}
	files := []ingest.File{file}
	unknown, _ := ingest.Match(files, documents(graph))
	if len(unknown) > 0 || a.quiet {
		return nil
	}
	as := ""
	if known := files[0]; len(known.Differs) > 0 {
		as = " with " + differences(known.Differs)
	}
	fmt.Fprintf(a.talk, "%s is the text of %s in %s%s\n", file.Name, files[0].Text.Document, from, as)
	return nil
}
