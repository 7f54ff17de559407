package scoring

// Estimate is a number in [0,1] of which all may be known, a part, or nothing.
type Estimate struct {
	// Value is what the known part says; it means nothing where Coverage is 0.
	Value float64
	// Low and High are the least and the most that the number can be, whatever the unknown part is.
	Low, High float64
	// Coverage is how much of the number is known, in [0,1].
	Coverage float64
}

// Unknown is the estimate of which nothing is known: the number may be anything.
var Unknown = Estimate{High: 1}

// Known is the estimate of which all is known.
func Known(value float64) Estimate { return Estimate{value, value, value, 1} }

// IsKnown reports whether anything is known of the number.
func (e Estimate) IsKnown() bool { return e.Coverage > 0 }

// Middle is the value; where nothing is known, the middle of what is possible.
func (e Estimate) Middle() float64 {
	if e.IsKnown() {
		return e.Value
	}
	return (e.Low + e.High) / 2
}

// Times is the estimate multiplied by a number in [0,1] that is known. What is unknown stays so.
func (e Estimate) Times(factor float64) Estimate {
	if !e.IsKnown() {
		return Unknown
	}
	return Estimate{e.Value * factor, e.Low * factor, e.High * factor, e.Coverage}
}

// Any is 1 − Π(1 − pᵢ), in [0,1]: how likely it is that one holds at least, were they independent of each other.
func Any(chances ...float64) float64 {
	none := 1.
	for _, p := range chances {
		none *= 1 - p
	}
	return 1 - none
}
