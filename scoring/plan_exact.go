package scoring

import "slices"

// exact finds the best set: the one that is known already, unless another has more support. It goes through the units in their
// order, with and without each, and turns back where the bound shows that nothing better lies ahead.
func (s *planSearch) exact(known unitSet) unitSet {
	e := exactSearch{
		planSearch: s, gone: make(unitSet, len(s.units)), chosen: make(unitSet, len(s.units)),
		best: known, most: s.support(s.missed(known)),
	}
	for range len(s.units) + 1 {
		e.rooms = append(e.rooms, slices.Clone(s.start))
	}
	e.from(0, s.Budget)
	return e.best
}

type exactSearch struct {
	*planSearch
	gone   unitSet // those gone through
	chosen unitSet
	rooms  [][]float64 // what is missed, by the number of units gone through
	best   unitSet
	most   float64 // the weighted support of the best
}

// from goes through the units from one on.
func (e *exactSearch) from(u int, budget float64) {
	missed := e.rooms[u]
	if e.bound(missed, budget, e.gone) <= e.most+equalSupport {
		return
	}
	if u == len(e.units) {
		e.best, e.most = slices.Clone(e.chosen), e.support(missed)
		return
	}
	e.gone[u] = true
	unit, next := &e.units[u], e.rooms[u+1]
	if unit.cost <= budget && e.allowed(unit) {
		copy(next, missed)
		multiply(next, unit.advances)
		e.chosen[u] = true
		e.from(u+1, budget-unit.cost)
		e.chosen[u] = false
	}
	copy(next, missed)
	e.from(u+1, budget)
	e.gone[u] = false
}

// allowed reports whether all that a unit requires is chosen.
func (e *exactSearch) allowed(unit *planUnit) bool {
	for _, r := range unit.requires {
		if !e.chosen[r] {
			return false
		}
	}
	return true
}
