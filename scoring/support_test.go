package scoring_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"masar"
	"masar/scoring"
)

// asOf is the day of the model's test vectors.
var asOf = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// fourDigits compares what the model gives to four decimal places.
var fourDigits = cmpopts.EquateApprox(0, .00005)

// What the sources of the vectors say. The message was issued on 11 December 2024, and the slide is of autumn 2023.
var (
	message = scoring.Item{
		Key: "message 9", Family: "ESCWA", Kind: masar.OutcomeDocument, Directness: masar.CuratorsReading,
		Stance: masar.Supports, Review: masar.ReviewAccepted, Earliest: masar.DecimalYear(time.Date(2024, 12, 11, 0, 0, 0, 0, time.UTC)),
	}
	slide = scoring.Item{
		Key: "slide", Family: "ESCWA", Kind: masar.OfficialPresentation, Directness: masar.Named,
		Stance: masar.Supports, Review: masar.ReviewAccepted, Earliest: 2023.70,
	}
	page = scoring.Item{
		Key: "page", Family: "GIZ", Kind: masar.ProjectPage, Directness: masar.CuratorsReading,
		Stance: masar.Supports, Review: masar.ReviewAccepted, Earliest: 2024,
	}
	// statedMessage is a message that says the thing itself.
	statedMessage = but(message, func(i *scoring.Item) { i.Directness = masar.Named })
	// perfect is the strongest evidence there is: its strength is 1.
	perfect = scoring.Item{
		Key: "review", Family: "A", Kind: masar.SystematicReview, Directness: masar.Named,
		Stance: masar.Supports, Review: masar.ReviewAccepted, Earliest: 2025,
	}
)

// but is a copy of an item with a change.
func but(item scoring.Item, change func(*scoring.Item)) scoring.Item {
	change(&item)
	return item
}

// families are n items like the given one from as many families.
func families(n int, like scoring.Item) []scoring.Item {
	items := slices.Repeat([]scoring.Item{like}, n)
	for i := range items {
		items[i].Key, items[i].Family = masar.EvidenceKey(fmt.Sprintf("%s %d", like.Key, i)), fmt.Sprintf("%s %d", like.Family, i)
	}
	return items
}

// copies are n items like the given one from the same family.
func copies(n int, like scoring.Item) []scoring.Item {
	items := families(n, like)
	for i := range items {
		items[i].Family = like.Family
	}
	return items
}

func against(item scoring.Item) scoring.Item {
	return but(item, func(i *scoring.Item) { i.Key += " against"; i.Stance = masar.Refutes })
}

// fadedTo is the perfect item at the age that leaves it a strength.
func fadedTo(strength float64) scoring.Item {
	return but(perfect, func(i *scoring.Item) { i.Earliest = 2025 + 8*math.Log2(strength) })
}

