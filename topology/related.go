package topology

import (
	"cmp"
	"math"
	"slices"

	"masar"
)

// Likeness tells how much two entities share.
type Likeness struct {
	// Score is the weighted Jaccard index of what the two are linked with, from 0 to 1. What few are linked with weighs
	// most: an entity of degree d weighs 1/log₂(2+d).
	Score float64
	// Shared are the entities that both are linked with, by kind and code.
	Shared []Entity
}

// Compare tells how much two entities share.
func (g *Graph) Compare(a, b Entity) Likeness {
	of, with := g.neighbours(a), g.neighbours(b)
	var likeness Likeness
	shared, all := 0., 0.
	for _, e := range of {
		all += g.rarity(e)
		if _, both := slices.BinarySearch(with, e); both {
			shared += g.rarity(e)
			likeness.Shared = append(likeness.Shared, e)
		}
	}
	for _, e := range with {
		if _, both := slices.BinarySearch(of, e); !both {
			all += g.rarity(e)
		}
	}
	if all > 0 {
		likeness.Score = shared / all
	}
	return likeness
}

// Related lists the entities of the same kind that share anything with one, most alike first.
func (g *Graph) Related(e Entity, args masar.ListArgs) (Page[Entity], error) {
	kind := g.Ref(e).Kind
	candidates := map[Entity]bool{}
	for _, n := range g.neighbours(e) {
		for _, other := range g.neighbours(n) {
			if other != e && g.Ref(other).Kind == kind {
				candidates[other] = true
			}
		}
	}
	var found []Item[Entity]
	for other := range candidates {
		found = append(found, Item[Entity]{At: other, net: g.Compare(e, other).Score})
	}
	slices.SortFunc(found, func(a, b Item[Entity]) int { return cmp.Or(cmp.Compare(b.net, a.net), cmp.Compare(a.At, b.At)) })
	l := list[Entity]{
		identity: identity("related", g.Ref(e)), len: len(found), at: func(i int) Item[Entity] { return found[i] },
		compare: descending, place: func(it Item[Entity]) place { return place{value: it.net, parts: g.refParts(it.At)} },
	}
	return l.page(args)
}

// neighbours are the entities that one is linked with by edges, in either direction, by kind and code.
func (g *Graph) neighbours(e Entity) []Entity {
	var all []Entity
	for c := range g.claimsAt(e, false) {
		if g.linked(c) {
			all = append(all, g.claims[c].object)
		}
	}
	for c := range g.claimsAt(e, true) {
		if g.linked(c) {
			all = append(all, g.claims[c].subject)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// rarity weighs an entity by how few edges it has.
func (g *Graph) rarity(e Entity) float64 { return 1 / math.Log2(float64(2+g.degrees[e])) }
