package bench_test

import (
	"fmt"
	"testing"
	"time"

	"masar"
	"masar/answers"
	"masar/topology"
)

// overview runs the counts of the example dashboard/overview.
func overview(b *testing.B, g *topology.Graph, f *answers.ClaimFilter) {
	b.Helper()
	s, err := g.Select(f)
	fail(b, err)
	s.Kinds()
	s.Number(answers.MeasureClaims)
	s.Number(answers.MeasureStatedShare)
	for _, by := range []answers.Dimension{answers.ByCertainty, answers.ByCountry, answers.BySdgTarget} {
		_, err := s.Distribution(by, nil, nil)
		fail(b, err)
	}
	_, err = s.Matrix(answers.MatrixArgs{Rows: answers.ByInitiative, Columns: answers.BySdgTarget, Measure: answers.MeasureClaims})
	fail(b, err)
	_, err = s.Series(answers.TimeSeriesArgs{DateField: answers.DateOfEvent, Interval: answers.IntervalYear, Measure: answers.MeasureClaims})
	fail(b, err)
}

func fail(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkDashboard counts an overview of all claims and of the stated ones, and each part of it. The work of a
// snapshot's first dashboard, which finds the entities of each claim, is measured separately.
func BenchmarkDashboard(b *testing.B) {
	eachSize(b, func(b *testing.B, outline *masar.Outline) {
		g := build(b, outline)
		began := time.Now()
		overview(b, g, nil)
		b.Logf("the first overview: %v", time.Since(began))
		for name, f := range map[string]*answers.ClaimFilter{"all": nil, "stated": {Basis: new(masar.Stated)}} {
			b.Run("overview of "+name, func(b *testing.B) {
				for b.Loop() {
					overview(b, g, f)
				}
			})
		}
		s, err := g.Select(nil)
		fail(b, err)
		for _, by := range answers.Dimensions {
			b.Run(fmt.Sprint("by ", by), func(b *testing.B) {
				for b.Loop() {
					_, err := s.Distribution(by, nil, nil)
					fail(b, err)
				}
			})
		}
		for _, m := range answers.Measures {
			b.Run(fmt.Sprint("number ", m), func(b *testing.B) {
				for b.Loop() {
					s.Number(m)
				}
			})
		}
	})
}
