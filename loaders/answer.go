package loaders

import (
	"context"
	"reflect"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"masar"
	"masar/topology"
)

// An answer that is reckoned over the graph, rather than found by following fields, names entities and claims by their
// references and keys, and the resolvers of its fields bring their content. What that will be is known once the answer is
// reckoned; one walk of the selection over it reads it all ahead.

// ReadAhead reads what the field that is being resolved will need of its answer, in one read. The answer is made of structs
// whose fields bear the names of the API's, references and keys.
// An error is no matter: the resolvers will meet it again, each in its place.
func (r *Request) ReadAhead(ctx context.Context, answer any) {
	if !r.service.prefetch {
		return
	}
	w := r.walker(graphql.GetOperationContext(ctx))
	w.answer(graphql.GetFieldContext(ctx).Field, reflect.ValueOf(answer))
	r.prime(ctx, w.wanted)
}

// answer walks on from the value of a field.
func (w *walker) answer(f graphql.CollectedField, value reflect.Value) {
	switch v := value.Interface().(type) {
	case masar.Ref:
		w.found(f.Selections, v)
		return
	case masar.ClaimKey:
		if c, ok := w.FindClaim(string(v)); ok {
			w.claims(f.Selections, []topology.Claim{c})
		}
		return
	}
	switch value.Kind() {
	case reflect.Pointer:
		if !value.IsNil() {
			w.answer(f, value.Elem())
		}
	case reflect.Slice:
		for i := range value.Len() {
			w.answer(f, value.Index(i))
		}
	case reflect.Struct:
		for _, in := range w.collect(f.Selections, f.Definition.Type.Name()) {
			part := value.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, in.Name) })
			if part.IsValid() && part.CanInterface() {
				w.answer(in, part)
			}
		}
	}
}

// FindAll are the entities of references.
func FindAll[T masar.Entity](ctx context.Context, refs []masar.Ref) ([]T, error) {
	r := From(ctx)
	places := make([]topology.Entity, len(refs))
	for i, ref := range refs {
		at, ok := r.Graph.Find(ref)
		if !ok {
			return nil, missing(ref.String())
		}
		places[i] = at
	}
	return Entities[T](ctx, r, places)
}
