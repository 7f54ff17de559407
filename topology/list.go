package topology

import (
	"cmp"
	"fmt"
	"iter"
	"masar/answers"
	"slices"
	"strconv"

	"masar"
)

// Step is one step along claims of a predicate: from subject to object, or Back from object to subject.
type Step struct {
	Predicate masar.Predicate
	Back      bool
}

// All lists the entities of a kind. A filter selects the entities with a matching active claim. With a filter, or
// ordered by support, each item has its best supported matching claim in Via; the first of equals.
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
	compare := arrange(found, order, func(a, b Item[Entity]) int { return cmp.Compare(a.At, b.At) }, Item[Entity].Score, g.lastBasis)
	l := list[Entity]{identity: name, len: len(found), compare: compare, at: func(i int) Item[Entity] { return found[i] }}
	l.place = func(it Item[Entity]) place { return g.entityPlace(it).counting(order, it.net, g.lastBasis(it)) }
	return l.page(args)
}

// resting is an entity as an item, with the best supported of its active claims that match a filter, if there is one.
func (g *Graph) resting(e Entity, filter *Filter) Item[Entity] {
	best := Claim(-1)
	for _, asObject := range []bool{false, true} {
		for c := range g.claimsAt(e, asObject) {
			if g.linked(c) && filter.Keeps(c) && (best < 0 || cmp.Or(cmp.Compare(g.nets[best], g.nets[c]), cmp.Compare(g.claims[c].basis, g.claims[best].basis), cmp.Compare(c, best)) < 0) {
				best = c
			}
		}
	}
	if best < 0 {
		return Item[Entity]{At: e}
	}
	return Item[Entity]{At: e, Via: []Claim{best}, net: g.nets[best]}
}

var byCodeAscending = answers.EdgeOrder{Field: answers.OrderByCode, Direction: answers.Ascending}

// orderOf is the order of a list, by default by code.
func orderOf(args answers.ListArgs) answers.EdgeOrder {
	if args.OrderBy == nil {
		return byCodeAscending
	}
	return answers.EdgeOrder{Field: args.OrderBy.Field, Direction: cmp.Or(args.OrderBy.Direction, answers.Ascending)}
}

// arrange sorts items and returns the comparison of places for that order. Among items with equal support, stated
// ones come before inferred ones, then the order is by code, in either direction.
// that a source states come first, then the order is by code, whichever end comes first.
func arrange[E any](items []E, order answers.EdgeOrder, byCode func(a, b E) int, support func(E) float64, basis func(E) uint8) (compare func(a, b place) int) {
	tie := func(a, b E) int { return cmp.Or(cmp.Compare(basis(a), basis(b)), byCode(a, b)) }
	bySupport := func(a, b E) int { return cmp.Or(cmp.Compare(support(a), support(b)), tie(a, b)) }
	switch {
	case order == byCodeAscending:
		slices.SortFunc(items, byCode)
		return ascending
	case order.Field == answers.OrderByCode:
		slices.SortFunc(items, func(a, b E) int { return byCode(b, a) })
		return backward
	case order.Direction == answers.Ascending:
		slices.SortFunc(items, bySupport)
		return ascending
	}
	slices.SortFunc(items, func(a, b E) int { return cmp.Or(cmp.Compare(support(b), support(a)), tie(a, b)) })
	return descending
}

// counting is the place of an item in a list, with its support and basis if the order uses these.
func (p place) counting(order answers.EdgeOrder, support float64, basis uint8) place {
	if order.Field == answers.OrderBySupport {
		p.value, p.parts = support, slices.Insert(p.parts, 0, strconv.Itoa(int(basis)))
	}
	return p
}

// Linked lists the entities of a kind that have a structural relation to an entity, by code.
func (g *Graph) Linked(e Entity, r Relation, kind masar.Kind, args answers.ListArgs) (Page[Entity], error) {
	linked := slices.DeleteFunc(g.Structural(e, r), func(to Entity) bool { return g.Ref(to).Kind != kind })
	l := g.byCode(identity("linked", g.Ref(e), r, kind))
	l.len, l.at = len(linked), plain(linked)
	return l.page(args)
}

// byCode is a list of entities in the order of their indexes, which is that of their codes.
func (g *Graph) byCode(identity string) list[Entity] {
	return list[Entity]{identity: identity, place: g.entityPlace, compare: ascending}
}

func (g *Graph) entityPlace(it Item[Entity]) place { return place{parts: g.refParts(it.At)} }

