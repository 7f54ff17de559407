package topology

import (
	"masar/answers"
	"time"

	"masar"
)

// Series aggregates claims by date. Each claim is in one point, undated, or imprecise.
type Series struct {
	// Points are all intervals from the first with a claim to the last.
	Points []Point
	// Undated is the number of claims whose date is missing or open at one side. Imprecise is the number of claims whose
	// date spans several intervals.
	Undated, Imprecise int
}

// Point aggregates the claims of an interval.
type Point struct {
	// Start and End are the first and last day of the interval.
	Start, End time.Time
	Claims     int
	// Value is nil if the measure is not defined.
	Value *float64
}

// maxPoints is the maximum number of points: a century by months.
const maxPoints = 1200

// Series aggregates the claims by date. The error has code BAD_INPUT.
func (s *Selection) Series(q answers.TimeSeriesArgs) (Series, error) {
	dated := s.published
	if q.DateField == answers.DateOfEvent {
		dated = s.happened
	}
	series, tallies := Series{}, map[int]*tally{}
	first, last := 0, -1
	for _, c := range s.claims {
		date := dated(c)
		if !date.known() {
			series.Undated++
			continue
		}
		at := intervalOf(q.Interval, timeOf(date.first))
		if at != intervalOf(q.Interval, timeOf(date.last)) {
			series.Imprecise++
			continue
		}
		t := tallies[at]
		if t == nil {
			if len(tallies) == 0 {
				first, last = at, at
			}
			first, last = min(first, at), max(last, at)
			t = &tally{}
			tallies[at] = t
		}
		t.add(s.Graph, c, q.Measure)
	}
	if last-first >= maxPoints {
		return Series{}, masar.NewArgumentError(masar.CodeBadInput, "interval", "error.series.points", masar.Args{
			"from": intervalStart(q.Interval, first).Format(time.DateOnly), "to": intervalStart(q.Interval, last).Format(time.DateOnly), "allowed": maxPoints,
		})
	}
	for at := first; at <= last; at++ {
		t := tallies[at]
		if t == nil {
			t = &tally{}
		}
		series.Points = append(series.Points, Point{
			Start: intervalStart(q.Interval, at), End: intervalStart(q.Interval, at+1).AddDate(0, 0, -1),
			Claims: t.claims, Value: t.value(s.Graph, q.Measure),
		})
	}
	return series, nil
}

// published is the date of the earliest document among a claim's accepted evidence.
func (s *Selection) published(c Claim) days {
	date := undated
	for e := range s.Graph.accepted(c) {
		date = date.orEarlier(s.Graph.entities[e.document].date)
	}
	return date
}

// happened is the date of the activity, output or document at an end of a claim; of two, the earlier one.
func (s *Selection) happened(c Claim) days {
	at := &s.Graph.claims[c]
	return s.Graph.entities[at.subject].date.orEarlier(s.Graph.entities[at.object].date)
}

// months per interval.
var months = map[answers.TimeInterval]int{answers.IntervalYear: 12, answers.IntervalQuarter: 3, answers.IntervalMonth: 1}

// intervalOf is the number of the interval that contains a day.
func intervalOf(i answers.TimeInterval, day time.Time) int {
	return (day.Year()*12 + int(day.Month()) - 1) / months[i]
}

func intervalStart(i answers.TimeInterval, number int) time.Time {
	month := number * months[i]
	return time.Date(month/12, time.Month(month%12+1), 1, 0, 0, 0, 0, time.UTC)
}
