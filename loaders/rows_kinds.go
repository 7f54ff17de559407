package loaders

import (
	"context"
	"slices"

	"masar"
	"masar/answers"
	"masar/exchange"
	"masar/topology"
)

// This file lists the entities of a kind with the numbers of their claims.

// tally calls count for each entity of a kind to which a claim belongs, with the number of evidence items.
type tally func(c topology.Claim, count func(e topology.Entity, items int))

// belonging counts the claims that belong to entities of a kind.
func (r *Rows) belonging(kind masar.Kind) tally {
	owners := r.graph.ClaimOwners(kind)
	return func(c topology.Claim, count func(topology.Entity, int)) {
		items := len(r.graph.AcceptedEvidence(c))
		for _, owner := range owners(c) {
			count(owner, items)
		}
	}
}

// cited counts the claims with evidence from documents.
func (r *Rows) cited(c topology.Claim, count func(topology.Entity, int)) {
	items := map[topology.Entity]int{}
	for _, e := range r.graph.AcceptedEvidence(c) {
		items[r.graph.DocumentOf(e)]++
	}
	for document, n := range items {
		count(document, n)
	}
}

// countedEntity is an entity with its numbers.
type countedEntity struct {
	at topology.Entity
	exchange.Counted
}

// ofKind lists the entities of a kind by code. With a filter that is not empty, they are those with a matching claim.
func (r *Rows) ofKind(kind masar.Kind, filter *answers.ClaimFilter, of tally) ([]countedEntity, error) {
	compiled, err := r.graph.Compile(filter)
	if err != nil {
		return nil, err
	}
	counts := map[topology.Entity]exchange.Counted{}
	for _, c := range r.graph.AllClaims(compiled) {
		of(c, func(e topology.Entity, items int) {
			n := counts[e]
			counts[e] = exchange.Counted{Claims: n.Claims + 1, Evidence: n.Evidence + items}
		})
	}
	var all []countedEntity
	for _, e := range r.graph.OfKind(kind) {
		if counts[e].Claims > 0 || !compiled.Asks() {
			all = append(all, countedEntity{e, counts[e]})
		}
	}
	return all, nil
}

// withRelated reads entities and those that related names for each. related may name topology.None.
func (r *Rows) withRelated(ctx context.Context, places []countedEntity, related func(topology.Entity) []topology.Entity) (map[topology.Entity]masar.Entity, error) {
	needed := map[topology.Entity]bool{}
	for _, p := range places {
		needed[p.at] = true
		for _, e := range related(p.at) {
			needed[e] = true
		}
	}
	delete(needed, topology.None)
	return r.entities(ctx, needed)
}

// alone relates an entity to nothing.
func alone(topology.Entity) []topology.Entity { return nil }

// Documents are the sources, by code.
func (r *Rows) Documents(filter *answers.ClaimFilter) (exchange.Records[exchange.Document], error) {
	kept, err := r.ofKind(masar.KindDocument, filter, r.cited)
	return listed(kept, err, r.readDocuments)
}

func (r *Rows) readDocuments(ctx context.Context, places []countedEntity) ([]exchange.Document, error) {
	publisher := func(e topology.Entity) []topology.Entity { return r.graph.Structural(e, topology.Publisher) }
	entities, err := r.withRelated(ctx, places, publisher)
	if err != nil {
		return nil, err
	}
	all := make([]exchange.Document, len(places))
	for i, p := range places {
		all[i] = exchange.Document{Document: entities[p.at].(*masar.Document), Counted: p.Counted, Imported: len(r.graph.TextsOf(p.at))}
		for _, e := range publisher(p.at) {
			all[i].Publisher, _ = entities[e].(*masar.Organization)
		}
	}
	return all, nil
}

// Initiatives are the initiatives and their parts, by code.
func (r *Rows) Initiatives(filter *answers.ClaimFilter) (exchange.Records[exchange.Initiative], error) {
	kept, err := r.ofKind(masar.KindInitiative, filter, r.belonging(masar.KindInitiative))
	return listed(kept, err, r.readInitiatives)
}

