package scoring

import (
	"cmp"

	"masar"
)

// Maturity is the weighted mean of the newest values of a country's indices, in [0,1]: m = Σ wᵢ·aᵢ·vᵢ / Σ wᵢ·aᵢ over the
// indices that there are, with the weight wᵢ of the index by the profile and what age leaves of it, aᵢ. Its coverage is
// Σ wᵢ·aᵢ over these, divided by Σ wᵢ over all indices of the profile. It is nil where there is no index: missing is not zero.
//
// observed are values of whatever indices and years, as they were observed; of each index the newest year that had begun by
// the day of the reckoning counts, and of several editions of that year the last by its name. Values outside [0,1] are no
// index's and count for nothing. The weights of the answer are shares: they add up to 1.
func (s *Scorer) Maturity(observed []masar.IndexValue) *masar.Maturity {
	m := &masar.Maturity{AsOf: s.asOf}
	all, known := 0., 0.
	for _, index := range s.profile.Maturity {
		all += index.Weight
		newest, ok := s.newest(observed, index.Indicator)
		if !ok || index.Weight == 0 {
			continue
		}
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

// newest is the newest value of an index, of the edition that came last.
func (s *Scorer) newest(observed []masar.IndexValue, indicator string) (newest masar.IndexValue, found bool) {
	for _, v := range observed {
		if v.Indicator != indicator || float64(v.Year) > s.year || !(v.Value >= 0 && v.Value <= 1) {
			continue
		}
		if !found || cmp.Or(cmp.Compare(v.Year, newest.Year), masar.CompareCodes(v.Vintage, newest.Vintage)) > 0 {
			newest, found = v, true
		}
	}
	return newest, found
}
