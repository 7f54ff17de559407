package scoring

import (
	"cmp"
	"math"
	"slices"

	"masar"
)

// planUnit is what can only be chosen together: an option, or several that require each other in a circle.
type planUnit struct {
	// options are places in the problem, by code.
	options []int
	cost    float64
	// advances has for each target the a of all options together, 1 − Π(1 − a_rt).
	advances []float64
	// covers is −ln(1 − a), which adds up where what is missed multiplies.
	covers []float64
	// requires are the units that have to be chosen with this one, directly or by others, in their order.
	requires []int
}

// unitSet says of each unit whether it is in a set.
type unitSet []bool

// planSearch looks for the best set of units. The units stand behind those that they require, and otherwise by code.
type planSearch struct {
	PlanProblem
	units []planUnit
	// start has for each target what the options that are done leave of it, Π(1 − a_rt).
	start []float64
	// rates has for each target the units that advance it, those first that add most to it for their cost.
	rates [][]int
}

// newPlanSearch makes units of those options that are not done, can be afforded, and are of use: they advance a target, or
// another of use requires them.
func newPlanSearch(p PlanProblem) *planSearch {
	s := &planSearch{PlanProblem: p, start: slices.Repeat([]float64{1}, len(p.Weights))}
	s.Budget += 1e-12 * max(1, p.Budget) // costs such as .1 and .2 add up to more than .3, by a rounding that must not count
	for i := range p.Options {
		if p.Options[i].Done {
			multiply(s.start, p.Options[i].Advances)
		}
	}
	all := unitsOf(p)
	useful := make(unitSet, len(all))
	for u, unit := range all {
		cost := unit.cost
		for _, r := range unit.requires {
			cost += all[r].cost
		}
		if cost <= s.Budget && s.gain(s.start, unit.advances) > 0 {
			useful[u] = true
			for _, r := range unit.requires {
				useful[r] = true
			}
		}
	}
	places := make([]int, len(all)) // of those that stay
	for u, unit := range all {
		if !useful[u] {
			continue
		}
		places[u] = len(s.units)
		for i, r := range unit.requires {
			unit.requires[i] = places[r]
		}
		s.units = append(s.units, unit)
	}
	s.setRates()
	return s
}

func (s *planSearch) setRates() {
	for t := range s.Weights {
		var units []int
		for u := range s.units {
			if s.units[u].advances[t] > 0 {
				units = append(units, u)
			}
		}
		slices.SortStableFunc(units, func(a, b int) int {
			x, y := &s.units[a], &s.units[b]
			if x.cost == 0 || y.cost == 0 {
				return cmp.Compare(x.cost, y.cost)
			}
			return cmp.Compare(y.covers[t]/y.cost, x.covers[t]/x.cost)
		})
		s.rates = append(s.rates, units)
	}
}

// support is the weighted support where a share is missed of each target.
func (s *planSearch) support(missed []float64) float64 {
	sum := 0.
	for t, w := range s.Weights {
		sum += w * (1 - missed[t])
	}
	return sum
}

// gain is what the weighted support grows by.
func (s *planSearch) gain(missed, advances []float64) float64 {
	sum := 0.
	for t, w := range s.Weights {
		sum += w * missed[t] * advances[t]
	}
	return sum
}

// missed is what a set misses of each target.
func (s *planSearch) missed(chosen unitSet) []float64 {
	missed := slices.Clone(s.start)
	for u, in := range chosen {
		if in {
			multiply(missed, s.units[u].advances)
		}
	}
	return missed
}

// perCost is a rate that puts what is free first.
func perCost(gain, cost float64) float64 {
	switch {
	case gain == 0:
		return 0
	case cost == 0:
		return math.Inf(1)
	}
	return gain / cost
}

// multiply takes from what is missed what is advanced.
func multiply(missed, advances []float64) {
	for t, a := range advances {
		missed[t] *= 1 - a
	}
}

// unitsOf finds the units of the options that are not done, those that others require first, otherwise by code. It is Tarjan's
// algorithm: circles are its strongly connected components, and it completes them in just this order.
func unitsOf(p PlanProblem) []planUnit {
	w := unitWalk{PlanProblem: p, seen: make([]int, len(p.Options)), low: make([]int, len(p.Options)), unit: make([]int, len(p.Options))}
	byCode := make([]int, len(p.Options))
	for i := range byCode {
		byCode[i], w.unit[i] = i, -1
	}
	slices.SortFunc(byCode, w.byCode)
	for _, o := range byCode {
		if w.seen[o] == 0 && !p.Options[o].Done {
			w.from(o)
		}
	}
	return w.units
}

type unitWalk struct {
	PlanProblem
	count     int
	seen, low []int // by option; 0 is not seen yet
	open      []int // options whose unit is not complete
	unit      []int // of each option, -1 while not known
	units     []planUnit
}

func (w *unitWalk) byCode(a, b int) int {
	return masar.CompareCodes(w.Options[a].Code, w.Options[b].Code)
}

func (w *unitWalk) from(o int) {
	w.count++
	w.seen[o], w.low[o] = w.count, w.count
	w.open = append(w.open, o)
	requires := slices.Clone(w.Options[o].Requires)
	slices.SortFunc(requires, w.byCode)
	for _, r := range requires {
		switch {
		case w.Options[r].Done:
		case w.seen[r] == 0:
			w.from(r)
			w.low[o] = min(w.low[o], w.low[r])
		case w.unit[r] < 0:
			w.low[o] = min(w.low[o], w.seen[r])
		}
	}
	if w.low[o] == w.seen[o] {
		first := slices.Index(w.open, o)
		w.complete(slices.Clone(w.open[first:]))
		w.open = w.open[:first]
	}
}

// complete makes a unit of options.
func (w *unitWalk) complete(options []int) {
	slices.SortFunc(options, w.byCode)
	at := len(w.units)
	missed := slices.Repeat([]float64{1}, len(w.Weights))
	u := planUnit{options: options}
	for _, o := range options {
		w.unit[o] = at
		u.cost += w.Options[o].Cost
		multiply(missed, w.Options[o].Advances)
	}
	for _, m := range missed {
		u.advances = append(u.advances, 1-m)
		u.covers = append(u.covers, -math.Log(m))
	}
	for _, o := range options {
		for _, r := range w.Options[o].Requires {
			if of := w.unit[r]; of >= 0 && of != at {
				u.requires = append(append(u.requires, of), w.units[of].requires...)
			}
		}
	}
	slices.Sort(u.requires)
	u.requires = slices.Compact(u.requires)
	w.units = append(w.units, u)
}
