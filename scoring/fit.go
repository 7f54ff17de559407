package scoring

import (
	"math"

	"masar"
)

// BandFit is how well a country's maturity m suits what is meant for the band [lo, hi], in [0,1]: 1 inside, below
// exp(−((lo−m)/.15)²), above exp(−((m−hi)/.30)²) with the widths of the default profile.
func BandFit(m, lo, hi float64, widths masar.BandFade) float64 {
	switch {
	case m < lo:
		return fade((lo - m) / widths.Below)
	case m > hi:
		return fade((m - hi) / widths.Above)
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
