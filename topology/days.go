package topology

import (
	"math"
	"time"

	"masar"
)

// days are the first and the last day that a date can mean, both counted from 1970-01-01; undated, where either is open
// or unknown.
type days struct{ first, last int32 }

var undated = days{math.MaxInt32, math.MinInt32}

func daysOf(d masar.Date) days {
	first, last := d.Earliest(), d.Latest()
	if first == nil || last == nil {
		return undated
	}
	from, err := time.Parse(time.DateOnly, *first)
	to, err2 := time.Parse(time.DateOnly, *last)
	if err != nil || err2 != nil {
		return undated
	}
	return days{dayNumber(from), dayNumber(to)}
}

const secondsOfDay = 24 * 60 * 60

func dayNumber(t time.Time) int32 { return int32(t.Unix() / secondsOfDay) }

func timeOf(day int32) time.Time { return time.Unix(int64(day)*secondsOfDay, 0).UTC() }

// known reports whether the date is bounded on both sides.
func (d days) known() bool { return d.first <= d.last }

// orEarlier is the one of two dates that begins first, or the one that is known; of two that begin together the shorter.
func (d days) orEarlier(o days) days {
	if o.first < d.first || o.first == d.first && o.last < d.last {
		return o
	}
	return d
}
