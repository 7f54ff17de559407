package loaders

import (
	"github.com/vektah/gqlparser/v2/ast"

	"masar/topology"
)

// This file reads ahead the parts of documents, and the indicators of a country's maturity.

// cited visits the passages of a document, which are built from all evidence that cites it.
func (w *walker) cited(selection ast.SelectionSet, document topology.Entity) {
	citing := w.AllEvidenceIn(document)
	w.evidence(nil, citing)
	w.passage(selection, document, func() []topology.Evidence { return citing })
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
			for _, v := range m.Indices {
				if at := indicatorAt(w.Graph, v.Indicator); f.Name == "measured" && at != topology.None {
					w.entities(f.Selections, []topology.Entity{at})
				}
			}
		}
	}
}

// passage visits a passage of a document and the evidence that may cite it.
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
			w.evidence(nil, near) // their content shows which items cite the range
			walkPage(w, f, pageOf(near), nil, w.evidence)
		}
	}
}

// pageOf is a page with all of the given evidence.
func pageOf(all []topology.Evidence) (page topology.Page[topology.Evidence]) {
	for _, e := range all {
		page.Items = append(page.Items, topology.Item[topology.Evidence]{At: e})
	}
	return page
}
