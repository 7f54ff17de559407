package web

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Catches: a median of an even number of members, of members without a value, or of another index.
func TestMedianOfTheMembers(t *testing.T) {
	var v countryView
	decodeInto(t, &v, `{
		"country": {"code": "EGY", "title": {"value": "Egypt"}, "series": {"nodes": [
			{"indicator": "EGDI", "year": 2018, "value": 0.4}, {"indicator": "EGDI", "year": 2022, "value": 0.6}, {"indicator": "EPI", "year": 2020, "value": 0.9}]}},
		"egdi": {"code": "EGDI"},
		"league": {"code": "LAS", "countries": {"nodes": [
			{"code": "A", "observations": {"nodes": [{"indicator": "EGDI", "year": 2018, "value": 0.1}, {"indicator": "EGDI", "year": 2020, "value": 0.5}]}},
			{"code": "B", "observations": {"nodes": [{"indicator": "EGDI", "year": 2018, "value": 0.2}, {"indicator": "EPI", "year": 2018, "value": 0.8}]}},
			{"code": "C", "observations": {"nodes": []}},
			{"code": "D", "observations": null}]}}
	}`)
	all := v.Series("ltr")
	if len(all) != 1 {
		t.Fatalf("%d indices", len(all))
	}
	want := []seriesRow{{2018, "0.4000", "0.1500", 2}, {2020, "", "0.5000", 1}, {2022, "0.6000", "", 0}}
	if diff := cmp.Diff(want, all[0].Rows); diff != "" {
		t.Errorf("the table (-want +got):\n%s", diff)
	}
	if n := len(all[0].Chart.Subject.Segments); n != 0 {
		t.Errorf("%d parts of a line over a year without a value", n)
	}
}

// Catches: codes of targets in the order of text, 16.10 before 16.6.
func TestTargetsAreInTheirOrder(t *testing.T) {
	got := []string{"17.6", "16.b", "16.10", "9.c", "16.6", "9.5", "16.a"}
	slices.SortFunc(got, byNumber)
	if want := []string{"9.5", "9.c", "16.6", "16.10", "16.a", "16.b", "17.6"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Catches: a sentence about how much is known that the numbers do not bear, and a bar that cannot be seen.
func TestIntervals(t *testing.T) {
	for _, c := range []struct {
		interval     Interval
		words, known string
	}{
		{Interval{0.4, 0.4, 1}, "page.interval.exact", "page.known.all"},
		{Interval{0.401, 0.404, 0.99}, "page.interval.exact", "page.known.most"},
		{Interval{0.2, 0.9, 0.75}, "page.interval.range", "page.known.most"},
		{Interval{0.2, 0.9, 0.5}, "page.interval.range", "page.known.half"},
		{Interval{0, 1, 0.49}, "page.interval.range", "page.known.little"},
	} {
		if w, k := c.interval.Words().Key, c.interval.Known().Key; w != c.words || k != c.known {
			t.Errorf("%+v: %s and %s, want %s and %s", c.interval, w, k, c.words, c.known)
		}
		if s, l := c.interval.Start(), c.interval.Length(); l < 2 || s < 0 || s+l > 100.0001 {
			t.Errorf("%+v: the bar is from %v, %v long", c.interval, s, l)
		}
	}
}

func decodeInto(t *testing.T, v view, data string) {
	t.Helper()
	if err := (Answer{Data: []byte(data)}).decode(v); err != nil {
		t.Fatal(err)
	}
}
