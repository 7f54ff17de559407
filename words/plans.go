package words

import (
	"strings"

	"masar"
	"masar/answers"
)

// Plan explains the weighted support of a plan as a sum, and how close the plan is to the best one.
func Plan(p *answers.ActionPlan, lang []masar.Language) *masar.Text {
	key := "plan.exact"
	if p.Method == answers.PlanGreedy {
		key = "plan.greedy"
	}
	return Text(key, masar.Args{"support": p.WeightedSupport, "targets": each(p.Targets, targetShare), "bound": p.UpperBound}, lang)
}

// targetShare is the contribution of a target to the plan's weighted support.
func targetShare(t *answers.PlanTarget) masar.Phrase {
	support := 0.
	if t.Support != nil {
		support = *t.Support
	}
	return masar.Phrase{Key: "plan.share", Args: masar.Args{"code": t.Target, "product": product(t.Weight*support, t.Weight, support)}}
}

// PlanTarget explains how the support of a target is computed.
func PlanTarget(t *answers.PlanTarget, lang []masar.Language) *masar.Text {
	args := masar.Args{"code": t.Target, "links": each(t.Links, linkNet)}
	key := "plan.target.supported"
	switch {
	case t.Support == nil:
		key = "plan.target.unknown"
	case len(t.Links) == 0:
		key = "plan.target.unsupported"
	default:
		args["formula"] = targetSupport(t)
	}
	return Text(key, args, lang)
}

// targetSupport is the formula 1 − Π(1 − N) over the links of a target.
func targetSupport(t *answers.PlanTarget) formula {
	missed := make([]string, len(t.Links))
	for i, link := range t.Links {
		missed[i] = "(1 − " + decimal(link.Net) + ")"
	}
	return formula("1 − " + strings.Join(missed, " × ") + " = " + decimal(*t.Support))
}

// linkNet is the net support that a link has for its target.
func linkNet(k *answers.PlanLink) masar.Phrase {
	key := "plan.link.target"
	if k.Level == masar.LevelGoal {
		key = "plan.link.goal"
	}
	return masar.Phrase{Key: key, Args: masar.Args{"code": k.Recommendation, "net": k.Net}}
}

// linkGain is the contribution of a link to its target.
func linkGain(k *answers.PlanLink) masar.Phrase {
	return masar.Phrase{Key: "plan.share", Args: masar.Args{"code": k.Target, "product": product(k.Gain, k.Weight, k.Remaining, k.Net)}}
}

// PlanPhase describes the content of a phase.
func PlanPhase(p *answers.PlanPhase, lang []masar.Language) *masar.Text {
	key := "plan.phase.later"
	if p.Number == 1 {
		key = "plan.phase.first"
	}
	return Text(key, masar.Args{"n": p.Number}, lang)
}

// PlanItem describes an item of a plan, with its cost and its gain.
func PlanItem(i *answers.PlanItem, lang []masar.Language) *masar.Text {
	args := masar.Args{"cost": i.Cost, "full": i.FullCost, "links": each(i.Links, linkGain)}
	key := "plan.item.scale"
	switch {
	case i.Step == answers.PilotStep:
		key = "plan.item.pilot"
	case i.Gain == nil:
		key = "plan.item.required"
	default:
		args["gain"] = *i.Gain
	}
	return Text(key, args, lang)
}

// PlanWarning is the text of a warning about a plan.
func PlanWarning(w *answers.PlanWarning, lang []masar.Language) *masar.Text {
	args := masar.Args{"about": w.About}
	if w.Number != nil {
		args["n"] = *w.Number
	}
	return Text("plan.warning."+string(w.Code), args, lang)
}

// each maps things to phrases.
func each[T any](things []T, say func(T) masar.Phrase) []masar.Phrase {
	said := make([]masar.Phrase, len(things))
	for i, thing := range things {
		said[i] = say(thing)
	}
	return said
}

// product formats a product with its result.
func product(of float64, factors ...float64) formula {
	parts := make([]string, len(factors))
	for i, f := range factors {
		parts[i] = decimal(f)
	}
	return formula(strings.Join(parts, " × ") + " = " + decimal(of))
}
