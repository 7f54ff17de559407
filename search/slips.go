package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/vellum/levenshtein"

	"masar"
	"masar/answers"
	"masar/arabic"
)

// distanceOf returns the maximum number of slips in a word by its length. Short words have none, because too many words
// are similar.
func distanceOf(letters int) int {
	switch {
	case letters <= 5:
		return 0
	case letters <= 8:
		return 1
	}
	return 2
}

// maxSlips is the maximum number of corrected words in a query.
const maxSlips = 3

// automata find the words within one or two slips of a word. A slip is an added, missing, replaced or transposed letter.
var automata = [...]func() (*levenshtein.LevenshteinAutomatonBuilder, error){
	sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
		return levenshtein.NewLevenshteinAutomatonBuilder(1, true)
	}),
	sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
		return levenshtein.NewLevenshteinAutomatonBuilder(2, true)
	}),
}

// near is a word of the index that is similar to a word of the query.
type near struct {
	word  string
	slips int
	docs  int
}

func (n near) compare(other near) int {
	return cmp.Or(cmp.Compare(n.slips, other.slips), cmp.Compare(other.docs, n.docs), cmp.Compare(n.word, other.word))
}

// wordParts are the parts whose words are used for corrections.
var wordParts = []Part{Titles, Names, Texts}

// attached are the prefixes that Arabic writes together with a word. The index may contain a word only with one of them.
var attached = []string{"", article, "و", "وال"}

// nearest returns the word of the index that is most similar to a word without a match, or "" if none is similar enough.
func (x *Index) nearest(word string) string {
	bare, hasArticle := strings.CutPrefix(word, article) // the article is not part of the word
	for _, prefix := range attached {
		if hasArticle && strings.HasSuffix(prefix, article) {
			continue
		}
		if meant := x.nearestWith(prefix, word, utf8.RuneCountInString(bare)); meant != "" {
			return meant
		}
	}
	if hasArticle && bare != "" { // the index may contain the word only with its article
		if meant := x.nearest(bare); meant != "" {
			return article + meant
		}
	}
	return ""
}

// nearestWith returns the most similar word to the given letters among the words of the index with a prefix. The result
// is without the prefix.
func (x *Index) nearestWith(prefix, word string, letters int) string {
	if prefix != "" && !isArabic([]rune(word)[0]) {
		return ""
	}
	candidates := x.hamzas(prefix + word)
	if len(candidates) == 0 {
		candidates = x.within(prefix+word, distanceOf(letters))
	}
	candidates = slices.DeleteFunc(candidates, func(n near) bool {
		return !strings.HasPrefix(n.word, prefix) || n.word == prefix+word
	})
	if len(candidates) == 0 {
		return ""
	}
	return strings.TrimPrefix(slices.MinFunc(candidates, near.compare).word, prefix)
}

// hamzas returns words that differ from a word only in a hamza that was omitted or written as its seat: الموسسات, الذكا.
func (x *Index) hamzas(word string) []near {
	letters := []rune(word)
	if !isArabic(letters[0]) {
		return nil
	}
	var found []near
	try := func(letters []rune) {
		if docs := x.count(string(letters)); docs > 0 {
			found = append(found, near{string(letters), 0, docs})
		}
	}
	for i, r := range letters {
		if r == 'و' || r == 'ي' {
			with := slices.Clone(letters)
			with[i] = 'ء'
			try(with)
		}
		if r == 'ا' || r == 'و' || r == 'ي' {
			try(slices.Insert(slices.Clone(letters), i+1, 'ء'))
		}
	}
	return found
}

// count returns the number of documents that contain a word in its form.
func (x *Index) count(word string) int {
	n := 0
	for _, part := range wordParts {
		for range x.matches(Lookup{Part: part, Term: exactly + word}) {
			n++
		}
	}
	return n
}

// within returns the words of the index within a number of slips of a word.
func (x *Index) within(word string, slips int) []near {
	if slips == 0 {
		return nil
	}
	builder, err := automata[slips-1]()
	if err != nil {
		return nil
	}
	words := map[string]bool{}
	for _, part := range wordParts {
		automaton, err := builder.BuildDfa(string(key(part, exactly+word)), uint8(slips))
		if err != nil { // the word is too long for an automaton
			return nil
		}
		from := key(part, exactly)
		for _, s := range x.segments {
			for k := range entries(s.terms.Search(automaton, from, past(from))) {
				words[string(k[len(from):])] = true
			}
		}
	}
	var all []near
	for meant := range words {
		if docs := x.count(meant); docs > 0 && !strings.ContainsFunc(meant, unicode.IsDigit) {
			all = append(all, near{meant, masar.Distance([]rune(word), []rune(meant)), docs})
		}
	}
	return all
}

