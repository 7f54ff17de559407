package topology

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"masar"
)

// Step is one step along claims of a predicate: from subject to object, or Back from object to subject.
type Step struct {
	Predicate masar.Predicate
	Back      bool
}

// All lists the entities of a kind, by code.
func (g *Graph) All(kind masar.Kind, args masar.ListArgs) (Page[Entity], error) {
	s := g.kinds[kind]
	places := make([]int32, 0, s.to-s.from)
	for e := s.from; e < s.to; e++ {
		places = append(places, e)
	}
	return g.byCode(fmt.Sprintf("all %s", kind), places).page(args)
}

// Linked lists the entities of a kind that a structural relation links another with, by code.
func (g *Graph) Linked(e Entity, r Relation, kind masar.Kind, args masar.ListArgs) (Page[Entity], error) {
	var places []int32
	for _, to := range g.Structural(e, r) {
		if g.Ref(to).Kind == kind {
			places = append(places, int32(to))
		}
	}
	return g.byCode(fmt.Sprintf("%s of %s", r, g.Ref(e)), places).page(args)
}

// byCode is a list of entities in the order of their places, which is the order of their codes.
func (g *Graph) byCode(identity string, places []int32) list[Entity] {
	l := list[Entity]{identity: identity, items: make([]Item[Entity], len(places)), place: g.entityPlace, compare: ascending}
	for i, e := range places {
		l.items[i].At = Entity(e)
	}
	return l
}

func (g *Graph) entityPlace(it Item[Entity]) place { return place{parts: g.refParts(it.At)} }

// refParts orders entities by kind and code.
func (g *Graph) refParts(e Entity) []string {
	r := g.entities[e].ref
	return []string{strconv.Itoa(slices.Index(masar.Kinds, r.Kind)), r.Code}
}

// Follow lists the entities of some kinds that are reached from one by steps along accepted claims that are not refuted;
// every kind when none is given. An entity stands once in the list, or once for each of its roles.
func (g *Graph) Follow(from Entity, steps []Step, kinds []masar.Kind, args masar.ListArgs) (Page[Entity], error) {
	w := walk{Graph: g, steps: steps, kinds: kinds, args: args, seen: map[entityRole]bool{}}
	w.from(from, nil)
	if args.IncludeGoalLevel != nil && *args.IncludeGoalLevel && g.entities[from].parent != None {
		w.atTarget = true
		w.from(g.entities[from].parent, nil)
	}
	order := masar.EdgeOrder{Field: masar.OrderByCode, Direction: masar.Ascending}
	if args.OrderBy != nil {
		order = *args.OrderBy
	}
	slices.SortFunc(w.found, func(a, b Item[Entity]) int {
		switch {
		case order.Field == masar.OrderByCode && order.Direction == masar.Descending:
			return g.compareByCode(b, a)
		case order.Field == masar.OrderByCode:
			return g.compareByCode(a, b)
		case order.Direction == masar.Descending:
			return cmp.Or(cmp.Compare(b.net, a.net), g.compareByCode(a, b))
		}
		return cmp.Or(cmp.Compare(a.net, b.net), g.compareByCode(a, b))
	})
	l := list[Entity]{
		identity: fmt.Sprintf("%s %v %v %s", g.Ref(from), steps, kinds, filterIdentity(args)),
		items:    w.found, compare: ascending,
		place: func(it Item[Entity]) place {
			p := place{parts: append(g.refParts(it.At), strconv.Itoa(int(g.lastRole(it))))}
			if order.Field == masar.OrderBySupport {
				p.value = it.net
			}
			return p
		},
	}
	switch {
	case order.Field == masar.OrderByCode && order.Direction == masar.Descending:
		l.compare = backward
	case order.Direction == masar.Descending:
		l.compare = descending
	}
	return l.page(args)
}

func (g *Graph) compareByCode(a, b Item[Entity]) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(g.lastRole(a), g.lastRole(b)))
}

// lastRole is the role of the claim next to an item, as claims hold it.
func (g *Graph) lastRole(it Item[Entity]) uint8 { return g.claims[it.Via[len(it.Via)-1]].role }

