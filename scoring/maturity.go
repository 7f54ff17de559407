package scoring

import (
	"cmp"

	"masar"
)

// Maturity is the weighted mean of the newest values of a country's indices, in [0,1]: m = Σ wᵢ·aᵢ·vᵢ / Σ wᵢ·aᵢ. The
// sums run over the indices with a value, where wᵢ is the weight of the index in the profile and aᵢ the age factor of
// the value. The coverage is Σ wᵢ·aᵢ divided by Σ wᵢ over all indices of the profile. The result is nil without any
// index, because missing is not zero.
//
// observed may hold values of any indices and years; the newest ones count. A value outside [0,1] does not count. The
// weights in the result are shares that add up to 1.
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

// Newest is the index of an indicator's value for the newest year that had begun by the as-of date; -1 if there is
// none. Among several editions of that year it is the last by name.
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
