package web

import (
	"slices"
	"strings"

	"masar"
	"masar/answers"
	"masar/words"
)

var planPage = page{
	path: "countries/{code}/plan", operation: "plan", template: "plan", kind: masar.KindCountry,
	parameters: []string{"t", "budget", "done", "cost", "target", "weight", "for", "each"},
	variables:  planVariables,
	view:       func() view { return new(planView) },
	redirect:   planOfForm,
}

func planVariables(a address) (map[string]any, error) {
	request, _ := a.plan()
	code := a.codes("code")
	return map[string]any{"country": code, "input": request.input(code), "make": request.Complete}, nil
}

// planView is the answer of operations/plan.graphql.
type planView struct {
	PageFrame
	Country         *EntityHeading `json:"country"`
	Options         *targetOptions `json:"options"`
	Recommendations *headings      `json:"recommendations"`
	Plan            *plan          `json:"assembleActionPlan"`

	Request  planRequest
	Mistakes []mistake
}

type plan struct {
	Method           answers.PlanMethod `json:"method"`
	WeightedSupport  float64            `json:"weightedSupport"`
	BaselineSupport  float64            `json:"baselineSupport"`
	UpperBound       float64            `json:"upperBound"`
	Cost             float64            `json:"cost"`
	Budget           float64            `json:"budget"`
	PilotShare       float64            `json:"pilotShare"`
	Explanation      LocalizedText      `json:"explanation"`
	Targets          []planTarget       `json:"targets"`
	UncoveredTargets []EntityHeading    `json:"uncoveredTargets"`
	Excluded         []EntityHeading    `json:"excluded"`
	Warnings         []planWarning      `json:"warnings"`
	Phases           []planPhase        `json:"phases"`
}

type planTarget struct {
	Target      EntityHeading `json:"target"`
	Weight      float64       `json:"weight"`
	Support     *float64      `json:"support"`
	Explanation LocalizedText `json:"explanation"`
}

type planWarning struct {
	Code    answers.PlanWarningCode `json:"code"`
	About   []EntityHeading         `json:"about"`
	Message LocalizedText           `json:"message"`
}

type planPhase struct {
	Number int           `json:"number"`
	Name   LocalizedText `json:"name"`
	Items  []planItem    `json:"items"`
}

type planItem struct {
	Recommendation EntityHeading    `json:"recommendation"`
	Step           answers.PlanStep `json:"step"`
	Cost           float64          `json:"cost"`
	CostAssumed    bool             `json:"costAssumed"`
	Gain           *float64         `json:"gain"`
	Explanation    LocalizedText    `json:"explanation"`
	Links          []planLink       `json:"links"`
	Prerequisites  []EntityHeading  `json:"prerequisites"`
	CaseStudies    []EntityHeading  `json:"caseStudies"`
}

// planLink is a claim that a recommendation advances a target.
type planLink struct {
	Target codeOnly         `json:"target"`
	Level  masar.ClaimLevel `json:"level"`
	Basis  masar.Basis      `json:"basis"`
	Claim  struct {
		ID string `json:"id"`
	} `json:"claim"`
}

// Ref is the target.
func (l planLink) Ref() masar.Ref { return masar.Ref{Kind: masar.KindSdgTarget, Code: l.Target.Code} }

func (v *planView) exists() bool { return v.Country != nil }

func (v *planView) head(a address) head {
	v.Request, _ = a.plan()
	h := head{
		Of:     v.Country,
		Title:  say("page.plan.title", masar.Args{"country": v.Country.Title}),
		Crumbs: []link{{Path: "/countries", Phrase: say("page.menu.countries", nil)}, toEntity(*v.Country)},
		Answer: []masar.Phrase{say("page.plan.lead", nil)},
		Brief:  "/briefs" + pathOf(v.Country.Kind, v.Country.Code),
	}
	if v.Plan != nil {
		h.Answer = v.Plan.answer()
	}
	return h
}

// answer is the short answer: how many recommendations in how many phases, what they reach, and whether more is possible.
func (p *plan) answer() []masar.Phrase {
	args := masar.Args{"n": len(p.planned()), "support": words.Hundredths(p.WeightedSupport), "baseline": words.Hundredths(p.BaselineSupport), "bound": words.Hundredths(p.UpperBound)}
	answer := []masar.Phrase{say("page.plan.answer", args), say("page.plan.answer.support", args)}
	switch {
	case len(p.planned()) == 0:
		return answer
	case p.Method == answers.PlanExact:
		return append(answer, say("page.plan.answer.exact", nil))
	}
	return append(answer, say("page.plan.answer.bound", args))
}

// planned are the recommendations of the plan, each once.
func (p *plan) planned() []EntityHeading {
	var all []EntityHeading
	for _, phase := range p.Phases {
		for _, item := range phase.Items {
			if !slices.ContainsFunc(all, func(e EntityHeading) bool { return e.Code == item.Recommendation.Code }) {
				all = append(all, item.Recommendation)
			}
		}
	}
	return all
}

// leftOut is a recommendation that is not in the plan, and why.
type leftOut struct {
	EntityHeading
	Reason masar.Phrase
}

// LeftOut are the recommendations for the targets that are not in the plan.
func (p *plan) LeftOut() []leftOut {
	var all []leftOut
	for _, e := range p.Excluded {
		reason := say("page.plan.excluded.nothing", nil)
		if slices.ContainsFunc(p.about(answers.WarnBudgetTooSmall), func(o EntityHeading) bool { return o.Code == e.Code }) {
			reason = say("page.plan.excluded.budget", nil)
		}
		all = append(all, leftOut{e, reason})
	}
	for _, e := range p.about(answers.WarnWithoutContent) {
		all = append(all, leftOut{e, say("page.plan.excluded.content", nil)})
	}
	return all
}

func (p *plan) about(code answers.PlanWarningCode) []EntityHeading {
	for _, w := range p.Warnings {
		if w.Code == code {
			return w.About
		}
	}
	return nil
}

// mistaken keeps the mistakes of the address and those that the operation found.
func (v *planView) mistaken(a address, errs []Error) bool {
	_, v.Mistakes = a.plan()
	for _, e := range errs {
		if e.isOfRequest() {
			v.Mistakes = append(v.Mistakes, mistake{planField(e.Argument), pick(a.lang, e.Message)})
		}
	}
	return len(v.Mistakes) > 0
}

// planField is the field of the form that an argument of the operation comes from.
func planField(argument string) string {
	for part, field := range map[string]string{"targets": "t", "budget": "budget", "costs": "cost", "done": "done"} {
		if strings.Contains(argument, part) {
			return field
		}
	}
	return ""
}

// About are the mistakes in a field; those that are in no field with the empty name.
func (v *planView) About(field string) []string {
	var all []string
	for _, m := range v.Mistakes {
		if m.Field == field {
			all = append(all, m.Text)
		}
	}
	return all
}

// TargetRows are the rows of the form: the targets asked for, and two more.
func (v *planView) TargetRows() []planChoice {
	return append(slices.Clone(v.Request.Targets), planChoice{}, planChoice{})[:min(len(v.Request.Targets)+2, maxPlanTargets)]
}

// Missing reports whether a target asked for is not among the options.
func (v *planView) Missing(code string) bool {
	return code != "" && (v.Options == nil || !slices.ContainsFunc(v.Options.List(), func(b Bucket) bool { return b.Key == code }))
}
