package scoring_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"masar/scoring"
)

// modelPlan is the example of the model, with the targets 16.6, 16.7 and 17.6.
var modelPlan = scoring.PlanProblem{
	Weights: []float64{.5, .3, .2},
	Options: []scoring.PlanOption{
		{Code: "A", Cost: 2, Advances: []float64{.6, .2, 0}},
		{Code: "B", Cost: 2, Advances: []float64{0, .7, 0}, Requires: []int{0}},
		{Code: "C", Cost: 1, Advances: []float64{0, 0, .5}},
		{Code: "D", Cost: 3, Advances: []float64{.5, 0, .4}},
	},
	Budget: 5,
}

// codes are the codes of a plan's steps, in order.
func codes(p scoring.PlanProblem, plan scoring.Plan) []string {
	var all []string
	for _, s := range plan.Steps {
		all = append(all, p.Options[s.Option].Code)
	}
	return all
}

// Catches: a result that differs from the model's worked example.
func TestPlanOfTheModel(t *testing.T) {
	plan := scoring.AssemblePlan(modelPlan)
	if got, want := codes(modelPlan, plan), []string{"A", "C", "B"}; !slices.Equal(got, want) {
		t.Errorf("plan %v, want %v", got, want)
	}
	want := scoring.Plan{Exact: true, WeightedSupport: .628, UpperBound: .628, Cost: 5, Steps: []scoring.PlanStep{
		{Option: 0, Layer: 0, Gains: []float64{.3, .06, 0}},
		{Option: 2, Layer: 0, Gains: []float64{0, 0, .1}},
		{Option: 1, Layer: 1, Gains: []float64{0, .168, 0}},
	}}
	if diff := cmp.Diff(want, plan, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Error(diff)
	}
}

// Catches, on the model's own options: a plan of what gains most for its cost although another gains more, and a plan that
// lacks what it requires.
func TestPlanOfTheModelWithOtherBudgets(t *testing.T) {
	for _, c := range []struct {
		name    string
		budget  float64
		weights []float64
		want    []string
		support float64
	}{
		{"after A, C gains more than D for its cost, but D gains more", 5, []float64{.7, .1, .2}, []string{"A", "D"}, .66},
		{"B and C would gain most, but B requires A", 4, []float64{.1, .5, .4}, []string{"A", "B"}, .44},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := modelPlan
			p.Budget, p.Weights = c.budget, c.weights
			plan := scoring.AssemblePlan(p)
			if got := codes(p, plan); !slices.Equal(got, c.want) || math.Abs(plan.WeightedSupport-c.support) > 1e-12 {
				t.Errorf("the plan is %v with %v, want %v with %v", got, plan.WeightedSupport, c.want, c.support)
			}
		})
	}
}

// Catches: finished options that are planned, paid for or ignored.
func TestPlanWithSomethingDone(t *testing.T) {
	p := modelPlan
	p.Options = slices.Clone(p.Options)
	p.Options[0].Done = true
	p.Budget = 2
	plan := scoring.AssemblePlan(p)
	if got := codes(p, plan); !slices.Equal(got, []string{"B"}) {
		t.Errorf("plan %v, want B, whose requirement is done", got)
	}
	if diff := cmp.Diff([]float64{.36, .528, 0}, []float64{plan.BaselineSupport, plan.WeightedSupport, float64(plan.Steps[0].Layer)}, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Error(diff)
	}
}

// problems draws small problems with ties, circles, free options, finished options and fully supported targets. Rapid
// draws the type of problem and a seed. It would draw too simple numbers.
func problems() *rapid.Generator[scoring.PlanProblem] {
	return rapid.Custom(func(t *rapid.T) scoring.PlanProblem {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		targets, options := rapid.IntRange(1, 4).Draw(t, "targets"), 10-rapid.IntRange(0, 10).Draw(t, "fewer than ten")
		requiring, done := rapid.SampledFrom([]float64{0, .02, .1}).Draw(t, "requiring"), rapid.SampledFrom([]float64{0, .1}).Draw(t, "done")
		round := rapid.SampledFrom([]float64{1, 10, 1e6}).Draw(t, "round") // coarse numbers give ties
		most := rapid.SampledFrom([]float64{.4, 1, 1.2}).Draw(t, "most")
		number := func(from, to float64) float64 { return math.Round((from+(to-from)*r.Float64())*round) / round }
		p := scoring.PlanProblem{Budget: rapid.SampledFrom([]float64{0, .5, 2, 4, 8, 20}).Draw(t, "budget")}
		for range targets {
			p.Weights = append(p.Weights, 1/float64(targets))
		}
		for i := range options {
			o := scoring.PlanOption{Code: fmt.Sprintf("R-%d", i), Cost: number(0, 3), Done: r.Float64() < done}
			for range targets {
				o.Advances = append(o.Advances, min(1, max(0, number(-.2, most))))
			}
			for to := range options {
				if to != i && r.Float64() < requiring {
					o.Requires = append(o.Requires, to)
				}
			}
			p.Options = append(p.Options, o)
		}
		return p
	})
}

