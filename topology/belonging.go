package topology

import (
	"sync"

	"masar"
)

// A claim belongs to a country, a target, a topic and so on if one of its ends does. This file defines what belongs
// to what. Filters use belonging, from owner to members. Counts use ownersOf, from member to owners.

// belonging yields the entity itself and all that belongs to it, such as the case studies of a country or the parts
// of an initiative.
func (g *Graph) belonging(e Entity, yield func(Entity)) {
	switch g.kindOf(e) {
	case masar.KindCountry:
		yield(e)
		g.along(e, masar.PractisedIn, true, yield)
		g.along(e, masar.OperatesIn, true, yield)
		g.along(e, masar.HasChallenge, false, yield)
		for _, body := range g.relations[Bodies].of(e) {
			yield(body)
		}
	case masar.KindSdgGoal:
		yield(e)
		for _, child := range g.relations[Children].of(e) {
			if g.kindOf(child) == masar.KindSdgTarget {
				yield(child)
			}
		}
	case masar.KindInitiative:
		parts := func(e Entity, yield func(Entity)) { g.along(e, masar.PartOf, true, yield) }
		closure(e, parts, func(part Entity) {
			yield(part)
			if kind := g.kindOf(part); kind == masar.KindActivity || kind == masar.KindOutput {
				g.along(part, masar.IssuedIn, true, yield)
			}
		})
	case masar.KindTopic:
		narrower := func(e Entity, yield func(Entity)) {
			for _, child := range g.relations[Children].of(e) {
				yield(child)
			}
		}
		closure(e, narrower, func(topic Entity) {
			yield(topic)
			g.along(topic, masar.Concerns, true, yield)
		})
	case masar.KindChallenge:
		yield(e)
		g.along(e, masar.Addresses, true, yield)
	default:
		yield(e)
	}
}

// along yields the entities at the other ends of an entity's active claims with a predicate.
func (g *Graph) along(e Entity, p masar.Predicate, back bool, yield func(Entity)) {
	for c := range g.claimsAt(e, back) {
		if at := &g.claims[c]; g.linked(c) && masar.Predicates[at.predicate] == p {
			if back {
				yield(at.subject)
			} else {
				yield(at.object)
			}
		}
	}
}

// closure yields an entity and everything reachable from it by step.
func closure(from Entity, step func(Entity, func(Entity)), yield func(Entity)) {
	seen, waiting := map[Entity]bool{from: true}, []Entity{from}
	for len(waiting) > 0 {
		e := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		yield(e)
		step(e, func(next Entity) {
			if !seen[next] {
				seen[next] = true
				waiting = append(waiting, next)
			}
		})
	}
}

// owners caches the owners of each entity, by the kind of owner.
type owners struct {
	sync.Mutex
	of map[masar.Kind]adjacency[int32]
}

// ownersOf returns the owners of a kind for each entity, sorted by code. Owners are numbered from the first entity of
// the kind. They are computed on first use, because many snapshots never need them.
func (g *Graph) ownersOf(kind masar.Kind) adjacency[int32] {
	g.owners.Lock()
	defer g.owners.Unlock()
	if known, ok := g.owners.of[kind]; ok {
		return known
	}
	var belongs []member[int32]
	s := g.kinds[kind]
	last := make([]Entity, len(g.entities)) // one more than the last owner of each; there may be several paths to one owner
	for owner := s.from; owner < s.to; owner++ {
		g.belonging(owner, func(e Entity) {
			if last[e] != owner+1 {
				last[e] = owner + 1
				belongs = append(belongs, member[int32]{e, int32(owner - s.from)})
			}
		})
	}
	found := newAdjacency(len(g.entities), func(yield func(Entity, int32)) {
		for _, m := range belongs {
			yield(m.owner, m.item)
		}
	})
	if g.owners.of == nil {
		g.owners.of = map[masar.Kind]adjacency[int32]{}
	}
	g.owners.of[kind] = found
	return found
}

// Owners returns a function for the entities of a kind to which an entity belongs, by code.
func (g *Graph) Owners(kind masar.Kind) func(Entity) []Entity {
	first, owners := g.kinds[kind].from, g.ownersOf(kind)
	return func(e Entity) []Entity { return numbered(first, owners.of(e)) }
}

// ClaimOwners returns a function for the entities of a kind to which a claim belongs, by code. They are those by which a
// filter selects the claim.
func (g *Graph) ClaimOwners(kind masar.Kind) func(Claim) []Entity {
	first, owned := g.kinds[kind].from, g.owned(kind)
	return func(c Claim) []Entity { return numbered(first, owned.values(c, nil)) }
}

// numbered are the entities with the given numbers, counted from the first of their kind.
func numbered(first Entity, numbers []int32) []Entity {
	all := make([]Entity, len(numbers))
	for i, number := range numbers {
		all[i] = first + Entity(number)
	}
	return all
}
