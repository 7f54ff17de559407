package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"masar"
	"masar/ingest"
	"masar/seed"
)

// coverage is the result of seed coverage.
type coverage struct {
	Documents []seed.DocumentCoverage `json:"documents"`
	// Unknown are the files that belong to no document of the seed.
	Unknown []unknownFile `json:"unknown"`
	// Missing are the documents of the seed without a text in the directory.
	Missing []string `json:"missing"`
	// Copies are the files that differ from the text of their document, which was checked, only in bytes.
	Copies []copiedFile `json:"copies"`
	// Lengths are the versions whose length in the seed is not that of the text.
	Lengths []wrongLength `json:"lengths"`
}

// copiedFile is a copy of a text with another byte order mark or other line ends.
type copiedFile struct {
	File     string              `json:"file"`
	Document string              `json:"document"`
	Differs  []ingest.Difference `json:"differs"`
}

// wrongLength is a version of a document with a wrong length in the seed.
type wrongLength struct {
	Document string `json:"document"`
	Length   int    `json:"length"`
	Actual   int    `json:"actual"`
}

// unknownFile is a file that belongs to no document of the seed.
type unknownFile struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
}

func (a *app) seedCoverageCommand() *cobra.Command {
	var dir, sources string
	var lines bool
	var form output
	c := &cobra.Command{
		Use:   "coverage --sources DIR",
		Short: "Report which words of the source texts the seed cites",
		Long: `Report which words of the source texts the seed cites.

Each file DIR/*.txt is the text of a document, identified by its SHA-256. A word
is covered if a passage of evidence or of an observation contains it. It is
excluded if the seed lists it under excluded, with a reason. Only letters and
digits count.

The exit code is 3 if a word is neither covered nor excluded, if a passage does
not match its text, if the length of a text is not that of the seed, or if a file
belongs to no document of the seed.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if sources == "" {
				return usageError{errors.New("--sources is missing: give the directory that contains the texts")}
			}
			graph, err := a.readSeed(dir)
			if err != nil {
				return err
			}
			result, err := coverageOf(graph, sources)
			if err != nil {
				return err
			}
			if form.form == "json" {
				err = a.json(result)
			} else {
				err = a.coverageTable(result, lines)
			}
			if err != nil {
				return err
			}
			return a.reportCoverage(result)
		},
	}
	c.Flags().StringVar(&sources, "sources", "", "directory with the texts, *.txt (required)")
	seedFlag(c, &dir)
	c.Flags().BoolVar(&lines, "lines", false, "table of each line of the texts")
	form.flag(c, "table", "json")
	return c
}

// coverageOf reports how the seed covers the texts in a directory.
func coverageOf(graph *seed.Graph, dir string) (*coverage, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && filepath.Ext(e.Name()) == ".txt" {
			names = append(names, filepath.Join(dir, e.Name()))
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no *.txt files in %s: %w", dir, fs.ErrNotExist)
	}
	files, err := readFiles(names)
	if err != nil {
		return nil, err
	}
	documents := documents(graph)
	result := &coverage{Unknown: []unknownFile{}, Missing: []string{}, Copies: []copiedFile{}, Lengths: []wrongLength{}}
	unknown, missing := ingest.Match(files, documents)
	for _, f := range unknown {
		result.Unknown = append(result.Unknown, unknownFile{f.Name, f.Text.SHA256})
	}
	for _, d := range missing {
		result.Missing = append(result.Missing, d.Code)
	}
	var texts []*masar.SourceText
	for _, f := range files {
		texts = append(texts, f.Text)
		if len(f.Differs) > 0 {
			result.Copies = append(result.Copies, copiedFile{f.Name, f.Text.Document.Code, f.Differs})
		}
		result.Lengths = append(result.Lengths, wrongLengths(f.Text, documents)...)
	}
	result.Documents = seed.Coverage(graph, texts)
	return result, nil
}

// documents are the documents of a seed.
func documents(graph *seed.Graph) (found []*masar.Document) {
	for _, e := range graph.Entities {
		if d, ok := e.(*masar.Document); ok {
			found = append(found, d)
		}
	}
	return found
}

// wrongLengths are the versions of documents that have the hash of a text, but another length.
func wrongLengths(text *masar.SourceText, documents []*masar.Document) (wrong []wrongLength) {
	for _, d := range documents {
		for _, v := range d.Versions {
			if v.SHA256 == text.SHA256 && v.Length != text.Length {
				wrong = append(wrong, wrongLength{d.Code, v.Length, text.Length})
			}
		}
	}
	return wrong
}

func (a *app) coverageTable(result *coverage, lines bool) error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "DOCUMENT\tLINES\tCOVERED\tLEFT OUT\tUNCOVERED\tRUNES\tCOVERED\tLEFT OUT\tUNCOVERED")
	for _, d := range result.Documents {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", d.Document,
			d.Lines.All, d.Lines.Covered, d.Lines.Excluded, d.Lines.Uncovered, d.Runes.All, d.Runes.Covered, d.Runes.Excluded, d.Runes.Uncovered)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if lines {
		fmt.Fprintln(w, "\nLINE\tRUNES\tCOVERED\tLEFT OUT\tUNCOVERED\tPOINTERS")
		for _, d := range result.Documents {
			for _, l := range d.ByLine {
				fmt.Fprintf(w, "%s:%d\t%d\t%d\t%d\t%d\t%d\n", d.Document, l.Line, l.Runes.All, l.Runes.Covered, l.Runes.Excluded, l.Runes.Uncovered, l.Pointers)
			}
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	for _, d := range result.Documents {
		for _, s := range d.Uncovered {
			if _, err := fmt.Fprintf(a.out, "%s:%d:%d: uncovered [%d, %d): %s\n", d.Document, s.Line, s.Column, s.Start, s.End, s.Words); err != nil {
				return err
			}
		}
		for _, m := range d.Misfits {
			if _, err := fmt.Fprintf(a.out, "%s: passage [%d, %d) does not match the text: %s\n", d.Document, m.Start, m.End, m.Locator); err != nil {
				return err
			}
		}
	}
	return nil
}

// reportCoverage returns errFindings if the coverage has findings.
func (a *app) reportCoverage(result *coverage) error {
	findings := len(result.Unknown) + len(result.Lengths)
	for _, c := range result.Copies {
		if !a.quiet {
			fmt.Fprintf(a.talk, "%s is the text of %s with %s; the known text is checked\n", c.File, c.Document, differences(c.Differs))
		}
	}
	for _, l := range result.Lengths {
		fmt.Fprintf(a.talk, "masar: the text of %s has %d characters, and the seed says %d; correct the length of its version\n", l.Document, l.Actual, l.Length)
	}
	for _, f := range result.Unknown {
		fmt.Fprintf(a.talk, "masar: %s belongs to no document of the seed; its SHA-256 is %s\n", f.File, f.SHA256)
	}
	for _, d := range result.Documents {
		findings += len(d.Uncovered) + len(d.Misfits)
	}
	for _, code := range result.Missing {
		if !a.quiet {
			fmt.Fprintf(a.talk, "no text of %s in the directory; not checked\n", code)
		}
	}
	if findings > 0 {
		fmt.Fprintf(a.talk, "masar: the coverage has %s\n", count(findings, "finding"))
		return errFindings
	}
	if !a.quiet {
		fmt.Fprintf(a.talk, "every word of %s is covered or excluded\n", count(len(result.Documents), "text"))
	}
	return nil
}
