package answers

import "masar"

// InitiativeComparison compares initiatives in pairs, and lists what only one of them is connected with.
type InitiativeComparison struct {
	Snapshot    string
	Initiatives []masar.Ref
	// Pairs are all pairs of the initiatives, in the order of the request.
	Pairs []*InitiativePair
	// Unique lists, for each initiative in the order of the request, what no other one is connected with.
	Unique []*UniqueLinks
}

// InitiativePair is the similarity of two initiatives.
type InitiativePair struct {
	A, B masar.Ref
	// Overlap is the rarity of the common neighbours divided by that of all, in [0,1]; nil if neither has an active
	// claim.
	Overlap *float64
	// Dimensions split the overlap by kind of neighbour: it is the sum of weight · similarity. Kinds without neighbours
	// are not listed.
	Dimensions []*ComparisonDimension
	// Links are the active claims between the two.
	Links []masar.ClaimKey
}

// ComparisonDimension is the similarity of two initiatives in one kind of neighbour.
type ComparisonDimension struct {
	Kind masar.Kind
	// Similarity is the overlap within the kind. Weight is the rarity of the neighbours of this kind, divided by that of
	// all kinds.
	Similarity, Weight float64
	// Shared are the common neighbours, by code.
	Shared []masar.Ref
	// SharedLinks are the common neighbours with their claims.
	SharedLinks []*SharedLink
	// CountA and CountB are the numbers of neighbours of each.
	CountA, CountB int
}

// SharedLink is a common neighbour of a pair, with the claims of both.
type SharedLink struct {
	Entity masar.Ref
	// Rarity is 1/log₂(2 + d) for an entity with d active claims.
	Rarity           float64
	ClaimsA, ClaimsB []masar.ClaimKey
}

// UniqueLinks are the neighbours that only one initiative of a comparison has.
type UniqueLinks struct {
	Initiative masar.Ref
	// Entities are ordered by kind and code.
	Entities []masar.Ref
}
