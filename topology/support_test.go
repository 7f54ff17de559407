package topology_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// message9 is the example of the model: key message 9 advances 16.7, supported by two sources of ESCWA and one of
// GIZ.
const message9 = `
	DOCUMENT/WEBINAR date 2024-12-11
	DOCUMENT/WEBINAR family ESCWA
	DOCUMENT/SLIDES date [2023-09-13..2024-02-27]
	DOCUMENT/SLIDES family ESCWA
	DOCUMENT/PAGE date 2024
	DOCUMENT/PAGE family GIZ
	RECOMMENDATION/KM-9 ADVANCES SDG_TARGET/16.7 + OUTCOME_DOCUMENT WEBINAR INFERENCE + OFFICIAL_PRESENTATION SLIDES + PROJECT_PAGE PAGE INFERENCE`

var fourDigits = cmpopts.EquateApprox(0, .00005)

// Catches: evidence that reaches the scorer with another date, family, kind, directness or review, and a term with
// the wrong key.
func TestSupport(t *testing.T) {
	g := build(t, message9)
	c := g.claim("RECOMMENDATION/KM-9 ADVANCES SDG_TARGET/16.7")
	support := g.Support(c)
	var terms []string
	for _, term := range support.Terms {
		e, ok := g.FindEvidence(term.EvidenceKey)
		if !ok || g.ClaimOf(e) != c {
			t.Errorf("term %+v belongs to no evidence of the claim", term)
		}
		terms = append(terms, g.names[g.EvidenceRecord(e).UID])
	}
	equal(t, []string{"+ OFFICIAL_PRESENTATION SLIDES@0", "+ OUTCOME_DOCUMENT WEBINAR@0", "+ PROJECT_PAGE PAGE@0"}, terms)
	strengths := []float64{support.Terms[0].Strength, support.Terms[1].Strength, support.Terms[2].Strength}
	if diff := cmp.Diff([]float64{.4467, .2488, .1376}, strengths, fourDigits); diff != "" {
		t.Error(diff)
	}
	support.Terms = nil
	want := &masar.Support{
		Nature: masar.Effect, Supports: .2925, Net: .2925, Certainty: masar.CertaintyLow, Status: masar.Supported, Families: 2, AsOf: "2025-01-01", Profile: "default",
	}
	if diff := cmp.Diff(want, support, fourDigits); diff != "" {
		t.Error(diff)
	}

	g = build(t, `RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + SYSTEMATIC_REVIEW D1 DOUBTFUL - NEWS D2 + NEWS D3 REJECTED`)
	support = g.Support(g.claim("RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6"))
	share := scoring.HarmonicShare
	if diff := cmp.Diff([]float64{share(.8, 1), share(.3, 1), 2}, []float64{support.Supports, support.Refutes, float64(len(support.Terms))}, fourDigits); diff != "" {
		t.Error(diff)
	}
	// A claim without evidence has a support as well, of zero.
	support = build(t, "RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6").Support(0)
	equal(t, &masar.Support{Nature: masar.Effect, Certainty: masar.CertaintyVeryLow, Status: masar.NoEvidence, AsOf: "2025-01-01", Profile: "default"}, support)
}

// Catches: evidence about a goal that counts in full for a target, and weaker evidence that is raised to half.
func TestSupportAtTarget(t *testing.T) {
	g := build(t, `RECOMMENDATION/R1 ADVANCES SDG_GOAL/16 + SYSTEMATIC_REVIEW D1 GOAL_NAMED + SYSTEMATIC_REVIEW D2 METADATA`)
	c := g.claim("RECOMMENDATION/R1 ADVANCES SDG_GOAL/16")
	for _, s := range []struct {
		support   *masar.Support
		strengths []float64
	}{{g.Support(c), []float64{.7, .3}}, {g.SupportAtTarget(c), []float64{.5, .3}}} {
		got := []float64{s.support.Terms[0].Strength, s.support.Terms[1].Strength}
		if diff := cmp.Diff(s.strengths, got, fourDigits); diff != "" {
			t.Error(diff)
		}
	}
}

