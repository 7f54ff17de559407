package web

import (
	"maps"
	"slices"

	"masar"
	"masar/answers"
	"masar/words"
)

var coveragePage = page{
	path: "coverage", operation: "coverage", template: "coverage",
	parameters: filterNames(),
	variables:  coverageVariables,
	view:       func() view { return new(coverageView) },
}

func coverageVariables(a address) (map[string]any, error) {
	filter, err := a.filter(filterNames()...)
	variables := map[string]any{"chosen": chosenIDs(filter)}
	if filter != nil {
		variables["filter"] = filter
	}
	return variables, err
}

// coverageView is the answer of operations/coverage.graphql.
type coverageView struct {
	PageFrame
	Entities  chosenEntities  `json:"chosen"`
	Dashboard *coverageCounts `json:"dashboard"`
	Values    *struct {
		Nodes []struct {
			EntityHeading
			Observations *Total `json:"observations"`
		} `json:"nodes"`
	} `json:"values"`
	Indicators *headings `json:"indicators"`

	filter map[string]any
}

type coverageCounts struct {
	Counts        []KindCount         `json:"counts"`
	Claims        *measured           `json:"claims"`
	Evidence      *measured           `json:"evidence"`
	Documents     *measured           `json:"documents"`
	Families      *measured           `json:"families"`
	Contested     *measured           `json:"contested"`
	Refuted       *measured           `json:"refuted"`
	Basis         *DistributionCounts `json:"basis"`
	Certainty     *DistributionCounts `json:"certainty"`
	Documentation *DistributionCounts `json:"documentation"`
	EvidenceKind  *DistributionCounts `json:"evidenceKind"`
	Predicate     *DistributionCounts `json:"predicate"`
	Country       *DistributionCounts `json:"country"`
	Target        *DistributionCounts `json:"target"`
	Document      *DistributionCounts `json:"document"`
	Matrix        *coverageMatrix     `json:"matrix"`
	Timeline      *struct {
		Points []struct {
			Start string   `json:"start"`
			Value *float64 `json:"value"`
		} `json:"points"`
		Undated   int `json:"undated"`
		Imprecise int `json:"imprecise"`
	} `json:"timeline"`
}

type coverageMatrix struct {
	OtherRows    int              `json:"otherRows"`
	OtherColumns int              `json:"otherColumns"`
	Rows         []dimensionValue `json:"rows"`
	Columns      []dimensionValue `json:"columns"`
	Cells        []struct {
		Row    string   `json:"row"`
		Column string   `json:"column"`
		Value  *float64 `json:"value"`
	} `json:"cells"`
}

func (v *coverageView) exists() bool { return v.Dashboard != nil }

func (v *coverageView) head(a address) head {
	v.filter, _ = a.filter(filterNames()...) // coverageVariables has refused an error
	return head{
		Title: say("page.coverage.title", nil), Answer: v.answer(),
		Crumbs: []link{{Path: "/gaps", Phrase: say("page.gaps.title", nil)}},
		Rows:   []rows{{"claims", v.filter}, {"coverage", v.filter}, {"observations", nil}},
	}
}

// answer is the short answer: how much there is, and how well it is supported.
func (v *coverageView) answer() []masar.Phrase {
	d := v.Dashboard
	claims, evidence, documents, families := d.Claims.Number(), d.Evidence.Number(), d.Documents.Number(), d.Families.Number()
	if min(claims, evidence, documents, families) < 0 {
		return nil
	}
	answer := []masar.Phrase{say("page.coverage.answer", masar.Args{"claims": claims, "evidence": evidence, "documents": documents, "families": families})}
	return append(answer, natures(d.Certainty, d.Documentation)...)
}

