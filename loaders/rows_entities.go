package loaders

import (
	"context"
	"slices"

	"masar"
	"masar/answers"
	"masar/exchange"
	"masar/topology"
)

// node is an entity with the number of its active claims.
type node struct {
	at                         topology.Entity
	stated, inferred, evidence int
}

// Nodes lists the entities of the active claims that match a filter, by kind and code.
func (r *Rows) Nodes(filter *answers.ClaimFilter) (exchange.Records[exchange.Node], error) {
	links, err := r.kept(filter, r.graph.AllLinks)
	tallies := map[topology.Entity]*node{}
	for _, c := range links {
		pieces := len(r.graph.AcceptedEvidence(c))
		stated := r.graph.Said(c).Basis == masar.Stated
		for _, e := range []topology.Entity{r.graph.Subject(c), r.graph.Object(c)} {
			if tallies[e] == nil {
				tallies[e] = &node{at: e}
			}
			tally := tallies[e]
			tally.evidence += pieces
			if stated {
				tally.stated++
			} else {
				tally.inferred++
			}
		}
	}
	nodes := make([]node, 0, len(tallies))
	for _, n := range tallies {
		nodes = append(nodes, *n)
	}
	slices.SortFunc(nodes, func(a, b node) int { return int(a.at - b.at) })
	return listed(nodes, err, r.readNodes)
}

func (r *Rows) readNodes(ctx context.Context, nodes []node) ([]exchange.Node, error) {
	needed := map[topology.Entity]bool{}
	for _, n := range nodes {
		needed[n.at] = true
	}
	entities, err := r.entities(ctx, needed)
	if err != nil {
		return nil, err
	}
	all := make([]exchange.Node, len(nodes))
	for i, n := range nodes {
		all[i] = exchange.Node{Place: r.place(n.at, entities[n.at]), Stated: n.stated, Inferred: n.inferred, Evidence: n.evidence}
	}
	return all, nil
}

// Coverage reports the support of the claims of each SDG target and country, ordered by target and country.
func (r *Rows) Coverage(filter *answers.ClaimFilter) (exchange.Records[exchange.Coverage], error) {
	selection, err := r.graph.Select(filter)
	if err != nil {
		return exchange.Records[exchange.Coverage]{}, err
	}
	gaps, err := selection.Coverage(answers.BySdgTarget, answers.ByCountry)
	if err != nil {
		return exchange.Records[exchange.Coverage]{}, err
	}
	return exchange.Records[exchange.Coverage]{Total: len(gaps.Rows) * len(gaps.Columns), Read: func(ctx context.Context, from, to int) ([]exchange.Coverage, error) {
		return r.readCoverage(ctx, gaps, gaps.Cells()[from:to])
	}}, nil
}

func (r *Rows) readCoverage(ctx context.Context, gaps *topology.Coverage, cells []topology.GapCell) ([]exchange.Coverage, error) {
	needed := map[topology.Entity]bool{}
	for _, cell := range cells {
		needed[gaps.Rows[cell.Row].At], needed[gaps.Columns[cell.Column].At] = true, true
	}
	entities, err := r.entities(ctx, needed)
	if err != nil {
		return nil, err
	}
	all := make([]exchange.Coverage, len(cells))
	for i, cell := range cells {
		target := gaps.Rows[cell.Row].At
		all[i] = exchange.Coverage{
			Target: r.place(target, entities[target]), Claims: cell.Claims, Evidence: cell.Evidence, Support: cell.Support,
			LatestYear: cell.LatestYear, Gaps: cell.Gaps,
		}
		all[i].Country, _ = entities[gaps.Columns[cell.Column].At].(*masar.Country)
	}
	return all, nil
}

// Observations lists the values of indicators by entity, indicator, year, vintage and source.
func (r *Rows) Observations() (exchange.Records[exchange.Observation], error) {
	return listed(r.graph.AllObservations(), nil, r.readObservations)
}

func (r *Rows) readObservations(ctx context.Context, places []topology.Observation) ([]exchange.Observation, error) {
	observations, err := read[*masar.Observation](ctx, r, records(places, r.graph.ObservationRecord))
	if err != nil {
		return nil, err
	}
	needed := map[topology.Entity]bool{}
	for _, o := range places {
		needed[r.graph.Observed(o)], needed[r.graph.Source(o)] = true, true
		if indicator, described := r.indicator(o); described {
			needed[indicator] = true
		}
	}
	entities, err := r.entities(ctx, needed)
	if err != nil {
		return nil, err
	}
	all := make([]exchange.Observation, len(places))
	for i, o := range places {
		all[i] = exchange.Observation{Observation: observations[i], Of: entities[r.graph.Observed(o)]}
		all[i].Source, _ = entities[r.graph.Source(o)].(*masar.Document)
		if indicator, described := r.indicator(o); described {
			all[i].Indicator = r.place(indicator, entities[indicator])
		}
	}
	return all, nil
}

// indicator is the indicator of an observation: an SDG indicator or another one.
func (r *Rows) indicator(o topology.Observation) (topology.Entity, bool) {
	for _, kind := range []masar.Kind{masar.KindSdgIndicator, masar.KindIndicator} {
		if e, known := r.graph.Find(masar.Ref{Kind: kind, Code: r.graph.Indicator(o)}); known {
			return e, true
		}
	}
	return topology.None, false
}

// Documents are the sources, by code.
func (r *Rows) Documents() (exchange.Records[exchange.Document], error) {
	return listed(r.graph.OfKind(masar.KindDocument), nil, r.readDocuments)
}

func (r *Rows) readDocuments(ctx context.Context, places []topology.Entity) ([]exchange.Document, error) {
	needed := map[topology.Entity]bool{}
	for _, e := range places {
		needed[e] = true
		for _, publisher := range r.graph.Structural(e, topology.Publisher) {
			needed[publisher] = true
		}
	}
	entities, err := r.entities(ctx, needed)
	if err != nil {
		return nil, err
	}
	all := make([]exchange.Document, len(places))
	for i, e := range places {
		all[i].Document = entities[e].(*masar.Document)
		for _, publisher := range r.graph.Structural(e, topology.Publisher) {
			all[i].Publisher, _ = entities[publisher].(*masar.Organization)
		}
	}
	return all, nil
}