func newScorer(t testing.TB) *scoring.Scorer {
	t.Helper()
	s, err := scoring.New(scoring.DefaultProfile(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStrength(t *testing.T) {
	s := newScorer(t)
	goal := but(perfect, func(i *scoring.Item) { i.Directness = masar.GoalNamed })
	for _, c := range []struct {
		name   string
		scorer *scoring.Scorer
		item   scoring.Item
		want   float64
	}{
		{"message 9, a curator's inference", s, message, .2488},
		{"the slide that names the target", s, slide, .4467},
		{"the project's page", s, page, .1376},
		{"a passage that names the goal", s, goal, .7},
		{"the same, counted for a target", s.ForTarget(), goal, .5},
		{"an explicit passage on the goal, counted for a target", s.ForTarget(), perfect, .5},
		{"metadata, counted for a target", s.ForTarget(), but(perfect, func(i *scoring.Item) { i.Directness = masar.MetadataOnly }), .3},
		{"a doubtful reading", s, but(perfect, func(i *scoring.Item) { i.OCRDoubt = true }), .8},
		{"a document of the future", s, but(perfect, func(i *scoring.Item) { i.Earliest = 2031 }), 1},
		{"one half-life old", s, but(perfect, func(i *scoring.Item) { i.Earliest = 2017 }), .5},
		{"of the last century", s, but(perfect, func(i *scoring.Item) { i.Earliest = 1990 }), .3},
		{"undated", s, but(perfect, func(i *scoring.Item) { i.Earliest = math.NaN() }), .3},
		{"of a kind that nobody knows", s, but(perfect, func(i *scoring.Item) { i.Kind = "RUMOUR" }), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.scorer.Support([]scoring.Item{c.item}).Terms
			if len(got) != 1 || !cmp.Equal(got[0].Strength, c.want, fourDigits) {
				t.Errorf("terms %+v, want one of strength %v", got, c.want)
			}
		})
	}
}

func TestSupport(t *testing.T) {
	weakEvaluation := but(page, func(i *scoring.Item) { i.Family, i.Kind = "A 0", masar.EvaluatedCase })
	statistic := but(perfect, func(i *scoring.Item) { i.Kind = masar.OfficialStatistic })
	report := but(perfect, func(i *scoring.Item) { i.Kind = masar.OrganizationReport })
	evaluation := but(perfect, func(i *scoring.Item) { i.Kind = masar.EvaluatedCase })
	for _, c := range []struct {
		name  string
		items []scoring.Item
		want  masar.Support
	}{
		{"no evidence", nil,
			masar.Support{Certainty: masar.CertaintyVeryLow, Status: masar.NoEvidence}},
		{"message 9 advances 16.7", []scoring.Item{message, slide, page},
			masar.Support{Supports: .2925, Net: .2925, Families: 2, Certainty: masar.CertaintyLow, Status: masar.Supported}},
		{"a message and its webinar", []scoring.Item{statedMessage},
			masar.Support{Supports: .3025, Net: .3025, Families: 1, Certainty: masar.CertaintyLow, Status: masar.Supported}},
		{"ENACT contributes to 16.6", []scoring.Item{slide},
			masar.Support{Supports: .2716, Net: .2716, Families: 1, Certainty: masar.CertaintyLow, Status: masar.Supported}},
		{"five copies of one outcome document", copies(5, statedMessage),
			masar.Support{Supports: .3025, Net: .3025, Families: 1, Certainty: masar.CertaintyLow, Status: masar.Supported}},
		{"one perfect family", families(1, perfect),
			masar.Support{Supports: .6079, Net: .6079, Families: 1, Certainty: masar.CertaintyLow, Status: masar.Supported}},
		{"two perfect families", families(2, perfect),
			masar.Support{Supports: .7599, Net: .7599, Families: 2, Certainty: masar.CertaintyModerate, Status: masar.Supported}},
		{"three perfect families", families(3, perfect),
			masar.Support{Supports: .8275, Net: .8275, Families: 3, Certainty: masar.CertaintyHigh, Status: masar.Supported}},
		{"ten perfect families", families(10, perfect),
			masar.Support{Supports: .9421, Net: .9421, Families: 10, Certainty: masar.CertaintyHigh, Status: masar.Supported}},
		{"three families and nothing evaluated", families(3, statistic),
			masar.Support{Supports: .6620, Net: .6620, Families: 3, Certainty: masar.CertaintyModerate, Status: masar.Supported}},
		{"a weaker evaluation in a known family", append(families(3, statistic), weakEvaluation),
			masar.Support{Supports: .6620, Net: .6620, Families: 3, Certainty: masar.CertaintyModerate, Status: masar.Supported}},
		{"a report as strong as its family's evaluation", append(families(2, statistic), evaluation, report),
			masar.Support{Supports: .6485, Net: .6485, Families: 3, Certainty: masar.CertaintyHigh, Status: masar.Supported}},
		{"an evaluation as strong as its family's report", append(families(2, statistic), report, evaluation),
			masar.Support{Supports: .6485, Net: .6485, Families: 3, Certainty: masar.CertaintyHigh, Status: masar.Supported}},
		{".9 against .9", []scoring.Item{fadedTo(.9), against(fadedTo(.9))},
			masar.Support{Supports: .5471, Refutes: .5471, Conflict: 1, Families: 1, Certainty: masar.CertaintyVeryLow, Status: masar.Contested}},
		{".8 against .4", []scoring.Item{fadedTo(.8), against(fadedTo(.4))},
			masar.Support{Supports: .4863, Refutes: .2432, Net: .2432, Conflict: .6667, Families: 1, Certainty: masar.CertaintyLow, Status: masar.Contested}},
		{".4 against .8", []scoring.Item{fadedTo(.4), against(fadedTo(.8))},
			masar.Support{Supports: .2432, Refutes: .4863, Conflict: .6667, Families: 1, Certainty: masar.CertaintyVeryLow, Status: masar.Refuted}},
		{"only refuted", []scoring.Item{against(perfect)},
			masar.Support{Refutes: .6079, Certainty: masar.CertaintyVeryLow, Status: masar.Refuted}},
		{"not reviewed, and rejected", []scoring.Item{
			but(perfect, func(i *scoring.Item) { i.Review = masar.ReviewSuggested }),
			but(perfect, func(i *scoring.Item) { i.Review = masar.ReviewRejected }),
		}, masar.Support{Certainty: masar.CertaintyVeryLow, Status: masar.NoEvidence}},
		{"of a kind that nobody knows", []scoring.Item{but(perfect, func(i *scoring.Item) { i.Kind = "RUMOUR" })},
			masar.Support{Certainty: masar.CertaintyVeryLow, Status: masar.NoEvidence}},
		{"of a stance that nobody knows", []scoring.Item{but(perfect, func(i *scoring.Item) { i.Stance = "" })},
			masar.Support{Certainty: masar.CertaintyVeryLow, Status: masar.NoEvidence}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.want.AsOf, c.want.Profile = "2025-01-01", "default"
			if diff := cmp.Diff(c.want, newScorer(t).Sum(c.items), fourDigits); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestThresholds(t *testing.T) {
	for _, c := range []struct {
		supports, refutes float64
		want              masar.SupportStatus
	}{
		{0, 0, masar.NoEvidence}, {.75, .25, masar.Contested}, {.75, .2499, masar.Supported},
		{.5, .5, masar.Contested}, {.5, .5001, masar.Refuted}, {0, .1, masar.Refuted},
	} {
		if got := scoring.Status(c.supports, c.refutes); got != c.want {
			t.Errorf("S⁺ %v and S⁻ %v: %s, want %s", c.supports, c.refutes, got, c.want)
		}
	}
	for _, c := range []struct {
		net       float64
		families  int
		evaluated bool
		want      masar.Certainty
	}{
		{.60, 3, true, masar.CertaintyHigh}, {.60, 3, false, masar.CertaintyModerate}, {.60, 2, true, masar.CertaintyModerate},
		{.5999, 3, true, masar.CertaintyModerate}, {.45, 2, false, masar.CertaintyModerate}, {.45, 1, true, masar.CertaintyLow},
		{.4499, 9, true, masar.CertaintyLow}, {.15, 1, false, masar.CertaintyLow}, {.1499, 9, true, masar.CertaintyVeryLow},
	} {
		if got := scoring.Certainty(c.net, c.families, c.evaluated); got != c.want {
			t.Errorf("certainty of %+v is %s", c, got)
		}
	}
}

func TestTermsExplainTheSum(t *testing.T) {
	got := newScorer(t).Support([]scoring.Item{page, message, against(page), slide}).Terms
	escwa := masar.SupportTerm{Family: "ESCWA", Stance: masar.Supports, Quality: .5, Directness: 1, Review: 1}
	want := []masar.SupportTerm{escwa, escwa, {}, {}}
	want[0].EvidenceKey, want[0].Kind, want[0].Age, want[0].Strength, want[0].Weight = "slide", masar.OfficialPresentation, .8935, .4467, .2716
	want[1].EvidenceKey, want[1].Kind, want[1].Age, want[1].Strength = "message 9", masar.OutcomeDocument, .9950, .2488
	want[1].Directness = .5 // and no weight: the slide speaks for the family
	want[2] = masar.SupportTerm{
		EvidenceKey: "page", Family: "GIZ", Kind: masar.ProjectPage, Stance: masar.Supports,
		Quality: .3, Directness: .5, Age: .9170, Review: 1, Strength: .1376, Weight: .0209,
	}
	want[3] = want[2]
	want[3].EvidenceKey, want[3].Stance, want[3].Weight = "page against", masar.Refutes, .0836 // the first on its side
	if diff := cmp.Diff(want, got, fourDigits); diff != "" {
		t.Error(diff)
	}
}

// aScorer draws a scorer for claims or, now and then, for goal-level claims counted for a target.
func aScorer(t *rapid.T) *scoring.Scorer {
	profile := scoring.DefaultProfile()
	for i := range profile.Quality {
		profile.Quality[i].Weight = rapid.Float64Range(0, 1).Draw(t, "quality")
	}
	s, err := scoring.New(profile, asOf)
	if err != nil {
		t.Fatal(err)
	}
	if rapid.Bool().Draw(t, "for a target") {
		s = s.ForTarget()
	}
	return s
}

// someItems draws items with distinct keys from a handful of families, so that families and ties meet often.
func someItems(t *rapid.T) []scoring.Item {
	items := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) scoring.Item {
		return scoring.Item{
			Family:     rapid.StringMatching("[A-L]?").Draw(t, "family"),
			Kind:       rapid.SampledFrom(masar.EvidenceKinds).Draw(t, "kind"),
			Stance:     rapid.SampledFrom(masar.Stances).Draw(t, "stance"),
			Directness: rapid.SampledFrom(masar.Directnesses).Draw(t, "directness"),
			Review:     rapid.SampledFrom([]masar.Review{masar.ReviewAccepted, masar.ReviewAccepted, masar.ReviewSuggested}).Draw(t, "review"),
			OCRDoubt:   rapid.Bool().Draw(t, "doubt"),
			Earliest:   rapid.SampledFrom([]float64{1990, 2015, 2023.7, 2024, 2030, math.NaN()}).Draw(t, "earliest"),
		}
	}), 0, 30).Draw(t, "items")
	for i := range items {
		items[i].Key = masar.EvidenceKey(fmt.Sprintf("%02d", i))
	}
	return items
}

func TestSupportIsTheSumWithItsTerms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, items := aScorer(t), someItems(t)
		support := s.Support(items)
		weights := map[masar.Stance]float64{}
		for _, term := range support.Terms {
			weights[term.Stance] += term.Weight
		}
		if weights[masar.Supports] != support.Supports || weights[masar.Refutes] != support.Refutes {
			t.Errorf("the weights add up to %v, the sums are %v and %v", weights, support.Supports, support.Refutes)
		}
		support.Terms = nil
		if diff := cmp.Diff(s.Sum(items), support); diff != "" {
			t.Error(diff)
		}
	})
}

