package answers

import "masar"

// ListArgs are the arguments of a list field. A nil or zero argument asks nothing.
type ListArgs struct {
	// First and After page forward, Last and Before backward (Relay). At most 100 items are on a page; 20 when neither is given.
	First, Last   *int
	After, Before *string
	OrderBy       *EdgeOrder
	Filter        *ClaimFilter
	// IncludeGoalLevel adds, to the list of a target, claims that only name its goal.
	IncludeGoalLevel *bool
	// Roles keeps claims of these roles alone.
	Roles []masar.Role
	// Kinds keeps entities of these kinds alone.
	Kinds []masar.Kind
	// Indicators keeps observations of these indicators alone.
	Indicators []string
	// End is the end of its claims at which an entity stands.
	End *ClaimEnd
}

// EdgeOrder is the order of a list. Ties are broken by code.
type EdgeOrder struct {
	Field     EdgeOrderField
	Direction OrderDirection
}

// EdgeOrderField is what a list is ordered by.
type EdgeOrderField string

// The orders of lists.
const (
	OrderByCode    EdgeOrderField = "CODE"
	OrderBySupport EdgeOrderField = "SUPPORT"
)

// OrderDirection tells which end of an order comes first.
type OrderDirection string

// The directions of an order.
const (
	Ascending  OrderDirection = "ASC"
	Descending OrderDirection = "DESC"
)

// ClaimEnd is the end of its claims at which an entity stands.
type ClaimEnd string

// The ends of a claim.
const (
	AnyEnd     ClaimEnd = "ANY"
	SubjectEnd ClaimEnd = "SUBJECT"
	ObjectEnd  ClaimEnd = "OBJECT"
)

// ClaimFilter narrows a list by its claims. Each part that is given must hold; nil, and an empty list or text, asks nothing.
// What a claim is of, and when, is said in the schema.
type ClaimFilter struct {
	Basis      *masar.Basis      `json:",omitempty"`
	Predicates []masar.Predicate `json:",omitempty"`
	// Certainties keep effects only, and Documentations facts only.
	Certainties    []masar.Certainty     `json:",omitempty"`
	Natures        []masar.ClaimNature   `json:",omitempty"`
	Documentations []masar.Documentation `json:",omitempty"`
	Statuses       []masar.SupportStatus `json:",omitempty"`
	// MinNet is the least net support, in [0,1].
	MinNet *float64 `json:",omitempty"`
	// SubjectKinds and ObjectKinds are the kinds that the ends may have.
	SubjectKinds, ObjectKinds []masar.Kind `json:",omitempty"`
	// Countries, Targets (goals too) and the others are codes; a claim of any of them is kept.
	Countries, Targets, Initiatives, Topics, Challenges, Organizations, Documents []string `json:",omitempty"`
	// EvidenceKinds are kinds of the evidence that a claim may rest on.
	EvidenceKinds []masar.EvidenceKind `json:",omitempty"`
	// Since and Until are days, as YYYY-MM-DD.
	Since, Until *string `json:",omitempty"`
	// And must all hold, Or any, Not must not.
	And, Or []*ClaimFilter `json:",omitempty"`
	Not     *ClaimFilter   `json:",omitempty"`
}

// ScoringWeights replaces weights of the scoring profile; what is left out stays as it is.
type ScoringWeights struct {
	Quality, Authority []masar.QualityWeight
	Directness         []masar.DirectnessWeight
}

// WithGoalLevel asks for claims that only name a target's goal, too.
func (a ListArgs) WithGoalLevel(include *bool) ListArgs { a.IncludeGoalLevel = include; return a }

// WithRoles keeps claims of some roles alone.
func (a ListArgs) WithRoles(roles []masar.Role) ListArgs { a.Roles = roles; return a }

// WithKinds keeps entities of some kinds alone.
func (a ListArgs) WithKinds(kinds []masar.Kind) ListArgs { a.Kinds = kinds; return a }

// WithIndicators keeps observations of some indicators alone.
func (a ListArgs) WithIndicators(codes []string) ListArgs { a.Indicators = codes; return a }
