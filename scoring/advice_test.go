package scoring_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"masar"
	"masar/scoring"
)

var (
	profile   = scoring.DefaultProfile()
	tailoring = profile.Tailoring
)

func near(t testing.TB, want, got float64) {
	t.Helper()
	if !cmp.Equal(want, got, fourDigits) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Catches: a maturity band with another decrease outside than in the model.
func TestBandOfTheModel(t *testing.T) {
	for m, want := range map[float64]float64{.2: .1690, .35: .8948, .4: 1, .5: 1, .7: 1, .8: .8948, .95: .4994} {
		near(t, want, scoring.BandFit(m, .4, .7, profile.BandFade))
	}
}

// Catches: unknown prerequisites that raise the fit above the limit of the band.
func TestFitOfTheModelIsCappedByTheBand(t *testing.T) {
	fit := scoring.Ready([]scoring.Interval{scoring.Unknown}).Times(scoring.Known(scoring.BandFit(.212, .5, .9, profile.BandFade)))
	if diff := cmp.Diff(scoring.Interval{High: .0251}, fit, fourDigits); diff != "" {
		t.Error(diff)
	}
}

func TestReady(t *testing.T) {
	met, half, unmet, unknown := scoring.Known(1), scoring.Known(.5), scoring.Known(0), scoring.Unknown
	for _, c := range []struct {
		name string
		of   []scoring.Interval
		want scoring.Interval
	}{
		{"nothing is required", nil, scoring.Known(1)},
		{"one of two is met", []scoring.Interval{met, unmet}, scoring.Known(.5)},
		{"one is met by half", []scoring.Interval{half}, scoring.Known(.5)},
		{"of one nothing is known", []scoring.Interval{unknown}, scoring.Unknown},
		{"one is met, one is not, of two nothing is known", []scoring.Interval{met, unmet, unknown, unknown}, scoring.Interval{Low: .25, High: .75}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, scoring.Ready(c.of)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Catches: a score that differs from the model's examples.
func TestTailoredScoreOfTheModel(t *testing.T) {
	known := scoring.Tailored{
		Align: .9, Evidence: scoring.Known(.29), Need: scoring.Known(.8), Fit: scoring.Known(.6412), Transfer: scoring.Known(.3),
	}
	partly := known
	partly.Need, partly.Fit = scoring.Unknown, scoring.Unknown
	half, whole := known, known
	half.Done, whole.Done = .5, 1
	for _, c := range []struct {
		name string
		of   scoring.Tailored
		want masar.ScoreRange
	}{
		{"everything is known", known, masar.ScoreRange{Point: .4566, Low: .4566, High: .4566, Coverage: 1}},
		{"need and fit are unknown", partly, masar.ScoreRange{Point: .3573, Low: .1323, High: .5823, Coverage: .5}},
		{"nothing is known", scoring.Tailored{Align: 1, Evidence: scoring.Unknown, Need: scoring.Unknown, Fit: scoring.Unknown, Transfer: scoring.Unknown},
			masar.ScoreRange{Point: .5, High: 1}},
		{"everything is known to be absent", scoring.Tailored{Align: 1}, masar.ScoreRange{Coverage: 1}},
		{"half is done", half, masar.ScoreRange{Point: .2283, Low: .2283, High: .2283, Coverage: 1}},
		{"all is done", whole, masar.ScoreRange{Coverage: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, c.of.Score(tailoring), fourDigits); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestGap(t *testing.T) {
	for _, c := range []struct{ value, worst, best, want float64 }{
		{72, 0, 100, .28}, {100, 0, 100, 0}, {0, 0, 100, 1}, {110, 0, 100, 0}, {-1, 0, 100, 1},
		{.3, 1, 0, .3}, // lower is better
		{5, 1, 1, 0},
	} {
		near(t, c.want, scoring.Gap(c.value, c.worst, c.best))
	}
}

func index(indicator string, year int, value float64, vintage string) masar.IndexValue {
	return masar.IndexValue{Indicator: indicator, Year: year, Value: value, Vintage: vintage}
}

func TestMaturity(t *testing.T) {
	s := newScorer(t)
	// Ages 1 and 3 leave .9170 and .7711: m = (.4·.9170·.7 + .2·.9170·.4 + .4·.7711·.75) / (.4·.9170 + .2·.9170 + .4·.7711).
	full := []masar.IndexValue{index("EGDI", 2024, .7, "2024"), index("EPI", 2024, .4, "2024"), index("GTMI", 2022, .75, "2022")}
	for _, c := range []struct {
		name            string
		observed        []masar.IndexValue
		value, coverage float64
		weights         []float64
	}{
		{"three indices", full, .6539, .8586, []float64{.4272, .2136, .3592}},
		{"older years and editions do not count", append([]masar.IndexValue{
			index("EGDI", 2018, .1, "2024"), index("GTMI", 2022, .1, "2021"), index("EPI", 2022, .1, "2022"),
		}, full...), .6539, .8586, []float64{.4272, .2136, .3592}},
		{"an edition goes by its number", []masar.IndexValue{index("EGDI", 2024, .2, "10"), index("EGDI", 2024, .1, "9")}, .2, .3668, []float64{1}},
		{"one index alone", full[2:], .75, .3084, []float64{1}},
		{"a year to come does not count", append([]masar.IndexValue{index("EGDI", 2026, .1, "2026")}, full...), .6539, .8586, []float64{.4272, .2136, .3592}},
		{"a rank is no index", append([]masar.IndexValue{index("EGDI", 2024, 95, "x")}, full[2]), .75, .3084, []float64{1}},
		{"age leaves .3 at least", []masar.IndexValue{index("EGDI", 1990, .5, "")}, .5, .12, []float64{1}},
		{"a value of 0 is one", []masar.IndexValue{index("EGDI", 2025, 0, "")}, 0, .4, []float64{1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := s.Maturity(c.observed)
			if m == nil {
				t.Fatal("no maturity")
			}
			near(t, c.value, m.Value)
			near(t, c.coverage, m.Coverage)
			var weights []float64
			for _, i := range m.Indices {
				weights = append(weights, i.Weight)
			}
			if diff := cmp.Diff(c.weights, weights, fourDigits); diff != "" || m.AsOf != "2025-01-01" {
				t.Error(m.AsOf, diff)
			}
		})
	}
	for _, none := range [][]masar.IndexValue{nil, {index("HCI", 2024, .5, "")}, {index("EGDI", 2030, .5, "")}, {index("EGDI", 2024, math.NaN(), "")}} {
		if m := s.Maturity(none); m != nil {
			t.Errorf("%v makes %+v", none, m)
		}
	}
}

func TestSimilarity(t *testing.T) {
	weights := scoring.DefaultProfile().Context
	arabic := []string{"ar"}
	egypt := scoring.Context{Income: masar.LowerMiddleIncome, Languages: arabic, Memberships: []string{"LAS", "ESCWA-MEMBERS"}}
	oman := scoring.Context{Income: masar.HighIncome, Languages: arabic, Memberships: []string{"LAS", "ESCWA-MEMBERS", "GCC"}}
	sudan := scoring.Context{Income: masar.LowIncome, LeastDeveloped: true, Languages: []string{"ar", "en"}, Memberships: []string{"LAS"}}
	unclassified, mute := egypt, egypt
	unclassified.Income = ""
	mute.Languages = nil
	for _, c := range []struct {
		name string
		a, b scoring.Context
		want scoring.Interval
	}{
		{"a country and itself", sudan, sudan, scoring.Known(1)},
		{"another income group, one membership more", egypt, oman, scoring.Known(1.5 / 4)},
		{"little in common", egypt, sudan, scoring.Known(1. / 4.5)},
		{"an unknown income group counts for neither", unclassified, oman, scoring.Known(1.5 / 2)},
		{"so do unknown languages", mute, oman, scoring.Known(1. / 3.5)},
		{"nothing is known", scoring.Context{}, scoring.Context{Income: masar.HighIncome}, scoring.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, scoring.Similarity(c.a, c.b, weights), fourDigits); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.want, scoring.Similarity(c.b, c.a, weights), fourDigits); diff != "" {
				t.Errorf("with the countries swapped: %s", diff)
			}
		})
	}
}

// Catches: known absence of cases treated as unknown.
func TestTransfer(t *testing.T) {
	near, far, nowhere := scoring.Known(1), scoring.Known(.5), scoring.Unknown
	for _, c := range []struct {
		name string
		of   []scoring.Precedent
		want scoring.Interval
	}{
		{"no case: known absence", nil, scoring.Known(0)},
		{"one case", []scoring.Precedent{{.3, far}}, scoring.Known(.15)},
		{"two cases", []scoring.Precedent{{.3, near}, {.2, far}}, scoring.Known(1 - .7*.9)},
		{"a case of no known country", []scoring.Precedent{{.3, nowhere}}, scoring.Interval{High: .3}},
		{"and one of a known", []scoring.Precedent{{.3, near}, {.2, nowhere}}, scoring.Interval{Low: .3, High: 1 - .7*.8}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, scoring.Transfer(c.of), fourDigits); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestStep(t *testing.T) {
	for difference, want := range map[float64]float64{-.5: 0, 0: 0, .05: .5, .10: 1, .2: 1, .35: 1, .475: .7, .60: .4, .9: .4} {
		near(t, want, scoring.Step(difference, profile.MaturityStep))
	}
	near(t, 0, scoring.Step(math.NaN(), profile.MaturityStep))
}

// Catches: a twinning score that differs from the model's example.
func TestTwinOfTheModel(t *testing.T) {
	vector := scoring.Twin{
		Align: scoring.Known(.9), Supply: .748, Own: .10, Step: scoring.Known(scoring.Step(.2, profile.MaturityStep)),
		Similarity: scoring.Known(.7), Availability: 1,
	}
	unmeasured, behind, reluctant := vector, vector, vector
	reluctant.Availability = profile.DefaultAvailability
	unmeasured.Step, behind.Supply = scoring.Unknown, .05
	for _, c := range []struct {
		name string
		of   scoring.Twin
		want masar.ScoreRange
	}{
		{"everything is known", vector, masar.ScoreRange{Point: .4082, Low: .4082, High: .4082, Coverage: 1}},
		{"a maturity is unknown", unmeasured, masar.ScoreRange{Point: .2041, High: .4082, Coverage: 5. / 6}},
		{"the recipient has more", behind, masar.ScoreRange{Coverage: 1}},
		{"the supplier has sent no practices", reluctant, masar.ScoreRange{Point: .2858, Low: .2858, High: .2858, Coverage: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, c.of.Score(), fourDigits); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Catches: unnamed cases that count as zero, or as much as named ones.
func TestSupplyOfTheModelCountsUnnamedCases(t *testing.T) {
	near(t, .748, scoring.Supply([]float64{.6, .37}, 0, profile.UnnamedCase))
	near(t, .5620, scoring.Supply([]float64{.23}, 11, profile.UnnamedCase))
	near(t, 0, scoring.Supply(nil, 0, profile.UnnamedCase))
	near(t, .05, scoring.Supply(nil, 1, profile.UnnamedCase))
}

// anInterval draws an interval: fully, partly or not known.
var anInterval = rapid.Custom(func(t *rapid.T) scoring.Interval {
	switch rapid.IntRange(0, 2).Draw(t, "known") {
	case 0:
		return scoring.Unknown
	case 1:
		return scoring.Known(rapid.Float64Range(0, 1).Draw(t, "value"))
	}
	return within(t, scoring.Unknown)
})

// within draws an interval within a known one.
func within(t *rapid.T, known scoring.Interval) scoring.Interval {
	low := rapid.Float64Range(known.Low, known.High).Draw(t, "low")
	return scoring.Interval{Low: low, High: rapid.Float64Range(low, known.High).Draw(t, "high")}
}

func aTailored(t *rapid.T) scoring.Tailored {
	return scoring.Tailored{
		Align:    rapid.SampledFrom([]float64{.5, 1}).Draw(t, "align"),
		Evidence: anInterval.Draw(t, "evidence"), Need: anInterval.Draw(t, "need"), Fit: anInterval.Draw(t, "fit"), Transfer: anInterval.Draw(t, "transfer"),
		Done: rapid.Float64Range(0, 1).Draw(t, "done"),
	}
}

func someWeights(t *rapid.T) masar.TailoringWeights {
	weight := rapid.Float64Range(.01, 1)
	return masar.TailoringWeights{
		Evidence: weight.Draw(t, "w evidence"), Need: weight.Draw(t, "w need"), Fit: weight.Draw(t, "w fit"), Transfer: weight.Draw(t, "w transfer"),
	}
}

const rounding = 1e-12

// checkScore checks the laws of all scores.
func checkScore(t *rapid.T, s masar.ScoreRange) {
	t.Helper()
	if !(0 <= s.Low && s.Low <= s.High && s.High <= 1+rounding && -rounding <= s.Coverage && s.Coverage <= 1+rounding) ||
		math.Abs(s.Point-(s.Low+s.High)/2) > rounding {
		t.Fatalf("%+v", s)
	}
}

func TestTailoredScoreKeepsItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkScore(t, aTailored(t).Score(someWeights(t))) })
}

// Catches: a reward for missing data. If more is known about any components, the new interval of the score lies
// within the old one. So new data never raises a rank above the old upper end, and missing data never raises the low
// end.
func TestKnowingMoreStaysWithinTheOldInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tailored, weights := aTailored(t), someWeights(t)
		before := tailored.Score(weights)
		for _, c := range []*scoring.Interval{&tailored.Evidence, &tailored.Need, &tailored.Fit, &tailored.Transfer} {
			*c = within(t, *c)
		}
		checkNarrower(t, before, tailored.Score(weights))

		twin := aTwin(t)
		before = twin.Score()
		for _, c := range []*scoring.Interval{&twin.Align, &twin.Step, &twin.Similarity} {
			*c = within(t, *c)
		}
		checkNarrower(t, before, twin.Score())
	})
}

func checkNarrower(t *rapid.T, before, after masar.ScoreRange) {
	t.Helper()
	if after.Low < before.Low-rounding || after.High > before.High+rounding || after.Coverage < before.Coverage-rounding {
		t.Fatalf("narrower components turn %+v into %+v", before, after)
	}
}

// Catches: missing data that raises the low end, by which recommendations are ordered.
func TestForgettingNeverRaisesLow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tailored, weights := aTailored(t), someWeights(t)
		before := tailored.Score(weights)
		*rapid.SampledFrom([]*scoring.Interval{&tailored.Evidence, &tailored.Need, &tailored.Fit, &tailored.Transfer}).Draw(t, "forgotten") = scoring.Unknown
		if after := tailored.Score(weights); after.Low > before.Low || after.High < before.High {
			t.Fatalf("forgetting turns %+v into %+v", before, after)
		}
	})
}