// The formula once more, slowly and from the terms alone.
func TestSumIsTheFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, items := aScorer(t), someItems(t)
		strongest := map[masar.Stance]map[string]float64{masar.Supports: {}, masar.Refutes: {}}
		for _, term := range s.Support(items).Terms {
			of := strongest[term.Stance]
			of[term.Family] = max(of[term.Family], term.Quality*term.Directness*term.Age*term.Review)
		}
		sum := func(stance masar.Stance) (total float64) {
			for i, strength := range slices.Backward(slices.Sorted(maps.Values(strongest[stance]))) {
				rank := float64(len(strongest[stance]) - i)
				total += strength / (rank * rank)
			}
			return total / (math.Pi * math.Pi / 6)
		}
		got := s.Sum(items)
		if diff := cmp.Diff([]float64{sum(masar.Supports), sum(masar.Refutes)}, []float64{got.Supports, got.Refutes}, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, items := aScorer(t), someItems(t)
		shuffled := rapid.Permutation(items).Draw(t, "shuffled")
		if diff := cmp.Diff(s.Support(items), s.Support(shuffled)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestMoreSupportNeverLowersIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, items := aScorer(t), someItems(t)
		before, after := masar.Support{}, masar.Support{}
		for n := range items {
			items[n].Stance = masar.Supports
			if after = s.Sum(items[:n+1]); after.Supports < before.Supports || after.Families < before.Families {
				t.Errorf("%+v lowers %+v to %+v", items[n], before, after)
			}
			before = after
		}
	})
}

func TestWeakerItemInKnownFamilyChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, items := aScorer(t), someItems(t)
		terms := s.Support(items).Terms
		if len(terms) == 0 {
			t.Skip("no family is known")
		}
		known := rapid.SampledFrom(terms).Draw(t, "known")
		weaker := someItems(t)
		for i := range weaker {
			weaker[i].Family, weaker[i].Stance = known.Family, known.Stance
		}
		weaker = slices.DeleteFunc(weaker, func(item scoring.Item) bool {
			alone := s.Sum([]scoring.Item{item})
			return max(alone.Supports, alone.Refutes) >= scoring.HarmonicShare(known.Strength, 1)
		})
		if diff := cmp.Diff(s.Sum(items), s.Sum(append(items, weaker...))); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSwappingStancesSwapsTheSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, items := aScorer(t), someItems(t)
		swapped := slices.Clone(items)
		for i := range swapped {
			if items[i].Stance == masar.Supports {
				swapped[i].Stance = masar.Refutes
			} else {
				swapped[i].Stance = masar.Supports
			}
		}
		a, b := s.Sum(items), s.Sum(swapped)
		if a.Supports != b.Refutes || a.Refutes != b.Supports || a.Conflict != b.Conflict {
			t.Errorf("%+v, swapped %+v", a, b)
		}
	})
}

func TestEverythingKeepsItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, items := aScorer(t), someItems(t)
		got := s.Support(items)
		for name, value := range map[string]float64{"S⁺": got.Supports, "S⁻": got.Refutes, "N": got.Net} {
			if !(value >= 0 && value < 1) {
				t.Errorf("%s is %v", name, value)
			}
		}
		if !(got.Conflict >= 0 && got.Conflict <= 1) {
			t.Errorf("K is %v", got.Conflict)
		}
		for _, term := range got.Terms {
			for _, value := range []float64{term.Quality, term.Directness, term.Age, term.Review, term.Strength, term.Weight} {
				if !(value >= 0 && value <= 1) {
					t.Errorf("out of [0,1]: %+v", term)
				}
			}
		}
	})
}

// Evidence says no more of a target than of the target's goal.
func TestForTargetOnlyLowers(t *testing.T) {
	s := newScorer(t)
	rapid.Check(t, func(t *rapid.T) {
		items := someItems(t)
		goal, target := s.Sum(items), s.ForTarget().Sum(items)
		if target.Supports > goal.Supports || target.Refutes > goal.Refutes {
			t.Errorf("goal %+v, target %+v", goal, target)
		}
	})
}

func TestSumAllocatesNothing(t *testing.T) {
	s, items := newScorer(t), append(families(8, perfect), against(slide), message, page)[:9]
	if n := testing.AllocsPerRun(100, func() { s.Sum(items) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkSum(b *testing.B) {
	s, items := newScorer(b), []scoring.Item{message, slide, page}
	b.ReportAllocs()
	for b.Loop() {
		s.Sum(items)
	}
}

func BenchmarkSupport(b *testing.B) {
	s, items := newScorer(b), []scoring.Item{message, slide, page}
	b.ReportAllocs()
	for b.Loop() {
		s.Support(items)
	}
}