// natures says how many claims are about effects and facts, and the highest certainty; nothing if it could not be loaded.
func natures(certainty, documentation *DistributionCounts) []masar.Phrase {
	if certainty == nil || documentation == nil {
		return nil
	}
	said := []masar.Phrase{say("page.coverage.answer.natures", masar.Args{"effects": certainty.DistinctCount, "facts": documentation.DistinctCount})}
	if best := certainty.highest(); best != "" {
		said = append(said, say("page.coverage.highest."+string(best), nil))
	}
	return said
}

// coverageTable is a distribution with the addresses of its lists.
type coverageTable struct {
	// ID is the id of its section, Title the key of its heading, Note the key of what readers must know, empty for none.
	ID, Title, Note string
	Counts          *DistributionCounts
	Lines           []coverageLine
}

// coverageLine is a value with its number of claims.
type coverageLine struct {
	Bucket
	// Coded is set if readers know the value by its code.
	Coded bool
	// Path is the list of its claims without the language; empty if it has none.
	Path string
	// Share is the part of all counted claims in per cent.
	Share int
}

// Ratings are the distributions that say how well claims are supported.
func (v *coverageView) Ratings() []coverageTable {
	d := v.Dashboard
	return []coverageTable{
		v.table("certainty", "page.coverage.certainty", "page.coverage.certainty.note", "certainties", d.Certainty),
		v.table("documentation", "page.coverage.documentation", "page.coverage.documentation.note", "documentations", d.Documentation),
		v.table("basis", "page.coverage.basis", "", "basis", d.Basis),
	}
}

// Subjects are the distributions that say what claims are about and where they come from.
func (v *coverageView) Subjects() []coverageTable {
	d := v.Dashboard
	return []coverageTable{
		v.table("evidence-kind", "page.coverage.evidence_kind", "page.coverage.several", "evidenceKinds", d.EvidenceKind),
		v.table("document", "page.coverage.document", "page.coverage.several", "documents", d.Document),
		v.table("country", "page.coverage.country", "page.coverage.several", "countries", d.Country),
		v.table("target", "page.coverage.target", "page.coverage.several", "targets", d.Target),
		v.table("predicate", "page.coverage.predicate", "", "predicates", d.Predicate),
	}
}

func (v *coverageView) table(id, title, note, part string, counts *DistributionCounts) coverageTable {
	t := coverageTable{ID: id, Title: title, Note: note, Counts: counts}
	if counts == nil {
		return t
	}
	for _, b := range counts.Buckets {
		if b.Key == answers.Unknown && b.Count == 0 {
			continue
		}
		line := coverageLine{Bucket: b, Coded: part == "targets" && b.Key != answers.Unknown, Share: percent(b.Count, counts.DistinctCount)}
		if b.Count > 0 && b.Key != answers.Unknown && v.selects(part) {
			line.Path = claimsPath(v.filter, part, b.Key)
		}
		t.Lines = append(t.Lines, line)
	}
	return t
}

// selects reports whether the filter of the page has no other value of a part, so that a list of one value has exactly the
// claims of the page with this value.
func (v *coverageView) selects(part string) bool {
	values, isList := v.filter[part].([]string)
	return !isList || len(values) == 0
}

// YearLines are the years of the timeline with their bars.
func (v *coverageView) YearLines() []coverageLine {
	t := v.Dashboard.Timeline
	all := t.Undated + t.Imprecise
	for _, p := range t.Points {
		all += (&measured{p.Value}).Number()
	}
	var lines []coverageLine
	for _, p := range t.Points {
		count := (&measured{p.Value}).Number()
		lines = append(lines, coverageLine{Bucket: Bucket{Key: p.Start[:4], Count: count}, Share: percent(count, all)})
	}
	return lines
}

// coverageRow is an initiative with its numbers of claims by goal.
type coverageRow struct {
	dimensionValue
	Cells []coverageCell
}

// coverageCell is a number of claims with the path of their list; 0 if there are none.
type coverageCell struct {
	Count int
	Path  string
}

// IsKnown reports whether the row or column has a value: it is not that of claims without one.
func (v dimensionValue) IsKnown() bool { return v.Key != answers.Unknown }

