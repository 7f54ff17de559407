package masar

// PathArgs are the arguments of a search for evidence paths. A nil argument asks nothing.
type PathArgs struct {
	// MaxHops is the most steps of a path, from 1 to 8; 5 when it is nil.
	MaxHops *int
	// First is how many paths are asked for, from 1 to 50; 5 when it is nil.
	First *int
	// Predicates keeps claims of these predicates alone, and Pattern those of the pattern; given both, both must hold.
	Predicates []Predicate
	Pattern    *PathPattern
	// MinNet is the least net support of every claim, in [0,1].
	MinNet *float64
	// Directed follows claims from subject to object alone.
	Directed *bool
}

// PathPattern is a ready-made choice of predicates for a question that is often asked.
type PathPattern string

// The patterns. PathPatterns has their predicates.
const (
	// PatternPolicy leads between the SDGs, what is recommended for them, where it is practised and what it addresses.
	PatternPolicy PathPattern = "POLICY"
	// PatternProblem leads between a challenge, those who face it, and what is done or recommended about it.
	PatternProblem PathPattern = "PROBLEM"
	// PatternInstitution leads between those who act and what they do, where, to which end and with which result.
	PatternInstitution PathPattern = "INSTITUTION"
)

// PathPatterns has the predicates of every pattern.
var PathPatterns = map[PathPattern][]Predicate{
	PatternPolicy:      {Advances, ContributesTo, Demonstrates, PractisedIn, Addresses, HasChallenge},
	PatternProblem:     {HasChallenge, Addresses, Requires, Demonstrates, PractisedIn, OperatesIn},
	PatternInstitution: {Participates, LedBy, PartOf, OperatesIn, PractisedIn, ContributesTo, Produces, IssuedIn, ContinuesThemeOf},
}

// StopReason says what a search for paths left out.
type StopReason string

// The reasons, in the order in which answers give them.
const (
	// StopHops says that a longer path than asked for exists.
	StopHops StopReason = "HOPS"
	// StopBudget says that the search ended before it had seen everything: the work allowed, or the time, was used up.
	StopBudget StopReason = "BUDGET"
	// StopMinNet says that a path with a claim of less support than asked for would have been among the first.
	StopMinNet StopReason = "MIN_NET"
)
