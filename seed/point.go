package seed

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"masar"
)

// Pointer identifies words of a text by position and hash, as a passage in a seed file does.
type Pointer struct {
	// Start and End are the half-open range of runes.
	Start, End int
	// SHA256 is the hash of the words' UTF-8 bytes, in hex.
	SHA256 string
}

// Point finds the passage of a text that begins with from and ends with to. An empty to means that the passage is from.
// Each must occur exactly once, and to not before from. The error states the positions.
func Point(text, from, to string) (Pointer, error) {
	start, err := once(text, from, 0)
	if err != nil {
		return Pointer{}, fmt.Errorf("the first words %w", err)
	}
	end := start + len(from)
	if to != "" {
		last, err := once(text, to, start)
		if err != nil {
			return Pointer{}, fmt.Errorf("the last words %w", err)
		}
		end = max(end, last+len(to))
	}
	before := utf8.RuneCountInString(text[:start])
	words := text[start:end]
	return Pointer{Start: before, End: before + utf8.RuneCountInString(words), SHA256: sum(words)}, nil
}

// Version returns the version of a document for its text.
func Version(text string) masar.DocumentVersion {
	return masar.DocumentVersion{SHA256: sum(text), Length: utf8.RuneCountInString(text)}
}

// once returns the byte offset of words that occur exactly once in a text, at or after an offset.
func once(text, words string, after int) (int, error) {
	if words == "" {
		return 0, fmt.Errorf("are missing")
	}
	if !utf8.ValidString(words) {
		return 0, fmt.Errorf("%q are not in UTF-8", words)
	}
	var found []int
	for at := after; at < len(text); {
		i := strings.Index(text[at:], words)
		if i < 0 {
			break
		}
		found = append(found, at+i)
		_, size := utf8.DecodeRuneInString(text[at+i:])
		at += i + size
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		if after > 0 && strings.Contains(text, words) {
			return 0, fmt.Errorf("%q occur only before the first words, at %s", words, place(text, strings.Index(text, words)))
		}
		return 0, fmt.Errorf("%q are not in the text", words)
	}
	const most = 5
	var places []string
	for _, at := range found[:min(len(found), most)] {
		places = append(places, place(text, at))
	}
	if len(found) > most {
		places = append(places, fmt.Sprintf("and %d more", len(found)-most))
	}
	return 0, fmt.Errorf("%q occur %d times in the text, at %s; give more words", words, len(found), strings.Join(places, ", "))
}

// place formats a byte offset of a text as line and column.
func place(text string, at int) string {
	return fmt.Sprintf("rune %d (line %d)", utf8.RuneCountInString(text[:at]), 1+strings.Count(text[:at], "\n"))
}

func sum(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}