// refParts are the parts by which entities are ordered: kind and code.
func (g *Graph) refParts(e Entity) []string {
	at := &g.entities[e]
	return []string{strconv.Itoa(int(at.kind)), at.code}
}

// Follow lists the entities of some kinds that are reachable by steps along active claims; every kind for nil. An
// entity is listed once, or once for each of its roles. If several paths lead to it, the one whose last claim has the
// most support counts; among equals a stated claim, then the first by code.
func (g *Graph) Follow(from Entity, steps []Step, kinds []masar.Kind, args answers.ListArgs) (Page[Entity], error) {
	goalLevel := args.IncludeGoalLevel != nil && *args.IncludeGoalLevel
	order := orderOf(args)
	filter, err := g.Compile(args.Filter)
	if err != nil {
		return Page[Entity]{}, err
	}
	w := walk{Graph: g, steps: steps, kinds: kinds, args: args, filter: filter, places: map[entityRole]int{}}
	w.start(from, goalLevel)
	l := list[Entity]{
		identity: identity("follow", g.Ref(from), steps, kinds, order, goalLevel, args.Roles, args.Filter),
		len:      len(w.found), at: func(i int) Item[Entity] { return w.found[i] },
		compare: arrange(w.found, order, g.compareByCode, Item[Entity].Score, g.lastBasis),
		place: func(it Item[Entity]) place {
			return place{parts: append(g.refParts(it.At), strconv.Itoa(int(g.lastRole(it))))}.counting(order, it.net, g.lastBasis(it))
		},
	}
	return l.page(args)
}

// Along returns all items of Follow for one step, by code.
func (g *Graph) Along(from Entity, step Step, goalLevel bool) []Item[Entity] {
	w := walk{Graph: g, steps: []Step{step}, places: map[entityRole]int{}}
	w.start(from, goalLevel)
	slices.SortFunc(w.found, g.compareByCode)
	return w.found
}

func (g *Graph) compareByCode(a, b Item[Entity]) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(g.lastRole(a), g.lastRole(b)))
}

// compareByBasis puts stated items before inferred ones.
func (g *Graph) compareByBasis(a, b Item[Entity]) int {
	return cmp.Compare(g.lastBasis(a), g.lastBasis(b))
}

// lastBasis is the basis of an item's last claim as an index: STATED is the first. An item without a claim sorts
// last.
func (g *Graph) lastBasis(it Item[Entity]) uint8 {
	if len(it.Via) == 0 {
		return uint8(len(masar.Bases))
	}
	return g.claims[it.Via[len(it.Via)-1]].basis
}

// lastRole is the role of an item's last claim, as an index.
func (g *Graph) lastRole(it Item[Entity]) uint8 { return g.claims[it.Via[len(it.Via)-1]].role }

// walk collects what is reachable by steps.
type walk struct {
	*Graph
	steps    []Step
	kinds    []masar.Kind
	args     answers.ListArgs
	filter   *Filter
	atTarget bool
	found    []Item[Entity]
	places   map[entityRole]int // index in found
}

type entityRole struct {
	entity Entity
	role   uint8
}

// start starts at an entity, and with goalLevel also at the goal of a target.
func (w *walk) start(from Entity, goalLevel bool) {
	w.from(from, nil)
	if goal := w.entities[from].parent; goalLevel && goal != None {
		w.atTarget = true
		w.from(goal, nil)
	}
}

// from takes the next step from an entity, reached by the claims of via.
func (w *walk) from(e Entity, via []Claim) {
	for c, to := range w.Edges(e, w.steps[len(via)]) {
		way := append(slices.Clip(via), c)
		if len(way) < len(w.steps) {
			w.from(to, way)
			continue
		}
		w.reach(to, way)
	}
}

// Edges are the active claims of one step from an entity, each with the entity that it leads to.
func (g *Graph) Edges(from Entity, step Step) iter.Seq2[Claim, Entity] {
	return func(yield func(Claim, Entity) bool) {
		for c := range g.claimsAt(from, step.Back) {
			at := &g.claims[c]
			if !g.linked(c) || masar.Predicates[at.predicate] != step.Predicate {
				continue
			}
			to := at.object
			if step.Back {
				to = at.subject
			}
			if !yield(c, to) {
				return
			}
		}
	}
}

