package scoring

import (
	"cmp"
	"fmt"
	"math"
	"time"

	"masar"
)

// DefaultProfile is the profile "default", a new copy for each caller.
//
// The weights are Masar's own judgements, open to debate and to overrides. Their reasons:
//   - Quality follows the hierarchy of evidence: syntheses and measured effects first, then official counts and
//     reviewed texts, then organizations' reports about their own work, and opinion last.
//   - Authority is the value of a source for a fact. An organization knows its own work and partners, so its own page
//     counts in full. A descriptive case study and the news are second-hand, and an opinion is no record.
//   - Directness follows GRADE's domain of indirectness: the less directly a passage connects both ends, the less it counts.
//     A passage about a goal counts .7, and half if a goal-level claim is counted for one of the goal's targets.
//   - MetadataForFact is .8: a document that names its issuer is good evidence of who issued it, and none of an effect.
//   - SingleFamily is .8: one source that states a fact leaves a doubt of .2, and each further source .2 of the rest.
//   - HalfLife is 8 years and AgeFloor .3: evidence of an effect loses weight as the systems that it describes change,
//     but keeps some. Facts do not age.
//   - OCRDoubt is .8: a misread word seldom changes the meaning of a passage.
//   - Tailoring gives evidence the highest weight. A country's need and its means count the same. Experience of others
//     counts least, because a case shows what is possible, not what will happen elsewhere.
//   - Certainties require more than a single source can show: HIGH needs three source families and a measured effect.
//   - Contested is a conflict of .5: the weaker side has at least a third of the support of the stronger one.
//   - RegionalNeed is .5, as for a goal and its targets: a claim about a region is not one about each of its countries.
//   - BandFade is .15 below and .30 above: too early is worse than too late. Without the means a country fails, while
//     what it has outgrown is only less useful.
//   - Maturity gives the UN's two indices .6 together and the World Bank's .4. EPI counts half as much as EGDI, because
//     it comes from the same survey and measures one aspect.
//   - Context gives the income group twice the weight of any other property: it indicates what a country can spend.
//   - MaturityStep is 1 from .10 to .35 ahead and falls to .4: a country far ahead is hard to follow.
//   - UnnamedCase is .05: about a case that a table only counts, nothing is known but that it exists.
//   - DefaultAvailability is .7: a country that has shared practices before is more likely to do so again.
//   - PilotShare is .2: a pilot is small compared with what it prepares. No source has a figure, and plans that use it say so.
//   - Paths takes the weight of each predicate from masar.PredicateSpecs. A step keeps half of it without support, each
//     further step counts .9, and an entity with more than 25 claims is damped: it is linked with nearly everything.
//   - Gaps calls thin what certainty calls VERY_LOW, and stale what is more than five years old in a field that changes fast.
func DefaultProfile() masar.ScoringProfile {
	return masar.ScoringProfile{
		Name: string(masar.ProfileDefault),
		Quality: []masar.QualityWeight{
			{Kind: masar.SystematicReview, Weight: 1},
			{Kind: masar.ImpactEvaluation, Weight: .85},
			{Kind: masar.OfficialStatistic, Weight: .8},
			{Kind: masar.PeerReviewed, Weight: .7},
			{Kind: masar.EvaluatedCase, Weight: .6},
			{Kind: masar.OrganizationReport, Weight: .6},
			{Kind: masar.OutcomeDocument, Weight: .5},
			{Kind: masar.OfficialPresentation, Weight: .5},
			{Kind: masar.DescriptiveCase, Weight: .4},
			{Kind: masar.ProjectPage, Weight: .3},
			{Kind: masar.News, Weight: .3},
			{Kind: masar.Opinion, Weight: .2},
		},
		Authority: []masar.QualityWeight{
			{Kind: masar.SystematicReview, Weight: 1},
			{Kind: masar.ImpactEvaluation, Weight: 1},
			{Kind: masar.OfficialStatistic, Weight: 1},
			{Kind: masar.PeerReviewed, Weight: 1},
			{Kind: masar.EvaluatedCase, Weight: 1},
			{Kind: masar.OrganizationReport, Weight: 1},
			{Kind: masar.OutcomeDocument, Weight: 1},
			{Kind: masar.OfficialPresentation, Weight: 1},
			{Kind: masar.DescriptiveCase, Weight: .9},
			{Kind: masar.ProjectPage, Weight: 1},
			{Kind: masar.News, Weight: .8},
			{Kind: masar.Opinion, Weight: .4},
		},
		Directness: []masar.DirectnessWeight{
			{Directness: masar.Named, Weight: 1},
			{Directness: masar.GoalNamed, Weight: .7},
			{Directness: masar.CuratorsReading, Weight: .5},
			{Directness: masar.MetadataOnly, Weight: .3},
		},
		GoalForTarget:   .5,
		MetadataForFact: .8,
		SingleFamily:    .8,
		HalfLife:        8,
		AgeFloor:        .3,
		OCRDoubt:        .8,
		Certainties: []masar.CertaintyCondition{
			{Certainty: masar.CertaintyHigh, Net: .60, Families: 3, Evaluated: true},
			{Certainty: masar.CertaintyModerate, Net: .45, Families: 2},
			{Certainty: masar.CertaintyLow, Net: .15},
		},
		Contested:           .5,
		Tailoring:           masar.TailoringWeights{Evidence: .30, Need: .25, Fit: .25, Transfer: .20},
		RegionalNeed:        .5,
		BandFade:            masar.BandFade{Below: .15, Above: .30},
		Maturity:            []masar.IndexWeight{{Indicator: "EGDI", Weight: .4}, {Indicator: "EPI", Weight: .2}, {Indicator: "GTMI", Weight: .4}},
		Context:             masar.ContextWeights{Income: 1, LeastDeveloped: .5, Language: .5, Membership: .5},
		MaturityStep:        masar.MaturityStep{Full: .10, Falling: .35, Far: .60, FarFactor: .4},
		UnnamedCase:         .05,
		DefaultAvailability: .7,
		PilotShare:          .2,
		Paths:               masar.PathWeights{Unsupported: .5, Hop: .9, Busy: 25, Predicates: predicateWeights()},
		Gaps:                masar.GapBounds{ThinNet: .15, SynthesisFamilies: 3, StaleYears: 5, LikeMaturity: .15},
	}
}

