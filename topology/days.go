package topology

import (
	"math"
	"time"

	"masar"
)

// days are the first and last possible day of a date, both counted from 1970-01-01.
type days struct{ first, last int32 }

// The values of an open side of a date.
const (
	openFirst = math.MinInt32
	openLast  = math.MaxInt32
)

// undated sorts after every date.
var undated = days{openLast, openLast}

func daysOf(d masar.Date) days {
	first, last := d.Earliest(), d.Latest()
	if first == nil && last == nil {
		return undated
	}
	return days{dayOf(first, openFirst), dayOf(last, openLast)}
}

func dayOf(day *string, open int32) int32 {
	if day == nil {
		return open
	}
	at, err := time.Parse(time.DateOnly, *day)
	if err != nil {
		return open
	}
	return dayNumber(at)
}

const secondsOfDay = 24 * 60 * 60

func dayNumber(t time.Time) int32 { return int32(t.Unix() / secondsOfDay) }

func timeOf(day int32) time.Time { return time.Unix(int64(day)*secondsOfDay, 0).UTC() }

// known reports whether both sides of the date are bounded.
func (d days) known() bool { return d.first != openFirst && d.last != openLast }

// orEarlier is the date of the earlier of two things. If the dates overlap, it covers both possibilities. An undated
// one is ignored.
func (d days) orEarlier(o days) days { return days{min(d.first, o.first), min(d.last, o.last)} }
