package scoring_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"masar"
	"masar/scoring"
)

var tailoring = scoring.DefaultProfile().Tailoring

func near(t testing.TB, want, got float64) {
	t.Helper()
	if !cmp.Equal(want, got, fourDigits) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestBandFit(t *testing.T) {
	for m, want := range map[float64]float64{.2: .1690, .35: .8948, .4: 1, .5: 1, .7: 1, .8: .8948, .95: .4994} {
		near(t, want, scoring.BandFit(m, .4, .7))
	}
}

func TestReady(t *testing.T) {
	met, half, unmet, unknown := scoring.Known(1), scoring.Known(.5), scoring.Known(0), scoring.Unknown
	for _, c := range []struct {
		name string
		of   []scoring.Estimate
		want scoring.Estimate
	}{
		{"nothing is required", nil, scoring.Known(1)},
		{"one of two is met", []scoring.Estimate{met, unmet}, scoring.Known(.5)},
		{"one is met by half", []scoring.Estimate{half}, scoring.Known(.5)},
		{"of one nothing is known", []scoring.Estimate{unknown}, scoring.Unknown},
		{"one is met, one is not, of two nothing is known", []scoring.Estimate{met, unmet, unknown, unknown},
			scoring.Estimate{Value: .5, Low: .25, High: .75, Coverage: .5}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, scoring.Ready(c.of)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTailoredScore(t *testing.T) {
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
		want masar.Score
	}{
		{"everything is known", known, masar.Score{Point: new(.4566), Low: .4566, High: .4566, Coverage: 1}},
		{"need and fit are unknown", partly, masar.Score{Point: new(.2646), Low: .1323, High: .5823, Coverage: .5}},
		{"nothing is known", scoring.Tailored{Align: 1, Evidence: scoring.Unknown, Need: scoring.Unknown, Fit: scoring.Unknown, Transfer: scoring.Unknown},
			masar.Score{High: 1}},
		{"half is done", half, masar.Score{Point: new(.2283), Low: .2283, High: .2283, Coverage: 1}},
		{"all is done", whole, masar.Score{Point: new(0.), Coverage: 1}},
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
		{.3, 1, 0, .3}, // where less is better
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
		want scoring.Estimate
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
				t.Errorf("the other way round: %s", diff)
			}
		})
	}
}

func TestTransfer(t *testing.T) {
	near, far, nowhere := scoring.Known(1), scoring.Known(.5), scoring.Unknown
	for _, c := range []struct {
		name string
		of   []scoring.Precedent
		want scoring.Estimate
	}{
		{"no case", nil, scoring.Unknown},
		{"one case", []scoring.Precedent{{.3, far}}, scoring.Known(.15)},
		{"two cases", []scoring.Precedent{{.3, near}, {.2, far}}, scoring.Known(1 - .7*.9)},
		{"a case of no known country", []scoring.Precedent{{.3, nowhere}}, scoring.Unknown},
		{"and one of a known", []scoring.Precedent{{.3, near}, {.2, nowhere}}, scoring.Estimate{Value: .3, Low: .3, High: 1 - .7*.8, Coverage: .5}},
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
		near(t, want, scoring.Step(difference))
	}
	near(t, 0, scoring.Step(math.NaN()))
}

