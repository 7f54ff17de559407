package exchange

import (
	"masar/answers"
	"net/url"
	"slices"
	"time"

	"masar"
)

var coverage = define(Dataset{
	Name: "coverage", Accepts: []Parameter{ByFilter}, Key: []string{"target", "iso3"},
}, filtered(Source.Coverage), slices.Concat(
	allRequired(sdgColumns(func(c Coverage) Place { return c.Target })),
	titles("coverage.targetLabel", func(c Coverage) masar.Entity { return c.Target.Entity }),
	allRequired(countryColumns(func(c Coverage) *masar.Country { return c.Country })),
	titles("coverage.label", func(c Coverage) masar.Entity { return c.Country }),
	[]column[Coverage]{
		enumColumn("coverage.gap", answers.Gaps, func(c Coverage) answers.EvidenceGap {
			if len(c.Gaps) == 0 {
				return answers.GapNone
			}
			return c.Gaps[0]
		}).required(),
		codesColumn("coverage.gaps", func(c Coverage) []string {
			names := make([]string, len(c.Gaps))
			for i, g := range c.Gaps {
				names[i] = string(g)
			}
			return names
		}).labelled(labelsOf[answers.EvidenceGap]),
		countColumn("coverage.claims", func(c Coverage) int { return c.Claims }),
		countColumn("coverage.families", func(c Coverage) int { return c.Support.Families }),
		ofClaims("coverage.net", func(s masar.Support) float64 { return s.Net }),
		ofClaims("coverage.conflict", func(s masar.Support) float64 { return s.Conflict }),
		enumColumn("coverage.certainty", masar.Certainties, func(c Coverage) masar.Certainty {
			if c.Claims == 0 {
				return ""
			}
			return c.Support.Certainty
		}),
		anyColumn("coverage.latestYear", Year, func(c Coverage) any {
			if c.LatestYear == 0 {
				return nil
			}
			return c.LatestYear
		}),
		countColumn("coverage.evidenceCount", func(c Coverage) int { return c.Evidence }),
		timeColumn("coverage.time", func(c Coverage) time.Time {
			if c.LatestYear == 0 {
				return time.Time{}
			}
			return time.Date(c.LatestYear, 1, 1, 0, 0, 0, 0, time.UTC)
		}),
		textColumn("coverage.url", func(c Coverage) string {
			return c.Country.Identity().Permalink() + "?" + url.Values{"target": {c.Target.Target}}.Encode()
		}).required(),
	},
))

// ofClaims is a column of numbers that are unknown for a row without claims.
func ofClaims(key string, value func(masar.Support) float64) column[Coverage] {
	return anyColumn(key, Number, func(c Coverage) any {
		if c.Claims == 0 {
			return nil
		}
		return value(c.Support)
	})
}
