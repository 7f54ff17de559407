package answers

import "masar"

// ActionPlanInput holds the arguments of an action plan.
type ActionPlanInput struct {
	// Country is the code of the country that the plan is for.
	Country string
	Targets []PlanTargetInput
	// Budget is the maximum cost of the plan, in the unit of the costs.
	Budget float64
	// Costs are the costs of recommendations. A recommendation without a cost counts AssumedCost.
	Costs []PlanCostInput
	// Done are the codes of finished recommendations.
	Done []string
	// PilotShare is the pilot's share of a recommendation's cost, in [0,1]; nil means that of the scoring profile.
	PilotShare *float64
}

// AssumedCost is the cost of a recommendation without a given cost.
const AssumedCost = 1

// PlanTargetInput is an SDG target that a plan has to advance.
type PlanTargetInput struct {
	Code string
	// Weight is the weight of the target relative to the others; nil means 1.
	Weight *float64
}

// PlanCostInput is the cost of a recommendation, in a unit of the caller's choice.
type PlanCostInput struct {
	Code string
	Cost float64
}

// PlanMethod is the method by which a plan was found.
type PlanMethod string

// The methods.
const (
	// PlanExact says that no plan within the budget has more weighted support.
	PlanExact PlanMethod = "EXACT"
	// PlanGreedy says that the plan was built by repeatedly adding the highest gain per cost.
	PlanGreedy PlanMethod = "GREEDY"
)

// ActionPlan says which recommendations to carry out within a budget, and in which order.
type ActionPlan struct {
	Snapshot string
	// AsOf is the as-of date, as YYYY-MM-DD.
	AsOf    string
	Country masar.Ref
	Method  PlanMethod
	// WeightedSupport is the weighted support of the targets by the plan and by finished recommendations.
	// BaselineSupport is that of the finished ones alone. Both are in [0,1]; their difference is the sum of the gains.
	WeightedSupport, BaselineSupport float64
	// UpperBound is an upper bound of the weighted support of any plan within the budget. It equals WeightedSupport if
	// the plan is exact.
	UpperBound float64
	// Cost is the cost of the plan, at most Budget.
	Cost, Budget float64
	PilotShare   float64
	Targets      []*PlanTarget
	Phases       []*PlanPhase
	// Excluded are the recommendations for the targets that could be planned but are not, by code.
	Excluded []masar.Ref
	// UncoveredTargets are targets that no planned or finished recommendation advances.
	UncoveredTargets []masar.Ref
	Warnings         []*PlanWarning
}

// PlanTarget is a target of a plan with its support.
type PlanTarget struct {
	Target masar.Ref
	// Weight is the target's share of the sum of weights.
	Weight float64
	// Support is 1 − Π(1 − N) over the planned or finished recommendations that advance the target with net support N;
	// nil if no recommendation advances it.
	Support *float64
	// Links are the recommendations that advance it: finished ones by code, then planned ones in the order of the plan.
	Links []*PlanLink
}

// PlanLink is the claim that a recommendation advances a target, and its effect in a plan.
type PlanLink struct {
	Recommendation, Target masar.Ref
	Claim                  masar.ClaimKey
	Basis                  masar.Basis
	// Contested says that sources disagree on the claim.
	Contested bool
	// Level is GOAL if the claim is about the target's goal, which counts less.
	Level masar.ClaimLevel
	// Net is the net support of the claim for the target.
	Net float64
	// Weight is the weight of the target. Remaining is 1 minus its support by finished and earlier recommendations.
	Weight, Remaining float64
	// Gain is Weight · Remaining · Net: the increase of the weighted support.
	Gain float64
}

// PlanPhase is a group of steps that can be carried out together after the phases before it.
type PlanPhase struct {
	// Number is the number of the phase, from 1.
	Number int
	Items  []*PlanItem
}

// PlanStep is one of the two steps of a recommendation.
type PlanStep string

// The steps, in their order.
const (
	// PilotStep tests a recommendation on a small scale.
	PilotStep PlanStep = "PILOT"
	// ScaleStep carries it out in full.
	ScaleStep PlanStep = "SCALE"
)

