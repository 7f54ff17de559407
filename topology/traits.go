package topology

import (
	"cmp"
	"slices"

	"masar"
	"masar/scoring"
)

// Net is the net support of a claim.
func (g *Graph) Net(c Claim) float64 { return g.nets[c] }

// Profile is the scoring profile of the graph.
func (g *Graph) Profile() masar.ScoringProfile { return g.profile }

// Newest is the newest value of an indicator for an entity, from the latest edition. Planned values do not count.
func (g *Graph) Newest(of Entity, indicator string) (value masar.IndexValue, at Observation, found bool) {
	values, places := g.values(of)
	i := g.scorer.Newest(values, indicator)
	if i < 0 {
		return value, at, false
	}
	return values[i], places[i], true
}

// Maturity is the maturity of a country, with the observations of its indices in order; nil if there are none.
func (g *Graph) Maturity(country Entity) (*masar.Maturity, []Observation) {
	values, places := g.values(country)
	m := g.scorer.Maturity(values)
	if m == nil {
		return nil, nil
	}
	from := make([]Observation, len(m.Indices))
	for i, index := range m.Indices {
		from[i] = places[g.scorer.Newest(values, index.Indicator)]
	}
	return m, from
}

// IsNewestEdition reports whether there is no newer edition of an observation's figure: of the same indicator for the same
// entity and year, planned or not. The edition from the newer document is newer; of documents of one day, and within a
// document, that with the later vintage.
func (g *Graph) IsNewestEdition(at Observation) bool {
	o := &g.observations[at]
	isOf := func(p *observation) bool { return p.of == o.of && p.indicator == o.indicator && p.year == o.year }
	from := at // observations of one indicator and year are side by side
	for from > 0 && isOf(&g.observations[from-1]) {
		from--
	}
	for ; int(from) < len(g.observations) && isOf(&g.observations[from]); from++ {
		if p := &g.observations[from]; p.planned == o.planned && g.compareEditions(p, o) > 0 {
			return false
		}
	}
	return true
}

func (g *Graph) compareEditions(o, p *observation) int {
	dated := func(o *observation) float64 { return g.entities[o.source].earliest } // NaN, if undated, is less than every date
	return cmp.Or(cmp.Compare(dated(o), dated(p)), masar.CompareCodes(o.vintage, p.vintage), cmp.Compare(o.source, p.source))
}

// Year is the year of an observation.
func (g *Graph) Year(o Observation) int { return int(g.observations[o].year) }

// values are the observed values of an entity.
func (g *Graph) values(of Entity) (values []masar.IndexValue, places []Observation) {
	for at := g.observed[of]; at < g.observed[of+1]; at++ {
		if o := &g.observations[at]; !o.planned {
			values = append(values, masar.IndexValue{Indicator: o.indicator, Year: int(o.year), Value: o.value, Vintage: o.vintage})
			places = append(places, Observation(at))
		}
	}
	return values, places
}

// Context is the context of a country for comparisons. Groups with the same members count as one. A group of exactly
// the least developed countries does not count, because that is a property of its own.
func (g *Graph) Context(country Entity) scoring.Context {
	var c scoring.Context
	if t := g.entities[country].traits; t != nil {
		c.Income, c.LeastDeveloped, c.Languages = t.IncomeGroup, t.LeastDeveloped, t.OfficialLanguages
	}
	leastDeveloped := g.OfKind(masar.KindCountry)
	leastDeveloped = slices.DeleteFunc(leastDeveloped, func(e Entity) bool { return !g.leastDeveloped(e) })
	counted := [][]Entity{leastDeveloped}
	for _, group := range g.groups.of(country) {
		members := g.relations[Members].of(group)
		if !slices.ContainsFunc(counted, func(other []Entity) bool { return slices.Equal(other, members) }) {
			counted = append(counted, members)
			c.Memberships = append(c.Memberships, g.entities[group].code)
		}
	}
	return c
}

func (g *Graph) leastDeveloped(country Entity) bool {
	t := g.entities[country].traits
	return t != nil && t.LeastDeveloped
}

// Band is the maturity band of a recommendation; ok is false if it has none.
func (g *Graph) Band(recommendation Entity) (low, high float64, ok bool) {
	t := g.entities[recommendation].traits
	if t == nil || t.BandHigh == 0 {
		return 0, 0, false
	}
	return t.BandLow, t.BandHigh, true
}

// HeadingOnly reports whether only the heading of a recommendation is known.
func (g *Graph) HeadingOnly(recommendation Entity) bool {
	t := g.entities[recommendation].traits
	return t != nil && t.HeadingOnly
}

// ProxyIndicators are the indicators that show how strongly a country faces a challenge, without rationales.
func (g *Graph) ProxyIndicators(challenge Entity) []masar.ProxyIndicator {
	if t := g.entities[challenge].traits; t != nil {
		return t.ProxyIndicators
	}
	return nil
}

// ObservationKey is the key of an observation.
func (g *Graph) ObservationKey(o Observation) masar.ObservationKey {
	return masar.ObservationKey(g.observations[o].key.String())
}
