package words

import (
	"masar"
	"masar/answers"
	"strconv"
	"strings"
)

// The explanations of an action plan.
var (
	planWords = wordForm{
		"تغطي الخطة مع ما نُفّذ {coverage} من الغايات المطلوبة على مقياس من 0 إلى 1، وهو مجموع: {targets}. {best}",
		"On a scale from 0 to 1 the plan and what is done cover {coverage} of the targets asked for, the sum of: {targets}. {best}",
	}
	bestWords = wordForm{
		"ولا تغطي أي خطة في حدود الميزانية أكثر من ذلك.",
		"No plan within the budget covers more.",
	}
	boundWords = wordForm{
		"وقد جُمعت خطوةً بعد خطوة مما يضيف أكثر قياساً إلى كلفته، ولا تغطي أي خطة في حدود الميزانية أكثر من {bound}.",
		"It was put together step by step from what adds most for its cost; no plan within the budget covers more than {bound}.",
	}
	shareWords = wordForm{"{code}: {product}", "{code}: {product}"}

	unknownTargetWords = wordForm{
		"لا تُعرف توصية تدعم الغاية {code}، فلا يُعرف ما الذي يغطيها.",
		"No recommendation is known to advance target {code}; what would cover it is not known.",
	}
	uncoveredTargetWords = wordForm{
		"تُعرف توصيات تدعم الغاية {code}، وليس شيء منها في الخطة.",
		"Recommendations are known to advance target {code}, but none of them is in the plan.",
	}
	coveredTargetWords = wordForm{
		"{formula}، مما يدعم الغاية {code} بصافي ما يسنده من أدلة: {links}.",
		"{formula}, of what advances target {code} and the net support that the evidence gives it: {links}.",
	}
	linkWords     = wordForm{"{code} {net}", "{code} {net}"}
	goalLinkWords = wordForm{"{code} {net} (عن الهدف، وهو أقل وزناً)", "{code} {net} (of the goal, which counts less)"}

	pilotWords = wordForm{
		"تجربة على نطاق صغير قبل التوسع، بكلفة {cost} من أصل {full}. ولا يُعرف ما تغطيه التجربة وحدها.",
		"A trial on a small scale before it is widened, for {cost} of its cost of {full}. What the trial alone would cover is not known.",
	}
	scaleWords = wordForm{
		"تنفيذ كامل بكلفة {cost} من أصل {full}، يضيف إلى التغطية {gain}، وهو مجموع ما يضيفه لكل غاية (وزنها × ما بقي منها بلا تغطية × صافي الأدلة): {links}.",
		"Carried out in full, for {cost} of its cost of {full}, it adds {gain} to the coverage, the sum of what it adds for each target (its weight × what is left of it uncovered × net support): {links}.",
	}
	requiredWords = wordForm{
		"تنفيذ كامل بكلفة {cost} من أصل {full}. لا يُعرف أنه يدعم أياً من الغايات، وهو في الخطة لأن غيره يتطلبه.",
		"Carried out in full, for {cost} of its cost of {full}. It is not known to advance any of the targets; it is in the plan because others require it.",
	}

	firstPhaseWords = wordForm{"المرحلة {n}: ما لا يتطلب شيئاً آخر من الخطة", "Phase {n}: what requires nothing else of the plan"}
	laterPhaseWords = wordForm{"المرحلة {n}: ما يُبنى على المراحل السابقة", "Phase {n}: what builds on the phases before"}
)

// Plan says how the coverage of a plan comes about, and how good it is.
func Plan(p *answers.ActionPlan, lang []masar.Language) *masar.Text {
	best := bestWords
	if p.Method == answers.PlanGreedy {
		best = boundWords
	}
	return saying(planWords, lang, func(l masar.Language) []string {
		return []string{
			"{coverage}", decimal(p.Coverage), "{targets}", listing(p.Targets, l, targetShare),
			"{best}", strings.ReplaceAll(best.in(l), "{bound}", decimal(p.Bound)),
		}
	})
}

// share is what the target makes of the coverage of the plan.
func targetShare(t *answers.PlanTarget, l masar.Language) string {
	covered := 0.
	if t.Coverage != nil {
		covered = *t.Coverage
	}
	return inside(shareWords, l, "{code}", codeOf(t.Target, l), "{product}", formula(product(t.Weight*covered, t.Weight, covered), l))
}

// PlanTarget says how the coverage of a target comes about.
func PlanTarget(t *answers.PlanTarget, lang []masar.Language) *masar.Text {
	words := coveredTargetWords
	switch {
	case t.Coverage == nil:
		words = unknownTargetWords
	case len(t.Links) == 0:
		words = uncoveredTargetWords
	}
	return saying(words, lang, func(l masar.Language) []string {
		places := []string{"{code}", codeOf(t.Target, l)}
		if t.Coverage == nil {
			return places
		}
		var missed strings.Builder
		for _, link := range t.Links {
			missed.WriteString(" × (1 − " + decimal(link.Net) + ")")
		}
		return append(places,
			"{formula}", formula("1 − "+strings.TrimPrefix(missed.String(), " × ")+" = "+decimal(*t.Coverage), l),
			"{links}", listing(t.Links, l, linkSaid))
	})
}

