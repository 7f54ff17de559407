package exchange

import (
	"slices"

	"masar"
)

// This file has the datasets of what was done: initiatives and case studies.

var initiatives = define(Dataset{
	Name: "initiatives", Accepts: []Parameter{ByFilter}, Key: []string{"code"},
}, filtered(Source.Initiatives), slices.Concat(
	entityColumns(func(i Initiative) masar.Entity { return i.Initiative }),
	[]column[Initiative]{
		enumColumn("initiative.form", masar.InitiativeForms, func(i Initiative) masar.InitiativeForm { return i.Form }).required(),
		textColumn("initiative.period", func(i Initiative) string { return i.Period.EDTF }),
		codesColumn("countries", func(i Initiative) []string { return i.Countries }),
		codesColumn("initiative.targets", func(i Initiative) []string { return i.Targets }),
	},
	countColumns(func(i Initiative) Counted { return i.Counted }),
	[]column[Initiative]{entityURL(func(i Initiative) masar.Entity { return i.Initiative })},
))

var caseStudies = define(Dataset{
	Name: "case-studies", Accepts: []Parameter{ByFilter}, Key: []string{"code"},
}, filtered(Source.CaseStudies), slices.Concat(
	entityColumns(func(s CaseStudy) masar.Entity { return s.CaseStudy }),
	countryColumns(func(s CaseStudy) *masar.Country { return s.Country }),
	titles("case.countryLabel", func(s CaseStudy) masar.Entity {
		if s.Country == nil {
			return nil
		}
		return s.Country
	}),
	[]column[CaseStudy]{textColumn("case.ledBy", func(s CaseStudy) string {
		if s.LedBy == nil {
			return ""
		}
		return s.LedBy.Code
	})},
	titles("case.ledByLabel", func(s CaseStudy) masar.Entity {
		if s.LedBy == nil {
			return nil
		}
		return s.LedBy
	}),
	[]column[CaseStudy]{codesColumn("case.recommendations", func(s CaseStudy) []string { return s.Recommendations })},
	countColumns(func(s CaseStudy) Counted { return s.Counted }),
	[]column[CaseStudy]{entityURL(func(s CaseStudy) masar.Entity { return s.CaseStudy })},
))
