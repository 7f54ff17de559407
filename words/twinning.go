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
	args := masar.Args{"country": called(r.Country), "unnamed": r.Unnamed, "share": r.UnnamedShare, "value": r.Value}
	named, none := "reason.supply.any", "reason.supply.none.any"
	if !r.Topic.IsZero() {
		named, none = "reason.supply.topic", "reason.supply.none.topic"
		args["topic"] = called(r.Topic)
	}
	if len(r.Cases)+r.Unnamed == 0 {
		return one(none, args)
	}
	var said []masar.Phrase
	if len(r.Cases) > 0 {
		args["cases"] = supported(r.Cases, called)
		said = one(named, args)
	}
	if r.Unnamed > 0 {
		said = append(said, masar.Phrase{Key: "reason.supply.unnamed", Args: args})
	}
	return append(said, masar.Phrase{Key: "reason.supply.sum", Args: args})
}

// supported lists case studies with their support.
func supported(cases []answers.CaseShare, called find) series {
	all := make(series, len(cases))
	for i, c := range cases[:min(answers.MostNamed, len(cases))] { // the reason refers only to these entities
		all[i] = masar.Phrase{Key: "reason.case.supported", Args: masar.Args{"case": called(c.Case), "support": c.Support}}
	}
	return all
}

// farAhead is the lead in maturity above which a supplier is far ahead.
const farAhead = .35

func step(r *answers.StepReason, called find) []masar.Phrase {
	switch {
	case r.Theirs == nil:
		return one("reason.step.unknown", masar.Args{"unknown": called(r.Supplier)})
	case r.Ours == nil:
		return one("reason.step.unknown", masar.Args{"unknown": called(r.Recipient)})
	}
	lead := *r.Theirs - *r.Ours
	key := "reason.step.suitable"
	switch {
	case r.Value == 0:
		key = "reason.step.none"
	case r.Value < 1 && lead > farAhead:
		key = "reason.step.far"
	case r.Value < 1:
		key = "reason.step.near"
	}
	return one(key, masar.Args{
		"supplier": called(r.Supplier), "recipient": called(r.Recipient), "theirs": *r.Theirs, "ours": *r.Ours, "difference": lead, "value": r.Value,
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
	return one(key, masar.Args{"supplier": called(r.Supplier), "recipient": called(r.Recipient), "shared": shared, "value": r.Value})
}

// inCommon are all the attributes that two countries share.
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

// languageName is the name of a language by its BCP 47 tag, or the tag itself if it has none.
func languageName(tag string) any {
	key := "language." + tag
	if _, ok := english().messages[key]; ok {
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
