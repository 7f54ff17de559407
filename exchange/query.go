package exchange

import (
	"masar"
	"masar/answers"
)

// Query selects the rows of a dataset. Each dataset accepts some of its parts.
type Query struct {
	// Filter selects claims as in GraphQL; nil selects all.
	Filter *answers.ClaimFilter
	// Countries and Indicators are codes; an empty list selects all.
	Countries, Indicators []string
	// Target is the code of an SDG target or goal; empty selects all.
	Target string
	// Since and Until are the first and the last year; 0 is no bound.
	Since, Until int
	// Newest selects the newest edition of each figure.
	Newest bool
	// From and To are the ends of paths. Paths is the maximum number of paths; nil means 20.
	From, To masar.Ref
	Paths    *int
}

// Parameter is the name of a part of a query in addresses.
type Parameter string

// The parameters.
const (
	ByFilter    Parameter = "filter"
	ByCountry   Parameter = "country"
	ByIndicator Parameter = "indicator"
	ByTarget    Parameter = "target"
	BySince     Parameter = "since"
	ByUntil     Parameter = "until"
	ByEdition   Parameter = "edition"
	ByFrom      Parameter = "from"
	ByTo        Parameter = "to"
	ByPaths     Parameter = "paths"
)
