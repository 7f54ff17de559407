package answers

import (
	"masar"
)

// PathArgs are the arguments of a search for evidence paths. A nil argument means the default.
type PathArgs struct {
	// MaxHops is the maximum number of steps of a path, from 1 to 8; nil means 5.
	MaxHops *int
	// First is the maximum number of paths, from 0 to 50; nil means 5.
	First *int
	// Predicates allows claims with these predicates, and Pattern those of a pattern. If both are given, both must allow
	// a claim.
	Predicates []masar.Predicate
	Pattern    *PathPattern
	// MinNet is the minimum net support of every claim, in [0,1].
	MinNet *float64
	// Directed follows claims from subject to object only.
	Directed *bool
}

// NeighbourhoodArgs are the arguments of a neighbourhood. A nil argument means the default.
type NeighbourhoodArgs struct {
	// Depth is the maximum number of claims from the centre, from 1 to 4; nil means 1.
	Depth *int
	// Limit is the maximum number of entities, from 1 to 1000; nil means 100.
	Limit *int
	// Kinds are the kinds of the entities around the centre; every kind if empty.
	Kinds []masar.Kind
	// LimitPerKind is the maximum number of entities per kind, without the centre, from 0 to 1000; nil means 1000.
	LimitPerKind *int
}

// PathPattern is a predefined set of predicates for a common question.
type PathPattern string

// The patterns. PathPatterns maps them to predicates.
const (
	// PatternPolicy connects the SDGs, recommendations for them, where they are practised and what they address.
	PatternPolicy PathPattern = "POLICY"
	// PatternProblem connects challenges, who faces them, and what is done or recommended about them.
	PatternProblem PathPattern = "PROBLEM"
	// PatternInstitution connects organizations with what they do, where, for what purpose and with what result.
	PatternInstitution PathPattern = "INSTITUTION"
)

// PathPatterns has the predicates of every pattern.
var PathPatterns = map[PathPattern][]masar.Predicate{
	PatternPolicy:      {masar.Advances, masar.ContributesTo, masar.Demonstrates, masar.PractisedIn, masar.Addresses, masar.HasChallenge},
	PatternProblem:     {masar.HasChallenge, masar.Addresses, masar.Requires, masar.Demonstrates, masar.PractisedIn, masar.OperatesIn},
	PatternInstitution: {masar.Participates, masar.LedBy, masar.PartOf, masar.OperatesIn, masar.HeldIn, masar.PractisedIn, masar.ContributesTo, masar.Produces, masar.IssuedIn, masar.ContinuesThemeOf},
}

// StopReason says why a search for paths is incomplete.
type StopReason string

// The reasons, in the order of answers.
const (
	// StopHops says that a path longer than MaxHops exists.
	StopHops StopReason = "HOPS"
	// StopBudget says that the search reached its limit of work or time.
	StopBudget StopReason = "BUDGET"
	// StopMinNet says that a path with a claim below MinNet would have been among the first.
	StopMinNet StopReason = "MIN_NET"
)

// StepDirection is the direction of a step along its claim.
type StepDirection string

// The directions of a step.
const (
	StepForward  StepDirection = "FORWARD"
	StepBackward StepDirection = "BACKWARD"
)

// EvidencePathResult is the result of a search for evidence paths.
type EvidencePathResult struct {
	// Snapshot is the snapshot that was searched.
	Snapshot string
	// Complete says that nothing was cut off. StoppedBy is then empty.
	Complete  bool
	StoppedBy []StopReason
	// Paths are the best paths, best first.
	Paths []*EvidencePath
}

// EvidencePath is a chain of claims between two entities that passes no entity twice.
type EvidencePath struct {
	Score float64
	// Inferred says that at least one of its claims is inferred.
	Inferred bool
	// Contested says that sources disagree on at least one of its claims.
	Contested bool
	Steps     []*PathStep
}

// Length is the number of steps.
func (p *EvidencePath) Length() int { return len(p.Steps) }

// PathStep is a step of a path along a claim.
type PathStep struct {
	Direction StepDirection
	From, To  masar.Entity
	Claim     *masar.Claim
}

// Neighbourhood is a part of the graph around an entity.
type Neighbourhood struct {
	// Snapshot is the snapshot of the graph.
	Snapshot string
	// Complete says that no limit excluded an entity.
	Complete bool
	Nodes    []*NeighbourhoodNode
	Links    []*NeighbourhoodLink
	// CountKinds counts all entities within the depth by kind, without the centre and regardless of limits.
	CountKinds func() []KindCount
}

// Kinds are the numbers of entities within the depth by kind.
func (n *Neighbourhood) Kinds() []KindCount { return n.CountKinds() }

// NeighbourhoodNode is an entity of a neighbourhood.
type NeighbourhoodNode struct {
	Entity masar.Entity
	// Distance is the number of claims on the shortest path from the centre. Degree is the entity's number of active
	// claims in the whole graph.
	Distance, Degree int
}

// Kind is the kind of the entity.
func (n *NeighbourhoodNode) Kind() masar.Kind { return n.Entity.Head().Kind }

// Code is the code of the entity.
func (n *NeighbourhoodNode) Code() string { return n.Entity.Head().Code }

// Title is the entity's name, in the first of the languages in which it exists, otherwise in the original language.
func (n *NeighbourhoodNode) Title(lang []masar.Language) *masar.Text {
	return n.Entity.Head().Title(lang)
}

// NeighbourhoodLink is a claim between two entities of a neighbourhood, from its subject to its object.
type NeighbourhoodLink struct {
	Claim    *masar.Claim
	From, To masar.Entity
}
