package brief

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"masar"
	"masar/words"
)

// sources are the sources of a brief by their places, numbered by their first citation. All texts have the same sources: they
// are written from answers to the same operation.
type sources struct {
	order   []*Source
	byPlace map[string]*Source
	request Request
}

func newSources(r Request) *sources { return &sources{byPlace: map[string]*Source{}, request: r} }

func (s *sources) list() []Source {
	all := []Source{}
	for _, source := range s.order {
		all = append(all, *source)
	}
	return all
}

// at is the source of a place, new at its first citation.
func (s *sources) at(place string) *Source {
	source := s.byPlace[place]
	if source == nil {
		source = &Source{Number: len(s.order) + 1, Title: Bilingual{}, Place: Bilingual{}, Summary: Bilingual{}, Claims: []string{}}
		s.order = append(s.order, source)
		s.byPlace[place] = source
	}
	return source
}

// passage is the number of the source of an evidence item.
func (s *sources) passage(w writer, claim string, e citedEvidence) int {
	p := e.Passage
	source := s.at(fmt.Sprintf("%s %s %d-%d %s", p.Document.Code, p.TextVersion, p.Start, p.End, ends(p)))
	if !slices.Contains(source.Claims, claim) {
		source.Claims = append(source.Claims, claim)
	}
	if source.Title[w.language] != "" {
		return source.Number
	}
	w.describe(source, p.Document)
	source.Place[w.language] = p.Locator
	if e.Summary != nil {
		source.Summary[w.language] = e.Summary.Value
	}
	w.quote(source, p)
	return source.Number
}

// ends tells apart the places of a document without a text, which all have the range 0-0.
func ends(p *passage) string {
	if p.End > p.Start {
		return ""
	}
	return p.Locator
}

// value is the number of the source of a value of an index.
func (s *sources) value(w writer, of document, place, key string) int {
	source := s.at(of.Code + " " + key)
	if source.Title[w.language] == "" {
		w.describe(source, of)
		source.Place[w.language] = place
		w.withhold(source, "brief.withheld.values")
	}
	return source.Number
}

// describe adds the title, publisher and date of a document in the language of the writer.
func (w writer) describe(s *Source, d document) {
	s.Title[w.language] = d.Title.Value
	if d.Publisher != nil {
		add(&s.Publisher, w.language, d.Publisher.Title.Value)
	}
	if d.Date != nil {
		label := d.Date.Label.Value
		if d.Date.Basis == masar.Inferred {
			label = w.word("brief.date.inferred", masar.Args{"date": label})
		}
		add(&s.Date, w.language, label)
	}
	if d.URL != nil {
		s.Address = *d.URL
	}
}

func add(to **Bilingual, l masar.Language, value string) {
	if *to == nil {
		*to = &Bilingual{}
	}
	(**to)[l] = value
}

// quote adds the verified quotation, or why it is not shown.
func (w writer) quote(s *Source, p *passage) {
	switch {
	case p.QuoteStatus == masar.QuoteVerified && p.Quote != nil && !w.request.OmitQuotes:
		s.Quotation = &Run{Text: p.Quote.Value, Language: p.Quote.Lang}
		if p.OCRDoubt {
			add(&s.Caution, w.language, w.word("page.quote.ocr", nil))
		}
	case p.QuoteStatus == masar.QuoteVerified:
		w.withhold(s, "brief.withheld.asked")
	case p.QuoteStatus == masar.QuoteMismatch:
		w.withhold(s, "brief.withheld.mismatch")
	default:
		w.withhold(s, "brief.withheld.not_imported")
	}
}

func (w writer) withhold(s *Source, key string) { add(&s.Withheld, w.language, w.word(key, nil)) }

// Line is a paragraph with its language.
type Line struct {
	Language masar.Language
	Text     Paragraph
}

// SourcesHeading is the heading of the list of sources, a line for each language of the brief.
func (b Brief) SourcesHeading() []Line {
	return b.each(func(l masar.Language) Paragraph { return text(words.Say(l, "brief.sources", nil)) })
}

// Lines are a source as all forms write it, without its number: where it is in each language of the brief, the quotation or
// why it is not shown, Masar's summary, and the address of the document.
func (b Brief) Lines(s Source) []Line {
	lines := b.each(s.whereabouts)
	if s.Quotation != nil {
		lines = append(lines, Line{s.Quotation.Language, s.Quotation.quoted()})
	}
	for _, of := range []*Bilingual{s.Withheld, s.Caution} {
		if of != nil {
			lines = append(lines, b.each(func(l masar.Language) Paragraph { return text((*of)[l]) })...)
		}
	}
	if len(s.Summary) > 0 {
		lines = append(lines, b.each(s.summary)...)
	}
	if s.Address == "" {
		return append(lines, b.each(func(l masar.Language) Paragraph { return text(words.Say(l, "page.away.none", nil)) })...)
	}
	return append(lines, Line{masar.English, Paragraph{{Text: readable(s.Address), Address: s.Address}}})
}

// readable is an address with letters in place of their codes.
func readable(address string) string {
	plain, err := url.PathUnescape(address)
	if err != nil || strings.ContainsFunc(plain, func(r rune) bool { return !unicode.IsPrint(r) || unicode.IsSpace(r) }) {
		return address
	}
	return plain
}

// each is a line in each language of the brief.
func (b Brief) each(in func(masar.Language) Paragraph) []Line {
	var lines []Line
	for _, t := range b.Texts {
		lines = append(lines, Line{t.Language, in(t.Language)})
	}
	return lines
}

// quoted is a verified quotation in the quotation marks of its language.
func (r Run) quoted() Paragraph {
	if r.Language == masar.Arabic {
		return Paragraph{{Text: "✓ «" + r.Text + "»", Language: r.Language}}
	}
	return Paragraph{{Text: "✓ “" + r.Text + "”", Language: r.Language}}
}

// summary is Masar's summary of a source in a language.
func (s Source) summary(l masar.Language) Paragraph {
	return text(words.Say(l, "brief.summary", masar.Args{"summary": masar.Message{AR: s.Summary[masar.Arabic], EN: s.Summary[masar.English]}}))
}

// whereabouts are the title, publisher, date and place of a source in a language.
func (s Source) whereabouts(l masar.Language) Paragraph {
	parts := []Paragraph{{{Text: s.Title[l], Strong: true, Language: foreign(s.Title[l], l)}}}
	for _, of := range []*Bilingual{s.Publisher, s.Date, &s.Place} {
		if of != nil && (*of)[l] != "" {
			parts = append(parts, Paragraph{{Text: (*of)[l], Language: foreign((*of)[l], l)}})
		}
	}
	return joined(dot, parts...)
}

// foreign is the language of a text if it begins in the script of another; empty for the language of the line.
func foreign(s string, l masar.Language) masar.Language {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		if isArabic := unicode.Is(unicode.Arabic, r); isArabic != (l == masar.Arabic) {
			return l.Other()
		}
		return ""
	}
	return ""
}