// Catches: weights of unknown components that go to the others. A known component adds the same to the low end,
// whatever else is known. Only the proportions of the weights count.
func TestNothingIsRenormalized(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tailored, w := aTailored(t), someWeights(t)
		half := masar.TailoringWeights{Evidence: w.Evidence / 2, Need: w.Need / 2, Fit: w.Fit / 2, Transfer: w.Transfer / 2}
		if diff := cmp.Diff(tailored.Score(w), tailored.Score(half), fourDigits); diff != "" {
			t.Fatal(diff)
		}
		value := rapid.Float64Range(0, 1).Draw(t, "value")
		alone := scoring.Tailored{Align: 1, Evidence: scoring.Known(value), Need: scoring.Unknown, Fit: scoring.Unknown, Transfer: scoring.Unknown}
		if got, want := alone.Score(w).Low, value*w.Evidence/(w.Evidence+w.Need+w.Fit+w.Transfer); math.Abs(got-want) > rounding {
			t.Fatalf("evidence %v alone gives a low end of %v, want %v", value, got, want)
		}
	})
}

func TestMoreOfAComponentNeverLowersTheScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tailored, weights := aTailored(t), someWeights(t)
		from := rapid.Float64Range(0, 1).Draw(t, "from")
		to := rapid.Float64Range(from, 1).Draw(t, "to")
		tailored.Need = scoring.Known(from)
		less := tailored.Score(weights)
		tailored.Need = scoring.Known(to)
		more := tailored.Score(weights)
		if more.Low < less.Low-rounding || more.High < less.High-rounding {
			t.Fatalf("need %v gives %+v, need %v gives %+v", from, less, to, more)
		}
		tailored.Done = 1
		if done := tailored.Score(weights); done.High != 0 {
			t.Fatalf("a finished recommendation scores %+v", done)
		}
	})
}

func TestFitKeepsItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		share := rapid.Float64Range(0, 1)
		lo := share.Draw(t, "lo")
		hi := rapid.Float64Range(lo, 1).Draw(t, "hi")
		m, n := share.Draw(t, "m"), share.Draw(t, "n")
		fit := scoring.BandFit(m, lo, hi, profile.BandFade)
		if !(fit >= 0 && fit <= 1) || m >= lo && m <= hi && fit != 1 {
			t.Fatalf("fit of maturity %v for band [%v, %v] is %v", m, lo, hi, fit)
		}
		if m <= n && n <= hi && scoring.BandFit(n, lo, hi, profile.BandFade) < fit || m >= n && n >= lo && scoring.BandFit(n, lo, hi, profile.BandFade) < fit {
			t.Fatalf("%v is nearer to [%v, %v] than %v, and fits less", n, lo, hi, m)
		}
		ready := scoring.Ready(rapid.SliceOfN(anInterval, 0, 4).Draw(t, "prerequisites"))
		if capped := ready.Times(scoring.Known(fit)); !(0 <= capped.Low && capped.Low <= capped.High && capped.High <= fit+rounding) {
			t.Fatalf("the limit by the band is %v, but the fit is %+v", fit, capped)
		}
	})
}

func TestMaturityKeepsItsBounds(t *testing.T) {
	s := newScorer(t)
	rapid.Check(t, func(t *rapid.T) {
		observed := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) masar.IndexValue {
			return index(rapid.SampledFrom([]string{"EGDI", "EPI", "GTMI", "HCI"}).Draw(t, "index"), rapid.IntRange(2010, 2027).Draw(t, "year"),
				rapid.Float64Range(0, 1).Draw(t, "value"), rapid.SampledFrom([]string{"", "2020", "2024"}).Draw(t, "vintage"))
		}), 0, 8).Draw(t, "observed")
		m := s.Maturity(observed)
		if m == nil {
			return
		}
		low, high, sum := 1., 0., 0.
		for _, i := range m.Indices {
			low, high, sum = min(low, i.Value), max(high, i.Value), sum+i.Weight
		}
		if m.Value < low-rounding || m.Value > high+rounding || math.Abs(sum-1) > rounding || !(m.Coverage > 0 && m.Coverage <= 1+rounding) {
			t.Fatalf("%+v", m)
		}
		shuffled := s.Maturity(rapid.Permutation(observed).Draw(t, "shuffled"))
		if len(shuffled.Indices) != len(m.Indices) || shuffled.Coverage != m.Coverage {
			t.Fatalf("in another order: %+v", shuffled)
		}
	})
}

