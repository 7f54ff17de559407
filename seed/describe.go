package seed

import "reflect"

// describe says what a key of a struct is for: in the words for that struct, or else in those for every struct.
func describe(t reflect.Type, key string) string {
	if text, ok := descriptions[t.Name()+"."+key]; ok {
		return text
	}
	return descriptions[key]
}

// descriptions say what keys are for; editors show them. "name.key" is for one struct, "key" for all others.
var descriptions = map[string]string{
	"file.document":        "The source document that this file is about.",
	"file.passages":        "Pointers at words of the document, by an id that is unique in this file. Each is used by evidence or an observation.",
	"file.leftOut":         "Words of the document that say nothing usable, each with the reason.",
	"file.sdgGoals":        "Sustainable Development Goals.",
	"file.sdgTargets":      "Targets of the 2030 Agenda.",
	"file.sdgIndicators":   "Indicators of the global SDG framework.",
	"file.legacyTargets":   "Goals and targets of the Millennium Development Goals. MAPS_TO claims say to which SDG targets their concern moved.",
	"file.frameworks":      "Agendas, visions and bodies of standards that initiatives align with.",
	"file.principles":      "Principles that initiatives and recommendations follow.",
	"file.initiatives":     "Programmes, projects and lasting undertakings, or named parts of one.",
	"file.organizations":   "Bodies that act: ministries, agencies, companies, associations.",
	"file.countries":       "States, by their ISO 3166-1 alpha-3 code.",
	"file.countryGroups":   "Regions and memberships.",
	"file.challenges":      "Difficulties that countries face and that recommendations address.",
	"file.topics":          "Subjects, in a tree from the broader to the narrower.",
	"file.recommendations": "What sources call for.",
	"file.caseStudies":     "Practices that a country or body has put to work.",
	"file.activities":      "What was or will be held: webinars, workshops, meetings.",
	"file.outputs":         "What was or will be produced: studies, reports, tools.",
	"file.indicators":      "Indices and counts outside the SDG framework.",
	"file.claims":          "What is said of the entities, each claim with its evidence.",
	"file.observations":    "Values of indicators. What no source gives has no observation: absent is not zero.",

	"code":    "Unique within the kind: ASCII letters, digits, '.', '-' and '_', at most 64.",
	"title":   "Its name, in both languages.",
	"summary": "What it is, in one to three sentences of our own, in both languages.",
	"aliases": "Other names under which the sources or the world know it.",
	"iri":     "The same thing in a public vocabulary.",
	"date":    "When it was, as an EDTF string, such as 2024-12-11, or 2023-09-11/2023-09-12 for a period.",
	"form":    "What sort it is.",
	"unit":    "The unit of the value, in capitals, such as INDEX, CASES or PERSONS.",

	"sdgTarget.parent":    "The goal that the target is of.",
	"sdgIndicator.parent": "The target that the indicator is of.",
	"legacyTarget.parent": "The goal or target that this one is part of.",
	"principle.parent":    "The principle that this one is part of.",
	"topic.parent":        "The broader topic.",

	"initiative.period":    "From when to when it ran, as an EDTF string, such as 2004/.. for open.",
	"organization.home":    "The country of a national body; left out for international ones.",
	"organization.contact": "A functional address that a source gives, never that of a person.",

	"country.code":              "The ISO 3166-1 alpha-3 code.",
	"country.iso2":              "The ISO 3166-1 alpha-2 code.",
	"country.m49":               "The UN M49 code, three digits in quotes.",
	"country.incomeGroup":       "The World Bank's income group.",
	"country.incomeYear":        "The fiscal year of the income group.",
	"country.leastDeveloped":    "Whether the UN lists it among the least developed countries.",
	"country.officialLanguages": "Its official languages, as BCP 47 tags such as ar.",
	"country.groups":            "The country groups that it belongs to.",

	"challenge.gauges": "The indicators that tell how far a country faces it.",
	"gauge.indicator":  "The code of an indicator or SDG indicator.",
	"gauge.worst":      "The value at which the challenge is greatest.",
	"gauge.best":       "The value at which there is no such challenge.",
	"gauge.rationale":  "Why the indicator tells of the challenge.",

	"recommendation.number":       "Its number in the list where it was issued; left out where the list is not numbered.",
	"recommendation.strength":     "A person's judgement in GRADE's sense; left out until someone has judged.",
	"recommendation.maturityBand": "For countries of which maturity it is meant; left out where the source gives no reason to say.",
	"band.low":                    "The least maturity, from 0 to 1.",
	"band.high":                   "The greatest maturity, from 0 to 1.",
	"band.basis":                  "STATED where a source gives the range in so many words.",
	"band.rationale":              "Why it is meant for this range, by the words of the source.",

	"activity.status":       "A plan, or what was held: as the source has it.",
	"activity.place":        "Where it was held, as finely as the source says.",
	"activity.participants": "The numbers that the source gives of people who took part.",
	"quantity.value":        "The number.",
	"quantity.qualifier":    "How exactly the number is meant.",
	"quantity.of":           "What is counted.",

	"output.history": "What each source says of its state, oldest first.",
	"state.status":   "The state.",
	"state.asOf":     "When this was so, by the source.",
	"state.source":   "The document that says so.",
	"state.note":     "What has to be known of the state, in our own words.",

	"alias.value":  "The name.",
	"alias.lang":   "The language of the name.",
	"wording.ar":   "In Arabic.",
	"wording.en":   "In English.",
	"words.value":  "The words.",
	"words.origin": "PUBLISHED for the publisher's words, TRANSLATED for our translation of them. Our own words are a plain string.",
	"date.edtf":    "The date in EDTF.",
	"date.basis":   "INFERRED where a curator concluded the date. A date that the source states is a plain string.",

	"document.code":         "The name of the file without .yaml.",
	"document.url":          "Where its publisher has it; only where known.",
	"document.languages":    "The languages of its text, the main one first.",
	"document.publishing":   "The organization that published it; left out where no text tells.",
	"document.family":       "The initiative and issuing organization: documents of one family count once in support.",
	"document.evidenceKind": "The kind of evidence that its passages give, unless an evidence entry says otherwise.",
	"document.version":      "The text that the passages count in.",
	"version.sha256":        "The SHA-256 of the text's UTF-8 bytes.",
	"version.length":        "The length of the text in runes.",

	"passage.start":    "The first rune of the words, counted from 0.",
	"passage.end":      "The rune after the last of the words.",
	"passage.sha256":   "The SHA-256 of the words' UTF-8 bytes.",
	"passage.lang":     "The language of the words; the document's first when left out.",
	"passage.locator":  "Where a person looks, such as \"key message 5\".",
	"passage.summary":  "What the passage says, in our own words.",
	"passage.ocrDoubt": "Whether the recognised text may be wrong.",
	"leftOut.start":    "The first rune of the words, counted from 0.",
	"leftOut.end":      "The rune after the last of the words.",
	"leftOut.reason":   "Why the words are of no use.",

	"claim.claim":         "Subject, predicate and object, as KIND/code PREDICATE KIND/code.",
	"claim.role":          "The organization's part; required for PARTICIPATES, refused elsewhere.",
	"claim.basis":         "Whether a source states it or a curator inferred it.",
	"claim.rationale":     "Why it was drawn from its evidence; required for INFERRED, refused for STATED.",
	"claim.evidence":      "The passages that speak for it or against it.",
	"evidence.passage":    "The passage's id, or DOCUMENT#id for one of another file.",
	"evidence.stance":     "Whether it speaks for the claim or against it.",
	"evidence.kind":       "The kind of evidence; the document's when left out.",
	"evidence.directness": "How near it comes to naming what the claim says. Left out: INFERENCE for an inferred claim, GOAL_NAMED for a stated one about an SDG goal, else NAMED.",
	"evidence.summary":    "What the passage says to the claim, in our own words; the passage's summary when left out.",

	"observation.of":        "The country, country group or initiative that was observed.",
	"observation.indicator": "The code of an indicator or SDG indicator.",
	"observation.year":      "The year of the value.",
	"observation.value":     "The value.",
	"observation.qualifier": "How exactly the value is meant.",
	"observation.nature":    "MEASURED, REPORTED, or PLANNED for what is only intended.",
	"observation.passage":   "The passage that says so: its id, or DOCUMENT#id for one of another file.",
	"observation.source":    "The document whose table holds the figure, in the place of a passage.",
	"observation.vintage":   "What tells editions of a figure apart.",
	"observation.note":      "What has to be known of the value, in our own words.",
}
