package advice

import (
	"fmt"

	"masar"
	"masar/loaders"
	"masar/scoring"
	"masar/topology"
)

// adviser reckons what is advised to a country.
type adviser struct {
	*topology.Graph
	profile masar.ScoringProfile
	country topology.Entity
	// maturity is the country's, nil where it is unknown, and indices what it was reckoned from.
	maturity *masar.Maturity
	indices  []masar.ObservationKey
	contexts map[topology.Entity]scoring.Context
}

// newAdviser begins to advise a country. The error has code BAD_INPUT for a code that there is not.
func newAdviser(g *topology.Graph, code string) (*adviser, error) {
	country, err := loaders.Known(g, "country", masar.Ref{Kind: masar.KindCountry, Code: code})
	if err != nil {
		return nil, err
	}
	a := &adviser{Graph: g, profile: g.Profile(), country: country, contexts: map[topology.Entity]scoring.Context{}}
	a.maturity, a.indices = a.maturityOf(country)
	return a, nil
}

func (a *adviser) maturityOf(country topology.Entity) (*masar.Maturity, []masar.ObservationKey) {
	m, from := a.Maturity(country)
	keys := make([]masar.ObservationKey, len(from))
	for i, o := range from {
		keys[i] = a.ObservationKey(o)
	}
	return m, keys
}

// similarity is that of the country and another.
func (a *adviser) similarity(other topology.Entity) scoring.Estimate {
	return scoring.Similarity(a.context(a.country), a.context(other), a.profile.Context)
}

func (a *adviser) context(country topology.Entity) scoring.Context {
	c, known := a.contexts[country]
	if !known {
		c = a.Context(country)
		a.contexts[country] = c
	}
	return c
}

// practices are the country's case studies, each with the claim that it is practised there.
func (a *adviser) practices() map[topology.Entity]topology.Claim {
	practised := map[topology.Entity]topology.Claim{}
	for _, it := range against(a.Graph, a.country, masar.PractisedIn) {
		practised[it.At] = it.Via[0]
	}
	return practised
}

// narrower are a topic and all that are narrower.
func (a *adviser) narrower(topic topology.Entity) []topology.Entity {
	all := []topology.Entity{topic}
	for i := 0; i < len(all); i++ {
		all = append(all, a.Structural(all[i], topology.Children)...)
	}
	return all
}

// component makes a component of an estimate.
func component(name masar.ComponentName, e scoring.Estimate, reason masar.Reason) *masar.Component {
	c := &masar.Component{Name: name, Low: e.Low, High: e.High, Coverage: e.Coverage, Explanation: reason}
	if e.IsKnown() {
		c.Value = &e.Value
	}
	return c
}

// howMany is the number of items to answer, of all that there are. The error has code BAD_INPUT.
func howMany(first *int, all int) (int, error) {
	const most, usual = 100, 20
	if first == nil {
		return min(usual, all), nil
	}
	if *first < 1 || *first > most {
		return 0, masar.ArgumentErrorf(masar.CodeBadInput, "first", "%d is out of bounds; give 1 to %d",
			"العدد %d خارج الحدود؛ والمسموح من 1 إلى %d", *first, most)
	}
	return min(*first, all), nil
}

// share checks a share that an argument gives. The error has code BAD_INPUT.
func share(argument string, of *float64) (float64, error) {
	switch {
	case of == nil:
		return 1, nil
	case !(*of >= 0 && *of <= 1): // and not for NaN
		return 0, masar.ArgumentErrorf(masar.CodeBadInput, argument, "%v is not a share; give a number from 0 to 1",
			"ليس %v حصة؛ فليكن العدد من 0 إلى 1", *of)
	}
	return *of, nil
}

// within is the path of an argument in a list.
func within(list string, i int, field string) string { return fmt.Sprintf("%s[%d].%s", list, i, field) }