func linkSaid(k *answers.PlanLink, l masar.Language) string {
	words := linkWords
	if k.Level == masar.LevelGoal {
		words = goalLinkWords
	}
	return inside(words, l, "{code}", codeOf(k.Recommendation, l), "{net}", decimal(k.Net))
}

// gained is what the link adds for its target.
func linkGained(k *answers.PlanLink, l masar.Language) string {
	return inside(shareWords, l, "{code}", codeOf(k.Target, l), "{product}", formula(product(k.Gain, k.Weight, k.Uncovered, k.Net), l))
}

// PlanPhase says what is in a phase of a plan.
func PlanPhase(p *answers.PlanPhase, lang []masar.Language) *masar.Text {
	words := laterPhaseWords
	if p.Number == 1 {
		words = firstPhaseWords
	}
	return saying(words, lang, func(masar.Language) []string { return []string{"{n}", strconv.Itoa(p.Number)} })
}

// PlanItem says what a step of a plan is, and where its cost and its gain come from.
func PlanItem(i *answers.PlanItem, lang []masar.Language) *masar.Text {
	words := scaleWords
	switch {
	case i.Step == answers.PilotStep:
		words = pilotWords
	case i.Gain == nil:
		words = requiredWords
	}
	return saying(words, lang, func(l masar.Language) []string {
		places := []string{"{cost}", decimal(i.Cost), "{full}", decimal(i.FullCost), "{links}", listing(i.Links, l, linkGained)}
		if i.Gain != nil {
			places = append(places, "{gain}", decimal(*i.Gain))
		}
		return places
	})
}

// planWarnings are the messages of the warnings. {about} stands for the codes of what they are about, {n} for their number.
var planWarnings = map[answers.PlanWarningCode]wordForm{
	answers.WarnCostsAssumed: {
		"لا يذكر أي مصدر كلفة التوصيات. وما لم تُعطَ كلفته حُسب وحدة واحدة لكل توصية: {about}.",
		"No source says what recommendations cost. Those whose cost was not given count as one unit each: {about}.",
	},
	answers.WarnPilotShareAssumed: {
		"لا يذكر أي مصدر حصة التجربة من الكلفة، وقد افتُرض أنها {n} منها.",
		"No source says how much of a cost a pilot takes; {n} of it is assumed.",
	},
	answers.WarnNoRecommendation: {
		"لا تُعرف توصية تدعم {about}، فلا يُعرف ما الذي يدعمها.",
		"No recommendation is known to advance {about}; what would is not known.",
	},
	answers.WarnTargetUncovered: {
		"لا شيء مما خُطط له أو نُفّذ يدعم {about}.",
		"Nothing that is planned or done advances {about}.",
	},
	answers.WarnGoalLevelOnly: {
		"ما يدعم {about} يتحدث عن الهدف كله ولا يسمي الغاية، فهو أقل وزناً.",
		"What advances {about} speaks of the whole goal and does not name the target; it counts less.",
	},
	answers.WarnInferred: {
		"لا ينص أي مصدر على أن هذه التوصيات تدعم الغايات المطلوبة، وإنما هو استنتاج: {about}.",
		"No source states that these recommendations advance the targets asked for; it was inferred: {about}.",
	},
	answers.WarnTopicPrerequisite: {
		"يتطلب ما في الخطة هذه الموضوعات أيضاً، والخطة لا تضم موضوعات، فليُتحقق من توفرها: {about}.",
		"What is planned requires these topics too. A plan holds no topics: make sure that they are in place: {about}.",
	},
	answers.WarnDuplicates: {
		"هذه التوصيات بمعنى واحد مع غيرها في الخطة، فقد يُحسب أثرها مرتين: {about}.",
		"These recommendations say the same as others in the plan, so that their effect may be counted twice: {about}.",
	},
	answers.WarnBudgetTooSmall: {
		"لا تتسع الميزانية لهذه التوصيات، وهي تزيد التغطية: {about}.",
		"The budget has no room for these recommendations, which would cover more: {about}.",
	},
	answers.WarnBudgetLeft: {
		"بقي من الميزانية {n}، ولا شيء مما يكفي له يزيد التغطية.",
		"{n} of the budget is left; nothing that it would pay for covers more.",
	},
	answers.WarnRegionChallenges: {
		"لا يُعرف تحدٍّ للبلد نفسه. التحديات المذكورة هي تحديات مجموعة ينتمي إليها: {about}.",
		"No challenge is known of the country itself; those shown are of a group that it belongs to: {about}.",
	},
	answers.WarnNoChallenges: {
		"لا يُعرف تحدٍّ للبلد ولا لمجموعة ينتمي إليها.",
		"No challenge is known of the country or of a group that it belongs to.",
	},
	answers.WarnNoCountryCase: {
		"لا تُعرف دراسة حالة من البلد تجسّد شيئاً من الخطة في التطبيق.",
		"No case study from the country is known to show anything of the plan in practice.",
	},
}

// PlanWarning says what a reader of a plan has to know.
func PlanWarning(w *answers.PlanWarning, lang []masar.Language) *masar.Text {
	return saying(planWarnings[w.Code], lang, func(l masar.Language) []string {
		places := []string{"{about}", listing(w.About, l, codeOf)}
		if w.Number != nil {
			places = append(places, "{n}", decimal(*w.Number))
		}
		return places
	})
}
