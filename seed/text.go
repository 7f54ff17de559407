package seed

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"masar"
)

// checkText reports characters and spaces that no text may have.
func checkText(s string) error {
	if strings.TrimSpace(s) == "" {
		return errors.New("the text is empty; write it, or omit the key if it is optional")
	}
	for i, r := range s {
		if what := unwanted(r); what != "" {
			return fmt.Errorf("character %d is %s (%U), which is not allowed in a text", utf8.RuneCountInString(s[:i])+1, what, r)
		}
	}
	if strings.TrimSpace(s) != s {
		return errors.New("the text begins or ends with a space")
	}
	if !norm.NFC.IsNormalString(s) {
		return fmt.Errorf("the text is not in Unicode's normal form NFC; write it as %q", norm.NFC.String(s))
	}
	return nil
}

// unwanted names a character that texts of the seed must not contain; empty for all others.
func unwanted(r rune) string {
	switch {
	case r == '\n', r == '\r':
		return "a line break"
	case r == '\t':
		return "a control character"
	case r == 'ـ':
		return "a tatweel"
	case r == 0xFEFF:
		return "a byte order mark"
	}
	what, _ := masar.UnfitCharacter(r)
	return unfit[what]
}

// unfit names characters that no text may contain, by the keys of masar.UnfitCharacter.
var unfit = map[string]string{
	"error.character.control":  "a control character",
	"error.character.override": "a bidirectional override",
	"error.character.broken":   "the sign for a broken character",
	"error.character.none":     "no character",
}

// nearest is the candidate most similar to a word, for "did you mean"; empty if none is similar.
func nearest(word string, candidates []string) string {
	for _, c := range masar.Nearest(word, 1, slices.Values(candidates)) {
		return c
	}
	return ""
}

// list joins words for a message; long lists are cut.
func list[T ~string](words []T) string {
	const most = 24
	out := make([]string, 0, most+1)
	for i, w := range words {
		if i == most {
			out = append(out, fmt.Sprintf("and %d more", len(words)-most))
			break
		}
		out = append(out, string(w))
	}
	return strings.Join(out, ", ")
}