// walk gathers what is reached by steps.
type walk struct {
	*Graph
	steps    []Step
	kinds    []masar.Kind
	args     masar.ListArgs
	atTarget bool
	seen     map[entityRole]bool
	found    []Item[Entity]
}

type entityRole struct {
	entity Entity
	role   uint8
}

// from takes the next step from an entity that the claims of via led to.
func (w *walk) from(e Entity, via []Claim) {
	step := w.steps[len(via)]
	for c := range w.along(e, step) {
		at := &w.claims[c]
		to := at.object
		if step.Back {
			to = at.subject
		}
		way := append(slices.Clip(via), c)
		if len(way) < len(w.steps) {
			w.from(to, way)
			continue
		}
		w.reach(to, way)
	}
}

// along gives the claims of a step that are edges.
func (g *Graph) along(e Entity, step Step) iter.Seq[Claim] {
	return func(yield func(Claim) bool) {
		for c := range g.claimsAt(e, step.Back) {
			at := &g.claims[c]
			if at.linked && masar.Predicates[at.predicate] == step.Predicate && !yield(c) {
				return
			}
		}
	}
}

// claimsAt gives the claims at one end of which an entity stands: as their subject, or as their object.
func (g *Graph) claimsAt(e Entity, asObject bool) iter.Seq[Claim] {
	return func(yield func(Claim) bool) {
		if asObject {
			for _, c := range g.byObject.of(e) {
				if !yield(Claim(c)) {
					return
				}
			}
			return
		}
		for c := g.bySubject[e]; c < g.bySubject[e+1]; c++ {
			if !yield(Claim(c)) {
				return
			}
		}
	}
}

// reach puts an entity on the list, unless the arguments leave it out or it stands there already.
func (w *walk) reach(e Entity, way []Claim) {
	last := &w.claims[way[len(way)-1]]
	if len(w.kinds) > 0 && !slices.Contains(w.kinds, w.entities[e].ref.Kind) {
		return
	}
	if len(w.args.Roles) > 0 && (last.role == 0 || !slices.Contains(w.args.Roles, masar.Roles[last.role-1])) {
		return
	}
	net, certainty := float64(last.net), last.certainty
	if w.atTarget {
		support := w.Graph.atTarget.Sum(w.items(way[len(way)-1]))
		net, certainty = support.Net, support.Certainty
	}
	if !last.passes(w.args.Filter, net, certainty) {
		return
	}
	key := entityRole{e, last.role}
	if w.seen[key] {
		return
	}
	w.seen[key] = true
	w.found = append(w.found, Item[Entity]{At: e, Via: way, AtTarget: w.atTarget, net: net})
}

// passes reports whether a claim, with its support as the list counts it, is among those that a filter keeps.
func (c *claim) passes(f *masar.ClaimFilter, net float64, certainty masar.Certainty) bool {
	return f == nil ||
		(f.Basis == nil || *f.Basis == masar.Bases[c.basis]) &&
			(f.Predicates == nil || slices.Contains(f.Predicates, masar.Predicates[c.predicate])) &&
			(f.Certainties == nil || slices.Contains(f.Certainties, certainty)) &&
			(f.MinNet == nil || net >= *f.MinNet)
}

// filterIdentity tells lists apart that are ordered or filtered differently.
func filterIdentity(args masar.ListArgs) string {
	args.First, args.Last, args.After, args.Before = nil, nil, nil, nil
	b, _ := json.Marshal(args) // plain data
	return string(b)
}

// One is the first entity of a kind, by code, that is reached by the steps; None where there is none.
func (g *Graph) One(from Entity, steps []Step, kind masar.Kind) Entity {
	first := 1
	page, err := g.Follow(from, steps, []masar.Kind{kind}, masar.ListArgs{First: &first})
	if err != nil || len(page.Items) == 0 {
		return None
	}
	return page.Items[0].At
}

