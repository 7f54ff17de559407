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

// TextDirection is the writing direction of a text.
type TextDirection string

// The directions of the two languages.
const (
	RightToLeft TextDirection = "RTL"
	LeftToRight TextDirection = "LTR"
)

// Direction is the direction in which the language is written.
func (l Language) Direction() TextDirection {
	if l == Arabic {
		return RightToLeft
	}
	return LeftToRight
}

// Other returns the other language.
func (l Language) Other() Language {
	if l == Arabic {
		return English
	}
	return Arabic
}

// TextOrigin says who wrote a text.
type TextOrigin string

// The origins of a text: the publisher, Masar's translation of the publisher's text, Masar's editors, or the text of
// a source.
const (
	OriginPublished  TextOrigin = "PUBLISHED"
	OriginTranslated TextOrigin = "TRANSLATED"
	OriginEditorial  TextOrigin = "EDITORIAL"
	OriginSource     TextOrigin = "SOURCE"
)

// Text is a text in one language, with what is needed to display it.
type Text struct {
	Value  string
	Lang   Language
	Origin TextOrigin
	// Fallback says that the text is not available in the first requested language.
	Fallback bool
}

// Dir is the writing direction of the text.
func (t *Text) Dir() TextDirection { return t.Lang.Direction() }

// Translation is a localized text in one language. An empty Origin means EDITORIAL.
type Translation struct {
	Value  string     `json:"value,omitzero"`
	Origin TextOrigin `json:"origin,omitzero"`
}

// IsZero reports whether there is no text.
func (t Translation) IsZero() bool { return t.Value == "" }

// MarshalJSON leaves out the origin EDITORIAL, which is that of a text without an origin.
func (t Translation) MarshalJSON() ([]byte, error) {
	type plain Translation
	if t.Origin == OriginEditorial {
		t.Origin = ""
	}
	return CompactJSON(plain(t))
}

// LocalizedText is a text in both languages. Fields of this type have plural names.
type LocalizedText struct {
	AR Translation `json:"ar,omitzero"`
	EN Translation `json:"en,omitzero"`
}

// IsZero reports whether the text is empty in both languages.
func (w LocalizedText) IsZero() bool { return w.AR.Value == "" && w.EN.Value == "" }

// Original is the original language: that of the published text. It is Arabic, the language of the sources, if both
// or neither were published.
func (w LocalizedText) Original() Language {
	switch {
	case w.AR.Value == "":
		return English
	case w.EN.Value != "" && w.EN.Origin == OriginPublished && w.AR.Origin != OriginPublished:
		return English
	}
	return Arabic
}

// In returns the text in the first of the languages in which it exists, otherwise in the original language, which is
// also the default. It returns nil if the text is empty in both.
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

// UnfitCharacter reports whether a character is not allowed in texts, and the key of the message about it. Not
// allowed are characters that control a terminal, change the direction of the surrounding text, or are not
// characters. The joiners and direction marks that Arabic and Persian need are allowed.
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

// Isolated protects words of one language from changing the direction of a text in another (Unicode's first strong
// isolate).
func Isolated(words string, of, in Language) string {
	if of == in {
		return words
	}
	return "\u2068" + words + "\u2069"
}
