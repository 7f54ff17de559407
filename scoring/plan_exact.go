package scoring

import "slices"

// exact finds the best set: known, unless another set has more support. It branches on each unit in order, with and
// without it, and prunes branches whose bound is not better.
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
	gone   unitSet // visited units
	chosen unitSet
	rooms  [][]float64 // missed shares, by the number of visited units
	best   unitSet
	most   float64 // weighted support of the best set
}

// from visits the units from u on.
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

// allowed reports whether all requirements of a unit are chosen.
func (e *exactSearch) allowed(unit *planUnit) bool {
	for _, r := range unit.requires {
		if !e.chosen[r] {
			return false
		}
	}
	return true
}