// claimsAt are the claims with an entity as subject, or as object.
func (g *Graph) claimsAt(e Entity, asObject bool) iter.Seq[Claim] {
	if asObject {
		return slices.Values(g.byObject.of(e))
	}
	return places[Claim](g.bySubject[e], g.bySubject[e+1])
}

// places are consecutive indexes.
func places[T ~int32](from, to int32) iter.Seq[T] {
	return func(yield func(T) bool) {
		for i := from; i < to; i++ {
			if !yield(T(i)) {
				return
			}
		}
	}
}

// reach adds an entity to the list, unless the arguments exclude it or a better path led to it.
func (w *walk) reach(e Entity, way []Claim) {
	c := way[len(way)-1]
	last := &w.claims[c]
	if w.kinds != nil && !slices.Contains(w.kinds, masar.Kinds[w.entities[e].kind]) {
		return
	}
	if len(w.args.Roles) > 0 && !slices.Contains(w.args.Roles, w.Role(c)) {
		return
	}
	net, keeps := w.nets[c], w.filter.Keeps
	if w.atTarget {
		support := w.Graph.atTarget.Sum(w.Nature(c), w.items(nil, c))
		if support.Status == masar.Refuted { // evidence that supports the goal may be too weak for the target
			return
		}
		net, keeps = support.Net, w.filter.KeepsAtTarget
	}
	if !keeps(c) {
		return
	}
	item := Item[Entity]{At: e, Via: way, AtTarget: w.atTarget, net: net}
	at, known := w.places[entityRole{e, last.role}]
	switch {
	case !known:
		w.places[entityRole{e, last.role}] = len(w.found)
		w.found = append(w.found, item)
	case w.found[at].AtTarget == w.atTarget && cmp.Or(cmp.Compare(w.found[at].net, net), w.compareByBasis(item, w.found[at])) < 0:
		w.found[at] = item
	}
}

// One is the first entity of a kind, by code, that is reachable by the steps; None if there is none.
func (g *Graph) One(from Entity, steps []Step, kind masar.Kind) Entity {
	w := walk{Graph: g, steps: steps, kinds: []masar.Kind{kind}, places: map[entityRole]int{}}
	w.start(from, false)
	if len(w.found) == 0 {
		return None
	}
	return slices.MinFunc(w.found, g.compareByCode).At
}

// Claims lists the accepted claims with an entity as subject or object, or all accepted claims for None.
// By code they are ordered by subject, predicate, object and role.
func (g *Graph) Claims(of Entity, args answers.ListArgs) (Page[Claim], error) {
	end, order := answers.AnyEnd, orderOf(args)
	if args.End != nil {
		end = *args.End
	}
	filter, err := g.Compile(args.Filter)
	if err != nil {
		return Page[Claim]{}, err
	}
	var ref masar.Ref
	var found []Claim
	if of == None {
		found = g.AllClaims(filter)
	} else {
		ref, found = g.Ref(of), g.claimsOf(of, end, filter)
	}
	support := func(c Claim) float64 { return g.nets[c] }
	basis := func(c Claim) uint8 { return g.claims[c].basis }
	l := list[Claim]{
		identity: identity("claims", ref, end, order, args.Filter), len: len(found), at: plain(found),
		compare: arrange(found, order, cmp.Compare[Claim], support, basis),
		place:   func(it Item[Claim]) place { return g.claimPlace(it.At).counting(order, g.nets[it.At], basis(it.At)) },
	}
	return l.page(args)
}

