package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"masar"
	"masar/answers"
)

var gapsPage = page{
	path: "gaps", operation: "gaps", template: "gaps",
	parameters: []string{"rows", "columns", "country", "basis"},
	variables:  gapsVariables,
	view:       func() view { return new(gapsView) },
}

// side is a dimension of the map: the name that it has as a part of ClaimFilter, and the kind of its values.
type side struct {
	By   answers.Dimension
	Part string
	Kind masar.Kind
}

// sides are the dimensions that rows and columns can have, in the order of the form.
var sides = []side{
	{answers.ByChallenge, "challenges", masar.KindChallenge},
	{answers.BySdgTarget, "targets", masar.KindSdgTarget},
	{answers.BySdgGoal, "targets", masar.KindSdgGoal},
	{answers.ByCountry, "countries", masar.KindCountry},
	{answers.ByInitiative, "initiatives", masar.KindInitiative},
	{answers.ByTopic, "topics", masar.KindTopic},
	{answers.ByOrganization, "organizations", masar.KindOrganization},
}

// sideOf is the dimension that a parameter of the address names.
func sideOf(a address, name string, otherwise side) (side, error) {
	value, err := a.one(name)
	if value == nil || err != nil {
		return otherwise, err
	}
	i := slices.IndexFunc(sides, func(s side) bool { return string(s.By) == *value })
	if i < 0 {
		var allowed []answers.Dimension
		for _, s := range sides {
			allowed = append(allowed, s.By)
		}
		return otherwise, refuseValue(name, *value, allowed)
	}
	return sides[i], nil
}

// sidesOf are the rows and columns of an address. Both cannot be the same part of the filter, because the claims of a cell
// would have no address.
func sidesOf(a address) (rows, columns side, err error) {
	rows, errRows := sideOf(a, "rows", sides[0])
	columns, errColumns := sideOf(a, "columns", sides[1])
	if err := cmp.Or(errRows, errColumns); err != nil {
		return rows, columns, err
	}
	if rows.Part == columns.Part {
		return rows, columns, refuse("page.gaps.same", nil)
	}
	return rows, columns, nil
}

func gapsVariables(a address) (map[string]any, error) {
	rows, columns, err := sidesOf(a)
	country, errCountry := a.one("country")
	filter, errFilter := a.filter("basis")
	variables := map[string]any{"rows": rows.By, "columns": columns.By}
	if country != nil {
		variables["country"] = *country
	}
	if filter != nil {
		variables["filter"] = filter
	}
	return variables, cmp.Or(err, errCountry, errFilter)
}

// gapsView is the answer of operations/gaps.graphql.
type gapsView struct {
	PageFrame
	Map       *gapMap   `json:"gapMap"`
	Countries *headings `json:"countries"`

	rows, columns side
	basis         string
}

type gapMap struct {
	Maturity             *float64         `json:"maturity"`
	OtherRows            int              `json:"otherRows"`
	OtherColumns         int              `json:"otherColumns"`
	Rows                 []dimensionValue `json:"rows"`
	Columns              []dimensionValue `json:"columns"`
	Cells                []gapCell        `json:"cells"`
	SilentTargetCount    int              `json:"silentTargetCount"`
	SilentTargets        []EntityHeading  `json:"silentTargets"`
	RecommendationsCount int              `json:"orphanRecommendationCount"`
	Recommendations      []EntityHeading  `json:"orphanRecommendations"`
	CaseStudiesCount     int              `json:"orphanCaseStudyCount"`
	CaseStudies          []EntityHeading  `json:"orphanCaseStudies"`
}

// dimensionValue is a row or a column of a table of claims.
type dimensionValue struct {
	Key   string        `json:"key"`
	Label LocalizedText `json:"label"`
}

type gapCell struct {
	Row           string                `json:"row"`
	Column        string                `json:"column"`
	Claims        int                   `json:"claims"`
	Certainty     *masar.Certainty      `json:"certainty"`
	Documentation *masar.Documentation  `json:"documentation"`
	Gaps          []answers.EvidenceGap `json:"gaps"`
}

func (v *gapsView) exists() bool { return v.Map != nil }

func (v *gapsView) head(a address) head {
	v.rows, v.columns, _ = sidesOf(a) // gapsVariables has refused an error
	v.basis = a.query.Get("basis")
	h := head{
		Title: say("page.gaps.title", nil), Answer: v.answer(),
		Crumbs: []link{{Path: "/coverage", Phrase: say("page.coverage.title", nil)}},
		Rows:   []rows{{"claims", v.filter()}},
	}
	if v.rows.Part == "targets" && v.columns.Part == "countries" || v.rows.Part == "countries" && v.columns.Part == "targets" {
		h.Rows = append([]rows{{"coverage", v.filter()}}, h.Rows...)
	}
	return h
}

// filter is the filter of claims of the whole map; nil for none.
func (v *gapsView) filter() map[string]any {
	if v.basis == "" {
		return nil
	}
	return map[string]any{"basis": v.basis}
}

// answer is the short answer: how many cells have evidence, and the highest certainty.
func (v *gapsView) answer() []masar.Phrase {
	counted := 0
	var found []masar.Certainty
	for _, c := range v.Map.Cells {
		if !c.hasEvidence() {
			continue
		}
		counted++
		if c.Certainty != nil {
			found = append(found, *c.Certainty)
		}
	}
	if counted == 0 {
		return []masar.Phrase{say("page.gaps.answer.none", nil)}
	}
	answer := []masar.Phrase{say("page.gaps.answer", masar.Args{"n": counted, "all": len(v.Map.Cells)})}
	if best := masar.Highest(found); best != "" {
		answer = append(answer, say("page.highest."+string(best), nil))
	}
	return answer
}

