package answers

import "masar"

// TwinningArgs ask from which countries one can learn. A nil argument asks nothing.
type TwinningArgs struct {
	// Country is the code of the one that wants to learn.
	Country string
	// Topic is the code of what about; about anything when it is nil.
	Topic *string
	// First is how many are asked for, from 0 to 100; 20 when it is nil.
	First *int
}

// TwinningMatches are countries that one can learn from, best first.
type TwinningMatches struct {
	Snapshot string
	// AsOf is the as-of date, as YYYY-MM-DD.
	AsOf string
	// Profile is the name of the scoring profile.
	Profile string
	Country masar.Ref
	// Topic is what was asked about; zero for anything.
	Topic masar.Ref
	// TotalCount is the number of countries that can be learnt from.
	TotalCount int
	Matches    []*TwinningMatch
}

// TwinningMatch is a country that another can learn from, with how well, and why.
type TwinningMatch struct {
	Supplier masar.Ref
	// Low and High are the minimum and the maximum of the score, whatever is unknown; Score is their middle. All are in [0,1].
	Score, Low, High float64
	// Coverage is how much of the components is known.
	Coverage float64
	// Components are the factors of the score, in the order of their names.
	Components []*Component
	// CaseStudies are the supplier's, best supported first.
	CaseStudies []masar.Ref
	// Reasons are the explanations of the components, one after the other.
	Reasons []Reason
}
