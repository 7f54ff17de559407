package seed

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"masar"
)

// DocumentCoverage reports how much of a document's text the graph cites, how much it leaves out with a reason, and
// what is neither. Lines count that have a letter or a digit, and of runes only letters and digits with their marks:
// spaces, punctuation and bullets say nothing by themselves.
type DocumentCoverage struct {
	// Document is the document's code, and Version the SHA-256 of the text.
	Document string `json:"document"`
	Version  string `json:"version"`
	// Lines counts a line as uncovered where any of it is, as excluded where all of it is, and else as covered.
	Lines Figures `json:"lines"`
	Runes Figures `json:"runes"`
	// ByLine are the lines that count, in order.
	ByLine []LineCoverage `json:"byLine"`
	// Uncovered are the words that are neither cited nor excluded, in order.
	Uncovered []Stretch `json:"uncovered"`
	// Misfits are the passages whose hash does not fit the text, in order. They cover nothing.
	Misfits []Misfit `json:"misfits"`
}

// Complete reports whether every word is cited or excluded, and every passage's hash fits.
func (c *DocumentCoverage) Complete() bool { return len(c.Uncovered) == 0 && len(c.Misfits) == 0 }

// Figures count lines or runes. All is the sum of the others.
type Figures struct {
	All       int `json:"all"`
	Covered   int `json:"covered"`
	Excluded  int `json:"excluded"`
	Uncovered int `json:"uncovered"`
}

// LineCoverage is the coverage of one line.
type LineCoverage struct {
	// Line counts from 1.
	Line  int     `json:"line"`
	Runes Figures `json:"runes"`
	// Pointers is the number of evidence items and observations that point at words of the line.
	Pointers int `json:"pointers"`
}

// Stretch are words of one line.
type Stretch struct {
	// Line and Column count from 1, the column in runes.
	Line   int `json:"line"`
	Column int `json:"column"`
	// Start and End are the range of runes in the whole text, half open.
	Start int    `json:"start"`
	End   int    `json:"end"`
	Words string `json:"words"`
}

// Misfit is a passage that does not point at the words that it was made for.
type Misfit struct {
	Start int `json:"start"`
	End   int `json:"end"`
	// Version is the text that the passage counts in.
	Version string `json:"version"`
	// Locator says in English where the passage is.
	Locator string `json:"locator"`
	// Pointers is the number of evidence items and observations that rest on it.
	Pointers int `json:"pointers"`
}

// Coverage reports how much of the texts the graph cites, by document and version. A text is taken as one of the document
// that it names, or else of the one that has it as a version; a text that is of no document of the graph is passed over.
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
			if !says(runes[at]) {
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

// count takes a line into the figures.
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

// stretches are the words of a line that are neither covered nor excluded. Each begins and ends with what says something.
func stretches(line, start int, runes []rune, covered, left []bool) []Stretch {
	var out []Stretch
	first, last := -1, -1 // of the stretch that has begun
	for i := range len(runes) + 1 {
		switch {
		case i < len(runes) && !covered[i] && !left[i]:
			if says(runes[i]) {
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

// used is a passage with how much rests on it.
type used struct {
	masar.Passage
	pointers int
}

// passages are a document's passages that evidence or an observation uses, by where they begin and end.
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

// mark marks a range, as far as it lies within.
func mark(marks []bool, start, end int) {
	for i := max(start, 0); i < min(end, len(marks)); i++ {
		marks[i] = true
	}
}

// says reports whether a rune says something: a letter, a digit or a mark on one.
func says(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }
