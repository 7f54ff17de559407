package seed

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"masar"
)

// folderTexts is the folder of the texts in the seed: the project's own bibliographic records. Each file is named by
// the code of its document. In the graph they are like imported texts.
const folderTexts = "texts"

// readTexts reads the texts and reports those that do not match their documents.
func (g *Graph) readTexts(s Seed) (faults Faults) {
	for _, name := range s.texts() {
		raw, err := s.data(name)
		if err != nil {
			faults = append(faults, Fault{File: s.shown(name), Message: err.Error()})
			continue
		}
		text := ownText(name, raw)
		for _, problem := range g.misfits(text) {
			faults = append(faults, Fault{File: s.shown(name), Message: problem})
		}
		g.Texts = append(g.Texts, text)
	}
	return faults
}

// ownText returns the text of a file.
func ownText(name string, raw []byte) *masar.SourceText {
	sum := sha256.Sum256(raw)
	return &masar.SourceText{
		SHA256: hex.EncodeToString(sum[:]), Length: utf8.RuneCount(raw), Text: string(raw),
		Document: masar.Ref{Kind: masar.KindDocument, Code: strings.TrimSuffix(path.Base(name), ".txt")},
	}
}

// misfits describes the faults of a text: an unknown document, another version, or a passage with another hash.
func (g *Graph) misfits(text *masar.SourceText) []string {
	at := slices.IndexFunc(g.Entities, func(e masar.Entity) bool { return e.Head().Ref() == text.Document })
	if at < 0 {
		return []string{fmt.Sprintf("there is no %s, of which this would be the text", text.Document)}
	}
	version := masar.DocumentVersion{SHA256: text.SHA256, Length: text.Length}
	if !slices.Contains(g.Entities[at].(*masar.Document).Versions, version) {
		return []string{fmt.Sprintf("this is not the text of %s; its version would be {sha256: %s, length: %d}",
			text.Document, version.SHA256, version.Length)}
	}
	var problems []string
	for _, p := range g.pointers(text.Document) {
		if _, status := p.Quote(text); status != masar.QuoteVerified {
			problems = append(problems, fmt.Sprintf("the passage [%d, %d) of %s has another SHA-256 than the words there", p.Start, p.End, text.Document))
		}
	}
	return problems
}

// pointers are the passages of evidence and observations in a document, without duplicates.
func (g *Graph) pointers(document masar.Ref) []masar.Passage {
	var out []masar.Passage
	take := func(p masar.Passage) {
		if p.Source == document && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	for _, e := range g.Evidence {
		take(e.Passage)
	}
	for _, o := range g.Observations {
		take(o.Passage)
	}
	return out
}