func TestTwin(t *testing.T) {
	vector := scoring.Twin{
		Align: scoring.Known(.9), Supply: scoring.Known(.748), Own: scoring.Known(.10), Step: scoring.Known(scoring.Step(.2)),
		Similarity: scoring.Known(.7), Availability: scoring.Known(1),
	}
	blank, unmeasured, behind := vector, vector, vector
	blank.Own, unmeasured.Step, behind.Supply = scoring.Supply(nil, 0), scoring.Unknown, scoring.Known(.05)
	for _, c := range []struct {
		name string
		of   scoring.Twin
		want masar.Score
	}{
		{"everything is known", vector, masar.Score{Point: new(.4082), Low: .4082, High: .4082, Coverage: 1}},
		{"the learner has no case", blank, masar.Score{Point: new(.9 * .374 * .7), High: .9 * .748 * .7, Coverage: 5. / 6}},
		{"a maturity is unknown", unmeasured, masar.Score{Point: new(.2041), High: .4082, Coverage: 5. / 6}},
		{"the learner has more", behind, masar.Score{Point: new(0.), Coverage: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, c.of.Score(), fourDigits); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Catches unnamed cases that count nothing, that count as much as named ones, or that make something known out of no case.
func TestSupply(t *testing.T) {
	for _, c := range []struct {
		name    string
		cases   []float64
		unnamed int
		want    scoring.Estimate
	}{
		{"one named case and eleven unnamed", []float64{.23}, 11, scoring.Known(.5620)},
		{"two named cases", []float64{.6, .37}, 0, scoring.Known(.748)},
		{"unnamed cases alone", nil, 2, scoring.Known(.0975)},
		{"more named than counted", []float64{.23}, -1, scoring.Known(.23)},
		{"no case", nil, 0, scoring.Unknown},
		{"fewer than none", nil, -1, scoring.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, scoring.Supply(c.cases, c.unnamed), fourDigits); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Catches a case, named or not, that takes something away, and a supply out of [0,1].
func TestMoreCasesNeverLowerTheSupply(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		named := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 6).Draw(t, "named")
		unnamed := rapid.IntRange(0, 50).Draw(t, "unnamed")
		supply := scoring.Supply(named, unnamed).Value
		if fewer := scoring.Supply(named[1:], unnamed).Value; supply < fewer-rounding {
			t.Fatalf("%v, with one named case less %v", supply, fewer)
		}
		if more := scoring.Supply(named, unnamed+1).Value; !(0 <= supply && supply <= more+rounding && more <= 1) {
			t.Fatalf("%v, with one unnamed case more %v", supply, more)
		}
	})
}

// anEstimate draws an estimate of which all, a part or nothing is known.
var anEstimate = rapid.Custom(func(t *rapid.T) scoring.Estimate {
	switch rapid.IntRange(0, 2).Draw(t, "known") {
	case 0:
		return scoring.Unknown
	case 1:
		return scoring.Known(rapid.Float64Range(0, 1).Draw(t, "value"))
	}
	ready := scoring.Ready(rapid.SliceOfN(rapid.SampledFrom([]scoring.Estimate{scoring.Unknown, scoring.Known(0), scoring.Known(1)}), 1, 4).Draw(t, "parts"))
	return ready.Times(rapid.Float64Range(0, 1).Draw(t, "factor"))
})

func aTailored(t *rapid.T) scoring.Tailored {
	return scoring.Tailored{
		Align:    rapid.SampledFrom([]float64{.5, 1}).Draw(t, "align"),
		Evidence: anEstimate.Draw(t, "evidence"), Need: anEstimate.Draw(t, "need"), Fit: anEstimate.Draw(t, "fit"), Transfer: anEstimate.Draw(t, "transfer"),
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

// checkScore sees to what holds of every score.
func checkScore(t *rapid.T, s masar.Score) {
	t.Helper()
	if !(0 <= s.Low && s.Low <= s.High && s.High <= 1+rounding && 0 <= s.Coverage && s.Coverage <= 1+rounding) {
		t.Fatalf("%+v", s)
	}
	if s.Point != nil && !(s.Low <= *s.Point && *s.Point <= s.High) {
		t.Fatalf("the point %v is not between %v and %v", *s.Point, s.Low, s.High)
	}
}

func TestTailoredScoreKeepsItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tailored, weights := aTailored(t), someWeights(t)
		score := tailored.Score(weights)
		checkScore(t, score)
		if (score.Point == nil) != (score.Coverage == 0) {
			t.Fatalf("%+v", score)
		}
	})
}

// learn makes one unknown component known, whatever it turns out to be.
func learn(t *rapid.T, of ...*scoring.Estimate) {
	e := rapid.SampledFrom(of).Draw(t, "learnt")
	if !e.IsKnown() {
		*e = anEstimate.Draw(t, "turned out")
	}
}

func TestKnowingMoreNeverWidensTheScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tailored, weights := aTailored(t), someWeights(t)
		before := tailored.Score(weights)
		learn(t, &tailored.Evidence, &tailored.Need, &tailored.Fit, &tailored.Transfer)
		checkNarrower(t, before, tailored.Score(weights))

		twin := aTwin(t)
		before = twin.Score()
		learn(t, &twin.Align, &twin.Own, &twin.Step, &twin.Similarity)
		checkNarrower(t, before, twin.Score())
	})
}

func checkNarrower(t *rapid.T, before, after masar.Score) {
	t.Helper()
	if after.Low < before.Low-rounding || after.High > before.High+rounding || after.Coverage < before.Coverage-rounding {
		t.Fatalf("knowing more turns %+v into %+v", before, after)
	}
}