// Initiative is the row as an entity.
func (v dimensionValue) Initiative() EntityHeading {
	return EntityHeading{Kind: masar.KindInitiative, Code: v.Key, Title: v.Label}
}

// Goal is the column as an entity.
func (v dimensionValue) Goal() EntityHeading {
	return EntityHeading{Kind: masar.KindSdgGoal, Code: v.Key, Title: v.Label}
}

// MatrixRows are the initiatives with their numbers of claims by goal.
func (v *coverageView) MatrixRows() []coverageRow {
	m := v.Dashboard.Matrix
	counts := map[[2]string]int{}
	for _, c := range m.Cells {
		counts[[2]string{c.Row, c.Column}] = (&measured{c.Value}).Number()
	}
	var all []coverageRow
	for _, row := range m.Rows {
		made := coverageRow{dimensionValue: row}
		for _, column := range m.Columns {
			cell := coverageCell{Count: counts[[2]string{row.Key, column.Key}]}
			if cell.Count > 0 && row.IsKnown() && column.IsKnown() && v.selects("initiatives") && v.selects("targets") {
				cell.Path = claimsPath(v.filter, "initiatives", row.Key, "targets", column.Key)
			}
			made.Cells = append(made.Cells, cell)
		}
		all = append(all, made)
	}
	return all
}

// valuesOf is a document with its number of values of indicators.
type valuesOf struct {
	EntityHeading
	Count int
}

// ValueSources are the documents with values of indicators.
func (v *coverageView) ValueSources() []valuesOf {
	var all []valuesOf
	for _, d := range v.Values.Nodes {
		if d.Observations != nil && d.Observations.TotalCount > 0 {
			all = append(all, valuesOf{d.EntityHeading, d.Observations.TotalCount})
		}
	}
	return all
}

// chosenPart is a part of the filter of the address, with its values in words.
type chosenPart struct {
	Name, Title string
	Values      []string
}

// partDimensions are the dimensions of the parts of ClaimFilter that have one.
var partDimensions = map[string]answers.Dimension{
	"basis": answers.ByBasis, "natures": answers.ByNature, "certainties": answers.ByCertainty, "documentations": answers.ByDocumentation,
	"statuses": answers.ByStatus, "predicates": answers.ByPredicate, "subjectKinds": answers.BySubjectKind, "objectKinds": answers.ByObjectKind,
	"countries": answers.ByCountry, "targets": answers.BySdgTarget, "initiatives": answers.ByInitiative, "topics": answers.ByTopic,
	"challenges": answers.ByChallenge, "organizations": answers.ByOrganization, "documents": answers.ByDocument, "evidenceKinds": answers.ByEvidenceKind,
}

// Chosen are the parts of the filter beside the form, with their labels in the language of the page.
func (v *coverageView) Chosen(s screen) []chosenPart {
	var all []chosenPart
	for _, name := range slices.Sorted(maps.Keys(v.filter)) {
		by, ok := partDimensions[name]
		if name == "basis" {
			continue // the form shows it
		}
		part := chosenPart{Name: name, Title: words.Value(s.lang, by)}
		if !ok {
			part.Title = words.Say(s.lang, "page.coverage.part."+name, nil)
		}
		switch value := v.filter[name].(type) {
		case string:
			part.Values = []string{value}
		case float64:
			part.Values = []string{decimalText(value)}
		case []string:
			for _, one := range value {
				if entity, ok := v.Entities.name(name, one); ok {
					part.Values = append(part.Values, entity.Value)
				} else {
					part.Values = append(part.Values, inWords(s.lang, by, one))
				}
			}
		}
		all = append(all, part)
	}
	return all
}

// inWords is the label of a value of an enum; the value itself if it is a code.
func inWords(l masar.Language, by answers.Dimension, value string) string {
	label := words.Category(by, value)
	if l == masar.Arabic {
		return label.AR.Value
	}
	return label.EN.Value
}
