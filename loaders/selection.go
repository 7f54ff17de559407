package loaders

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"golang.org/x/text/unicode/norm"

	"masar"
	"masar/answers"
	"masar/topology"
)

// Only the selection files, answer.go and heads.go read what a client selected. The graph's structure is in memory. So one
// walk of the selection over it finds the records that the answer needs, before any resolver runs, and one read loads
// them.
// The walk takes the same paths as the resolvers: those declared with @follows and @structural, and a few fields
// between entities, claims, evidence and observations. If it misses records or reads too many, only time is lost.

// Prefetch reads in one query the records that an operation needs and that are not cached.
// Errors are ignored, because the resolvers meet them again.
func (r *Request) Prefetch(ctx context.Context, operation *graphql.OperationContext) {
	if !r.service.prefetch || operation.Operation == nil {
		return
	}
	w := r.walker(operation)
	w.query(ctx, operation.Operation.SelectionSet)
	r.prime(ctx, w.wanted)
}

func (r *Request) walker(operation *graphql.OperationContext) *walker {
	return &walker{
		Graph: r.Graph, request: r, fields: r.service.fields, operation: operation,
		wanted: map[topology.Record]bool{}, decoded: map[*ast.Field]answers.ListArgs{},
	}
}

// prime reads the wanted records that are not cached, in one query.
func (r *Request) prime(ctx context.Context, wanted map[topology.Record]bool) {
	var missing []topology.Record
	for rec := range wanted {
		if _, ok := r.service.cache.GetIfPresent(pinOf(rec)); !ok {
			missing = append(missing, rec)
		}
	}
	if len(missing) == 0 {
		return
	}
	// This read bypasses batching, which could split it in two.
	found, _ := r.fetch(ctx, missing)
	for rec, record := range found {
		r.loader.Prime(rec, record)
	}
}

// walker walks a selection over the topology and collects the records that it needs.
type walker struct {
	*topology.Graph
	request   *Request
	fields    map[*ast.FieldDefinition]way
	operation *graphql.OperationContext
	wanted    map[topology.Record]bool
	decoded   map[*ast.Field]answers.ListArgs // see args
}

// collect returns the selected fields of a type, with fragments and @include resolved.
func (w *walker) collect(selection ast.SelectionSet, types ...string) []graphql.CollectedField {
	return graphql.CollectFields(w.operation, selection, types)
}

// args are the arguments of a list field, decoded once.
func (w *walker) args(f graphql.CollectedField) answers.ListArgs {
	args, known := w.decoded[f.Field]
	if !known {
		args = arguments[answers.ListArgs](w, f)
		w.decoded[f.Field] = args
	}
	return args
}

// arguments are the arguments of a field, as a struct with the same field names.
func arguments[T any](w *walker, f graphql.CollectedField) T {
	var args T
	if len(f.Definition.Arguments) == 0 {
		return args
	}
	raw, err := json.Marshal(f.ArgumentMap(w.operation.Variables))
	if err == nil {
		_ = json.Unmarshal(norm.NFC.Bytes(raw), &args) // normalized as for the resolvers
	}
	return args
}

func (w *walker) query(ctx context.Context, selection ast.SelectionSet) {
	for _, f := range w.collect(selection, "Query") {
		switch f.Name {
		case "node", "claim", "evidence":
			w.node(f.Selections, arguments[struct{ ID string }](w, f).ID)
		case "nodes":
			for _, id := range arguments[struct{ IDs []string }](w, f).IDs {
				w.node(f.Selections, id)
			}
		case "entity":
			w.found(f.Selections, arguments[struct{ Ref masar.Ref }](w, f).Ref)
		case "claims":
			page, err := w.request.claims(f.Field, topology.None, w.args(f))
			walkPage(w, f, page, err, w.claims)
		case "evidencePaths":
			w.evidencePaths(ctx, f)
		case "neighbourhood":
			w.neighbourhood(f)
		case "search":
			w.search(f)
		case "gapMap":
			w.gapMap(ctx, f)
		default:
			kind, ok := kindOfType[nodeType(f.Definition)]
			if !ok {
				continue
			}
			if code, ok := f.ArgumentMap(w.operation.Variables)["code"].(string); ok {
				w.found(f.Selections, masar.Ref{Kind: kind, Code: code})
				continue
			}
			page, err := w.request.all(f.Field, kind, w.args(f))
			walkPage(w, f, page, err, w.entities)
		}
	}
}

