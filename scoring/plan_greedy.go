package scoring

import (
	"math"
	"slices"
)

// greedy grows two sets: from the empty set, and from the single unit that adds most together with its requirements.
// It returns the better one, with an upper bound for any set.
func (s *planSearch) greedy() (chosen unitSet, bound float64) {
	chosen, single := make(unitSet, len(s.units)), make(unitSet, len(s.units))
	if best := s.next(single, s.start, s.Budget, func(gain, _ float64) float64 { return gain }); best >= 0 {
		s.choose(best, single)
	}
	bound = min(s.grow(chosen), s.grow(single))
	if s.support(s.missed(single)) > s.support(s.missed(chosen))+equalSupport {
		return single, bound
	}
	return chosen, bound
}

// grow repeatedly adds the unit with the highest gain per cost, together with its missing requirements. The bound is
// the lowest upper bound on the way: the current support plus the most that the whole budget could still add.
func (s *planSearch) grow(chosen unitSet) (bound float64) {
	bound = math.Inf(1)
	for {
		missed, left := s.missed(chosen), s.Budget
		for u, in := range chosen {
			if in {
				left -= s.units[u].cost
			}
		}
		bound = min(bound, s.bound(missed, s.Budget, chosen))
		best := s.next(chosen, missed, left, perCost)
		if best < 0 {
			return bound
		}
		s.choose(best, chosen)
	}
}

// next is the affordable unit with the highest value of gain and cost, including its missing requirements; the first
// of equals, and -1 if no unit gains anything.
func (s *planSearch) next(chosen unitSet, missed []float64, budget float64, value func(gain, cost float64) float64) int {
	best, highest := -1, 0.
	for u := range s.units {
		if chosen[u] {
			continue
		}
		if gain, cost := s.with(u, chosen, missed); cost <= budget && gain > equalSupport && value(gain, cost) > highest {
			best, highest = u, value(gain, cost)
		}
	}
	return best
}

// with is the gain and the cost of a unit with its missing requirements.
func (s *planSearch) with(u int, chosen unitSet, missed []float64) (gain, cost float64) {
	left := slices.Clone(missed)
	for _, r := range append(slices.Clip(s.units[u].requires), u) {
		if !chosen[r] {
			multiply(left, s.units[r].advances)
			cost += s.units[r].cost
		}
	}
	return s.support(left) - s.support(missed), cost
}

// choose adds a unit with all its requirements.
func (s *planSearch) choose(u int, chosen unitSet) {
	chosen[u] = true
	for _, r := range s.units[u].requires {
		chosen[r] = true
	}
}