// claimsOf are the accepted claims with an entity at an end that match a filter, by index.
func (g *Graph) claimsOf(e Entity, end answers.ClaimEnd, filter *Filter) []Claim {
	var found []Claim
	for asObject, missing := range map[bool]answers.ClaimEnd{false: answers.ObjectEnd, true: answers.SubjectEnd} {
		if end == missing {
			continue
		}
		for c := range g.claimsAt(e, asObject) {
			if g.claims[c].accepted() && filter.Keeps(c) {
				found = append(found, c)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found) // an entity may be at both ends
}

// claimPlace is the place of a claim by subject, predicate, object and role.
func (g *Graph) claimPlace(at Claim) place {
	c := &g.claims[at]
	parts := append(g.refParts(c.subject), strconv.Itoa(int(c.predicate)))
	return place{parts: append(append(parts, g.refParts(c.object)...), strconv.Itoa(int(c.role)))}
}

// EvidenceOf lists the accepted evidence for and against a claim, strongest first, ties by key.
func (g *Graph) EvidenceOf(c Claim, args answers.ListArgs) (Page[Evidence], error) {
	accepted := g.AcceptedEvidence(c)
	l := list[Evidence]{
		identity: identity("evidence of", g.claims[c].key.String()), len: len(accepted), at: plain(accepted),
		compare: descending, place: func(it Item[Evidence]) place {
			e := &g.evidence[it.At]
			return place{value: g.alone(c, e), key: e.key.String()}
		},
	}
	return l.page(args)
}

// EvidenceIn lists the accepted evidence of accepted claims that cites a document, in the order of its text.
func (g *Graph) EvidenceIn(document Entity, args answers.ListArgs) (Page[Evidence], error) {
	return g.EvidencePage(g.AllEvidenceIn(document), args, "evidence in", g.Ref(document))
}

// AllEvidenceIn is the accepted evidence of accepted claims that cites a document, in the order of its text.
func (g *Graph) AllEvidenceIn(document Entity) []Evidence {
	in := g.inDocument.of(document)
	if !slices.ContainsFunc(in, g.unlisted) {
		return in
	}
	return slices.DeleteFunc(slices.Clone(in), g.unlisted)
}

// EvidenceFrom is the accepted evidence of accepted claims that cites a document from a start position, by key.
func (g *Graph) EvidenceFrom(document Entity, start int) []Evidence {
	in := g.inDocument.of(document)
	from, _ := slices.BinarySearchFunc(in, int32(start), func(e Evidence, start int32) int { return cmp.Compare(g.evidence[e].start, start) })
	to := from
	for to < len(in) && g.evidence[in[to]].start == int32(start) {
		to++
	}
	return slices.DeleteFunc(slices.Clone(in[from:to]), g.unlisted)
}

// Start is the start of an evidence item's range in its document.
func (g *Graph) Start(e Evidence) int { return int(g.evidence[e].start) }

// EvidencePage is a page of a list of evidence, in the order of a document's text. names identify the list in
// cursors.
func (g *Graph) EvidencePage(in []Evidence, args answers.ListArgs, names ...any) (Page[Evidence], error) {
	l := list[Evidence]{identity: identity(names...), len: len(in), at: plain(in), compare: ascending, place: func(it Item[Evidence]) place {
		e := &g.evidence[it.At]
		return place{value: float64(e.start), key: e.key.String()}
	}}
	return l.page(args)
}

// Observations lists the observations of an entity, by indicator, year, vintage and source.
func (g *Graph) Observations(of Entity, args answers.ListArgs) (Page[Observation], error) {
	all := places[Observation](g.observed[of], g.observed[of+1])
	return g.observationList(identity("observations of", g.Ref(of), args.Indicators), all, args)
}

// ObservationsFrom lists the observations from a document, by entity, indicator, year and vintage.
func (g *Graph) ObservationsFrom(document Entity, args answers.ListArgs) (Page[Observation], error) {
	all := slices.Values(g.fromDocument.of(document))
	return g.observationList(identity("observations from", g.Ref(document), args.Indicators), all, args)
}

// ObservationsBy lists the values of an indicator, by entity, year, vintage and source.
func (g *Graph) ObservationsBy(indicator Entity, args answers.ListArgs) (Page[Observation], error) {
	args.Indicators = []string{g.Ref(indicator).Code}
	all := places[Observation](0, int32(len(g.observations)))
	return g.observationList(identity("observations by", g.Ref(indicator)), all, args)
}

func (g *Graph) observationList(identity string, all iter.Seq[Observation], args answers.ListArgs) (Page[Observation], error) {
	var indicators []string
	for i, code := range args.Indicators {
		at, err := g.FindCode(fmt.Sprintf("indicators[%d]", i), code, IndicatorKinds...)
		if err != nil {
			return Page[Observation]{}, err
		}
		indicators = append(indicators, g.Ref(at).Code)
	}
	var found []Observation
	for o := range all {
		if len(indicators) == 0 || slices.Contains(indicators, g.observations[o].indicator) {
			found = append(found, o)
		}
	}
	l := list[Observation]{identity: identity, len: len(found), at: plain(found), compare: ascending, place: func(it Item[Observation]) place {
		o := &g.observations[it.At]
		parts := append(g.refParts(o.of), o.indicator, strconv.Itoa(int(o.year)), o.vintage)
		return place{parts: append(parts, g.refParts(o.source)...), key: o.key.String()}
	}}
	return l.page(args)
}
