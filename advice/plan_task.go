package advice

import (
	"fmt"

	"masar"
	"masar/answers"
	"masar/topology"
)

// The limits of the arguments of a plan.
const (
	maxPlanTargets = 20
	maxPlanAmount  = float64(1e12)
)

// planTask holds the checked arguments of a plan.
type planTask struct {
	g          *topology.Graph
	country    topology.Entity
	targets    []weighted
	budget     float64
	pilotShare float64
	shareGiven bool
	costs      map[topology.Entity]float64
	done       map[topology.Entity]bool
}

// weighted is a target with its share of the weights. The shares add up to 1.
type weighted struct {
	at     topology.Entity
	weight float64
}

// readTask checks the arguments. The error has code BAD_INPUT and names the argument.
func readTask(g *topology.Graph, input answers.ActionPlanInput) (*planTask, error) {
	task := &planTask{
		g: g, budget: input.Budget, pilotShare: g.Profile().PilotShare,
		costs: map[topology.Entity]float64{}, done: map[topology.Entity]bool{},
	}
	var err error
	if task.country, err = g.FindNamed("input.country", masar.Ref{Kind: masar.KindCountry, Code: input.Country}); err != nil {
		return nil, err
	}
	if err := masar.CheckNumber("input.budget", input.Budget, 0, maxPlanAmount); err != nil {
		return nil, err
	}
	if share := input.PilotShare; share != nil {
		if err := masar.CheckShare("input.pilotShare", *share); err != nil {
			return nil, err
		}
		task.pilotShare, task.shareGiven = *share, true
	}
	if err := task.readTargets(input.Targets); err != nil {
		return nil, err
	}
	return task, task.readRecommendations(input)
}

func (t *planTask) readTargets(asked []answers.PlanTargetInput) error {
	if err := masar.CheckLength("input.targets", len(asked), 1, maxPlanTargets); err != nil {
		return err
	}
	once := distinct{}
	sum := 0.
	for i, target := range asked {
		argument := fmt.Sprintf("input.targets[%d]", i)
		at, err := once.find(t.g, argument+".code", masar.Ref{Kind: masar.KindSdgTarget, Code: target.Code})
		if err != nil {
			return err
		}
		weight := 1.
		if target.Weight != nil {
			weight = *target.Weight
		}
		if err := masar.CheckNumber(argument+".weight", weight, 0, maxPlanAmount); err != nil {
			return err
		}
		if weight == 0 {
			return masar.NewArgumentError(masar.CodeBadInput, argument+".weight", "error.plan.zero_weight", nil)
		}
		t.targets = append(t.targets, weighted{at, weight})
		sum += weight
	}
	for i := range t.targets {
		t.targets[i].weight /= sum
	}
	return nil
}

// readRecommendations reads the finished recommendations and the costs.
func (t *planTask) readRecommendations(input answers.ActionPlanInput) error {
	once := distinct{}
	for i, code := range input.Done {
		at, err := once.find(t.g, fmt.Sprintf("input.done[%d]", i), masar.Ref{Kind: masar.KindRecommendation, Code: code})
		if err != nil {
			return err
		}
		t.done[at] = true
	}
	once = distinct{}
	for i, priced := range input.Costs {
		argument := fmt.Sprintf("input.costs[%d]", i)
		at, err := once.find(t.g, argument+".code", masar.Ref{Kind: masar.KindRecommendation, Code: priced.Code})
		if err != nil {
			return err
		}
		if err := masar.CheckNumber(argument+".cost", priced.Cost, 0, maxPlanAmount); err != nil {
			return err
		}
		t.costs[at] = priced.Cost
	}
	return nil
}

// cost is the cost of a recommendation, and whether it was given.
func (t *planTask) cost(recommendation topology.Entity) (cost float64, given bool) {
	if cost, given = t.costs[recommendation]; given {
		return cost, true
	}
	return answers.AssumedCost, false
}
