package scoring

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"masar"
)

// DefaultProfile is the profile "default", fresh for each caller to keep or change.
//
// The weights are judgements of Masar's own, to be argued with and overridden. What each one rests on:
//   - Quality follows the hierarchy of evidence: syntheses and measured effects first, then official counts and
//     reviewed texts, then what an organization says of its own work, and opinion last.
//   - Authority is what a source's word on a fact is worth. An organization knows what it does and whom it works with, so
//     its own page counts in full; a described case and the news are second hand, and an opinion is no record.
//   - Directness follows GRADE's domain of indirectness: the further a passage is from joining both ends, the less it counts.
//     Words on a goal count .7, and half where a goal-level claim is counted for one of the goal's targets.
//   - MetadataForFact is .8: that a document names its issuer is good evidence of who issued it, and none of an effect.
//   - SingleFamily is .8: one source that states a fact leaves a fifth in doubt, and each further source a fifth of the rest.
//   - HalfLife is 8 years and AgeFloor .3: evidence of an effect fades with the systems that it describes, but never to
//     nothing. Facts do not age.
//   - OCRDoubt is .8: a misread word seldom overturns what a passage says.
//   - Tailoring puts evidence first; whether a country needs a thing and can carry it out count alike, and that others
//     have done it counts least, since a case shows what is possible and not that it will be so elsewhere.
//   - RegionalNeed is .5, as for a goal and its targets: what is said of a region is not said of each of its countries.
//   - Maturity gives the UN's two indices .6 together and the World Bank's .4. EPI counts half as much as EGDI: it comes out
//     of the same survey and measures one side of it.
//   - Context gives the income group twice the weight of any other thing in common: it stands for what a country can spend.
//   - DefaultAvailability is .7: a country that has shared practices before is likelier to do so again.
//   - PilotShare is .2: a pilot is small beside what it prepares. No source gives a figure, and plans that use it say so.
func DefaultProfile() masar.ScoringProfile {
	return masar.ScoringProfile{
		Name: "default",
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
		GoalForTarget:       .5,
		MetadataForFact:     .8,
		SingleFamily:        .8,
		HalfLife:            8,
		AgeFloor:            .3,
		OCRDoubt:            .8,
		Tailoring:           masar.TailoringWeights{Evidence: .30, Need: .25, Fit: .25, Transfer: .20},
		RegionalNeed:        .5,
		Maturity:            []masar.IndexWeight{{Indicator: "EGDI", Weight: .4}, {Indicator: "EPI", Weight: .2}, {Indicator: "GTMI", Weight: .4}},
		Context:             masar.ContextWeights{Income: 1, LeastDeveloped: .5, Language: .5, Membership: .5},
		DefaultAvailability: .7,
		PilotShare:          .2,
	}
}

// Scorer computes support by one profile as of one day. It never changes: any number of goroutines may share it.
type Scorer struct {
	profile    masar.ScoringProfile
	quality    map[masar.EvidenceKind]float64
	authority  map[masar.EvidenceKind]float64
	directness map[masar.Directness]float64
	forTarget  bool    // whether claims about a goal are counted for one of its targets
	asOf       string  // YYYY-MM-DD
	year       float64 // the same day as a decimal year
}

