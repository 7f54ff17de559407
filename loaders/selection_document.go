package loaders

import (
	"github.com/vektah/gqlparser/v2/ast"

	"masar/topology"
)

// This file reads ahead what lies below a document, and the indicators of a country's maturity.

// cited walks on from the passages of a document, which are made of all evidence that points into it.
func (w *walker) cited(selection ast.SelectionSet, document topology.Entity) {
	citing := w.AllEvidenceIn(document)
	w.evidence(nil, citing)
	w.passage(selection, document, func() []topology.Evidence { return citing })
}

// versions walks to the texts of a document.
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

// maturity walks to the indicators of a country's indices.
func (w *walker) maturity(selection ast.SelectionSet, country topology.Entity) {
	m, _ := w.Maturity(country) // of an earlier day there may be fewer
	if m == nil {
		return
	}
	for _, indices := range w.collect(selection, "Maturity") {
		if indices.Name != "indices" {
			continue
		}
		for _, f := range w.collect(indices.Selections, "IndexValue") {
			for _, v := range m.Indices {
				if at := indicatorAt(w.Graph, v.Indicator); f.Name == "measured" && at != topology.None {
					w.entities(f.Selections, []topology.Entity{at})
				}
			}
		}
	}
}

// passage walks on from a passage of a document, and from the evidence that may cite it.
func (w *walker) passage(selection ast.SelectionSet, document topology.Entity, citing func() []topology.Evidence) {
	for _, f := range w.collect(selection, "Passage") {
		switch f.Name {
		case "document":
			w.entities(f.Selections, []topology.Entity{document})
		case "quote", "quoteStatus":
			for _, t := range w.TextsOf(document) {
				w.wanted[w.TextRecord(t)] = true
			}
		case "evidence":
			near := citing()
			w.evidence(nil, near) // which of it cites the range is in its content
			walkPage(w, f, pageOf(near), nil, w.evidence)
		}
	}
}

// pageOf is a page of all of some evidence.
func pageOf(all []topology.Evidence) (page topology.Page[topology.Evidence]) {
	for _, e := range all {
		page.Items = append(page.Items, topology.Item[topology.Evidence]{At: e})
	}
	return page
}
