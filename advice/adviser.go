package advice

import (
	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// adviser computes advice for a country.
type adviser struct {
	g       *topology.Graph
	profile masar.ScoringProfile
	country topology.Entity
	// maturity is the country's maturity; nil if unknown. indices are the observations behind it.
	maturity *masar.Maturity
	indices  []masar.ObservationKey
	contexts map[topology.Entity]scoring.Context
}

// newAdviser creates an adviser for a country. The error has code BAD_INPUT for an unknown code.
func newAdviser(g *topology.Graph, code string) (*adviser, error) {
	country, err := g.FindNamed("country", masar.Ref{Kind: masar.KindCountry, Code: code})
	if err != nil {
		return nil, err
	}
	a := &adviser{g: g, profile: g.Profile(), country: country, contexts: map[topology.Entity]scoring.Context{}}
	a.maturity, a.indices = a.maturityOf(country)
	return a, nil
}

func (a *adviser) maturityOf(country topology.Entity) (*masar.Maturity, []masar.ObservationKey) {
	m, from := a.g.Maturity(country)
	keys := make([]masar.ObservationKey, len(from))
	for i, o := range from {
		keys[i] = a.g.ObservationKey(o)
	}
	return m, keys
}

// similarity is the similarity of the country and another one.
func (a *adviser) similarity(other topology.Entity) scoring.Interval {
	return scoring.Similarity(a.context(a.country), a.context(other), a.profile.Context)
}

func (a *adviser) context(country topology.Entity) scoring.Context {
	c, known := a.contexts[country]
	if !known {
		c = a.g.Context(country)
		a.contexts[country] = c
	}
	return c
}

// practices are the country's case studies, each with the claim that it is practised there.
func (a *adviser) practices() map[topology.Entity]topology.Claim {
	practised := map[topology.Entity]topology.Claim{}
	for _, it := range against(a.g, a.country, masar.PractisedIn) {
		practised[it.At] = it.Via[0]
	}
	return practised
}

// narrower are a topic and all narrower topics.
func (a *adviser) narrower(topic topology.Entity) []topology.Entity {
	all := []topology.Entity{topic}
	for i := 0; i < len(all); i++ {
		all = append(all, a.g.Structural(all[i], topology.Children)...)
	}
	return all
}

// component makes a component of an interval.
func component(name answers.ScoreComponentName, of scoring.Interval, reason answers.Reason) *answers.ScoreComponent {
	return &answers.ScoreComponent{Name: name, Low: of.Low, High: of.High, Explanation: reason}
}
