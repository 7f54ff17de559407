package scoring

import "slices"

// greedy adds again and again the unit that, with all that it still requires, adds most for its cost. Where one unit with what
// it requires covers more than all of that together, it is the plan. The bound is that of the best plan there can be.
func (s *planSearch) greedy() (chosen unitSet, bound float64) {
	chosen = make(unitSet, len(s.units))
	missed, cost := slices.Clone(s.start), 0.
	single, singleGain := -1, 0.
	bound = s.bound(missed, s.Budget, chosen)
	for first := true; ; first = false {
		best, rate, added := -1, 0., 0.
		for u := range s.units {
			if chosen[u] {
				continue
			}
			gain, more := s.with(u, chosen, missed)
			if cost+more > s.Budget {
				continue
			}
			if first && gain > singleGain {
				single, singleGain = u, gain
			}
			if r := perCost(gain, more); r > rate {
				best, rate, added = u, r, more
			}
		}
		if best < 0 {
			if single >= 0 && singleGain > s.coverage(missed)-s.coverage(s.start) {
				chosen = make(unitSet, len(s.units))
				s.choose(single, chosen, slices.Clone(s.start))
			}
			return chosen, bound
		}
		s.choose(best, chosen, missed)
		cost += added
		// No plan covers more than this one with the best that the whole budget could still add to it.
		bound = min(bound, s.bound(missed, s.Budget, chosen))
	}
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
	return s.coverage(left) - s.coverage(missed), cost
}

// choose adds a unit with all that it still requires.
func (s *planSearch) choose(u int, chosen unitSet, missed []float64) {
	for _, r := range append(slices.Clip(s.units[u].requires), u) {
		if !chosen[r] {
			chosen[r] = true
			multiply(missed, s.units[r].advances)
		}
	}
}
