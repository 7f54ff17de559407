package topology

import (
	"sync"

	"masar"
)

// A claim belongs to a country, a target, a topic and so on where one of its ends does. What belongs to which is said here
// alone: filters ask it from the one end, belonging, and whoever counts claims asks it from the other, ownersOf.

// belonging yields what belongs to an entity, itself first: what is practised in a country, what is part of an initiative.
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

// along yields the entities at the other end of an entity's edges of a predicate.
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

// closure yields an entity and whatever step leads to from it, over any number of steps.
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

// owners are, for each kind that has been asked for, the entities of the kind that an entity belongs to.
type owners struct {
	sync.Mutex
	of map[masar.Kind]adjacency[int32]
}

// ownersOf gives, for each entity, those of a kind that it belongs to, by code: numbers that count from the first entity of
// the kind. They are found when they are first asked for, since many a snapshot sees nobody who counts.
func (g *Graph) ownersOf(kind masar.Kind) adjacency[int32] {
	g.owners.Lock()
	defer g.owners.Unlock()
	if known, ok := g.owners.of[kind]; ok {
		return known
	}
	var belongs []member[int32]
	s := g.kinds[kind]
	last := make([]Entity, len(g.entities)) // one more than the last owner of each: several ways may lead to an entity
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