// Only the proportions of weights count, and what is unknown leaves those of the others as they are.
func TestWeightsAreRenormalised(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tailored, w := aTailored(t), someWeights(t)
		half := masar.TailoringWeights{Evidence: w.Evidence / 2, Need: w.Need / 2, Fit: w.Fit / 2, Transfer: w.Transfer / 2}
		if diff := cmp.Diff(tailored.Score(w), tailored.Score(half), fourDigits); diff != "" {
			t.Fatal(diff)
		}
		value := rapid.Float64Range(0, 1).Draw(t, "value")
		same := scoring.Tailored{Align: 1, Evidence: scoring.Known(value), Need: scoring.Unknown, Fit: scoring.Known(value), Transfer: scoring.Unknown}
		if got := *same.Score(w).Point; math.Abs(got-value) > rounding {
			t.Fatalf("components of %v make a point of %v", value, got)
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
		if *more.Point < *less.Point-rounding || more.Low < less.Low-rounding || more.High < less.High-rounding {
			t.Fatalf("need of %v makes %+v, of %v %+v", from, less, to, more)
		}
		tailored.Done = 1
		if done := tailored.Score(weights); *done.Point != 0 || done.High != 0 {
			t.Fatalf("what is done scores %+v", done)
		}
	})
}

func TestFitKeepsItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		share := rapid.Float64Range(0, 1)
		lo := share.Draw(t, "lo")
		hi := rapid.Float64Range(lo, 1).Draw(t, "hi")
		m, n := share.Draw(t, "m"), share.Draw(t, "n")
		fit := scoring.BandFit(m, lo, hi)
		if !(fit >= 0 && fit <= 1) || m >= lo && m <= hi && fit != 1 {
			t.Fatalf("fit of %v for [%v, %v] is %v", m, lo, hi, fit)
		}
		if m <= n && n <= hi && scoring.BandFit(n, lo, hi) < fit || m >= n && n >= lo && scoring.BandFit(n, lo, hi) < fit {
			t.Fatalf("%v is nearer to [%v, %v] than %v, and fits less", n, lo, hi, m)
		}
		e := anEstimate.Draw(t, "estimate")
		if e.IsKnown() && !(0 <= e.Low && e.Low <= e.Value+rounding && e.Value <= e.High+rounding && e.High <= 1) {
			t.Fatalf("%+v", e)
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
		if there.IsKnown() != back.IsKnown() || math.Abs(there.Value-back.Value) > rounding || !(there.Value >= 0 && there.Value <= 1) {
			t.Fatalf("%+v one way, %+v the other", there, back)
		}
		if self := scoring.Similarity(a, a, weights); self.IsKnown() && self.Value != 1 {
			t.Fatalf("%+v with itself", self)
		}
	})
}

func aTwin(t *rapid.T) scoring.Twin {
	return scoring.Twin{
		Align: anEstimate.Draw(t, "align"), Supply: scoring.Known(rapid.Float64Range(0, 1).Draw(t, "supply")), Own: anEstimate.Draw(t, "own"),
		Step: anEstimate.Draw(t, "step"), Similarity: anEstimate.Draw(t, "similarity"), Availability: scoring.Known(rapid.SampledFrom([]float64{.7, 1}).Draw(t, "availability")),
	}
}

func TestTwinKeepsItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		twin := aTwin(t)
		score := twin.Score()
		checkScore(t, score)
		twin.Supply = scoring.Known(rapid.Float64Range(twin.Supply.Value, 1).Draw(t, "more"))
		if more := twin.Score(); *more.Point < *score.Point-rounding || more.Low < score.Low-rounding || more.High < score.High-rounding {
			t.Fatalf("more supply turns %+v into %+v", score, more)
		}
	})
}

func TestStepIsSteady(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.Float64Range(-1, 1).Draw(t, "difference")
		a, b := scoring.Step(d), scoring.Step(d+1e-6)
		if !(a >= 0 && a <= 1) || math.Abs(a-b) > 1e-4 {
			t.Fatalf("from %v to %v at %v", a, b, d)
		}
	})
}

func TestCasesOnlyAdd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cases := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) scoring.Precedent {
			return scoring.Precedent{Support: rapid.Float64Range(0, 1).Draw(t, "s"), Similarity: anEstimate.Draw(t, "sim")}
		}), 1, 6).Draw(t, "cases")
		few, all := scoring.Transfer(cases[1:]), scoring.Transfer(cases)
		if few.IsKnown() && (all.Value < few.Value-rounding || all.Low < few.Low-rounding) {
			t.Fatalf("%+v, with one case more %+v", few, all)
		}
		if all.IsKnown() && !(all.Low <= all.Value+rounding && all.Value <= all.High+rounding && all.High <= 1) {
			t.Fatalf("%+v", all)
		}
	})
}
