package scoring

// Interval is a number in [0,1] that is known to lie between Low and High.
type Interval struct{ Low, High float64 }

// Unknown is the interval of an unknown number.
var Unknown = Interval{High: 1}

// Known is the interval of an exactly known number.
func Known(value float64) Interval { return Interval{value, value} }

// IsKnown reports whether the number is exactly known.
func (i Interval) IsKnown() bool { return i.Low == i.High }

// Coverage is how much is known about the number, in [0,1]: 1 − (high − low).
func (i Interval) Coverage() float64 { return 1 - (i.High - i.Low) }

// Times is the interval of the product with another number.
func (i Interval) Times(other Interval) Interval {
	return Interval{i.Low * other.Low, i.High * other.High}
}

// Any is 1 − Π(1 − pᵢ), in [0,1]: the probability of at least one of several independent events.
func Any(chances ...float64) float64 {
	none := 1.
	for _, p := range chances {
		none *= 1 - p
	}
	return 1 - none
}