// hasEvidence reports whether evidence counts for the claims of the cell.
func (c gapCell) hasEvidence() bool { return !slices.Contains(c.Gaps, answers.GapAbsolute) }

// Any reports whether any cell has claims.
func (v *gapsView) Any() bool {
	return slices.ContainsFunc(v.Map.Cells, func(c gapCell) bool { return c.Claims > 0 })
}

// Sides are the dimensions for the form.
func (v *gapsView) Sides() []side { return sides }

// RowsBy is the dimension of the rows.
func (v *gapsView) RowsBy() side { return v.rows }

// ColumnsBy is the dimension of the columns.
func (v *gapsView) ColumnsBy() side { return v.columns }

// gapRow is a row of the map with its cells.
type gapRow struct {
	mapHeading
	Cells []mapCell
}

// mapHeading is the heading of a row or column. SDG goals and targets have their code.
type mapHeading struct {
	Entity EntityHeading
	Coded  bool
}

// mapCell is a cell with the address of its claims.
type mapCell struct {
	gapCell
	Row, Column masar.Phrase
	// Path is the path of the list of its claims without the language; empty without claims.
	Path string
}

// Rows are the rows of the map.
func (v *gapsView) Rows() []gapRow {
	cells := map[[2]string]gapCell{}
	for _, c := range v.Map.Cells {
		cells[[2]string{c.Row, c.Column}] = c
	}
	var all []gapRow
	for _, row := range v.Map.Rows {
		made := gapRow{mapHeading: v.rows.heading(row)}
		for _, column := range v.Map.Columns {
			cell := mapCell{gapCell: cells[[2]string{row.Key, column.Key}], Row: v.rows.name(row), Column: v.columns.name(column)}
			if cell.Claims > 0 {
				cell.Path = claimsPath(v.filter(), v.rows.Part, row.Key, v.columns.Part, column.Key)
			}
			made.Cells = append(made.Cells, cell)
		}
		all = append(all, made)
	}
	return all
}

// Columns are the headings of the columns.
func (v *gapsView) Columns() []mapHeading {
	var all []mapHeading
	for _, c := range v.Map.Columns {
		all = append(all, v.columns.heading(c))
	}
	return all
}

// IsCoded reports whether readers know the values by their codes.
func (s side) IsCoded() bool { return numbered(s.Kind) }

func (s side) heading(v dimensionValue) mapHeading {
	return mapHeading{EntityHeading{Kind: s.Kind, Code: v.Key, Title: v.Label}, s.IsCoded()}
}

// name is the name of a row or column in a sentence.
func (s side) name(v dimensionValue) masar.Phrase {
	if s.IsCoded() {
		return say("page.gaps.coded", masar.Args{"of": masar.Ref{Kind: s.Kind, Code: v.Key}})
	}
	return say("page.gaps.titled", masar.Args{"title": v.Label.Value})
}

// claimsPath is the path of the list of claims with a filter of an address and further parts, given as name and value in
// turn.
func claimsPath(filter map[string]any, parts ...string) string {
	query := url.Values{}
	for name, value := range filter {
		switch value := value.(type) {
		case string:
			query.Set(name, value)
		case []string:
			query[name] = value
		case float64:
			query.Set(name, decimalText(value))
		}
	}
	for i := 0; i+1 < len(parts); i += 2 {
		query.Set(parts[i], parts[i+1])
	}
	return withQuery("/claims", query)
}

// Shade is the class of the cell's background: by certainty, or hatched without evidence.
func (c mapCell) Shade() string {
	switch {
	case !c.HasRating():
		return "nothing"
	case c.Certainty == nil:
		return "k0"
	}
	return "k" + strconv.Itoa(4-slices.Index(masar.Certainties, *c.Certainty))
}

// HasRating reports whether the evidence of the cell has a certainty or a documentation.
func (c mapCell) HasRating() bool {
	return c.hasEvidence() && (c.Certainty != nil || c.Documentation != nil)
}

// IsInferred reports whether curators inferred the facts of the cell.
func (c mapCell) IsInferred() bool {
	return c.Documentation != nil && *c.Documentation == masar.DocumentationInferred
}

// Discs is the certainty as filled and empty discs, which stand beside the number of claims.
func (c mapCell) Discs() string {
	if c.Certainty == nil || !c.HasRating() {
		return ""
	}
	text := ""
	for _, filled := range discs(*c.Certainty) {
		if filled {
			text += "●"
		} else {
			text += "○"
		}
	}
	return text
}

// Rating is the certainty or documentation of the cell for its name.
func (c mapCell) Rating() any {
	switch {
	case !c.HasRating():
		return masar.NoEvidence
	case c.Certainty != nil:
		return *c.Certainty
	}
	return *c.Documentation
}

// Shown are the gaps that the cell shows as letters; that it has no evidence shows without one.
func (c mapCell) Shown() []answers.EvidenceGap {
	return slices.DeleteFunc(slices.Clone(c.Gaps), func(g answers.EvidenceGap) bool { return g == answers.GapAbsolute })
}

// Letters are the gaps of the legend, in the order of the API.
func (v *gapsView) Letters() []answers.EvidenceGap {
	return slices.DeleteFunc(slices.Clone(answers.Gaps), func(g answers.EvidenceGap) bool {
		return g == answers.GapAbsolute || g == answers.GapNone
	})
}

// CountryName is the name of the country of the address; empty if none is chosen.
func (v *gapsView) CountryName(code string) string {
	if v.Countries == nil || code == "" {
		return ""
	}
	for _, c := range v.Countries.Nodes {
		if c.Code == code {
			return c.Title.Value
		}
	}
	return code
}

// Options are the countries by their name in the language of the page.
func (v *gapsView) Options() []EntityHeading { return byTitle(v.Countries.Nodes) }
