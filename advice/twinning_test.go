package advice_test

import (
	"math"
	"testing"

	"masar/advice"
	"masar/answers"
	"masar/scoring"
)

// Catches: unnamed cases that count for a topic although their topic is unknown, or that do not count without a
// topic; and a supplier of unknown maturity that ranks before one of known maturity.
func TestUnnamedCasesCountWithoutATopic(t *testing.T) {
	g := graphOf(t, "COUNTRY/EGY income HIGH", "COUNTRY/EGY observed EGDI .5",
		"COUNTRY/OMN income HIGH", "COUNTRY/OMN observed EGDI .7", "COUNTRY/OMN observed ENACT_CASES 12",
		"CASE_STUDY/C PRACTISED_IN COUNTRY/OMN", "CASE_STUDY/C CONCERNS TOPIC/T",
		"COUNTRY/BHR income HIGH", "CASE_STUDY/D PRACTISED_IN COUNTRY/BHR", "CASE_STUDY/E PRACTISED_IN COUNTRY/BHR")
	fact := .8 // one source that states it
	for _, c := range []struct {
		topic   *string
		matches int
		want    float64
	}{
		{nil, 2, 1 - (1-fact)*math.Pow(.95, 11)},
		{new("T"), 1, fact},
	} {
		answer, err := advice.TwinningMatches(t.Context(), g, answers.TwinningArgs{Country: "EGY", Topic: c.topic})
		if err != nil || len(answer.Matches) != c.matches || answer.Matches[0].Supplier.Code != "OMN" {
			t.Fatalf("%+v, %v", answer, err)
		}
		supply, own := answer.Matches[0].Components[1], answer.Matches[0].Components[2]
		if math.Abs(supply.Low-c.want) > 1e-12 || !supply.Known() || own.Low != 0 || !own.Known() {
			t.Errorf("supply from %v to %v, want %v; own supply from %v to %v", supply.Low, supply.High, c.want, own.Low, own.High)
		}
		// Without a topic, everything about Oman is known.
		if m, want := answer.Matches[0], c.want*scoring.DefaultProfile().DefaultAvailability; c.topic == nil && (math.Abs(m.Low-want) > 1e-12 || m.Low != m.High) {
			t.Errorf("score from %v to %v, want %v", m.Low, m.High, want)
		}
	}
}