// spelt returns the most frequent spelling of a word of the index in the texts.
func (x *Index) spelt(word string) string {
	best, most := word, 0
	from := key(Spellings, word+exactly)
	counts := map[string]int{}
	for _, s := range x.segments {
		for k, value := range s.beginning(from) {
			for range s.documents(value) {
				counts[string(k[len(from):])]++
			}
		}
	}
	for written, n := range counts {
		if n > most || n == most && written < best {
			best, most = written, n
		}
	}
	return best
}

// Ask analyses a query for this index. A word without a match is replaced by the most similar word. With beginning, the
// last word is the beginning of a word.
func (x *Index) Ask(query string, beginning bool) (*Query, error) {
	q, err := parse(query, beginning)
	if err != nil {
		return nil, err
	}
	corrections := x.correct(q)
	if len(corrections) == 0 {
		return q, nil
	}
	written, shift := slices.Clone(q.written), 0
	var told []answers.SearchCorrection
	for _, c := range corrections {
		meant := []rune(c.meant)
		written = slices.Replace(written, c.at.from+shift, c.at.to+shift, meant...)
		shift += len(meant) - (c.at.to - c.at.from)
		told = append(told, answers.SearchCorrection{Term: string(q.written[c.at.from:c.at.to]), Corrected: c.meant})
	}
	corrected, err := parse(string(written), beginning)
	if err != nil { // the query itself is valid
		return q, nil
	}
	corrected.Corrections = told
	return corrected, nil
}

// correction is a word of a query with its replacement.
type correction struct {
	at    span
	meant string
}

// correct replaces the words of a query that have no match.
func (x *Index) correct(q *Query) []correction {
	var all []correction
	for _, w := range q.ways {
		if !w.own || w.at.to == 0 || len(w.beginnings) > 0 || q.isFound(x, w.units) || len(all) == maxSlips {
			continue
		}
		word := strings.TrimPrefix(w.exact, exactly)
		if strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) {
			continue
		}
		if meant := x.nearest(word); meant != "" {
			all = append(all, correction{w.at, x.written(meant)})
		}
	}
	return all
}

// written returns the spelling of a word in the texts, without prefixes that the index attaches to it.
func (x *Index) written(word string) string {
	for _, prefix := range attached {
		if x.count(prefix+word) > 0 {
			return strings.TrimPrefix(x.spelt(prefix+word), prefix)
		}
	}
	if bare, ok := strings.CutPrefix(word, article); ok {
		return article + x.written(bare)
	}
	return word
}

// isFound reports whether an index has a match for at least one of the given units.
func (q *Query) isFound(x *Index, units []int) bool {
	return slices.ContainsFunc(q.ways, func(w way) bool {
		if !slices.ContainsFunc(w.units, func(u int) bool { return slices.Contains(units, u) }) {
			return false
		}
		return slices.ContainsFunc(w.looked(), x.has)
	})
}

// looked returns the lookups of a way. Each of them shows that the way has a match. A way of several words has a match if
// each word has one.
func (w way) looked() []Lookup {
	var all []Lookup
	for _, word := range w.words {
		for _, part := range wordParts {
			all = append(all, Lookup{Part: part, Term: word})
		}
		all = append(all, Lookup{Part: Texts, Term: ofKind + word})
	}
	if w.own {
		all = append(all, Lookup{Part: Codes, Term: w.words[0]})
	}
	if w.exact != "" {
		all = append(all, Lookup{Part: Codes, Term: w.exact})
	}
	return all
}

// spellingsOf returns the spellings of the Arabic words of a text that the analyser changes.
func spellingsOf(value string, terms []arabic.Term) []string {
	written := []rune(value)
	var all []string
	for _, t := range terms {
		if t.Stop || !isArabic(written[t.Start]) {
			continue
		}
		plain := strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) || r == 'ـ' {
				return -1
			}
			return r
		}, string(written[t.Start:t.End]))
		if plain != t.Exact && !strings.ContainsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) }) {
			all = append(all, t.Exact+exactly+plain)
		}
	}
	return all
}
