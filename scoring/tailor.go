package scoring

import "masar"

// Tailored are the components of a recommendation's score for a country, each in [0,1].
type Tailored struct {
	// Align is how directly it advances what is asked for.
	Align float64
	// Evidence is the net support of its advancing that; Need is how much the country needs it; Fit is how well it suits
	// what the country can carry out; Transfer is how well what others did can be carried over.
	Evidence, Need, Fit, Transfer Estimate
	// Done is the share of it that has been carried out.
	Done float64
}

// Score is Align · Σ w·c / Σ w · (1 − done) over the components c by their weights. What is unknown is left out of both sums
// for the point, which is nil where nothing is known; it counts 0 for the low end and 1 for the high end. The coverage is the
// share of the weights of what is known, each to the degree that it is.
func (t Tailored) Score(weights masar.TailoringWeights) masar.Score {
	all, known := 0., 0.
	point := 0.
	var score masar.Score
	for _, c := range []struct {
		weight float64
		Estimate
	}{{weights.Evidence, t.Evidence}, {weights.Need, t.Need}, {weights.Fit, t.Fit}, {weights.Transfer, t.Transfer}} {
		all += c.weight
		score.Low += c.weight * c.Low
		score.High += c.weight * c.High
		score.Coverage += c.weight * c.Coverage
		if c.IsKnown() {
			known += c.weight
			point += c.weight * c.Value
		}
	}
	left := t.Align * (1 - t.Done)
	score.Low *= left / all
	score.High *= left / all
	score.Coverage /= all
	if known > 0 {
		// Kept from leaving its bounds by what rounding does.
		point = min(score.High, max(score.Low, left*point/known))
		score.Point = &point
	}
	return score
}

// Gap is how far a value is from the best, as a share of the way from the worst, in [0,1].
func Gap(value, worst, best float64) float64 {
	if worst == best {
		return 0
	}
	return min(1, max(0, (best-value)/(best-worst)))
}
