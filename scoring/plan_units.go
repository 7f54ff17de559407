package scoring

import (
	"cmp"
	"math"
	"slices"

	"masar"
)

// planUnit is the smallest choice: an option, or several options that require each other.
type planUnit struct {
	// options are indexes in the problem, by code.
	options []int
	cost    float64
	// advances are the a of all options together, 1 − Π(1 − a_rt), by target.
	advances []float64
	// covers are −ln(1 − a), by target. They add up where missed shares multiply.
	covers []float64
	// requires are the units that have to be chosen with this one, directly or indirectly, in order.
	requires []int
}

// unitSet marks the units of a set.
type unitSet []bool

// planSearch searches for the best set of units. A unit comes after those that it requires, otherwise units are
// ordered by code.
type planSearch struct {
	PlanProblem
	units []planUnit
	// start are the shares that the finished options leave missing, Π(1 − a_rt), by target.
	start []float64
	// rates are the units that advance a target, those with the highest gain per cost first, by target.
	rates [][]int
}

// newPlanSearch makes units of the options that are not done, affordable and useful. An option is useful if it
// advances a target, or if a useful option requires it.
func newPlanSearch(p PlanProblem) *planSearch {
	s := &planSearch{PlanProblem: p, start: slices.Repeat([]float64{1}, len(p.Weights))}
	s.Budget += 1e-12 * max(1, p.Budget) // costs such as .1 and .2 add up to more than .3 by rounding, which must not count
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
	places := make([]int, len(all)) // new indexes of the remaining units
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

// support is the weighted support if a share of each target is missed.
func (s *planSearch) support(missed []float64) float64 {
	sum := 0.
	for t, w := range s.Weights {
		sum += w * (1 - missed[t])
	}
	return sum
}

// gain is the increase of the weighted support.
func (s *planSearch) gain(missed, advances []float64) float64 {
	sum := 0.
	for t, w := range s.Weights {
		sum += w * missed[t] * advances[t]
	}
	return sum
}

// missed are the shares of each target that a set misses.
func (s *planSearch) missed(chosen unitSet) []float64 {
	missed := slices.Clone(s.start)
	for u, in := range chosen {
		if in {
			multiply(missed, s.units[u].advances)
		}
	}
	return missed
}

// perCost is the gain per cost. Free units come first.
func perCost(gain, cost float64) float64 {
	switch {
	case gain == 0:
		return 0
	case cost == 0:
		return math.Inf(1)
	}
	return gain / cost
}

// multiply reduces the missed shares by the advanced ones.
func multiply(missed, advances []float64) {
	for t, a := range advances {
		missed[t] *= 1 - a
	}
}

// unitsOf finds the units of the options that are not done, required ones first, otherwise by code. It is Tarjan's
// algorithm: units are the strongly connected components, which it completes in this order.
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
	seen, low []int // by option; 0 means not seen
	open      []int // options whose unit is incomplete
	unit      []int // unit of each option; -1 while unknown
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
