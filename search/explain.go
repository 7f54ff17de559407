package search

import (
	"cmp"
	"slices"
	"strings"

	"masar"
	"masar/arabic"
)

// Explain tells why an entity was found: where the query's words stand in it, and how else than as the query writes
// them. Highlights come field by field, a text that has none of the words has none.
func (q *Query) Explain(e masar.Entity) ([]masar.MatchedBy, []masar.Highlight) {
	x := explainer{Query: q, asWritten: make([]bool, q.units), byWord: make([]bool, q.units), found: make([]bool, q.units)}
	for _, code := range codes(e) {
		x.code(code)
	}
	for _, t := range texts(e) {
		x.text(t)
	}
	byKind := x.kind(kindWords[e.Head().Kind])
	var why []masar.MatchedBy
	for _, field := range masar.SearchFields {
		if slices.ContainsFunc(x.highlights, func(h masar.Highlight) bool { return h.Field == field }) {
			why = append(why, masar.MatchedBy(field))
		}
	}
	if byKind {
		why = append(why, masar.MatchedByKind)
	}
	variant, synonym := false, false
	for u := range q.units {
		variant = variant || x.byWord[u] && !x.asWritten[u]
		synonym = synonym || x.found[u] && !x.byWord[u]
	}
	if variant {
		why = append(why, masar.MatchedByVariant)
	}
	if synonym {
		why = append(why, masar.MatchedBySynonym)
	}
	return why, x.highlights
}

// explainer gathers what is found of a query in an entity, for each of its units: just as written, in any form of the
// word, or at all.
type explainer struct {
	*Query
	asWritten, byWord, found []bool
	highlights               []masar.Highlight
}

func (x *explainer) note(w way, asWritten bool) {
	for _, u := range w.units {
		x.found[u] = true
		x.byWord[u] = x.byWord[u] || w.own
		x.asWritten[u] = x.asWritten[u] || w.own && asWritten
	}
}

func (x *explainer) code(code string) {
	terms := wordsOf(code)
	key := exactly + codeKey(terms)
	var ranges []masar.TextRange
	for _, w := range x.ways {
		switch {
		case !w.own:
		case w.code == key:
			x.note(w, true)
			ranges = append(ranges, masar.TextRange{Start: 0, End: len([]rune(code))})
		default:
			for _, t := range terms {
				if t.Text == w.words[0] || strings.TrimLeft(t.Text, "0") == w.words[0] {
					x.note(w, true)
					ranges = append(ranges, masar.TextRange{Start: t.Start, End: t.End})
				}
			}
		}
	}
	if x.codes == key {
		for _, w := range x.ways {
			if w.own {
				x.note(w, true)
			}
		}
		ranges = append(ranges, masar.TextRange{Start: 0, End: len([]rune(code))})
	}
	x.highlight(masar.FieldCode, nil, code, ranges)
}

func (x *explainer) text(t text) {
	terms := wordsOf(t.value)
	has := map[string][]arabic.Term{}
	for _, term := range terms {
		if !term.Stop {
			has[term.Text] = append(has[term.Text], term)
		}
	}
	written := []rune(t.value)
	var ranges []masar.TextRange
	for _, w := range x.ways {
		if slices.ContainsFunc(w.words, func(word string) bool { return has[word] == nil }) {
			continue
		}
		for _, word := range w.words {
			for _, term := range has[word] {
				x.note(w, w.own && strings.ToLower(string(written[term.Start:term.End])) == w.spelt)
				ranges = append(ranges, masar.TextRange{Start: term.Start, End: term.End})
			}
		}
	}
	lang := t.lang
	x.highlight(t.field, &lang, t.value, ranges)
}

// kind reports whether words that nothing else has name the kind.
func (x *explainer) kind(words []string) bool {
	byKind := false
	for _, w := range x.ways {
		has := !slices.ContainsFunc(w.words, func(word string) bool { return !slices.Contains(words, word) })
		if has && slices.ContainsFunc(w.units, func(u int) bool { return !x.found[u] }) {
			byKind = true
			x.note(w, true)
		}
	}
	return byKind
}

// highlight adds a text's highlight; ranges that meet become one.
func (x *explainer) highlight(field masar.SearchField, lang *masar.Language, value string, ranges []masar.TextRange) {
	if len(ranges) == 0 {
		return
	}
	slices.SortFunc(ranges, func(a, b masar.TextRange) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	joined := ranges[:1]
	for _, r := range ranges[1:] {
		if last := &joined[len(joined)-1]; r.Start < last.End {
			last.End = max(last.End, r.End)
		} else {
			joined = append(joined, r)
		}
	}
	x.highlights = append(x.highlights, masar.Highlight{Field: field, Lang: lang, Value: value, Ranges: joined})
}
