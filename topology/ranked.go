package topology

import (
	"masar/answers"
)

// Ranked lists entities by scores that were computed elsewhere, the highest first, equals by kind and code: at gives the
// n items in this order. The parts name the list, so that a cursor of another one is refused.
func (g *Graph) Ranked(n int, at func(i int) (it Item[Entity], score float64), args answers.ListArgs, parts ...any) (Page[Entity], error) {
	l := list[Entity]{
		identity: identity(parts...), len: n, compare: descending,
		at: func(i int) Item[Entity] {
			it, score := at(i)
			it.net = score
			return it
		},
		place: func(it Item[Entity]) place { return place{value: it.net, parts: g.refParts(it.At)} },
	}
	return l.page(args)
}

// Score is what an item counts in a list that is ordered by it.
func (it Item[T]) Score() float64 { return it.net }

// KeepsEntity reports whether an entity has an accepted claim that a filter keeps, as subject or as object. A filter that
// asks nothing keeps every entity, those without claims too.
func (g *Graph) KeepsEntity(f *Filter, e Entity) bool {
	if !f.Asks() {
		return true
	}
	for _, asObject := range []bool{false, true} {
		for c := range g.claimsAt(e, asObject) {
			if g.claims[c].accepted() && f.Keeps(c) {
				return true
			}
		}
	}
	return false
}
