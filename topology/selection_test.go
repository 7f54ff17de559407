package topology_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/topology"
)

// selected are the claims of a graph that match a filter.
func (g graph) selected(f *answers.ClaimFilter) *topology.Selection {
	g.t.Helper()
	s, err := g.Select(f)
	if err != nil {
		g.t.Fatal(err)
	}
	return s
}

func (g graph) distribution(f *answers.ClaimFilter, by answers.Dimension) topology.Distribution {
	g.t.Helper()
	d, err := g.selected(f).Distribution(by, new(100), nil)
	if err != nil {
		g.t.Fatal(err)
	}
	return d
}

// kindOf maps dimensions to the kind of their entities.
var kindOf = map[answers.Dimension]masar.Kind{
	answers.ByCountry: masar.KindCountry, answers.BySdgGoal: masar.KindSdgGoal, answers.BySdgTarget: masar.KindSdgTarget,
	answers.ByInitiative: masar.KindInitiative, answers.ByTopic: masar.KindTopic, answers.ByChallenge: masar.KindChallenge,
	answers.ByOrganization: masar.KindOrganization, answers.ByDocument: masar.KindDocument,
}

// drill is the documented filter for the claims of a bucket.
func (g graph) drill(by answers.Dimension, key string) *answers.ClaimFilter {
	if key == answers.Unknown {
		var not answers.ClaimFilter
		switch by {
		case answers.ByEvidenceKind:
			not.EvidenceKinds = masar.EvidenceKinds
		case answers.ByYear:
			not.Since, not.Until = new("0000-01-01"), new("9999-12-31")
		default:
			all := g.all(kindOf[by])
			if len(all) == 0 {
				return &answers.ClaimFilter{} // there is nothing to belong to
			}
			for _, e := range all {
				withCode(&not, by, g.Ref(e).Code)
			}
		}
		return &answers.ClaimFilter{Not: &not}
	}
	f := &answers.ClaimFilter{}
	switch by {
	case answers.ByCertainty:
		f.Certainties = []masar.Certainty{masar.Certainty(key)}
	case answers.ByDocumentation:
		f.Documentations = []masar.Documentation{masar.Documentation(key)}
	case answers.ByNature:
		f.Natures = []masar.ClaimNature{masar.ClaimNature(key)}
	case answers.ByStatus:
		f.Statuses = []masar.SupportStatus{masar.SupportStatus(key)}
	case answers.ByBasis:
		f.Basis = new(masar.Basis(key))
	case answers.ByPredicate:
		f.Predicates = []masar.Predicate{masar.Predicate(key)}
	case answers.BySubjectKind:
		f.SubjectKinds = []masar.Kind{masar.Kind(key)}
	case answers.ByObjectKind:
		f.ObjectKinds = []masar.Kind{masar.Kind(key)}
	case answers.ByEvidenceKind:
		f.EvidenceKinds = []masar.EvidenceKind{masar.EvidenceKind(key)}
	case answers.ByYear:
		f.Since, f.Until = new(key+"-01-01"), new(key+"-12-31")
	default:
		withCode(f, by, key)
	}
	return f
}

// withCode adds a code to the part of a filter that is for a dimension.
func withCode(f *answers.ClaimFilter, by answers.Dimension, code string) {
	for part, list := range map[answers.Dimension]*[]string{
		answers.ByCountry: &f.Countries, answers.BySdgGoal: &f.Targets, answers.BySdgTarget: &f.Targets, answers.ByInitiative: &f.Initiatives,
		answers.ByTopic: &f.Topics, answers.ByChallenge: &f.Challenges, answers.ByOrganization: &f.Organizations, answers.ByDocument: &f.Documents,
	} {
		if part == by {
			*list = append(*list, code)
		}
	}
}

// about is the filter for the claims to which a dimension applies: effects for CERTAINTY, facts for DOCUMENTATION.
func about(by answers.Dimension) *answers.ClaimFilter {
	switch by {
	case answers.ByCertainty:
		return &answers.ClaimFilter{Natures: []masar.ClaimNature{masar.Effect}}
	case answers.ByDocumentation:
		return &answers.ClaimFilter{Natures: []masar.ClaimNature{masar.Fact}}
	}
	return nil
}

