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
