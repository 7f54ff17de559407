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
	// RankBy is the number of their scores that they are ordered by; the low end when it is nil.
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
	// AsOf is the as-of date, as YYYY-MM-DD.
	AsOf string
	// Profile is the name of the scoring profile.
	Profile string
	Country masar.Ref
	// Target is the SDG target or goal that was asked for; zero for none.
	Target masar.Ref
	RankBy masar.ScoreEnd
	// TotalCount is the number of ranked recommendations.
	TotalCount int
	Items      []*TailoredRecommendation
	// WithoutContent are recommendations of which only the heading is known, by code. They are not ranked.
	WithoutContent []masar.Ref
}

// TailoredRecommendation is a recommendation with how well it suits a country, and why.
type TailoredRecommendation struct {
	Recommendation masar.Ref
	Score          masar.Score
	// Components are what the score is made of, in the order of their names.
	Components []*Component
	// CaseStudies are those from other countries that show it in practice, the most transferable first.
	CaseStudies RankedRefs
	// PractisedHere are those from the country itself, by code.
	PractisedHere []masar.Ref
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
