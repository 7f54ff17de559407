package scoring

import (
	"slices"

	"masar"
)

// Context is the known context of a country.
type Context struct {
	// Income is the income group; empty if unknown.
	Income masar.IncomeGroup
	// LeastDeveloped says whether the country is a least developed country.
	LeastDeveloped bool
	// Languages are the official languages; empty if unknown.
	Languages []string
	// Memberships are the groups of the country.
	Memberships []string
}

// Similarity is the weighted Jaccard index of two countries' contexts: the weight of their common properties divided by
// that of the properties of either. A property that is unknown for one of them does not count. The result is Unknown if
// none counts, and 1 for a country and itself.
func Similarity(a, b Context, weights masar.ContextWeights) Interval {
	var both, either float64
	compare := func(weight float64, of, with []string) {
		for _, tag := range of {
			either += weight
			if slices.Contains(with, tag) {
				both += weight
			}
		}
		for _, tag := range with {
			if !slices.Contains(of, tag) {
				either += weight
			}
		}
	}
	if a.Income != "" && b.Income != "" {
		compare(weights.Income, []string{string(a.Income)}, []string{string(b.Income)})
	}
	if len(a.Languages) > 0 && len(b.Languages) > 0 {
		compare(weights.Language, a.Languages, b.Languages)
	}
	compare(weights.LeastDeveloped, leastDeveloped(a), leastDeveloped(b))
	compare(weights.Membership, a.Memberships, b.Memberships)
	if either == 0 {
		return Unknown
	}
	return Known(both / either)
}

func leastDeveloped(c Context) []string {
	if c.LeastDeveloped {
		return []string{"LDC"}
	}
	return nil
}

// Precedent is a case study from another country that demonstrates a recommendation.
type Precedent struct {
	// Support is the net support s of the claim that it demonstrates it, in [0,1].
	Support float64
	// Similarity is that of the case's country and the advised country.
	Similarity Interval
}

// Transfer is 1 − Π(1 − s·sim) over the case studies from other countries that demonstrate a recommendation. Without
// case studies it is 0: known absence.
func Transfer(cases []Precedent) Interval {
	var low, high []float64
	for _, c := range cases {
		low, high = append(low, c.Support*c.Similarity.Low), append(high, c.Support*c.Similarity.High)
	}
	return Interval{Any(low...), Any(high...)}
}
