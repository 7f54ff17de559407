// Package search finds entities by words in Arabic and English. It makes the terms of entities, analyses queries, orders
// the hits and finds the matching words in their texts. It uses the analyser of arabic/ and does not access the database.
package search

import (
	_ "embed" // the words of kinds
	"fmt"
	"slices"
	"strings"

	"masar"
	"masar/answers"
	"masar/arabic"
)

// A term is a word of the analyser, or one of the forms below. Words of the analyser contain only letters, digits and
// . - @ &, so that the forms differ from all words:
//
//	=الرقميه     a text has the word in exactly this form; also a complete code
//	هوي رقمي     the words are adjacent in a title or name
//	^هوي رقمي    these words are the whole title or name
//	#غاي         the word names the kind of the entity
const (
	exactly = "="
	wholly  = "^"
	ofKind  = "#"
)

// The maximum length of a term in bytes, and the maximum number of words of a whole title. Longer ones are not searched
// either.
const (
	maxTerm       = 120
	maxWholeWords = 12
)

//go:embed kinds.txt
var kindsText string

// kindWords are the words that name a kind.
var kindWords = func() map[masar.Kind][]string {
	words := map[masar.Kind][]string{}
	for line := range arabic.Lines(kindsText) {
		kind, list, _ := strings.Cut(line, "|")
		kind = strings.TrimSpace(kind)
		if !slices.Contains(masar.Kinds, masar.Kind(kind)) {
			panic(fmt.Sprintf("kinds.txt: %q is no kind", kind))
		}
		words[masar.Kind(kind)] = arabic.Words(list)
	}
	return words
}()

// TermsOf returns the terms of an entity.
func TermsOf(e masar.Entity) Terms {
	var terms gathered
	for _, code := range codes(e) {
		terms.code(code)
	}
	for _, t := range texts(e) {
		words := wordsOf(t.value)
		switch t.field {
		case answers.FieldTitle:
			terms.name(Titles, words)
		case answers.FieldAlias:
			terms.name(Names, words)
		default:
			terms.words(Texts, words)
		}
		for _, spelling := range spellingsOf(t.value, words) {
			terms.add(Spellings, spelling)
		}
	}
	for _, word := range kindWords[e.Head().Kind] {
		terms.add(Texts, ofKind+word)
	}
	for part := range terms {
		slices.Sort(terms[part])
		terms[part] = slices.Compact(terms[part])
	}
	return Terms(terms)
}

// text is one of the texts of an entity.
type text struct {
	field answers.SearchField
	lang  masar.Language
	value string
}

// texts returns the searched texts of an entity, in the order of highlights.
func texts(e masar.Entity) []text {
	head := e.Head()
	var all []text
	both := func(field answers.SearchField, w masar.LocalizedText) {
		all = append(all, text{field, masar.Arabic, w.AR.Value}, text{field, masar.English, w.EN.Value})
	}
	both(answers.FieldTitle, head.Titles)
	for _, name := range head.OtherNames {
		all = append(all, text{answers.FieldAlias, name.Lang, name.Name})
	}
	both(answers.FieldSummary, head.Summaries)
	if activity, ok := e.(*masar.Activity); ok {
		both(answers.FieldPlace, activity.Places)
	}
	return slices.DeleteFunc(all, func(t text) bool { return t.value == "" })
}

// codes returns the codes of an entity, its own code first.
func codes(e masar.Entity) []string {
	all := []string{e.Head().Code}
	if country, ok := e.(*masar.Country); ok {
		all = append(all, country.ISO2, country.M49)
	}
	return slices.DeleteFunc(all, func(code string) bool { return code == "" })
}

type gathered Terms

func (g *gathered) add(part Part, term string) {
	if len(term) <= maxTerm {
		g[part] = append(g[part], term)
	}
}

// words adds the words of a text, each as the analyser reduces it and in its form.
func (g *gathered) words(part Part, terms []arabic.Term) {
	for _, t := range terms {
		if !t.Stop {
			g.add(part, t.Text)
			g.add(part, exactly+t.Exact)
		}
	}
}

// name adds the terms of a title or other name.
func (g *gathered) name(part Part, terms []arabic.Term) {
	g.words(part, terms)
	whole := distinctive(terms)
	for _, pair := range pairs(whole) {
		g.add(part, pair)
	}
	if n := len(whole); n > 0 && n <= maxWholeWords {
		g.add(part, wholly+strings.Join(whole, " "))
	}
}

// code adds the terms of a code: the whole code and its words. A number is also indexed without leading zeros: message 5
// as 05.
func (g *gathered) code(code string) {
	terms := wordsOf(code)
	g.add(Codes, exactly+codeKey(terms))
	for _, t := range terms {
		g.add(Codes, t.Text)
		if short := strings.TrimLeft(t.Text, "0"); short != t.Text && isDigits(short) {
			g.add(Codes, short)
		}
	}
}

// codeKey joins words for the comparison of codes: "enact km 05" and "ENACT-KM-05" have the same key.
func codeKey(terms []arabic.Term) string {
	var key strings.Builder
	for _, t := range terms {
		if !t.Part {
			key.WriteString(t.Exact)
		}
	}
	return key.String()
}

// distinctive returns the words that distinguish a text: no parts and no stop words.
func distinctive(terms []arabic.Term) []string {
	var words []string
	for _, t := range terms {
		if !t.Part && !t.Stop {
			words = append(words, t.Text)
		}
	}
	return words
}

// wordsOf analyses a text. For a dotted code such as 16.6.2, it keeps the broader codes 16.6 and 16 and omits the other
// numbers: a search for 2 does not mean this code.
func wordsOf(text string) []arabic.Term {
	terms := arabic.Analyse(text)
	kept := terms[:0]
	start, end := -1, -1 // of the last dotted code
	for _, t := range terms {
		if !t.Part && isDotted(t) || t.Part && isDotted(t) && t.Position >= end {
			start, end = t.Position, t.Position+t.Width
		}
		if t.Part && t.Position > start && t.Position < end {
			continue
		}
		kept = append(kept, t)
	}
	return kept
}

// isDotted reports whether a text is a code such as 16.6 or 16.b.
func isDotted(t arabic.Term) bool {
	return t.Width > 1 && '0' <= t.Exact[0] && t.Exact[0] <= '9' && strings.Contains(t.Exact, ".")
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
