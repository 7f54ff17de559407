package scoring

import "masar"

// Tailored are the components of a recommendation's score for a country, each in [0,1].
type Tailored struct {
	// Align is how directly it advances the requested target or goal.
	Align float64
	// Evidence is the net support that it advances the target. Need is the country's need for it. Fit is how well it
	// suits the country's means. Transfer is how well experience from other countries can be transferred.
	Evidence, Need, Fit, Transfer Interval
	// Done is the share that is already carried out.
	Done float64
}

// Score is Align · Σ w·c · (1 − done) over the components c, with weights w as shares of their sum. Low ends give the
// low end of the score, high ends the high end. The coverage is Σ w·(1 − (high − low)). An unknown component keeps
// its weight, so missing data never raises the low end.
func (t Tailored) Score(weights masar.TailoringWeights) masar.ScoreRange {
	var sum Interval
	all, coverage := 0., 0.
	for _, c := range []struct {
		weight float64
		Interval
	}{{weights.Evidence, t.Evidence}, {weights.Need, t.Need}, {weights.Fit, t.Fit}, {weights.Transfer, t.Transfer}} {
		all += c.weight
		sum.Low += c.weight * c.Low
		sum.High += c.weight * c.High
		coverage += c.weight * c.Coverage()
	}
	return sum.Times(Known(t.Align * (1 - t.Done) / all)).score(coverage / all)
}

// score is the score of an interval. Its point is the middle.
func (i Interval) score(coverage float64) masar.ScoreRange {
	return masar.ScoreRange{Point: (i.Low + i.High) / 2, Low: i.Low, High: i.High, Coverage: coverage}
}

// Gap is the distance of a value from the best, as a share of the distance from worst to best, in [0,1].
func Gap(value, worst, best float64) float64 {
	if worst == best {
		return 0
	}
	return min(1, max(0, (best-value)/(best-worst)))
}
