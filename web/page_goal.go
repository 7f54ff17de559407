package web

import "masar"

var goalPage = page{
	path: "goals/{code}", operation: "goal", template: "goal", kind: masar.KindSdgGoal,
	variables: func(a address) (map[string]any, error) {
		return map[string]any{"code": asked(masar.KindSdgGoal, a.codes("code"))}, nil
	},
	view: func() view { return new(goalView) },
}

// goalView is the answer of operations/goal.graphql.
type goalView struct {
	PageFrame
	Goal *goal `json:"sdgGoal"`
}

type goal struct {
	EntityHeading
	IRI             *string        `json:"iri"`
	Summary         *LocalizedText `json:"summary"`
	Recommendations *claimed       `json:"recommendations"`
	Initiatives     *claimed       `json:"initiatives"`
	Targets         *struct {
		TotalCount int          `json:"totalCount"`
		Nodes      []goalTarget `json:"nodes"`
	} `json:"targets"`
}

// goalTarget is a target of a goal with its numbers of recommendations, initiatives and claims.
type goalTarget struct {
	EntityHeading
	Recommendations *Total `json:"recommendations"`
	Initiatives     *Total `json:"initiatives"`
	Claims          *Total `json:"claims"`
}

// IsEmpty reports whether no claim is about the target.
func (t goalTarget) IsEmpty() bool { return t.Claims != nil && t.Claims.TotalCount == 0 }

// HasEmpty reports whether no claim is about one of the targets.
func (g goal) HasEmpty() bool {
	for _, t := range g.Targets.Nodes {
		if t.IsEmpty() {
			return true
		}
	}
	return false
}

func (v *goalView) exists() bool { return v.Goal != nil }

func (v *goalView) head(address) head {
	g := v.Goal
	h := head{
		Entity:  &g.EntityHeading,
		Eyebrow: say("page.goal.eyebrow", masar.Args{"goal": g.Ref()}),
		Crumbs:  []link{{Path: "/goals", Phrase: say("page.menu.goals", nil)}},
		Rows:    []rows{{"claims", map[string]any{"targets": []string{g.Code}}}},
	}
	if g.Recommendations != nil {
		h.Answer = append(h.Answer, say("page.goal.answer", masar.Args{"n": g.Recommendations.TotalCount}))
	}
	if g.Targets != nil {
		with := 0
		for _, t := range g.Targets.Nodes {
			if t.Recommendations != nil && t.Recommendations.TotalCount > 0 {
				with++
			}
		}
		h.Answer = append(h.Answer, say("page.goal.answer.targets", masar.Args{"n": with, "all": g.Targets.TotalCount}))
	}
	return h
}