func (r *Rows) readInitiatives(ctx context.Context, places []countedEntity) ([]exchange.Initiative, error) {
	entities, err := r.withRelated(ctx, places, alone)
	if err != nil {
		return nil, err
	}
	countries := r.graph.Owners(masar.KindCountry)
	all := make([]exchange.Initiative, len(places))
	for i, p := range places {
		all[i] = exchange.Initiative{
			Initiative: entities[p.at].(*masar.Initiative), Counted: p.Counted,
			Countries: r.codes(countries(p.at)), Targets: r.codes(r.along(p.at, topology.Step{Predicate: masar.ContributesTo})),
		}
	}
	return all, nil
}

// codes are the codes of entities.
func (r *Rows) codes(entities []topology.Entity) []string {
	all := make([]string, len(entities))
	for i, e := range entities {
		all[i] = r.graph.Ref(e).Code
	}
	return all
}

// along are the entities to which a step leads, by code.
func (r *Rows) along(e topology.Entity, step topology.Step) []topology.Entity {
	var all []topology.Entity
	for _, to := range r.graph.Edges(e, step) {
		all = append(all, to)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// CaseStudies are the case studies, by code.
func (r *Rows) CaseStudies(filter *answers.ClaimFilter) (exchange.Records[exchange.CaseStudy], error) {
	kept, err := r.ofKind(masar.KindCaseStudy, filter, r.belonging(masar.KindCaseStudy))
	return listed(kept, err, r.readCaseStudies)
}

func (r *Rows) readCaseStudies(ctx context.Context, places []countedEntity) ([]exchange.CaseStudy, error) {
	country := func(e topology.Entity) topology.Entity {
		return r.graph.One(e, []topology.Step{{Predicate: masar.PractisedIn}}, masar.KindCountry)
	}
	leader := func(e topology.Entity) topology.Entity {
		return r.graph.One(e, []topology.Step{{Predicate: masar.LedBy}}, masar.KindOrganization)
	}
	entities, err := r.withRelated(ctx, places, func(e topology.Entity) []topology.Entity {
		return []topology.Entity{country(e), leader(e)}
	})
	if err != nil {
		return nil, err
	}
	all := make([]exchange.CaseStudy, len(places))
	for i, p := range places {
		all[i] = exchange.CaseStudy{
			CaseStudy: entities[p.at].(*masar.CaseStudy), Counted: p.Counted,
			Recommendations: r.codes(r.along(p.at, topology.Step{Predicate: masar.Demonstrates})),
		}
		all[i].Country, _ = entities[country(p.at)].(*masar.Country)
		all[i].LedBy, _ = entities[leader(p.at)].(*masar.Organization)
	}
	return all, nil
}

// Countries are the countries, by code.
func (r *Rows) Countries(filter *answers.ClaimFilter) (exchange.Records[exchange.Country], error) {
	kept, err := r.ofKind(masar.KindCountry, filter, r.belonging(masar.KindCountry))
	return listed(kept, err, r.readCountries)
}

func (r *Rows) readCountries(ctx context.Context, places []countedEntity) ([]exchange.Country, error) {
	entities, err := r.withRelated(ctx, places, alone)
	if err != nil {
		return nil, err
	}
	all := make([]exchange.Country, len(places))
	for i, p := range places {
		maturity, _ := r.graph.Maturity(p.at)
		all[i] = exchange.Country{
			Country: entities[p.at].(*masar.Country), Counted: p.Counted, Maturity: maturity,
			CaseStudies: len(r.along(p.at, topology.Step{Predicate: masar.PractisedIn, Back: true})),
		}
	}
	return all, nil
}

// Targets are the SDG targets, by code.
func (r *Rows) Targets(filter *answers.ClaimFilter) (exchange.Records[exchange.Target], error) {
	kept, err := r.ofKind(masar.KindSdgTarget, filter, r.belonging(masar.KindSdgTarget))
	return listed(kept, err, r.readTargets)
}

func (r *Rows) readTargets(ctx context.Context, places []countedEntity) ([]exchange.Target, error) {
	entities, err := r.withRelated(ctx, places, alone)
	if err != nil {
		return nil, err
	}
	all := make([]exchange.Target, len(places))
	for i, p := range places {
		all[i] = exchange.Target{
			Place: r.place(p.at, entities[p.at]), Counted: p.Counted,
			Recommendations: len(r.along(p.at, topology.Step{Predicate: masar.Advances, Back: true})),
		}
	}
	return all, nil
}
