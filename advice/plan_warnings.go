package advice

import (
	"slices"

	"masar"
	"masar/answers"
	"masar/topology"
)

// warnings are the warnings about a plan, in the order of the codes.
func (p *planner) warnings(plan *answers.ActionPlan) []*answers.PlanWarning {
	all := []*answers.PlanWarning{}
	warn := func(code answers.PlanWarningCode, about []masar.Ref) {
		if len(about) > 0 {
			slices.SortFunc(about, masar.Ref.Compare)
			all = append(all, &answers.PlanWarning{Code: code, About: slices.Compact(about)})
		}
	}
	warn(answers.WarnCostsAssumed, p.withoutCost())
	if !p.shareGiven && len(p.plan.Steps) > 0 {
		all = append(all, &answers.PlanWarning{Code: answers.WarnPilotShareAssumed, Number: &p.pilotShare})
	}
	warn(answers.WarnWithoutContent, refs(p.g, p.headings))
	warn(answers.WarnNoRecommendation, targetsThat(plan, func(t *answers.PlanTarget) bool { return t.Support == nil }))
	warn(answers.WarnTargetUncovered, slices.Clone(plan.UncoveredTargets))
	warn(answers.WarnGoalLevelOnly, targetsThat(plan, func(t *answers.PlanTarget) bool {
		return len(t.Links) > 0 && !slices.ContainsFunc(t.Links, func(k *answers.PlanLink) bool { return k.Level == masar.LevelTarget })
	}))
	warn(answers.WarnInferred, inferred(plan))
	warn(answers.WarnContested, contested(plan))
	warn(answers.WarnPrerequisiteOutsidePlan, p.requiredOutside())
	warn(answers.WarnDuplicates, p.duplicates())
	warn(answers.WarnBudgetTooSmall, p.unaffordable(plan))
	if left := p.budget - p.plan.Cost; left > 1e-9*p.budget {
		all = append(all, &answers.PlanWarning{Code: answers.WarnBudgetLeft, Number: &left})
	}
	if len(p.plan.Steps) > 0 {
		all = append(all, p.aboutCountry()...)
	}
	return all
}

// withoutCost are the recommendations that could be planned but have no cost.
func (p *planner) withoutCost() []masar.Ref {
	var assumed []masar.Ref
	for _, at := range p.options {
		if _, given := p.cost(at); !given && !p.done[at] {
			assumed = append(assumed, p.g.Ref(at))
		}
	}
	return assumed
}

func targetsThat(plan *answers.ActionPlan, holds func(*answers.PlanTarget) bool) []masar.Ref {
	var some []masar.Ref
	for _, t := range plan.Targets {
		if holds(t) {
			some = append(some, t.Target)
		}
	}
	return some
}

// inferred are the planned recommendations whose claims about the targets are all inferred.
func inferred(plan *answers.ActionPlan) []masar.Ref {
	var linked, stated []masar.Ref
	for _, t := range plan.Targets {
		for _, k := range t.Links {
			linked = append(linked, k.Recommendation)
			if k.Basis == masar.Stated {
				stated = append(stated, k.Recommendation)
			}
		}
	}
	return slices.DeleteFunc(linked, func(r masar.Ref) bool { return slices.Contains(stated, r) })
}

// contested are the planned recommendations with claims about the targets on which sources disagree.
func contested(plan *answers.ActionPlan) []masar.Ref {
	var some []masar.Ref
	for _, t := range plan.Targets {
		for _, k := range t.Links {
			if k.Contested {
				some = append(some, k.Recommendation)
			}
		}
	}
	return some
}

// requiredOutside are requirements of the plan that a plan cannot contain.
func (p *planner) requiredOutside() []masar.Ref {
	var outside []masar.Ref
	for _, o := range p.planned() {
		for _, it := range along(p.g, p.options[o], masar.Requires) {
			if ref := p.g.Ref(it.At); ref.Kind == masar.KindTopic || p.unplannable(it.At) {
				outside = append(outside, ref)
			}
		}
	}
	return outside
}

// duplicates are the planned recommendations that are equivalent to other planned ones.
func (p *planner) duplicates() []masar.Ref {
	planned := map[topology.Entity]bool{}
	for _, o := range p.planned() {
		planned[p.options[o]] = true
	}
	var same []masar.Ref
	for at := range planned {
		for _, it := range along(p.g, at, masar.Duplicates) {
			if planned[it.At] {
				same = append(same, p.g.Ref(at), p.g.Ref(it.At))
			}
		}
	}
	return same
}

// unaffordable are the excluded recommendations that would add to the weighted support.
func (p *planner) unaffordable(plan *answers.ActionPlan) []masar.Ref {
	var would []masar.Ref
	for _, at := range p.excluded() {
		for t, target := range plan.Targets {
			if p.net(t, at) > 0 && *target.Support < 1 {
				would = append(would, p.g.Ref(at))
			}
		}
	}
	return would
}

// aboutCountry are the warnings about missing data on the country.
func (p *planner) aboutCountry() []*answers.PlanWarning {
	var all []*answers.PlanWarning
	var groups []masar.Ref
	own := false
	for challenge, claims := range p.whose {
		own = own || p.ofCountry(challenge)
		for _, has := range claims {
			groups = append(groups, p.g.Ref(p.g.Subject(has)))
		}
	}
	slices.SortFunc(groups, masar.Ref.Compare)
	switch {
	case len(groups) == 0:
		all = append(all, &answers.PlanWarning{Code: answers.WarnNoChallenges})
	case !own:
		all = append(all, &answers.PlanWarning{Code: answers.WarnRegionChallenges, About: slices.Compact(groups)})
	}
	if !slices.ContainsFunc(p.planned(), func(o int) bool { return len(p.casesOf(p.options[o])) > 0 }) {
		all = append(all, &answers.PlanWarning{Code: answers.WarnNoCountryCase})
	}
	return all
}
