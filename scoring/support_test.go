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

// asOf is the as-of date of the model's examples.
var asOf = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// fourDigits compares to four decimal places, the precision of the model's examples.
var fourDigits = cmpopts.EquateApprox(0, .00005)

// The sources of the examples. The message is dated 11 December 2024, and the slide autumn 2023.
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
	// statedMessage is a message that states the claim.
	statedMessage = but(message, func(i *scoring.Item) { i.Directness = masar.Named })
	// perfect is the strongest possible evidence, with strength 1.
	perfect = scoring.Item{
		Key: "review", Family: "A", Kind: masar.SystematicReview, Directness: masar.Named,
		Stance: masar.Supports, Review: masar.ReviewAccepted, Earliest: 2025,
	}
)

// but is a changed copy of an item.
func but(item scoring.Item, change func(*scoring.Item)) scoring.Item {
	change(&item)
	return item
}

// families are n similar items from n families.
func families(n int, like scoring.Item) []scoring.Item {
	items := slices.Repeat([]scoring.Item{like}, n)
	for i := range items {
		items[i].Key, items[i].Family = masar.EvidenceKey(fmt.Sprintf("%s %d", like.Key, i)), fmt.Sprintf("%s %d", like.Family, i)
	}
	return items
}

// copies are n similar items from one family.
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

// inferred are items of an inferred claim.
func inferred(items ...scoring.Item) []scoring.Item {
	for i := range items {
		items[i].Basis = masar.Inferred
	}
	return items
}

// fadedTo is the perfect item at the age that gives it a strength.
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
	metadata := but(perfect, func(i *scoring.Item) { i.Directness = masar.MetadataOnly })
	old := but(perfect, func(i *scoring.Item) { i.Earliest = 1990 })
	of := func(kind masar.EvidenceKind) scoring.Item {
		return but(old, func(i *scoring.Item) { i.Kind = kind })
	}
	for _, c := range []struct {
		name   string
		nature masar.ClaimNature
		scorer *scoring.Scorer
		item   scoring.Item
		want   float64
	}{
		{"message 9, a curator's inference", masar.Effect, s, message, .2488},
		{"the slide that names the target", masar.Effect, s, slide, .4467},
		{"the slide, for an inferred claim", masar.Effect, s, inferred(slide)[0], .2234},
		{"the project's page", masar.Effect, s, page, .1376},
		{"a passage that names the goal", masar.Effect, s, goal, .7},
		{"the same, counted for a target", masar.Effect, s.ForTarget(), goal, .5},
		{"a passage that names both ends, counted for a target", masar.Effect, s.ForTarget(), perfect, .5},
		{"metadata", masar.Effect, s, metadata, .3},
		{"metadata, counted for a target", masar.Effect, s.ForTarget(), metadata, .3},
		{"metadata, for an inferred claim", masar.Effect, s, inferred(metadata)[0], .3},
		{"a doubtful reading", masar.Effect, s, but(perfect, func(i *scoring.Item) { i.OCRDoubt = true }), .8},
		{"a document of the future", masar.Effect, s, but(perfect, func(i *scoring.Item) { i.Earliest = 2031 }), 1},
		{"one half-life old", masar.Effect, s, but(perfect, func(i *scoring.Item) { i.Earliest = 2017 }), .5},
		{"of the last century", masar.Effect, s, old, .3},
		{"undated", masar.Effect, s, but(perfect, func(i *scoring.Item) { i.Earliest = math.NaN() }), .3},
		{"of a kind that nobody knows", masar.Effect, s, of("RUMOUR"), 0},

		{"a fact of the last century", masar.Fact, s, old, 1},
		{"a fact of an undated document", masar.Fact, s, but(perfect, func(i *scoring.Item) { i.Earliest = math.NaN() }), 1},
		{"a fact on a project's page", masar.Fact, s, of(masar.ProjectPage), 1},
		{"a fact in a presentation", masar.Fact, s, of(masar.OfficialPresentation), 1},
		{"a fact in a descriptive case study", masar.Fact, s, of(masar.DescriptiveCase), .9},
		{"a fact in the news", masar.Fact, s, of(masar.News), .8},
		{"a fact in an opinion", masar.Fact, s, of(masar.Opinion), .4},
		{"a fact read out by a curator", masar.Fact, s, but(perfect, func(i *scoring.Item) { i.Directness = masar.CuratorsReading }), .5},
		{"an inferred fact with a passage that names one end", masar.Fact, s, inferred(perfect)[0], .5},
		{"a fact in the metadata", masar.Fact, s, metadata, .8},
		{"an inferred fact from metadata", masar.Fact, s, inferred(metadata)[0], .5},
		{"a doubtful reading of a fact", masar.Fact, s, but(perfect, func(i *scoring.Item) { i.OCRDoubt = true }), .8},
		{"a fact of a kind that nobody knows", masar.Fact, s, of("RUMOUR"), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.scorer.Support(c.nature, []scoring.Item{c.item}).Terms
			if len(got) != 1 || !cmp.Equal(got[0].Strength, c.want, fourDigits) {
				t.Errorf("terms %+v, want one with strength %v", got, c.want)
			}
		})
	}
}

