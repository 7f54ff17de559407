package scoring

import "math"

// The widths over which the fit decreases below and above a band. Too early is worse than too late: without the means
// a country fails, while what it has outgrown is only less useful.
const (
	fadeBelow = .15
	fadeAbove = .30
)

// BandFit is how well a country's maturity m suits the band [lo, hi], in [0,1]: 1 inside the band,
// exp(−((lo−m)/.15)²) below it, and exp(−((m−hi)/.30)²) above it.
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

// Ready is ρ, the mean degree to which prerequisites are met, in [0,1]. It is 1 without prerequisites. An unknown
// prerequisite counts as the interval [0,1].
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
