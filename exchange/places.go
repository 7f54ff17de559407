package exchange

import (
	"slices"

	"masar"
)

// This file has the datasets of what other datasets refer to: countries and SDG targets.

var countries = define(Dataset{
	Name: "countries", Accepts: []Parameter{ByFilter}, Key: []string{"iso3"},
}, filtered(Source.Countries), slices.Concat(
	[]column[Country]{textColumn("entity.id", func(c Country) string { return c.ID() }).required()},
	allRequired(countryColumns(func(c Country) *masar.Country { return c.Country })),
	[]column[Country]{textColumn("country.iso2", func(c Country) string { return c.ISO2 })},
	titles("country.label", func(c Country) masar.Entity { return c.Country }),
	[]column[Country]{
		enumColumn("country.incomeGroup", masar.IncomeGroups, func(c Country) masar.IncomeGroup { return c.IncomeGroup }),
		textColumn("country.incomeYear", func(c Country) string { return c.IncomeYear }),
		anyColumn("country.leastDeveloped", Boolean, func(c Country) any { return c.LeastDeveloped }).required(),
		codesColumn("country.groups", func(c Country) []string {
			var all []string
			for _, group := range c.Groups {
				all = append(all, group.Code)
			}
			return all
		}),
		anyColumn("country.maturity", Number, func(c Country) any {
			if c.Maturity == nil {
				return nil
			}
			return c.Maturity.Value
		}),
		anyColumn("country.maturityCoverage", Number, func(c Country) any {
			if c.Maturity == nil {
				return nil
			}
			return c.Maturity.Coverage
		}),
		countColumn("country.caseStudies", func(c Country) int { return c.CaseStudies }),
	},
	countColumns(func(c Country) Counted { return c.Counted }),
	[]column[Country]{entityURL(func(c Country) masar.Entity { return c.Country })},
))

var targets = define(Dataset{
	Name: "targets", Accepts: []Parameter{ByFilter}, Key: []string{"target"},
}, filtered(Source.Targets), slices.Concat(
	[]column[Target]{textColumn("entity.id", func(t Target) string { return t.ID() }).required()},
	allRequired(sdgColumns(func(t Target) Place { return t.Place })),
	titles("target.label", func(t Target) masar.Entity { return t.Entity }),
	[]column[Target]{countColumn("target.recommendations", func(t Target) int { return t.Recommendations })},
	countColumns(func(t Target) Counted { return t.Counted }),
	[]column[Target]{
		textColumn("target.sourceUrl", func(t Target) string { return t.Head().ExactMatch }),
		entityURL(func(t Target) masar.Entity { return t.Entity }),
	},
))