// predicateWeights are those of masar.PredicateSpecs.
func predicateWeights() []masar.PredicateWeight {
	weights := make([]masar.PredicateWeight, len(masar.Predicates))
	for i, p := range masar.Predicates {
		weights[i] = masar.PredicateWeight{Predicate: p, Weight: masar.PredicateSpecs[p].Weight}
	}
	return weights
}

// Scorer computes support with one profile, as of one day. It never changes and is safe for concurrent use.
type Scorer struct {
	profile    masar.ScoringProfile
	quality    map[masar.EvidenceKind]float64
	authority  map[masar.EvidenceKind]float64
	directness map[masar.Directness]float64
	forTarget  bool    // whether claims about a goal are counted for one of its targets
	asOf       string  // YYYY-MM-DD
	year       float64 // the same day as a decimal year
}

// New compiles a profile for the day of asOf in UTC. It ignores the time of day, so the day in an answer is enough to
// compute it again.
//
// A profile has exactly one weight for every kind of evidence and every directness. Weights are within [0,1], and the
// half-life is a positive number of years. Otherwise New returns a *masar.Error with code BAD_INPUT that names the
// argument, such as profile.quality[2].weight.
func New(profile masar.ScoringProfile, asOf time.Time) (*Scorer, error) {
	if asOf.IsZero() {
		return nil, masar.NewArgumentError(masar.CodeBadInput, "asOf", "error.profile.as_of", nil)
	}
	if err := cmp.Or(checkShares(profile), checkBounds(profile), checkAdvice(profile), checkCertainties(profile.Certainties), checkPaths(profile.Paths)); err != nil {
		return nil, err
	}
	if !(profile.HalfLife > 0) || math.IsInf(profile.HalfLife, 1) { // not "<= 0", which would accept NaN
		return nil, masar.NewArgumentError(masar.CodeBadInput, "profile.halfLife", "error.profile.half_life", masar.Args{"given": fmt.Sprint(profile.HalfLife)})
	}
	ofKind := func(w masar.QualityWeight) (masar.EvidenceKind, float64) { return w.Kind, w.Weight }
	quality, err := compile("profile.quality", masar.EvidenceKinds, profile.Quality, ofKind)
	if err != nil {
		return nil, err
	}
	authority, err := compile("profile.authority", masar.EvidenceKinds, profile.Authority, ofKind)
	if err != nil {
		return nil, err
	}
	directness, err := compile("profile.directness", masar.Directnesses, profile.Directness,
		func(w masar.DirectnessWeight) (masar.Directness, float64) { return w.Directness, w.Weight })
	if err != nil {
		return nil, err
	}
	day := asOf.UTC().Truncate(24 * time.Hour)
	return &Scorer{
		profile: profile, quality: quality, authority: authority, directness: directness,
		asOf: day.Format(time.DateOnly), year: masar.DecimalYear(day),
	}, nil
}

// ForTarget is the scorer for goal-level claims that are counted for one of the goal's targets. It limits the
// directness of all evidence to GoalForTarget, because a passage that names a goal does not name the target. As a
// limit it never raises S⁺ or S⁻: a target never has more of either than its goal.
func (s *Scorer) ForTarget() *Scorer {
	capped := *s
	capped.forTarget = true
	return &capped
}

// ProfileNamed is the profile with a name; nil if there is none.
func ProfileNamed(name string) *masar.ScoringProfile {
	if p := DefaultProfile(); p.Name == name {
		return &p
	}
	return nil
}
