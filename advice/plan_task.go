package advice

import (
	"fmt"

	"masar"
	"masar/answers"
	"masar/loaders"
	"masar/topology"
)

// The bounds of what can be asked of a plan.
const (
	maxPlanTargets = 20
	maxPlanAmount  = float64(1e12)
)

// planTask is what is asked of a plan.
type planTask struct {
	*topology.Graph
	country    topology.Entity
	targets    []weighted
	budget     float64
	pilotShare float64
	shareGiven bool
	costs      map[topology.Entity]float64
	done       map[topology.Entity]bool
}

// weighted is a target with its share of the weights, which add up to 1.
type weighted struct {
	at     topology.Entity
	weight float64
}

// readTask reads what a client asks. The error has code BAD_INPUT and names the argument.
func readTask(g *topology.Graph, input answers.ActionPlanInput) (*planTask, error) {
	task := &planTask{
		Graph: g, budget: input.Budget, pilotShare: g.Profile().PilotShare,
		costs: map[topology.Entity]float64{}, done: map[topology.Entity]bool{},
	}
	var err error
	if task.country, err = loaders.Known(g, "input.country", masar.Ref{Kind: masar.KindCountry, Code: input.Country}); err != nil {
		return nil, err
	}
	if err := amount("input.budget", input.Budget); err != nil {
		return nil, err
	}
	if share := input.PilotShare; share != nil {
		if !(*share >= 0 && *share <= 1) {
			return nil, masar.ArgumentErrorf(masar.CodeBadInput, "input.pilotShare", "%v is not a share; use a number from 0 to 1",
				"القيمة %v ليست حصة؛ استخدم عدداً من 0 إلى 1", *share)
		}
		task.pilotShare, task.shareGiven = *share, true
	}
	if err := task.readTargets(input.Targets); err != nil {
		return nil, err
	}
	return task, task.readRecommendations(input)
}

func (t *planTask) readTargets(asked []answers.PlanTargetInput) error {
	if len(asked) == 0 || len(asked) > maxPlanTargets {
		return masar.ArgumentErrorf(masar.CodeBadInput, "input.targets", "%d targets are out of bounds; give from 1 to %d",
			"عدد الغايات %d خارج الحدود؛ والمسموح من 1 إلى %d", len(asked), maxPlanTargets)
	}
	once := distinct{}
	sum := 0.
	for i, target := range asked {
		argument := fmt.Sprintf("input.targets[%d]", i)
		at, err := once.find(t.Graph, argument+".code", masar.Ref{Kind: masar.KindSdgTarget, Code: target.Code})
		if err != nil {
			return err
		}
		weight := 1.
		if target.Weight != nil {
			weight = *target.Weight
		}
		if !(weight > 0 && weight <= maxPlanAmount) {
			return masar.ArgumentErrorf(masar.CodeBadInput, argument+".weight", "%v is not a weight of a target; use a number above 0, up to %.0f",
				"القيمة %v ليست وزن غاية؛ استخدم عدداً أكبر من 0 وحتى %.0f", weight, maxPlanAmount)
		}
		t.targets = append(t.targets, weighted{at, weight})
		sum += weight
	}
	for i := range t.targets {
		t.targets[i].weight /= sum
	}
	return nil
}

// readRecommendations reads which recommendations are done and what others cost.
func (t *planTask) readRecommendations(input answers.ActionPlanInput) error {
	once := distinct{}
	for i, code := range input.Done {
		at, err := once.find(t.Graph, fmt.Sprintf("input.done[%d]", i), masar.Ref{Kind: masar.KindRecommendation, Code: code})
		if err != nil {
			return err
		}
		t.done[at] = true
	}
	once = distinct{}
	for i, priced := range input.Costs {
		argument := fmt.Sprintf("input.costs[%d]", i)
		at, err := once.find(t.Graph, argument+".code", masar.Ref{Kind: masar.KindRecommendation, Code: priced.Code})
		if err != nil {
			return err
		}
		if err := amount(argument+".cost", priced.Cost); err != nil {
			return err
		}
		t.costs[at] = priced.Cost
	}
	return nil
}

// cost is what a recommendation costs, and whether that was given.
func (t *planTask) cost(recommendation topology.Entity) (cost float64, given bool) {
	if cost, given = t.costs[recommendation]; given {
		return cost, true
	}
	return answers.AssumedCost, false
}

// amount sees to a cost or a budget; NaN and infinities are none.
func amount(argument string, value float64) error {
	if value >= 0 && value <= maxPlanAmount {
		return nil
	}
	return masar.ArgumentErrorf(masar.CodeBadInput, argument, "%v is out of bounds; use a number from 0 to %.0f",
		"القيمة %v خارج الحدود؛ استخدم عدداً من 0 إلى %.0f", value, maxPlanAmount)
}

// distinct finds entities that a list of arguments may name once each.
type distinct map[topology.Entity]bool

// find is the place of an entity. The error has code BAD_INPUT.
func (d distinct) find(g *topology.Graph, argument string, ref masar.Ref) (topology.Entity, error) {
	at, err := loaders.Known(g, argument, ref)
	if err != nil {
		return at, err
	}
	if d[at] {
		return at, masar.ArgumentErrorf(masar.CodeBadInput, argument, "%q is given twice; give each once",
			"الرمز %q مكرر؛ أعطِ كلاً مرة واحدة", ref.Code)
	}
	d[at] = true
	return at, nil
}