// Catches: a day or a weight without effect, and one that changes more than requested: the next answer, or the graph.
func TestSupportWith(t *testing.T) {
	g := build(t, message9)
	c := g.claim("RECOMMENDATION/KM-9 ADVANCES SDG_TARGET/16.7")
	with := func(asOf *string, weights *answers.ScoringWeights) *masar.Support {
		t.Helper()
		s, err := g.SupportWith(c, asOf, weights)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	plain := g.Support(c)
	equal(t, plain, with(nil, nil))
	equal(t, plain, with(new("2025-01-01"), nil))
	none := with(nil, &answers.ScoringWeights{}) // weights are given, but none differs
	equal(t, "CUSTOM", none.Profile)
	equal(t, plain.Terms, none.Terms)

	later := with(new("2033-01-01"), nil)
	equal(t, "2033-01-01", later.AsOf)
	equal(t, "default", later.Profile)
	for i, term := range later.Terms { // one half-life later
		if diff := cmp.Diff(plain.Terms[i].Strength/2, term.Strength, fourDigits); diff != "" {
			t.Error(diff)
		}
	}
	if s := with(new("1999-01-01"), nil); s.Terms[0].Age != 1 {
		t.Errorf("the age before its publication is %v", s.Terms[0].Age)
	}

	heavy := with(nil, &answers.ScoringWeights{
		Quality:    []masar.QualityWeight{{Kind: masar.ProjectPage, Weight: 1}, {Kind: masar.News, Weight: 0}},
		Directness: []masar.DirectnessWeight{{Directness: masar.CuratorsReading, Weight: 1}, {Directness: masar.Named, Weight: 0}},
	})
	for _, term := range heavy.Terms {
		want := map[masar.EvidenceKind][2]float64{masar.ProjectPage: {1, 1}, masar.OutcomeDocument: {.5, 1}, masar.OfficialPresentation: {.5, 0}}[term.Kind]
		equal(t, want, [2]float64{term.Quality, term.Directness})
	}
	equal(t, "CUSTOM", heavy.Profile)
	equal(t, "2025-01-01", heavy.AsOf)
	equal(t, plain, g.Support(c))
	equal(t, plain, with(nil, nil))
}

// Catches: an error that names an argument of the scoring profile, which the client has not given, or no argument;
// and a panic.
func TestSupportWithRefuses(t *testing.T) {
	g := build(t, message9)
	quality := func(weights ...masar.QualityWeight) *answers.ScoringWeights {
		return &answers.ScoringWeights{Quality: weights}
	}
	directness := func(weights ...masar.DirectnessWeight) *answers.ScoringWeights {
		return &answers.ScoringWeights{Directness: weights}
	}
	for _, c := range []struct {
		name     string
		asOf     *string
		weights  *answers.ScoringWeights
		argument string
	}{
		{"no day", new(""), nil, "asOf"},
		{"a word", new("today"), nil, "asOf"},
		{"a year", new("2025"), nil, "asOf"},
		{"a time", new("2025-01-01T00:00:00Z"), nil, "asOf"},
		{"a day that no month has", new("2025-02-29"), nil, "asOf"},
		{"a day before all days", new("0001-01-01"), nil, "asOf"},
		{"Arabic digits", new("٢٠٢٥-٠١-٠١"), nil, "asOf"},
		{"a quality above 1", nil, quality(masar.QualityWeight{Kind: masar.News, Weight: 1}, masar.QualityWeight{Kind: masar.Opinion, Weight: 1.1}), "weights.quality[1].weight"},
		{"a quality below 0", nil, quality(masar.QualityWeight{Kind: masar.Opinion, Weight: -.1}), "weights.quality[0].weight"},
		{"a quality that is no number", nil, quality(masar.QualityWeight{Kind: masar.Opinion, Weight: math.NaN()}), "weights.quality[0].weight"},
		{"an unknown kind", nil, quality(masar.QualityWeight{Kind: "RUMOUR", Weight: .5}), "weights.quality[0]"},
		{"a directness above 1", nil, directness(masar.DirectnessWeight{Directness: masar.MetadataOnly, Weight: 2}), "weights.directness[0].weight"},
		{"a directness without end", nil, directness(masar.DirectnessWeight{Directness: masar.Named, Weight: math.Inf(1)}), "weights.directness[0].weight"},
		{"an unknown directness", nil, directness(masar.DirectnessWeight{Weight: .5}), "weights.directness[0]"},
		{"a bad weight on a good day", new("2026-01-01"), directness(masar.DirectnessWeight{Directness: masar.Named, Weight: -1}), "weights.directness[0].weight"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := g.SupportWith(0, c.asOf, c.weights)
			bad(t, err, masar.CodeBadInput, c.argument)
			if s != nil {
				t.Errorf("it answers %+v, too", s)
			}
		})
	}
}

// Catches: a graph with another as-of date than requested.
func TestAsOf(t *testing.T) {
	day := time.Date(2033, 1, 1, 0, 0, 0, 0, time.UTC)
	g, err := topology.Build(outline(t, "RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + SYSTEMATIC_REVIEW D1"), scoring.DefaultProfile(), day)
	if err != nil {
		t.Fatal(err)
	}
	s := g.Support(0)
	equal(t, "2033-01-01", s.AsOf)
	if diff := cmp.Diff(.5, s.Terms[0].Strength, fourDigits); diff != "" { // one half-life later
		t.Error(diff)
	}
}

