// Package seed holds the curated graph as text and reads it: YAML files, one for each source document, SDG goal or
// kind of common entity, in the format of docs/seed-format.md. The reader is strict. It reports
// every fault of every file at once, with file, line and path, and gives either a whole graph or none.
//
// The way of a file: parse (source.go) reads its syntax, decode (decode.go) fills the structs of file.go by their
// tags, check (check.go) goes over all files together, and validate (validate.go) finds where in the files a record breaks
// a rule of masar.Validate.
package seed

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"masar"
)

// Graph is what the seed says, as records of the domain, each list in its order and without repetitions.
type Graph struct {
	// Entities are ordered by kind and code; documents have their version.
	Entities []masar.Entity
	// Claims are ordered by subject, predicate, object and role. Each is ACCEPTED, and its origin is the first of the
	// files that give it.
	Claims []*masar.Claim
	// Evidence is ordered by claim, document and range. Each piece is ACCEPTED, and has what its entry in the file
	// leaves to its passage or document.
	Evidence []*masar.Evidence
	// Observations are ordered by what they observe, indicator, year, source, vintage, nature and series.
	Observations []*masar.Observation
	// Texts are the texts that the seed carries, ordered by document. Each is the version that its document has.
	Texts []*masar.SourceText
	// Excluded is ordered by document and range.
	Excluded []Excluded
}

// Excluded are words of a document that say nothing usable. With the passages they show how much of it was read.
type Excluded struct {
	Document masar.Ref
	// Version is the SHA-256 of the text that the range counts in, in hex.
	Version string
	// Start and End bound the words as a half-open range of runes.
	Start, End int
	// Reason says why the words are of no use.
	Reason masar.LocalizedText
}

// Read reads the seed in the folders common, sdg, sources and texts of a file system. The error is always Faults and has all
// that is wrong; with an error there is no graph. Which file says what makes no difference to the graph, but for the
// origin of the claims that several give.
func Read(fsys fs.FS) (*Graph, error) {
	files := sources(fsys)
	graph := check(files)
	var faults Faults
	for _, s := range files {
		faults = append(faults, s.faults...)
	}
	if len(files) == 0 {
		faults = Faults{{File: ".", Message: "there are no .yaml files in the folders common, sdg and sources"}}
	}
	if len(faults) == 0 {
		faults = graph.readTexts(fsys)
	}
	if len(faults) > 0 {
		return nil, faults.sorted()
	}
	graph.sort()
	return graph, nil
}

// sort puts every list in its order.
func (g *Graph) sort() {
	slices.SortFunc(g.Entities, func(a, b masar.Entity) int { return a.Head().Ref().Compare(b.Head().Ref()) })
	claims := make(map[masar.ClaimKey]*masar.Claim, len(g.Claims))
	for _, c := range g.Claims {
		claims[c.Key] = c
	}
	slices.SortFunc(g.Claims, compareClaims)
	slices.SortFunc(g.Evidence, func(a, b *masar.Evidence) int {
		return cmp.Or(
			compareClaims(claims[a.ClaimKey], claims[b.ClaimKey]), a.Passage.Source.Compare(b.Passage.Source),
			cmp.Compare(a.Passage.Start, b.Passage.Start), cmp.Compare(a.Passage.End, b.Passage.End),
			cmp.Compare(a.Stance, b.Stance))
	})
	slices.SortFunc(g.Observations, func(a, b *masar.Observation) int {
		return cmp.Or(
			a.Of.Compare(b.Of), masar.CompareCodes(a.Indicator, b.Indicator), cmp.Compare(a.Year, b.Year),
			a.Source.Compare(b.Source), strings.Compare(a.Vintage, b.Vintage), cmp.Compare(a.Nature, b.Nature),
			strings.Compare(a.Series, b.Series))
	})
	slices.SortFunc(g.Excluded, func(a, b Excluded) int {
		return cmp.Or(a.Document.Compare(b.Document), cmp.Compare(a.Start, b.Start))
	})
}

func compareClaims(a, b *masar.Claim) int {
	return cmp.Or(
		a.Subject.Compare(b.Subject), slices.Index(masar.Predicates, a.Predicate)-slices.Index(masar.Predicates, b.Predicate),
		a.Object.Compare(b.Object), cmp.Compare(a.Role, b.Role))
}
