package topology

import (
	"masar/answers"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"masar"
)

// AllClaims are the accepted claims that match a filter, by subject, predicate, object and role.
func (g *Graph) AllClaims(filter *Filter) []Claim {
	var all []Claim
	add := func(c Claim) {
		if g.claims[c].accepted() {
			all = append(all, c)
		}
	}
	if !filter.Asks() {
		for c := range g.claims {
			add(Claim(c))
		}
		return all
	}
	for c := range roaring.Values(filter.kept) { // ascending, which is the order of the claims
		add(Claim(c))
	}
	return all
}

// AllLinks are those of AllClaims that are active.
func (g *Graph) AllLinks(filter *Filter) []Claim {
	return slices.DeleteFunc(g.AllClaims(filter), func(c Claim) bool { return !g.linked(c) })
}

// Predicate is the predicate of a claim.
func (g *Graph) Predicate(c Claim) masar.Predicate { return masar.Predicates[g.claims[c].predicate] }

// Said is the triple, role and basis of an accepted claim, without texts.
func (g *Graph) Said(c Claim) *masar.Claim {
	at := &g.claims[c]
	return &masar.Claim{
		Key: g.Key(c), Subject: g.Ref(at.subject), Predicate: g.Predicate(c), Object: g.Ref(at.object),
		Role: g.Role(c), Basis: masar.Bases[at.basis], Status: masar.ClaimAccepted, Revision: int(at.revision),
	}
}

// AcceptedEvidence is the accepted evidence for and against a claim, strongest first.
func (g *Graph) AcceptedEvidence(c Claim) []Evidence {
	var accepted []Evidence
	for e := g.ofClaim[c]; e < g.ofClaim[c+1]; e++ {
		if g.evidence[e].marks&reviewAccepted != 0 {
			accepted = append(accepted, Evidence(e))
		}
	}
	return accepted
}

// OfKind are the entities of a kind, by code.
func (g *Graph) OfKind(kind masar.Kind) []Entity {
	s := g.kinds[kind]
	all := make([]Entity, 0, s.to-s.from)
	for e := s.from; e < s.to; e++ {
		all = append(all, e)
	}
	return all
}

// AllObservations are the observations, by entity, indicator, year, vintage and source.
func (g *Graph) AllObservations() []Observation {
	all := make([]Observation, len(g.observations))
	for i := range all {
		all[i] = Observation(i)
	}
	return all
}

// Indicator is the code of an observation's indicator.
func (g *Graph) Indicator(o Observation) string { return g.observations[o].indicator }

// Coverage is a gap map without a size limit. Its rows and columns are known at once; its cells are computed on
// demand.
type Coverage struct {
	Rows, Columns []Value
	Cells         func() []GapCell
}

// Coverage builds a map of the claims that belong to a row and to a column.
func (s *Selection) Coverage(rows, columns answers.Dimension) (*Coverage, error) {
	all, err := s.Graph.Select(nil)
	if err != nil {
		return nil, err
	}
	down, across := all.wholeSide(rows), all.wholeSide(columns)
	return &Coverage{down.shown, across.shown, sync.OnceValue(func() []GapCell { return s.gaps(down, across, nil).Cells })}, nil
}

// wholeSide is a side of a map with all values of the claims, by code.
func (s *Selection) wholeSide(d answers.Dimension) *side {
	a := s.Graph.axis(d)
	return newSide(a, s.distributed(a, a.size, new(answers.OrderByKey))).known()
}
