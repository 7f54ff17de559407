package search

import (
	"cmp"
	"slices"
	"strings"

	"masar"
	"masar/answers"
	"masar/arabic"
)

// Explain reports why an entity was found: the places where the words of the query occur, and how these differ from the
// query. Highlights are ordered by field. A text without words of the query has no highlight.
func (q *Query) Explain(e masar.Entity) ([]answers.MatchedBy, []answers.Highlight) {
	x := explainer{Query: q, asWritten: make([]bool, q.units), byWord: make([]bool, q.units), found: make([]bool, q.units)}
	for _, code := range codes(e) {
		x.code(code)
	}
	for _, t := range texts(e) {
		x.text(t)
	}
	byKind := x.kind(kindWords[e.Head().Kind])
	var why []answers.MatchedBy
	for _, field := range answers.SearchFields {
		if slices.ContainsFunc(x.highlights, func(h answers.Highlight) bool { return h.Field == field }) {
			why = append(why, answers.MatchedBy(field))
		}
	}
	if byKind {
		why = append(why, answers.MatchedByKind)
	}
	variant, synonym := false, false
	for u := range q.units {
		variant = variant || x.byWord[u] && !x.asWritten[u]
		synonym = synonym || x.found[u] && !x.byWord[u]
	}
	if variant {
		why = append(why, answers.MatchedByVariant)
	}
	if synonym {
		why = append(why, answers.MatchedBySynonym)
	}
	return why, x.highlights
}

// explainer collects the matches of a query in an entity, for each unit of the query: in the exact spelling, in any form
// of the word, or by any alternative.
type explainer struct {
	*Query
	asWritten, byWord, found []bool
	highlights               []answers.Highlight
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
	var ranges []answers.TextRange
	for _, w := range x.ways {
		switch {
		case len(w.words) == 0 && w.exact == key:
			x.note(w, false)
		case !w.own:
		case w.exact == key:
			x.note(w, true)
			ranges = append(ranges, answers.TextRange{Start: 0, End: len([]rune(code))})
		default:
			for _, t := range terms {
				if t.Text == w.words[0] || strings.TrimLeft(t.Text, "0") == w.words[0] || len(w.begunIn([]arabic.Term{t})) > 0 {
					x.note(w, t.Text != w.words[0] || x.writes(w, code, t))
					ranges = append(ranges, answers.TextRange{Start: t.Start, End: t.End})
				}
			}
		}
	}
	if slices.Contains(x.codes, key) {
		for _, w := range x.ways {
			if w.own {
				x.note(w, true)
			}
		}
		ranges = append(ranges, answers.TextRange{Start: 0, End: len([]rune(code))})
	}
	x.highlight(answers.FieldCode, nil, code, ranges)
}

// text searches a text for words of the query and their alternatives. It marks the closest match for each word. If the
// word itself occurs, its synonyms are not marked.
func (x *explainer) text(t text) {
	terms := wordsOf(t.value)
	apart := t.field == answers.FieldSummary || t.field == answers.FieldPlace
	places := make([][]arabic.Term, len(x.ways))
	nearest := make([]float64, x.units)
	for i, w := range x.ways {
		if places[i] = placesOf(w.words, terms, apart); len(places[i]) == 0 {
			places[i] = w.begunIn(terms)
		}
		for _, u := range w.units {
			if len(places[i]) > 0 {
				nearest[u] = max(nearest[u], w.nearness())
			}
		}
	}
	var ranges []answers.TextRange
	for i, w := range x.ways {
		for _, term := range places[i] {
			x.note(w, x.writes(w, t.value, term))
			if slices.ContainsFunc(w.units, func(u int) bool { return w.nearness() == nearest[u] }) {
				ranges = append(ranges, answers.TextRange{Start: term.Start, End: term.End})
			}
		}
	}
	lang := t.lang
	x.highlight(t.field, &lang, t.value, ranges)
}

// begunIn returns the terms of a text that begin like the way.
func (w way) begunIn(terms []arabic.Term) []arabic.Term {
	var all []arabic.Term
	for _, t := range terms {
		if slices.ContainsFunc(w.beginnings, func(beginning string) bool { return strings.HasPrefix(t.Exact, beginning) }) {
			all = append(all, t)
		}
	}
	return all
}

// writes reports whether a text contains the query's own word in the spelling of the query, ignoring case.
func (x *explainer) writes(w way, value string, t arabic.Term) bool {
	return w.own && strings.ToLower(string([]rune(value)[t.Start:t.End])) == w.spelt
}

// nearness orders ways by similarity to the query. The word itself precedes alternatives of the same weight.
func (w way) nearness() float64 {
	if w.own {
		return w.weight + 1
	}
	return w.weight
}

// placesOf returns the terms of a text that match some words: adjacent terms if there are any or, if the words may be
// apart, all of them. It returns none if a word is missing.
func placesOf(words []string, terms []arabic.Term, mayBeApart bool) []arabic.Term {
	if len(words) == 0 {
		return nil
	}
	var together, apart []arabic.Term
	missing := map[string]bool{}
	for _, word := range words {
		missing[word] = true
	}
	for i, t := range terms {
		if t.Stop || !slices.Contains(words, t.Text) {
			continue
		}
		delete(missing, t.Text)
		apart = append(apart, t)
		if t.Text == words[0] {
			together = append(together, follow(words, terms[i:])...)
		}
	}
	switch {
	case len(together) > 0:
		return together
	case len(missing) > 0 || !mayBeApart:
		return nil
	}
	return apart
}

// follow returns the terms of adjacent words, starting at the first term; stop words between them are skipped. It returns
// none if the words are not adjacent.
func follow(words []string, terms []arabic.Term) []arabic.Term {
	run := terms[:1:1]
	end := terms[0].Position + terms[0].Width
	for _, t := range terms[1:] {
		switch {
		case len(run) == len(words):
			return run
		case t.Position < end:
		case t.Position == end && t.Text == words[len(run)] && !t.Stop:
			run, end = append(run, t), end+t.Width
		case t.Position == end && t.Stop:
			end += t.Width
		case t.Position > end:
			return nil
		}
	}
	if len(run) < len(words) {
		return nil
	}
	return run
}

// kind reports whether words without another match name the kind.
func (x *explainer) kind(words []string) bool {
	byKind := false
	for _, w := range x.ways {
		if len(w.words) == 1 && slices.Contains(words, w.words[0]) && slices.ContainsFunc(w.units, func(u int) bool { return !x.found[u] }) {
			byKind = true
			x.note(w, true)
		}
	}
	return byKind
}

// highlight adds the highlight of a text. Ranges that touch are merged.
func (x *explainer) highlight(field answers.SearchField, lang *masar.Language, value string, ranges []answers.TextRange) {
	if len(ranges) == 0 {
		return
	}
	slices.SortFunc(ranges, func(a, b answers.TextRange) int {
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
	x.highlights = append(x.highlights, answers.Highlight{Field: field, Lang: lang, Value: value, Ranges: joined})
}
