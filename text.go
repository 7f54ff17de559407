package masar

import (
	"unicode"
	"unicode/utf8"
)

// Language is a language of the graph's texts.
type Language string

// Arabic and English are equals: every text of the graph exists in both.
const (
	Arabic  Language = "AR"
	English Language = "EN"
)

// Direction is the writing direction of a text.
type Direction string

// The directions of the two languages.
const (
	RightToLeft Direction = "RTL"
	LeftToRight Direction = "LTR"
)

// Direction is the direction in which the language is written.
func (l Language) Direction() Direction {
	if l == Arabic {
		return RightToLeft
	}
	return LeftToRight
}

// TextOrigin says who wrote a text.
type TextOrigin string

// Where words come from: the publisher of the thing, Masar's translation of the publisher's words,
// Masar's editors, or the text of a source itself.
const (
	OriginPublished  TextOrigin = "PUBLISHED"
	OriginTranslated TextOrigin = "TRANSLATED"
	OriginEditorial  TextOrigin = "EDITORIAL"
	OriginSource     TextOrigin = "SOURCE"
)

// Text is words in one language, with what a page needs to show them right.
type Text struct {
	Value  string
	Lang   Language
	Origin TextOrigin
	// Fallback says that the first language asked for was not to be had.
	Fallback bool
}

// Dir is the direction in which the text runs.
func (t *Text) Dir() Direction { return t.Lang.Direction() }

// Translation is a localized text in one of its languages; the zero Origin means EDITORIAL.
type Translation struct {
	Value  string
	Origin TextOrigin
}

// LocalizedText is a localized text: the same text in both languages. Fields with one are named in the plural.
type LocalizedText struct{ AR, EN Translation }

// IsZero reports whether nothing is said in either language.
func (w LocalizedText) IsZero() bool { return w.AR.Value == "" && w.EN.Value == "" }

// Original is the language in which the thing was first worded: the published one,
// and Arabic, the language of the sources, where both or neither were published.
func (w LocalizedText) Original() Language {
	switch {
	case w.AR.Value == "":
		return English
	case w.EN.Value != "" && w.EN.Origin == OriginPublished && w.AR.Origin != OriginPublished:
		return English
	}
	return Arabic
}

// In answers the first of the languages in which the text exists, else the original.
// With no languages it answers the original. It answers nil if nothing is said at all.
func (w LocalizedText) In(languages []Language) *Text {
	if w.IsZero() {
		return nil
	}
	for i, l := range languages {
		if words := w.of(l); words.Value != "" {
			return words.text(l, i > 0)
		}
	}
	l := w.Original()
	return w.of(l).text(l, len(languages) > 0)
}

func (w LocalizedText) of(l Language) Translation {
	if l == Arabic {
		return w.AR
	}
	return w.EN
}

func (w Translation) text(l Language, fallback bool) *Text {
	origin := w.Origin
	if origin == "" {
		origin = OriginEditorial
	}
	return &Text{Value: w.Value, Lang: l, Origin: origin, Fallback: fallback}
}

// UnfitCharacter reports whether a character has no place in any text, and the key of the message that names it: it steers a terminal or turns the text
// around it, or is none at all. What Arabic and Persian need is fit: the joiners and the marks of direction.
func UnfitCharacter(r rune) (what string, unfit bool) {
	switch {
	case r == '\n', r == '\t':
		return "", false
	case unicode.IsControl(r):
		return "error.character.control", true
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return "error.character.override", true
	case r == utf8.RuneError:
		return "error.character.broken", true
	case r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
		return "error.character.none", true
	}
	return "", false
}

// Isolated keeps words of one language from turning those of another around them (Unicode's first strong isolate).
func Isolated(words string, of, in Language) string {
	if of == in {
		return words
	}
	return "\u2068" + words + "\u2069"
}
