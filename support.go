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
	// Certainty is an effect's; empty for a fact.
	Certainty Certainty
	// Documentation is a fact's; empty for an effect.
	Documentation Documentation
	Status        SupportStatus
	// Families is the number of independent source families that support the claim.
	Families int
	// AsOf is the day, as YYYY-MM-DD, at which the age of the evidence was computed.
	AsOf string
	// Profile is the name of the scoring profile.
	Profile string
	// AtTarget says that a claim about a goal is counted for one of the goal's targets.
	AtTarget bool
	// Inferred says that a curator inferred the claim.
	Inferred bool
	// Terms are the evidence items that were counted, strongest first.
	Terms []SupportTerm
}

// Documentation says how well a fact is documented. A documented fact does not fade, and is not graded.
type Documentation string

// The documentations. CORROBORATED is stated by two source families or more, metadata not counted.
const (
	DocumentationCorroborated Documentation = "CORROBORATED"
	DocumentationStated       Documentation = "STATED"
	DocumentationInferred     Documentation = "INFERRED"
	DocumentationNone         Documentation = "NONE"
)

// Documentations lists the documentations, from the best.
var Documentations = []Documentation{DocumentationCorroborated, DocumentationStated, DocumentationInferred, DocumentationNone}

// Certainty is the certainty of the evidence in GRADE's words.
type Certainty string

// The certainties.
const (
	CertaintyHigh     Certainty = "HIGH"
	CertaintyModerate Certainty = "MODERATE"
	CertaintyLow      Certainty = "LOW"
	CertaintyVeryLow  Certainty = "VERY_LOW"
)

// Certainties lists the certainties, from the highest.
var Certainties = []Certainty{CertaintyHigh, CertaintyModerate, CertaintyLow, CertaintyVeryLow}

// SupportStatus sums up evidence for and against.
type SupportStatus string

// The states of support: REFUTED where S⁻ > S⁺, CONTESTED where the conflict is at least .5.
const (
	NoEvidence SupportStatus = "NO_EVIDENCE"
	Supported  SupportStatus = "SUPPORTED"
	Contested  SupportStatus = "CONTESTED"
	Refuted    SupportStatus = "REFUTED"
)

// SupportStatuses lists the states of support.
var SupportStatuses = []SupportStatus{NoEvidence, Supported, Contested, Refuted}

// SupportTerm explains what one evidence item adds: strength = quality · directness · age · review.
type SupportTerm struct {
	// EvidenceKey is the evidence item, and Document the code of the document that it points into.
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
	// Weight is what the term adds to its sum; 0 unless it is the strongest of its family. For an effect it is
	// (6/π²)·strength/rank²; for a fact, what it leaves less in doubt than the stronger families together.
	Weight float64
}

// ScoringProfile is a named set of the weights that support is computed with.
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
	// Tailoring weighs the components of a recommendation's score for a country.
	Tailoring TailoringWeights
	// RegionalNeed is the factor of a challenge that is stated of a region when it is counted for a country in it.
	RegionalNeed float64
	// Maturity weighs the indices that a country's maturity is the mean of.
	Maturity []IndexWeight
	// Context weighs what two countries can have in common.
	Context ContextWeights
	// DefaultAvailability is the availability for twinning of a country that is not known to have sent practices of its own.
	DefaultAvailability float64
	// PilotShare is the share of a recommendation's cost that its pilot takes in an action plan.
	PilotShare float64
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

// Score is a number that may not be known exactly. All its parts are in [0,1].
type Score struct {
	// Point is the middle of Low and High.
	Point float64
	// Low and High are the minimum and the maximum, whatever is unknown.
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
func (s *Score) At(end ScoreEnd) float64 {
	switch end {
	case RankByLow:
		return s.Low
	case RankByHigh:
		return s.High
	}
	return s.Point
}