// both combines filters with and.
func both(f ...*answers.ClaimFilter) *answers.ClaimFilter {
	return &answers.ClaimFilter{And: slices.DeleteFunc(f, func(f *answers.ClaimFilter) bool { return f == nil })}
}

// total is the number of claims that match a filter, according to their list.
func (g graph) total(f *answers.ClaimFilter) int {
	g.t.Helper()
	page, err := g.Claims(topology.None, answers.ListArgs{First: new(0), Filter: f})
	if err != nil {
		g.t.Fatal(err)
	}
	return page.Total
}

// someCounted draws a graph with everything that dashboards count, and a filter.
func someCounted(t *rapid.T) (*masar.Outline, *answers.ClaimFilter) {
	s := someLinks(t)
	dates := []string{"", "2023", "2024-05", "2024-12-11", "[2023-09-13..2024-02-27]", "2004/..", "2023-21"}
	for i := range s.Entities {
		switch s.Entities[i].Ref.Kind {
		case masar.KindActivity, masar.KindDocument:
			s.Entities[i].Date = rapid.SampledFrom(dates).Draw(t, "date")
		}
	}
	if rapid.Bool().Draw(t, "filtered") {
		return s, someFilter(t, 2)
	}
	return s, nil
}

// Catches: a bucket that counts other claims than the list with the bucket's filter, single values that do not add
// up, claims without a value that get lost, and a count that differs from the list.
func TestBucketsAreFilters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, f := someCounted(t)
		g := built(t, s)
		whole := g.total(f)
		equal(t, whole, g.selected(f).Len())
		for _, by := range answers.Dimensions {
			d := g.distribution(f, by)
			whole := g.total(both(f, about(by)))
			equal(t, whole, d.Total)
			sum, distinct := d.Unknown, d.Unknown
			var any answers.ClaimFilter
			for _, b := range d.Buckets {
				sum += b.Count
				any.Or = append(any.Or, g.drill(by, b.Key))
				if want := g.total(both(f, g.drill(by, b.Key))); want != b.Count {
					t.Errorf("%s %s: %d claims, but %d in the list", by, b.Key, b.Count, want)
				}
			}
			if len(any.Or) > 0 && len(any.Or) < 30 {
				distinct += g.total(both(f, &any))
				equal(t, whole, distinct)
			}
			if !d.MultiValued {
				equal(t, whole, sum)
				equal(t, 0, d.Unknown)
			} else if want := g.total(both(f, g.drill(by, answers.Unknown))); want != d.Unknown {
				t.Errorf("%s unknown: %d claims, but %d in the list", by, d.Unknown, want)
			}
			equal(t, 0, d.OtherBuckets)
		}
	})
}

// Catches: excluded buckets that are not reported, or reported wrongly.
func TestRestOfBuckets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, f := someCounted(t)
		g := built(t, s)
		by := rapid.SampledFrom(answers.Dimensions).Draw(t, "by")
		order := rapid.SampledFrom([]*answers.BucketOrder{nil, new(answers.OrderByKey), new(answers.OrderByCount)}).Draw(t, "order")
		whole, err := g.selected(f).Distribution(by, new(100), order)
		if err != nil {
			t.Fatal(err)
		}
		first := rapid.IntRange(1, 5).Draw(t, "first")
		some, err := g.selected(f).Distribution(by, &first, order)
		if err != nil {
			t.Fatal(err)
		}
		at := min(first, len(whole.Buckets))
		equal(t, counts(whole.Buckets[:at]), counts(some.Buckets))
		equal(t, whole.Unknown, some.Unknown)
		rest, cut := answers.ClaimFilter{}, 0
		for _, b := range whole.Buckets[at:] {
			rest.Or = append(rest.Or, g.drill(by, b.Key))
			if b.Count > 0 {
				cut++
			}
		}
		equal(t, cut, some.OtherBuckets)
		if len(rest.Or) == 0 {
			equal(t, 0, some.Rest)
		} else {
			equal(t, g.total(both(f, &rest)), some.Rest)
		}
	})
}