// supportOf is the weighted support of a set of options and the finished ones, by definition.
func supportOf(p scoring.PlanProblem, in func(option int) bool) float64 {
	sum := 0.
	for t, w := range p.Weights {
		missed := 1.
		for i, o := range p.Options {
			if o.Done || in(i) {
				missed *= 1 - o.Advances[t]
			}
		}
		sum += w * (1 - missed)
	}
	return sum
}

// allowed reports whether a set of options may be a plan: none is done, all requirements are met, the budget is kept.
func allowed(p scoring.PlanProblem, in func(option int) bool) bool {
	cost := 0.
	for i, o := range p.Options {
		if !in(i) {
			continue
		}
		cost += o.Cost
		for _, r := range o.Requires {
			if !in(r) && !p.Options[r].Done {
				return false
			}
		}
		if o.Done {
			return false
		}
	}
	return cost <= p.Budget+1e-12*max(1, p.Budget)
}

// best is the most weighted support of any plan, by trying all.
func best(p scoring.PlanProblem) float64 {
	most := 0.
	for set := range 1 << len(p.Options) {
		in := func(i int) bool { return set>>i&1 == 1 }
		if allowed(p, in) {
			most = max(most, supportOf(p, in))
		}
	}
	return most
}

// checkPlan checks the laws of all plans.
func checkPlan(t *rapid.T, p scoring.PlanProblem, plan scoring.Plan) {
	at := map[int]int{}
	for i, s := range plan.Steps {
		at[s.Option] = i
	}
	in := func(i int) bool { _, ok := at[i]; return ok }
	if len(at) != len(plan.Steps) || !allowed(p, in) {
		t.Fatalf("invalid plan %v: an option is repeated, already done, too expensive, or lacks a requirement", codes(p, plan))
	}
	if got := supportOf(p, in); math.Abs(got-plan.WeightedSupport) > 1e-9 {
		t.Errorf("the weighted support is %v, but the plan reports %v", got, plan.WeightedSupport)
	}
	for _, s := range plan.Steps {
		without := func(i int) bool { return i != s.Option && in(i) }
		if allowed(p, without) && supportOf(p, without) >= plan.WeightedSupport-1e-12 {
			t.Errorf("%s adds nothing, and no other option requires it", p.Options[s.Option].Code)
		}
	}
	sum, cost := plan.BaselineSupport, 0.
	for i, s := range plan.Steps {
		sum += s.Gain()
		cost += p.Options[s.Option].Cost
		if i > 0 && s.Layer < plan.Steps[i-1].Layer {
			t.Errorf("step %d is in a lower layer than the step before it", i)
		}
		for _, r := range p.Options[s.Option].Requires {
			if !p.Options[r].Done && plan.Steps[at[r]].Layer > s.Layer {
				t.Errorf("%s is in a lower layer than its requirement", p.Options[s.Option].Code)
			}
		}
	}
	if math.Abs(sum-plan.WeightedSupport) > 1e-9 || math.Abs(cost-plan.Cost) > 1e-9 {
		t.Errorf("the gains add up to %v and the costs to %v, want %v and %v", sum, cost, plan.WeightedSupport, plan.Cost)
	}
}

// Catches: a search that misses the best plan, and an invalid plan.
func TestExactPlansAreTheBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		plan := scoring.AssemblePlan(p)
		checkPlan(t, p, plan)
		if want := best(p); !plan.Exact || math.Abs(plan.WeightedSupport-want) > 1e-9 || plan.UpperBound != plan.WeightedSupport {
			t.Errorf("exact %v, support %v, bound %v; the best plan has support %v", plan.Exact, plan.WeightedSupport, plan.UpperBound, want)
		}
	})
}

// Catches: a greedy plan with more support than the best (then it breaks a rule), and a bound below the best.
func TestGreedyPlansAreWithinTheBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		plan := scoring.AssembleGreedily(p)
		checkPlan(t, p, plan)
		if most := best(p); plan.Exact || plan.WeightedSupport > most+1e-9 || plan.UpperBound < most-1e-9 || plan.UpperBound < plan.WeightedSupport {
			t.Errorf("exact %v, support %v, bound %v; the best plan has support %v", plan.Exact, plan.WeightedSupport, plan.UpperBound, most)
		}
	})
}

// Catches: a greedy plan of cheap options that leaves no budget for the one option with nearly all the gain.
func TestGreedyPlansAreNoWorseThanTheBestSingleThing(t *testing.T) {
	p := scoring.PlanProblem{Weights: []float64{1}, Budget: 10, Options: []scoring.PlanOption{
		{Code: "small", Cost: .1, Advances: []float64{.1}},
		{Code: "large", Cost: 10, Advances: []float64{.9}},
	}}
	plan := scoring.AssembleGreedily(p)
	if got := codes(p, plan); !slices.Equal(got, []string{"large"}) || plan.UpperBound < .9 {
		t.Errorf("plan %v, bound %v", got, plan.UpperBound)
	}
}

