package topology_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/topology"
)

func (g graph) gapMap(f *answers.ClaimFilter, rows, columns answers.Dimension) topology.GapMap {
	g.t.Helper()
	m, err := g.selected(f).GapMap(rows, columns, nil, nil, nil)
	if err != nil {
		g.t.Fatal(err)
	}
	return m
}

// sides are the dimensions allowed for rows and columns of a map.
var sides = []answers.Dimension{
	answers.ByCountry, answers.BySdgGoal, answers.BySdgTarget, answers.ByInitiative, answers.ByTopic, answers.ByChallenge, answers.ByOrganization,
}

// Catches: a cell that counts other claims than the list with the filters of its row and column, a missing cell, and
// rows or columns that depend on the filter.
func TestGapCellsAreFilters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, f := someCounted(t)
		g := built(t, s)
		rows, columns := rapid.SampledFrom(sides).Draw(t, "rows"), rapid.SampledFrom(sides).Draw(t, "columns")
		m := g.gapMap(f, rows, columns)
		for i, side := range [][]topology.Value{m.Rows, m.Columns} {
			var want, got []string
			for _, e := range g.all(kindOf[[]answers.Dimension{rows, columns}[i]]) {
				if code := g.Ref(e).Code; g.total(g.drill([]answers.Dimension{rows, columns}[i], code)) > 0 {
					want = append(want, code)
				}
			}
			for _, v := range side {
				got = append(got, v.Key)
			}
			equal(t, want, got)
		}
		equal(t, len(m.Rows)*len(m.Columns), len(m.Cells))
		for i, c := range m.Cells {
			equal(t, i, c.Row*len(m.Columns)+c.Column)
			cell := g.selected(both(f, g.drill(rows, m.Rows[c.Row].Key), g.drill(columns, m.Columns[c.Column].Key)))
			equal(t, cell.Len(), c.Claims)
			judged := g.selected(both(f, g.drill(rows, m.Rows[c.Row].Key), g.drill(columns, m.Columns[c.Column].Key), &answers.ClaimFilter{Natures: []masar.ClaimNature{c.Support.Nature}}))
			equal(t, *judged.Number(answers.MeasureFamilies), float64(c.Support.Families))
			none := *cell.Number(answers.MeasureNoEvidence) == float64(c.Claims)
			equal(t, none, slices.Contains(c.Gaps, answers.GapAbsolute))
			if c.Claims == 1 {
				equal(t, *cell.Number(answers.MeasureMeanNet), c.Support.Net)
			}
		}
	})
}

// Catches: a false gap, a missing gap, and evidence of one family that counts once per claim in a cell.
func TestGaps(t *testing.T) {
	g := build(t, `
		RECOMMENDATION/R1 ADDRESSES CHALLENGE/H1 + NEWS D1
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/1.1 + OUTCOME_DOCUMENT D1
		RECOMMENDATION/R2 ADDRESSES CHALLENGE/H1 + NEWS D1
		RECOMMENDATION/R2 ADVANCES SDG_TARGET/1.1 + OUTCOME_DOCUMENT D1
		INITIATIVE/I1 ADDRESSES CHALLENGE/H1 + NEWS D1
		INITIATIVE/I1 CONTRIBUTES_TO SDG_TARGET/1.2 + PEER_REVIEWED D1 + NEWS D2 + NEWS D3
		RECOMMENDATION/R2 ADVANCES SDG_TARGET/1.3 + SYSTEMATIC_REVIEW D1 + NEWS D2 + NEWS D3
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/1.4 + NEWS D4
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/1.5 + NEWS D1 - NEWS D2
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/1.6 + NEWS D1 SUGGESTED
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/1.7 + NEWS D5
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/1.8 + PEER_REVIEWED D6 + NEWS D7 + NEWS D8 - PEER_REVIEWED D4
		RECOMMENDATION/R3 ADVANCES SDG_TARGET/1.9 + NEWS D1
		DOCUMENT/D4 date 2019-12-31
		DOCUMENT/D5 date unknown
		DOCUMENT/D6 date 2019
		DOCUMENT/D7 date 2018
		DOCUMENT/D8 date 2017`)
	m := g.gapMap(nil, answers.ByChallenge, answers.BySdgTarget)
	var got []string
	for _, c := range m.Cells {
		got = append(got, fmt.Sprintf("%s %d %d %d %v", m.Columns[c.Column].Key, c.Claims, c.Support.Families, c.LatestYear, c.Gaps))
	}
	equal(t, `1.1 2 1 2025 [THIN]
1.2 1 3 2025 [SYNTHESIS]
1.3 1 3 2025 []
1.4 1 1 2019 [THIN STALE]
1.5 1 1 2025 [CONTESTED THIN]
1.6 1 0 0 [ABSOLUTE]
1.7 1 1 0 [THIN]
1.8 1 3 2019 [CONTESTED THIN SYNTHESIS STALE]
1.9 0 0 0 [ABSOLUTE]`, strings.Join(got, "\n"))
	equal(t, g.Support(g.claim("RECOMMENDATION/R1 ADVANCES SDG_TARGET/1.1")).Net, m.Cells[0].Support.Net)
}

// Catches: a document of exactly five years that counts as old.
func TestStaleAtFiveYears(t *testing.T) {
	g := build(t, `
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/1.1 + NEWS D1
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/1.2 + NEWS D2
		RECOMMENDATION/R1 ADDRESSES CHALLENGE/H1
		DOCUMENT/D1 date 2020-01-01
		DOCUMENT/D2 date 2019-12-31`)
	m := g.gapMap(nil, answers.ByChallenge, answers.BySdgTarget)
	equal(t, [][]answers.EvidenceGap{{answers.GapThin}, {answers.GapThin, answers.GapStale}}, [][]answers.EvidenceGap{m.Cells[0].Gaps, m.Cells[1].Gaps})
}

