package bench

import "masar"

// Curated returns a graph of the given number of claims, as Generate does, with the kinds of claims that a curated graph
// has: most of them lead from recommendations and case studies to targets, challenges, topics and countries. A case
// study has one country and one leading organization. Equal seeds give equal graphs.
func Curated(seed uint64, claims int) *masar.Outline {
	g := newGenerator(seed)
	g.outline.Snapshot = 1
	g.entities(claims)
	total := 0
	for _, s := range shapes {
		total += s.weight
	}
	for len(g.outline.Claims) < claims {
		at := g.r.IntN(total)
		for _, s := range shapes {
			if at -= s.weight; at < 0 {
				g.shaped(s)
				break
			}
		}
	}
	return &g.outline
}

// shape is a sort of claims with its frequency.
type shape struct {
	subject   masar.Kind
	predicate masar.Predicate
	object    masar.Kind
	weight    int
}

var shapes = []shape{
	{masar.KindRecommendation, masar.Advances, masar.KindSdgTarget, 20},
	{masar.KindRecommendation, masar.Advances, masar.KindSdgGoal, 2},
	{masar.KindRecommendation, masar.Addresses, masar.KindChallenge, 9},
	{masar.KindRecommendation, masar.Concerns, masar.KindTopic, 9},
	{masar.KindRecommendation, masar.IssuedIn, masar.KindDocument, 4},
	{masar.KindRecommendation, masar.AlignsWith, masar.KindPrinciple, 2},
	{masar.KindRecommendation, masar.Requires, masar.KindRecommendation, 2},
	{masar.KindRecommendation, masar.Elaborates, masar.KindRecommendation, 1},
	{masar.KindCaseStudy, masar.Demonstrates, masar.KindRecommendation, 10},
	{masar.KindCaseStudy, masar.PractisedIn, masar.KindCountry, 8},
	{masar.KindCaseStudy, masar.LedBy, masar.KindOrganization, 4},
	{masar.KindCaseStudy, masar.Concerns, masar.KindTopic, 5},
	{masar.KindCaseStudy, masar.ContributesTo, masar.KindSdgTarget, 5},
	{masar.KindInitiative, masar.ContributesTo, masar.KindSdgTarget, 4},
	{masar.KindInitiative, masar.Addresses, masar.KindChallenge, 2},
	{masar.KindInitiative, masar.OperatesIn, masar.KindCountry, 3},
	{masar.KindInitiative, masar.Produces, masar.KindOutput, 2},
	{masar.KindOrganization, masar.Participates, masar.KindInitiative, 3},
	{masar.KindActivity, masar.PartOf, masar.KindInitiative, 2},
	{masar.KindActivity, masar.HeldIn, masar.KindCountry, 1},
	{masar.KindCountry, masar.HasChallenge, masar.KindChallenge, 2},
}

// single are the predicates of which a case study has one claim.
var single = map[masar.Predicate]bool{masar.PractisedIn: true, masar.LedBy: true}

// shaped adds a claim of a shape, unless it exists.
func (g *generator) shaped(s shape) {
	if len(g.of[s.subject]) == 0 || len(g.of[s.object]) == 0 {
		return
	}
	t := triple{g.some([]masar.Kind{s.subject}), s.predicate, g.some([]masar.Kind{s.object})}
	only := triple{subject: t.subject, predicate: t.predicate}
	if single[s.predicate] {
		if g.seen[only] {
			return
		}
		g.seen[only] = true
	}
	g.add(t)
}