// The model's examples of facts and their documentation. Catches: a fact with a grade or with age, metadata or an
// inference that counts as a statement, and a copy that corroborates.
func TestSupportOfFacts(t *testing.T) {
	old := but(perfect, func(i *scoring.Item) { i.Kind, i.Earliest = masar.ProjectPage, 1990 })
	in := func(family string, item scoring.Item) scoring.Item {
		return but(item, func(i *scoring.Item) { i.Key, i.Family = masar.EvidenceKey(family), family })
	}
	news := but(old, func(i *scoring.Item) { i.Kind = masar.News })
	reading := but(old, func(i *scoring.Item) { i.Directness = masar.CuratorsReading })
	metadata := but(old, func(i *scoring.Item) { i.Directness = masar.MetadataOnly })
	for _, c := range []struct {
		name          string
		items         []scoring.Item
		supports      float64
		families      int
		documentation masar.Documentation
	}{
		{"no evidence", nil, 0, 0, masar.DocumentationNone},
		{"one stated", []scoring.Item{old}, .8, 1, masar.DocumentationStated},
		{"five copies of it", copies(5, old), .8, 1, masar.DocumentationStated},
		{"two families", families(2, old), .96, 2, masar.DocumentationCorroborated},
		{"one inferred", inferred(old), .4, 1, masar.DocumentationInferred},
		{"two inferred", inferred(families(2, old)...), .64, 2, masar.DocumentationInferred},
		{"one stated by news", []scoring.Item{news}, .64, 1, masar.DocumentationStated},
		{"one stated and one inferred", []scoring.Item{in("A", old), in("B", reading)}, .88, 2, masar.DocumentationStated},
		{"one inferred alone from a stated claim's passage", []scoring.Item{reading}, .4, 1, masar.DocumentationInferred},
		{"metadata", []scoring.Item{metadata}, .64, 1, masar.DocumentationStated},
		{"metadata of two families", []scoring.Item{in("A", metadata), in("B", metadata)}, .8704, 2, masar.DocumentationStated},
		{"one stated and metadata of another", []scoring.Item{in("A", old), in("B", metadata)}, .928, 2, masar.DocumentationStated},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := masar.Support{
				Nature: masar.Fact, Supports: c.supports, Net: c.supports, Families: c.families, Documentation: c.documentation,
				Status: masar.Supported, AsOf: "2025-01-01", Profile: "default",
			}
			if c.families == 0 {
				want.Status = masar.NoEvidence
			}
			if diff := cmp.Diff(want, newScorer(t).Sum(masar.Fact, c.items), fourDigits); diff != "" {
				t.Error(diff)
			}
		})
	}
	got := newScorer(t).Sum(masar.Fact, []scoring.Item{old, against(old)})
	if got.Status != masar.Contested || got.Net != 0 || got.Conflict != 1 {
		t.Errorf("fact stated by one source and denied by another: %+v", got)
	}
	if got := newScorer(t).Sum(masar.Fact, []scoring.Item{news, against(old)}); got.Status != masar.Refuted {
		t.Errorf("fact in the news, denied by a better source: %+v", got)
	}
}

