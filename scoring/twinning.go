package scoring

import (
	"math"

	"masar"
)

// Step is how well a country can learn from one whose maturity is higher by a difference, in [0,1]: 0 where it is not
// higher, rising to 1 at .10, 1 to .35, falling to .4 at .60 and beyond: a country far ahead is hard to follow.
func Step(difference float64) float64 {
	switch {
	case !(difference > 0): // and not for NaN
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

// UnnamedCase is what a case study counts that a table counts without naming it.
const UnnamedCase = .05

// Supply is 1 − Π(1 − s) over the case studies of a country, by the support s of each; those that are counted without a name
// count UnnamedCase each. Where there are none it is 0.
func Supply(cases []float64, unnamed int) float64 {
	return 1 - (1-Any(cases...))*math.Pow(1-UnnamedCase, float64(unnamed))
}

// Twin are the factors of how well one country can learn from another, each in [0,1].
type Twin struct {
	// Align is the share of the recipient's needs that the topic meets.
	Align Interval
	// Supply and Own are the experience of the supplier and of the recipient.
	Supply, Own float64
	// Step is how well the two levels of maturity suit each other, Similarity that of the two countries, Availability how
	// likely the supplier is to take part.
	Step, Similarity Interval
	Availability     float64
}

// Score is Align · max(0, Supply − Own) · Step · Similarity · Availability: the low ends make the low end of the score and the
// high ends the high end. The coverage is the mean of the six factors' coverage.
func (t Twin) Score() masar.Score {
	product := Known(max(0, t.Supply-t.Own) * t.Availability)
	coverage := 3. // Supply, Own and Availability
	for _, factor := range []Interval{t.Align, t.Step, t.Similarity} {
		product = product.Times(factor)
		coverage += factor.Coverage()
	}
	return product.score(coverage / 6)
}
