package exchange

import (
	"math"
	"slices"
	"time"

	"masar"
)

var evidence = define(Dataset{
	Name: "evidence", Accepts: []Parameter{ByFilter}, Key: []string{"id"},
}, filtered(Source.Evidence), slices.Concat(
	[]column[Evidence]{
		textColumn("evidence.id", func(e Evidence) string { return e.ID() }).required(),
		textColumn("evidence.claimId", func(e Evidence) string { return e.Claim.ID() }).required().references("claims", "id"),
	},
	of(func(e Evidence) Claim { return e.Claim }, sentences),
	texts("evidence.summary", func(e Evidence) masar.LocalizedText { return e.Summaries }),
	[]column[Evidence]{quoteColumn},
	of(func(e Evidence) Claim { return e.Claim }, slices.Concat(countryColumns(Claim.Country), []column[Claim]{claimCountries}, sdgColumns(Claim.sdg))),
	[]column[Evidence]{
		textColumn("evidence.document", func(e Evidence) string { return code(e.Document) }).required().references("documents", "code"),
	},
	titles("evidence.documentLabel", func(e Evidence) masar.Entity { return e.Document }),
	texts("evidence.locatorLabel", func(e Evidence) masar.LocalizedText { return e.Passage.Locators }),
	[]column[Evidence]{
		textColumn("evidence.version", func(e Evidence) string { return e.Passage.Version }),
		countColumn("evidence.start", func(e Evidence) int { return e.Passage.Start }),
		countColumn("evidence.end", func(e Evidence) int { return e.Passage.End }),
		textColumn("evidence.sha256", func(e Evidence) string { return e.Passage.SHA256 }),
		enumColumn("evidence.quoteStatus", []masar.QuoteStatus{masar.QuoteVerified, masar.QuoteMismatch, masar.QuoteSourceNotImported},
			func(e Evidence) masar.QuoteStatus { return e.QuoteStatus }).required(),
		enumColumn("evidence.stance", masar.Stances, func(e Evidence) masar.Stance { return e.Stance }).required(),
		enumColumn("evidence.kind", masar.EvidenceKinds, func(e Evidence) masar.EvidenceKind { return e.Kind }).required(),
		enumColumn("evidence.directness", masar.Directnesses, func(e Evidence) masar.Directness { return e.Directness }).required(),
		factor("evidence.quality", func(t masar.SupportTerm) float64 { return t.Quality }),
		factor("evidence.directnessFactor", func(t masar.SupportTerm) float64 { return t.Directness }),
		factor("evidence.ageFactor", func(t masar.SupportTerm) float64 { return t.Age }),
		factor("evidence.strength", func(t masar.SupportTerm) float64 { return t.Strength }),
		factor("evidence.weight", func(t masar.SupportTerm) float64 { return t.Weight }),
		textColumn("evidence.family", func(e Evidence) string { return e.Document.Family }),
		anyColumn("evidence.ageYears", Number, Evidence.age).unit(),
		textColumn("evidence.date", func(e Evidence) string { return e.Document.Date.EDTF }),
		countColumn("evidence.evidenceCount", func(Evidence) int { return 1 }),
		timeColumn("evidence.time", func(e Evidence) time.Time { return earliest(e.Document) }),
		textColumn("evidence.sourceUrl", func(e Evidence) string { return address(e.Document) }),
	},
	[]column[Evidence]{urlColumn("evidence.url", func(e Evidence) masar.RecordRef { return e.Identity() })},
))

// quoteColumn has the words of the passage, if the text of the document is imported and they are verified.
var quoteColumn = func() column[Evidence] {
	c := textColumn("evidence.quote", func(e Evidence) string { return e.Quote })
	c.isProse = true
	return c
}()

// factor is a column of a factor from 0 to 1 in the computation of support.
func factor(key string, value func(masar.SupportTerm) float64) column[Evidence] {
	return anyColumn(key, Number, func(e Evidence) any { return value(e.Term) }).required()
}

// age is the age of the document in years on the as-of date; nil if the document is not dated.
func (e Evidence) age() any {
	years := e.Document.Date.EarliestYear()
	day, err := time.Parse(time.DateOnly, e.Claim.Support.AsOf)
	if math.IsNaN(years) || err != nil {
		return nil
	}
	return math.Round((masar.DecimalYear(day)-years)*1e4) / 1e4
}
