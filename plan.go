package masar

// PlanMethod says how an action plan was found.
type PlanMethod string

// The methods.
const (
	// PlanExact says that no plan within the budget covers more.
	PlanExact PlanMethod = "EXACT"
	// PlanGreedy says that the plan took what adds most for its cost, again and again.
	PlanGreedy PlanMethod = "GREEDY"
)
