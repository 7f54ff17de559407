package masar

// TailoredArgs ask which recommendations suit a country. A nil argument asks nothing.
type TailoredArgs struct {
	// Country is a code.
	Country string
	// Target is the code of an SDG target or goal that is to be advanced.
	Target *string
	// First is how many are asked for, from 0 to 100; 20 when it is nil.
	First *int
	// RankBy is the end of their scores that they are ordered by; the point when it is nil.
	RankBy *ScoreEnd
	// Done is what has been carried out.
	Done []*DoneInput
}

// DoneInput says how far a recommendation has been carried out.
type DoneInput struct {
	// Recommendation is a code.
	Recommendation string
	// Share is how much of it, from 0 to 1; all of it when it is nil.
	Share *float64
}

// ScoreEnd is one of the numbers that a score consists of.
type ScoreEnd string

// The numbers of a score.
const (
	RankByPoint ScoreEnd = "POINT"
	RankByLow   ScoreEnd = "LOW"
	RankByHigh  ScoreEnd = "HIGH"
)

// At is the number at an end of the score; nil where it is unknown.
func (s *Score) At(end ScoreEnd) *float64 {
	switch end {
	case RankByLow:
		return &s.Low
	case RankByHigh:
		return &s.High
	}
	return s.Point
}

// TailoredRecommendations are recommendations ordered by how well they suit a country.
type TailoredRecommendations struct {
	Snapshot string
	// AsOf is the day, as YYYY-MM-DD, at which the age of evidence and values was reckoned.
	AsOf string
	// Profile is the name of the scoring profile.
	Profile string
	Country Ref
	// Target is the SDG target or goal that was asked for; zero for none.
	Target Ref
	RankBy ScoreEnd
	// TotalCount is the number of recommendations that could have been answered.
	TotalCount int
	Items      []*TailoredRecommendation
}

// TailoredRecommendation is a recommendation with how well it suits a country, and why.
type TailoredRecommendation struct {
	Recommendation Ref
	Score          Score
	// Components are what the score is made of, in the order of their names.
	Components []*Component
	// CaseStudies are those that show it in practice, those that can be carried over best first.
	CaseStudies RankedRefs
}

// RankedRefs is a list of entities, ordered by a score and then by code.
type RankedRefs struct {
	// List names the list, so that a cursor of another one is refused.
	List  []string
	Items []RankedRef
}

// RankedRef is an entity of a ranked list, with the claim that it rests on.
type RankedRef struct {
	Ref   Ref
	Claim ClaimKey
	Score float64
}

// Maturity is how far a country has come in digital government, as international indices have it.
type Maturity struct {
	// Value is the weighted mean of the indices, in [0,1].
	Value float64
	// Coverage is how much of what should make up the value is known and recent, in [0,1].
	Coverage float64
	// AsOf is the day, as YYYY-MM-DD, at which the age of the indices was reckoned.
	AsOf string
	// Indices are those that the value is the mean of, in the order of the scoring profile.
	Indices []IndexValue
}

// IndexValue is a value of an index as one edition has it.
type IndexValue struct {
	// Indicator is the code of the index.
	Indicator string
	Year      int
	Value     float64
	// Vintage names the edition.
	Vintage string
	// Weight is the share of the value in the mean, by the profile and by its age; those of a mean add up to 1.
	Weight float64
}
