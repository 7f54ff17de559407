package loaders

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"masar"
	"masar/topology"
)

// The head of an entity is what most lists show of it: its kind, code, titles, IRI and version. All heads are in memory, with
// the topology. Where a field selects no more than that of entities, its resolver gets entities with their heads alone, and
// nothing is read. This file alone decides whether heads suffice, for the read-ahead and for resolvers.

// inHead are the fields of entities that a head answers.
var inHead = map[string]bool{"__typename": true, "id": true, "kind": true, "code": true, "title": true, "iri": true, "version": true}

// onward are the fields of entities, besides those with @follows and @structural, whose resolvers need of the entity only its
// reference.
var onward = map[string]bool{"claims": true, "evidence": true, "observations": true, "related": true, "maturity": true}

// namesOf are the names under which entities of a kind are selected: their type and its interfaces.
var namesOf = func() map[masar.Kind][]string {
	names := map[masar.Kind][]string{}
	for name, kind := range kindOfType {
		names[kind] = []string{name, "Entity", "Node"}
	}
	return names
}()

// headSuffices reports whether a head answers all that is selected of an entity of a kind.
func (r *Request) headSuffices(operation *graphql.OperationContext, kind masar.Kind, selections ...ast.SelectionSet) bool {
	if !r.service.heads {
		return false
	}
	for _, selection := range selections {
		for _, f := range graphql.CollectFields(operation, selection, namesOf[kind]) {
			if _, leads := r.service.fields[f.Definition]; !leads && !inHead[f.Name] && !onward[f.Name] {
				return false
			}
		}
	}
	return true
}

// shownOf are the selections of entities in a field: its own, or those of the nodes in edges. ok is false if it is no field of
// entities.
func shownOf(operation *graphql.OperationContext, field graphql.CollectedField) (selections []ast.SelectionSet, ok bool) {
	name := field.Definition.Type.Name()
	if isEntity(name) {
		return []ast.SelectionSet{field.Selections}, true
	}
	of, isEdge := strings.CutSuffix(name, "Edge")
	if !isEdge || !isEntity(of) {
		return nil, false
	}
	for _, in := range graphql.CollectFields(operation, field.Selections, []string{name}) {
		if in.Name == "node" {
			selections = append(selections, in.Selections)
		}
	}
	return selections, true
}

// isEntity reports whether values of a type are entities, or may be.
func isEntity(name string) bool {
	_, ok := kindOfType[name]
	return ok || name == "Entity" || name == "Node"
}

// shown returns the entities with the given indexes for the answer of the current field: with their heads alone where these
// suffice. Code that needs more of entities than the field selects uses Entities.
func shown[T masar.Node](ctx context.Context, r *Request, places []topology.Entity) ([]T, error) {
	operation := graphql.GetOperationContext(ctx)
	selections, ofEntities := shownOf(operation, graphql.GetFieldContext(ctx).Field)
	if !ofEntities {
		return load[T](ctx, r, each(places, r.Graph.EntityRecord))
	}
	out := make([]T, len(places))
	var whole []topology.Record
	var at []int
	var kind masar.Kind
	var suffices bool
	for i, e := range places {
		if k := r.Graph.Ref(e).Kind; k != kind {
			kind, suffices = k, r.headSuffices(operation, k, selections...)
		}
		if suffices {
			out[i] = headOf(r.Graph, e).(T)
		} else {
			whole, at = append(whole, r.Graph.EntityRecord(e)), append(at, i)
		}
	}
	loaded, err := load[T](ctx, r, whole)
	if err != nil {
		return nil, err
	}
	for i, entity := range loaded {
		out[at[i]] = entity
	}
	return out, nil
}

// shownOne returns the entity with the given index for the answer of the current field; nil for topology.None.
func shownOne[T masar.Node](ctx context.Context, r *Request, place topology.Entity) (T, error) {
	var none T
	if place == topology.None {
		return none, nil
	}
	found, err := shown[T](ctx, r, []topology.Entity{place})
	if err != nil {
		return none, err
	}
	return found[0], nil
}

// headOf is an entity with its head alone.
func headOf(g *topology.Graph, e topology.Entity) masar.Node {
	head := g.Head(e)
	entity := masar.NewEntity(head.Kind)
	*entity.Head() = head
	return entity
}
