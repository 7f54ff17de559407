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
	page, err := r.follow(fieldOf(ctx), r.place(from), args)
	return connect(r, page, err, shown[T])
}

// One resolves the current single-valued field of an entity, along the path that the schema declares for it; nil if
// there is no value.
func One[T masar.Entity](ctx context.Context, from masar.Entity) (T, error) {
	r := From(ctx)
	to, at := r.wayOf(ctx), r.place(from)
	if to.relation == "" {
		return shownOne[T](ctx, r, r.Graph.One(at, to.steps, to.kinds[0]))
	}
	for _, e := range r.Graph.Structural(at, to.relation) {
		return shownOne[T](ctx, r, e)
	}
	return shownOne[T](ctx, r, topology.None)
}

// Structural resolves the current unpaged list field.
func Structural[T masar.Entity](ctx context.Context, from masar.Entity) ([]T, error) {
	r := From(ctx)
	return shown[T](ctx, r, r.Graph.Structural(r.place(from), r.wayOf(ctx).relation))
}

// Find returns the entity with the given reference; nil if there is none.
func Find[T masar.Entity](ctx context.Context, ref masar.Ref) (T, error) {
	r := From(ctx)
	e, ok := r.Graph.Find(ref)
	if !ok {
		e = topology.None
	}
	return shownOne[T](ctx, r, e)
}

// All lists the entities of a kind.
func All[T masar.Entity](ctx context.Context, kind masar.Kind, args answers.ListArgs) (*answers.Connection[T], error) {
	r := From(ctx)
	page, err := r.all(fieldOf(ctx), kind, args)
	return connect(r, page, err, shown[T])
}

// Claims lists the accepted claims of an entity; all accepted claims if the entity is nil.
func Claims(ctx context.Context, of masar.Entity, args answers.ListArgs) (*answers.Connection[*masar.Claim], error) {
	r := From(ctx)
	at := topology.None
	if of != nil {
		at = r.place(of)
	}
	page, err := r.claims(fieldOf(ctx), at, args)
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
	page, err := r.evidenceOf(fieldOf(ctx), at, args)
	return connect(r, page, err, loadEvidence)
}

// EvidenceIn lists the evidence that cites a document.
func EvidenceIn(ctx context.Context, d *masar.Document, args answers.ListArgs) (*answers.Connection[*masar.Evidence], error) {
	r := From(ctx)
	page, err := r.evidenceIn(fieldOf(ctx), r.place(d), args)
	return connect(r, page, err, loadEvidence)
}

// Observations lists the observations of an entity, those from a document, or the values of an indicator.
func Observations(ctx context.Context, of masar.Entity, args answers.ListArgs) (*answers.Connection[*masar.Observation], error) {
	r := From(ctx)
	page, err := r.observations(fieldOf(ctx), r.place(of), args)
	return connect(r, page, err, loadObservations)
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
		Supported: func(item int) *masar.Support { return supportOf(r.Graph, page.Items[item]) },
	}
	for i, it := range page.Items {
		c.Items[i].Cursor = it.Cursor
		if n := len(it.Via); n > 0 {
			c.Items[i].Role = r.Graph.Role(it.Via[n-1])
		}
	}
	if n := len(c.Items); n > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Items[0].Cursor, &c.Items[n-1].Cursor
	}
	return c, nil
}

// supportOf is the support of the claim that leads to an item, as its list counts it; nil if none does.
func supportOf[P ~int32](g *topology.Graph, it topology.Item[P]) *masar.Support {
	if len(it.Via) == 0 {
		return nil
	}
	last := it.Via[len(it.Via)-1]
	if it.AtTarget {
		return g.SupportAtTarget(last)
	}
	return g.Support(last)
}