// Claims lists the accepted claims that an entity is part of, as subject or as object, or all of the graph's for None.
// They are ordered by subject, predicate, object and role.
func (g *Graph) Claims(of Entity, args masar.ListArgs) (Page[Claim], error) {
	role := masar.AnyRole
	if args.Role != nil {
		role = *args.Role
	}
	var found []Item[Claim]
	keep := func(c Claim) {
		if at := &g.claims[c]; at.status == masar.ClaimAccepted && at.passes(args.Filter, float64(at.net), at.certainty) {
			found = append(found, Item[Claim]{At: c})
		}
	}
	identity := "claims " + filterIdentity(args)
	if of == None {
		for c := range g.claims {
			keep(Claim(c))
		}
	} else {
		identity += g.Ref(of).String()
		for _, end := range []struct {
			role     masar.ClaimRole
			asObject bool
		}{{masar.SubjectRole, false}, {masar.ObjectRole, true}} {
			if role == masar.AnyRole || role == end.role {
				for c := range g.claimsAt(of, end.asObject) {
					keep(c)
				}
			}
		}
		slices.SortFunc(found, func(a, b Item[Claim]) int { return cmp.Compare(a.At, b.At) })
	}
	l := list[Claim]{identity: identity, items: found, compare: ascending, place: func(it Item[Claim]) place {
		c := &g.claims[it.At]
		parts := append(g.refParts(c.subject), strconv.Itoa(int(c.predicate)))
		return place{parts: append(append(parts, g.refParts(c.object)...), strconv.Itoa(int(c.role)))}
	}}
	return l.page(args)
}

// EvidenceOf lists the evidence for and against a claim, strongest first.
func (g *Graph) EvidenceOf(c Claim, args masar.ListArgs) (Page[Evidence], error) {
	var found []Item[Evidence]
	for e := g.ofClaim[c]; e < g.ofClaim[c+1]; e++ {
		found = append(found, Item[Evidence]{At: Evidence(e)})
	}
	l := list[Evidence]{identity: "evidence of " + g.claims[c].key.String(), items: found, compare: descending, place: func(it Item[Evidence]) place {
		e := &g.evidence[it.At]
		return place{value: float64(e.strength), parts: []string{e.key.String()}}
	}}
	return l.page(args)
}

// EvidenceIn lists the evidence that points into a document, in the order of its text.
func (g *Graph) EvidenceIn(document Entity, args masar.ListArgs) (Page[Evidence], error) {
	var found []Item[Evidence]
	for _, e := range g.inDocument.of(document) {
		found = append(found, Item[Evidence]{At: Evidence(e)})
	}
	l := list[Evidence]{identity: "evidence in " + g.Ref(document).String(), items: found, compare: ascending, place: func(it Item[Evidence]) place {
		e := &g.evidence[it.At]
		return place{value: float64(e.start), parts: []string{e.key.String()}}
	}}
	return l.page(args)
}

// Observations lists what was observed of an entity, by indicator, year, vintage and source.
func (g *Graph) Observations(of Entity, args masar.ListArgs) (Page[Observation], error) {
	var places []int32
	for o := g.observed[of]; o < g.observed[of+1]; o++ {
		places = append(places, o)
	}
	return g.observationList("observations of "+g.Ref(of).String(), places, args)
}

// ObservationsFrom lists what a document gives, by what was observed, indicator, year and vintage.
func (g *Graph) ObservationsFrom(document Entity, args masar.ListArgs) (Page[Observation], error) {
	return g.observationList("observations from "+g.Ref(document).String(), g.fromDocument.of(document), args)
}

func (g *Graph) observationList(identity string, places []int32, args masar.ListArgs) (Page[Observation], error) {
	var found []Item[Observation]
	for _, o := range places {
		if args.Indicators == nil || slices.Contains(args.Indicators, g.observations[o].indicator) {
			found = append(found, Item[Observation]{At: Observation(o)})
		}
	}
	l := list[Observation]{identity: identity + filterIdentity(args), items: found, compare: ascending, place: func(it Item[Observation]) place {
		o := &g.observations[it.At]
		parts := append(g.refParts(o.of), o.indicator, strconv.Itoa(int(o.year)), o.vintage)
		return place{parts: append(append(parts, g.refParts(o.source)...), o.key.String())}
	}}
	return l.page(args)
}
