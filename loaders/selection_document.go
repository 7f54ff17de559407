package loaders

import (
	"github.com/vektah/gqlparser/v2/ast"

	"masar"
	"masar/topology"
)

// This file reads ahead the parts of documents, and the indicators of a country's maturity.

// cited visits the passages of a document, which are built from all evidence that cites it.
func (w *walker) cited(selection ast.SelectionSet, document topology.Entity) {
	citing := w.AllEvidenceIn(document)
	w.evidence(nil, citing)
	w.passages(selection, []topology.Entity{document}, func(int) []topology.Evidence { return citing })
}

// versions visits the texts of a document.
func (w *walker) versions(selection ast.SelectionSet, document topology.Entity) {
	for _, f := range w.collect(selection, "DocumentVersion") {
		if f.Name != "text" || !w.request.service.texts {
			continue
		}
		for _, t := range w.TextsOf(document) {
			w.wanted[w.TextRecord(t)] = true
		}
	}
}

// maturity visits the indicators of a country's indices.
func (w *walker) maturity(selection ast.SelectionSet, country topology.Entity) {
	m, _ := w.Maturity(country) // an earlier day may have fewer
	if m == nil {
		return
	}
	for _, indices := range w.collect(selection, "Maturity") {
		if indices.Name != "indices" {
			continue
		}
		for _, f := range w.collect(indices.Selections, "IndexValue") {
			if f.Name == "measured" {
				w.measured(f.Selections, each(m.Indices, func(v masar.IndexValue) string { return v.Indicator }))
			}
		}
	}
}

// passages visits passages of documents, and the evidence that may cite each.
func (w *walker) passages(selection ast.SelectionSet, documents []topology.Entity, citing func(i int) []topology.Evidence) {
	for _, f := range w.collect(selection, "Passage") {
		if f.Name == "document" {
			w.entities(f.Selections, documents)
			continue
		}
		for i, document := range documents {
			switch f.Name {
			case "quote", "quoteStatus":
				for _, t := range w.TextsOf(document) {
					w.wanted[w.TextRecord(t)] = true
				}
			case "evidence":
				near := citing(i)
				w.evidence(nil, near) // their content shows which items cite the range
				walkItems(w, f, each(near, func(e topology.Evidence) topology.Item[topology.Evidence] {
					return topology.Item[topology.Evidence]{At: e}
				}), w.evidence)
			}
		}
	}
}
