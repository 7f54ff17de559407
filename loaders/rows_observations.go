package loaders

import (
	"context"
	"slices"

	"masar"
	"masar/answers"
	"masar/exchange"
	"masar/topology"
)

// Observations lists the values of indicators by entity, indicator, year, vintage and source.
func (r *Rows) Observations(q exchange.Query) (exchange.Records[exchange.Observation], error) {
	selects, err := r.observationFilter(q)
	if err != nil {
		return exchange.Records[exchange.Observation]{}, err
	}
	return listed(slices.DeleteFunc(r.graph.AllObservations(), func(o topology.Observation) bool { return !selects(o) }), nil, r.readObservations)
}

// observationFilter returns the test of a query. The error has code BAD_INPUT for an unknown code.
func (r *Rows) observationFilter(q exchange.Query) (func(topology.Observation) bool, error) {
	countries, err := r.coded("country", q.Countries, masar.KindCountry)
	if err != nil {
		return nil, err
	}
	indicators, err := r.coded("indicator", q.Indicators, topology.IndicatorKinds...)
	if err != nil {
		return nil, err
	}
	var target []string
	if q.Target != "" {
		target = []string{q.Target}
	}
	targets, err := r.coded("target", target, masar.KindSdgTarget, masar.KindSdgGoal)
	if err != nil {
		return nil, err
	}
	return func(o topology.Observation) bool {
		indicator, described := r.indicator(o)
		return (countries == nil || countries[r.graph.Observed(o)]) &&
			(indicators == nil || described && indicators[indicator]) &&
			(targets == nil || described && r.isBelow(indicator, targets)) &&
			(q.Since == 0 || r.graph.Year(o) >= q.Since) && (q.Until == 0 || r.graph.Year(o) <= q.Until) &&
			(!q.Newest || r.graph.IsNewestEdition(o))
	}, nil
}

// coded are the entities with the given codes; nil for no codes, which selects all.
func (r *Rows) coded(parameter string, codes []string, kinds ...masar.Kind) (map[topology.Entity]bool, error) {
	var found map[topology.Entity]bool
	for _, code := range codes {
		at, err := r.graph.FindCode(parameter, code, kinds...)
		if err != nil {
			return nil, err
		}
		if found == nil {
			found = map[topology.Entity]bool{}
		}
		found[at] = true
	}
	return found, nil
}

// isBelow reports whether one of some entities is above an entity.
func (r *Rows) isBelow(e topology.Entity, tops map[topology.Entity]bool) bool {
	for range maxAbove {
		above := r.graph.Structural(e, topology.Parent)
		if len(above) == 0 {
			return false
		}
		if e = above[0]; tops[e] {
			return true
		}
	}
	return false
}

func (r *Rows) readObservations(ctx context.Context, places []topology.Observation) ([]exchange.Observation, error) {
	observations, err := read[*masar.Observation](ctx, r, each(places, r.graph.ObservationRecord))
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
		all[i] = exchange.Observation{Observation: observations[i], Of: entities[r.graph.Observed(o)], Edition: answers.EarlierEdition}
		if r.graph.IsNewestEdition(o) {
			all[i].Edition = answers.NewestEdition
		}
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
