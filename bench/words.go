package bench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"masar"
)

// Words gives entities of a generated graph titles and summaries in both languages, so that search can be measured: some
// forty words of a vocabulary that grows with the graph, of which a few are in every text and most in a handful.
type Words struct {
	r          *rand.Rand
	vocabulary [2][]string
}

// NewWords makes the words of a graph of so many entities. Equal seeds make equal words.
func NewWords(seed uint64, entities int) *Words {
	w := &Words{r: rand.New(rand.NewPCG(seed, seed))}
	size := 2000 + int(25*math.Sqrt(float64(entities))*8)
	for i, letters := range [2]string{"ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "abcdefghijklmnopqrstuvwxyz"} {
		runes, known := []rune(letters), map[string]bool{}
		for len(known) < size {
			word := make([]rune, 4+w.r.IntN(7))
			for j := range word {
				word[j] = runes[w.r.IntN(len(runes))]
			}
			if !known[string(word)] {
				known[string(word)] = true
				w.vocabulary[i] = append(w.vocabulary[i], string(word))
			}
		}
		slices.Sort(w.vocabulary[i])
		w.r.Shuffle(size, func(a, b int) { w.vocabulary[i][a], w.vocabulary[i][b] = w.vocabulary[i][b], w.vocabulary[i][a] })
	}
	return w
}

// text is a text of some words, the first of the vocabulary far more often than the last. Every second Arabic word has
// the article.
func (w *Words) text(lang, n int) string {
	words := make([]string, n)
	for i := range words {
		vocabulary := w.vocabulary[lang]
		words[i] = vocabulary[int(math.Pow(w.r.Float64(), 3)*float64(len(vocabulary)))]
		if lang == 0 && w.r.IntN(2) == 0 {
			words[i] = "ال" + words[i]
		}
	}
	return strings.Join(words, " ")
}

// Entity gives words to an entity.
func (w *Words) Entity(outline masar.EntityOutline) masar.Entity {
	e := &masar.Topic{Header: masar.Header{Kind: masar.KindTopic, Code: fmt.Sprint(strings.ToLower(string(outline.Ref.Kind)), "-", outline.Ref.Code)}}
	e.Titles = masar.LocalizedText{AR: masar.Translation{Value: w.text(0, 4)}, EN: masar.Translation{Value: w.text(1, 5)}}
	e.Summaries = masar.LocalizedText{AR: masar.Translation{Value: w.text(0, 15)}, EN: masar.Translation{Value: w.text(1, 18)}}
	return e
}
