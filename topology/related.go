package topology

import (
	"cmp"
	"masar/answers"
	"math"
	"slices"

	"masar"
)

// Similarity says how much two entities have in common.
type Similarity struct {
	// Score is the weighted Jaccard index of the neighbours of the two, in [0,1]: the rarity of the common neighbours
	// divided by that of all. It is 0 if neither has neighbours.
	Score float64
	// Shared are the common neighbours, by kind and code. Either is the number of all neighbours of the two, and Rarity
	// the sum of their rarities.
	Shared []Entity
	Either int
	Rarity float64
}

// Compare computes the similarity of two entities.
func (g *Graph) Compare(a, b Entity) Similarity {
	return g.similarity(g.Neighbours(a), g.Neighbours(b))
}

// CompareByKind computes the similarity by each kind of neighbour. The scores, each times its rarity divided by the
// sum of rarities, add up to the score of Compare.
func (g *Graph) CompareByKind(a, b Entity) map[masar.Kind]Similarity {
	of, with := g.byKind(g.Neighbours(a)), g.byKind(g.Neighbours(b))
	similarity := map[masar.Kind]Similarity{}
	for _, kind := range masar.Kinds {
		if len(of[kind])+len(with[kind]) > 0 {
			similarity[kind] = g.similarity(of[kind], with[kind])
		}
	}
	return similarity
}

func (g *Graph) byKind(entities []Entity) map[masar.Kind][]Entity {
	parts := map[masar.Kind][]Entity{}
	for _, e := range entities {
		kind := g.Ref(e).Kind
		parts[kind] = append(parts[kind], e)
	}
	return parts
}

// similarity compares two lists of entities, sorted by index. It adds in that order, so the sums are exactly the same
// if the lists are swapped.
func (g *Graph) similarity(a, b []Entity) Similarity {
	var l Similarity
	shared := 0.
	for len(a)+len(b) > 0 {
		var next Entity
		switch {
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			next, a = a[0], a[1:]
		case len(a) == 0 || b[0] < a[0]:
			next, b = b[0], b[1:]
		default:
			next, a, b = a[0], a[1:], b[1:]
			shared += g.Rarity(next)
			l.Shared = append(l.Shared, next)
		}
		l.Either++
		l.Rarity += g.Rarity(next)
	}
	if l.Either > 0 {
		l.Score = shared / l.Rarity
	}
	return l
}

// Related lists the entities of the same kind that share a neighbour with an entity, most similar first.
func (g *Graph) Related(e Entity, args answers.ListArgs) (Page[Entity], error) {
	kind := g.Ref(e).Kind
	candidates := map[Entity]bool{}
	for _, n := range g.Neighbours(e) {
		for _, other := range g.Neighbours(n) {
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

// Neighbours are the entities connected with an entity by active claims, in either direction, by kind and code.
func (g *Graph) Neighbours(e Entity) []Entity {
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

// Around returns the claims that connect an entity with each of its neighbours, in order.
func (g *Graph) Around(e Entity) map[Entity][]Claim {
	around := map[Entity][]Claim{}
	for c := range g.claimsAt(e, false) {
		if g.linked(c) {
			around[g.claims[c].object] = append(around[g.claims[c].object], c)
		}
	}
	for c := range g.claimsAt(e, true) {
		if subject := g.claims[c].subject; g.linked(c) && subject != e {
			around[subject] = append(around[subject], c)
		}
	}
	return around
}

// Rarity is the weight of a neighbour with d active claims: 1/log₂(2 + d). An entity connected with everything says
// little.
func (g *Graph) Rarity(e Entity) float64 { return 1 / math.Log2(float64(2+g.degrees[e])) }