func (w *walker) found(selection ast.SelectionSet, ref masar.Ref) {
	if e, ok := w.Find(ref); ok {
		w.entities(selection, []topology.Entity{e})
	}
}

func (w *walker) node(selection ast.SelectionSet, id string) {
	if ref, err := masar.DecodeID(id); err == nil {
		w.record(selection, ref)
	}
}

func (w *walker) record(selection ast.SelectionSet, ref masar.RecordRef) {
	switch ref.Type {
	case masar.RecordClaim:
		w.claim(selection, masar.ClaimKey(ref.Key))
	case masar.RecordEvidence:
		w.piece(selection, masar.EvidenceKey(ref.Key))
	case masar.RecordObservation:
		w.observation(selection, masar.ObservationKey(ref.Key))
	default:
		w.found(selection, ref.Entity())
	}
}

func (w *walker) claim(selection ast.SelectionSet, key masar.ClaimKey) {
	if c, ok := w.FindClaim(key); ok {
		w.claims(selection, []topology.Claim{c})
	}
}

func (w *walker) piece(selection ast.SelectionSet, key masar.EvidenceKey) {
	if e, ok := w.FindEvidence(key); ok {
		w.evidence(selection, []topology.Evidence{e})
	}
}

func (w *walker) observation(selection ast.SelectionSet, key masar.ObservationKey) {
	if o, ok := w.FindObservation(key); ok {
		w.observations(selection, []topology.Observation{o})
	}
}

// entities visits entities, possibly of several kinds.
func (w *walker) entities(selection ast.SelectionSet, all []topology.Entity) {
	byKind := map[masar.Kind][]topology.Entity{}
	for _, e := range all {
		kind := w.Ref(e).Kind
		byKind[kind] = append(byKind[kind], e)
	}
	for kind, places := range byKind {
		slices.Sort(places)
		places = slices.Compact(places) // many lists may lead to the same
		if !w.request.headSuffices(w.operation, kind, selection) {
			w.whole(places)
		}
		for _, f := range w.collect(selection, namesOf[kind]...) {
			w.from(places, f)
		}
	}
}

// whole wants the content of entities, whatever is selected of them.
func (w *walker) whole(all []topology.Entity) {
	for _, e := range all {
		w.wanted[w.EntityRecord(e)] = true
	}
}

// from visits one field of entities.
func (w *walker) from(all []topology.Entity, f graphql.CollectedField) {
	to, declared := w.fields[f.Definition]
	switch isList := strings.HasSuffix(f.Definition.Type.Name(), "Connection"); {
	case declared && isList:
		lists(w, f, all, w.request.follow, w.entities)
	case declared:
		w.entities(f.Selections, w.reached(all, to))
	case f.Name == "claims":
		lists(w, f, all, w.request.claims, w.claims)
	case f.Name == "evidence":
		lists(w, f, all, w.request.evidenceIn, w.evidence)
	case f.Name == "observations":
		lists(w, f, all, w.request.observations, w.observations)
	}
	for _, e := range all {
		switch f.Name {
		case "passages":
			w.cited(f.Selections, e)
		case "versions":
			w.versions(f.Selections, e)
		case "maturity":
			w.maturity(f.Selections, e)
		case "related":
			w.related(e, f)
		}
	}
}

// reached are the entities to which fields without pages lead.
func (w *walker) reached(all []topology.Entity, to way) (found []topology.Entity) {
	for _, e := range all {
		if to.relation != "" {
			found = append(found, w.Structural(e, to.relation)...)
		} else if one := w.One(e, to.steps, to.kinds[0]); one != topology.None {
			found = append(found, one)
		}
	}
	return found
}

// lists visits a list field of all that have it.
func lists[Of, T ~int32](w *walker, f graphql.CollectedField, all []Of, list func(*ast.Field, Of, answers.ListArgs) (topology.Page[T], error), on func(ast.SelectionSet, []T)) {
	var items []topology.Item[T]
	args := w.args(f)
	for _, of := range all {
		if page, err := list(f.Field, of, args); err == nil {
			items = append(items, page.Items...)
		}
	}
	walkItems(w, f, items, on)
}

