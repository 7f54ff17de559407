package answers

import "masar"

// TailoredArgs are the arguments of tailored recommendations. A nil argument means the default.
type TailoredArgs struct {
	// Country is the code of the country.
	Country string
	// Target is the code of the SDG target or goal to advance; nil for any.
	Target *string
	// First is the maximum number, from 0 to 100; nil means 20.
	First *int
	// RankBy is the end of the score interval to rank by; nil means the low end.
	RankBy *masar.ScoreEnd
	// Done are finished recommendations, in full or in part.
	Done []*DoneInput
}

// DoneInput is the finished share of a recommendation.
type DoneInput struct {
	// Recommendation is the code of the recommendation.
	Recommendation string
	// Share is the finished share, in [0,1]; nil means 1.
	Share *float64
}

// TailoredRecommendations are recommendations ranked for a country.
type TailoredRecommendations struct {
	Snapshot string
	// AsOf is the as-of date, as YYYY-MM-DD.
	AsOf string
	// Profile is the name of the scoring profile.
	Profile string
	Country masar.Ref
	// Target is the requested SDG target or goal; zero for none.
	Target masar.Ref
	RankBy masar.ScoreEnd
	// TotalCount is the number of ranked recommendations.
	TotalCount int
	Items      []*TailoredRecommendation
	// WithoutContent are recommendations with only a heading, by code. They are not ranked.
	WithoutContent []masar.Ref
}

// TailoredRecommendation is a ranked recommendation with its reasons.
type TailoredRecommendation struct {
	Recommendation masar.Ref
	Score          masar.ScoreRange
	// Components are the components of the score, in the order of their names.
	Components []*ScoreComponent
	// CaseStudies are case studies from other countries that demonstrate it, the most transferable first.
	CaseStudies RankedRefs
	// PractisedHere are case studies from the country itself, by code.
	PractisedHere []masar.Ref
}

// RankedRefs is a list of entities, ordered by a score and then by code.
type RankedRefs struct {
	// List identifies the list in cursors.
	List  []string
	Items []RankedRef
}

// RankedRef is an entity of a ranked list, with the claim behind it.
type RankedRef struct {
	Ref   masar.Ref
	Claim masar.ClaimKey
	Score float64
}
