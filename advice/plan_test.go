package advice_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"masar"
	"masar/advice"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
	"masar/words"
)

// planOf is the plan for target 16.6 in a country.
func planOf(t *testing.T, g *topology.Graph, budget float64) *answers.ActionPlan {
	t.Helper()
	plan, err := advice.AssembleActionPlan(t.Context(), g, answers.ActionPlanInput{Country: "EGY", Targets: []answers.PlanTargetInput{{Code: "16.6"}}, Budget: budget})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// steps are the codes of a phase's steps to full scale.
func steps(p *answers.PlanPhase) []string {
	var codes []string
	for _, i := range p.Items {
		if i.Step == answers.ScaleStep {
			codes = append(codes, i.Recommendation.Code)
		}
	}
	return codes
}

func warned(plan *answers.ActionPlan, code answers.PlanWarningCode) []string {
	var about []string
	for _, w := range plan.Warnings {
		if w.Code == code {
			for _, r := range w.About {
				about = append(about, r.Code)
			}
		}
	}
	return about
}

// Catches: a greedy plan that is marked as exact, has no bound, or whose explanation does not mention it.
func TestPlansOfManyRecommendationsAreGreedyAndBounded(t *testing.T) {
	triples := []string{"COUNTRY/EGY"}
	for i := range scoring.ExactPlans + 5 {
		triples = append(triples, fmt.Sprintf("RECOMMENDATION/R-%d ADVANCES SDG_TARGET/16.6", i))
	}
	plan := planOf(t, graphOf(t, triples...), 3)
	if plan.Method != answers.PlanGreedy || plan.UpperBound < plan.WeightedSupport || plan.UpperBound >= 1 || plan.WeightedSupport <= 0 {
		t.Errorf("%s supports %v, bound %v", plan.Method, plan.WeightedSupport, plan.UpperBound)
	}
	if got := steps(plan.Phases[0]); !slices.Equal(got, []string{"R-0", "R-1", "R-2"}) {
		t.Errorf("among equals the plan has %v, want the first codes", got)
	}
	for lang, want := range map[masar.Language]string{masar.English: "No plan within the budget reaches more than 0.", masar.Arabic: "في حدود الميزانية أكثر من 0."} {
		if said := words.Plan(plan, []masar.Language{lang}).Value; !strings.Contains(said, want) {
			t.Errorf("%s: %q does not mention the bound", lang, said)
		}
	}
	if got := len(plan.Excluded); got != scoring.ExactPlans+2 {
		t.Errorf("%d recommendations are excluded, want %d", got, scoring.ExactPlans+2)
	}
}

// Catches: a recommendation with only a heading that is planned, even as a prerequisite, or that the plan does not
// report.
func TestHeadingsAreNeverPlanned(t *testing.T) {
	g := graphOf(t, "COUNTRY/EGY", "RECOMMENDATION/A ADVANCES SDG_TARGET/16.6", "RECOMMENDATION/H ADVANCES SDG_TARGET/16.6",
		"RECOMMENDATION/H headingOnly", "RECOMMENDATION/P headingOnly", "RECOMMENDATION/A REQUIRES RECOMMENDATION/P")
	plan := planOf(t, g, 10)
	if len(plan.Phases) != 1 || !slices.Equal(steps(plan.Phases[0]), []string{"A"}) || len(plan.Excluded) != 0 {
		t.Errorf("phases %v, excluded %v", plan.Phases, plan.Excluded)
	}
	if got := warned(plan, answers.WarnWithoutContent); !slices.Equal(got, []string{"H"}) {
		t.Errorf("WITHOUT_CONTENT names %v, want H", got)
	}
	if got := warned(plan, answers.WarnPrerequisiteOutsidePlan); !slices.Equal(got, []string{"P"}) {
		t.Errorf("PREREQUISITE_OUTSIDE_PLAN names %v, want P", got)
	}
}

// Catches: a step to full scale before or without its pilot.
func TestEachItemIsPilotedBeforeItIsScaled(t *testing.T) {
	g := graphOf(t, "COUNTRY/EGY", "RECOMMENDATION/A ADVANCES SDG_TARGET/16.6", "RECOMMENDATION/B ADVANCES SDG_TARGET/16.6",
		"RECOMMENDATION/B REQUIRES RECOMMENDATION/C")
	piloted, scaled := map[string]bool{}, 0
	for _, phase := range planOf(t, g, 3).Phases {
		for _, item := range phase.Items {
			code := item.Recommendation.Code
			if item.Step == answers.PilotStep {
				piloted[code] = true
				continue
			}
			if scaled++; !piloted[code] {
				t.Errorf("%s is scaled before it is piloted", code)
			}
		}
	}
	if len(piloted) != 3 || scaled != 3 {
		t.Errorf("%v pilots, %d steps to full scale, want 3 each", piloted, scaled)
	}
}

// Catches: recommendations that require each other in different phases, or planned without each other.
func TestACircleIsOnePhase(t *testing.T) {
	g := graphOf(t, "COUNTRY/EGY", "RECOMMENDATION/A ADVANCES SDG_TARGET/16.6",
		"RECOMMENDATION/A REQUIRES RECOMMENDATION/B", "RECOMMENDATION/B REQUIRES RECOMMENDATION/A", "RECOMMENDATION/B REQUIRES RECOMMENDATION/C")
	plan := planOf(t, g, 3)
	if len(plan.Phases) != 2 || !slices.Equal(steps(plan.Phases[0]), []string{"C"}) || !slices.Equal(steps(plan.Phases[1]), []string{"A", "B"}) {
		t.Errorf("the phases are %v", plan.Phases)
	}
	if plan = planOf(t, g, 2); len(plan.Phases) > 0 {
		t.Errorf("with a budget below the cost of the circle and its requirements, %v is planned", steps(plan.Phases[0]))
	}
}

// Catches: two equivalent recommendations that both count, without a warning.
func TestDuplicatesAreTold(t *testing.T) {
	g := graphOf(t, "COUNTRY/EGY", "RECOMMENDATION/A ADVANCES SDG_TARGET/16.6", "RECOMMENDATION/B ADVANCES SDG_TARGET/16.6",
		"RECOMMENDATION/C ADVANCES SDG_TARGET/16.6", "RECOMMENDATION/B DUPLICATES RECOMMENDATION/A")
	if got := warned(planOf(t, g, 3), answers.WarnDuplicates); !slices.Equal(got, []string{"A", "B"}) {
		t.Errorf("DUPLICATES names %v, want A and B", got)
	}
	if got := warned(planOf(t, g, 1), answers.WarnDuplicates); got != nil {
		t.Errorf("in a plan of A alone, DUPLICATES names %v", got)
	}
}

// Catches: a region's challenge that comes before those of the country, or counts as the country's own.
func TestTheCountrysOwnChallengesComeFirst(t *testing.T) {
	g := graphOf(t, "RECOMMENDATION/A ADVANCES SDG_TARGET/16.6", "RECOMMENDATION/A ADDRESSES CHALLENGE/a-other",
		"RECOMMENDATION/A ADDRESSES CHALLENGE/b-own", "COUNTRY/EGY HAS_CHALLENGE CHALLENGE/b-own")
	plan := planOf(t, g, 1)
	item := plan.Phases[0].Items[0]
	if len(item.Challenges) != 2 || item.Challenges[0].Code != "b-own" || len(item.Needs) != 1 || item.Needs[0].Of.Code != "EGY" {
		t.Errorf("challenges %v, needs %v", item.Challenges, item.Needs)
	}
	for _, w := range plan.Warnings {
		if w.Code == answers.WarnRegionChallenges || w.Code == answers.WarnNoChallenges {
			t.Errorf("warning %s, although the country has a challenge of its own", w.Code)
		}
	}
}

// Catches: a plan with too many candidates that is accepted.
func TestTooManyRecommendationsAreRefused(t *testing.T) {
	const most = 2000
	triples := []string{"COUNTRY/EGY"}
	for i := range most + 1 {
		triples = append(triples, fmt.Sprintf("RECOMMENDATION/R-%d ADVANCES SDG_TARGET/16.6", i))
	}
	_, err := advice.AssembleActionPlan(t.Context(), graphOf(t, triples...), answers.ActionPlanInput{Country: "EGY", Targets: []answers.PlanTargetInput{{Code: "16.6"}}})
	if masar.ErrorCode(err) != masar.CodeBadInput {
		t.Errorf("%d recommendations: %v", most+1, err)
	}
}

// Catches: a warning without a text in one of the languages.
func TestWarningsHaveWords(t *testing.T) {
	number := .5
	for _, code := range answers.PlanWarningCodes {
		w := &answers.PlanWarning{Code: code, About: []masar.Ref{{Kind: masar.KindSdgTarget, Code: "16.6"}}, Number: &number}
		for _, lang := range []masar.Language{masar.Arabic, masar.English} {
			if said := words.PlanWarning(w, []masar.Language{lang}); said == nil || said.Lang != lang || strings.ContainsAny(said.Value, "{}") {
				t.Errorf("%s in %s: %v", code, lang, said)
			}
		}
	}
}
