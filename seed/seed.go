// Package seed contains the curated graph and reads it: YAML files, one for each source document, SDG goal or kind of
// common entity, in the format of docs/seed-format.md. The reader is strict. It reports all faults of all files with
// file, line and path, and returns either a whole graph or none.
//
// A file is read in four steps: parse (source.go) reads its syntax. decode (decode.go) fills the structs of file.go by
// their tags. check (check.go) compares all files. validate (validate.go) finds the positions of records that break a
// rule of masar.Validate.
package seed

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"masar"
)

// Graph is the content of the seed as domain records. Each list is sorted and has no duplicates.
type Graph struct {
	// Entities are ordered by kind and code; documents have their version.
	Entities []masar.Entity
	// Claims are ordered by subject, predicate, object and role. The origin of each is the first file that
	// contains it.
	Claims []*masar.Claim
	// Evidence is ordered by claim, document and range. Each item has the defaults of its passage and
	// document.
	Evidence []*masar.Evidence
	// Observations are ordered by entity, indicator, year, source, vintage, nature and series.
	Observations []*masar.Observation
	// Texts are the texts in the seed, ordered by document. Each is the version of its document.
	Texts []*masar.SourceText
	// Excluded is ordered by document and range.
	Excluded []Excluded
}

// Excluded is a range of a document without usable content. Excluded ranges and passages show how much of it was read.
type Excluded struct {
	Document masar.Ref
	// Version is the SHA-256 of the text that the range refers to, in hex.
	Version string
	// Start and End are the half-open range of runes.
	Start, End int
	// Reason explains why the words are not usable.
	Reason masar.LocalizedText
}

// Read reads the seed in the folders common, sdg, sources, curated and texts of a file system, as Seed.Read does.
func Read(fsys fs.FS) (*Graph, error) { return Seed{files: fsys}.Read() }

// Read reads the seed. The error is always of type Faults and lists all faults; the graph is then nil. The graph does
// not depend on how records are divided into files, except for the origin of claims that several files contain.
func (s Seed) Read() (*Graph, error) {
	r, faults := s.read()
	if len(faults) > 0 {
		return nil, faults
	}
	return r.graph, nil
}

// read reads the seed with the positions of its records.
func (s Seed) read() (*reader, Faults) {
	files := s.sources()
	r := check(files)
	var faults Faults
	for _, file := range files {
		faults = append(faults, file.faults...)
	}
	if len(files) == 0 {
		faults = Faults{{File: s.shown("."), Message: "there are no .yaml files in the folders common, sdg, sources and curated"}}
	}
	if len(faults) == 0 {
		faults = r.graph.readTexts(s)
	}
	if len(faults) == 0 {
		r.graph.sort()
	}
	return r, faults.sorted()
}

// sort sorts every list.
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