// Catches: facts that age.
func TestFactsAreTheSameOnEveryDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := someItems(t)
		on := func(name string) masar.Support {
			day := asOf.AddDate(0, 0, rapid.IntRange(-20_000, 20_000).Draw(t, name))
			s, err := scoring.New(scoring.DefaultProfile(), day)
			if err != nil {
				t.Fatal(err)
			}
			support := s.Support(masar.Fact, items)
			support.AsOf = ""
			return support
		}
		if diff := cmp.Diff(on("one day"), on("another day")); diff != "" {
			t.Error(diff)
		}
	})
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
		{"message 9 advances 16.7, an inference", inferred(message, slide, page), // the model's .1722 adds up rounded items
			masar.Support{Supports: .1721, Net: .1721, Families: 2, Certainty: masar.CertaintyLow, Status: masar.Supported}},
		{"the same with the project's page undated", inferred(message, slide, but(page, func(i *scoring.Item) { i.Earliest = math.NaN() })),
			masar.Support{Supports: .1581, Net: .1581, Families: 2, Certainty: masar.CertaintyLow, Status: masar.Supported}},
		{"the same if a source stated it", []scoring.Item{message, slide, page},
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
			c.want.Nature, c.want.AsOf, c.want.Profile = masar.Effect, "2025-01-01", "default"
			if diff := cmp.Diff(c.want, newScorer(t).Sum(masar.Effect, c.items), fourDigits); diff != "" {
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
		if got := scoring.Status(c.supports, c.refutes, scoring.DefaultProfile().Contested); got != c.want {
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
		if got := scoring.Certainty(scoring.DefaultProfile().Certainties, c.net, c.families, c.evaluated); got != c.want {
			t.Errorf("certainty of %+v is %s", c, got)
		}
	}
}

func TestTermsExplainTheSum(t *testing.T) {
	got := newScorer(t).Support(masar.Effect, []scoring.Item{page, message, against(page), slide}).Terms
	escwa := masar.SupportTerm{Family: "ESCWA", Stance: masar.Supports, Quality: .5, Directness: 1, Review: 1}
	want := []masar.SupportTerm{escwa, escwa, {}, {}}
	want[0].EvidenceKey, want[0].Kind, want[0].Age, want[0].Strength, want[0].Weight = "slide", masar.OfficialPresentation, .8935, .4467, .2716
	want[1].EvidenceKey, want[1].Kind, want[1].Age, want[1].Strength = "message 9", masar.OutcomeDocument, .9950, .2488
	want[1].Directness = .5 // no weight: the slide is the strongest of its family
	want[2] = masar.SupportTerm{
		EvidenceKey: "page", Family: "GIZ", Kind: masar.ProjectPage, Stance: masar.Supports,
		Quality: .3, Directness: .5, Age: .9170, Review: 1, Strength: .1376, Weight: .0209,
	}
	want[3] = want[2]
	want[3].EvidenceKey, want[3].Stance, want[3].Weight = "page against", masar.Refutes, .0836 // the only one on its side
	if diff := cmp.Diff(want, got, fourDigits); diff != "" {
		t.Error(diff)
	}
}

// aScorer draws a scorer for claims, or sometimes for goal-level claims counted for a target.
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

func aNature(t *rapid.T) masar.ClaimNature {
	return rapid.SampledFrom(masar.ClaimNatures).Draw(t, "nature")
}

// someItems draws items with distinct keys from a few families, so that equal families and ties are common.
func someItems(t *rapid.T) []scoring.Item {
	items := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) scoring.Item {
		return scoring.Item{
			Family:     rapid.StringMatching("[A-L]?").Draw(t, "family"),
			Kind:       rapid.SampledFrom(masar.EvidenceKinds).Draw(t, "kind"),
			Stance:     rapid.SampledFrom(masar.Stances).Draw(t, "stance"),
			Directness: rapid.SampledFrom(masar.Directnesses).Draw(t, "directness"),
			Basis:      rapid.SampledFrom(masar.Bases).Draw(t, "basis"),
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
		s, nature, items := aScorer(t), aNature(t), someItems(t)
		support := s.Support(nature, items)
		weights := map[masar.Stance]float64{}
		for _, term := range support.Terms {
			weights[term.Stance] += term.Weight
		}
		if math.Abs(weights[masar.Supports]-support.Supports) > 1e-12 || math.Abs(weights[masar.Refutes]-support.Refutes) > 1e-12 {
			t.Errorf("the weights add up to %v, but the sums are %v and %v", weights, support.Supports, support.Refutes)
		}
		support.Terms = nil
		if diff := cmp.Diff(s.Sum(nature, items), support); diff != "" {
			t.Error(diff)
		}
	})
}

