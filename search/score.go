package search

import (
	"math"

	"masar"
)

// The value of a word by the place where it occurs. The value of a unit is the highest of them; see docs/search.md.
const (
	inCode     = 1.2  // the whole code
	inTitle    = 1.0  // the title, in the form of the query
	inName     = 0.9  // another name, in the form of the query
	otherForm  = 0.9  // factor if the title or name has another form of the word
	inPartCode = 0.6  // a part of the code
	inText     = 0.35 // the summary, or the name of the kind
	alsoInText = 0.05 // added if the word is in the summary as well as in the title or a name
	// lightWeight is the weight of a word next to a code relative to other words: "goal" in "goal 16".
	lightWeight = 0.1
)

// begun is the value of the beginning of a word by place. It is lower than the value of the whole word.
var begun = map[Part]float64{Codes: inPartCode * otherForm, Titles: inTitle * otherForm * otherForm, Names: inName * otherForm * otherForm, Texts: inText * otherForm}

// Additions for matches of more than single words.
const (
	wholeCode  = 0.6
	wholeTitle = 0.5
	wholeName  = 0.45
	inOrder    = 0.15 // all words of the query are adjacent in a title or name
	// otherReading is the factor for hits that match another meaning than the selected one.
	otherReading = 0.2
	// prior is the maximum addition for the number of claims of an entity.
	prior = 0.1
	// best is the maximum score. Scores are divided by it.
	best = (inCode + alsoInText + wholeCode + wholeTitle + inOrder) * (1 + prior)
)

// scorer computes the values of a query for its candidates, which are known by their index.
type scorer struct {
	*Query
	found  [][]int32   // the candidates that each lookup found
	values [][]float64 // value of each unit of the query in each candidate; 0 if it does not occur
	has    []int       // the number of units in each candidate
	marks  []int       // marks candidates with the number mark
	mark   int
}

func newScorer(q *Query, found [][]int32, candidates int) *scorer {
	s := &scorer{Query: q, found: found, has: make([]int, candidates), marks: make([]int, candidates), values: make([][]float64, q.units)}
	for u := range s.values {
		s.values[u] = make([]float64, candidates)
	}
	own := make([]float64, candidates) // of one way
	for _, w := range q.ways {
		clear(own)
		s.value(w, own)
		for _, u := range w.units {
			for i, value := range own {
				s.values[u][i] = max(s.values[u][i], value)
			}
		}
	}
	return s
}

// with returns the candidates that have a term in a part.
func (s *scorer) with(part Part, term string) []int32 {
	if i, ok := s.at[Lookup{Part: part, Term: term}]; ok {
		return s.found[i]
	}
	return nil
}

// withAll returns the candidates that have all given terms in a part.
func (s *scorer) withAll(part Part, terms []string) []int32 {
	all := s.with(part, terms[0])
	for _, term := range terms[1:] {
		s.mark++
		for _, i := range s.with(part, term) {
			s.marks[i] = s.mark
		}
		var both []int32
		for _, i := range all {
			if s.marks[i] == s.mark {
				both = append(both, i)
			}
		}
		all = both
	}
	return all
}

// anywhere returns the candidates that have all given words in one of their parts. A candidate can occur twice.
func (s *scorer) anywhere(words []string) []int32 {
	var all []int32
	for _, part := range []Part{Titles, Names, Texts} {
		all = append(all, s.withAll(part, words)...)
	}
	return all
}

// value computes the value of a way for each candidate.
func (s *scorer) value(w way, values []float64) {
	give := func(all []int32, value float64) {
		for _, i := range all {
			values[i] = max(values[i], value*w.weight)
		}
	}
	if len(w.words) == 0 {
		give(s.with(Codes, w.exact), inCode)
		return
	}
	give(s.withAll(Titles, w.pairs()), inTitle*otherForm)
	give(s.withAll(Names, w.pairs()), inName*otherForm)
	if w.own {
		give(s.with(Titles, w.exact), inTitle)
		give(s.with(Names, w.exact), inName)
		give(s.with(Codes, w.words[0]), inPartCode)
		give(s.with(Codes, w.exact), inCode)
	}
	if len(w.words) == 1 {
		give(s.with(Texts, ofKind+w.words[0]), inText)
	}
	for _, l := range w.begun() {
		if i, ok := s.at[l]; ok {
			give(s.found[i], begun[l.Part])
		}
	}
	for _, i := range s.withAll(Texts, w.words) {
		values[i] = max(values[i]+alsoInText*w.weight, inText*w.weight)
	}
}

// words sets for each candidate the mean value of the units of the query, weighted by their rarity in a graph of the
// given size. It returns the maximum number of units.
func (s *scorer) words(size int) (scores []float64, most int) {
	scores = make([]float64, len(s.has))
	weights, total := make([]float64, s.units), 0.
	for u, values := range s.values {
		n := 0
		for i, value := range values {
			if value > 0 {
				n++
				if !s.light[u] {
					s.has[i]++
					most = max(most, s.has[i])
				}
			}
		}
		weights[u] = math.Log1p(float64(size) / float64(1+n))
		if s.light[u] {
			weights[u] *= lightWeight
		}
		total += weights[u]
	}
	for u, values := range s.values {
		for i, value := range values {
			scores[i] += weights[u] * value / total
		}
	}
	return scores, most
}

// listed counts an entity that one of several codes names as having all words, because no entity has all of the codes.
// It returns the maximum number of units.
func (s *scorer) listed(most int) int {
	if len(s.codes) < 2 {
		return most
	}
	for _, code := range s.codes {
		for _, i := range s.with(Codes, code) {
			s.has[i], most = s.needed(), s.needed()
		}
	}
	return most
}

// addBonuses adds the values for adjacent words, a whole title and a whole code.
func (s *scorer) addBonuses(scores []float64) {
	whole := make([]float64, len(scores))
	for _, w := range s.wholes {
		for _, i := range s.with(Titles, w.term) {
			whole[i] = max(whole[i], wholeTitle*w.weight)
		}
		for _, i := range s.with(Names, w.term) {
			whole[i] = max(whole[i], wholeName*w.weight)
		}
	}
	for i, bonus := range whole {
		scores[i] += bonus
	}
	for _, code := range s.codes {
		for _, i := range s.with(Codes, code) {
			scores[i] += wholeCode
		}
	}
	each := inOrder / float64(2*max(1, len(s.pairs)))
	for _, pair := range s.pairs {
		for _, part := range []Part{Titles, Names} {
			for _, i := range s.with(part, pair) {
				scores[i] += each
			}
		}
	}
}

// prefer lowers the scores of candidates that match another meaning of an ambiguous word than the selected one. The
// function returns the candidate of a reference.
func (s *scorer) prefer(scores []float64, find func(masar.Ref) (int32, bool)) {
	for _, p := range s.preferences {
		settled := map[int32]bool{}
		for _, i := range s.anywhere(p.meant) {
			settled[i] = true
		}
		if i, ok := find(p.entity); ok {
			settled[i] = true
		}
		for _, words := range p.others {
			for _, i := range s.anywhere(words) {
				if !settled[i] {
					scores[i] *= otherReading
					settled[i] = true // once is enough
				}
			}
		}
	}
}
