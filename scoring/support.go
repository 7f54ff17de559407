// Package scoring judges how well evidence bears a claim out.
//
// A piece of evidence e has the strength s(e) = quality · directness · age · review. Pieces are grouped by their family,
// the independent source that they come from; a family counts once on each side, with its strongest piece. The families
// of a side, strongest first, add up to S = (6/π²) Σ s₍ᵢ₎/i²: S⁺ for what supports the claim, S⁻ for what refutes it.
// The two are kept apart, so that a disputed claim never looks like one that nobody has looked into.
//
// All functions are pure: the day of the reckoning is an argument, and the order of the evidence never matters.
package scoring

import (
	"cmp"
	"slices"

	"masar"
)

// Item is what support needs to know of one piece of evidence. A kind, stance or directness that package masar does not
// name counts for nothing.
type Item struct {
	// Key is the evidence's key; it names the term and settles ties.
	Key masar.EvidenceKey
	// Family names the independent source. Items without one are taken for one family: independence has to be shown.
	Family     string
	Kind       masar.EvidenceKind
	Stance     masar.Stance
	Directness masar.Directness
	// Review decides whether the item counts: only what is ACCEPTED does.
	Review masar.Review
	// OCRDoubt marks a passage that recognition may have misread.
	OCRDoubt bool
	// Earliest is the first day that the document's date can mean, as a decimal year (masar.DecimalYear);
	// NaN where the document is undated, which then counts as if it were very old.
	Earliest float64
}

// Sum is the support of a claim without its terms. For a claim of up to eight families a side it allocates nothing,
// so that a graph of millions of claims can be judged whole.
func (s *Scorer) Sum(items []Item) masar.Support {
	var supportingRoom, refutingRoom [8]family
	supporting, refuting := families(supportingRoom[:0]), families(refutingRoom[:0])
	for i := range items {
		switch item := &items[i]; {
		case !counts(item):
		case item.Stance == masar.Supports:
			supporting = supporting.with(item, s.term(item).Strength)
		default:
			refuting = refuting.with(item, s.term(item).Strength)
		}
	}
	supports, refutes := supporting.sum(), refuting.sum()
	net := Net(supports, refutes)
	return masar.Support{
		Supports:  supports,
		Refutes:   refutes,
		Net:       net,
		Conflict:  Conflict(supports, refutes),
		Certainty: Certainty(net, len(supporting), supporting.evaluated()),
		Status:    Status(supports, refutes),
		Families:  len(supporting),
		AsOf:      s.asOf,
		Profile:   s.profile.Name,
	}
}

// Support is the support of a claim with a term for every accepted piece of evidence, strongest first and ties by key.
// The weights of a stance's terms add up to its sum.
func (s *Scorer) Support(items []Item) masar.Support {
	support := s.Sum(items)
	for i := range items {
		if counts(&items[i]) {
			support.Terms = append(support.Terms, s.term(&items[i]))
		}
	}
	slices.SortFunc(support.Terms, func(a, b masar.SupportTerm) int {
		return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(a.EvidenceKey, b.EvidenceKey))
	})
	weigh(support.Terms)
	return support
}

// counts reports whether an item is evidence at all: the reviewers took it, and it speaks for the claim or against it.
func counts(item *Item) bool {
	return item.Review == masar.ReviewAccepted && slices.Contains(masar.Stances, item.Stance)
}

// term explains an item's strength, s(e) = quality(kind) · directness · age · review.
// Its weight depends on the other items: see weigh.
func (s *Scorer) term(item *Item) masar.SupportTerm {
	review := 1.
	if item.OCRDoubt {
		review = s.profile.OCRDoubt
	}
	t := masar.SupportTerm{
		EvidenceKey: item.Key,
		Family:      item.Family,
		Kind:        item.Kind,
		Stance:      item.Stance,
		Quality:     s.quality[item.Kind],
		Directness:  s.directness[item.Directness],
		Age:         AgeFactor(s.year-item.Earliest, s.profile.HalfLife, s.profile.AgeFloor),
		Review:      review,
	}
	t.Strength = t.Quality * t.Directness * t.Age * t.Review
	return t
}

// weigh gives the first term of each family on each side its share of the sum. The terms are sorted, so that it is the
// family's strongest, and the families come in the order of their ranks.
func weigh(terms []masar.SupportTerm) {
	type source struct {
		stance masar.Stance
		family string
	}
	counted := make(map[source]bool, len(terms))
	ranks := make(map[masar.Stance]int, len(masar.Stances))
	for i := range terms {
		t := &terms[i]
		if from := (source{t.Stance, t.Family}); !counted[from] {
			counted[from] = true
			ranks[t.Stance]++
			t.Weight = HarmonicShare(t.Strength, ranks[t.Stance])
		}
	}
}

// family is the strongest that one independent source says on one side.
type family struct {
	name      string
	strength  float64
	evaluated bool
}

// families are those of one side. There are few to a claim, so looking through them beats hashing.
type families []family

// with counts an item in its family; a strength of 0 makes no family. A weaker item changes nothing, not even whether the family is evaluated, and of
// equals one evaluated is enough: which of them has the smaller key must not decide the certainty.
func (fs families) with(item *Item, strength float64) families {
	if strength == 0 {
		return fs
	}
	said := family{item.Family, strength, Evaluated(item.Kind)}
	for i := range fs {
		known := &fs[i]
		if known.name != said.name {
			continue
		}
		switch {
		case said.strength > known.strength:
			*known = said
		case said.strength == known.strength:
			known.evaluated = known.evaluated || said.evaluated
		}
		return fs
	}
	return append(fs, said)
}

// sum is S = (6/π²) Σ s₍ᵢ₎/i² over the families, which it sorts, strongest first.
func (fs families) sum() float64 {
	slices.SortFunc(fs, func(a, b family) int { return cmp.Compare(b.strength, a.strength) })
	total := 0.
	for i, f := range fs {
		total += HarmonicShare(f.strength, i+1)
	}
	return total
}

func (fs families) evaluated() bool {
	return slices.ContainsFunc(fs, func(f family) bool { return f.evaluated })
}