func counts(buckets []topology.Bucket) (all []string) {
	for _, b := range buckets {
		all = append(all, fmt.Sprint(b.Key, " ", b.Count))
	}
	return all
}

// Catches: a cell whose measure differs from that of the list of its claims, a cell without claims, a missing cell,
// and rows that do not add up to the distribution.
func TestMatrixCellsAreFilters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, f := someCounted(t)
		g := built(t, s)
		rows := rapid.SampledFrom(answers.Dimensions).Draw(t, "rows")
		columns := rapid.SampledFrom(answers.Dimensions).Draw(t, "columns")
		measure := rapid.SampledFrom(answers.Measures).Draw(t, "measure")
		m, err := g.selected(f).Matrix(answers.MatrixArgs{Rows: rows, Columns: columns, Measure: measure, FirstRows: new(100), FirstColumns: new(100)})
		if err != nil {
			t.Fatal(err)
		}
		cells := map[[2]int]*float64{}
		for _, c := range m.Cells {
			cells[[2]int{c.Row, c.Column}] = c.Value
		}
		for r, row := range m.Rows {
			for c, column := range m.Columns {
				at := g.selected(both(f, g.drill(rows, row.Key), g.drill(columns, column.Key)))
				value, there := cells[[2]int{r, c}]
				if there != (at.Len() > 0) {
					t.Errorf("%s %s: %d claims, but the cell exists: %v", row.Key, column.Key, at.Len(), there)
				} else if there && !near(value, at.Number(measure)) {
					t.Errorf("%s %s: %s is %v in the cell, but %v for the list", row.Key, column.Key, measure, deref(value), deref(at.Number(measure)))
				}
			}
		}
		if whole := g.distribution(f, columns); !whole.MultiValued && measure == answers.MeasureClaims {
			for _, b := range g.distribution(both(f, about(columns)), rows).Buckets {
				sum := 0.
				for _, c := range m.Cells {
					if m.Rows[c.Row].Key == b.Key {
						sum += *c.Value
					}
				}
				equal(t, float64(b.Count), sum)
			}
		}
	})
}

func near(a, b *float64) bool {
	return a == nil && b == nil || a != nil && b != nil && math.Abs(*a-*b) < 1e-12
}

func deref(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}

// Catches: measures that do not match their names.
func TestNumbers(t *testing.T) {
	g := build(t, `
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + SYSTEMATIC_REVIEW D1 + NEWS D2
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.7 INFERRED + NEWS D1 - NEWS D3
		RECOMMENDATION/R2 ADVANCES SDG_TARGET/16.6 INFERRED - NEWS D4 + NEWS D4 SUGGESTED
		RECOMMENDATION/R3 ADVANCES SDG_TARGET/16.6
		RECOMMENDATION/R4 ADVANCES SDG_TARGET/16.6 REJECTED + NEWS D5
		DOCUMENT/D2 family D1`)
	net := g.Support(g.claim("RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6")).Net
	s := g.selected(nil)
	for measure, want := range map[answers.Measure]float64{
		answers.MeasureClaims: 4, answers.MeasureStated: 2, answers.MeasureInferred: 2, answers.MeasureStatedShare: .5, answers.MeasureInferredShare: .5,
		answers.MeasureEvidence: 5, answers.MeasureDocuments: 4, answers.MeasureFamilies: 1, answers.MeasureMeanNet: net / 4,
		answers.MeasureContested: 1, answers.MeasureRefuted: 1, answers.MeasureNoEvidence: 1,
	} {
		if got := s.Number(measure); !near(got, &want) {
			t.Errorf("%s is %v, want %v", measure, deref(got), want)
		}
	}
	nothing := g.selected(&answers.ClaimFilter{Not: &answers.ClaimFilter{}})
	for _, measure := range answers.Measures {
		got := nothing.Number(measure)
		if counted := measure.Unit() == answers.UnitCount; counted != (got != nil) || counted && *got != 0 {
			t.Errorf("%s of nothing is %v", measure, deref(got))
		}
	}
}

