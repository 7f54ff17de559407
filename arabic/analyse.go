// Package arabic makes search terms from Arabic and English text, and from queries alike: whatever is
// spelt, vocalised, inflected or prefixed in another way in the one than in the other meets as one term.
// It is pure functions over its own word lists, which are data files read once.
//
// The words of a text are found by [Analyse]; [Expand] gives what else may stand for the words of a query
// (synonyms, the other language); [Ambiguities] says which words of a query have several readings;
// [Fold] makes keys for exact comparison and for sorting.
package arabic

// Term is a word of a text, or a piece of one, as search compares it.
type Term struct {
	// Text is what search compares: folded, without article and proclitics, stemmed.
	// والمؤسسات, مؤسسة and المؤسسات have one Text; "policies" and "policy" have one.
	Text string
	// Exact is the word folded and nothing more, which ranks a hit in the very form above others.
	Exact string
	// Start and End are rune offsets into the text as written, half open: what a page highlights.
	Start, End int
	// Position counts the smallest words of the text from 0, and Width says over how many the term goes:
	// 1, but for what is written together out of several ("16.6", "e-government").
	// A term is followed by the terms whose Position is its own plus its Width, which is what phrases need.
	Position, Width int
	// Stop marks words such as من, التي, "of" and "the", which say little. They keep their positions.
	Stop bool
	// Part marks a piece of a wider term that stands before it: the 16 of 16.6, the "government" of "e-government".
	Part bool
}

// Analyse finds the terms of a text, in the order in which they start, a wider one before its parts.
//
// Words are separated by anything but letters and digits, and by a change of script: مشروعENACT is two
// words, و16 is two. Vowel signs, tatweel and zero-width characters do not end a word. What is joined by
// hyphen, dot, @, & or apostrophe is one term and its parts as well: "ENACT-KM-05" is enactkm05, enact, km
// and 05; "16.6.1" is also 16.6. Hyphens between letters fall out of the whole, so that "e-government" meets
// "egovernment", and a possessive 's goes. Arabic words are never joined.
func Analyse(text string) []Term {
	s := scanner{letters: foldLetters(text)}
	for s.at < len(s.letters) {
		if scriptOf(s.letters[s.at].rune) == none {
			s.at++
			continue
		}
		s.compound(s.group(), 0, false)
	}
	return s.terms
}