// New compiles a profile for the day of asOf in UTC; the time of day is dropped, so that the day that an answer names
// is enough to compute it again.
//
// A profile gives every kind of evidence and every degree of directness just one weight, each weight is within [0,1], and
// the half-life is a positive number of years. Anything else is a *masar.Error of code BAD_INPUT that names the argument,
// such as profile.quality[2].weight.
func New(profile masar.ScoringProfile, asOf time.Time) (*Scorer, error) {
	if asOf.IsZero() {
		return nil, masar.NewArgumentError(masar.CodeBadInput, "asOf", "error.profile.as_of", nil)
	}
	if err := cmp.Or(
		masar.CheckShare("profile.goalForTarget", profile.GoalForTarget),
		masar.CheckShare("profile.metadataForFact", profile.MetadataForFact),
		masar.CheckShare("profile.singleFamily", profile.SingleFamily),
		masar.CheckShare("profile.ageFloor", profile.AgeFloor),
		masar.CheckShare("profile.ocrDoubt", profile.OCRDoubt),
		masar.CheckShare("profile.regionalNeed", profile.RegionalNeed),
		masar.CheckShare("profile.defaultAvailability", profile.DefaultAvailability),
		checkAdvice(profile),
		masar.CheckShare("profile.pilotShare", profile.PilotShare),
	); err != nil {
		return nil, err
	}
	if !(profile.HalfLife > 0) || math.IsInf(profile.HalfLife, 1) { // not "<= 0", which NaN would pass
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

// ForTarget is the scorer for goal-level claims that are counted for one of the goal's targets. There no evidence is more
// direct than GoalForTarget: what names a goal, however plainly, does not name the target. Being a cap, it never raises
// S⁺ or S⁻; evidence never says more of a target than of its goal.
func (s *Scorer) ForTarget() *Scorer {
	capped := *s
	capped.forTarget = true
	return &capped
}

// checkAdvice sees to the weights of which a mean is made: each is a weight, and together they are above 0.
func checkAdvice(profile masar.ScoringProfile) error {
	tailoring, context := profile.Tailoring, profile.Context
	if err := checkMean("profile.tailoring", tailoring.Evidence, tailoring.Need, tailoring.Fit, tailoring.Transfer); err != nil {
		return err
	}
	if err := checkMean("profile.context", context.Income, context.LeastDeveloped, context.Language, context.Membership); err != nil {
		return err
	}
	weights := make([]float64, len(profile.Maturity))
	for i, index := range profile.Maturity {
		weights[i] = index.Weight
		if slices.ContainsFunc(profile.Maturity[:i], func(other masar.IndexWeight) bool { return other.Indicator == index.Indicator }) {
			return masar.NewArgumentError(masar.CodeBadInput, "profile.maturity", "error.list.duplicate", masar.Args{"value": index.Indicator})
		}
	}
	return checkMean("profile.maturity", weights...)
}

func checkMean(argument string, weights ...float64) error {
	sum := 0.
	for _, weight := range weights {
		if err := masar.CheckShare(argument, weight); err != nil {
			return err
		}
		sum += weight
	}
	if sum == 0 {
		return masar.NewArgumentError(masar.CodeBadInput, argument, "error.weight.all_zero", nil)
	}
	return nil
}

// compile makes a table of weights, having seen that it holds each of the known names just once.
func compile[Name ~string, Entry any](argument string, known []Name, entries []Entry, split func(Entry) (Name, float64)) (map[Name]float64, error) {
	table := make(map[Name]float64, len(known))
	for i, entry := range entries {
		name, weight := split(entry)
		if err := masar.CheckShare(fmt.Sprintf("%s[%d].weight", argument, i), weight); err != nil {
			return nil, err
		}
		if _, twice := table[name]; twice || !slices.Contains(known, name) {
			return nil, masar.NewArgumentError(masar.CodeBadInput, argument, "error.profile.name", masar.Args{"name": string(name), "allowed": names(known)})
		}
		table[name] = weight
	}
	for _, name := range known {
		if _, given := table[name]; !given {
			return nil, masar.NewArgumentError(masar.CodeBadInput, argument, "error.profile.missing", masar.Args{"name": string(name), "allowed": names(known)})
		}
	}
	return table, nil
}

// names are the names of weights as a profile gives them.
func names[Name ~string](known []Name) []string {
	all := make([]string, len(known))
	for i, name := range known {
		all[i] = string(name)
	}
	return all
}

// ProfileNamed is the profile of a name; nil where there is none.
func ProfileNamed(name string) *masar.ScoringProfile {
	if p := DefaultProfile(); p.Name == name {
		return &p
	}
	return nil
}
