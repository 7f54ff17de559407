package scoring

import "math"

// The widths over which the fit falls below and above a band. Too early is worse than too late: what a country has no means
// for fails, and what it has outgrown is merely of less use.
const (
	fadeBelow = .15
	fadeAbove = .30
)

// BandFit is how well a country's maturity m suits what is meant for the band [lo, hi], in [0,1]: 1 inside, below
// exp(−((lo−m)/.15)²), above exp(−((m−hi)/.30)²).
func BandFit(m, lo, hi float64) float64 {
	switch {
	case m < lo:
		return fade((lo - m) / fadeBelow)
	case m > hi:
		return fade((m - hi) / fadeAbove)
	}
	return 1
}

func fade(distance float64) float64 { return math.Exp(-distance * distance) }

// Ready is ρ, the share of prerequisites that are met, each to the degree that it is. It is 1 where there are none. An
// unknown prerequisite may be met or not.
func Ready(prerequisites []Interval) Interval {
	n := float64(len(prerequisites))
	if n == 0 {
		return Known(1)
	}
	var ready Interval
	for _, p := range prerequisites {
		ready.Low += p.Low / n
		ready.High += p.High / n
	}
	return ready
}
