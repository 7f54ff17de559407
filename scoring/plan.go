package scoring

import (
	"cmp"
	"slices"

	"masar"
)

// ExactPlans is the number of plan units, options that have to be carried out together counted as one, up to which the
// best plan is found. Above it a plan is assembled greedily, with an upper bound for the best.
const ExactPlans = 20

// equalSupport is how far two weighted supports may differ by rounding and still be equal.
const equalSupport = 1e-10

// PlanProblem asks which of some options to carry out within a budget for the most weighted support of the targets.
// That of a set P of options is Σ w_t (1 − Π_{r∈P} (1 − a_rt)) over the targets t.
type PlanProblem struct {
	// Weights are the w_t, above 0; they add up to 1, so that the weighted support is in [0,1].
	Weights []float64
	// Options are distinguished by their codes, which decide ties.
	Options []PlanOption
	// Budget is the most that the options of a plan may cost together, at least 0.
	Budget float64
}

// PlanOption is something that a plan may hold.
type PlanOption struct {
	Code string
	// Cost is at least 0.
	Cost float64
	// Advances has for each target the a_rt, in [0,1].
	Advances []float64
	// Requires are the places, among the options, of those that a plan with this one must hold.
	Requires []int
	// Done says that the option has been carried out: it counts for the targets, costs nothing, and is not planned.
	Done bool
}

// Plan answers a PlanProblem.
type Plan struct {
	// Exact says that no plan within the budget has more weighted support. Otherwise the plan was assembled greedily.
	Exact bool
	// Steps are the options to carry out, in order: layer by layer, and of a layer the one first that adds most for its cost.
	Steps []PlanStep
	// BaselineSupport is the weighted support by what is done alone; WeightedSupport adds all gains of the plan.
	BaselineSupport, WeightedSupport float64
	// UpperBound is a proven upper bound of the weighted support of any plan within the budget; WeightedSupport where Exact.
	UpperBound float64
	// Cost is what the steps cost together.
	Cost float64
}

// PlanStep is an option of a plan in its place.
type PlanStep struct {
	// Option is the place of the option in the problem.
	Option int
	// Layer is 0 where the option requires nothing else of the plan, else one more than the highest layer it requires.
	// Options that require each other are in one layer.
	Layer int
	// Gains has for each target what the step adds to the weighted support: w_t · Π(1 − a_st) · a_rt, over the s carried out before.
	Gains []float64
}

// Gain is what the step adds to the weighted support.
func (s *PlanStep) Gain() float64 {
	sum := 0.
	for _, g := range s.Gains {
		sum += g
	}
	return sum
}

// AssemblePlan chooses the options of most weighted support within the budget whose requirements are all chosen or done. The
// answer does not depend on the order in which they are given.
func AssemblePlan(p PlanProblem) Plan { return assemblePlan(p, ExactPlans) }

func assemblePlan(p PlanProblem, exactUpTo int) Plan {
	search := newPlanSearch(p)
	plan := Plan{Exact: true, BaselineSupport: search.support(search.start)}
	chosen, bound := search.greedy()
	if len(search.units) <= exactUpTo {
		chosen = search.exact(chosen)
	} else {
		plan.Exact, plan.UpperBound = false, bound
	}
	plan.WeightedSupport = plan.BaselineSupport
	plan.Steps = search.order(search.withoutIdle(chosen))
	for i := range plan.Steps {
		plan.WeightedSupport += plan.Steps[i].Gain()
		plan.Cost += p.Options[plan.Steps[i].Option].Cost
	}
	plan.UpperBound = max(plan.UpperBound, plan.WeightedSupport) // equal to it for an exact plan, and never below it by a rounding
	return plan
}

// withoutIdle takes from a set what adds nothing to it and what nothing in it requires.
func (s *planSearch) withoutIdle(chosen unitSet) unitSet {
	kept := slices.Clone(chosen)
	whole := s.support(s.missed(chosen))
	for u := len(kept) - 1; u >= 0; u-- {
		if !kept[u] || s.requiredIn(kept, u) {
			continue
		}
		kept[u] = false
		if s.support(s.missed(kept)) < whole-equalSupport {
			kept[u] = true
		}
	}
	return kept
}

// requiredIn reports whether a unit of a set requires another.
func (s *planSearch) requiredIn(set unitSet, required int) bool {
	for u, in := range set {
		if in && slices.Contains(s.units[u].requires, required) {
			return true
		}
	}
	return false
}

// order puts the options of the chosen units into the order of a plan.
func (s *planSearch) order(chosen unitSet) []PlanStep {
	layers := make([]int, len(s.units)) // units stand behind what they require
	var left []PlanStep
	for u, unit := range s.units {
		if !chosen[u] {
			continue
		}
		for _, r := range unit.requires {
			layers[u] = max(layers[u], layers[r]+1)
		}
		for _, o := range unit.options {
			left = append(left, PlanStep{Option: o, Layer: layers[u]})
		}
	}
	// Those that stand first among equals have the first codes.
	slices.SortFunc(left, func(a, b PlanStep) int {
		return cmp.Or(cmp.Compare(a.Layer, b.Layer), masar.CompareCodes(s.Options[a.Option].Code, s.Options[b.Option].Code))
	})
	missed := slices.Clone(s.start)
	var steps []PlanStep
	for len(left) > 0 {
		best, rate := 0, -1.
		for i, step := range left {
			if step.Layer > left[0].Layer {
				break
			}
			option := &s.Options[step.Option]
			if r := perCost(s.gain(missed, option.Advances), option.Cost); r > rate {
				best, rate = i, r
			}
		}
		step := left[best]
		left = slices.Delete(left, best, best+1)
		advances := s.Options[step.Option].Advances
		for t, a := range advances {
			step.Gains = append(step.Gains, s.Weights[t]*missed[t]*a)
		}
		multiply(missed, advances)
		steps = append(steps, step)
	}
	return steps
}
