package answers

import "masar"

// ActionPlanInput asks for an action plan.
type ActionPlanInput struct {
	// Country is the code of the country that the plan is for.
	Country string
	Targets []PlanTargetInput
	// Budget is the most that the plan may cost, in the units of the costs.
	Budget float64
	// Costs are what recommendations cost; one that has none counts AssumedCost.
	Costs []PlanCostInput
	// Done are the codes of recommendations that have been carried out.
	Done []string
	// PilotShare is the share of a recommendation's cost that its pilot takes, in [0,1]; the scoring profile's when it is nil.
	PilotShare *float64
}

// AssumedCost is what a recommendation counts whose cost nobody states.
const AssumedCost = 1

// PlanTargetInput is an SDG target that a plan is to advance.
type PlanTargetInput struct {
	Code string
	// Weight says how much the target counts beside the others; 1 when it is nil.
	Weight *float64
}

// PlanCostInput is what a recommendation costs, in units of the caller's own.
type PlanCostInput struct {
	Code string
	Cost float64
}

// PlanMethod says how an action plan was found.
type PlanMethod string

// The methods.
const (
	// PlanExact says that no plan within the budget has more weighted support.
	PlanExact PlanMethod = "EXACT"
	// PlanGreedy says that the plan took what adds most for its cost, again and again.
	PlanGreedy PlanMethod = "GREEDY"
)

// ActionPlan says which recommendations to carry out within a budget, and in which order.
type ActionPlan struct {
	Snapshot string
	// AsOf is the as-of date, as YYYY-MM-DD.
	AsOf    string
	Country masar.Ref
	Method  PlanMethod
	// WeightedSupport is the weighted support of the targets by the plan and by what is done, BaselineSupport that by what is
	// done alone. Both are in [0,1]; the gains of the plan make the difference.
	WeightedSupport, BaselineSupport float64
	// UpperBound is at least the weighted support of any plan within the budget; it is WeightedSupport where the plan is the best.
	UpperBound float64
	// Cost is what the plan costs, of the Budget.
	Cost, Budget float64
	PilotShare   float64
	Targets      []*PlanTarget
	Phases       []*PlanPhase
	// Excluded are the recommendations that could be planned for the targets and are not, by code.
	Excluded []masar.Ref
	// UncoveredTargets are those that nothing planned or done advances.
	UncoveredTargets []masar.Ref
	Warnings         []*PlanWarning
}

// PlanTarget is a target of a plan with what the plan does for it.
type PlanTarget struct {
	Target masar.Ref
	// Weight is the share of the target in the weighted support: the weight asked for over the sum of all.
	Weight float64
	// Support is 1 − Π(1 − N) over the recommendations, planned or done, that advance the target with a net support of N;
	// nil where no recommendation is known to.
	Support *float64
	// Links are what advances it: first what is done, by code, then what is planned, in the order of the plan.
	Links []*PlanLink
}

// PlanLink is a recommendation's claim to advance a target, and what it counts in a plan.
type PlanLink struct {
	Recommendation, Target masar.Ref
	Claim                  masar.ClaimKey
	Basis                  masar.Basis
	// Level is GOAL where the claim is about the target's goal, and then counts less.
	Level masar.ClaimLevel
	// Net is the net support of the claim, as it counts for the target.
	Net float64
	// Weight is that of the target. Remaining is 1 minus the support of the target by what is done and what comes before.
	Weight, Remaining float64
	// Gain is Weight · Remaining · Net: what the link adds to the weighted support.
	Gain float64
}

// PlanPhase is a part of a plan that can be carried out together, once the phases before it have been.
type PlanPhase struct {
	// Number counts the phases from 1.
	Number int
	Items  []*PlanItem
}

// PlanStep is one of the two steps in which a recommendation is carried out.
type PlanStep string

// The steps, in their order.
const (
	// PilotStep tries a recommendation out on a small scale.
	PilotStep PlanStep = "PILOT"
	// ScaleStep carries it out in full.
	ScaleStep PlanStep = "SCALE"
)

