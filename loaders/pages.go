package loaders

import (
	"sync"

	"github.com/vektah/gqlparser/v2/ast"

	"masar"
	"masar/answers"
	"masar/topology"
)

// The lists of an answer. The read-ahead asks for each first, then the resolver of its field. Both use these functions, so
// that they agree, and the page is computed once.

// follow lists where a field of an entity leads, along the path that the schema declares for it.
func (r *Request) follow(field *ast.Field, from topology.Entity, args answers.ListArgs) (topology.Page[topology.Entity], error) {
	return paged(r, field, from, args, func() (topology.Page[topology.Entity], error) {
		to := r.service.fields[field.Definition]
		if to.relation != "" {
			return r.Graph.Linked(from, to.relation, to.kinds[0], args)
		}
		return r.Graph.Follow(from, to.steps, to.ofKinds(args), args)
	})
}

// all lists the entities of a kind.
func (r *Request) all(field *ast.Field, kind masar.Kind, args answers.ListArgs) (topology.Page[topology.Entity], error) {
	return paged(r, field, topology.None, args, func() (topology.Page[topology.Entity], error) { return r.Graph.All(kind, args) })
}

// claims lists the accepted claims of an entity; all accepted claims for topology.None.
func (r *Request) claims(field *ast.Field, of topology.Entity, args answers.ListArgs) (topology.Page[topology.Claim], error) {
	return paged(r, field, of, args, func() (topology.Page[topology.Claim], error) { return r.Graph.Claims(of, args) })
}

// evidenceOf lists the evidence of a claim.
func (r *Request) evidenceOf(field *ast.Field, of topology.Claim, args answers.ListArgs) (topology.Page[topology.Evidence], error) {
	return paged(r, field, of, args, func() (topology.Page[topology.Evidence], error) { return r.Graph.EvidenceOf(of, args) })
}

// evidenceIn lists the evidence that cites a document.
func (r *Request) evidenceIn(field *ast.Field, document topology.Entity, args answers.ListArgs) (topology.Page[topology.Evidence], error) {
	return paged(r, field, document, args, func() (topology.Page[topology.Evidence], error) { return r.Graph.EvidenceIn(document, args) })
}

// observations lists the observations of an entity, those from a document, or the values of an indicator.
func (r *Request) observations(field *ast.Field, of topology.Entity, args answers.ListArgs) (topology.Page[topology.Observation], error) {
	return paged(r, field, of, args, func() (topology.Page[topology.Observation], error) {
		switch r.Graph.Ref(of).Kind {
		case masar.KindDocument:
			return r.Graph.ObservationsFrom(of, args)
		case masar.KindIndicator, masar.KindSdgIndicator:
			return r.Graph.ObservationsBy(of, args)
		}
		return r.Graph.Observations(of, args)
	})
}

// related lists the initiatives most similar to an initiative.
func (r *Request) related(field *ast.Field, initiative topology.Entity, args answers.ListArgs) (topology.Page[topology.Entity], error) {
	return paged(r, field, initiative, args, func() (topology.Page[topology.Entity], error) { return r.Graph.Related(initiative, args) })
}

// pages are the pages computed for a request.
type pages struct {
	lock     sync.Mutex
	known    map[listKey]any
	computed int
}

// listKey identifies a list of an answer: the field, as it stands in the text of the operation, and the index of what has it.
// A field of the text is a field of one type, or of entities.
type listKey struct {
	field *ast.Field
	of    int32
}

// known is a page with the arguments that it was computed for. The read-ahead decodes arguments in another way than
// resolvers, so they are compared.
type known[T ~int32] struct {
	args answers.ListArgs
	page topology.Page[T]
}

// paged returns the page of a list that the request knows, or computes it. Errors are not kept.
func paged[T, Of ~int32](r *Request, field *ast.Field, of Of, args answers.ListArgs, compute func() (topology.Page[T], error)) (topology.Page[T], error) {
	key := listKey{field, int32(of)}
	if had, ok := r.pages.get(key).(*known[T]); ok && had.args.Equal(args) {
		return had.page, nil
	}
	page, err := compute()
	if err == nil {
		r.pages.put(key, &known[T]{args, page})
	}
	return page, err
}

func (p *pages) get(key listKey) any {
	p.lock.Lock()
	defer p.lock.Unlock()
	return p.known[key]
}

func (p *pages) put(key listKey, page any) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.known == nil {
		p.known = map[listKey]any{}
	}
	p.known[key] = page
	p.computed++
}