// Catches: any difference from the formula, computed slowly from the terms.
func TestSumIsTheFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, nature, items := aScorer(t), aNature(t), someItems(t)
		strongest := map[masar.Stance]map[string]float64{masar.Supports: {}, masar.Refutes: {}}
		for _, term := range s.Support(nature, items).Terms {
			of := strongest[term.Stance]
			of[term.Family] = max(of[term.Family], term.Quality*term.Directness*term.Age*term.Review)
		}
		sum := func(stance masar.Stance) (total float64) {
			doubt := 1.
			for i, strength := range slices.Backward(slices.Sorted(maps.Values(strongest[stance]))) {
				rank := float64(len(strongest[stance]) - i)
				total += strength / (rank * rank)
				doubt *= 1 - .8*strength
			}
			if nature == masar.Fact {
				return 1 - doubt
			}
			return total / (math.Pi * math.Pi / 6)
		}
		got := s.Sum(nature, items)
		if diff := cmp.Diff([]float64{sum(masar.Supports), sum(masar.Refutes)}, []float64{got.Supports, got.Refutes}, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, nature, items := aScorer(t), aNature(t), someItems(t)
		shuffled := rapid.Permutation(items).Draw(t, "shuffled")
		if diff := cmp.Diff(s.Support(nature, items), s.Support(nature, shuffled)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestMoreSupportNeverLowersIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, nature, items := aScorer(t), aNature(t), someItems(t)
		before, after := masar.Support{}, masar.Support{}
		for n := range items {
			items[n].Stance = masar.Supports
			if after = s.Sum(nature, items[:n+1]); after.Supports < before.Supports || after.Families < before.Families {
				t.Errorf("%+v lowers %+v to %+v", items[n], before, after)
			}
			before = after
		}
	})
}

func TestWeakerItemInKnownFamilyChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, nature, items := aScorer(t), aNature(t), someItems(t)
		terms := s.Support(nature, items).Terms
		if len(terms) == 0 {
			t.Skip("the drawn items have no family")
		}
		known := rapid.SampledFrom(terms).Draw(t, "known")
		weaker := someItems(t)
		for i := range weaker {
			weaker[i].Family, weaker[i].Stance = known.Family, known.Stance
		}
		alone := s.Sum(nature, []scoring.Item{*item(items, known.EvidenceKey)})
		strongest := max(alone.Supports, alone.Refutes)
		weaker = slices.DeleteFunc(weaker, func(item scoring.Item) bool {
			alone := s.Sum(nature, []scoring.Item{item})
			return max(alone.Supports, alone.Refutes) >= strongest
		})
		before, after := s.Sum(nature, items), s.Sum(nature, append(items, weaker...))
		before.Documentation, after.Documentation = "", "" // even a weak item that states the claim counts as a statement
		if diff := cmp.Diff(before, after); diff != "" {
			t.Error(diff)
		}
	})
}

func item(items []scoring.Item, key masar.EvidenceKey) *scoring.Item {
	return &items[slices.IndexFunc(items, func(i scoring.Item) bool { return i.Key == key })]
}

func TestSwappingStancesSwapsTheSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, nature, items := aScorer(t), aNature(t), someItems(t)
		swapped := slices.Clone(items)
		for i := range swapped {
			if items[i].Stance == masar.Supports {
				swapped[i].Stance = masar.Refutes
			} else {
				swapped[i].Stance = masar.Supports
			}
		}
		a, b := s.Sum(nature, items), s.Sum(nature, swapped)
		if a.Supports != b.Refutes || a.Refutes != b.Supports || a.Conflict != b.Conflict {
			t.Errorf("%+v, swapped %+v", a, b)
		}
	})
}

func TestEverythingKeepsItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, nature, items := aScorer(t), aNature(t), someItems(t)
		got := s.Support(nature, items)
		for name, value := range map[string]float64{"S⁺": got.Supports, "S⁻": got.Refutes, "N": got.Net} {
			if !(value >= 0 && value <= 1) {
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

// Catches: evidence with more support for a target than for its goal.
func TestForTargetOnlyLowers(t *testing.T) {
	s := newScorer(t)
	rapid.Check(t, func(t *rapid.T) {
		items := someItems(t)
		nature := aNature(t)
		goal, target := s.Sum(nature, items), s.ForTarget().Sum(nature, items)
		if target.Supports > goal.Supports || target.Refutes > goal.Refutes {
			t.Errorf("goal %+v, target %+v", goal, target)
		}
	})
}

func TestSumAllocatesNothing(t *testing.T) {
	s, items := newScorer(t), append(families(8, perfect), against(slide), message, page)[:9]
	if n := testing.AllocsPerRun(100, func() { s.Sum(masar.Effect, items) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkSum(b *testing.B) {
	s, items := newScorer(b), []scoring.Item{message, slide, page}
	b.ReportAllocs()
	for b.Loop() {
		s.Sum(masar.Effect, items)
	}
}

func BenchmarkSupport(b *testing.B) {
	s, items := newScorer(b), []scoring.Item{message, slide, page}
	b.ReportAllocs()
	for b.Loop() {
		s.Support(masar.Effect, items)
	}
}
