package topology

import (
	"fmt"
	"slices"
	"time"

	"masar"
	"masar/answers"
	"masar/scoring"
)

// Support is the support of a claim with a term for each evidence item.
func (g *Graph) Support(c Claim) *masar.Support { return g.explain(g.scorer, c) }

// SupportAtTarget is the support of a claim about a goal, counted for one of the goal's targets.
func (g *Graph) SupportAtTarget(c Claim) *masar.Support { return g.explain(g.atTarget, c) }

// SupportWith is the support of a claim as of another day or with other weights; nil keeps the default.
// The error has code BAD_INPUT and names the argument.
func (g *Graph) SupportWith(c Claim, asOf *string, weights *answers.ScoringWeights) (*masar.Support, error) {
	if asOf == nil && weights == nil {
		return g.Support(c), nil
	}
	day, profile := g.asOf, g.profile
	if asOf != nil {
		var err error
		if day, err = parseAsOf(*asOf); err != nil {
			return nil, err
		}
	}
	if weights != nil {
		var err error
		if profile, err = override(profile, weights); err != nil {
			return nil, err
		}
	}
	scorer, err := scoring.New(profile, day)
	if err != nil {
		return nil, err
	}
	return g.explain(scorer, c), nil
}

// AsOfDay is the graph as of a day; the graph itself for nil. The error has code BAD_INPUT.
func (g *Graph) AsOfDay(asOf *string) (*Graph, error) {
	if asOf == nil {
		return g, nil
	}
	day, err := parseAsOf(*asOf)
	if err != nil || day.Equal(g.asOf) {
		return g, err
	}
	return g.On(day)
}

func parseAsOf(s string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return day, masar.NewArgumentError(masar.CodeBadInput, "asOf", "error.day.malformed", masar.Args{"given": s})
	}
	return day, nil
}

// override replaces weights of a profile.
func override(p masar.ScoringProfile, weights *answers.ScoringWeights) (masar.ScoringProfile, error) {
	p.Name = "CUSTOM"
	p.Quality, p.Authority, p.Directness = slices.Clone(p.Quality), slices.Clone(p.Authority), slices.Clone(p.Directness)
	if err := overrideKinds("quality", p.Quality, weights.Quality); err != nil {
		return p, err
	}
	if err := overrideKinds("authority", p.Authority, weights.Authority); err != nil {
		return p, err
	}
	for i, w := range weights.Directness {
		at := slices.IndexFunc(p.Directness, func(d masar.DirectnessWeight) bool { return d.Directness == w.Directness })
		if err := checkWeight("directness", i, at >= 0, w.Weight); err != nil {
			return p, err
		}
		p.Directness[at] = w
	}
	return p, nil
}

// overrideKinds replaces the weights of evidence kinds.
func overrideKinds(list string, own, weights []masar.QualityWeight) error {
	for i, w := range weights {
		at := slices.IndexFunc(own, func(q masar.QualityWeight) bool { return q.Kind == w.Kind })
		if err := checkWeight(list, i, at >= 0, w.Weight); err != nil {
			return err
		}
		own[at] = w
	}
	return nil
}

// checkWeight checks a weight given by a client. Without it, the scorer's error would name an argument of the
// profile.
func checkWeight(list string, i int, known bool, weight float64) error {
	argument := fmt.Sprintf("weights.%s[%d]", list, i)
	if !known {
		return masar.NewArgumentError(masar.CodeBadInput, argument, "error.weight.unknown", nil)
	}
	return masar.CheckShare(argument+".weight", weight)
}

// explain computes the support of a claim with a term for each evidence item.
func (g *Graph) explain(s *scoring.Scorer, c Claim) *masar.Support {
	items := g.items(nil, c)
	for i := range items {
		e := &g.evidence[int(g.ofClaim[c])+i]
		items[i].Key, items[i].Document = masar.EvidenceKey(e.key.String()), g.entities[e.document].code
	}
	support := s.Support(g.Nature(c), items)
	support.Inferred = g.Basis(c) == masar.Inferred
	return &support
}

// Nature is the nature of a claim: fact or effect.
func (g *Graph) Nature(c Claim) masar.ClaimNature { return natures[g.claims[c].predicate] }

// natures has the natures of the predicates, by their index in masar.Predicates.
var natures = func() (all []masar.ClaimNature) {
	for _, p := range masar.Predicates {
		all = append(all, p.Nature())
	}
	return all
}()

// items adds to room the inputs of support for a claim's evidence, without what only terms need.
func (g *Graph) items(room []scoring.Item, c Claim) []scoring.Item {
	of := g.evidence[g.ofClaim[c]:g.ofClaim[c+1]]
	for i := range of {
		room = append(room, g.item(c, &of[i]))
	}
	return room
}

func (g *Graph) item(c Claim, e *evidence) scoring.Item {
	document := &g.entities[e.document]
	review := masar.ReviewSuggested
	if e.marks&reviewAccepted != 0 {
		review = masar.ReviewAccepted
	}
	return scoring.Item{
		Family: document.family, Kind: masar.EvidenceKinds[e.kind], Stance: masar.Stances[e.stance],
		Directness: masar.Directnesses[e.directness], Basis: g.Basis(c), Review: review, OCRDoubt: e.marks&ocrDoubt != 0,
		Earliest: document.earliest,
	}
}

// alone is the strength of an evidence item of a claim on its own.
func (g *Graph) alone(c Claim, e *evidence) float64 {
	one := [1]scoring.Item{g.item(c, e)}
	sum := g.scorer.Sum(g.Nature(c), one[:])
	return max(sum.Supports, sum.Refutes)
}