// Catches: a plan that depends on the order of the options.
func TestPlansDoNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems().Draw(t, "problem")
		order := rapid.Permutation(sequence(len(p.Options))).Draw(t, "order") // new position of each option
		q := p
		q.Options = make([]scoring.PlanOption, len(p.Options))
		for i, o := range p.Options {
			requires := o.Requires
			o.Requires = nil
			for _, r := range slices.Backward(requires) {
				o.Requires = append(o.Requires, order[r])
			}
			q.Options[order[i]] = o
		}
		for _, assemble := range []func(scoring.PlanProblem) scoring.Plan{scoring.AssemblePlan, scoring.AssembleGreedily} {
			if diff := cmp.Diff(codes(p, assemble(p)), codes(q, assemble(q))); diff != "" {
				t.Errorf("another order of the options gives another plan:\n%s", diff)
			}
		}
	})
}

func sequence(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// Catches: ties that are not decided by code in natural order.
func TestTiesGoToTheFirstCode(t *testing.T) {
	p := scoring.PlanProblem{Weights: []float64{1}, Budget: 1}
	for _, code := range []string{"KM-10", "KM-9", "KM-11"} {
		p.Options = append(p.Options, scoring.PlanOption{Code: code, Cost: 1, Advances: []float64{.5}})
	}
	for _, assemble := range []func(scoring.PlanProblem) scoring.Plan{scoring.AssemblePlan, scoring.AssembleGreedily} {
		if got := codes(p, assemble(p)); !slices.Equal(got, []string{"KM-9"}) {
			t.Errorf("plan %v, want KM-9", got)
		}
	}
}

// Catches: a circle of requirements that is broken up, or that makes the search loop.
func TestWhatRequiresEachOtherIsPlannedTogether(t *testing.T) {
	p := scoring.PlanProblem{Weights: []float64{1}, Budget: 3, Options: []scoring.PlanOption{
		{Code: "A", Cost: 1, Advances: []float64{.5}, Requires: []int{1}},
		{Code: "B", Cost: 1, Advances: []float64{0}, Requires: []int{0}},
		{Code: "C", Cost: 1, Advances: []float64{.1}, Requires: []int{1}},
	}}
	plan := scoring.AssemblePlan(p)
	if got := codes(p, plan); !slices.Equal(got, []string{"A", "B", "C"}) || plan.Steps[1].Layer != 0 || plan.Steps[2].Layer != 1 {
		t.Errorf("plan %v in layers %d and %d; want A and B in one layer, then C", got, plan.Steps[1].Layer, plan.Steps[2].Layer)
	}
	p.Budget = 1
	if got := codes(p, scoring.AssemblePlan(p)); got != nil {
		t.Errorf("with a budget for one option the plan is %v, which lacks a requirement", got)
	}
}

// randomPlan is a problem of a given size, with typical or with arbitrary support.
func randomPlan(r *rand.Rand, options, targets int, most, budget float64, unit bool) scoring.PlanProblem {
	p := scoring.PlanProblem{Budget: budget}
	for range targets {
		p.Weights = append(p.Weights, 1/float64(targets))
	}
	for i := range options {
		o := scoring.PlanOption{Code: fmt.Sprint(i), Cost: 1}
		if !unit {
			o.Cost = .5 + r.Float64()
		}
		for range targets {
			o.Advances = append(o.Advances, most*r.Float64())
		}
		if i > 0 && r.IntN(4) == 0 {
			o.Requires = []int{r.IntN(i)}
		}
		p.Options = append(p.Options, o)
	}
	return p
}

func BenchmarkExactPlan(b *testing.B) {
	for _, most := range []float64{0, .3, 1} {
		for _, targets := range []int{1, 3, 10, 20} {
			for _, budget := range []float64{3, 6, 10, 15} {
				for _, unit := range []bool{true, false} {
					b.Run(fmt.Sprintf("a<%v/targets=%d/budget=%v/unit=%v", most, targets, budget, unit), func(b *testing.B) {
						r := rand.New(rand.NewPCG(1, 2))
						p := randomPlan(r, scoring.ExactPlans, targets, most, budget, unit)
						if most == 0 { // equal options
							for i := range p.Options {
								for t := range p.Weights {
									p.Options[i].Advances[t] = .3
								}
							}
						}
						for b.Loop() {
							scoring.AssemblePlan(p)
						}
					})
				}
			}
		}
	}
}

func BenchmarkGreedyPlan(b *testing.B) {
	for _, options := range []int{200, 2000} {
		b.Run(fmt.Sprintf("options=%d", options), func(b *testing.B) {
			p := randomPlan(rand.New(rand.NewPCG(1, 2)), options, 20, .3, float64(options)/4, false)
			for b.Loop() {
				scoring.AssemblePlan(p)
			}
		})
	}
}
