package search

import (
	"cmp"
	"math"
	"slices"

	"masar"
)

// What a word counts by where it stands. A word's own value is the best of them; see docs/search.md.
const (
	inCode     = 1.2  // it is the whole code
	inTitle    = 1.0  // in the very form of the query
	inName     = 0.9  // likewise
	otherForm  = 0.9  // of that, where title or name have another form of the word
	inPartCode = 0.6  // it is a part of the code
	inText     = 0.35 // in the summary, or as the name of the kind
	alsoInText = 0.05 // more, where it stands in title or name and in the summary too
)

// What is added where more than single words agree.
const (
	wholeCode  = 0.6
	wholeTitle = 0.5
	wholeName  = 0.45
	inOrder    = 0.15 // all of the query's words follow each other in title or name
	// otherReading is what remains of the score of what speaks of another reading than the one meant.
	otherReading = 0.2
	// prior is the most that the number of its claims adds to the score of an entity.
	prior = 0.1
	// best is what no score exceeds; scores are told as shares of it.
	best = (inCode + alsoInText + wholeCode + wholeTitle + inOrder) * (1 + prior)
)

// Corpus is what ranking has to know of the graph that is searched.
type Corpus[E ~int32] struct {
	// Size is the number of its entities.
	Size int
	// Found are the entities that each of the query's lookups found.
	Found [][]E
	// Degree is the number of an entity's claims, and MaxDegree the most that any has.
	Degree    func(E) int
	MaxDegree int
	// Find is the entity of a reference.
	Find func(masar.Ref) (E, bool)
}

// Ranking is what was found for a query, best first; equals in the order of their numbers.
type Ranking[E ~int32] struct {
	Match masar.SearchMatch
	Hits  []Hit[E]
}

// Hit is an entity that was found.
type Hit[E ~int32] struct {
	Entity E
	Score  float64
}

// Rank scores and orders the entities that were found for a query: those with all of its words, or, where there are
// none, those with some.
func Rank[E ~int32](q *Query, c Corpus[E]) Ranking[E] {
	r := ranker[E]{Query: q, Corpus: c}
	values := r.values()
	weights, total := make([]float64, q.units), 0.
	for u, of := range values {
		weights[u] = math.Log1p(float64(c.Size) / float64(1+len(of)))
		total += weights[u]
	}
	scores, matched := map[E]float64{}, map[E]int{}
	for u, of := range values {
		for e, value := range of {
			scores[e] += weights[u] * value / total
			matched[e]++
		}
	}
	ranking := Ranking[E]{Match: masar.MatchAny}
	for _, n := range matched {
		if n == q.units {
			ranking.Match = masar.MatchAll
			break
		}
	}
	r.addBonuses(scores)
	r.prefer(scores)
	for e, score := range scores {
		if ranking.Match == masar.MatchAll && matched[e] < q.units {
			continue
		}
		if r.MaxDegree > 0 {
			score *= 1 + prior*math.Log1p(float64(r.Degree(e)))/math.Log1p(float64(r.MaxDegree))
		}
		// To four digits: what differs by less is equal, and comes by kind and code.
		ranking.Hits = append(ranking.Hits, Hit[E]{e, math.Round(score/best*1e4) / 1e4})
	}
	slices.SortFunc(ranking.Hits, func(a, b Hit[E]) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Entity, b.Entity)) })
	return ranking
}

type ranker[E ~int32] struct {
	*Query
	Corpus[E]
}

// with are the entities that have a term in a part.
func (r *ranker[E]) with(part masar.SearchPart, term string) []E {
	if i, ok := r.at[masar.SearchLookup{Part: part, Term: term}]; ok {
		return r.Found[i]
	}
	return nil
}

// values gives, for each unit of the query, what it counts in each entity that has it.
func (r *ranker[E]) values() []map[E]float64 {
	values := make([]map[E]float64, r.units)
	for u := range values {
		values[u] = map[E]float64{}
	}
	for _, w := range r.ways {
		for e, value := range r.valuesOf(w) {
			for _, u := range w.units {
				values[u][e] = max(values[u][e], value)
			}
		}
	}
	return values
}

