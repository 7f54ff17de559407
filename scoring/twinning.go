package scoring

import (
	"math"

	"masar"
)

// Step is how well a country can learn from one whose maturity is higher by a difference, in [0,1]: 0 where it is not
// higher, rising to 1 at .10, 1 to .35, falling to .4 at .60 and .4 from there on: a country far ahead is hard to follow.
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

// UnnamedCase is what a case counts that a source counts without naming it: it exists, and nothing else is known of it.
const UnnamedCase = .05

// Supply is 1 − Π(1 − s) over the cases of a country: the named ones by their support s, and each unnamed one by UnnamedCase.
// It is unknown where there is no case: that nobody wrote a practice down does not say that there is none.
func Supply(named []float64, unnamed int) Estimate {
	if len(named) == 0 && unnamed <= 0 {
		return Unknown
	}
	missed := math.Pow(1-UnnamedCase, float64(max(0, unnamed)))
	return Known(1 - (1-Any(named...))*missed)
}

// Lead is max(0, supplier's supply − own supply). Where the own supply is unknown, the lead lies between nothing and the
// whole of the supplier's.
func Lead(supplier, own Estimate) Estimate {
	return Estimate{
		Value: max(0, supplier.Value-own.Value), Low: max(0, supplier.Low-own.High), High: max(0, supplier.High-own.Low),
		Coverage: supplier.Coverage * own.Coverage,
	}
}

// Twin are the factors of how well one country can learn from another, each in [0,1].
type Twin struct {
	// Align is how much of what the learner needs the topic answers.
	Align Estimate
	// Supply and Own are what the supplier and the learner have to show.
	Supply, Own Estimate
	// Step is how well the two levels of maturity suit each other, Similarity how alike the two are, Availability how
	// likely the supplier is to take part.
	Step, Similarity, Availability Estimate
}

// Score is Align · max(0, Supply − Own) · Step · Similarity · Availability. It is a product, in which nothing can be left
// out: a factor of which nothing is known counts with the middle of what is possible for the point, so that a country is
// neither put first nor left out for what nobody has written down. Low and high are the least and the most that is possible,
// and the coverage is the share of the six numbers that are known.
func (t Twin) Score() masar.Score {
	lead := Lead(t.Supply, t.Own)
	point := 1.
	score := masar.Score{Low: 1, High: 1}
	for _, factor := range []Estimate{t.Align, lead, t.Step, t.Similarity, t.Availability} {
		point *= factor.Middle()
		score.Low *= factor.Low
		score.High *= factor.High
	}
	score.Point = &point
	for _, number := range []Estimate{t.Align, t.Supply, t.Own, t.Step, t.Similarity, t.Availability} {
		score.Coverage += number.Coverage
	}
	score.Coverage /= 6
	return score
}
