package masar

import "slices"

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

// Highest returns the highest of certainties; empty if there are none.
func Highest(found []Certainty) Certainty {
	for _, c := range Certainties {
		if slices.Contains(found, c) {
			return c
		}
	}
	return ""
}

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

// ScoreRange is a number that may not be known exactly. All its parts are in [0,1].
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
