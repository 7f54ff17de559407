package topology

import (
	"masar/answers"
	"time"

	"masar"
)

// Series sums up claims by when they are dated. Each claim is in one point, or undated, or dated too coarsely.
type Series struct {
	// Points are all intervals from the first with a claim to the last.
	Points []Point
	// Undated is the number of claims that have no date bounded on both sides, Imprecise that of those whose date spans
	// several intervals.
	Undated, Imprecise int
}

// Point sums up the claims of an interval.
type Point struct {
	// Start and End are its first and its last day.
	Start, End time.Time
	Claims     int
	// Value is nil where the measure is not defined.
	Value *float64
}

// maxPoints is the largest number of points of a series: a century by months.
const maxPoints = 1200

// Series sums up the claims by when they are dated. The error has code BAD_INPUT.
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

// published is the date of the first of the documents that accepted evidence of a claim is in.
func (s *Selection) published(c Claim) days {
	date := undated
	for e := range s.Graph.accepted(c) {
		date = date.orEarlier(s.Graph.entities[e.document].date)
	}
	return date
}

// happened is the date of the activity, output or document at an end of a claim; of two, the earlier.
func (s *Selection) happened(c Claim) days {
	at := &s.Graph.claims[c]
	return s.Graph.entities[at.subject].date.orEarlier(s.Graph.entities[at.object].date)
}

// months of the intervals.
var months = map[answers.Interval]int{answers.IntervalYear: 12, answers.IntervalQuarter: 3, answers.IntervalMonth: 1}

// intervalOf numbers the intervals: that of a day.
func intervalOf(i answers.Interval, day time.Time) int {
	return (day.Year()*12 + int(day.Month()) - 1) / months[i]
}

func intervalStart(i answers.Interval, number int) time.Time {
	month := number * months[i]
	return time.Date(month/12, time.Month(month%12+1), 1, 0, 0, 0, 0, time.UTC)
}
