package masar

// ProfileName is the name of a scoring profile.
type ProfileName string

// ProfileDefault is the name of the profile that Masar judges with by default.
const ProfileDefault ProfileName = "default"

// ScoringProfile is a named set of all numbers that Masar judges with: support, certainty, paths, gaps and advice.
type ScoringProfile struct {
	Name string
	// Quality gives each kind of evidence its quality as evidence of an effect, in [0,1].
	Quality []QualityWeight
	// Authority gives each kind of evidence its authority on facts, in [0,1].
	Authority []QualityWeight
	// Directness gives each degree of directness its factor, in [0,1].
	Directness []DirectnessWeight
	// GoalForTarget is the factor of evidence that names a goal when it is counted for one of the goal's targets.
	GoalForTarget float64
	// MetadataForFact is the factor of metadata as evidence of a fact; Directness has that for an effect.
	MetadataForFact float64
	// SingleFamily is the support of a fact that one source family states in full.
	SingleFamily float64
	// HalfLife is the age in years at which evidence counts half; AgeFloor is the least that age leaves of it.
	HalfLife, AgeFloor float64
	// OCRDoubt is the factor of a passage that recognition may have misread.
	OCRDoubt float64
	// Certainties are the conditions of the certainties above VERY_LOW, from the highest; the first that holds counts.
	Certainties []CertaintyCondition
	// Contested is the conflict from which a claim is contested.
	Contested float64
	// Tailoring weighs the components of a recommendation's score for a country.
	Tailoring TailoringWeights
	// RegionalNeed is the factor of a challenge that is stated of a region when it is counted for a country in it.
	RegionalNeed float64
	// BandFade says how fast the fit falls outside of a maturity band.
	BandFade BandFade
	// Maturity weighs the indices that a country's maturity is the mean of.
	Maturity []IndexWeight
	// Context weighs what two countries can have in common.
	Context ContextWeights
	// MaturityStep says how well a country can learn from one whose maturity is higher.
	MaturityStep MaturityStep
	// UnnamedCase is what a case study counts in twinning that a table counts without naming it.
	UnnamedCase float64
	// DefaultAvailability is the availability for twinning of a country that is not known to have sent practices of its own.
	DefaultAvailability float64
	// PilotShare is the share of a recommendation's cost that its pilot takes in an action plan.
	PilotShare float64
	// Paths weighs the steps of evidence paths.
	Paths PathWeights
	// Gaps are the bounds of what makes a gap of the gap map.
	Gaps GapBounds
}

// CertaintyCondition is what a certainty requires: a net support and a number of source families, and of one of these an
// evaluation.
type CertaintyCondition struct {
	Certainty Certainty
	Net       float64
	Families  int
	Evaluated bool
}

// BandFade has the widths over which the fit falls below and above a maturity band: to 1/e at one width from it.
type BandFade struct{ Below, Above float64 }

// MaturityStep says how well a country can learn from one whose maturity is higher by a difference: the factor rises from 0
// at no difference to 1 at Full, stays until Falling, and falls to FarFactor at Far and beyond.
type MaturityStep struct{ Full, Falling, Far, FarFactor float64 }

// PathWeights weigh the steps of evidence paths. A step along a claim counts ω · (Unsupported + (1 − Unsupported)·N).
type PathWeights struct {
	// Unsupported is what a step along a claim of net support 0 keeps.
	Unsupported float64
	// Hop is the factor of each step after the first.
	Hop float64
	// Busy is the number of claims at an entity above which a path through it is damped.
	Busy int
	// Predicates has the weight ω of each predicate.
	Predicates []PredicateWeight
}

// PredicateWeight is the weight of a step along the claims of a predicate.
type PredicateWeight struct {
	Predicate Predicate
	Weight    float64
}

// GapBounds are the bounds of what makes a gap.
type GapBounds struct {
	// ThinNet is the net support below which a cell is thin; one source family alone is thin, too.
	ThinNet float64
	// SynthesisFamilies is the number of source families that want a review.
	SynthesisFamilies int
	// StaleYears is the age in years above which the newest evidence is stale.
	StaleYears float64
	// LikeMaturity is how far the maturity of a like country may be off.
	LikeMaturity float64
}

// TailoringWeights weigh the components of a recommendation's score for a country.
type TailoringWeights struct{ Evidence, Need, Fit, Transfer float64 }

// IndexWeight is the weight of an index in a country's maturity.
type IndexWeight struct {
	// Indicator is the code of the index, whose values are from 0 to 1.
	Indicator string
	Weight    float64
}

// ContextWeights weigh what two countries can have in common: the income group, being least developed, each official
// language and each membership.
type ContextWeights struct{ Income, LeastDeveloped, Language, Membership float64 }

// QualityWeight is the quality of a kind of evidence.
type QualityWeight struct {
	Kind   EvidenceKind
	Weight float64
}

// DirectnessWeight is the factor of a degree of directness.
type DirectnessWeight struct {
	Directness Directness
	Weight     float64
}
