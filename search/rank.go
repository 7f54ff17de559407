package search

import (
	"cmp"
	"math"
	"slices"

	"masar"
	"masar/answers"
)

// Corpus is the data that ranking needs about the searched graph. Its entities are numbered from 0 to Size-1.
type Corpus[E ~int32] struct {
	Size int
	// Found has the entities that each lookup of the query found.
	Found [][]E
	// Degree returns the number of an entity's claims. MaxDegree is the highest degree.
	Degree    func(E) int
	MaxDegree int
	// Find returns the entity of a reference.
	Find func(masar.Ref) (E, bool)
}

// Ranking is the result of a query, best first. Equal scores are ordered by number.
type Ranking[E ~int32] struct {
	Match answers.SearchMatch
	Hits  []Hit[E]
}

// Hit is an entity that matches a query.
type Hit[E ~int32] struct {
	Entity E
	// Score is from 0 to 1.
	Score float64
}

// Rank scores and orders the entities that match a query: those with all of its words or, if there are none, those with
// some of its words.
func Rank[E ~int32](q *Query, c Corpus[E]) Ranking[E] {
	// Entities are known by their index among the candidates, so that computed values are stored in slices.
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
			continue // found only by lookups that affect the order, or without all words
		}
		score := scores[i]
		if c.MaxDegree > 0 {
			score *= 1 + prior*math.Log1p(float64(c.Degree(e)))/math.Log1p(float64(c.MaxDegree))
		}
		// Scores are rounded to four digits. Smaller differences are ignored: such hits are ordered by kind and code.
		ranking.Hits = append(ranking.Hits, Hit[E]{e, math.Round(score/best*1e4) / 1e4})
	}
	slices.SortFunc(ranking.Hits, func(a, b Hit[E]) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Entity, b.Entity)) })
	return ranking
}
