package web

import (
	"slices"

	"masar"
	"masar/web/picture"
	"masar/words"
)

var aroundPage = page{
	path: "around/{kind}/{code}", operation: "around", template: "around",
	parameters: []string{"only"},
	variables:  aroundVariables,
	view:       func() view { return new(aroundView) },
}

// The greatest numbers of neighbours of a page: of each kind, and of one kind alone.
const (
	neighboursPerKind = 12
	neighboursOfKind  = 100
	neighbours        = 150
)

func aroundVariables(a address) (map[string]any, error) {
	kind, err := kindIn("kind", a.codes("kind"))
	if err != nil {
		return nil, err
	}
	variables := map[string]any{
		"of": map[string]any{"kind": kind, "code": asked(kind, a.codes("code"))}, "perKind": neighboursPerKind, "limit": neighbours + 1,
	}
	only, err := a.one("only")
	if only == nil || err != nil {
		return variables, err
	}
	kind, err = kindIn("only", *only)
	variables["kinds"], variables["perKind"] = []masar.Kind{kind}, neighboursOfKind
	return variables, err
}

// kindIn is the kind that a part of an address names.
func kindIn(name, value string) (masar.Kind, error) {
	if kind := masar.Kind(value); slices.Contains(masar.Kinds, kind) {
		return kind, nil
	}
	return "", refuseValue(name, value, masar.Kinds)
}

// aroundView is the answer of operations/around.graphql.
type aroundView struct {
	PageFrame
	Centre *EntityHeading `json:"centre"`
	Counts *struct {
		Kinds []KindCount `json:"kinds"`
	} `json:"counts"`
	Neighbourhood *neighbourhood `json:"neighbourhood"`
}

type neighbourhood struct {
	Nodes []EntityHeading `json:"nodes"`
	Links []aroundLink    `json:"links"`
}

// aroundLink is a claim between two entities of a neighbourhood.
type aroundLink struct {
	Claim struct {
		ID        string          `json:"id"`
		Predicate masar.Predicate `json:"predicate"`
		Basis     masar.Basis     `json:"basis"`
		Support   *struct {
			Certainty     *masar.Certainty     `json:"certainty"`
			Documentation *masar.Documentation `json:"documentation"`
			Status        masar.SupportStatus  `json:"status"`
		} `json:"support"`
	} `json:"claim"`
	From reference `json:"from"`
	To   reference `json:"to"`
}

// Rating is what a reader sees of the support of the claim.
func (l aroundLink) Rating() Rating {
	s := l.Claim.Support
	if s == nil {
		return Rating{Basis: l.Claim.Basis}
	}
	return Rating{l.Claim.Basis, &SupportSummary{Certainty: s.Certainty, Documentation: s.Documentation, Status: s.Status}}
}

func (v *aroundView) exists() bool {
	return v.Centre != nil && v.Counts != nil && v.Neighbourhood != nil
}

// isUnknown reports whether the entity does not exist: the rest of the answer was loaded.
func (v *aroundView) isUnknown() bool { return v.Centre == nil && v.Snapshot != "" }

func (v *aroundView) head(address) head {
	c := v.Centre
	return head{
		Of: c, Title: say("page.around.title", masar.Args{"title": c.Title}),
		Eyebrow: say("page.around.eyebrow", masar.Args{"kind": c.Kind}),
		Answer:  v.answer(),
		Crumbs:  []link{toEntity(*c)},
		Rows:    []rows{{"graph-nodes", nil}, {"graph-edges", nil}},
	}
}

// answer is the short answer: how many neighbours there are, and how many of those shown are connected by inferred claims
// only.
func (v *aroundView) answer() []masar.Phrase {
	total, shown, inferred := 0, 0, 0
	for _, l := range v.Lanes() {
		total += l.Count
		for _, n := range l.Neighbours {
			shown++
			if !n.IsStated() {
				inferred++
			}
		}
	}
	switch {
	case total == 0:
		return []masar.Phrase{say("page.around.empty", nil)}
	case inferred == 0:
		return []masar.Phrase{say("page.around.answer", masar.Args{"n": total}), say("page.around.answer.all_stated", nil)}
	case shown < total:
		return []masar.Phrase{say("page.around.answer", masar.Args{"n": total}), say("page.around.answer.shown", masar.Args{"n": inferred, "shown": shown})}
	}
	return []masar.Phrase{say("page.around.answer", masar.Args{"n": total}), say("page.around.answer.inferred", masar.Args{"n": inferred})}
}