// Catches: counts of entities that differ from a search with the same filter.
func TestKindsAgreeWithSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, f := someCounted(t)
		g := built(t, s)
		filter, err := g.Compile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range g.selected(f).Kinds() {
			want := 0
			for _, e := range g.all(k.Kind) {
				if g.KeepsEntity(filter, e) {
					want++
				}
			}
			equal(t, want, k.Count)
		}
	})
}

// Catches: a series whose points do not add up, miss an interval, or contain claims of another one.
func TestSeriesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, f := someCounted(t)
		g := built(t, s)
		q := answers.TimeSeriesArgs{
			DateField: rapid.SampledFrom([]answers.DateField{answers.DateOfEvent, answers.DateOfPublication}).Draw(t, "field"),
			Interval:  rapid.SampledFrom([]answers.TimeInterval{answers.IntervalYear, answers.IntervalQuarter, answers.IntervalMonth}).Draw(t, "interval"),
			Measure:   answers.MeasureClaims,
		}
		series, err := g.selected(f).Series(q)
		if err != nil {
			t.Fatal(err)
		}
		sum := float64(series.Undated + series.Imprecise)
		for i, p := range series.Points {
			sum += *p.Value
			equal(t, float64(p.Claims), *p.Value)
			if i > 0 && !p.Start.Equal(series.Points[i-1].End.AddDate(0, 0, 1)) {
				t.Errorf("point %v does not directly follow %v", p, series.Points[i-1])
			}
			if q.DateField == answers.DateOfPublication && q.Interval != answers.IntervalYear {
				start, end, before := p.Start.Format(time.DateOnly), p.End.Format(time.DateOnly), p.Start.AddDate(0, 0, -1).Format(time.DateOnly)
				firstWithin := both(f, &answers.ClaimFilter{Since: &start, Until: &end, Not: &answers.ClaimFilter{Until: &before}})
				if most := g.total(firstWithin); p.Claims > most {
					t.Errorf("%d claims are first published from %s to %s, but the point has %d", most, start, end, p.Claims)
				}
			}
		}
		if n := len(series.Points); n > 0 && (series.Points[0].Claims == 0 || series.Points[n-1].Claims == 0) {
			t.Errorf("the first or last interval has no claims: %v", series.Points)
		}
		equal(t, float64(g.total(f)), sum)
	})
}

// Catches: a date assigned to an interval that only may contain it, and the wrong one of two dates.
func TestSeriesOfFuzzyDates(t *testing.T) {
	g := build(t, `
		ACTIVITY/A1 PART_OF INITIATIVE/I1 + NEWS D1
		ACTIVITY/A2 PART_OF ACTIVITY/A1 + NEWS D2 + NEWS D1
		ACTIVITY/A3 PART_OF INITIATIVE/I1 + NEWS D3
		RECOMMENDATION/R1 ISSUED_IN DOCUMENT/D2 + NEWS D4
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + NEWS D4
		ACTIVITY/A1 date 2024-12-11
		ACTIVITY/A2 date 2022-02
		ACTIVITY/A3 date [2023-09-13..2024-02-27]
		DOCUMENT/D1 date 2024
		DOCUMENT/D2 date 2022
		DOCUMENT/D3 date 2004/..
		DOCUMENT/D4 date unknown`)
	see := func(field answers.DateField, interval answers.TimeInterval) string {
		s, err := g.selected(nil).Series(answers.TimeSeriesArgs{DateField: field, Interval: interval, Measure: answers.MeasureClaims})
		if err != nil {
			t.Fatal(err)
		}
		told := ""
		for _, p := range s.Points {
			if p.Claims > 0 {
				told += fmt.Sprintf("%s..%s %d, ", p.Start.Format(time.DateOnly), p.End.Format(time.DateOnly), p.Claims)
			}
		}
		return fmt.Sprintf("%sundated %d, imprecise %d", told, s.Undated, s.Imprecise)
	}
	equal(t, "2022-01-01..2022-12-31 2, 2024-01-01..2024-12-31 1, undated 1, imprecise 1", see(answers.DateOfEvent, answers.IntervalYear))
	equal(t, "2022-01-01..2022-03-31 1, 2024-10-01..2024-12-31 1, undated 1, imprecise 2", see(answers.DateOfEvent, answers.IntervalQuarter))
	equal(t, "2022-02-01..2022-02-28 1, 2024-12-01..2024-12-31 1, undated 1, imprecise 2", see(answers.DateOfEvent, answers.IntervalMonth))
	equal(t, "2022-01-01..2022-12-31 1, 2024-01-01..2024-12-31 1, undated 3, imprecise 0", see(answers.DateOfPublication, answers.IntervalYear))
	equal(t, "undated 3, imprecise 2", see(answers.DateOfPublication, answers.IntervalMonth))
}

