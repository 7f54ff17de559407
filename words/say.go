package words

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"masar"
)

// Say formats a message in one language. The values of its slots are formatted for that language:
//   - a value of an enum as its label;
//   - a number with Western digits, in a counted phrase if the slot names one;
//   - a reference as its code, an entity as its kind and title;
//   - a Phrase as its own message; a slice as a list;
//   - any other text unchanged, isolated if it is in the other script.
//
// A slot without a value stays as it is written in the message.
func Say(l masar.Language, key string, args masar.Args) string {
	var b strings.Builder
	for _, p := range Pieces(l, key, args) {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Piece is a part of a formatted message: a text of the message itself, or the value of a slot.
type Piece struct {
	Text string
	// Slot is the name of the slot; empty for a text of the message itself.
	Slot string
}

// Pieces formats a message as Say does, and returns its parts. A page marks the values of slots for the browser.
func Pieces(l masar.Language, key string, args masar.Args) []Piece {
	c := in(l)
	m, ok := c.messages[key]
	if !ok {
		return []Piece{{Text: key}} // tests check that every key in the code exists
	}
	var all []Piece
	for _, p := range c.of(m, args) {
		if p.slot == (slot{}) {
			all = append(all, Piece{Text: p.text})
			continue
		}
		all = append(all, Piece{filled(l, p.slot, args), p.slot.name})
	}
	return all
}

// Value formats a value as Say formats the value of a slot: an enum as its label, a number with Western digits.
func Value(l masar.Language, v any) string { return written(l, v, "") }

// Both formats a message in both languages.
func Both(key string, args masar.Args) masar.Message {
	return masar.Message{AR: Say(masar.Arabic, key, args), EN: Say(masar.English, key, args)}
}

// Localized writes a message in both languages, as the graph holds a text.
func Localized(key string, args masar.Args) masar.LocalizedText {
	m := Both(key, args)
	return masar.LocalizedText{AR: masar.Translation{Value: m.AR}, EN: masar.Translation{Value: m.EN}}
}

// Text formats a message in the first of the languages, or in Arabic if there is none.
func Text(key string, args masar.Args, lang []masar.Language) *masar.Text {
	return text(lang, func(l masar.Language) string { return Say(l, key, args) })
}

// text formats a text in the first of the languages. Every text of this package exists in both.
func text(lang []masar.Language, say func(masar.Language) string) *masar.Text {
	l := masar.Arabic
	if len(lang) > 0 {
		l = lang[0]
	}
	return &masar.Text{Value: say(l), Lang: l, Origin: masar.OriginEditorial}
}

// filled formats the value of a slot.
func filled(l masar.Language, s slot, args masar.Args) string {
	v, ok := args[s.name]
	switch {
	case !ok:
		return "{" + s.name + "}"
	case s.count != "":
		return Say(l, s.count, masar.Args{"n": v})
	}
	return written(l, v, s.view)
}

// written formats a value in a language.
func written(l masar.Language, v any, view string) string {
	switch v := v.(type) {
	case string:
		return isolated(printable(v), l)
	case int:
		return integer(v)
	case float64:
		return decimal(v)
	case ready:
		return string(v)
	case formula:
		return v.in(l)
	case masar.Phrase:
		return Say(l, v.Key, v.Args)
	case masar.Message:
		return in(l).pick(v)
	case masar.Ref:
		return reference(v, l, view)
	case masar.Entity:
		if view == "title" {
			return quotedTitle(v, l)
		}
		return named(v, l)
	case series:
		return v.in(l)
	case list:
		return v.in(l)
	}
	return byKind(l, reflect.ValueOf(v), view)
}

// byKind formats a value of another type: an enum, a slice, or a fmt.Stringer.
func byKind(l masar.Language, v reflect.Value, view string) string {
	switch {
	case v.Kind() == reflect.Slice:
		all := make([]string, v.Len())
		for i := range all {
			all[i] = written(l, v.Index(i).Interface(), view)
		}
		return strings.Join(all, Say(l, "list.separator", nil))
	case v.Kind() == reflect.String:
		if label, ok := in(l).label(v); ok {
			return label
		}
		return isolated(printable(v.String()), l)
	}
	return isolated(printable(fmt.Sprint(v.Interface())), l)
}

func (c *catalogue) pick(m masar.Message) string {
	if c == arabic() {
		return m.AR
	}
	return m.EN
}

// isolated protects a sentence from the direction of a text in the other script.
func isolated(s string, l masar.Language) string {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		if of := script(r); of != l {
			return masar.Isolated(s, of, l)
		}
	}
	return s
}

func script(r rune) masar.Language {
	if unicode.Is(unicode.Arabic, r) {
		return masar.Arabic
	}
	return masar.English
}

// printable replaces characters that must not be shown, such as line breaks and directional marks.
func printable(s string) string {
	if !strings.ContainsFunc(s, unfit) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unfit(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func unfit(r rune) bool {
	_, is := masar.UnfitCharacter(r)
	return is || r == '\n' || r == '\t'
}

// integer formats a whole number, with commas between thousands from 10,000.
func integer(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	if len(digits) < 5 {
		return sign + digits
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}

// decimal formats a number with up to three decimals.
func decimal(x float64) string {
	rounded := math.Round(x*1e3) / 1e3
	if rounded == math.Trunc(rounded) && math.Abs(rounded) < 1e15 {
		return integer(int(rounded))
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// ready is a text that is already in its language.
type ready string

// formula is a formula, which keeps its left-to-right order in Arabic.
type formula string

func (f formula) in(l masar.Language) string {
	if l == masar.Arabic {
		return "\u2066" + string(f) + "\u2069" // Unicode's left-to-right isolate
	}
	return string(f)
}

// capital capitalizes the first letter of a sentence.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
