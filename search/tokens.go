package search

import (
	"strings"
	"unicode"

	"masar"
)

// token is a run of letters, of digits or of white space, or a single sign.
type token struct {
	written []rune // as written in the query, except what is read as a number
	text    string // the form for comparison: in lower case, with ASCII digits and signs
	kind    tokenKind
}

type tokenKind int

const (
	sign tokenKind = iota
	space
	letters
	digits
)

// plainRune unifies the runes from which codes are read: digits, dashes, commas, dots and slashes of all scripts.
func plainRune(r rune) rune {
	switch {
	case strings.ContainsRune("٫·•∙․。", r):
		return '.'
	case strings.ContainsRune("،٬、‚", r):
		return ','
	case strings.ContainsRune("‐‑‒−﹣", r):
		return '-'
	case strings.ContainsRune("⁄∕\\", r):
		return '/'
	case strings.ContainsRune("أإآٱ", r):
		return 'ا'
	}
	return unicode.ToLower(masar.WesternRune(r))
}

func kindOf(r rune) tokenKind {
	switch {
	case unicode.IsSpace(r) || unicode.IsControl(r):
		return space
	case '0' <= r && r <= '9':
		return digits
	case unicode.IsLetter(r) || unicode.IsMark(r) || r == 'ـ':
		return letters
	}
	return sign
}

func tokensOf(query []rune) []token {
	var all []token
	for i, r := range query {
		plain := plainRune(r)
		kind := kindOf(plain)
		// A word ends where its script changes: الهدف16 is two words in any case, and so is مشروعSDG.
		if last := len(all) - 1; last >= 0 && all[last].kind == kind && kind != sign && (kind != letters || isArabic(query[i-1]) == isArabic(r)) {
			all[last].written = append(all[last].written, r)
			all[last].text += string(plain)
			continue
		}
		all = append(all, token{[]rune{r}, string(plain), kind})
	}
	return all
}

func isArabic(r rune) bool { return unicode.Is(unicode.Arabic, r) || unicode.IsMark(r) }
