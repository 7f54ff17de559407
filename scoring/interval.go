package scoring

// Interval is what is known of a number in [0,1]: it is Low at least and High at most.
type Interval struct{ Low, High float64 }

// Unknown is the interval of a number of which nothing is known.
var Unknown = Interval{High: 1}

// Known is the interval of a number that is known exactly.
func Known(value float64) Interval { return Interval{value, value} }

// IsKnown reports whether the number is known exactly.
func (i Interval) IsKnown() bool { return i.Low == i.High }

// Coverage is how much of the number is known, in [0,1]: 1 − (high − low).
func (i Interval) Coverage() float64 { return 1 - (i.High - i.Low) }

// Times is the interval of the product with another number.
func (i Interval) Times(other Interval) Interval {
	return Interval{i.Low * other.Low, i.High * other.High}
}

// Any is 1 − Π(1 − pᵢ), in [0,1]: how likely it is that at least one of some independent events happens.
func Any(chances ...float64) float64 {
	none := 1.
	for _, p := range chances {
		none *= 1 - p
	}
	return 1 - none
}
