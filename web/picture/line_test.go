package picture

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func known(values ...float64) []*float64 {
	all := make([]*float64, len(values))
	for i := range values {
		if !math.IsNaN(values[i]) {
			all[i] = &values[i]
		}
	}
	return all
}

// Catches: another scale, a value at a wrong height, a year at a wrong place, and labels at the wrong end.
func TestLines(t *testing.T) {
	c := Lines([]int{2018, 2020, 2022, 2024}, known(0, 0.5, 1, 0.5), known(0.25, 0.25, 0.25, 0), false)
	want := Line{
		Segments: []string{"44.0,164.0 90.7,88.0 137.3,12.0 184.0,88.0"},
		Marks:    []Point{{44, 164}, {44 + 140.0/3, 88}, {44 + 280.0/3, 12}, {184, 88}},
		Label:    &Point{204, 88},
	}
	if diff := cmp.Diff(want, c.Subject, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("the country's line (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(&Point{204, 164}, c.Median.Label); diff != "" {
		t.Errorf("the median's label (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Tick{{Point{24, 164}, "0"}, {Point{24, 88}, "0.5"}, {Point{24, 12}, "1"}}, c.Values); diff != "" {
		t.Errorf("the axis (-want +got):\n%s", diff)
	}
}

// Catches: a line that is drawn over a year without a value.
func TestMissingYearsBreakTheLine(t *testing.T) {
	nan := math.NaN()
	c := Lines([]int{2016, 2018, 2020, 2022, 2024}, known(0.1, 0.2, nan, 0.4, 0.5), known(nan, nan, 0.5, nan, nan), false)
	if len(c.Subject.Segments) != 2 || len(c.Subject.Marks) != 4 {
		t.Errorf("%d parts and %d values, want 2 and 4", len(c.Subject.Segments), len(c.Subject.Marks))
	}
	if len(c.Median.Segments) != 0 || len(c.Median.Marks) != 1 || c.Median.Label == nil {
		t.Errorf("one value alone is %+v", c.Median)
	}
	none := Lines([]int{2020, 2022}, known(nan, nan), known(0.5, 0.6), false).Subject
	if none.Label != nil || len(none.Marks)+len(none.Segments) > 0 {
		t.Errorf("a line without values is %+v", none)
	}
}

// Catches: labels that meet, leave the picture or stand in the wrong order, years that meet, and a chart for readers from
// right to left that is not the mirror image.
func TestLinesCanBeRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		years := rapid.SliceOfNDistinct(rapid.IntRange(2000, 2030), 1, 8, rapid.ID[int]).Draw(t, "years")
		slices.Sort(years)
		series := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) *float64 {
			if rapid.IntRange(0, 4).Draw(t, "known") == 0 {
				return nil
			}
			v := float64(rapid.IntRange(0, 1000).Draw(t, "thousandths")) / 1000
			return &v
		}), len(years), len(years))
		subject, median := series.Draw(t, "subject"), series.Draw(t, "median")
		c, m := Lines(years, subject, median, false), Lines(years, subject, median, true)
		a, b := c.Subject.Label, c.Median.Label
		for _, l := range []*Point{a, b} {
			if l != nil && (l.Y < lineTop-1e-9 || l.Y > lineBottom+1e-9) {
				t.Fatalf("a label at %v leaves the picture", *l)
			}
		}
		if a != nil && b != nil {
			if math.Abs(a.Y-b.Y) < labelSpace-1e-9 {
				t.Fatalf("labels at %v and %v meet", a.Y, b.Y)
			}
			if s, g := last(subject), last(median); s > g && a.Y > b.Y || s < g && a.Y < b.Y {
				t.Fatalf("values %v and %v have their labels at %v and %v", s, g, a.Y, b.Y)
			}
		}
		for i := 1; i < len(c.Years); i++ {
			if c.Years[i].X-c.Years[i-1].X < yearSpace {
				t.Fatalf("the years %s and %s meet", c.Years[i-1].Text, c.Years[i].Text)
			}
		}
		for i, p := range c.Subject.Marks {
			if q := m.Subject.Marks[i]; math.Abs(p.X+q.X-LineWidth) > 1e-9 || p.Y != q.Y {
				t.Fatalf("%v is mirrored to %v", p, q)
			}
		}
		points := 0
		for _, s := range c.Subject.Segments {
			points += len(strings.Fields(s))
		}
		if points > len(c.Subject.Marks) {
			t.Fatalf("%d points in lines and %d values", points, len(c.Subject.Marks))
		}
	})
}

func last(values []*float64) float64 {
	found := math.NaN()
	for _, v := range values {
		if v != nil {
			found = *v
		}
	}
	return found
}
