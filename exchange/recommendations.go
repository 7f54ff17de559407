package exchange

import (
	"slices"

	"masar"
)

var recommendations = define(Dataset{
	Name: "recommendations", Accepts: []Parameter{ByFilter},
}, filtered(Source.Recommendations), slices.Concat(
	[]column[Recommendation]{
		textColumn("recommendation.id", func(r Recommendation) string { return r.ID() }).required(),
		textColumn("recommendation.code", func(r Recommendation) string { return r.Code }).required(),
	},
	titles("recommendation.label", func(r Recommendation) masar.Entity { return r.Recommendation }),
	texts("recommendation.summary", func(r Recommendation) masar.LocalizedText { return r.Summaries }),
	[]column[Recommendation]{
		enumColumn("recommendation.form", masar.RecommendationForms, func(r Recommendation) masar.RecommendationForm { return r.Form }),
		anyColumn("recommendation.number", Integer, func(r Recommendation) any {
			if r.Number == 0 {
				return nil
			}
			return r.Number
		}),
		enumColumn("recommendation.strength", masar.Strengths, func(r Recommendation) masar.Strength { return r.Strength }),
		textColumn("recommendation.issuedIn", func(r Recommendation) string { return code(r.IssuedIn) }).references("documents", "code"),
		textColumn("recommendation.issuedAt", func(r Recommendation) string {
			if r.IssuedAt == nil {
				return ""
			}
			return r.IssuedAt.Code
		}),
		textColumn("recommendation.claimId", func(r Recommendation) string {
			if r.Advances == nil {
				return ""
			}
			return r.Advances.ID()
		}).references("claims", "id"),
	},
	linked(sentences),
	linked(rationales),
	linked(sdgColumns(Claim.sdg)),
	linked([]column[Claim]{
		enumColumn("recommendation.level", []masar.ClaimLevel{masar.LevelTarget, masar.LevelGoal}, func(c Claim) masar.ClaimLevel {
			if level := c.Said.Level(); level != nil {
				return *level
			}
			return ""
		}),
	}),
	linked(titles("recommendation.objectLabel", func(c Claim) masar.Entity { return c.Object.Entity })),
	linked([]column[Claim]{basisColumn}),
	linked(supportColumns),
	[]column[Recommendation]{urlColumn("recommendation.url", func(r Recommendation) masar.RecordRef {
		if r.Advances == nil {
			return r.Identity()
		}
		return r.Advances.Said.Identity()
	})},
))

// linked converts columns of a claim to columns of a recommendation's claim. For a recommendation without one they are
// empty, and counts are 0.
func linked(columns []column[Claim]) []column[Recommendation] {
	all := make([]column[Recommendation], len(columns))
	for i, c := range columns {
		isCount, value := c.isCount, c.value
		c.Required = isCount
		all[i] = column[Recommendation]{c.Column, func(r Recommendation) any {
			switch {
			case r.Advances != nil:
				return value(*r.Advances)
			case isCount:
				return 0
			}
			return nil
		}}
	}
	return all
}
