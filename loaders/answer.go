package loaders

import (
	"context"
	"reflect"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"masar"
	"masar/answers"
	"masar/topology"
	"masar/words"
)

// A computed answer, unlike one found by following fields, names entities and claims by references and keys.
// Resolvers of its fields load their content. Once the answer is computed, one walk of the selection over it reads
// all that content ahead.

// Compute resolves the current field with a pure function of the request's graph, as of a day if asOf is given. It
// reads ahead the content of the records in the answer. The error is that of the function, or has code BAD_INPUT for
// an invalid day.
func Compute[Args, Answer any](ctx context.Context, asOf *string, answer func(context.Context, *topology.Graph, Args) (Answer, error), args Args) (Answer, error) {
	var none Answer
	r := From(ctx)
	g, err := r.AsOf(ctx, asOf)
	if err != nil {
		return none, err
	}
	found, err := answer(ctx, g, args)
	if err != nil {
		return none, err
	}
	r.readAhead(ctx, found)
	return found, nil
}

// readAhead reads in one query what the current field will need of its answer. The answer consists of structs with
// the API's field names, references and keys.
// Errors are ignored, because the resolvers meet them again.
func (r *Request) readAhead(ctx context.Context, answer any) {
	if !r.service.prefetch {
		return
	}
	w := r.walker(graphql.GetOperationContext(ctx))
	w.answer(graphql.GetFieldContext(ctx).Field, reflect.ValueOf(answer))
	r.prime(ctx, w.wanted)
}

// readAheadChanges reads in one query the records of a page of changes, if the current field selects them.
func (r *Request) readAheadChanges(ctx context.Context, changes []*masar.Change) {
	if !r.service.prefetch {
		return
	}
	w := r.walker(graphql.GetOperationContext(ctx))
	for _, part := range w.collect(graphql.GetFieldContext(ctx).Field.Selections, "ChangeConnection") {
		switch part.Name {
		case "nodes":
			w.changes(part, changes)
		case "edges":
			for _, node := range w.collect(part.Selections, "ChangeEdge") {
				w.changes(node, changes)
			}
		}
	}
	r.prime(ctx, w.wanted)
}

// changes visits the records of changes.
func (w *walker) changes(f graphql.CollectedField, all []*masar.Change) {
	for _, in := range w.collect(f.Selections, "Change") {
		if in.Name != "record" {
			continue
		}
		for _, c := range all {
			w.record(in.Selections, c.Identity())
		}
	}
}

// answer visits the value of a field.
func (w *walker) answer(f graphql.CollectedField, value reflect.Value) {
	switch v := value.Interface().(type) {
	case masar.Ref:
		w.found(f.Selections, v)
		return
	case masar.ClaimKey:
		w.claim(f.Selections, v)
		return
	case masar.ObservationKey:
		w.observation(f.Selections, v)
		return
	case answers.Reason:
		w.whole(placesOf(w.Graph, v.About()))
		return
	case answers.RankedRefs:
		page, err := rankedPage(w.Graph, v, w.args(f))
		walkPage(w, f, page, err, w.entities)
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

// Explain writes a reason as a sentence, in the first of the languages.
func Explain(ctx context.Context, reason answers.Reason, lang []masar.Language) (*masar.Text, error) {
	r := From(ctx)
	read, err := r.contents(ctx, placesOf(r.Graph, reason.About()), nil)
	if err != nil {
		return nil, err
	}
	return words.Explain(reason, func(ref masar.Ref) masar.Entity {
		at, _ := r.Graph.Find(ref)
		return read.entities[at]
	}, lang), nil
}

// placesOf are the entities with the given references that are in the graph.
func placesOf(g *topology.Graph, refs []masar.Ref) (places []topology.Entity) {
	for _, ref := range refs {
		if at, ok := g.Find(ref); ok {
			places = append(places, at)
		}
	}
	return places
}

// ExplainAll writes reasons as sentences, in the first of the languages.
func ExplainAll(ctx context.Context, reasons []answers.Reason, lang []masar.Language) ([]*masar.Text, error) {
	texts := make([]*masar.Text, len(reasons))
	for i, reason := range reasons {
		text, err := Explain(ctx, reason, lang)
		if err != nil {
			return nil, err
		}
		texts[i] = text
	}
	return texts, nil
}

// Ranked lists the entities of a ranked list.
func Ranked[T masar.Entity](ctx context.Context, of answers.RankedRefs, args answers.ListArgs) (*answers.Connection[T], error) {
	r := From(ctx)
	page, err := rankedPage(r.Graph, of, args)
	return connect(r, page, err, shown[T])
}

func rankedPage(g *topology.Graph, of answers.RankedRefs, args answers.ListArgs) (topology.Page[topology.Entity], error) {
	at := func(i int) (topology.Item[topology.Entity], float64) {
		it := of.Items[i]
		e, _ := g.Find(it.Ref)
		c, _ := g.FindClaim(it.Claim)
		return topology.Item[topology.Entity]{At: e, Via: []topology.Claim{c}}, it.Score
	}
	return g.Ranked(len(of.Items), at, args, of.List)
}

// ClaimsOf returns the claims with the given keys, which have to be in the snapshot.
func ClaimsOf(ctx context.Context, keys []masar.ClaimKey) ([]*masar.Claim, error) {
	r := From(ctx)
	places := make([]topology.Claim, len(keys))
	for i, key := range keys {
		at, ok := r.Graph.FindClaim(key)
		if !ok {
			return nil, missing("claim " + string(key))
		}
		places[i] = at
	}
	return r.Claims(ctx, places)
}

// ObservationsOf returns the observations with the given keys, which have to be in the snapshot.
func ObservationsOf(ctx context.Context, keys []masar.ObservationKey) ([]*masar.Observation, error) {
	r := From(ctx)
	places := make([]topology.Observation, len(keys))
	for i, key := range keys {
		at, ok := r.Graph.FindObservation(key)
		if !ok {
			return nil, missing("observation " + string(key))
		}
		places[i] = at
	}
	return r.Observations(ctx, places)
}

// FindAll returns the entities with the given references.
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
	return shown[T](ctx, r, places)
}
