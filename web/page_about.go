package web

import (
	"masar"
)

var aboutPage = page{
	path: "about", operation: "about", template: "about",
	variables: noVariables,
	view:      func() view { return new(aboutView) },
}

// aboutView is the answer of operations/about.graphql.
type aboutView struct {
	PageFrame
	Profile *scoringProfile `json:"scoringProfile"`
	State   *struct {
		Certainty     *DistributionCounts `json:"certainty"`
		Documentation *DistributionCounts `json:"documentation"`
	} `json:"state"`
	Effects *workedClaims `json:"effects"`
	Facts   *workedClaims `json:"facts"`
}

type workedClaims struct {
	Nodes []workedClaim `json:"nodes"`
}

// workedClaim is a claim with every number of its support.
type workedClaim struct {
	ClaimSummary
	Worked *struct {
		Supports float64       `json:"supports"`
		Refutes  float64       `json:"refutes"`
		Net      float64       `json:"net"`
		Terms    []supportTerm `json:"terms"`
	} `json:"worked"`
}

// families is the number of source families that count for the claim or against it.
func (c workedClaim) families() (n int) {
	if c.Worked == nil {
		return 0
	}
	for _, t := range c.Worked.Terms {
		if t.Weight > 0 {
			n++
		}
	}
	return n
}

// example is the first claim with evidence of several families, or else the first; nil if there is none.
func (w *workedClaims) example() *workedClaim {
	if w == nil || len(w.Nodes) == 0 {
		return nil
	}
	for i := range w.Nodes {
		if w.Nodes[i].families() > 1 {
			return &w.Nodes[i]
		}
	}
	return &w.Nodes[0]
}

// Effect is a claim about an effect that is worked through; nil if there is none.
func (v *aboutView) Effect() *workedClaim { return v.Effects.example() }

// Fact is a claim of fact that is worked through; nil if there is none.
func (v *aboutView) Fact() *workedClaim { return v.Facts.example() }

// scoringProfile are all weights of Masar.
type scoringProfile struct {
	Name       string       `json:"name"`
	Quality    []kindWeight `json:"quality"`
	Authority  []kindWeight `json:"authority"`
	Directness []struct {
		Directness masar.Directness `json:"directness"`
		Weight     float64          `json:"weight"`
	} `json:"directness"`
	GoalForTarget   float64 `json:"goalForTarget"`
	MetadataForFact float64 `json:"metadataForFact"`
	SingleFamily    float64 `json:"singleFamily"`
	HalfLife        float64 `json:"halfLife"`
	AgeFloor        float64 `json:"ageFloor"`
	OCRDoubt        float64 `json:"ocrDoubt"`
	Certainties     []struct {
		Certainty masar.Certainty `json:"certainty"`
		Net       float64         `json:"net"`
		Families  int             `json:"families"`
		Evaluated bool            `json:"evaluated"`
	} `json:"certainties"`
	Contested float64 `json:"contested"`
	Tailoring struct {
		Evidence float64 `json:"evidence"`
		Need     float64 `json:"need"`
		Fit      float64 `json:"fit"`
		Transfer float64 `json:"transfer"`
	} `json:"tailoring"`
	RegionalNeed float64 `json:"regionalNeed"`
	BandFade     struct {
		Below float64 `json:"below"`
		Above float64 `json:"above"`
	} `json:"bandFade"`
	Maturity []struct {
		Indicator string  `json:"indicator"`
		Weight    float64 `json:"weight"`
	} `json:"maturity"`
	Context struct {
		Income         float64 `json:"income"`
		LeastDeveloped float64 `json:"leastDeveloped"`
		Language       float64 `json:"language"`
		Membership     float64 `json:"membership"`
	} `json:"context"`
	MaturityStep struct {
		Full      float64 `json:"full"`
		Falling   float64 `json:"falling"`
		Far       float64 `json:"far"`
		FarFactor float64 `json:"farFactor"`
	} `json:"maturityStep"`
	UnnamedCase         float64 `json:"unnamedCase"`
	DefaultAvailability float64 `json:"defaultAvailability"`
	PilotShare          float64 `json:"pilotShare"`
	Paths               struct {
		Unsupported float64 `json:"unsupported"`
		Hop         float64 `json:"hop"`
		Busy        int     `json:"busy"`
		Predicates  []struct {
			Predicate masar.Predicate `json:"predicate"`
			Weight    float64         `json:"weight"`
		} `json:"predicates"`
	} `json:"paths"`
	Gaps struct {
		ThinNet           float64 `json:"thinNet"`
		SynthesisFamilies int     `json:"synthesisFamilies"`
		StaleYears        float64 `json:"staleYears"`
		LikeMaturity      float64 `json:"likeMaturity"`
	} `json:"gaps"`
}

