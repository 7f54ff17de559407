package search

import (
	"math"

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
	candidates := int32(0)
	places := make([]int32, c.Size) // of an entity, plus 1
	found := make([][]int32, len(c.Found))
	for i, entities := range c.Found {
		found[i] = make([]int32, len(entities))
		for j, e := range entities {
			if places[e] == 0 {
				candidates++
				places[e] = candidates
			}
			found[i][j] = places[e] - 1
		}
	}
	s := newScorer(q, found, int(candidates))
	scores, most := s.words(c.Size)
	most = s.listed(most)
	s.addBonuses(scores)
	s.prefer(scores, func(ref masar.Ref) (int32, bool) {
		if e, ok := c.Find(ref); ok {
			return places[e] - 1, places[e] > 0
		}
		return 0, false
	})
	ranking := Ranking[E]{Match: answers.MatchAny, Hits: make([]Hit[E], 0, candidates)}
	if most == q.needed() {
		ranking.Match = answers.MatchAll
	}
	for e, place := range places {
		i := place - 1
		if i < 0 || s.has[i] == 0 || ranking.Match == answers.MatchAll && s.has[i] < most {
			continue // found only by lookups that affect the order, or without all words
		}
		score := scores[i]
		if c.MaxDegree > 0 {
			score *= 1 + prior*log1p(c.Degree(E(e)))/log1p(c.MaxDegree)
		}
		// Scores are rounded to four digits. Smaller differences are ignored: such hits are ordered by kind and code.
		ranking.Hits = append(ranking.Hits, Hit[E]{E(e), math.Round(score/best*scoreSteps) / scoreSteps})
	}
	ranking.Hits = byScore(ranking.Hits)
	return ranking
}

// scoreSteps is the number of different scores above 0.
const scoreSteps = 1e4

// byScore orders hits by their scores, best first. Equal scores keep their order. Scores are few and hits can be many, so
// they are counted rather than compared.
func byScore[E ~int32](hits []Hit[E]) []Hit[E] {
	step := func(h Hit[E]) int { return scoreSteps - min(scoreSteps, int(h.Score*scoreSteps+0.5)) }
	var starts [scoreSteps + 2]int32
	for _, h := range hits {
		starts[step(h)+1]++
	}
	for i := range starts[1:] {
		starts[i+1] += starts[i]
	}
	ordered := make([]Hit[E], len(hits))
	for _, h := range hits {
		at := &starts[step(h)]
		ordered[*at] = h
		*at++
	}
	return ordered
}

// logs are the logarithms of small numbers of claims.
var logs = func() (all [1024]float64) {
	for n := range all {
		all[n] = math.Log1p(float64(n))
	}
	return all
}()

func log1p(n int) float64 {
	if n < len(logs) {
		return logs[n]
	}
	return math.Log1p(float64(n))
}
