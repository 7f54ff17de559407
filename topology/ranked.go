package topology

import (
	"masar/answers"
)

// Ranked lists entities by scores computed elsewhere, highest first, equal scores by kind and code. at returns the n
// items in this order. parts identify the list in cursors.
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

// Score is the score of an item in a ranked list.
func (it Item[T]) Score() float64 { return it.net }

// KeepsEntity reports whether an entity is the subject or object of an accepted claim that matches a filter. Without
// conditions every entity matches, also those without claims.
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
