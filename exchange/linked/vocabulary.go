// Package linked writes the graph in forms of the web and of other tools: linked data (N-Quads, JSON-LD, Turtle) with its vocabulary,
// GraphML, and references to documents. Each writer streams record by record.
package linked

import (
	"strings"

	"masar"
	"masar/words"
)

// Namespace is the namespace of Masar's vocabulary.
const Namespace = "https://w3id.org/masar/ns#"

// prefixes are the namespaces of terms, by prefix, in the order of the context.
var prefixes = []struct{ name, iri string }{
	{"masar", Namespace},
	{"dct", "http://purl.org/dc/terms/"},
	{"oa", "http://www.w3.org/ns/oa#"},
	{"owl", "http://www.w3.org/2002/07/owl#"},
	{"prov", "http://www.w3.org/ns/prov#"},
	{"qb", "http://purl.org/linked-data/cube#"},
	{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
	{"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
	{"schema", "https://schema.org/"},
	{"skos", "http://www.w3.org/2004/02/skos/core#"},
	{"xsd", "http://www.w3.org/2001/XMLSchema#"},
	{"edtf", "http://id.loc.gov/datatypes/edtf/"},
}

// full is the IRI of a name with a prefix, such as skos:notation. Other texts are IRIs already.
func full(name string) string {
	prefix, rest, _ := strings.Cut(name, ":")
	for _, p := range prefixes {
		if p.name == prefix {
			return p.iri + rest
		}
	}
	return name
}

// values says what the values of a property are.
type values string

// The types of values. A text of both languages has a language tag; links are IRIs; parts are described with their record.
const (
	texts     values = "xsd:string"
	localized values = "rdf:langString"
	integers  values = "xsd:integer"
	decimals  values = "xsd:decimal"
	booleans  values = "xsd:boolean"
	years     values = "xsd:gYear"
	instants  values = "xsd:dateTime"
	dates     values = "edtf:EDTF"
	links     values = "@id"
	parts     values = "@part"
)

// term is a property of the linked data.
type term struct {
	// name is its key in JSON-LD. Fields of records have the names of the API.
	name string
	// iri is the property, with its prefix.
	iri    string
	values values
	// enum are the allowed values; nil if they are not those of an enum.
	enum *enum
	// broader is the property of another vocabulary that it refines; empty if none.
	broader string
	// reverse says that the values have the property, with the record as its value.
	reverse bool
}

// terms are all properties. The context, the vocabulary, N-Quads and JSON-LD are made from this table.
var terms = append([]*term{
	// All entities.
	{name: "code", iri: "skos:notation", values: texts},
	{name: "title", iri: "skos:prefLabel", values: localized},
	{name: "titleOriginAr", iri: "masar:titleOriginAr", values: links, enum: textOrigins},
	{name: "titleOriginEn", iri: "masar:titleOriginEn", values: links, enum: textOrigins},
	{name: "aliases", iri: "skos:altLabel", values: localized},
	{name: "summary", iri: "dct:description", values: localized},
	{name: "iri", iri: "skos:exactMatch", values: links},
	{name: "parent", iri: "skos:broader", values: links},
	{name: "version", iri: "masar:version", values: integers},
	// Entities of some kinds.
	{name: "initiativeForm", iri: "masar:initiativeForm", values: links, enum: initiativeForms},
	{name: "organizationForm", iri: "masar:organizationForm", values: links, enum: organizationForms},
	{name: "recommendationForm", iri: "masar:recommendationForm", values: links, enum: recommendationForms},
	{name: "activityForm", iri: "masar:activityForm", values: links, enum: activityForms},
	{name: "activityStatus", iri: "masar:activityStatus", values: links, enum: activityStatuses},
	{name: "outputForm", iri: "masar:outputForm", values: links, enum: outputForms},
	{name: "documentForm", iri: "masar:documentForm", values: links, enum: documentForms},
	{name: "date", iri: "dct:date", values: dates},
	{name: "period", iri: "dct:temporal", values: dates},
	{name: "dateBasis", iri: "masar:dateBasis", values: links, enum: bases},
	{name: "publisher", iri: "dct:publisher", values: links},
	{name: "languages", iri: "dct:language", values: texts},
	{name: "url", iri: "schema:url", values: links},
	{name: "family", iri: "masar:sourceFamily", values: texts},
	{name: "evidenceKind", iri: "masar:quality", values: links, enum: evidenceKinds},
	{name: "versions", iri: "masar:documentVersion", values: parts},
	{name: "length", iri: "masar:length", values: integers},
	{name: "country", iri: "schema:location", values: links},
	{name: "contact", iri: "masar:contact", values: texts},
	{name: "iso2", iri: "masar:iso2", values: texts},
	{name: "m49", iri: "masar:m49", values: texts},
	{name: "incomeGroup", iri: "masar:incomeGroup", values: links, enum: incomeGroups},
	{name: "incomeYear", iri: "masar:incomeYear", values: texts},
	{name: "leastDeveloped", iri: "masar:leastDeveloped", values: booleans},
	{name: "officialLanguages", iri: "masar:officialLanguage", values: texts},
	{name: "groups", iri: "schema:memberOf", values: links},
	{name: "proxyIndicators", iri: "masar:proxyIndicator", values: parts},
	{name: "worst", iri: "masar:worst", values: decimals},
	{name: "best", iri: "masar:best", values: decimals},
	{name: "number", iri: "schema:position", values: integers},
	{name: "strength", iri: "masar:strength", values: links, enum: strengths},
	{name: "maturityBand", iri: "masar:maturityBand", values: parts},
	{name: "low", iri: "masar:low", values: decimals},
	{name: "high", iri: "masar:high", values: decimals},
	{name: "headingOnly", iri: "masar:headingOnly", values: booleans},
	{name: "place", iri: "masar:place", values: localized},
	{name: "attendance", iri: "masar:attendance", values: parts},
	{name: "counted", iri: "masar:counted", values: localized},
	{name: "history", iri: "masar:history", values: parts},
	{name: "outputStatus", iri: "masar:outputStatus", values: links, enum: outputStatuses},
	{name: "unit", iri: "masar:unit", values: texts},
	// Claims.
	{name: "subject", iri: "rdf:subject", values: links},
	{name: "predicate", iri: "rdf:predicate", values: links},
	{name: "object", iri: "rdf:object", values: links},
	{name: "role", iri: "masar:role", values: links, enum: roles},
	{name: "basis", iri: "masar:basis", values: links, enum: bases},
	{name: "status", iri: "masar:status", values: links, enum: claimStatuses},
	{name: "rationale", iri: "masar:rationale", values: localized},
	{name: "acceptedAt", iri: "prov:generatedAtTime", values: instants},
	{name: "deprecated", iri: "owl:deprecated", values: booleans},
	{name: "retiredAt", iri: "prov:invalidatedAtTime", values: instants},
	{name: "cause", iri: "masar:retirementCause", values: links, enum: retirementCauses},
	{name: "reason", iri: "masar:retirementReason", values: localized},
	{name: "evidence", iri: "masar:ofClaim", values: parts, reverse: true},
	{name: "wasDerivedFrom", iri: "prov:wasDerivedFrom", values: links},
	// Evidence and passages.
	{name: "claim", iri: "masar:ofClaim", values: links},
	{name: "stance", iri: "masar:stance", values: links, enum: stances},
	{name: "directness", iri: "masar:directness", values: links, enum: directnesses},
	{name: "passage", iri: "oa:hasTarget", values: parts},
	{name: "document", iri: "oa:hasSource", values: links},
	{name: "selector", iri: "oa:hasSelector", values: parts},
	{name: "start", iri: "oa:start", values: integers},
	{name: "end", iri: "oa:end", values: integers},
	{name: "sha256", iri: "masar:sha256", values: texts},
	{name: "textVersion", iri: "masar:textVersion", values: texts},
	{name: "lang", iri: "dct:language", values: texts},
	{name: "locator", iri: "masar:locator", values: localized},
	{name: "ocrDoubt", iri: "masar:ocrDoubt", values: booleans},
	// Observations.
	{name: "observed", iri: "masar:observed", values: links},
	{name: "indicator", iri: "masar:indicator", values: links},
	{name: "year", iri: "masar:year", values: years},
	{name: "value", iri: "masar:value", values: decimals},
	{name: "qualifier", iri: "masar:qualifier", values: links, enum: qualifiers},
	{name: "nature", iri: "masar:nature", values: links, enum: natures},
	{name: "source", iri: "dct:source", values: links},
	{name: "series", iri: "masar:series", values: texts},
	{name: "vintage", iri: "masar:vintage", values: texts},
	{name: "note", iri: "masar:note", values: localized},
}, predicateTerms()...)

// termOf finds a term by its name.
var termOf = func() map[string]*term {
	all := make(map[string]*term, len(terms))
	for _, t := range terms {
		all[t.name] = t
	}
	return all
}()

// broader are the properties that predicates refine.
var broader = map[masar.Predicate]string{
	masar.Advances:         "schema:about",
	masar.ContributesTo:    "dct:relation",
	masar.Addresses:        "schema:about",
	masar.Demonstrates:     "dct:relation",
	masar.PractisedIn:      "schema:spatialCoverage",
	masar.IssuedIn:         "dct:isPartOf",
	masar.PartOf:           "dct:isPartOf",
	masar.OperatesIn:       "schema:areaServed",
	masar.HeldIn:           "schema:location",
	masar.AlignsWith:       "dct:conformsTo",
	masar.Concerns:         "dct:subject",
	masar.Requires:         "dct:requires",
	masar.Produces:         "prov:generated",
	masar.Duplicates:       "skos:closeMatch",
	masar.SameAs:           "skos:exactMatch",
	masar.Elaborates:       "dct:relation",
	masar.ContinuesThemeOf: "dct:relation",
	masar.MapsTo:           "skos:relatedMatch",
}

// predicateTerms are the properties of the predicates of claims.
func predicateTerms() []*term {
	all := make([]*term, len(masar.Predicates))
	for i, p := range masar.Predicates {
		name := camel(string(p))
		all[i] = &term{name: name, iri: "masar:" + name, values: links, broader: broader[p]}
	}
	return all
}

// predicateOf is the property of a predicate, with its prefix.
func predicateOf(p masar.Predicate) string { return "masar:" + camel(string(p)) }

// class is a class of records.
type class struct {
	record masar.RecordType
	// name is the class of Masar's vocabulary, with its prefix, and others are its classes in other vocabularies.
	name   string
	others []string
}

// classes are the classes of records.
var classes = func() []class {
	others := map[masar.RecordType][]string{
		"SDG_GOAL": {"skos:Concept"}, "SDG_TARGET": {"skos:Concept"}, "SDG_INDICATOR": {"skos:Concept"}, "LEGACY_TARGET": {"skos:Concept"},
		"PRINCIPLE": {"skos:Concept"}, "CHALLENGE": {"skos:Concept"}, "TOPIC": {"skos:Concept"}, "INDICATOR": {"skos:Concept"},
		"FRAMEWORK": {"skos:ConceptScheme"}, "INITIATIVE": {"schema:Project"}, "ORGANIZATION": {"schema:Organization"},
		"COUNTRY": {"schema:Country"}, "COUNTRY_GROUP": {"skos:Collection"}, "RECOMMENDATION": {"schema:Recommendation"},
		"CASE_STUDY": {"schema:CreativeWork"}, "ACTIVITY": {"schema:Event"}, "OUTPUT": {"schema:CreativeWork"},
		"DOCUMENT": {"schema:DigitalDocument", "prov:Entity"}, "CLAIM": {"rdf:Statement", "schema:Claim"}, "EVIDENCE": {"oa:Annotation"},
		"OBSERVATION": {"qb:Observation"},
	}
	var all []class
	for _, spec := range masar.RecordSpecs {
		if spec.Node {
			all = append(all, class{spec.Type, "masar:" + pascal(string(spec.Type)), others[spec.Type]})
		}
	}
	return all
}()

// classesOf are the names of the classes of a record type.
func classesOf(t masar.RecordType) []string {
	for _, c := range classes {
		if c.record == t {
			return append([]string{c.name}, c.others...)
		}
	}
	return nil
}

// enum is a list of values that are concepts of the vocabulary.
type enum struct {
	// name begins the names of its values, so that no two enums share a value; empty for the values of Basis.
	name   string
	values []string
	label  func(string) masar.LocalizedText
}

func enumOf[T ~string](name string, values []T) *enum {
	e := &enum{name: name, label: func(v string) masar.LocalizedText { return words.Label(T(v)) }}
	for _, v := range values {
		e.values = append(e.values, string(v))
	}
	return e
}

// iri is the concept of a value, with its prefix.
func (e *enum) iri(value string) string { return "masar:" + e.name + pascal(value) }

var (
	bases               = enumOf("", masar.Bases)
	textOrigins         = enumOf("TextOrigin", []masar.TextOrigin{masar.OriginPublished, masar.OriginTranslated, masar.OriginEditorial, masar.OriginSource})
	initiativeForms     = enumOf("InitiativeForm", masar.InitiativeForms)
	organizationForms   = enumOf("OrganizationForm", masar.OrganizationForms)
	recommendationForms = enumOf("RecommendationForm", masar.RecommendationForms)
	activityForms       = enumOf("ActivityForm", masar.ActivityForms)
	activityStatuses    = enumOf("ActivityStatus", masar.ActivityStatuses)
	outputForms         = enumOf("OutputForm", masar.OutputForms)
	outputStatuses      = enumOf("OutputStatus", masar.OutputStatuses)
	documentForms       = enumOf("DocumentForm", masar.DocumentForms)
	evidenceKinds       = enumOf("EvidenceKind", masar.EvidenceKinds)
	incomeGroups        = enumOf("IncomeGroup", masar.IncomeGroups)
	strengths           = enumOf("Strength", masar.Strengths)
	roles               = enumOf("Role", masar.Roles)
	claimStatuses       = enumOf("ClaimStatus", masar.ClaimStatuses)
	retirementCauses    = enumOf("RetirementCause", masar.RetirementCauses)
	stances             = enumOf("Stance", masar.Stances)
	directnesses        = enumOf("Directness", masar.Directnesses)
	qualifiers          = enumOf("Qualifier", masar.Qualifiers)
	natures             = enumOf("Nature", masar.Natures)
)

// camel writes HAS_CHALLENGE as hasChallenge.
func camel(name string) string {
	name = pascal(name)
	return strings.ToLower(name[:1]) + name[1:]
}

// pascal writes SDG_TARGET as SdgTarget.
func pascal(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		if word != "" {
			b.WriteString(word[:1] + strings.ToLower(word[1:]))
		}
	}
	return b.String()
}
