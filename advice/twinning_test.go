package advice_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"masar"
	"masar/advice"
	"masar/answers"
	"masar/topology"
	"masar/words"
)

// counting is a graph of Oman with one named case, on the topic T, and of other countries without any, in which the table
// counts as many cases of each country as told.
func counting(t *testing.T, counted map[string]float64) *topology.Graph {
	t.Helper()
	s := shapeOf(t, "CASE_STUDY/C PRACTISED_IN COUNTRY/OMN", "CASE_STUDY/C CONCERNS TOPIC/T", "COUNTRY/BHR", "COUNTRY/EGY", "COUNTRY/QAT", "DOCUMENT/TABLE")
	for _, code := range []string{"BHR", "EGY", "OMN"} {
		value, ok := counted[code]
		if !ok {
			continue
		}
		n := len(s.Observations)
		s.Observations = append(s.Observations, masar.ObservationShape{
			UID: uint64(1000 + n), Key: masar.ObservationKey(fmt.Sprintf("%032x", 1000+n)), Revision: 1, Of: entityOf(t, s, code).UID,
			Source: entityOf(t, s, "TABLE").UID, Indicator: "ENACT_CASES", Year: 2023, Value: value, Nature: masar.Reported, Vintage: "2023",
		})
	}
	return build(t, s)
}

// twins are the matches of Egypt by their suppliers.
func twins(t *testing.T, g *topology.Graph, topic *string) map[string]*answers.TwinningMatch {
	t.Helper()
	answer, err := advice.TwinningMatches(t.Context(), g, answers.TwinningArgs{Country: "EGY", Topic: topic})
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]*answers.TwinningMatch{}
	for _, m := range answer.Matches {
		by[m.Supplier.Code] = m
	}
	return by
}

// number is a component of a match.
func number(t *testing.T, m *answers.TwinningMatch, name answers.ComponentName) *answers.Component {
	t.Helper()
	for _, c := range m.Components {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no %s of %s", name, m.Supplier.Code)
	return nil
}

// Catches cases that are counted and not named left out of a supply, the named ones counted twice, a country without a named
// case that is left out, and a supply without the observation that it comes from.
func TestUnnamedCasesAreSupply(t *testing.T) {
	named := *number(t, twins(t, counting(t, nil), nil)["OMN"], answers.ComponentSupply).Value
	all := twins(t, counting(t, map[string]float64{"OMN": 12, "BHR": 2}), nil)
	oman, bahrain := number(t, all["OMN"], answers.ComponentSupply), number(t, all["BHR"], answers.ComponentSupply)
	if want := 1 - (1-named)*math.Pow(.95, 11); math.Abs(*oman.Value-want) > 1e-9 || len(oman.Observations) != 1 || len(oman.Claims) == 0 {
		t.Errorf("a named case and eleven more: %v, want %v; %+v", *oman.Value, want, oman)
	}
	if want := 1 - .95*.95; math.Abs(*bahrain.Value-want) > 1e-9 || len(bahrain.Observations) != 1 || len(all["BHR"].CaseStudies) != 0 {
		t.Errorf("two cases without a name: %v, want %v; %+v", *bahrain.Value, want, all["BHR"])
	}
	if all["QAT"] != nil {
		t.Error("a country without any case is a match")
	}
	if of := number(t, twins(t, counting(t, map[string]float64{"OMN": 1}), nil)["OMN"], answers.ComponentSupply); *of.Value != named || of.Observations != nil {
		t.Errorf("of one case, which is named, the supply is %v, want %v", *of.Value, named)
	}
	if of := number(t, twins(t, counting(t, map[string]float64{"EGY": 1}), nil)["OMN"], answers.ComponentOwn); !of.Known() || math.Abs(*of.Value-.05) > 1e-9 {
		t.Errorf("of the learner's own case without a name: %+v", of)
	}
}

// Catches a case that nothing is known of taken for one on a topic.
func TestUnnamedCasesAreOnNoTopic(t *testing.T) {
	on := twins(t, counting(t, map[string]float64{"OMN": 12, "BHR": 2, "EGY": 3}), new("T"))
	before := twins(t, counting(t, nil), new("T"))
	if got, want := number(t, on["OMN"], answers.ComponentSupply), number(t, before["OMN"], answers.ComponentSupply); *got.Value != *want.Value || got.Observations != nil {
		t.Errorf("%v, without the table %v", *got.Value, *want.Value)
	}
	if on["BHR"] != nil || number(t, on["OMN"], answers.ComponentOwn).Known() {
		t.Error("cases of no name count on a topic")
	}
}

// Catches a reason that does not tell the unnamed cases, or tells them in the wrong form of the number.
func TestUnnamedCasesAreTold(t *testing.T) {
	for unnamed, want := range map[int][2]string{
		1:  {"counts one further case study that it does not name. A case without a name counts 0.05.", "دراسة حالة أخرى غير مسماة، وتُحسب الحالة غير المسماة بقيمة 0.05"},
		2:  {"2 further case studies", "دراستا حالة أخريان غير مسماتين"},
		5:  {"5 further case studies", "5 دراسات حالة أخرى غير مسماة"},
		11: {"11 further case studies", "11 دراسة حالة أخرى غير مسماة"},
	} {
		g := counting(t, map[string]float64{"OMN": float64(1 + unnamed)})
		reason := number(t, twins(t, g, nil)["OMN"], answers.ComponentSupply).Explanation
		for i, lang := range []masar.Language{masar.English, masar.Arabic} {
			if said := words.Explain(reason, called, []masar.Language{lang}).Value; !strings.Contains(said, want[i]) {
				t.Errorf("%d in %s: %s", unnamed, lang, said)
			}
		}
	}
}

// called is an entity by its code alone.
func called(ref masar.Ref) masar.Entity {
	e := masar.NewEntity(ref.Kind)
	*e.Head() = masar.Header{Kind: ref.Kind, Code: ref.Code, Titles: masar.Wording{AR: masar.Words{Value: "عنوان"}, EN: masar.Words{Value: "Title"}}}
	return e
}
