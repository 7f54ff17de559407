package scoring

import (
	"math"
	"slices"
)

// greedy grows two sets: one from nothing, one from the single unit that, with what it requires, adds most. The better one is
// chosen. The bound is that of the best set there can be.
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

// grow adds to a set again and again the unit that, with all that it still requires, adds most for its cost. No set has more
// support than the bound: what is there at any time, with the best that the whole budget could still add to it.
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

// next is the unit of the highest value by its gain and its cost, with all that it still requires, that a budget has room for;
// the first of equals, and -1 where none gains anything.
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

// with is what a unit adds with all that it still requires, and what that costs.
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

// choose adds a unit with all that it requires.
func (s *planSearch) choose(u int, chosen unitSet) {
	chosen[u] = true
	for _, r := range s.units[u].requires {
		chosen[r] = true
	}
}
