package exchange

import (
	"context"
	"slices"

	"masar"
	"masar/answers"
)

var tailored = define(Dataset{
	Name: "tailored", Accepts: []Parameter{ByCountry, ByTarget}, Requires: []Parameter{ByCountry}, Key: []string{"rank"},
}, func(ctx context.Context, from Source, q Query) (Records[Tailored], error) {
	return from.Tailored(ctx, q)
}, slices.Concat(
	[]column[Tailored]{countColumn("tailored.rank", func(t Tailored) int { return t.Rank })},
	entityColumns(func(t Tailored) masar.Entity { return t.Recommendation }),
	countryColumns(func(t Tailored) *masar.Country { return t.Country }),
	sdgColumns(func(t Tailored) Place { return t.Target }),
	[]column[Tailored]{
		number("tailored.scoreLow", func(t Tailored) float64 { return t.Score.Low }),
		number("tailored.scoreHigh", func(t Tailored) float64 { return t.Score.High }),
		number("tailored.scorePoint", func(t Tailored) float64 { return t.Score.Point }),
		number("tailored.scoreCoverage", func(t Tailored) float64 { return t.Score.Coverage }),
	},
	componentColumns("tailored.align", answers.ComponentAlign),
	componentColumns("tailored.evidence", answers.ComponentEvidence),
	componentColumns("tailored.need", answers.ComponentNeed),
	componentColumns("tailored.fit", answers.ComponentFit),
	componentColumns("tailored.transfer", answers.ComponentTransfer),
	texts("tailored.reasons", func(t Tailored) masar.LocalizedText { return t.Reasons }),
	[]column[Tailored]{entityURL(func(t Tailored) masar.Entity { return t.Recommendation })},
))

// number is a column of numbers that are always known.
func number[R any](key string, value func(R) float64) column[R] {
	return anyColumn(key, Number, func(r R) any { return value(r) }).required()
}

// componentColumns are the bounds of a component of the score.
func componentColumns(key string, name answers.ScoreComponentName) []column[Tailored] {
	of := func(t Tailored) *answers.ScoreComponent {
		return t.Components[slices.IndexFunc(t.Components, func(c *answers.ScoreComponent) bool { return c.Name == name })]
	}
	return []column[Tailored]{
		number(key+"Low", func(t Tailored) float64 { return of(t).Low }),
		number(key+"High", func(t Tailored) float64 { return of(t).High }),
	}
}
