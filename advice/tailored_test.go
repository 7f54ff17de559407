package advice_test

import (
	"slices"
	"testing"

	"masar"
	"masar/advice"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// tailoredTo are the recommendations for Egypt.
func tailoredTo(t *testing.T, g *topology.Graph, target *string) *answers.TailoredRecommendations {
	t.Helper()
	answer, err := advice.TailoredRecommendations(t.Context(), g, answers.TailoredArgs{Country: "EGY", Target: target})
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// ranked are the codes of the ranked recommendations.
func ranked(answer *answers.TailoredRecommendations) []string {
	var codes []string
	for _, item := range answer.Items {
		codes = append(codes, item.Recommendation.Code)
	}
	return codes
}

// component is one of the components of a recommendation's score.
func component(t *testing.T, answer *answers.TailoredRecommendations, code string, name answers.ScoreComponentName) scoring.Interval {
	t.Helper()
	for _, item := range answer.Items {
		for _, c := range item.Components {
			if item.Recommendation.Code == code && c.Name == name {
				return scoring.Interval{Low: c.Low, High: c.High}
			}
		}
	}
	t.Fatalf("%s has no %s", code, name)
	return scoring.Interval{}
}

// Catches: known absence reported as unknown, unknown values reported as known, and a fit above the limit of the
// band.
func TestKnownAbsenceIsZeroAndOnlyTheUnknowableIsUnknown(t *testing.T) {
	g := graphOf(t, "COUNTRY/EGY income HIGH", "COUNTRY/EGY observed EGDI .212", "COUNTRY/OMN income HIGH",
		"RECOMMENDATION/bare", "RECOMMENDATION/R ADVANCES SDG_TARGET/16.6", "RECOMMENDATION/R ADDRESSES CHALLENGE/H",
		"RECOMMENDATION/R band .5 .9", "RECOMMENDATION/R REQUIRES TOPIC/T", "CASE_STUDY/C DEMONSTRATES RECOMMENDATION/R",
		"CASE_STUDY/C PRACTISED_IN COUNTRY/OMN", "CASE_STUDY/own DEMONSTRATES RECOMMENDATION/R", "CASE_STUDY/own PRACTISED_IN COUNTRY/EGY")
	answer := tailoredTo(t, g, nil)
	effect := scoring.HarmonicShare(.8, 1) // one official statistic that names both ends
	for _, c := range []struct {
		code string
		name answers.ScoreComponentName
		want scoring.Interval
	}{
		{"bare", answers.ComponentEvidence, scoring.Known(0)},
		{"bare", answers.ComponentNeed, scoring.Known(0)},
		{"bare", answers.ComponentFit, scoring.Unknown},
		{"bare", answers.ComponentTransfer, scoring.Known(0)},
		{"R", answers.ComponentEvidence, scoring.Known(effect)},
		{"R", answers.ComponentNeed, scoring.Unknown}, // no data on the country
		{"R", answers.ComponentFit, scoring.Interval{High: scoring.BandFit(.212, .5, .9, scoring.DefaultProfile().BandFade)}},
		{"R", answers.ComponentTransfer, scoring.Known(effect)}, // the country's own case does not count
	} {
		if got := component(t, answer, c.code, c.name); got != c.want {
			t.Errorf("%s of %s is %v, want %v", c.name, c.code, got, c.want)
		}
	}
	if got := answer.Items[0].PractisedHere; len(got) != 1 || got[0].Code != "own" {
		t.Errorf("practisedHere is %v, want own", got)
	}
}

// Catches: a recommendation without data that ranks above one with data by default.
func TestIgnoranceDoesNotRankFirst(t *testing.T) {
	g := graphOf(t, "COUNTRY/EGY", "RECOMMENDATION/A-unknown", "RECOMMENDATION/B-known ADVANCES SDG_TARGET/16.6")
	answer := tailoredTo(t, g, nil)
	if got := ranked(answer); !slices.Equal(got, []string{"B-known", "A-unknown"}) || answer.RankBy != masar.RankByLow {
		t.Errorf("ranked by %s, the order is %v", answer.RankBy, got)
	}
}

// Catches: a recommendation with only a heading that is ranked, or missing from the answer.
func TestHeadingsAreListedApart(t *testing.T) {
	g := graphOf(t, "COUNTRY/EGY", "RECOMMENDATION/A ADVANCES SDG_TARGET/16.6", "RECOMMENDATION/H ADVANCES SDG_TARGET/16.6",
		"RECOMMENDATION/H headingOnly")
	for _, target := range []*string{nil, new("16.6")} {
		answer := tailoredTo(t, g, target)
		if got := ranked(answer); !slices.Equal(got, []string{"A"}) || answer.TotalCount != 1 ||
			!slices.Equal(answer.WithoutContent, []masar.Ref{{Kind: masar.KindRecommendation, Code: "H"}}) {
			t.Errorf("ranked %v of %d, without content %v", got, answer.TotalCount, answer.WithoutContent)
		}
	}
}
