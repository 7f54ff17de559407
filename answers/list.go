package answers

import (
	"reflect"
	"slices"

	"masar"
)

// ListArgs are the arguments of a list field. A nil or zero argument has no effect.
type ListArgs struct {
	// First and After page forward, Last and Before backward (Relay). A page has at most 100 items, by default 20.
	First, Last   *int
	After, Before *string
	OrderBy       *EdgeOrder
	Filter        *ClaimFilter
	// IncludeGoalLevel adds to the list of a target the claims about its goal.
	IncludeGoalLevel *bool
	// Roles selects claims with these roles.
	Roles []masar.Role
	// Kinds selects entities of these kinds.
	Kinds []masar.Kind
	// Indicators selects observations of these indicators.
	Indicators []string
	// End is the end of the claims at which the entity is.
	End *ClaimEnd
}

// Equal reports whether two fields with these arguments have the same page. It may report false for arguments that differ
// only in form.
func (a ListArgs) Equal(b ListArgs) bool {
	return same(a.First, b.First) && same(a.Last, b.Last) && same(a.After, b.After) && same(a.Before, b.Before) &&
		same(a.OrderBy, b.OrderBy) && same(a.IncludeGoalLevel, b.IncludeGoalLevel) && same(a.End, b.End) &&
		slices.Equal(a.Roles, b.Roles) && slices.Equal(a.Kinds, b.Kinds) && slices.Equal(a.Indicators, b.Indicators) &&
		(a.Filter == b.Filter || reflect.DeepEqual(a.Filter, b.Filter))
}

// same reports whether both are nil or have equal values.
func same[T comparable](a, b *T) bool {
	return a == b || a != nil && b != nil && *a == *b
}

// EdgeOrder is the order of a list. Ties are broken by code.
type EdgeOrder struct {
	Field     EdgeOrderField
	Direction OrderDirection
}

// EdgeOrderField is a field that a list is ordered by.
type EdgeOrderField string

// The orders of lists.
const (
	OrderByCode    EdgeOrderField = "CODE"
	OrderBySupport EdgeOrderField = "SUPPORT"
)

// OrderDirection is ascending or descending.
type OrderDirection string

// The directions of an order.
const (
	Ascending  OrderDirection = "ASC"
	Descending OrderDirection = "DESC"
)

// ClaimEnd is an end of a claim: its subject or its object.
type ClaimEnd string

// The ends of a claim.
const (
	AnyEnd     ClaimEnd = "ANY"
	SubjectEnd ClaimEnd = "SUBJECT"
	ObjectEnd  ClaimEnd = "OBJECT"
)

// ClaimFilter selects items by their claims. All given parts must match; nil, an empty list and an empty text have no
// effect. The schema defines which claims each part matches.
type ClaimFilter struct {
	Basis      *masar.Basis      `json:",omitempty"`
	Predicates []masar.Predicate `json:",omitempty"`
	// Certainties select effects only, and Documentations facts only.
	Certainties    []masar.Certainty     `json:",omitempty"`
	Natures        []masar.ClaimNature   `json:",omitempty"`
	Documentations []masar.Documentation `json:",omitempty"`
	Statuses       []masar.SupportStatus `json:",omitempty"`
	// MinNet is the minimum net support, in [0,1].
	MinNet *float64 `json:",omitempty"`
	// SubjectKinds and ObjectKinds are the allowed kinds of the ends.
	SubjectKinds, ObjectKinds []masar.Kind `json:",omitempty"`
	// Countries, Targets (or goals) and the others are codes. A claim that belongs to any of them matches.
	Countries, Targets, Initiatives, Topics, Challenges, Organizations, Documents []string `json:",omitempty"`
	// EvidenceKinds selects claims with evidence of any of these kinds.
	EvidenceKinds []masar.EvidenceKind `json:",omitempty"`
	// Since and Until are days, as YYYY-MM-DD.
	Since, Until *string `json:",omitempty"`
	// And must all match, Or at least one, Not must not match.
	And, Or []*ClaimFilter `json:",omitempty"`
	Not     *ClaimFilter   `json:",omitempty"`
}

// ScoringWeights replaces weights of the scoring profile. Weights that are not given stay as they are.
type ScoringWeights struct {
	Quality, Authority []masar.QualityWeight
	Directness         []masar.DirectnessWeight
}

// WithGoalLevel sets IncludeGoalLevel.
func (a ListArgs) WithGoalLevel(include *bool) ListArgs { a.IncludeGoalLevel = include; return a }

// WithRoles sets Roles.
func (a ListArgs) WithRoles(roles []masar.Role) ListArgs { a.Roles = roles; return a }

// WithKinds sets Kinds.
func (a ListArgs) WithKinds(kinds []masar.Kind) ListArgs { a.Kinds = kinds; return a }

// WithIndicators sets Indicators.
func (a ListArgs) WithIndicators(codes []string) ListArgs { a.Indicators = codes; return a }
