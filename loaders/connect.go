package loaders

import (
	"context"

	"masar"
	"masar/answers"
	"masar/topology"
)

// Follow resolves the current list field of an entity, along the path that the schema declares for it.
// The error has code BAD_PAGE or BAD_CURSOR for invalid arguments.
func Follow[T masar.Entity](ctx context.Context, from masar.Entity, args answers.ListArgs) (*answers.Connection[T], error) {
	r := From(ctx)
	to, at := r.wayOf(ctx), r.place(from)
	var page topology.Page[topology.Entity]
	var err error
	if to.relation != "" {
		page, err = r.Graph.Linked(at, to.relation, to.kinds[0], args)
	} else {
		page, err = r.Graph.Follow(at, to.steps, to.ofKinds(args), args)
	}
	return connect(r, page, err, Entities[T])
}

// One resolves the current single-valued field of an entity, along the path that the schema declares for it; nil if
// there is no value.
func One[T masar.Entity](ctx context.Context, from masar.Entity) (T, error) {
	r := From(ctx)
	to, at := r.wayOf(ctx), r.place(from)
	if to.relation == "" {
		return Entity[T](ctx, r, r.Graph.One(at, to.steps, to.kinds[0]))
	}
	for _, e := range r.Graph.Structural(at, to.relation) {
		return Entity[T](ctx, r, e)
	}
	return Entity[T](ctx, r, topology.None)
}

// Structural resolves the current unpaged list field.
func Structural[T masar.Entity](ctx context.Context, from masar.Entity) ([]T, error) {
	r := From(ctx)
	return Entities[T](ctx, r, r.Graph.Structural(r.place(from), r.wayOf(ctx).relation))
}

// Find returns the entity with the given reference; nil if there is none.
func Find[T masar.Entity](ctx context.Context, ref masar.Ref) (T, error) {
	r := From(ctx)
	e, ok := r.Graph.Find(ref)
	if !ok {
		e = topology.None
	}
	return Entity[T](ctx, r, e)
}

// All lists the entities of a kind.
func All[T masar.Entity](ctx context.Context, kind masar.Kind, args answers.ListArgs) (*answers.Connection[T], error) {
	r := From(ctx)
	page, err := r.Graph.All(kind, args)
	return connect(r, page, err, Entities[T])
}

// Claims lists the accepted claims of an entity; all accepted claims if the entity is nil.
func Claims(ctx context.Context, of masar.Entity, args answers.ListArgs) (*answers.Connection[*masar.Claim], error) {
	r := From(ctx)
	at := topology.None
	if of != nil {
		at = r.place(of)
	}
	page, err := r.Graph.Claims(at, args)
	return connect(r, page, err, loadClaims)
}

// EvidenceOf lists the accepted evidence of a claim; none of a harmful one.
func EvidenceOf(ctx context.Context, c *masar.Claim, args answers.ListArgs) (*answers.Connection[*masar.Evidence], error) {
	r := From(ctx)
	at, _ := r.Graph.FindClaim(c.Key)
	if c.Harmful() {
		page, err := r.Graph.EvidencePage(nil, args, "evidence of", string(c.Key))
		return connect(r, page, err, loadEvidence)
	}
	page, err := r.Graph.EvidenceOf(at, args)
	return connect(r, page, err, loadEvidence)
}

// EvidenceIn lists the evidence that cites a document.
func EvidenceIn(ctx context.Context, d *masar.Document, args answers.ListArgs) (*answers.Connection[*masar.Evidence], error) {
	r := From(ctx)
	page, err := r.Graph.EvidenceIn(r.place(d), args)
	return connect(r, page, err, loadEvidence)
}

// Observations lists the observations of an entity, those from a document, or the values of an indicator.
func Observations(ctx context.Context, of masar.Entity, args answers.ListArgs) (*answers.Connection[*masar.Observation], error) {
	r := From(ctx)
	page, err := observations(r.Graph, r.place(of), args)
	return connect(r, page, err, loadObservations)
}

// observations lists the observations of an entity, those from a document, or the values of an indicator.
func observations(g *topology.Graph, of topology.Entity, args answers.ListArgs) (topology.Page[topology.Observation], error) {
	switch g.Ref(of).Kind {
	case masar.KindDocument:
		return g.ObservationsFrom(of, args)
	case masar.KindIndicator, masar.KindSdgIndicator:
		return g.ObservationsBy(of, args)
	}
	return g.Observations(of, args)
}

// place is the entity's index in the request's snapshot. Every entity of an answer comes from that snapshot.
func (r *Request) place(e masar.Entity) topology.Entity {
	at, _ := r.Graph.Find(e.Head().Ref())
	return at
}

func loadClaims(ctx context.Context, r *Request, places []topology.Claim) ([]*masar.Claim, error) {
	return r.Claims(ctx, places)
}

func loadEvidence(ctx context.Context, r *Request, places []topology.Evidence) ([]*masar.Evidence, error) {
	return r.Evidence(ctx, places)
}

func loadObservations(ctx context.Context, r *Request, places []topology.Observation) ([]*masar.Observation, error) {
	return r.Observations(ctx, places)
}

// connect builds the connection of a page. Its nodes and claims are loaded only if they are selected.
func connect[P ~int32, T any](r *Request, page topology.Page[P], err error, load func(context.Context, *Request, []P) ([]T, error)) (*answers.Connection[T], error) {
	if err != nil {
		return nil, err
	}
	c := &answers.Connection[T]{
		TotalCount: page.Total,
		PageInfo:   answers.PageInfo{HasNextPage: page.HasNext, HasPreviousPage: page.HasPrev},
		Items:      make([]answers.Item, len(page.Items)),
		Load: func(ctx context.Context) ([]T, error) {
			places := make([]P, len(page.Items))
			for i, it := range page.Items {
				places[i] = it.At
			}
			return load(ctx, r, places)
		},
		Claims: func(ctx context.Context, item int) ([]*masar.Claim, error) {
			return r.Claims(ctx, page.Items[item].Via)
		},
	}
	for i, it := range page.Items {
		c.Items[i].Cursor = it.Cursor
		if len(it.Via) == 0 {
			continue
		}
		last := it.Via[len(it.Via)-1]
		c.Items[i].Role = r.Graph.Role(last)
		c.Items[i].Support = func() *masar.Support {
			if it.AtTarget {
				return r.Graph.SupportAtTarget(last)
			}
			return r.Graph.Support(last)
		}
	}
	if n := len(c.Items); n > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Items[0].Cursor, &c.Items[n-1].Cursor
	}
	return c, nil
}
