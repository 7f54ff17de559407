package topology

import (
	"slices"
	"time"

	"masar"
	"masar/scoring"
)

// Support is the support of a claim, explained term by term.
func (g *Graph) Support(c Claim) *masar.Support {
	s := g.scorer.Support(g.items(c))
	return &s
}

// SupportAtTarget is the support of a claim about a goal, counted for one of the goal's targets.
func (g *Graph) SupportAtTarget(c Claim) *masar.Support {
	s := g.atTarget.Support(g.items(c))
	return &s
}

// SupportWith is the support of a claim as of another day, or with other weights; a nil argument asks nothing.
// The error has code BAD_INPUT and names the argument.
func (g *Graph) SupportWith(c Claim, asOf *string, weights *masar.ScoringWeights) (*masar.Support, error) {
	if asOf == nil && weights == nil {
		return g.Support(c), nil
	}
	day := g.asOf
	if asOf != nil {
		t, err := time.Parse(time.DateOnly, *asOf)
		if err != nil {
			return nil, masar.ArgumentErrorf(masar.CodeBadInput, "asOf", "%q is not a day; the form is YYYY-MM-DD", *asOf)
		}
		day = t
	}
	scorer, err := scoring.New(override(g.profile, weights), day)
	if err != nil {
		return nil, err
	}
	s := scorer.Support(g.items(c))
	return &s, nil
}

// override puts weights in the place of a profile's own.
func override(p masar.ScoringProfile, weights *masar.ScoringWeights) masar.ScoringProfile {
	if weights == nil {
		return p
	}
	p.Name = "CUSTOM"
	p.Quality, p.Directness = slices.Clone(p.Quality), slices.Clone(p.Directness)
	for _, w := range weights.Quality {
		i := slices.IndexFunc(p.Quality, func(q masar.QualityWeight) bool { return q.Kind == w.Kind })
		p.Quality[i] = w
	}
	for _, w := range weights.Directness {
		i := slices.IndexFunc(p.Directness, func(d masar.DirectnessWeight) bool { return d.Directness == w.Directness })
		p.Directness[i] = w
	}
	return p
}

// items are what support needs to know of a claim's evidence.
func (g *Graph) items(c Claim) []scoring.Item {
	of := g.evidence[g.ofClaim[c]:g.ofClaim[c+1]]
	items := make([]scoring.Item, len(of))
	for i := range of {
		items[i] = g.item(&of[i])
	}
	return items
}

func (g *Graph) item(e *evidence) scoring.Item {
	document := &g.entities[e.document]
	return scoring.Item{
		Key: e.key.String(), Family: document.family, Kind: e.kind, Stance: e.stance, Directness: e.directness,
		Review: e.review, OCRDoubt: e.ocrDoubt, Earliest: document.earliest,
	}
}
