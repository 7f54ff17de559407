package scoring

import (
	"cmp"

	"masar"
)

// Maturity is the weighted mean of the newest values of a country's indices, in [0,1]: m = Σ wᵢ·aᵢ·vᵢ / Σ wᵢ·aᵢ over the
// indices that have a value, with the weight wᵢ of the index in the profile and the age factor aᵢ of the value. Its coverage is
// Σ wᵢ·aᵢ over these, divided by Σ wᵢ over all indices of the profile. It is nil without any index: missing is not zero.
//
// observed are values of any indices and years, of which the newest count. A value outside [0,1] does not count. The weights of the answer are shares: they add up to 1.
func (s *Scorer) Maturity(observed []masar.IndexValue) *masar.Maturity {
	m := &masar.Maturity{AsOf: s.asOf}
	all, known := 0., 0.
	for _, index := range s.profile.Maturity {
		all += index.Weight
		at := s.Newest(observed, index.Indicator)
		if at < 0 || index.Weight == 0 || !(observed[at].Value >= 0 && observed[at].Value <= 1) {
			continue
		}
		newest := observed[at]
		newest.Weight = index.Weight * AgeFactor(s.year-float64(newest.Year), s.profile.HalfLife, s.profile.AgeFloor)
		known += newest.Weight
		m.Value += newest.Weight * newest.Value
		m.Indices = append(m.Indices, newest)
	}
	if known == 0 {
		return nil
	}
	m.Value /= known
	m.Coverage = known / all
	for i := range m.Indices {
		m.Indices[i].Weight /= known
	}
	return m
}

// Newest is the place of an indicator's value for the newest year that had begun by the as-of date, and of several
// editions of that year the last by its name; -1 where there is none.
func (s *Scorer) Newest(observed []masar.IndexValue, indicator string) int {
	newest := -1
	for i, v := range observed {
		if v.Indicator != indicator || float64(v.Year) > s.year {
			continue
		}
		if newest < 0 || cmp.Or(cmp.Compare(v.Year, observed[newest].Year), masar.CompareCodes(v.Vintage, observed[newest].Vintage)) > 0 {
			newest = i
		}
	}
	return newest
}
