package advice_test

import (
	"context"
	"errors"
	"testing"

	"masar"
	"masar/advice"
	"masar/answers"
	"masar/topology"
)

// small is a small graph in which each question has an answer.
func small(t *testing.T) *topology.Graph {
	return graphOf(t, "RECOMMENDATION/A ADVANCES SDG_TARGET/16.6", "RECOMMENDATION/B ADVANCES SDG_TARGET/16.6",
		"RECOMMENDATION/A ADDRESSES CHALLENGE/H", "COUNTRY/EGY HAS_CHALLENGE CHALLENGE/H", "CASE_STUDY/C PRACTISED_IN COUNTRY/OMN",
		"CASE_STUDY/C CONCERNS TOPIC/T", "CASE_STUDY/C DEMONSTRATES RECOMMENDATION/A", "INITIATIVE/I CONCERNS TOPIC/T",
		"INITIATIVE/J CONCERNS TOPIC/T", "INITIATIVE/J CONCERNS TOPIC/U")
}

// Catches: an adviser that needs a GraphQL operation in its context, and one that uses another as-of date than the
// graph's.
func TestAdviceTakesAGraph(t *testing.T) {
	now := small(t)
	day := "2035-01-01"
	later, err := now.AsOfDay(&day)
	if err != nil {
		t.Fatal(err)
	}
	net := func(g *topology.Graph) float64 {
		answer, err := advice.TailoredRecommendations(t.Context(), g, answers.TailoredArgs{Country: "EGY", Target: new("16.6"), First: new(1)})
		if err != nil {
			t.Fatal(err)
		}
		if len(answer.Items) != 1 || answer.TotalCount != 2 || answer.Items[0].Components[1].Name != answers.ComponentEvidence || answer.AsOf != g.AsOf().Format("2006-01-02") {
			t.Fatalf("%+v", answer)
		}
		return answer.Items[0].Components[1].Low
	}
	if then, old := net(now), net(later); !(old < then && old > 0) {
		t.Errorf("evidence counts %v after ten years, but %v before", old, then)
	}

	twins, err := advice.TwinningMatches(t.Context(), now, answers.TwinningArgs{Country: "EGY", Topic: new("T"), First: new(0)})
	if err != nil || twins.Topic.Code != "T" || len(twins.Matches) != 0 {
		t.Errorf("%+v, %v", twins, err)
	}
	all, err := advice.TwinningMatches(t.Context(), now, answers.TwinningArgs{Country: "EGY"})
	if err != nil || all.TotalCount != len(all.Matches) || all.TotalCount != 1 || all.Matches[0].Supplier.Code != "OMN" {
		t.Errorf("%+v, %v", all, err)
	}

	plan, err := advice.AssembleActionPlan(t.Context(), now, answers.ActionPlanInput{Country: "EGY", Targets: []answers.PlanTargetInput{{Code: "16.6"}}, Budget: 1})
	if err != nil || len(plan.Phases) != 1 || len(plan.Excluded) != 1 {
		t.Errorf("%+v, %v", plan, err)
	}

	compared, err := advice.CompareInitiatives(t.Context(), now, []string{"I", "J"})
	if err != nil || len(compared.Pairs) != 1 || len(compared.Unique) != 2 || len(compared.Unique[1].Entities) != 1 || compared.Unique[1].Entities[0].Code != "U" {
		t.Errorf("%+v, %v", compared, err)
	}
}

// ask asks every question, with a country, a size and codes that may be invalid.
func ask(ctx context.Context, g *topology.Graph, country string, first int, codes ...string) map[string]error {
	_, tailored := advice.TailoredRecommendations(ctx, g, answers.TailoredArgs{Country: country, First: &first})
	_, twinning := advice.TwinningMatches(ctx, g, answers.TwinningArgs{Country: country, First: &first})
	_, plan := advice.AssembleActionPlan(ctx, g, answers.ActionPlanInput{Country: country, Targets: []answers.PlanTargetInput{{Code: "16.6"}}, Budget: 1})
	_, compared := advice.CompareInitiatives(ctx, g, codes)
	return map[string]error{"tailored": tailored, "twinning": twinning, "plan": plan, "compared": compared}
}

// Catches: a computation that goes on after its context has ended.
func TestAdviceEndsWithItsContext(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range ask(ended, small(t), "EGY", 1, "I", "J") {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Catches: an invalid argument that is accepted, and an error that does not name it.
func TestAdviceRefuses(t *testing.T) {
	refused := func(errs map[string]error, name string, code masar.Code, argument string) {
		t.Helper()
		if e, ok := errors.AsType[*masar.Error](errs[name]); !ok || e.Code != code || e.Argument != argument {
			t.Errorf("%s: %v, want %s about %s", name, errs[name], code, argument)
		}
	}
	g := small(t)
	nowhere := ask(t.Context(), g, "NOWHERE", 1, "I", "NOTHING")
	refused(nowhere, "tailored", masar.CodeBadInput, "country")
	refused(nowhere, "twinning", masar.CodeBadInput, "country")
	refused(nowhere, "plan", masar.CodeBadInput, "input.country")
	refused(nowhere, "compared", masar.CodeBadInput, "codes[1]")
	tooMany := ask(t.Context(), g, "EGY", 101, "I")
	refused(tooMany, "tailored", masar.CodeBadPage, "first")
	refused(tooMany, "twinning", masar.CodeBadPage, "first")
	refused(tooMany, "compared", masar.CodeBadInput, "codes")
	refused(ask(t.Context(), g, "EGY", 1, "I", "I"), "compared", masar.CodeBadInput, "codes[1]")
}
