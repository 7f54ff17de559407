// Package scoring computes the numbers that Masar derives from evidence: the support of claims, maturity, fit,
// transferability, twinning scores and action plans.
//
// An evidence item e has the strength s(e) = quality · directness · age · review. Items are grouped by source family,
// the independent source that they come from. Each family counts once per side, with its strongest item.
//
// For an effect, the families, strongest first, add up to S = (6/π²) Σ s₍ᵢ₎/i². A fact has no grade and does not age:
// quality is the authority of the source, age is 1, and S = 1 − Π(1 − .8·s). S⁺ is the sum of the supporting side and
// S⁻ that of the refuting side. They stay separate, so a disputed claim never looks like one without evidence.
//
// All functions are pure: the as-of date is an argument, and the order of the evidence does not matter.
package scoring

import (
	"cmp"
	"slices"

	"masar"
)

// Item holds what support needs from one evidence item. A kind, stance or directness unknown to package masar counts
// as zero.
type Item struct {
	// Key is the evidence's key. It names the term and decides ties. Document is the code of the document.
	Key      masar.EvidenceKey
	Document string
	// Family names the independent source. Items without one count as one family, because independence has to be shown.
	Family     string
	Kind       masar.EvidenceKind
	Stance     masar.Stance
	Directness masar.Directness
	// Basis is the basis of the claim. If it is inferred, no item counts more than INFERENCE.
	Basis masar.Basis
	// Review decides whether the item counts: only ACCEPTED does.
	Review masar.Review
	// OCRDoubt marks a passage that text recognition may have misread.
	OCRDoubt bool
	// Earliest is the first possible day of the document's date, as a decimal year (masar.DecimalYear). It is NaN for an
	// undated document, which counts as very old.
	Earliest float64
}

// Sum is the support of a claim without its terms. With up to eight families per side it allocates nothing, so that
// millions of claims can be computed.
func (s *Scorer) Sum(nature masar.ClaimNature, items []Item) masar.Support {
	var supportingRoom, refutingRoom [8]family
	supporting, refuting := families(supportingRoom[:0]), families(refutingRoom[:0])
	for i := range items {
		switch item := &items[i]; {
		case !counts(item):
		case item.Stance == masar.Supports:
			supporting = supporting.with(item, s.term(nature, item).Strength)
		default:
			refuting = refuting.with(item, s.term(nature, item).Strength)
		}
	}
	supports, refutes := s.total(nature, supporting), s.total(nature, refuting)
	support := masar.Support{
		Nature:   nature,
		Supports: supports,
		Refutes:  refutes,
		Net:      Net(supports, refutes),
		Conflict: Conflict(supports, refutes),
		Status:   Status(supports, refutes, s.profile.Contested),
		Families: len(supporting),
		AsOf:     s.asOf,
		Profile:  s.profile.Name,
		AtTarget: s.forTarget,
	}
	if nature == masar.Fact {
		support.Documentation = supporting.documentation()
	} else {
		support.Certainty = Certainty(s.profile.Certainties, support.Net, len(supporting), supporting.evaluated())
	}
	return support
}

// Support is the support of a claim with a term for every accepted evidence item, strongest first and ties by key.
// The weights of the terms of a side add up to its sum.
func (s *Scorer) Support(nature masar.ClaimNature, items []Item) masar.Support {
	support := s.Sum(nature, items)
	for i := range items {
		if counts(&items[i]) {
			support.Terms = append(support.Terms, s.term(nature, &items[i]))
		}
	}
	slices.SortFunc(support.Terms, func(a, b masar.SupportTerm) int {
		return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(a.EvidenceKey, b.EvidenceKey))
	})
	s.weigh(nature, support.Terms)
	return support
}

// counts reports whether an item counts: it is accepted, and it supports or refutes the claim.
func counts(item *Item) bool {
	return item.Review == masar.ReviewAccepted && slices.Contains(masar.Stances, item.Stance)
}

// term explains an item's strength, s(e) = quality(kind) · directness · age · review. For a fact, quality is
// authority and age is 1. weigh sets its weight, which depends on the other items.
func (s *Scorer) term(nature masar.ClaimNature, item *Item) masar.SupportTerm {
	t := masar.SupportTerm{
		EvidenceKey: item.Key,
		Document:    item.Document,
		Family:      item.Family,
		Kind:        item.Kind,
		Stance:      item.Stance,
		Directness:  s.direct(nature, item),
		Review:      1,
	}
	if item.OCRDoubt {
		t.Review = s.profile.OCRDoubt
	}
	if nature == masar.Fact {
		t.Quality, t.Age = s.authority[item.Kind], 1
	} else {
		t.Quality, t.Age = s.quality[item.Kind], AgeFactor(s.year-item.Earliest, s.profile.HalfLife, s.profile.AgeFloor)
	}
	t.Strength = t.Quality * t.Directness * t.Age * t.Review
	return t
}

