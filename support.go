package masar

// Support is how well the evidence supports a claim, and why. An effect has a certainty, a fact a documentation.
type Support struct {
	Nature ClaimNature
	// Supports and Refutes are the sums S⁺ and S⁻ of the evidence for and against, each in [0,1].
	Supports, Refutes float64
	// Net is max(0, S⁺−S⁻).
	Net float64
	// Conflict is 2·min(S⁺,S⁻)/(S⁺+S⁻), in [0,1]; 0 without evidence.
	Conflict float64
	// Certainty is the certainty of an effect; empty for a fact.
	Certainty Certainty
	// Documentation is the documentation of a fact; empty for an effect.
	Documentation Documentation
	Status        SupportStatus
	// Families is the number of independent source families that support the claim.
	Families int
	// AsOf is the as-of date, for which the age of the evidence is computed, as YYYY-MM-DD.
	AsOf string
	// Profile is the name of the scoring profile.
	Profile string
	// AtTarget says that a claim about a goal is counted for one of the goal's targets.
	AtTarget bool
	// Inferred says that the claim is inferred.
	Inferred bool
	// Terms are the evidence items that were counted, strongest first.
	Terms []SupportTerm
}

// Documentation says how well a fact is documented. A documented fact does not age and has no grade.
type Documentation string

// The documentations. CORROBORATED is stated by at least two source families, without metadata.
const (
	DocumentationCorroborated Documentation = "CORROBORATED"
	DocumentationStated       Documentation = "STATED"
	DocumentationInferred     Documentation = "INFERRED"
	DocumentationNone         Documentation = "NONE"
)

// Documentations lists the documentations, best first.
var Documentations = []Documentation{DocumentationCorroborated, DocumentationStated, DocumentationInferred, DocumentationNone}

// Certainty is the certainty of the evidence in GRADE's terms.
type Certainty string

// The certainties.
const (
	CertaintyHigh     Certainty = "HIGH"
	CertaintyModerate Certainty = "MODERATE"
	CertaintyLow      Certainty = "LOW"
	CertaintyVeryLow  Certainty = "VERY_LOW"
)

// Certainties lists the certainties, highest first.
var Certainties = []Certainty{CertaintyHigh, CertaintyModerate, CertaintyLow, CertaintyVeryLow}

// SupportStatus summarizes the evidence for and against.
type SupportStatus string

// The statuses of support: REFUTED if S⁻ > S⁺, CONTESTED if the conflict is at least .5.
const (
	NoEvidence SupportStatus = "NO_EVIDENCE"
	Supported  SupportStatus = "SUPPORTED"
	Contested  SupportStatus = "CONTESTED"
	Refuted    SupportStatus = "REFUTED"
)

// SupportStatuses lists the statuses of support.
var SupportStatuses = []SupportStatus{NoEvidence, Supported, Contested, Refuted}

// SupportTerm is the contribution of one evidence item: strength = quality · directness · age · review.
type SupportTerm struct {
	// EvidenceKey is the evidence item, and Document the code of its document.
	EvidenceKey EvidenceKey
	Document    string
	Family      string
	Kind        EvidenceKind
	Stance      Stance
	// Quality, Directness, Age and Review are the factors, each in [0,1]. For a fact, Quality is the authority of the
	// kind of evidence, and Age is 1.
	Quality, Directness, Age, Review float64
	// Strength is their product.
	Strength float64
	// Weight is the term's share of the sum; 0 unless it is the strongest of its family. For an effect it is
	// (6/π²)·strength/rank². For a fact it is the reduction of doubt after the stronger families.
	Weight float64
}

// ScoringProfile is a named set of weights for computing support and advice.
type ScoringProfile struct {
	Name string
	// Quality are the qualities of evidence kinds for effects, in [0,1].
	Quality []QualityWeight
	// Authority are the authorities of evidence kinds on facts, in [0,1].
	Authority []QualityWeight
	// Directness are the factors of the degrees of directness, in [0,1].
	Directness []DirectnessWeight
	// GoalForTarget is the factor of evidence about a goal that is counted for one of the goal's targets.
	GoalForTarget float64
	// MetadataForFact is the factor of metadata as evidence of a fact. For effects see Directness.
	MetadataForFact float64
	// SingleFamily is the support of a fact stated in full by one source family.
	SingleFamily float64
	// HalfLife is the age in years at which evidence counts half. AgeFloor is the minimum age factor.
	HalfLife, AgeFloor float64
	// OCRDoubt is the factor of a passage that text recognition may have misread.
	OCRDoubt float64
	// Tailoring are the weights of the components of a recommendation's score for a country.
	Tailoring TailoringWeights
	// RegionalNeed is the factor of a region's challenge that is counted for a country in the region.
	RegionalNeed float64
	// Maturity are the weights of the indices in a country's maturity.
	Maturity []IndexWeight
	// Context are the weights of common properties of two countries.
	Context ContextWeights
	// DefaultAvailability is the availability for twinning of a country not known to have sent practices of its own.
	DefaultAvailability float64
	// PilotShare is the pilot's share of a recommendation's cost in an action plan.
	PilotShare float64
}

// TailoringWeights are the weights of the components of a recommendation's score for a country.
type TailoringWeights struct{ Evidence, Need, Fit, Transfer float64 }

// IndexWeight is the weight of an index in a country's maturity.
type IndexWeight struct {
	// Indicator is the code of the index, whose values are from 0 to 1.
	Indicator string
	Weight    float64
}

// ContextWeights are the weights of common properties of two countries: the income group, being least developed, each
// official language and each membership.
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

// ScoreRange is a number that may not be exactly known. All its parts are in [0,1].
type ScoreRange struct {
	// Point is the middle of Low and High.
	Point float64
	// Low and High are the minimum and maximum, given what is unknown.
	Low, High float64
	// Coverage is how much is known.
	Coverage float64
}

// ScoreEnd is one of the numbers of a score.
type ScoreEnd string

// The numbers of a score.
const (
	RankByPoint ScoreEnd = "POINT"
	RankByLow   ScoreEnd = "LOW"
	RankByHigh  ScoreEnd = "HIGH"
)

// At is the number at an end of the score.
func (s *ScoreRange) At(end ScoreEnd) float64 {
	switch end {
	case RankByLow:
		return s.Low
	case RankByHigh:
		return s.High
	}
	return s.Point
}
