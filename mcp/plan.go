package mcp

import (
	"strings"

	"masar"
	"masar/answers"
	"masar/words"
)

type planInput struct {
	inLanguage
	Targets []string `json:"targets" jsonschema:"numbers of SDG targets, such as 16.6, with equal weights" min:"1" max:"64" minItems:"1" maxItems:"20"`
	Country string   `json:"country" jsonschema:"ISO 3166-1 alpha-3 code of the country" pattern:"^[A-Za-z]{3}$"`
	Budget  float64  `json:"budget" jsonschema:"maximum cost; each recommendation costs 1, because no source states costs" min:"0"`
	After   string   `json:"after,omitempty" jsonschema:"nextCursor of the answer before"`
}

type planOutput struct {
	answer
	Method           answers.PlanMethod `json:"method" jsonschema:"EXACT: the best plan; GREEDY: see upperBound"`
	WeightedSupport  float64            `json:"weightedSupport" jsonschema:"support of the targets by the plan, from 0 to 1; it is no coverage"`
	UpperBound       float64            `json:"upperBound" jsonschema:"upper bound of weightedSupport within the budget"`
	Cost             float64            `json:"cost"`
	Budget           float64            `json:"budget"`
	Explanation      string             `json:"explanation"`
	Phases           []phase            `json:"phases" jsonschema:"in order; a pilot comes before its scale-up"`
	UncoveredTargets []thing            `json:"uncoveredTargets" jsonschema:"targets that no item advances"`
	Warnings         []string           `json:"warnings"`
}

type phase struct {
	Number int        `json:"number"`
	Items  []planItem `json:"items"`
}

type planItem struct {
	Recommendation thing            `json:"recommendation"`
	Step           answers.PlanStep `json:"step" jsonschema:"PILOT or SCALE"`
	Cost           float64          `json:"cost"`
	Gain           *float64         `json:"gain,omitempty" jsonschema:"contribution to weightedSupport; absent where it is unknown"`
	Explanation    string           `json:"explanation"`

	phase int
}

type planData struct {
	frame
	Plan *struct {
		Method          answers.PlanMethod `json:"method"`
		WeightedSupport float64            `json:"weightedSupport"`
		UpperBound      float64            `json:"upperBound"`
		Cost            float64            `json:"cost"`
		Budget          float64            `json:"budget"`
		Explanation     value              `json:"explanation"`
		Phases          []struct {
			Items []struct {
				Recommendation heading          `json:"recommendation"`
				Step           answers.PlanStep `json:"step"`
				Cost           float64          `json:"cost"`
				Gain           *float64         `json:"gain"`
				Explanation    value            `json:"explanation"`
			} `json:"items"`
		} `json:"phases"`
		UncoveredTargets []heading `json:"uncoveredTargets"`
		Warnings         []struct {
			Message value `json:"message"`
		} `json:"warnings"`
	} `json:"assembleActionPlan"`
}

func actionPlan(c *call, in planInput) (f found[*planOutput], err error) {
	from, err := readCursor("action_plan", in.After)
	if err != nil {
		return f, err
	}
	var targets []map[string]any
	for _, t := range in.Targets {
		targets = append(targets, map[string]any{"code": words.ReadCode(masar.KindSdgTarget, t)})
	}
	input := map[string]any{"country": strings.ToUpper(in.Country), "targets": targets, "budget": in.Budget}
	var data planData
	if err := c.run("plan", c.inLanguage(map[string]any{"input": input}), &data); err != nil {
		return f, err
	}
	p := data.Plan
	head := planOutput{
		answer: data.frame.answer(), Method: p.Method, WeightedSupport: rounded(p.WeightedSupport), UpperBound: rounded(p.UpperBound),
		Cost: rounded(p.Cost), Budget: p.Budget, Explanation: p.Explanation.Value, UncoveredTargets: c.things(p.UncoveredTargets),
	}
	for _, warning := range p.Warnings {
		head.Warnings = append(head.Warnings, warning.Message.Value)
	}
	items := rest(c.planItems(data), from)
	return found[*planOutput]{
		items: len(items),
		first: func(n int) *planOutput {
			out := head
			out.Phases = phasesOf(items[:n])
			return &out
		},
		after:  from.skipping,
		narrow: "assistants.narrow.plan",
	}, nil
}

// planItems are the items of all phases.
func (c *call) planItems(d planData) []planItem {
	var all []planItem
	for i, p := range d.Plan.Phases {
		for _, item := range p.Items {
			made := planItem{Recommendation: c.thing(item.Recommendation), Step: item.Step, Cost: rounded(item.Cost), Explanation: item.Explanation.Value, phase: i + 1}
			if item.Gain != nil {
				gain := rounded(*item.Gain)
				made.Gain = &gain
			}
			all = append(all, made)
		}
	}
	return all
}

// phasesOf are some items in their phases.
func phasesOf(items []planItem) []phase {
	var all []phase
	for _, i := range items {
		if last := len(all) - 1; last < 0 || all[last].Number != i.phase {
			all = append(all, phase{Number: i.phase})
		}
		last := &all[len(all)-1]
		last.Items = append(last.Items, i)
	}
	return all
}

func (o *planOutput) write(w *writer) {
	w.line("assistants.text.plan", masar.Args{"method": o.Method, "support": o.WeightedSupport, "bound": o.UpperBound, "cost": o.Cost, "budget": o.Budget})
	w.line("assistants.text.sentence", masar.Args{"sentence": prose(o.Explanation)})
	for _, p := range o.Phases {
		w.line("assistants.text.phase", masar.Args{"number": p.Number})
		for _, i := range p.Items {
			w.thing(i.Recommendation)
			w.under("assistants.text.step", masar.Args{"step": i.Step, "cost": i.Cost, "explanation": prose(i.Explanation)})
		}
	}
	for _, t := range o.UncoveredTargets {
		w.line("assistants.text.uncovered", masar.Args{"title": w.title(t), "code": t.Ref()})
	}
	for _, warning := range o.Warnings {
		w.line("assistants.text.warning", masar.Args{"warning": prose(warning)})
	}
}
