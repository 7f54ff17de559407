package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold writes a text the way in which spellings are compared: the same letters for what readers take
// for the same word, and nothing cut. "الحاكميّة", "الحاكمية" and "الحاكميه" fold to one string, so do
// "٢٠٢٤" and "2024", and "Côte" and "cote". It is for exact comparison and for sorting keys;
// words that share a stem stay apart. Folding what is folded changes nothing.
//
// White space and control characters become single spaces, and none is left at the ends.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, l := range foldLetters(s) {
		if l.rune != ' ' {
			b.WriteRune(l.rune)
		} else if b.Len() > 0 && !strings.HasSuffix(b.String(), " ") {
			b.WriteByte(' ')
		}
	}
	return strings.TrimSuffix(b.String(), " ")
}

// letter is one rune of the folded text, with the runes of the text as written from which it comes.
// Several letters may come from the same runes (ﻻ gives ل and ا), and what is dropped (a vowel sign,
// a tatweel) belongs to the letter before it or to none.
type letter struct {
	rune       rune
	start, end int
}

// foldLetters folds a text letter by letter. Tokens are made from its answer and not from the text as
// written, so that analysing a folded text gives the same words as analysing the text itself, even where
// folding brings forth letters from what is none, as with "™".
func foldLetters(s string) []letter {
	out := make([]letter, 0, len(s))
	at := 0 // in runes
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf && (i+1 == len(s) || s[i+1] < utf8.RuneSelf) {
			out = append(out, letter{foldASCII(c), at, at + 1})
			i, at = i+1, at+1
			continue
		}
		first, size := utf8.DecodeRuneInString(s[i:])
		end, runes, hamza := i+size, 1, false
		for end < len(s) {
			mark, size := utf8.DecodeRuneInString(s[end:])
			if !unicode.In(mark, unicode.Mn, unicode.Me) {
				break
			}
			hamza = hamza || mark == hamzaAbove
			end, runes = end+size, runes+1
		}
		emit := func(r rune) {
			if r == hamzaAbove {
				hamza = true
			} else if folded := foldRune(r); folded != dropped {
				out = append(out, letter{folded, at, at + runes})
			}
		}
		if isPlain(first) {
			emit(first)
		} else {
			for _, r := range decompose(first) {
				emit(r)
			}
		}
		if last := len(out) - 1; hamza && last >= 0 && out[last].start == at && isSeat(out[last].rune) {
			out[last].rune = 'ء'
		}
		i, at = end, at+runes
	}
	return out
}

// isPlain reports whether a letter has nothing to be taken apart: ASCII and most of Arabic.
func isPlain(r rune) bool { return r < utf8.RuneSelf || 'ا' <= r && r <= 'ي' || r == 'ء' }

// decompose takes a letter apart into its bases and their marks: é into e and ´, ﻻ into ل and ا, ß into ss.
func decompose(r rune) string {
	if r == utf8.RuneError { // also a byte that is no UTF-8
		return ""
	}
	return twoLetters.Replace(norm.NFKD.String(string(r)))
}

// twoLetters writes out the Latin letters that are compared as two; Unicode does not take them apart.
var twoLetters = strings.NewReplacer("ß", "ss", "ẞ", "ss", "æ", "ae", "Æ", "ae", "œ", "oe", "Œ", "oe", "þ", "th", "Þ", "th")
