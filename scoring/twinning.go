package scoring

import (
	"math"

	"masar"
)

// Step is how well a country can learn from one whose maturity is higher by difference, in [0,1]. It is 0 if it is
// not higher, rises to 1 at .10, stays 1 up to .35, and falls to .4 at .60 and beyond, because a country far ahead is
// hard to follow.
func Step(difference float64) float64 {
	switch {
	case !(difference > 0): // also true for NaN
		return 0
	case difference < .10:
		return difference / .10
	case difference <= .35:
		return 1
	case difference < .60:
		return 1 - (difference-.35)/(.60-.35)*(1-.4)
	}
	return .4
}

// UnnamedCase is the value of a case study that a table counts without naming it.
const UnnamedCase = .05

// Supply is 1 − Π(1 − s) over the case studies of a country with support s, where each unnamed one counts
// UnnamedCase. Without case studies it is 0.
func Supply(cases []float64, unnamed int) float64 {
	return 1 - (1-Any(cases...))*math.Pow(1-UnnamedCase, float64(unnamed))
}

// Twin holds the factors of a twinning score, each in [0,1].
type Twin struct {
	// Align is the share of the recipient's needs that the topic covers.
	Align Interval
	// Supply and Own are the experience of the supplier and of the recipient.
	Supply, Own float64
	// Step is how well the two levels of maturity suit each other, Similarity the similarity of the two countries, and
	// Availability the likelihood that the supplier takes part.
	Step, Similarity Interval
	Availability     float64
}

// Score is Align · max(0, Supply − Own) · Step · Similarity · Availability. Low ends give the low end of the score,
// high ends the high end. The coverage is the mean of the six factors' coverage.
func (t Twin) Score() masar.ScoreRange {
	product := Known(max(0, t.Supply-t.Own) * t.Availability)
	coverage := 3. // Supply, Own and Availability
	for _, factor := range []Interval{t.Align, t.Step, t.Similarity} {
		product = product.Times(factor)
		coverage += factor.Coverage()
	}
	return product.score(coverage / 6)
}