// claims visits claims.
func (w *walker) claims(selection ast.SelectionSet, all []topology.Claim) {
	for _, c := range all {
		w.wanted[w.ClaimRecord(c)] = true
	}
	for _, f := range w.collect(selection, "Claim", "Node") {
		switch f.Name {
		case "subject":
			w.entities(f.Selections, each(all, w.Subject))
		case "object":
			w.entities(f.Selections, each(all, w.Object))
		case "evidence":
			lists(w, f, all, w.request.evidenceOf, w.evidence)
		case "sentence":
			w.whole(each(all, w.Subject))
			w.whole(each(all, w.Object))
		case "support":
			for _, c := range all {
				w.support(f.Selections, c)
			}
		}
	}
}

// support visits the evidence in a claim's support.
func (w *walker) support(selection ast.SelectionSet, c topology.Claim) {
	for _, terms := range w.collect(selection, "Support") {
		if terms.Name != "terms" {
			continue
		}
		for _, f := range w.collect(terms.Selections, "SupportTerm") {
			if f.Name != "evidence" {
				continue
			}
			for _, term := range w.Support(c).Terms {
				if e, ok := w.FindEvidence(term.EvidenceKey); ok {
					w.evidence(f.Selections, []topology.Evidence{e})
				}
			}
		}
	}
}

// evidence visits evidence items.
func (w *walker) evidence(selection ast.SelectionSet, all []topology.Evidence) {
	for _, e := range all {
		w.wanted[w.EvidenceRecord(e)] = true
	}
	for _, f := range w.collect(selection, "Evidence", "Node") {
		switch f.Name {
		case "claim":
			w.claims(f.Selections, each(all, w.ClaimOf))
		case "passage":
			w.passages(f.Selections, each(all, w.DocumentOf), func(i int) []topology.Evidence {
				return w.EvidenceFrom(w.DocumentOf(all[i]), w.Start(all[i]))
			})
		}
	}
}

// observations visits observations.
func (w *walker) observations(selection ast.SelectionSet, all []topology.Observation) {
	for _, o := range all {
		w.wanted[w.ObservationRecord(o)] = true
	}
	for _, f := range w.collect(selection, "Observation", "Node") {
		switch f.Name {
		case "of":
			w.entities(f.Selections, each(all, w.Observed))
		case "source":
			w.entities(f.Selections, each(all, w.Source))
		case "passage":
			w.passages(f.Selections, each(all, w.Source), func(int) []topology.Evidence { return nil }) // its position is part of its content
		case "measured":
			w.measured(f.Selections, each(all, w.Indicator))
		}
	}
}

// measured visits the indicators with the given codes.
func (w *walker) measured(selection ast.SelectionSet, codes []string) {
	var indicators []topology.Entity
	for _, code := range codes {
		if at := indicatorAt(w.Graph, code); at != topology.None {
			indicators = append(indicators, at)
		}
	}
	w.entities(selection, indicators)
}

// walkPage visits the nodes of a page and the claims of its edges. It does nothing if neither is selected.
func walkPage[T ~int32](w *walker, f graphql.CollectedField, page topology.Page[T], err error, on func(ast.SelectionSet, []T)) {
	if err == nil {
		walkItems(w, f, page.Items, on)
	}
}

// walkItems visits the nodes of pages of a list field, and the claims of their edges.
func walkItems[T ~int32](w *walker, f graphql.CollectedField, items []topology.Item[T], on func(ast.SelectionSet, []T)) {
	if len(items) == 0 {
		return
	}
	nodes := each(items, func(it topology.Item[T]) T { return it.At })
	for _, part := range w.collect(f.Selections, f.Definition.Type.Name()) {
		switch part.Name {
		case "nodes":
			on(part.Selections, nodes)
		case "edges":
			on(nil, nodes) // edges are built with their nodes
			edge := strings.TrimSuffix(f.Definition.Type.Name(), "Connection") + "Edge"
			for _, in := range w.collect(part.Selections, edge) {
				switch in.Name {
				case "node":
					on(in.Selections, nodes)
				case "claim":
					w.claims(in.Selections, lastClaims(items))
				case "via":
					for _, it := range items {
						w.claims(in.Selections, it.Via)
					}
				case "support":
					for _, c := range lastClaims(items) {
						w.support(in.Selections, c)
					}
				}
			}
		}
	}
}