// Catches: a target reported as silent although no source names it or a recommendation advances it, and orphans that
// a claim pairs.
func TestWhatIsMissed(t *testing.T) {
	g := build(t, `
		INITIATIVE/I1 CONTRIBUTES_TO SDG_TARGET/16.6 + NEWS D1
		INITIATIVE/I1 CONTRIBUTES_TO SDG_TARGET/16.10 INFERRED + NEWS D1 + NEWS D1@2 INFERENCE
		INITIATIVE/I1 CONTRIBUTES_TO SDG_TARGET/17.9 INFERRED + NEWS D1 INFERENCE
		INITIATIVE/I1 CONTRIBUTES_TO SDG_TARGET/17.6 + NEWS D1
		INITIATIVE/I1 CONTRIBUTES_TO SDG_TARGET/17.7 + NEWS D1 SUGGESTED
		INITIATIVE/I1 CONTRIBUTES_TO SDG_TARGET/17.8 REJECTED + NEWS D1
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 INFERRED + NEWS D1 INFERENCE
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/17.6 INFERRED - NEWS D1
		CASE_STUDY/C1 DEMONSTRATES RECOMMENDATION/R1 + NEWS D1
		CASE_STUDY/C2 DEMONSTRATES RECOMMENDATION/R2 - NEWS D1
		CASE_STUDY/C3 PRACTISED_IN COUNTRY/EGY + NEWS D2
		RECOMMENDATION/R3`)
	codes := func(places []topology.Entity) string {
		var all []string
		for _, e := range places {
			all = append(all, g.Ref(e).Code)
		}
		return strings.Join(all, " ")
	}
	missed := func(f *answers.ClaimFilter) string {
		s := g.selected(f)
		recommendations, cases := s.Orphans()
		return codes(s.SilentTargets()) + " | " + codes(recommendations) + " | " + codes(cases)
	}
	equal(t, "16.10 17.6 | R2 R3 | C2 C3", missed(nil))
	equal(t, "16.6 17.6 |  | ", missed(&answers.ClaimFilter{Basis: new(masar.Stated), Predicates: []masar.Predicate{masar.ContributesTo}}))
	equal(t, " | R1 | C3", missed(&answers.ClaimFilter{Predicates: []masar.Predicate{masar.Advances, masar.PractisedIn}}))
}

// Catches: excluded rows that are not reported, and a size out of range that is accepted.
func TestGapMapIsCut(t *testing.T) {
	var lines []string
	for i := range 101 {
		lines = append(lines, fmt.Sprintf("RECOMMENDATION/R1 ADDRESSES CHALLENGE/H%d", i))
	}
	g := build(t, strings.Join(lines, "\n")+"\nRECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6")
	m := g.gapMap(nil, answers.ByChallenge, answers.BySdgTarget)
	equal(t, []int{100, 1, 100, 0}, []int{len(m.Rows), m.OtherRows, len(m.Cells), m.OtherColumns})
	if _, err := g.selected(nil).GapMap(answers.ByChallenge, answers.BySdgTarget, nil, new(101), nil); masar.ErrorCode(err) != masar.CodeBadPage {
		t.Errorf("101 columns: %v", err)
	}
	none, err := g.selected(nil).GapMap(answers.ByChallenge, answers.BySdgTarget, new(2), new(0), nil)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, []int{2, 99, 0, 1, 0}, []int{len(none.Rows), none.OtherRows, len(none.Columns), none.OtherColumns, len(none.Cells)})
}

// Catches: a case from no similar country that is found, and one that is missed, itself or by what it demonstrates.
func TestGapOfContext(t *testing.T) {
	g := build(t, `
		RECOMMENDATION/R1 ADDRESSES CHALLENGE/H1
		RECOMMENDATION/R2 ADDRESSES CHALLENGE/H1
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/1.1 + NEWS D1
		RECOMMENDATION/R2 ADVANCES SDG_TARGET/1.2 + NEWS D1
		CASE_STUDY/C1 CONTRIBUTES_TO SDG_TARGET/1.3 + NEWS D1
		CASE_STUDY/C1 CONCERNS TOPIC/T1 + NEWS D1
		RECOMMENDATION/R1 CONCERNS TOPIC/T1 + NEWS D1
		RECOMMENDATION/R2 CONCERNS TOPIC/T1 + NEWS D1
		CASE_STUDY/C1 DEMONSTRATES RECOMMENDATION/R1 + NEWS D1
		CASE_STUDY/C2 DEMONSTRATES RECOMMENDATION/R2 + NEWS D1
		CASE_STUDY/C1 PRACTISED_IN COUNTRY/AAA + NEWS D1
		CASE_STUDY/C2 PRACTISED_IN COUNTRY/BBB + NEWS D1
		CASE_STUDY/C2 PRACTISED_IN COUNTRY/CCC REJECTED + NEWS D1
		COUNTRY/AAA observed EGDI 2024 V D1 .5
		COUNTRY/CCC observed EGDI 2024 V D1 .9`)
	missing := func(maturity float64) string {
		m, err := g.selected(nil).GapMap(answers.ByTopic, answers.BySdgTarget, nil, nil, &maturity)
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, c := range m.Cells {
			if slices.Contains(c.Gaps, answers.GapContext) {
				codes = append(codes, m.Columns[c.Column].Key)
			}
		}
		return strings.Join(codes, " ")
	}
	equal(t, "1.2", missing(.35))
	equal(t, "1.2", missing(.65))
	equal(t, "1.1 1.2 1.3", missing(.349))
	equal(t, "1.1 1.2 1.3", missing(.9))
}
