package brief

import (
	"strings"

	"masar"
)

// annex says how to read certainty and documentation.
func (w writer) annex() []Section {
	return []Section{
		w.explained("brief.read.certainty", "page.certainty.HIGH", "page.certainty.MODERATE", "page.certainty.LOW", "page.certainty.VERY_LOW", "brief.read.compare"),
		w.explained("brief.read.documentation", "page.documentation.CORROBORATED", "page.documentation.STATED", "brief.read.inferred", "page.documentation.NONE", "brief.read.quotation"),
	}
}

func (w writer) explained(heading string, keys ...string) Section {
	var items []Paragraph
	for _, key := range keys {
		items = append(items, w.say(key))
	}
	return Section{Heading: w.word(heading, nil), Blocks: list(items)}
}

// footer are the sentences at the end of a text.
func (w writer) footer(b *Brief) []Paragraph {
	address := w.request.permalink(w.language, b)
	return []Paragraph{
		w.say("brief.foot", "snapshot", b.Snapshot, "date", w.date(b.AsOf), "profile", masar.ProfileName(b.Profile)),
		w.say("brief.foot.address", "address", Paragraph{{Text: address, Address: address, Language: foreign(address, w.language)}}),
		w.say("brief.foot.disclaimer"),
	}
}

// permalink is the permanent address of the brief in a language, with the codes of the graph.
func (r Request) permalink(l masar.Language, b *Brief) string {
	if r.Kind == OfPath {
		r.From, r.To = &masar.Ref{Kind: b.Subject.Kind, Code: b.Subject.Code}, &masar.Ref{Kind: b.To.Kind, Code: b.To.Code}
	} else {
		r.Code = b.Subject.Code
	}
	if b.Country != nil {
		r.Country = b.Country.Code
	}
	if b.Target != nil {
		r.Target = b.Target.Code
	}
	return r.Base + "/" + strings.ToLower(string(l)) + r.Address()
}
