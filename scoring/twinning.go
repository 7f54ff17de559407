package scoring

import (
	"math"

	"masar"
)

// Step is how well a country can learn from one whose maturity is higher by a difference, in [0,1]: 0 where it is not higher,
// else by the profile's step.
func Step(difference float64, step masar.MaturityStep) float64 {
	switch {
	case !(difference > 0): // also true for NaN
		return 0
	case difference < step.Full:
		return difference / step.Full
	case difference <= step.Falling:
		return 1
	case difference < step.Far:
		return 1 - (difference-step.Falling)/(step.Far-step.Falling)*(1-step.FarFactor)
	}
	return step.FarFactor
}

// Supply is 1 − Π(1 − s) over the case studies of a country, by the support s of each; those that are counted without a name
// count the profile's share each. Where there are none it is 0.
func Supply(cases []float64, unnamed int, share float64) float64 {
	return 1 - (1-Any(cases...))*math.Pow(1-share, float64(unnamed))
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