func (r *ranker[E]) valuesOf(w way) map[E]float64 {
	values := map[E]float64{}
	give := func(all []E, value float64) {
		for _, e := range all {
			values[e] = max(values[e], value*w.weight)
		}
	}
	give(r.withAll(masar.SearchTitles, w.pairs()), inTitle*otherForm)
	give(r.withAll(masar.SearchNames, w.pairs()), inName*otherForm)
	if w.own {
		give(r.with(masar.SearchTitles, w.exact), inTitle)
		give(r.with(masar.SearchNames, w.exact), inName)
		give(r.with(masar.SearchCodes, w.words[0]), inPartCode)
		give(r.with(masar.SearchCodes, w.exact), inCode)
	}
	if len(w.words) == 1 {
		give(r.with(masar.SearchTexts, ofKind+w.words[0]), inText)
	}
	for _, e := range r.withAll(masar.SearchTexts, w.words) {
		values[e] = max(values[e]+alsoInText*w.weight, inText*w.weight)
	}
	return values
}

// withAll are the entities that have all of some terms in a part.
func (r *ranker[E]) withAll(part masar.SearchPart, terms []string) []E {
	all := r.with(part, terms[0])
	for _, term := range terms[1:] {
		all = common(all, r.with(part, term))
	}
	return all
}

// common are the entities of both lists. Lists come in the order of the store's numbers, so that neither is sorted.
func common[E ~int32](a, b []E) []E {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	in := make(map[E]bool, len(b))
	for _, e := range b {
		in[e] = true
	}
	var both []E
	for _, e := range a {
		if in[e] {
			both = append(both, e)
		}
	}
	return both
}

// addBonuses adds to the scores of entities found what they get for order, for a whole title and for a whole code.
func (r *ranker[E]) addBonuses(scores map[E]float64) {
	bonus := map[E]float64{}
	for _, w := range r.wholes {
		for part, value := range map[masar.SearchPart]float64{masar.SearchTitles: wholeTitle, masar.SearchNames: wholeName} {
			for _, e := range r.with(part, w.term) {
				bonus[e] = max(bonus[e], value*w.weight)
			}
		}
	}
	for _, e := range r.with(masar.SearchCodes, r.codes) {
		bonus[e] += wholeCode
	}
	for _, part := range []masar.SearchPart{masar.SearchTitles, masar.SearchNames} {
		for e, n := range r.pairsIn(part) {
			bonus[e] += inOrder * float64(n) / float64(2*len(r.pairs))
		}
	}
	for e, b := range bonus {
		if _, found := scores[e]; found {
			scores[e] += b
		}
	}
}

// pairsIn counts the pairs of the query's words that follow each other in a part of each entity.
func (r *ranker[E]) pairsIn(part masar.SearchPart) map[E]int {
	counts := map[E]int{}
	for _, pair := range r.pairs {
		for _, e := range r.with(part, pair) {
			counts[e]++
		}
	}
	return counts
}

// prefer lowers what speaks of another reading of an ambiguous word than the one that the query settles for.
func (r *ranker[E]) prefer(scores map[E]float64) {
	for _, p := range r.readers {
		meant := map[E]bool{}
		for _, e := range r.anywhere(p.meant) {
			meant[e] = true
		}
		if ref, err := masar.ParseRef(p.entity); err == nil {
			if e, ok := r.Find(ref); ok {
				meant[e] = true
			}
		}
		for _, words := range p.others {
			for _, e := range r.anywhere(words) {
				if score, found := scores[e]; found && !meant[e] {
					scores[e], meant[e] = score*otherReading, true // once is enough
				}
			}
		}
	}
}

// anywhere are the entities that have some words in one of their parts; one may be there twice.
func (r *ranker[E]) anywhere(words []string) []E {
	var all []E
	for _, part := range []masar.SearchPart{masar.SearchTitles, masar.SearchNames, masar.SearchTexts} {
		all = append(all, r.withAll(part, words)...)
	}
	return all
}
