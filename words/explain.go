package words

import (
	"masar"
	"math"
	"strconv"
	"strings"
	"unicode"
)

// What advice says of itself in words. Things are named by their codes, so that advice is explained without reading what they
// are called.

// saying fills the places of a form in both languages and answers the first of those asked for.
func saying(form wordForm, lang []masar.Language, places func(l masar.Language) []string) *masar.Text {
	in := func(l masar.Language) masar.Words { return masar.Words{Value: inside(form, l, places(l)...)} }
	return masar.Wording{AR: in(masar.Arabic), EN: in(masar.English)}.In(lang)
}

// listing says one thing after the other.
func listing[T any](things []T, l masar.Language, say func(T, masar.Language) string) string {
	parts := make([]string, len(things))
	for i, thing := range things {
		parts[i] = say(thing, l)
	}
	return strings.Join(parts, wordForm{"، ", ", "}.in(l))
}

// codeOf is an entity's code as a part of a sentence.
func codeOf(r masar.Ref, l masar.Language) string {
	if strings.ContainsFunc(r.Code, unicode.IsLetter) {
		return masar.Isolated(r.Code, masar.English, l)
	}
	return r.Code
}

// formula keeps a formula in its order within Arabic (Unicode's left-to-right isolate).
func formula(s string, l masar.Language) string {
	if l == masar.Arabic {
		return "\u2066" + s + "\u2069"
	}
	return s
}

// decimal writes a number for people, with up to four decimals.
func decimal(x float64) string {
	return strconv.FormatFloat(math.Round(x*1e4)/1e4, 'f', -1, 64)
}

// product writes a product and what it makes.
func product(of float64, factors ...float64) string {
	parts := make([]string, len(factors))
	for i, f := range factors {
		parts[i] = decimal(f)
	}
	return strings.Join(parts, " × ") + " = " + decimal(of)
}
