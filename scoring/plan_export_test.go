package scoring

// AssembleGreedily assembles a plan with the greedy method, whatever the number of options.
func AssembleGreedily(p PlanProblem) Plan { return assemblePlan(p, -1) }
