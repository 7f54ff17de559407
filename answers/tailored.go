package answers

import "masar"

// TailoredArgs ask which recommendations suit a country. A nil argument asks nothing.
type TailoredArgs struct {
	// Country is a code.
	Country string
	// Target is the code of an SDG target or goal that is to be advanced.
	Target *string
	// First is how many are asked for, from 0 to 100; 20 when it is nil.
	First *int
	// RankBy is the end of their scores that they are ordered by; the point when it is nil.
	RankBy *masar.ScoreEnd
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

// TailoredRecommendations are recommendations ordered by how well they suit a country.
type TailoredRecommendations struct {
	Snapshot string
	// AsOf is the day, as YYYY-MM-DD, at which the age of evidence and values was reckoned.
	AsOf string
	// Profile is the name of the scoring profile.
	Profile string
	Country masar.Ref
	// Target is the SDG target or goal that was asked for; zero for none.
	Target masar.Ref
	RankBy masar.ScoreEnd
	// TotalCount is the number of recommendations that could have been answered.
	TotalCount int
	Items      []*TailoredRecommendation
}

// TailoredRecommendation is a recommendation with how well it suits a country, and why.
type TailoredRecommendation struct {
	Recommendation masar.Ref
	Score          masar.Score
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
	Ref   masar.Ref
	Claim masar.ClaimKey
	Score float64
}
