package answers

import "masar"

// InitiativeComparison tells how much initiatives share, two by two, and what only one of them is linked with.
type InitiativeComparison struct {
	Snapshot    string
	Initiatives []masar.Ref
	// Pairs are every two of the initiatives, in the order asked for.
	Pairs []*InitiativePair
	// Unique has for each initiative, in the order asked for, what none of the others is linked with.
	Unique []*UniqueLinks
}

// InitiativePair tells how much two initiatives share.
type InitiativePair struct {
	A, B masar.Ref
	// Overlap is the rarity of what both are linked with, over that of what either is, from 0 to 1; nil where no accepted claim
	// links either of them with anything.
	Overlap *float64
	// Dimensions take the overlap apart: it is the sum of weight · similarity over them. Kinds of which neither is linked with
	// anything are left out: nothing is known there.
	Dimensions []*ComparisonDimension
	// Links are the claims that link the two with each other.
	Links []masar.ClaimKey
}

// ComparisonDimension tells how much two initiatives share of one kind of entity.
type ComparisonDimension struct {
	Kind masar.Kind
	// Similarity is the overlap within the kind, and Weight the rarity of what either is linked with of the kind, over that
	// of all kinds.
	Similarity, Weight float64
	// Shared are the entities that both are linked with, by code.
	Shared []masar.Ref
	// SharedLinks are the same entities with the claims behind them.
	SharedLinks []*SharedLink
	// CountA and CountB are the numbers of entities that each is linked with.
	CountA, CountB int
}

// SharedLink is an entity that both initiatives of a pair are linked with, and the claims by which they are.
type SharedLink struct {
	Entity masar.Ref
	// Rarity is 1/log₂(2 + d) for an entity of d claims.
	Rarity           float64
	ClaimsA, ClaimsB []masar.ClaimKey
}

// UniqueLinks are the entities that one initiative of a comparison is linked with and none of the others.
type UniqueLinks struct {
	Initiative masar.Ref
	// Entities are by kind and code.
	Entities []masar.Ref
}
