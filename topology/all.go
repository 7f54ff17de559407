package topology

import (
	"cmp"
	"strings"

	"masar"
	"masar/answers"
)

// All lists the entities of a kind. A filter keeps those with an accepted claim that is not refuted and that it keeps. With a
// filter, or ordered by support, each item rests on the best supported of these claims, the first among equals.
func (g *Graph) All(kind masar.Kind, args answers.ListArgs) (Page[Entity], error) {
	filter, err := g.Compile(args.Filter)
	if err != nil {
		return Page[Entity]{}, err
	}
	s, order := g.kinds[kind], orderOf(args)
	name := identity("all", kind, order, args.Filter)
	if order == byCodeAscending && !filter.Asks() {
		l := g.byCode(name)
		l.len, l.at = int(s.to-s.from), func(i int) Item[Entity] { return Item[Entity]{At: s.from + Entity(i)} }
		return l.page(args)
	}
	var found []Item[Entity]
	for e := s.from; e < s.to; e++ {
		if it := g.resting(e, filter); len(it.Via) > 0 || !filter.Asks() {
			found = append(found, it)
		}
	}
	compare := arrange(found, order, func(a, b Item[Entity]) int { return cmp.Compare(a.At, b.At) }, g.standingOf)
	l := list[Entity]{identity: name, len: len(found), compare: compare, at: func(i int) Item[Entity] { return found[i] }}
	l.place = func(it Item[Entity]) place { return g.entityPlace(it).counting(order, g.standingOf(it)) }
	return l.page(args)
}

// resting is an entity as an item that rests on the best supported of its edges that a filter keeps, where there is one.
func (g *Graph) resting(e Entity, filter *Filter) Item[Entity] {
	best := Claim(-1)
	for _, asObject := range []bool{false, true} {
		for c := range g.claimsAt(e, asObject) {
			if g.linked(c) && filter.Keeps(c) && (best < 0 || g.better(c, best)) {
				best = c
			}
		}
	}
	if best < 0 {
		return Item[Entity]{At: e}
	}
	return Item[Entity]{At: e, Via: []Claim{best}, net: g.nets[best]}
}

// better reports whether a claim has more support than another; among equals a stated one is better, then the first by number.
func (g *Graph) better(c, than Claim) bool {
	a, b := g.standingOfClaim(c), g.standingOfClaim(than)
	return cmp.Or(cmp.Compare(b.net, a.net), strings.Compare(a.place(), b.place()), cmp.Compare(c, than)) < 0
}
