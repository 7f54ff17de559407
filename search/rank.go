package search

import (
	"cmp"
	"math"
	"slices"

	"masar"
	"masar/answers"
)

// Corpus is what ranking has to know of the graph that is searched. Its entities are the numbers from 0 to Size.
type Corpus[E ~int32] struct {
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
	Match answers.SearchMatch
	Hits  []Hit[E]
}

// Hit is an entity that was found.
type Hit[E ~int32] struct {
	Entity E
	// Score is from 0 to 1.
	Score float64
}

// Rank scores and orders the entities that were found for a query: those with all of its words, or, where there are
// none, those with some.
func Rank[E ~int32](q *Query, c Corpus[E]) Ranking[E] {
	// What was found is known by its place among the candidates, so that what is computed for it is in slices.
	var candidates []E
	places := make([]int32, c.Size) // of an entity, plus 1
	found := make([][]int32, len(c.Found))
	for i, entities := range c.Found {
		found[i] = make([]int32, len(entities))
		for j, e := range entities {
			if places[e] == 0 {
				candidates = append(candidates, e)
				places[e] = int32(len(candidates))
			}
			found[i][j] = places[e] - 1
		}
	}
	s := newScorer(q, found, len(candidates))
	scores, most := s.words(c.Size)
	most = s.listed(most)
	s.addBonuses(scores)
	s.prefer(scores, func(ref masar.Ref) (int32, bool) {
		if e, ok := c.Find(ref); ok {
			return places[e] - 1, places[e] > 0
		}
		return 0, false
	})
	ranking := Ranking[E]{Match: answers.MatchAny}
	if most == q.needed() {
		ranking.Match = answers.MatchAll
	}
	for i, e := range candidates {
		if s.has[i] == 0 || ranking.Match == answers.MatchAll && s.has[i] < most {
			continue // found by what only orders, or without all words
		}
		score := scores[i]
		if c.MaxDegree > 0 {
			score *= 1 + prior*math.Log1p(float64(c.Degree(e)))/math.Log1p(float64(c.MaxDegree))
		}
		// To four digits: what differs by less is equal, and comes by kind and code.
		ranking.Hits = append(ranking.Hits, Hit[E]{e, math.Round(score/best*1e4) / 1e4})
	}
	slices.SortFunc(ranking.Hits, func(a, b Hit[E]) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Entity, b.Entity)) })
	return ranking
}
