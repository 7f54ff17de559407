package words

import (
	"masar"
	"masar/answers"
)

func needs(r *answers.NeedsReason, called find) []masar.Phrase {
	if r.Topic.IsZero() {
		return one("reason.needs.open", nil)
	}
	key := "reason.needs.known"
	switch {
	case !r.Known:
		key = "reason.needs.unknown"
	case len(r.Answered) == 0:
		key = "reason.needs.none"
	}
	return one(key, masar.Args{
		"topic": called(r.Topic), "country": called(r.Country), "of": r.Of, "answered": titles(r.Answered, called), "value": r.Value,
	})
}

func supply(r *answers.SupplyReason, called find) []masar.Phrase {
	args := masar.Args{"country": called(r.Country), "unnamed": r.Unnamed, "each": r.Each, "value": r.Value}
	onTopic := !r.Topic.IsZero()
	if onTopic {
		args["topic"] = called(r.Topic)
	}
	cases := make(series, len(r.Cases))
	for i, c := range r.Cases[:min(answers.MostNamed, len(r.Cases))] {
		cases[i] = masar.Phrase{Key: "reason.case.supported", Args: masar.Args{"case": called(c.Case), "support": c.Support}}
	}
	args["cases"] = cases
	switch {
	case r.Unnamed > 0 && len(cases) == 0:
		return one("reason.supply.unnamed", args)
	case r.Unnamed > 0:
		return one("reason.supply.more", args)
	case len(cases) == 0 && onTopic:
		return one("reason.supply.unknown.topic", args)
	case len(cases) == 0:
		return one("reason.supply.unknown.any", args)
	case onTopic:
		return one("reason.supply.topic", args)
	}
	return one("reason.supply.any", args)
}

// farAhead is the lead in maturity from which a supplier is hard to follow.
const farAhead = .35

func step(r *answers.StepReason, called find) []masar.Phrase {
	switch {
	case r.Theirs == nil:
		return one("reason.step.unknown", masar.Args{"unknown": called(r.Supplier)})
	case r.Ours == nil:
		return one("reason.step.unknown", masar.Args{"unknown": called(r.Learner)})
	}
	lead := *r.Theirs - *r.Ours
	key := "reason.step.suitable"
	switch {
	case r.Value < 1 && lead > farAhead:
		key = "reason.step.far"
	case r.Value < 1:
		key = "reason.step.near"
	}
	return one(key, masar.Args{
		"supplier": called(r.Supplier), "learner": called(r.Learner), "theirs": *r.Theirs, "ours": *r.Ours, "difference": lead, "value": r.Value,
	})
}

func similarity(r *answers.SimilarityReason, called find) []masar.Phrase {
	shared := inCommon(r, called)
	key := "reason.similarity.known"
	switch {
	case !r.Known:
		key = "reason.similarity.unknown"
	case len(shared) == 0:
		key = "reason.similarity.none"
	}
	return one(key, masar.Args{"supplier": called(r.Supplier), "learner": called(r.Learner), "shared": shared, "value": r.Value})
}

// inCommon is all that two countries have in common.
func inCommon(r *answers.SimilarityReason, called find) list {
	var shared list
	if r.SameIncome {
		shared = append(shared, masar.Phrase{Key: "reason.similarity.income"})
	}
	if r.LeastDeveloped {
		shared = append(shared, masar.Phrase{Key: "reason.similarity.least_developed"})
	}
	for _, tag := range r.Languages {
		shared = append(shared, masar.Phrase{Key: "reason.similarity.language", Args: masar.Args{"name": languageName(tag)}})
	}
	for _, group := range r.Groups {
		shared = append(shared, called(group))
	}
	return shared
}

// languageName is what a language is called, by its BCP 47 tag; one without a name goes by the tag.
func languageName(tag string) any {
	key := "language." + tag
	if _, ok := english.messages[key]; ok {
		return masar.Phrase{Key: key}
	}
	return tag
}

func availability(r *answers.AvailabilityReason, called find) []masar.Phrase {
	key := "reason.availability.not_sent"
	if r.Sent {
		key = "reason.availability.sent"
	}
	return one(key, masar.Args{"supplier": called(r.Supplier), "value": r.Value})
}
