package exchange

import (
	"masar/words"
	"slices"
	"time"

	"masar"
)

var claims = define(Dataset{
	Name: "claims", Accepts: []Parameter{ByFilter}, Key: []string{"id"},
}, filtered(Source.Claims), slices.Concat(
	[]column[Claim]{
		textColumn("claim.id", Claim.ID).required(),
	},
	sentences,
	[]column[Claim]{
		enumColumn("claim.predicate", masar.Predicates, func(c Claim) masar.Predicate { return c.Said.Predicate }).required(),
		enumColumn("claim.role", masar.Roles, func(c Claim) masar.Role { return c.Said.Role }),
	},
	endColumns("claim.subject", func(c Claim) Place { return c.Subject }),
	endColumns("claim.object", func(c Claim) Place { return c.Object }),
	countryColumns(Claim.Country),
	[]column[Claim]{claimCountries},
	sdgColumns(Claim.sdg),
	[]column[Claim]{basisColumn},
	rationales,
	natureColumns,
	supportColumns,
	[]column[Claim]{claimURL},
))

// sentences are the columns with the claim as a sentence.
var sentences = labels("claim.sentence", sentence(masar.Arabic), sentence(masar.English))

// rationales are the columns with the reason for an inferred claim.
var rationales = texts("claim.rationale", func(c Claim) masar.LocalizedText { return c.Said.Rationales })

// claimCountries is the column with the countries by which a filter selects the claim.
var claimCountries = codesColumn("countries", func(c Claim) []string { return c.Countries })

// endColumns describe one end of a claim.
func endColumns(key string, end func(Claim) Place) []column[Claim] {
	return append([]column[Claim]{
		enumColumn(key+"Kind",
			masar.Kinds, func(c Claim) masar.Kind { return end(c).Head().Kind }).required(),
		textColumn(key+"Code",
			func(c Claim) string { return end(c).Head().Code }).required(),
	}, titles(key+"Label", func(c Claim) masar.Entity { return end(c).Entity })...)
}

var basisColumn = enumColumn("claim.basis", masar.Bases, func(c Claim) masar.Basis { return c.Said.Basis }).required()

// natureColumns distinguish facts from effects. Datasets of effects alone do not need them.
var natureColumns = []column[Claim]{
	enumColumn("claim.nature", masar.ClaimNatures, func(c Claim) masar.ClaimNature { return c.Support.Nature }).required(),
	enumColumn("claim.documentation", masar.Documentations, func(c Claim) masar.Documentation { return c.Support.Documentation }),
}

// supportColumns describe the support of a claim.
var supportColumns = []column[Claim]{
	anyColumn("claim.net", Number, func(c Claim) any { return c.Support.Net }).required(),
	anyColumn("claim.conflict", Number, func(c Claim) any { return c.Support.Conflict }).required(),
	enumColumn("claim.certainty", masar.Certainties, func(c Claim) masar.Certainty { return c.Support.Certainty }),
	enumColumn("claim.status", []masar.SupportStatus{masar.NoEvidence, masar.Supported, masar.Contested, masar.Refuted},
		func(c Claim) masar.SupportStatus { return c.Support.Status }).required(),
	countColumn("claim.families", func(c Claim) int { return c.Support.Families }),
	countColumn("claim.evidenceCount", func(c Claim) int { return len(c.Documents) }),
	textColumn("claim.document", func(c Claim) string { return code(c.strongest()) }).references("documents", "code"),
	timeColumn("claim.time", Claim.newest),
	textColumn("claim.sourceUrl", func(c Claim) string { return address(c.strongest()) }),
}

var claimURL = urlColumn("claim.url", func(c Claim) masar.RecordRef { return c.Said.Identity() })

// ID is the claim's global id.
func (c Claim) ID() string { return c.Said.ID() }

// Country is the country among the claim's subject and object; nil if neither is a country.
func (c Claim) Country() *masar.Country {
	for _, end := range []Place{c.Subject, c.Object} {
		if country, is := end.Entity.(*masar.Country); is {
			return country
		}
	}
	return nil
}

// sdg is the end of the claim that is an SDG goal, target or indicator; the object if both are.
func (c Claim) sdg() Place {
	if c.Object.Goal != "" {
		return c.Object
	}
	return c.Subject
}

// sentence returns a function that formats claims as sentences in a language.
func sentence(l masar.Language) func(Claim) string {
	return func(c Claim) string {
		return words.Sentence(c.Said, c.Subject.Entity, c.Object.Entity, []masar.Language{l}).Value
	}
}

// strongest is the document of the strongest evidence; nil without evidence.
func (c Claim) strongest() *masar.Document {
	if len(c.Documents) == 0 {
		return nil
	}
	return c.Documents[0]
}

// newest is the earliest possible day of the newest document's date; zero if no document is dated.
func (c Claim) newest() time.Time {
	var newest time.Time
	for _, d := range c.Documents {
		if day := earliest(d); day.After(newest) {
			newest = day
		}
	}
	return newest
}
