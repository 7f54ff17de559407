package loaders

import (
	"cmp"
	"context"
	"slices"

	"masar"
	"masar/answers"
	"masar/topology"
)

// Versions returns the versions of a document's text: those that evidence cites, and the other imported ones.
func Versions(ctx context.Context, d *masar.Document) []*masar.DocumentVersion {
	g := From(ctx).Graph
	document, _ := g.Find(d.Ref())
	known := slices.Clone(d.Versions)
	for _, t := range g.TextsOf(document) {
		if imported := g.Version(t); !slices.Contains(known, imported) {
			known = append(known, imported)
		}
	}
	versions := make([]*masar.DocumentVersion, len(known))
	for i := range known {
		versions[i] = &known[i]
	}
	return versions
}

// Quote returns the words of a passage if the cited text has been imported. The status reports whether they match the
// citation.
func Quote(ctx context.Context, p *masar.Passage) (*masar.Text, masar.QuoteStatus, error) {
	r := From(ctx)
	return quote(r.Graph, p, func(t topology.Text) ([]*masar.SourceText, error) { return r.Texts(ctx, []topology.Text{t}) })
}

func quote(g *topology.Graph, p *masar.Passage, read func(topology.Text) ([]*masar.SourceText, error)) (*masar.Text, masar.QuoteStatus, error) {
	document, _ := g.Find(p.Source)
	imported := g.TextsOf(document)
	if len(imported) == 0 {
		return nil, masar.QuoteSourceNotImported, nil
	}
	i := slices.IndexFunc(imported, func(t topology.Text) bool { return g.SHA256(t) == p.Version })
	if i < 0 { // another version of the document, whose words must not stand in for the cited ones
		return nil, masar.QuoteMismatch, nil
	}
	texts, err := read(imported[i])
	if err != nil {
		return nil, "", err
	}
	quote, status := p.Quote(texts[0])
	return quote, status, nil
}

// Passages are the unique ranges of a document that evidence cites, in the order of the text.
func Passages(ctx context.Context, d *masar.Document) ([]*masar.Passage, error) {
	r := From(ctx)
	citing, err := r.Evidence(ctx, r.Graph.AllEvidenceIn(r.place(d)))
	if err != nil {
		return nil, err
	}
	passages := make([]*masar.Passage, 0, len(citing))
	for _, e := range citing {
		passages = append(passages, &e.Passage)
	}
	slices.SortStableFunc(passages, func(a, b *masar.Passage) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Version, b.Version))
	})
	return slices.CompactFunc(passages, (*masar.Passage).SameRange), nil
}

// EvidenceAt lists the evidence that cites a range of a document.
func EvidenceAt(ctx context.Context, p *masar.Passage, args answers.ListArgs) (*answers.Connection[*masar.Evidence], error) {
	r := From(ctx)
	document, _ := r.Graph.Find(p.Source)
	near := r.Graph.EvidenceFrom(document, p.Start)
	content, err := r.Evidence(ctx, near)
	if err != nil {
		return nil, err
	}
	citing := near[:0]
	for i, e := range content {
		if e.Passage.SameRange(p) {
			citing = append(citing, near[i])
		}
	}
	page, err := r.Graph.EvidencePage(citing, args, "evidence at", p.Source, p.Version, p.Start, p.End)
	return connect(r, page, err, loadEvidence)
}

// SourceText is the whole imported text with the given hash, in the first language of its document. It is nil if the
// text is not imported, or if the service shows quotes only.
func SourceText(ctx context.Context, sha256 string) (*masar.Text, error) {
	r := From(ctx)
	at, imported := r.Graph.FindText(sha256)
	if !imported || !r.service.texts {
		return nil, nil
	}
	texts, err := r.Texts(ctx, []topology.Text{at})
	if err != nil {
		return nil, err
	}
	document, err := Find[*masar.Document](ctx, texts[0].Document)
	if err != nil {
		return nil, err
	}
	lang := document.Titles.Original()
	if len(document.Languages) > 0 {
		lang = document.Languages[0]
	}
	return &masar.Text{Value: texts[0].Text, Lang: lang, Origin: masar.OriginSource}, nil
}