// Catches: a series without a limit on its length.
func TestSeriesTooLong(t *testing.T) {
	g := build(t, `
		ACTIVITY/A1 PART_OF INITIATIVE/I1
		ACTIVITY/A2 PART_OF INITIATIVE/I1
		ACTIVITY/A1 date 1800-01
		ACTIVITY/A2 date 1900-01`)
	_, err := g.selected(nil).Series(answers.TimeSeriesArgs{DateField: answers.DateOfEvent, Interval: answers.IntervalMonth, Measure: answers.MeasureClaims})
	if masar.ErrorCode(err) != masar.CodeBadInput {
		t.Errorf("1201 months: %v", err)
	}
}

// Catches: numbers that depend on the order of the records.
func TestCountingIsOfNoOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, f := someCounted(t)
		turned := *s
		turned.Entities, turned.Claims, turned.Evidence = slices.Clone(s.Entities), slices.Clone(s.Claims), slices.Clone(s.Evidence)
		slices.Reverse(turned.Entities)
		slices.Reverse(turned.Claims)
		slices.Reverse(turned.Evidence)
		g, h := built(t, s), built(t, &turned)
		for _, by := range answers.Dimensions {
			equal(t, fmt.Sprint(g.distribution(f, by)), fmt.Sprint(h.distribution(f, by)))
		}
		for _, m := range answers.Measures {
			equal(t, g.selected(f).Number(m), h.selected(f).Number(m))
		}
	})
}

// Catches: sizes out of range that are accepted.
func TestBucketsOutOfBounds(t *testing.T) {
	s := build(t, `
		COUNTRY/EGY HAS_CHALLENGE CHALLENGE/H1
		COUNTRY/OMN HAS_CHALLENGE CHALLENGE/H1`).selected(nil)
	for _, n := range []int{-1, 201} {
		_, err := s.Distribution(answers.ByCountry, &n, nil)
		_, err2 := s.Matrix(answers.MatrixArgs{Rows: answers.ByCountry, Columns: answers.ByTopic, Measure: answers.MeasureClaims, FirstColumns: &n})
		if masar.ErrorCode(err) != masar.CodeBadPage || masar.ErrorCode(err2) != masar.CodeBadPage {
			t.Errorf("%d buckets: %v, %v", n, err, err2)
		}
	}
	d, err := s.Distribution(answers.ByCountry, new(0), nil)
	if err != nil || len(d.Buckets) != 0 || d.OtherBuckets != 2 || d.Rest != 2 {
		t.Errorf("first: 0 gives %+v, %v; want all values in the other buckets", d, err)
	}
	m, err := s.Matrix(answers.MatrixArgs{Rows: answers.ByCountry, Columns: answers.ByChallenge, Measure: answers.MeasureClaims, FirstColumns: new(0)})
	if err != nil || len(m.Rows) != 2 || len(m.Columns) != 0 || m.OtherColumns != 1 {
		t.Errorf("firstColumns: 0 gives %+v, %v; want all values in the other columns", m, err)
	}
}
