package answers

import "masar"

// TwinningArgs are the arguments of twinning matches. A nil argument means the default.
type TwinningArgs struct {
	// Country is the code of the recipient country.
	Country string
	// Topic is the code of the topic; nil for any topic.
	Topic *string
	// First is the maximum number, from 0 to 100; nil means 20.
	First *int
}

// TwinningMatches are countries to learn from, best first.
type TwinningMatches struct {
	Snapshot string
	// AsOf is the as-of date, as YYYY-MM-DD.
	AsOf string
	// Profile is the name of the scoring profile.
	Profile string
	Country masar.Ref
	// Topic is the requested topic; zero for any.
	Topic masar.Ref
	// TotalCount is the number of matching countries.
	TotalCount int
	Matches    []*TwinningMatch
}

// TwinningMatch is a supplier country with its score and reasons.
type TwinningMatch struct {
	Supplier masar.Ref
	// Low and High are the minimum and maximum of the score, given what is unknown. Score is their middle. All are in
	// [0,1].
	Score, Low, High float64
	// Coverage is how much of the components is known, in [0,1].
	Coverage float64
	// Components are the factors of the score, in the order of their names.
	Components []*ScoreComponent
	// CaseStudies are the supplier's case studies, best supported first.
	CaseStudies []masar.Ref
	// Reasons are the explanations of the components, in order.
	Reasons []Reason
}
