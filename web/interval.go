package web

import (
	"masar"
	"masar/words"
)

// Interval is a score that may not be known exactly. A page shows its ends and how much of it is known, and no point.
type Interval struct {
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	Coverage float64 `json:"coverage"`
}

// Start and Length are the bar of the interval, in hundredths. A bar without length would not be seen.
func (i Interval) Start() float64  { return min(100*i.Low, 98) }
func (i Interval) Length() float64 { return max(100*(i.High-i.Low), 2) }

// Words are the ends of the interval as a sentence.
func (i Interval) Words() masar.Phrase {
	low, high := words.Hundredths(i.Low), words.Hundredths(i.High)
	if low == high {
		return say("page.interval.exact", masar.Args{"value": low})
	}
	return say("page.interval.range", masar.Args{"low": low, "high": high})
}

// Short are the ends without a sentence around them.
func (i Interval) Short() masar.Phrase {
	low, high := words.Hundredths(i.Low), words.Hundredths(i.High)
	if low == high {
		return say("page.interval.short.exact", masar.Args{"value": low})
	}
	return say("page.interval.short", masar.Args{"low": low, "high": high})
}

// Known is how much of the score is known.
func (i Interval) Known() masar.Phrase { return words.Known(i.Coverage) }
