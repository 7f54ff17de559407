package scoring

import (
	"cmp"
	"slices"

	"masar"
)

// ExactPlans is the maximum number of plan units for which the best plan is found. A unit is an option, or several
// that require each other. With more units the plan is greedy, with an upper bound for the best.
const ExactPlans = 20

// equalSupport is the difference up to which two weighted supports count as equal, because of rounding.
const equalSupport = 1e-10

// PlanProblem asks for the options within a budget that give the targets the most weighted support. The weighted
// support of a set P of options is Σ w_t (1 − Π_{r∈P} (1 − a_rt)) over the targets t.
type PlanProblem struct {
	// Weights are the w_t, above 0. They add up to 1, so the weighted support is in [0,1].
	Weights []float64
	// Options have unique codes, which decide ties.
	Options []PlanOption
	// Budget is the maximum total cost of the options of a plan, at least 0.
	Budget float64
}

// PlanOption is a possible part of a plan.
type PlanOption struct {
	Code string
	// Cost is at least 0.
	Cost float64
	// Advances are the a_rt, in [0,1], by target.
	Advances []float64
	// Requires are the indexes of the options that a plan with this one must contain.
	Requires []int
	// Done says that the option is already carried out. It counts for the targets, costs nothing, and is not planned.
	Done bool
}

// Plan is the solution of a PlanProblem.
type Plan struct {
	// Exact says that no plan within the budget has more weighted support. Otherwise the plan is greedy.
	Exact bool
	// Steps are the options to carry out, in order: by layer, and within a layer by gain per cost.
	Steps []PlanStep
	// BaselineSupport is the weighted support of the options already carried out. WeightedSupport adds the gains of the
	// plan.
	BaselineSupport, WeightedSupport float64
	// UpperBound is a proven upper bound of the weighted support of any plan within the budget. It equals
	// WeightedSupport if Exact is set.
	UpperBound float64
	// Cost is the total cost of the steps.
	Cost float64
}

// PlanStep is an option in a plan.
type PlanStep struct {
	// Option is the index of the option in the problem.
	Option int
	// Layer is 0 if the option requires no other one in the plan, otherwise one more than the highest layer that it
	// requires. Options that require each other share a layer.
	Layer int
	// Gains are what the step adds to the weighted support, by target: w_t · Π(1 − a_st) · a_rt, over the earlier
	// options s.
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

// AssemblePlan chooses the options with the most weighted support within the budget. All that they require has to be
// chosen or done. The order of the options does not matter.
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
	plan.UpperBound = max(plan.UpperBound, plan.WeightedSupport) // equal for an exact plan, apart from rounding
	return plan
}

// withoutIdle removes from a set the units that add nothing and that no other unit in it requires.
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

// requiredIn reports whether a unit of a set requires another one.
func (s *planSearch) requiredIn(set unitSet, required int) bool {
	for u, in := range set {
		if in && slices.Contains(s.units[u].requires, required) {
			return true
		}
	}
	return false
}

// order sorts the options of the chosen units as steps of a plan.
func (s *planSearch) order(chosen unitSet) []PlanStep {
	layers := make([]int, len(s.units)) // units come after those that they require
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
	// Equal options are ordered by code.
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