type kindWeight struct {
	Kind   masar.EvidenceKind `json:"kind"`
	Weight float64            `json:"weight"`
}

// kindWeights is a kind of evidence with its weights for effects and facts.
type kindWeights struct {
	Kind               masar.EvidenceKind
	Quality, Authority float64
}

// Kinds are the kinds of evidence with both of their weights.
func (p scoringProfile) Kinds() []kindWeights {
	authority := map[masar.EvidenceKind]float64{}
	for _, w := range p.Authority {
		authority[w.Kind] = w.Weight
	}
	var all []kindWeights
	for _, w := range p.Quality {
		all = append(all, kindWeights{w.Kind, w.Weight, authority[w.Kind]})
	}
	return all
}

// weightRow is a weight with the key of its label.
type weightRow struct {
	Key    string
	Weight float64
}

// weightTable is a table of weights below the key of its title.
type weightTable struct {
	ID, Title string
	Rows      []weightRow
}

// Advice are the weights of the score of a recommendation for a country.
func (p scoringProfile) Advice() weightTable {
	return weightTable{"advice-weights", "page.about.weights.advice", []weightRow{
		{"page.about.weight.evidence", p.Tailoring.Evidence}, {"page.about.weight.need", p.Tailoring.Need},
		{"page.about.weight.fit", p.Tailoring.Fit}, {"page.about.weight.transfer", p.Tailoring.Transfer},
		{"page.about.weight.regional_need", p.RegionalNeed}, {"page.about.weight.below", p.BandFade.Below}, {"page.about.weight.above", p.BandFade.Above},
		{"page.about.weight.pilot", p.PilotShare},
	}}
}

// Twinning are the weights with which a country to learn from is chosen.
func (p scoringProfile) Twinning() weightTable {
	return weightTable{"twinning-weights", "page.about.weights.twinning", []weightRow{
		{"page.about.weight.income", p.Context.Income}, {"page.about.weight.least_developed", p.Context.LeastDeveloped},
		{"page.about.weight.language", p.Context.Language}, {"page.about.weight.membership", p.Context.Membership},
		{"page.about.weight.step_full", p.MaturityStep.Full}, {"page.about.weight.step_falling", p.MaturityStep.Falling},
		{"page.about.weight.step_far", p.MaturityStep.Far}, {"page.about.weight.step_factor", p.MaturityStep.FarFactor},
		{"page.about.weight.unnamed", p.UnnamedCase}, {"page.about.weight.availability", p.DefaultAvailability},
	}}
}

// PathWeights are the weights of evidence paths, without those of predicates.
func (p scoringProfile) PathWeights() weightTable {
	return weightTable{"path-weights", "page.about.weights.paths", []weightRow{
		{"page.about.weight.unsupported", p.Paths.Unsupported}, {"page.about.weight.hop", p.Paths.Hop}, {"page.about.weight.busy", float64(p.Paths.Busy)},
	}}
}

// GapBounds are the limits of the evidence gap map.
func (p scoringProfile) GapBounds() weightTable {
	return weightTable{"gap-bounds", "page.about.weights.gaps", []weightRow{
		{"page.about.weight.thin", p.Gaps.ThinNet}, {"page.about.weight.synthesis", float64(p.Gaps.SynthesisFamilies)},
		{"page.about.weight.stale", p.Gaps.StaleYears}, {"page.about.weight.like", p.Gaps.LikeMaturity},
	}}
}

// Strength are the factors of one evidence item besides those of its kind and directness.
func (p scoringProfile) Strength() weightTable {
	return weightTable{"strength-weights", "page.about.weights.strength", []weightRow{
		{"page.about.weight.goal", p.GoalForTarget}, {"page.about.weight.metadata", p.MetadataForFact}, {"page.about.weight.half_life", p.HalfLife},
		{"page.about.weight.age_floor", p.AgeFloor}, {"page.about.weight.ocr", p.OCRDoubt}, {"page.about.weight.single", p.SingleFamily},
		{"page.about.weight.contested", p.Contested},
	}}
}

func (v *aboutView) exists() bool { return v.Profile != nil }

func (v *aboutView) head(address) head {
	h := head{Title: say("page.footer.about", nil), Answer: []masar.Phrase{say("page.about.answer", nil)}, Rows: []rows{{"claims", nil}, {"evidence", nil}}}
	if v.State != nil {
		h.Answer = append(h.Answer, natures(v.State.Certainty, v.State.Documentation)...)
	}
	return h
}