// PlanItem is a step of a recommendation in a phase of a plan.
type PlanItem struct {
	Recommendation masar.Ref
	Step           PlanStep
	// Cost is that of the step, FullCost that of both steps.
	Cost, FullCost float64
	// CostAssumed says that nobody gave a cost, so that it counts AssumedCost.
	CostAssumed bool
	// Gain is what the recommendation adds to the weighted support after all that comes before it in the plan. It is counted with
	// the SCALE step; nil for a PILOT and for a recommendation that is planned only because others require it.
	Gain *float64
	// Links are what its gain is the sum of.
	Links []*PlanLink
	// Targets are those of the plan that it advances.
	Targets []masar.Ref
	// Challenges are what it addresses: those of the country first, then those of its groups, then others, each by code.
	Challenges []masar.Ref
	// Needs are the claims by which the country, or a group it belongs to, has these challenges.
	Needs []*PlanNeed
	// Prerequisites are the recommendations and topics that it requires, by kind and code.
	Prerequisites []masar.Ref
	// CaseStudies are those from the country that show it in practice, by code.
	CaseStudies []masar.Ref
}

// PlanNeed is a challenge that a recommendation addresses and that the country, or a group it belongs to, has.
type PlanNeed struct {
	Challenge masar.Ref
	// Of is the country or the group.
	Of masar.Ref
	// Has is the claim that it has the challenge, Addresses the claim that the recommendation addresses it.
	Has, Addresses masar.ClaimKey
}

// PlanWarningCode is the code of a warning to the reader of a plan.
type PlanWarningCode string

// The warnings, in the order in which answers give them.
const (
	// WarnCostsAssumed says that recommendations without a cost counted AssumedCost.
	WarnCostsAssumed PlanWarningCode = "COSTS_ASSUMED"
	// WarnPilotShareAssumed says that the share of pilots in the costs is the scoring profile's.
	WarnPilotShareAssumed PlanWarningCode = "PILOT_SHARE_ASSUMED"
	// WarnWithoutContent says that of recommendations which advance the targets only the heading is known, so that they are not
	// planned.
	WarnWithoutContent PlanWarningCode = "WITHOUT_CONTENT"
	// WarnNoRecommendation says that no recommendation that can be planned advances targets.
	WarnNoRecommendation PlanWarningCode = "NO_RECOMMENDATION"
	// WarnTargetUncovered says that nothing planned or done advances targets.
	WarnTargetUncovered PlanWarningCode = "TARGET_UNCOVERED"
	// WarnGoalLevelOnly says that what advances targets speaks of their goals alone.
	WarnGoalLevelOnly PlanWarningCode = "GOAL_LEVEL_ONLY"
	// WarnInferred says that every link of recommendations with the targets is inferred.
	WarnInferred PlanWarningCode = "INFERRED"
	// WarnPrerequisiteOutsidePlan says that recommendations require what a plan cannot hold: topics, and recommendations of which
	// only the heading is known.
	WarnPrerequisiteOutsidePlan PlanWarningCode = "PREREQUISITE_OUTSIDE_PLAN"
	// WarnDuplicates says that recommendations of the plan say the same as others of it.
	WarnDuplicates PlanWarningCode = "DUPLICATES"
	// WarnBudgetTooSmall says that recommendations which would add support are excluded for their cost.
	WarnBudgetTooSmall PlanWarningCode = "BUDGET_TOO_SMALL"
	// WarnBudgetLeft says that a part of the budget is left.
	WarnBudgetLeft PlanWarningCode = "BUDGET_LEFT"
	// WarnRegionChallenges says that challenges are known of groups of the country, and none of the country itself.
	WarnRegionChallenges PlanWarningCode = "REGION_CHALLENGES"
	// WarnNoChallenges says that no challenge is known of the country, nor of a group of it.
	WarnNoChallenges PlanWarningCode = "NO_CHALLENGES"
	// WarnNoCountryCase says that no case study from the country shows any recommendation of the plan in practice.
	WarnNoCountryCase PlanWarningCode = "NO_COUNTRY_CASE"
)

// PlanWarningCodes lists the warnings in the order in which answers give them.
var PlanWarningCodes = []PlanWarningCode{
	WarnCostsAssumed, WarnPilotShareAssumed, WarnWithoutContent, WarnNoRecommendation, WarnTargetUncovered, WarnGoalLevelOnly, WarnInferred,
	WarnPrerequisiteOutsidePlan, WarnDuplicates, WarnBudgetTooSmall, WarnBudgetLeft, WarnRegionChallenges, WarnNoChallenges, WarnNoCountryCase,
}

// PlanWarning is something that a reader of a plan has to know.
type PlanWarning struct {
	Code PlanWarningCode
	// About are the entities that it is about, by kind and code.
	About []masar.Ref
	// Number belongs to the warning; nil for those that have none.
	Number *float64
}
