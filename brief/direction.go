package brief

import (
	"strings"
	"unicode"
)

// span is a part of a text in one direction.
type span struct {
	text string
	rtl  bool
}

// The marks of Unicode around a text whose direction does not depend on what surrounds it. A Word file has spans instead:
// Word does not know the marks.
const (
	isolateLTR, isolateRTL, isolateFirst, isolateEnd = '\u2066', '\u2067', '\u2068', '\u2069'
)

// spansOf divides a text into spans, in the order of reading. rtl is the direction of what surrounds the text.
func spansOf(text string, rtl bool) (all []span) {
	for text != "" {
		at := strings.IndexFunc(text, isIsolate)
		if at < 0 {
			at = len(text)
		}
		all = append(all, resolved(text[:at], rtl)...)
		text = text[at:]
		if text != "" {
			var inside []span
			inside, text = isolated(text, rtl)
			all = append(all, inside...)
		}
	}
	return united(all)
}

func isIsolate(r rune) bool { return isolateLTR <= r && r <= isolateEnd }

// isolated returns the spans of a text that begins with an isolate, up to its end, and the rest.
func isolated(text string, rtl bool) (inside []span, rest string) {
	mark := []rune(text[:3])[0]
	text = text[3:]
	if mark == isolateEnd {
		return nil, text
	}
	end := endOfIsolate(text)
	switch mark {
	case isolateLTR:
		rtl = false
	case isolateRTL:
		rtl = true
	default:
		rtl = firstDirection(text[:end], rtl)
	}
	return spansOf(text[:end], rtl), text[end:]
}

// endOfIsolate is the offset of the mark that ends an isolate; the length of the text if there is none.
func endOfIsolate(text string) int {
	depth := 1
	for i, r := range text {
		switch {
		case r == isolateEnd:
			depth--
		case isIsolate(r):
			depth++
		}
		if depth == 0 {
			return i
		}
	}
	return len(text)
}

// class is the direction of a character.
type class int

const (
	neutral class = iota
	leftToRight
	rightToLeft
	follows // that of the character before, for a digit or a mark on a letter
)

func classOf(r rune) class {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Nd):
		return follows
	case 0x0590 <= r && r <= 0x08FF, 0xFB1D <= r && r <= 0xFDFF, 0xFE70 <= r && r <= 0xFEFF:
		return rightToLeft
	case unicode.IsLetter(r):
		return leftToRight
	}
	return neutral
}

// firstDirection is the direction of the first letter of a text, or else a default.
func firstDirection(text string, rtl bool) bool {
	for _, r := range text {
		if c := classOf(r); c == leftToRight || c == rightToLeft {
			return c == rightToLeft
		}
	}
	return rtl
}

// resolved divides a text without isolates into spans. Signs and spaces between letters of one direction have that
// direction; between others they have that of the surroundings. Digits follow the letter before them.
func resolved(text string, rtl bool) (all []span) {
	last, from, pending := rtl, 0, 0 // the signs from pending on have no direction yet
	flush := func(to int, rtl bool) {
		if to > from {
			all = append(all, span{text[from:to], rtl})
			from = to
		}
	}
	for i, r := range text {
		c := classOf(r)
		if c == neutral {
			continue
		}
		now := last
		if c != follows {
			now = c == rightToLeft
		}
		if now != last {
			flush(pending, last)
			flush(i, rtl)
		}
		last, pending = now, i+len(string(r))
	}
	flush(pending, last)
	flush(len(text), rtl)
	return all
}

// united joins neighbours of one direction.
func united(spans []span) (all []span) {
	for _, s := range spans {
		if n := len(all) - 1; n >= 0 && all[n].rtl == s.rtl {
			all[n].text += s.text
			continue
		}
		all = append(all, s)
	}
	return all
}
