package picture

import (
	"math"
	"strconv"
	"strings"
)

// The sizes of a line chart, in units of its viewBox.
const (
	LineWidth  = 336.0
	LineHeight = 196.0

	lineStart  = 32.0  // room for the numbers of the axis
	lineEnd    = 196.0 // the rest is for the labels of the lines
	lineTop    = 12.0
	lineBottom = 164.0
	labelGap   = 8.0  // from the last year to the labels
	labelSpace = 16.0 // the least distance between the baselines of two labels
	yearSpace  = 34.0 // the least distance between the middles of two years
)

// Point is a place in a picture.
type Point struct{ X, Y float64 }

// Tick is a mark of an axis with its text.
type Tick struct {
	Point
	Text string
}

// Line is a line of a chart.
type Line struct {
	// Segments are the parts of the line as points of an SVG polyline. A missing value ends a part.
	Segments []string
	// Marks are the values.
	Marks []Point
	// Label is where the text of the line begins; nil if the line has no value.
	Label *Point
}

// LineChart is a chart of a value from 0 to 1 over the years, for one subject and for the median of its group.
type LineChart struct {
	Width, Height float64
	// Start and End are the ends of the grid lines.
	Start, End float64
	// Values are the grid lines at 0, 0.5 and 1.
	Values []Tick
	// Years are the years below the chart. Some are left out where they would meet.
	Years           []Tick
	Subject, Median Line
}

// Lines is the chart of two series. Each has one value for each of the years, which ascend; nil is an unknown value. With
// mirrored, the years run from right to left.
func Lines(years []int, subject, median []*float64, mirrored bool) LineChart {
	across := func(x float64) float64 {
		if mirrored {
			return LineWidth - x
		}
		return x
	}
	c := LineChart{Width: LineWidth, Height: LineHeight, Start: across(lineStart), End: across(lineEnd)}
	for _, v := range []float64{0, 0.5, 1} {
		c.Values = append(c.Values, Tick{Point{across(lineStart - labelGap), height(v)}, strconv.FormatFloat(v, 'f', -1, 64)})
	}
	c.Years = ticks(years, across)
	c.Subject, c.Median = line(years, subject, across), line(years, median, across)
	apart(c.Subject.Label, c.Median.Label)
	return c
}

// height is the place of a value.
func height(value float64) float64 { return lineBottom - value*(lineBottom-lineTop) }

// along is the place of a year, before mirroring.
func along(years []int, i int) float64 {
	first, last := years[0], years[len(years)-1]
	if first == last {
		return (lineStart + lineEnd) / 2
	}
	const inset = 12.0
	share := float64(years[i]-first) / float64(last-first)
	return lineStart + inset + share*(lineEnd-lineStart-2*inset)
}

// ticks are the years whose texts do not meet. The last year is always among them.
func ticks(years []int, across func(float64) float64) []Tick {
	var kept []Tick
	next := math.Inf(1)
	for i := len(years) - 1; i >= 0; i-- {
		x := along(years, i)
		if next-x < yearSpace {
			continue
		}
		next = x
		kept = append([]Tick{{Point{across(x), lineBottom + 22}, strconv.Itoa(years[i])}}, kept...)
	}
	return kept
}

func line(years []int, values []*float64, across func(float64) float64) Line {
	var l Line
	var part []string
	end := func() {
		if len(part) > 1 {
			l.Segments = append(l.Segments, strings.Join(part, " "))
		}
		part = nil
	}
	for i, v := range values {
		if v == nil {
			end()
			continue
		}
		p := Point{across(along(years, i)), height(*v)}
		l.Marks = append(l.Marks, p)
		part = append(part, number(p.X)+","+number(p.Y))
		l.Label = &Point{across(lineEnd + labelGap), p.Y}
	}
	end()
	return l
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// apart moves two labels away from their middle until both can be read, within the picture.
func apart(subject, median *Point) {
	if subject == nil || median == nil || math.Abs(subject.Y-median.Y) >= labelSpace {
		return
	}
	upper, lower := subject, median
	if median.Y < subject.Y {
		upper, lower = median, subject
	}
	middle := (upper.Y + lower.Y) / 2
	middle = min(max(middle, lineTop+labelSpace/2), lineBottom-labelSpace/2)
	upper.Y, lower.Y = middle-labelSpace/2, middle+labelSpace/2
}