func someContext(t *rapid.T) scoring.Context {
	some := func(label string, of ...string) []string {
		var out []string
		for _, tag := range of {
			if rapid.Bool().Draw(t, label) {
				out = append(out, tag)
			}
		}
		return out
	}
	return scoring.Context{
		Income:         rapid.SampledFrom(append([]masar.IncomeGroup{""}, masar.IncomeGroups...)).Draw(t, "income"),
		LeastDeveloped: rapid.Bool().Draw(t, "ldc"), Languages: some("languages", "ar", "fr", "so"), Memberships: some("groups", "LAS", "GCC", "MAGHREB"),
	}
}

func TestSimilarityIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, weights := someContext(t), someContext(t), scoring.DefaultProfile().Context
		there, back := scoring.Similarity(a, b, weights), scoring.Similarity(b, a, weights)
		if math.Abs(there.Low-back.Low)+math.Abs(there.High-back.High) > rounding || !(there.Low >= 0 && there.High <= 1) {
			t.Fatalf("Similarity(a, b) is %+v, Similarity(b, a) is %+v", there, back)
		}
		if self := scoring.Similarity(a, a, weights); self.IsKnown() && self.Low != 1 {
			t.Fatalf("%+v with itself", self)
		}
	})
}

func aTwin(t *rapid.T) scoring.Twin {
	share := rapid.Float64Range(0, 1)
	return scoring.Twin{
		Align: anInterval.Draw(t, "align"), Supply: share.Draw(t, "supply"), Own: share.Draw(t, "own"),
		Step: anInterval.Draw(t, "step"), Similarity: anInterval.Draw(t, "similarity"), Availability: rapid.SampledFrom([]float64{.7, 1}).Draw(t, "availability"),
	}
}

func TestTwinKeepsItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		twin := aTwin(t)
		score := twin.Score()
		checkScore(t, score)
		twin.Supply = rapid.Float64Range(twin.Supply, 1).Draw(t, "more")
		if more := twin.Score(); more.Low < score.Low-rounding || more.High < score.High-rounding {
			t.Fatalf("more supply turns %+v into %+v", score, more)
		}
	})
}

func TestStepIsSteady(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.Float64Range(-1, 1).Draw(t, "difference")
		a, b := scoring.Step(d, profile.MaturityStep), scoring.Step(d+1e-6, profile.MaturityStep)
		if !(a >= 0 && a <= 1) || math.Abs(a-b) > 1e-4 {
			t.Fatalf("from %v to %v at %v", a, b, d)
		}
	})
}

func TestCasesOnlyAdd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cases := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) scoring.Precedent {
			return scoring.Precedent{Support: rapid.Float64Range(0, 1).Draw(t, "s"), Similarity: anInterval.Draw(t, "sim")}
		}), 1, 6).Draw(t, "cases")
		few, all := scoring.Transfer(cases[1:]), scoring.Transfer(cases)
		if all.Low < few.Low-rounding || all.High < few.High-rounding || all.Low > all.High || all.High > 1 {
			t.Fatalf("%+v, with one more case %+v", few, all)
		}
		var supports []float64
		for _, c := range cases {
			supports = append(supports, c.Support)
		}
		unnamed := rapid.IntRange(0, 100).Draw(t, "unnamed")
		fewer, more := scoring.Supply(supports, unnamed, profile.UnnamedCase), scoring.Supply(supports, unnamed+1, profile.UnnamedCase)
		if !(0 <= fewer && fewer <= more+rounding && more <= 1) {
			t.Fatalf("supply %v, with one more unnamed case %v", fewer, more)
		}
	})
}
