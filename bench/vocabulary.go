package bench

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"masar"
)

// Vocabulary is the words of texts in both languages with their frequencies. A text drawn from it has the words of the
// language as often as the texts have: a few in every sentence, and most hardly ever (Zipf's law).
type Vocabulary struct{ ar, en frequencies }

// frequencies are the words of a language, the most frequent first. until[i] is the number of occurrences of the words up to
// the word i.
type frequencies struct {
	words []string
	until []int
}

// NewVocabulary counts the words of texts.
func NewVocabulary(texts []masar.LocalizedText) *Vocabulary {
	ar, en := map[string]int{}, map[string]int{}
	for _, t := range texts {
		countWords(ar, t.AR.Value)
		countWords(en, t.EN.Value)
	}
	return &Vocabulary{newFrequencies(ar), newFrequencies(en)}
}

func countWords(counts map[string]int, text string) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		counts[word]++
	}
}

func newFrequencies(counts map[string]int) frequencies {
	var f frequencies
	for word := range counts {
		f.words = append(f.words, word)
	}
	slices.SortFunc(f.words, func(a, b string) int {
		if d := counts[b] - counts[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	total := 0
	for _, word := range f.words {
		total += counts[word]
		f.until = append(f.until, total)
	}
	return f
}

// Size is the number of words in the language that has fewer.
func (v *Vocabulary) Size() int { return min(len(v.ar.words), len(v.en.words)) }

// Text is a text of about so many words in each language. Equal states of r give equal texts.
func (v *Vocabulary) Text(r *rand.Rand, words int) masar.LocalizedText {
	n := words*3/4 + r.IntN(words/2+1)
	return masar.LocalizedText{
		AR: masar.Translation{Value: v.ar.text(r, n)},
		EN: masar.Translation{Value: v.en.text(r, n)},
	}
}

// names is the share of words that are new names: one in so many. Without them a large graph would have no rare words.
const names = 25

func (f frequencies) text(r *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		if words[i] = f.word(r); r.IntN(names) == 0 {
			words[i] = front(words[i]) + front(f.word(r)) + front(f.word(r))
		}
	}
	return strings.Join(words, " ")
}

// word draws a word by its frequency.
func (f frequencies) word(r *rand.Rand) string {
	at, _ := slices.BinarySearch(f.until, r.IntN(f.until[len(f.until)-1])+1)
	return f.words[at]
}

// front is the first half of a word, of at least two letters.
func front(word string) string {
	runes := []rune(word)
	return string(runes[:min(len(runes), max(2, len(runes)/2))])
}
