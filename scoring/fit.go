package scoring

import "math"

// The widths over which a fit fades below and above a band. Being too early is worse than being late: what a country has
// not the means for fails, and what it has outgrown is merely of less use.
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

// Ready is ρ, the share of prerequisites that are met, each to the degree that it is. Where there are none it is 1; of some
// it may be unknown whether they are met, and then the value is the share among the others.
func Ready(prerequisites []Estimate) Estimate {
	n := float64(len(prerequisites))
	if n == 0 {
		return Known(1)
	}
	var ready Estimate
	known := 0.
	for _, p := range prerequisites {
		ready.Low += p.Low / n
		ready.High += p.High / n
		ready.Coverage += p.Coverage / n
		if p.IsKnown() {
			ready.Value += p.Value
			known++
		}
	}
	if known == 0 {
		return Unknown
	}
	ready.Value /= known
	return ready
}
