package seed

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"masar"
)

// DocumentCoverage reports how much of a document's text the graph cites, how much it excludes with a reason, and what
// is neither. It counts lines with a letter or a digit, and the letters and digits with their combining marks. Spaces,
// punctuation and bullets do not count.
type DocumentCoverage struct {
	// Document is the document's code, and Version the SHA-256 of the text.
	Document string `json:"document"`
	Version  string `json:"version"`
	// Lines counts a line as uncovered if any part is uncovered, as excluded if the whole line is excluded, and
	// otherwise as covered.
	Lines Figures `json:"lines"`
	Runes Figures `json:"runes"`
	// ByLine has the lines that count, in order.
	ByLine []LineCoverage `json:"byLine"`
	// Uncovered are the words that are neither cited nor excluded, in order.
	Uncovered []Stretch `json:"uncovered"`
	// Misfits are the passages whose hash does not match the text, in order. They cover nothing.
	Misfits []Misfit `json:"misfits"`
}

// Complete reports whether every word is cited or excluded, and every passage's hash matches.
func (c *DocumentCoverage) Complete() bool { return len(c.Uncovered) == 0 && len(c.Misfits) == 0 }

// Figures count lines or runes. All is the sum of the other fields.
type Figures struct {
	All       int `json:"all"`
	Covered   int `json:"covered"`
	Excluded  int `json:"excluded"`
	Uncovered int `json:"uncovered"`
}

// LineCoverage is the coverage of one line.
type LineCoverage struct {
	// Line is the number of the line, from 1.
	Line  int     `json:"line"`
	Runes Figures `json:"runes"`
	// Pointers is the number of evidence items and observations whose passage overlaps the line.
	Pointers int `json:"pointers"`
}

// Stretch is a range of words in one line.
type Stretch struct {
	// Line and Column start at 1; the column counts runes.
	Line   int `json:"line"`
	Column int `json:"column"`
	// Start and End are the half-open range of runes in the whole text.
	Start int    `json:"start"`
	End   int    `json:"end"`
	Words string `json:"words"`
}

// Misfit is a passage whose hash does not match the text.
type Misfit struct {
	Start int `json:"start"`
	End   int `json:"end"`
	// Version is the SHA-256 of the text that the passage's offsets refer to.
	Version string `json:"version"`
	// Locator is the English locator of the passage.
	Locator string `json:"locator"`
	// Pointers is the number of evidence items and observations with this passage.
	Pointers int `json:"pointers"`
}

// Coverage reports how much of the texts the graph cites, by document and version. The document of a text is the one
// that it names, or else the one with this version. Texts without a document in the graph are ignored.
func Coverage(graph *Graph, texts []*masar.SourceText) []DocumentCoverage {
	out := []DocumentCoverage{}
	for _, text := range texts {
		document := text.Document
		for _, e := range graph.Entities {
			if d, ok := e.(*masar.Document); ok && document.IsZero() &&
				slices.ContainsFunc(d.Versions, func(v masar.DocumentVersion) bool { return v.SHA256 == text.SHA256 }) {
				document = d.Ref()
			}
		}
		if !document.IsZero() {
			out = append(out, cover(graph, document, text))
		}
	}
	slices.SortStableFunc(out, func(a, b DocumentCoverage) int {
		return cmp.Or(masar.CompareCodes(a.Document, b.Document), strings.Compare(a.Version, b.Version))
	})
	return out
}

// cover is the coverage of one text of a document.
func cover(graph *Graph, document masar.Ref, text *masar.SourceText) DocumentCoverage {
	c := DocumentCoverage{Document: document.Code, Version: text.SHA256, ByLine: []LineCoverage{}, Uncovered: []Stretch{}, Misfits: []Misfit{}}
	runes := []rune(text.Text)
	covered, left := make([]bool, len(runes)), make([]bool, len(runes))
	var fits []used
	for _, u := range graph.passages(document) {
		if _, status := u.Quote(text); status != masar.QuoteVerified {
			c.Misfits = append(c.Misfits, Misfit{u.Start, u.End, u.Version, u.Locators.EN.Value, u.pointers})
			continue
		}
		fits = append(fits, u)
		mark(covered, u.Start, u.End)
	}
	for _, o := range graph.Excluded {
		if o.Document == document && o.Version == text.SHA256 {
			mark(left, o.Start, o.End)
		}
	}
	start := 0
	for i, line := range strings.Split(text.Text, "\n") {
		end := start + len([]rune(line))
		l := LineCoverage{Line: 1 + i}
		for at := start; at < end; at++ {
			if !isWordRune(runes[at]) {
				continue
			}
			l.Runes.All++
			switch {
			case covered[at]:
				l.Runes.Covered++
			case left[at]:
				l.Runes.Excluded++
			default:
				l.Runes.Uncovered++
			}
		}
		for _, u := range fits {
			if u.Start < end && start < u.End {
				l.Pointers += u.pointers
			}
		}
		if l.Runes.All > 0 {
			c.ByLine = append(c.ByLine, l)
			c.count(l.Runes)
		}
		c.Uncovered = append(c.Uncovered, stretches(l.Line, start, runes[start:end], covered[start:end], left[start:end])...)
		start = end + 1
	}
	return c
}

// count adds a line to the figures.
func (c *DocumentCoverage) count(runes Figures) {
	c.Runes.All += runes.All
	c.Runes.Covered += runes.Covered
	c.Runes.Excluded += runes.Excluded
	c.Runes.Uncovered += runes.Uncovered
	c.Lines.All++
	switch {
	case runes.Uncovered > 0:
		c.Lines.Uncovered++
	case runes.Covered == 0:
		c.Lines.Excluded++
	default:
		c.Lines.Covered++
	}
}

// stretches are the words of a line that are neither covered nor excluded. Each begins and ends with a letter or digit.
func stretches(line, start int, runes []rune, covered, left []bool) []Stretch {
	var out []Stretch
	first, last := -1, -1 // of the current range
	for i := range len(runes) + 1 {
		switch {
		case i < len(runes) && !covered[i] && !left[i]:
			if isWordRune(runes[i]) {
				if first < 0 {
					first = i
				}
				last = i
			}
		case first >= 0:
			out = append(out, Stretch{line, 1 + first, start + first, start + last + 1, string(runes[first : last+1])})
			first = -1
		}
	}
	return out
}

// used is a passage with the number of records that use it.
type used struct {
	masar.Passage
	pointers int
}

// passages are the passages of a document that evidence or observations use, ordered by range.
func (g *Graph) passages(document masar.Ref) []used {
	type place struct {
		version    string
		start, end int
		sha256     string
	}
	at := map[place]*used{}
	use := func(p masar.Passage) {
		if p.Source != document {
			return
		}
		key := place{p.Version, p.Start, p.End, p.SHA256}
		if at[key] == nil {
			at[key] = &used{Passage: p}
		}
		at[key].pointers++
	}
	for _, e := range g.Evidence {
		use(e.Passage)
	}
	for _, o := range g.Observations {
		use(o.Passage)
	}
	var out []used
	for _, u := range at {
		out = append(out, *u)
	}
	slices.SortFunc(out, func(a, b used) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), strings.Compare(a.Version, b.Version), strings.Compare(a.SHA256, b.SHA256))
	})
	return out
}

// mark marks the part of a range that lies within the text.
func mark(marks []bool, start, end int) {
	for i := max(start, 0); i < min(end, len(marks)); i++ {
		marks[i] = true
	}
}

// isWordRune reports whether a rune counts: a letter, a digit or a combining mark.
func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }
