package topology_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/topology"
)

// aFilter draws a filter that matches some claims of the graphs of someOutline.
func aFilter(t *rapid.T) *answers.ClaimFilter {
	return rapid.SampledFrom([]*answers.ClaimFilter{
		nil, {}, {Basis: new(masar.Stated)}, {MinNet: new(.3)}, {Targets: []string{"16.6"}}, {Predicates: []masar.Predicate{masar.Participates}},
		{Statuses: []masar.SupportStatus{masar.Refuted}}, {Not: &answers.ClaimFilter{Targets: []string{"16.6"}}},
	}).Draw(t, "filter")
}

func someOrder(t *rapid.T) *answers.EdgeOrder {
	return &answers.EdgeOrder{
		Field:     rapid.SampledFrom([]answers.EdgeOrderField{answers.OrderByCode, answers.OrderBySupport}).Draw(t, "field"),
		Direction: rapid.SampledFrom([]answers.OrderDirection{answers.Ascending, answers.Descending}).Draw(t, "direction"),
	}
}

// counted holds the values of an item by which the order of support sorts.
type counted struct {
	net   float64
	basis int // index in masar.Bases; one past the end for an item without a claim
}

func countedClaim(g graph, c topology.Claim) counted {
	return counted{g.Support(c).Net, slices.Index(masar.Bases, g.Basis(c))}
}

// sorted is the expected order of items, given in the order of their indexes.
func sorted[T ~int32](items []T, order *answers.EdgeOrder, of func(T) counted) []T {
	items = slices.Clone(items)
	slices.SortFunc(items, func(a, b T) int {
		byCode, bySupport, byBasis := cmp.Compare(a, b), cmp.Compare(of(a).net, of(b).net), cmp.Compare(of(a).basis, of(b).basis)
		switch {
		case order.Field == answers.OrderByCode && order.Direction == answers.Descending:
			return -byCode
		case order.Field == answers.OrderByCode:
			return byCode
		case order.Direction == answers.Descending:
			return cmp.Or(-bySupport, byBasis, byCode)
		}
		return cmp.Or(bySupport, byBasis, byCode)
	})
	return items
}

func pageOf[T ~int32](p topology.Page[T]) (all []T) {
	for _, it := range p.Items {
		all = append(all, it.At)
	}
	return all
}

// Catches: an entity listed or omitted against its claims, an item whose claim is not its best matching one, a wrong
// total, and an order that is not that of support.
func TestAllIsFilteredAndOrdered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := built(t, someOutline(t))
		filter, order := aFilter(t), someOrder(t)
		kept, err := g.Compile(filter)
		if err != nil {
			t.Skip("the drawn graph has no target")
		}
		for _, kind := range []masar.Kind{masar.KindRecommendation, masar.KindInitiative, masar.KindSdgTarget} {
			best := map[topology.Entity]counted{}
			for _, c := range g.AllLinks(kept) {
				for _, e := range []topology.Entity{g.Subject(c), g.Object(c)} {
					this := countedClaim(g, c)
					if known, has := best[e]; !has || this.net > known.net || this.net == known.net && this.basis < known.basis {
						best[e] = this
					}
				}
			}
			want := g.all(kind)
			if kept.Asks() {
				want = slices.DeleteFunc(want, func(e topology.Entity) bool { _, has := best[e]; return !has })
			}
			want = sorted(want, order, func(e topology.Entity) counted {
				if of, has := best[e]; has {
					return of
				}
				return counted{basis: len(masar.Bases)}
			})
			got, err := g.All(kind, answers.ListArgs{First: new(100), Filter: filter, OrderBy: order})
			if err != nil || got.Total != len(want) || !slices.Equal(pageOf(got), want) {
				t.Fatalf("%s by %v: %v of %d, %v; want %v", kind, *order, pageOf(got), got.Total, err, want)
			}
			for _, it := range got.Items {
				_, has := best[it.At]
				if rests := has && (kept.Asks() || *order != (answers.EdgeOrder{Field: answers.OrderByCode, Direction: answers.Ascending})); rests != (len(it.Via) == 1) {
					t.Fatalf("%s rests on %v", g.Ref(it.At), it.Via)
				}
				for _, c := range it.Via {
					if !kept.Keeps(c) || countedClaim(g, c) != best[it.At] || g.Subject(c) != it.At && g.Object(c) != it.At {
						t.Fatalf("%s has a claim with net support %v, want %v", g.Ref(it.At), g.Support(c).Net, best[it.At].net)
					}
				}
			}
		}
	})
}

// Catches: claims that are not ordered by support, and claims that an order omits.
func TestClaimsAreOrdered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := built(t, someOutline(t))
		order := someOrder(t)
		want := sorted(g.allClaims(), order, func(c topology.Claim) counted { return countedClaim(g, c) })
		got, err := g.Claims(topology.None, answers.ListArgs{First: new(100), OrderBy: order})
		if err != nil || !slices.Equal(pageOf(got), want) {
			t.Fatalf("by %v: %v, %v; want %v", *order, pageOf(got), err, want)
		}
	})
}

// Catches: a cursor of one filter or order that another list accepts.
func TestCursorsOfAllNameFilterAndOrder(t *testing.T) {
	g := build(t, "RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + NEWS D1\nRECOMMENDATION/R2 ADVANCES SDG_TARGET/16.6 + NEWS D2")
	bySupport := &answers.EdgeOrder{Field: answers.OrderBySupport, Direction: answers.Descending}
	asked := []answers.ListArgs{{}, {OrderBy: bySupport}, {Filter: &answers.ClaimFilter{Targets: []string{"16.6"}}}, {Filter: &answers.ClaimFilter{Targets: []string{"16.6"}}, OrderBy: bySupport}}
	for i, of := range asked {
		p, err := g.All(masar.KindRecommendation, of)
		if err != nil || p.Total != 2 {
			t.Fatal(p, err)
		}
		for k, other := range asked {
			other.After = &p.Items[0].Cursor
			if _, err := g.All(masar.KindRecommendation, other); i == k && err != nil {
				t.Error(err)
			} else if i != k {
				bad(t, err, masar.CodeBadCursor, "after")
			}
		}
	}
}
