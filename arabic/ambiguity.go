package arabic

import (
	_ "embed" // the readings
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Ambiguity is a word or phrase of a query that has several readings.
type Ambiguity struct {
	// Start and End are rune offsets into the query as written, half open.
	Start, End int
	Readings   []Reading
	// Meant is the place among Readings of the one that the query itself settles, by vowel signs or by a word beside
	// it (عُمان, سلطنة عمان), or -1: then search looks for all, and says so.
	Meant int
}

// Reading is one thing that an ambiguous word may mean.
type Reading struct {
	// Entity is the reference of the entity meant, KIND/code, or empty if the graph has none.
	Entity string
	// AR and EN name the reading without ambiguity.
	AR, EN string
}

// Ambiguities gives the words of a query that have several readings, in the order in which they stand:
// عمان is Oman as well as Amman.
func Ambiguities(query string) []Ambiguity {
	terms := Analyse(query)
	written := []rune(query)
	count := map[string]int{}
	for _, t := range terms {
		count[t.Text]++
	}
	var out []Ambiguity
	for i := range terms {
		for _, word := range ambiguous {
			last, found := word.at(terms, i)
			if !found {
				continue
			}
			a := Ambiguity{Start: terms[i].Start, End: last.End, Meant: -1}
			for _, r := range word.readings {
				a.Readings = append(a.Readings, r.Reading)
			}
			a.Meant = word.settle(count, string(written[a.Start:a.End]))
			out = append(out, a)
		}
	}
	return out
}

//go:embed ambiguous.txt
var ambiguousText string

var ambiguous = ambiguousWords(ambiguousText)

type ambiguousWord struct {
	words    []string
	readings []ambiguousReading
}

type ambiguousReading struct {
	Reading
	beside []string // words that settle for it
}

func ambiguousWords(list string) []ambiguousWord {
	var out []ambiguousWord
	for line := range Lines(list) {
		fields := strings.Split(line, "|")
		if len(fields) != 5 {
			panic(fmt.Sprintf("ambiguous.txt: five fields are wanted in %q", line))
		}
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		words := Words(fields[0])
		i := slices.IndexFunc(out, func(w ambiguousWord) bool { return slices.Equal(w.words, words) })
		if i < 0 {
			i = len(out)
			out = append(out, ambiguousWord{words: words})
		}
		out[i].readings = append(out[i].readings, ambiguousReading{
			Reading: Reading{Entity: strings.TrimPrefix(fields[1], "-"), AR: fields[2], EN: fields[3]},
			beside:  Words(fields[4]),
		})
	}
	return out
}

// at reports whether the word stands at a place among the terms, and gives its last term.
// What only shares its stem does not count: العمانية is Omani.
func (w ambiguousWord) at(terms []Term, i int) (last Term, found bool) {
	for _, word := range w.words {
		if i >= len(terms) || terms[i].Text != word || terms[i].Part {
			return Term{}, false
		}
		last = terms[i]
		i++
	}
	return last, len(w.words) > 1 || strings.HasSuffix(last.Exact, w.words[0])
}

// settle gives the one reading that the query allows, or -1. The query is given by how often it has each word.
func (w ambiguousWord) settle(count map[string]int, written string) int {
	if isVowelled(written) {
		if meant := onlyOne(w.readings, func(r ambiguousReading) bool { return vowelsAllow(written, r.AR) }); meant >= 0 {
			return meant
		}
	}
	return onlyOne(w.readings, func(r ambiguousReading) bool {
		return slices.ContainsFunc(r.beside, func(word string) bool { return count[word] > 0 })
	})
}

// onlyOne gives the place of the only reading of which something is true, or -1.
func onlyOne(readings []ambiguousReading, is func(ambiguousReading) bool) int {
	one := -1
	for i, r := range readings {
		if !is(r) {
			continue
		}
		if one >= 0 {
			return -1
		}
		one = i
	}
	return one
}

func isVowelled(s string) bool { return strings.ContainsFunc(s, isVowelSign) }

// isVowelSign knows the vowel signs and the shadda, ً to ْ.
func isVowelSign(r rune) bool { return '\u064b' <= r && r <= '\u0652' }

// vowelsAllow reports whether the signs that a reader typed all stand in the fully vowelled word, each on its letter.
// The word may have letters before it (لعُمان), so that both are compared from their ends.
func vowelsAllow(written, vowelled string) bool {
	a, b := signs(written), signs(vowelled)
	for i := 1; i <= len(a) && i <= len(b); i++ {
		for _, sign := range a[len(a)-i] {
			if !slices.Contains(b[len(b)-i], sign) {
				return false
			}
		}
	}
	return true
}

// signs gives the vowel signs on each letter of a word.
func signs(word string) [][]rune {
	var on [][]rune
	for _, r := range word {
		switch {
		case isVowelSign(r) && len(on) > 0:
			on[len(on)-1] = append(on[len(on)-1], r)
		case unicode.IsLetter(r) && r != 'ـ':
			on = append(on, nil)
		}
	}
	return on
}