// direct is the factor of an item's directness. If the claim is inferred, it is at most that of INFERENCE. If a claim
// about a goal is counted for a target, it is at most GoalForTarget.
func (s *Scorer) direct(nature masar.ClaimNature, item *Item) float64 {
	factor := s.directness[item.Directness]
	if nature == masar.Fact && item.Directness == masar.MetadataOnly {
		factor = s.profile.MetadataForFact
	}
	if item.Basis == masar.Inferred {
		factor = min(factor, s.directness[masar.CuratorsReading])
	}
	if s.forTarget {
		factor = min(factor, s.profile.GoalForTarget)
	}
	return factor
}

// weigh gives the first term of each family on each side its share of the sum. The terms are sorted, so the first is
// the family's strongest, and the families are in the order of their ranks.
func (s *Scorer) weigh(nature masar.ClaimNature, terms []masar.SupportTerm) {
	for _, stance := range masar.Stances {
		counted, doubt := make(map[string]bool, len(terms)), 1.
		for i := range terms {
			t := &terms[i]
			if t.Stance != stance || t.Strength == 0 || counted[t.Family] {
				continue
			}
			counted[t.Family] = true
			if nature == masar.Fact {
				left := Doubt(doubt, s.profile.SingleFamily, t.Strength)
				t.Weight, doubt = doubt-left, left
			} else {
				t.Weight = HarmonicShare(t.Strength, len(counted))
			}
		}
	}
}

// family is the strongest item of one independent source on one side.
type family struct {
	name      string
	strength  float64
	evaluated bool
	// stated says that one of its passages states the claim, recorded that metadata does.
	stated, recorded bool
}

// families are those of one side. They are few, so a linear search is faster than hashing.
type families []family

// with adds an item to its family; an item with strength 0 adds no family. A weaker item changes neither the sum nor
// whether the family is evaluated. Among equally strong items one evaluated item is enough, because the order of keys
// must not decide the certainty. Any item of the family can state the claim.
func (fs families) with(item *Item, strength float64) families {
	if strength == 0 {
		return fs
	}
	said := newFamily(item, strength)
	for i := range fs {
		if known := &fs[i]; known.name == said.name {
			known.stated, known.recorded = known.stated || said.stated, known.recorded || said.recorded
			switch {
			case said.strength > known.strength:
				known.strength, known.evaluated = said.strength, said.evaluated
			case said.strength == known.strength:
				known.evaluated = known.evaluated || said.evaluated
			}
			return fs
		}
	}
	return append(fs, said)
}

// newFamily is a family with one item.
func newFamily(item *Item, strength float64) family {
	f := family{name: item.Family, strength: strength, evaluated: item.Kind.Evaluated()}
	if item.Basis != masar.Inferred {
		f.stated = item.Directness == masar.Named || item.Directness == masar.GoalNamed
		f.recorded = item.Directness == masar.MetadataOnly
	}
	return f
}

// total is the sum of families, which it sorts, strongest first: S = (6/π²) Σ s₍ᵢ₎/i² for an effect, S = 1 − Π(1 −
// .8·s) for a fact.
func (s *Scorer) total(nature masar.ClaimNature, fs families) float64 {
	slices.SortFunc(fs, func(a, b family) int { return cmp.Compare(b.strength, a.strength) })
	total, doubt := 0., 1.
	for i, f := range fs {
		total += HarmonicShare(f.strength, i+1)
		doubt = Doubt(doubt, s.profile.SingleFamily, f.strength)
	}
	if nature == masar.Fact {
		return 1 - doubt
	}
	return total
}

func (fs families) evaluated() bool {
	return slices.ContainsFunc(fs, func(f family) bool { return f.evaluated })
}

// documentation is the documentation of a fact by its supporting families.
func (fs families) documentation() masar.Documentation {
	stating, recorded := 0, false
	for _, f := range fs {
		if f.stated {
			stating++
		}
		recorded = recorded || f.recorded
	}
	return Documentation(len(fs), stating, recorded)
}