// Catches: an inferred claim whose evidence counts as stated, and a result other than the model's for message 9.
func TestSupportOfInferredClaim(t *testing.T) {
	g := build(t, strings.Replace(message9, "SDG_TARGET/16.7 +", "SDG_TARGET/16.7 INFERRED +", 1))
	support := g.Support(g.claim("RECOMMENDATION/KM-9 ADVANCES SDG_TARGET/16.7"))
	if diff := cmp.Diff(.1721, support.Net, fourDigits); diff != "" || !support.Inferred || support.Certainty != masar.CertaintyLow {
		t.Errorf("%+v %s", support, diff)
	}
}

// Catches: a fact with a grade or with age, a rating that no filter or dimension finds, and a disputed claim
// presented as undisputed.
func TestFactsAndDisputes(t *testing.T) {
	g := build(t, `
		ORGANIZATION/GIZ PARTICIPATES INITIATIVE/I1 IMPLEMENTER + PROJECT_PAGE D1 + PROJECT_PAGE D2
		ORGANIZATION/EU PARTICIPATES INITIATIVE/I1 FUNDER + PROJECT_PAGE D1
		INITIATIVE/I1 OPERATES_IN COUNTRY/EGY INFERRED + PROJECT_PAGE D1 INFERENCE
		INITIATIVE/I1 OPERATES_IN COUNTRY/TUN + NEWS D1 - NEWS D2
		INITIATIVE/I1 OPERATES_IN COUNTRY/LBY + NEWS D1 - PROJECT_PAGE D2
		RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + OUTCOME_DOCUMENT D3 - OUTCOME_DOCUMENT D2
		RECOMMENDATION/R2 ADVANCES SDG_TARGET/16.6 + NEWS D1 - OUTCOME_DOCUMENT D2
		DOCUMENT/D1 date 1999`)
	for claim, want := range map[string]masar.Documentation{
		"ORGANIZATION/GIZ PARTICIPATES INITIATIVE/I1 IMPLEMENTER": masar.DocumentationCorroborated,
		"ORGANIZATION/EU PARTICIPATES INITIATIVE/I1 FUNDER":       masar.DocumentationStated,
		"INITIATIVE/I1 OPERATES_IN COUNTRY/EGY":                   masar.DocumentationInferred,
	} {
		now := g.Support(g.claim(claim))
		later, err := g.SupportWith(g.claim(claim), new("2090-01-01"), nil)
		if err != nil || now.Documentation != want || now.Certainty != "" || later.Net != now.Net {
			t.Errorf("%s: %+v, later %+v, %v", claim, now, later, err)
		}
	}
	for name, c := range map[string]struct {
		filter answers.ClaimFilter
		want   int
	}{
		"facts":        {answers.ClaimFilter{Natures: []masar.ClaimNature{masar.Fact}}, 5},
		"effects":      {answers.ClaimFilter{Natures: []masar.ClaimNature{masar.Effect}}, 2},
		"graded":       {answers.ClaimFilter{Certainties: masar.Certainties}, 2},
		"documented":   {answers.ClaimFilter{Documentations: masar.Documentations}, 5},
		"corroborated": {answers.ClaimFilter{Documentations: []masar.Documentation{masar.DocumentationCorroborated}}, 1},
		"contested":    {answers.ClaimFilter{Statuses: []masar.SupportStatus{masar.Contested}}, 2},
		"refuted":      {answers.ClaimFilter{Statuses: []masar.SupportStatus{masar.Refuted}}, 2},
	} {
		if got := g.selected(&c.filter).Len(); got != c.want {
			t.Errorf("%s: %d claims, want %d", name, got, c.want)
		}
	}
	for by, total := range map[answers.Dimension]int{answers.ByCertainty: 2, answers.ByDocumentation: 5, answers.ByNature: 7, answers.ByStatus: 7} {
		d, err := g.selected(nil).Distribution(by, nil, nil)
		if err != nil || d.Total != total || d.Unknown != 0 {
			t.Errorf("%s: %+v, %v", by, d, err)
		}
	}
	m := g.gapMap(nil, answers.ByOrganization, answers.ByInitiative)
	if cell := m.Cells[0]; cell.Support.Nature != masar.Fact || cell.Support.Certainty != "" || cell.Support.Documentation == "" {
		t.Errorf("cell of facts: %+v", cell)
	}
}
