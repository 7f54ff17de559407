package advice

import (
	"context"
	"slices"
	"time"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// AssembleActionPlan chooses the recommendations that best advance targets within a budget.
// The error has code BAD_INPUT and names the argument, or is that of the context.
func AssembleActionPlan(ctx context.Context, g *topology.Graph, input answers.ActionPlanInput) (*answers.ActionPlan, error) {
	task, err := readTask(g, input)
	if err != nil {
		return nil, err
	}
	options, err := task.gather()
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p := planner{candidates: options, plan: scoring.AssemblePlan(options.problem())}
	return p.describe(), nil
}

// planner describes a plan.
type planner struct {
	*candidates
	plan scoring.Plan
}

func (p *planner) describe() *answers.ActionPlan {
	method := answers.PlanGreedy
	if p.plan.Exact {
		method = answers.PlanExact
	}
	answer := &answers.ActionPlan{
		Snapshot: p.g.Snapshot(), AsOf: p.g.AsOf().Format(time.DateOnly), Country: p.g.Ref(p.country),
		Method: method, WeightedSupport: p.plan.WeightedSupport, BaselineSupport: p.plan.BaselineSupport, UpperBound: p.plan.UpperBound,
		Cost: p.plan.Cost, Budget: p.budget, PilotShare: p.pilotShare,
	}
	answer.Targets = p.supportOfTargets()
	answer.Phases = p.phases(answer.Targets)
	for _, t := range answer.Targets {
		if len(t.Links) == 0 {
			answer.UncoveredTargets = append(answer.UncoveredTargets, t.Target)
		}
	}
	answer.Excluded = refs(p.g, p.excluded())
	answer.Warnings = p.warnings(answer)
	return answer
}

// supportOfTargets is the support of each target: from finished recommendations, then step by step from the plan.
func (p *planner) supportOfTargets() []*answers.PlanTarget {
	reached := make([]*answers.PlanTarget, len(p.targets))
	for t, target := range p.targets {
		reached[t] = &answers.PlanTarget{Target: p.g.Ref(target.at), Weight: target.weight, Links: []*answers.PlanLink{}}
		missed := 1.
		for _, o := range append(p.doneOptions(), p.planned()...) {
			by, ok := p.advancing[t][p.options[o]]
			if !ok {
				continue
			}
			link := p.link(t, by)
			link.Remaining = missed
			link.Gain = link.Weight * link.Remaining * link.Net
			missed *= 1 - link.Net
			reached[t].Links = append(reached[t].Links, link)
		}
		if len(p.advancing[t]) > 0 {
			support := 1 - missed
			reached[t].Support = &support
		}
	}
	return reached
}

// link is the claim that a recommendation advances a target.
func (p *planner) link(t int, by item) *answers.PlanLink {
	claim := by.Via[0]
	link := &answers.PlanLink{
		Recommendation: p.g.Ref(by.At), Target: p.g.Ref(p.targets[t].at), Claim: p.g.Key(claim), Basis: p.g.Basis(claim),
		Contested: p.g.Status(claim) == masar.Contested,
		Level:     masar.LevelTarget, Net: by.Score(), Weight: p.targets[t].weight,
	}
	if by.AtTarget {
		link.Level = masar.LevelGoal
	}
	return link
}

// phases groups the steps into phases. In each, the pilots come first, then the steps to full scale.
func (p *planner) phases(targets []*answers.PlanTarget) []*answers.PlanPhase {
	phases := []*answers.PlanPhase{}
	for from := 0; from < len(p.plan.Steps); {
		to := from
		for to < len(p.plan.Steps) && p.plan.Steps[to].Layer == p.plan.Steps[from].Layer {
			to++
		}
		phase := &answers.PlanPhase{Number: len(phases) + 1}
		for _, step := range []answers.PlanStep{answers.PilotStep, answers.ScaleStep} {
			for _, s := range p.plan.Steps[from:to] {
				phase.Items = append(phase.Items, p.item(s, step, targets))
			}
		}
		phases = append(phases, phase)
		from = to
	}
	return phases
}

func (p *planner) item(planned scoring.PlanStep, step answers.PlanStep, targets []*answers.PlanTarget) *answers.PlanItem {
	at := p.options[planned.Option]
	cost, given := p.cost(at)
	item := &answers.PlanItem{
		Recommendation: p.g.Ref(at), Step: step, Cost: cost * p.pilotShare, FullCost: cost, CostAssumed: !given, Links: []*answers.PlanLink{},
		Prerequisites: itemRefs(p.g, along(p.g, at, masar.Requires)), CaseStudies: itemRefs(p.g, p.casesOf(at)),
	}
	item.Challenges, item.Needs = p.challengesOf(at)
	for _, t := range targets {
		for _, link := range t.Links {
			if link.Recommendation == item.Recommendation {
				item.Targets = append(item.Targets, t.Target)
				item.Links = append(item.Links, link)
			}
		}
	}
	if step == answers.ScaleStep {
		item.Cost = cost - item.Cost
		if len(item.Links) > 0 {
			gain := planned.Gain()
			item.Gain = &gain
		}
	}
	return item
}

// planned are the indexes of the planned options, in the order of the plan.
func (p *planner) planned() []int {
	var all []int
	for _, s := range p.plan.Steps {
		all = append(all, s.Option)
	}
	return all
}

// excluded are the recommendations that could be planned and advance a target, but are neither planned nor done.
func (p *planner) excluded() []topology.Entity {
	planned := p.planned()
	var left []topology.Entity
	for o, at := range p.options {
		if !p.done[at] && !slices.Contains(planned, o) && p.advances(at) {
			left = append(left, at)
		}
	}
	return left
}
