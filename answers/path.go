package answers

import (
	"masar"
)

// PathArgs are the arguments of a search for evidence paths. A nil argument asks nothing.
type PathArgs struct {
	// MaxHops is the most steps of a path, from 1 to 8; 5 when it is nil.
	MaxHops *int
	// First is how many paths are asked for, from 0 to 50; 5 when it is nil.
	First *int
	// Predicates keeps claims of these predicates alone, and Pattern those of the pattern; given both, both must hold.
	Predicates []masar.Predicate
	Pattern    *PathPattern
	// MinNet is the least net support of every claim, in [0,1].
	MinNet *float64
	// Directed follows claims from subject to object alone.
	Directed *bool
}

// NeighbourhoodArgs are the arguments of a neighbourhood. A nil argument asks nothing.
type NeighbourhoodArgs struct {
	// Depth is how many claims away entities may be, from 1 to 4; 1 when it is nil.
	Depth *int
	// Limit is the most entities, from 1 to 1000; 100 when it is nil.
	Limit *int
	// Kinds are the kinds of the entities about the one in the middle; every kind when it is empty.
	Kinds []masar.Kind
	// LimitPerKind is the most entities of each kind, the one in the middle aside: from 0 to 1000, which is also the default.
	LimitPerKind *int
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
var PathPatterns = map[PathPattern][]masar.Predicate{
	PatternPolicy:      {masar.Advances, masar.ContributesTo, masar.Demonstrates, masar.PractisedIn, masar.Addresses, masar.HasChallenge},
	PatternProblem:     {masar.HasChallenge, masar.Addresses, masar.Requires, masar.Demonstrates, masar.PractisedIn, masar.OperatesIn},
	PatternInstitution: {masar.Participates, masar.LedBy, masar.PartOf, masar.OperatesIn, masar.HeldIn, masar.PractisedIn, masar.ContributesTo, masar.Produces, masar.IssuedIn, masar.ContinuesThemeOf},
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

// StepDirection tells which way a step of a path goes along its claim.
type StepDirection string

// The directions of a step.
const (
	StepForward  StepDirection = "FORWARD"
	StepBackward StepDirection = "BACKWARD"
)

// EvidencePathResult answers a search for evidence paths.
type EvidencePathResult struct {
	// Snapshot names the snapshot of the graph that was searched.
	Snapshot string
	// Complete says that nothing was cut off, so that StoppedBy is empty.
	Complete  bool
	StoppedBy []StopReason
	// Paths are the best, best first.
	Paths []*EvidencePath
}

// EvidencePath is a chain of claims that links two entities and passes none twice.
type EvidencePath struct {
	Score float64
	// Inferred says that a curator inferred one of its claims.
	Inferred bool
	Steps    []*PathStep
}

// Length is the number of steps.
func (p *EvidencePath) Length() int { return len(p.Steps) }

// PathStep is a step of a path along a claim.
type PathStep struct {
	Direction StepDirection
	From, To  masar.Entity
	Claim     *masar.Claim
}

// Neighbourhood is a part of the graph about an entity.
type Neighbourhood struct {
	// Snapshot names the snapshot of the graph that it is a part of.
	Snapshot string
	// Complete says that no limit left an entity out.
	Complete bool
	Nodes    []*NeighbourhoodNode
	Links    []*NeighbourhoodLink
	// CountKinds counts the entities within the depth by kind, the one in the middle aside, whatever the limits left out.
	CountKinds func() []KindCount
}

// Kinds are the numbers of entities within the depth by kind.
func (n *Neighbourhood) Kinds() []KindCount { return n.CountKinds() }

// NeighbourhoodNode is an entity of a neighbourhood.
type NeighbourhoodNode struct {
	Entity masar.Entity
	// Distance is the number of claims on the shortest way from the middle, and Degree that of the claims that link the
	// entity with others in the whole graph.
	Distance, Degree int
}

// Kind is what the entity is.
func (n *NeighbourhoodNode) Kind() masar.Kind { return n.Entity.Head().Kind }

// Code is the entity's code.
func (n *NeighbourhoodNode) Code() string { return n.Entity.Head().Code }

// Title is the entity's name in the first of the languages in which it exists, else the original.
func (n *NeighbourhoodNode) Title(lang []masar.Language) *masar.Text {
	return n.Entity.Head().Title(lang)
}

// NeighbourhoodLink is a claim between two entities of a neighbourhood, from its subject to its object.
type NeighbourhoodLink struct {
	Claim    *masar.Claim
	From, To masar.Entity
}
