package topology

import (
	"cmp"
	"slices"
	"strings"

	"masar"
	"masar/answers"
)

var byCodeAscending = answers.EdgeOrder{Field: answers.OrderByCode, Direction: answers.Ascending}

// orderOf is the order that a list is asked for in; by code when it is left out.
func orderOf(args answers.ListArgs) answers.EdgeOrder {
	if args.OrderBy == nil {
		return byCodeAscending
	}
	return answers.EdgeOrder{Field: args.OrderBy.Field, Direction: cmp.Or(args.OrderBy.Direction, answers.Ascending)}
}

// standing is what an item counts in the order of support: the net support of its claim, and of equals whether a source states it.
type standing struct {
	net      float64
	inferred bool
}

func (g *Graph) standingOf(it Item[Entity]) standing {
	if len(it.Via) == 0 {
		return standing{inferred: true}
	}
	return standing{it.net, g.standingOfClaim(it.Via[len(it.Via)-1]).inferred}
}

func (g *Graph) standingOfClaim(c Claim) standing {
	return standing{g.nets[c], g.Basis(c) == masar.Inferred}
}

// place is the first of the parts of a place in the order of support.
func (s standing) place() string {
	if s.inferred {
		return "1"
	}
	return "0"
}

// arrange sorts items in an order, and gives the comparison of their places that goes with it. Of items of equal support what
// a source states comes first, then the first by code, whichever end of the order comes first.
func arrange[E any](items []E, order answers.EdgeOrder, byCode func(a, b E) int, of func(E) standing) (compare func(a, b place) int) {
	among := func(x, y standing, a, b E) int { return cmp.Or(strings.Compare(x.place(), y.place()), byCode(a, b)) }
	switch {
	case order == byCodeAscending:
		slices.SortFunc(items, byCode)
		return ascending
	case order.Field == answers.OrderByCode:
		slices.SortFunc(items, func(a, b E) int { return byCode(b, a) })
		return backward
	case order.Direction == answers.Ascending:
		slices.SortFunc(items, func(a, b E) int {
			x, y := of(a), of(b)
			return cmp.Or(cmp.Compare(x.net, y.net), among(x, y, a, b))
		})
		return ascending
	}
	slices.SortFunc(items, func(a, b E) int {
		x, y := of(a), of(b)
		return cmp.Or(cmp.Compare(y.net, x.net), among(x, y, a, b))
	})
	return descending
}

// counting is the place of an item in a list of an order.
func (p place) counting(order answers.EdgeOrder, s standing) place {
	if order.Field == answers.OrderBySupport {
		p.value, p.parts = s.net, slices.Insert(p.parts, 0, s.place())
	}
	return p
}