// PlanItem is a step of a recommendation in a phase of a plan.
type PlanItem struct {
	Recommendation masar.Ref
	Step           PlanStep
	// Cost is the cost of the step, FullCost that of both steps.
	Cost, FullCost float64
	// CostAssumed says that no cost was given, so AssumedCost counts.
	CostAssumed bool
	// Gain is the increase of the weighted support by the recommendation, after all earlier ones. It counts with the
	// SCALE step. It is nil for a PILOT, and for a recommendation planned only because others require it.
	Gain *float64
	// Links are the links whose gains add up to Gain.
	Links []*PlanLink
	// Targets are the targets of the plan that it advances.
	Targets []masar.Ref
	// Challenges are the challenges that it addresses: those of the country, then of its groups, then others, each by
	// code.
	Challenges []masar.Ref
	// Needs are the claims that the country, or one of its groups, has these challenges.
	Needs []*PlanNeed
	// Prerequisites are the required recommendations and topics, by kind and code.
	Prerequisites []masar.Ref
	// CaseStudies are the country's case studies that demonstrate it, by code.
	CaseStudies []masar.Ref
}

// PlanNeed is a challenge of the country or one of its groups that a recommendation addresses.
type PlanNeed struct {
	Challenge masar.Ref
	// Of is the country or the group.
	Of masar.Ref
	// Has is the claim that Of has the challenge, Addresses the claim that the recommendation addresses it.
	Has, Addresses masar.ClaimKey
}

// PlanWarningCode is the code of a warning about a plan.
type PlanWarningCode string

// The warnings, in the order of answers.
const (
	// WarnCostsAssumed says that AssumedCost counts for recommendations without a cost.
	WarnCostsAssumed PlanWarningCode = "COSTS_ASSUMED"
	// WarnPilotShareAssumed says that the pilots' share of costs is that of the scoring profile.
	WarnPilotShareAssumed PlanWarningCode = "PILOT_SHARE_ASSUMED"
	// WarnWithoutContent says that recommendations for the targets are not planned, because only their headings are
	// known.
	WarnWithoutContent PlanWarningCode = "WITHOUT_CONTENT"
	// WarnNoRecommendation says that targets have no recommendation that can be planned.
	WarnNoRecommendation PlanWarningCode = "NO_RECOMMENDATION"
	// WarnTargetUncovered says that no planned or finished recommendation advances some targets.
	WarnTargetUncovered PlanWarningCode = "TARGET_UNCOVERED"
	// WarnGoalLevelOnly says that the claims about some targets are only about their goals.
	WarnGoalLevelOnly PlanWarningCode = "GOAL_LEVEL_ONLY"
	// WarnInferred says that all claims of some recommendations about the targets are inferred.
	WarnInferred PlanWarningCode = "INFERRED"
	// WarnContested says that sources disagree on claims of some recommendations about the targets.
	WarnContested PlanWarningCode = "CONTESTED"
	// WarnPrerequisiteOutsidePlan says that recommendations require what a plan cannot contain: topics, and
	// recommendations with only a heading.
	WarnPrerequisiteOutsidePlan PlanWarningCode = "PREREQUISITE_OUTSIDE_PLAN"
	// WarnDuplicates says that some recommendations of the plan are equivalent.
	WarnDuplicates PlanWarningCode = "DUPLICATES"
	// WarnBudgetTooSmall says that recommendations with a gain are excluded because of their cost.
	WarnBudgetTooSmall PlanWarningCode = "BUDGET_TOO_SMALL"
	// WarnBudgetLeft says that the plan does not use the whole budget.
	WarnBudgetLeft PlanWarningCode = "BUDGET_LEFT"
	// WarnRegionChallenges says that challenges are known for groups of the country, but not for the country itself.
	WarnRegionChallenges PlanWarningCode = "REGION_CHALLENGES"
	// WarnNoChallenges says that no challenge is known for the country or its groups.
	WarnNoChallenges PlanWarningCode = "NO_CHALLENGES"
	// WarnNoCountryCase says that no case study from the country demonstrates a recommendation of the plan.
	WarnNoCountryCase PlanWarningCode = "NO_COUNTRY_CASE"
)

// PlanWarningCodes lists the warnings in the order of answers.
var PlanWarningCodes = []PlanWarningCode{
	WarnCostsAssumed, WarnPilotShareAssumed, WarnWithoutContent, WarnNoRecommendation, WarnTargetUncovered, WarnGoalLevelOnly, WarnInferred,
	WarnContested, WarnPrerequisiteOutsidePlan, WarnDuplicates, WarnBudgetTooSmall, WarnBudgetLeft, WarnRegionChallenges, WarnNoChallenges, WarnNoCountryCase,
}

// PlanWarning is a warning about a plan.
type PlanWarning struct {
	Code PlanWarningCode
	// About are the entities concerned, by kind and code.
	About []masar.Ref
	// Number is a number in the warning; nil if it has none.
	Number *float64
}
