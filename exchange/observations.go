package exchange

import (
	"context"
	"slices"
	"time"

	"masar"
	"masar/answers"
	"masar/words"
)

var observations = define(Dataset{
	Name: "observations", Accepts: []Parameter{ByCountry, ByIndicator, ByTarget, BySince, ByUntil, ByEdition}, Key: []string{"id"},
}, func(_ context.Context, from Source, q Query) (Records[Observation], error) {
	return from.Observations(q)
}, slices.Concat(
	[]column[Observation]{
		textColumn("observation.id", func(o Observation) string { return o.ID() }).required(),
		enumColumn("observation.ofKind", []masar.Kind{masar.KindCountry, masar.KindInitiative}, func(o Observation) masar.Kind { return o.Of.Head().Kind }).required(),
		textColumn("observation.ofCode", func(o Observation) string { return o.Of.Head().Code }).required(),
	},
	titles("observation.label", func(o Observation) masar.Entity { return o.Of }),
	countryColumns(func(o Observation) *masar.Country {
		country, _ := o.Of.(*masar.Country)
		return country
	}),
	[]column[Observation]{
		textColumn("observation.indicator", func(o Observation) string { return o.Observation.Indicator }).required(),
	},
	titles("observation.indicatorLabel", func(o Observation) masar.Entity { return o.Indicator.Entity }),
	sdgColumns(func(o Observation) Place { return o.Indicator }),
	[]column[Observation]{
		anyColumn("observation.year", Year, func(o Observation) any { return o.Year }).required(),
		anyColumn("observation.value", Number, func(o Observation) any { return known(o.Value) }).required(),
		enumColumn("observation.qualifier", masar.Qualifiers, func(o Observation) masar.QuantityQualifier { return o.Qualifier }),
		textColumn("observation.unit", func(o Observation) string { return o.Unit }).labelled(words.Unit),
		enumColumn("observation.nature", masar.Natures, func(o Observation) masar.ObservationNature { return o.Nature }).required(),
		textColumn("observation.series", func(o Observation) string { return o.Series }),
		textColumn("observation.source", func(o Observation) string { return code(o.Source) }).required().references("documents", "code"),
		textColumn("observation.vintage", func(o Observation) string { return o.Vintage }),
		enumColumn("observation.edition", answers.Editions, func(o Observation) answers.Edition { return o.Edition }).required(),
	},
	texts("observation.noteLabel", func(o Observation) masar.LocalizedText { return o.Notes }),
	[]column[Observation]{
		countColumn("observation.evidenceCount", func(Observation) int { return 1 }),
		timeColumn("observation.time", func(o Observation) time.Time { return time.Date(o.Year, 1, 1, 0, 0, 0, 0, time.UTC) }),
		textColumn("observation.sourceUrl", func(o Observation) string { return address(o.Source) }),
		urlColumn("observation.url", func(o Observation) masar.RecordRef { return o.Identity() }),
	},
))
