package scoring

import (
	"cmp"
	"math"
	"slices"
)

// bound is an upper bound of the weighted support of any set that adds, to one that misses a share of each target,
// units not yet visited, within a budget. It ignores requirements and allows parts of units at the same part of their
// cost, so no set within the budget has more.
func (s *planSearch) bound(missed []float64, budget float64, gone unitSet) float64 {
	return min(s.boundApart(missed, budget, gone), s.boundNext(missed, budget, gone))
}

// boundApart gives each target the whole budget. −ln(1−a) is additive, so taking the best rates first is optimal.
func (s *planSearch) boundApart(missed []float64, budget float64, gone unitSet) float64 {
	sum := 0.
	for t, w := range s.Weights {
		left, covered := budget, 0.
		for _, u := range s.rates[t] {
			if gone[u] {
				continue
			}
			unit := &s.units[u]
			if unit.cost > left {
				if left > 0 {
					covered += left / unit.cost * unit.covers[t]
				}
				break
			}
			covered += unit.covers[t]
			left -= unit.cost
		}
		sum += w * (1 - missed[t]*math.Exp(-covered))
	}
	return sum
}

// boundNext lets each unit add its gain as the next unit. Later it can only add less, because the sum is submodular.
func (s *planSearch) boundNext(missed []float64, budget float64, gone unitSet) float64 {
	type offer struct{ gain, cost float64 }
	var room [ExactPlans]offer
	offers := room[:0]
	for u := range s.units {
		if gain := s.gain(missed, s.units[u].advances); gain > 0 && !gone[u] {
			offers = append(offers, offer{gain, s.units[u].cost})
		}
	}
	slices.SortFunc(offers, func(a, b offer) int { return cmp.Compare(perCost(b.gain, b.cost), perCost(a.gain, a.cost)) })
	sum, left := s.support(missed), budget
	for _, o := range offers {
		if o.cost > left {
			return sum + o.gain*left/o.cost
		}
		sum += o.gain
		left -= o.cost
	}
	return sum
}
