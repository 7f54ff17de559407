package scoring

// AssembleGreedily assembles a plan as for more options than can be gone through.
func AssembleGreedily(p PlanProblem) Plan { return assemblePlan(p, -1) }