// lastClaims are the claims that lead to items, of those that a claim leads to.
func lastClaims[T ~int32](items []topology.Item[T]) []topology.Claim {
	var last []topology.Claim
	for _, it := range items {
		last = append(last, it.Via[max(0, len(it.Via)-1):]...)
	}
	return last
}

// related visits the initiatives related to an initiative, and what they share with it.
func (w *walker) related(e topology.Entity, f graphql.CollectedField) {
	page, err := w.request.related(f.Field, e, w.args(f))
	walkPage(w, f, page, err, w.entities)
	for _, it := range page.Items {
		shared := w.Compare(e, it.At).Shared
		w.whole(append(shared, it.At)) // the whole connection is built at once
		for _, edges := range w.collect(f.Selections, "RelatedInitiativeConnection") {
			for _, in := range w.collect(edges.Selections, "RelatedInitiativeEdge") {
				if edges.Name == "edges" && in.Name == "shared" {
					w.entities(in.Selections, shared)
				}
			}
		}
	}
}

// evidencePaths visits the steps of paths.
func (w *walker) evidencePaths(ctx context.Context, f graphql.CollectedField) {
	ends := arguments[struct{ From, To masar.Ref }](w, f)
	found, err := w.request.searchPaths(ctx, ends.From, ends.To, arguments[answers.PathArgs](w, f))
	if err != nil {
		return
	}
	var from, to []topology.Entity
	var claims []topology.Claim
	for _, p := range found.Paths {
		for _, s := range p.Steps {
			start, end := w.Ends(s)
			from, to, claims = append(from, start), append(to, end), append(claims, s.Claim)
		}
	}
	w.links(f, []string{"EvidencePathResult", "EvidencePath", "PathStep"}, from, to, claims)
}

// neighbourhood visits the nodes and claims of a neighbourhood.
func (w *walker) neighbourhood(f graphql.CollectedField) {
	of, ok := w.Find(arguments[struct{ Of masar.Ref }](w, f).Of)
	if !ok {
		return
	}
	near, err := w.Neighbourhood(of, arguments[answers.NeighbourhoodArgs](w, f))
	if err != nil {
		return
	}
	var nodes, from, to []topology.Entity
	for _, n := range near.Nodes {
		nodes = append(nodes, n.At)
	}
	for _, c := range near.Links {
		from, to = append(from, w.Subject(c)), append(to, w.Object(c))
	}
	w.whole(nodes) // nodes are built with their entities
	for _, part := range w.collect(f.Selections, "Neighbourhood") {
		for _, in := range w.collect(part.Selections, "NeighbourhoodNode") {
			if part.Name == "nodes" && in.Name == "entity" {
				w.entities(in.Selections, nodes)
			}
		}
	}
	w.links(f, []string{"Neighbourhood", "NeighbourhoodLink"}, from, to, near.Links)
}

// links visits claims and their ends. types are the types between the field and the claims.
func (w *walker) links(f graphql.CollectedField, types []string, from, to []topology.Entity, claims []topology.Claim) {
	w.whole(append(slices.Clip(from), to...)) // these are built with their ends and claims
	w.claims(nil, claims)
	for _, part := range w.collect(f.Selections, types[0]) {
		switch {
		case len(types) > 1:
			w.links(part, types[1:], from, to, claims)
		case part.Name == "from":
			w.entities(part.Selections, from)
		case part.Name == "to":
			w.entities(part.Selections, to)
		case part.Name == "claim":
			w.claims(part.Selections, claims)
		}
	}
}

// search walks on from the hits of a search, which has to be made for it, and from what its ambiguous words may mean.
func (w *walker) search(f graphql.CollectedField) {
	found, _, page, err := w.request.searchPage(arguments[answers.SearchArgs](w, f))
	if err != nil {
		return
	}
	walkPage(w, f, page, err, func(selection ast.SelectionSet, hits []topology.Entity) {
		w.whole(hits) // their content shows what matches
		w.entities(selection, hits)
	})
	for _, a := range w.collect(f.Selections, "SearchConnection") {
		for _, r := range w.collect(a.Selections, "SearchAmbiguity") {
			for _, in := range w.collect(r.Selections, "SearchReading") {
				if a.Name == "ambiguities" && in.Name == "entity" {
					w.entities(in.Selections, found.meant(w.Graph))
				}
			}
		}
	}
}