// lane are the neighbours of a kind.
type lane struct {
	Kind       masar.Kind
	Count      int
	Neighbours []neighbour
}

// More is the number of neighbours of the kind that are not shown.
func (l lane) More() int { return l.Count - len(l.Neighbours) }

// neighbour is an entity that claims connect with the one of the page.
type neighbour struct {
	EntityHeading
	Claims []connection
}

// connection is a claim between the entity of the page and a neighbour.
type connection struct {
	aroundLink
	Relation Relation
}

// IsStated reports whether a source states any of the claims.
func (n neighbour) IsStated() bool {
	return slices.ContainsFunc(n.Claims, func(c connection) bool { return c.Claim.Basis == masar.Stated })
}

// Lanes are the neighbours by kind, in the order of the API. Kinds without neighbours are left out.
func (v *aroundView) Lanes() []lane {
	centre := v.Centre.Ref()
	claims := map[masar.Ref][]connection{}
	for _, l := range v.Neighbourhood.Links {
		switch centre {
		case l.From.ref():
			claims[l.To.ref()] = append(claims[l.To.ref()], connection{l, Relation{Predicate: l.Claim.Predicate}})
		case l.To.ref():
			claims[l.From.ref()] = append(claims[l.From.ref()], connection{l, Relation{Predicate: l.Claim.Predicate, Incoming: true}})
		}
	}
	var lanes []lane
	for _, k := range v.Counts.Kinds {
		made := lane{Kind: k.Kind, Count: k.Count}
		for _, e := range v.Neighbourhood.Nodes {
			if e.Kind == k.Kind && e.Ref() != centre {
				made.Neighbours = append(made.Neighbours, neighbour{e, claims[e.Ref()]})
			}
		}
		if len(made.Neighbours) > 0 {
			lanes = append(lanes, made)
		}
	}
	return lanes
}

// between is a claim between two neighbours.
type between struct {
	aroundLink
	From, To EntityHeading
}

// Between are the claims among the neighbours.
func (v *aroundView) Between() []between {
	headings := map[masar.Ref]EntityHeading{}
	for _, e := range v.Neighbourhood.Nodes {
		headings[e.Ref()] = e
	}
	centre := v.Centre.Ref()
	var all []between
	for _, l := range v.Neighbourhood.Links {
		if l.From.ref() != centre && l.To.ref() != centre {
			all = append(all, between{l, headings[l.From.ref()], headings[l.To.ref()]})
		}
	}
	return all
}

// drawing is the picture of a neighbourhood: the geometry, with the entities at their places.
type drawing struct {
	picture.LanesPicture
	Lanes []drawnLane
}

type drawnLane struct {
	Heading    picture.Label
	Neighbours []drawnNeighbour
}

type drawnNeighbour struct {
	picture.Neighbour
	Entity   EntityHeading
	IsStated bool
	// Whole is the label in full; empty if the picture shows it in full.
	Whole string
}

// Drawing is the picture in the language of the page.
func (v *aroundView) Drawing(s screen) drawing {
	lanes := v.Lanes()
	texts := make([]picture.Lane, len(lanes))
	for i, lane := range lanes {
		texts[i].Heading = laneHeading(s.lang, lane)
		for _, n := range lane.Neighbours {
			texts[i].Labels = append(texts[i].Labels, n.Name().Value)
		}
	}
	d := drawing{LanesPicture: picture.Lanes(v.Centre.Title.Value, texts, s.lang == masar.Arabic)}
	for i, placed := range d.LanesPicture.Lanes {
		made := drawnLane{Heading: placed.Heading}
		for j, n := range placed.Neighbours {
			of := lanes[i].Neighbours[j]
			drawn := drawnNeighbour{Neighbour: n, Entity: of.EntityHeading, IsStated: of.IsStated()}
			if whole := texts[i].Labels[j]; whole != n.Label.Text {
				drawn.Whole = whole
			}
			made.Neighbours = append(made.Neighbours, drawn)
		}
		d.Lanes = append(d.Lanes, made)
	}
	return d
}

// laneHeading is the heading of a lane: the kind, the number of its neighbours, and how many of them are shown.
func laneHeading(l masar.Language, lane lane) string {
	args := masar.Args{"kind": words.Say(l, "page.kinds."+string(lane.Kind), nil), "n": lane.Count, "shown": len(lane.Neighbours)}
	if lane.More() > 0 {
		return words.Say(l, "page.around.lane.some", args)
	}
	return words.Say(l, "page.around.lane", args)
}
