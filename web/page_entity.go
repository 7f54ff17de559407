package web

import (
	"cmp"
	"slices"

	"masar"
	"masar/words"
)

// entityKinds are the kinds whose pages show what the entity is and its claims. Other kinds have pages of their own.
var entityKinds = []masar.Kind{
	masar.KindTopic, masar.KindChallenge, masar.KindOrganization, masar.KindCaseStudy, masar.KindActivity, masar.KindOutput,
	masar.KindFramework, masar.KindPrinciple, masar.KindCountryGroup, masar.KindIndicator, masar.KindSdgIndicator, masar.KindLegacyTarget,
}

func entityPages() []page {
	var all []page
	for _, kind := range entityKinds {
		all = append(all, page{
			path: paths[kind] + "/{code}", operation: "entity", template: "entity", kind: kind,
			parameters: []string{"after", "values"},
			variables:  func(a address) (map[string]any, error) { return entityVariables(a, kind) },
			view:       func() view { return new(entityView) },
		})
	}
	return all
}

func entityVariables(a address, kind masar.Kind) (map[string]any, error) {
	after, errAfter := a.one("after")
	values, errValues := a.one("values")
	variables := map[string]any{"ref": map[string]any{"kind": kind, "code": asked(kind, a.codes("code"))}}
	if after != nil {
		variables["after"] = *after
	}
	if values != nil {
		variables["values"] = *values
	}
	return variables, cmp.Or(errAfter, errValues)
}

// entityView is the answer of operations/entity.graphql.
type entityView struct {
	PageFrame
	Entity *entity `json:"entity"`
}

// entity is an entity of any kind. Fields of one kind are nil for others.
type entity struct {
	EntityHeading
	IRI     *string         `json:"iri"`
	Arabic  LocalizedText   `json:"arabic"`
	English LocalizedText   `json:"english"`
	Summary *LocalizedText  `json:"summary"`
	Aliases []LocalizedText `json:"aliases"`

	Broader          *EntityHeading          `json:"broader"`
	Narrower         *headings               `json:"narrower"`
	ProxyIndicators  []proxyIndicator        `json:"proxyIndicators"`
	OrganizationForm *masar.OrganizationForm `json:"organizationForm"`
	Contact          *string                 `json:"contact"`
	Country          *EntityHeading          `json:"country"`
	Documents        *headings               `json:"documents"`
	PractisedIn      *EntityHeading          `json:"practisedIn"`
	ActivityForm     *masar.ActivityForm     `json:"activityForm"`
	ActivityStatus   *masar.ActivityStatus   `json:"activityStatus"`
	Date             *DateInWords            `json:"date"`
	Place            *LocalizedText          `json:"place"`
	Attendance       []quantity              `json:"attendance"`
	OutputForm       *masar.OutputForm       `json:"outputForm"`
	History          []outputState           `json:"history"`
	Parent           *EntityHeading          `json:"parent"`
	Countries        *headings               `json:"countries"`
	Unit             *string                 `json:"unit"`
	Target           *EntityHeading          `json:"target"`
	Observations     *ObservationList        `json:"observations"`

	Stated *Total        `json:"stated"`
	Claims *entityClaims `json:"claims"`
}

type entityClaims struct {
	TotalCount int          `json:"totalCount"`
	PageInfo   PageInfo     `json:"pageInfo"`
	Nodes      []EndedClaim `json:"nodes"`
}

// proxyIndicator is an indicator that shows how strongly a country faces a challenge.
type proxyIndicator struct {
	Indicator string        `json:"indicator"`
	Worst     float64       `json:"worst"`
	Best      float64       `json:"best"`
	Rationale LocalizedText `json:"rationale"`
}

// Path is the path of the indicator's page without the language.
func (p proxyIndicator) Path() string {
	if words.IsSDGCode(p.Indicator) {
		return pathOf(masar.KindSdgIndicator, p.Indicator)
	}
	return pathOf(masar.KindIndicator, p.Indicator)
}

// quantity is a number of participants.
type quantity struct {
	Value     float64                 `json:"value"`
	Qualifier masar.QuantityQualifier `json:"qualifier"`
	Of        LocalizedText           `json:"of"`
}

// outputState is a state of an output according to a source.
type outputState struct {
	OutputStatus masar.OutputStatus `json:"outputStatus"`
	AsOf         *DateInWords       `json:"asOf"`
	Source       EntityHeading      `json:"source"`
	Note         *LocalizedText     `json:"note"`
}

// OtherTitle is the title in the language that the page is not in; nil if it is the same text.
func (e entity) OtherTitle() *LocalizedText {
	for _, t := range []LocalizedText{e.Arabic, e.English} {
		if t.Lang != e.Title.Lang && t.Value != e.Title.Value {
			return &t
		}
	}
	return nil
}

// entityRelation are the claims with one relation to the entity.
type entityRelation struct {
	Relation Relation
	Claims   []entityClaim
}

// entityClaim is a claim with the end that is not the page's entity.
type entityClaim struct {
	EndedClaim
	End EntityHeading
}

// Groups are the claims by relation, in the order of the answer.
func (e entity) Groups() []entityRelation {
	var groups []entityRelation
	for relation, claims := range byRelation(e.Claims.Nodes, e.Ref()) {
		group := entityRelation{Relation: relation}
		for _, c := range claims {
			group.Claims = append(group.Claims, entityClaim{c, c.Other(e.Ref())})
		}
		groups = append(groups, group)
	}
	return groups
}

// claimFilterParts are the parts of ClaimFilter that take the code of an entity, by kind.
var claimFilterParts = map[masar.Kind]string{
	masar.KindTopic: "topics", masar.KindChallenge: "challenges", masar.KindOrganization: "organizations", masar.KindInitiative: "initiatives",
	masar.KindCountry: "countries", masar.KindSdgGoal: "targets", masar.KindSdgTarget: "targets", masar.KindDocument: "documents",
}

// FilterPart is the part of ClaimFilter that takes the entity's code; empty if none does.
func (e EntityHeading) FilterPart() string { return claimFilterParts[e.Kind] }

// Measures reports whether the entity is an indicator with values.
func (e entity) Measures() bool {
	return e.Kind == masar.KindIndicator || e.Kind == masar.KindSdgIndicator
}

// observed are the values of one entity in a table.
type observed struct {
	Of     EntityHeading
	Values []ObservationDetail
}

// ByEntity are the values in the order of the list, those of one entity together.
func (l ObservationList) ByEntity() []observed {
	var all []observed
	for _, o := range l.Nodes {
		if last := len(all) - 1; last < 0 || all[last].Of.Ref() != o.Of.Ref() {
			all = append(all, observed{Of: o.Of})
		}
		all[len(all)-1].Values = append(all[len(all)-1].Values, o)
	}
	return all
}

// HasSeveral reports whether the values belong to several indicators.
func (l ObservationList) HasSeveral() bool {
	return slices.ContainsFunc(l.Nodes, func(o ObservationDetail) bool { return o.Indicator != l.Nodes[0].Indicator })
}

// HasSeries reports whether the values belong to several series.
func (l ObservationList) HasSeries() bool {
	return slices.ContainsFunc(l.Nodes, func(o ObservationDetail) bool { return o.Series != nil })
}

func (v *entityView) exists() bool { return v.Entity != nil }

func (v *entityView) head(address) head {
	e := v.Entity
	h := head{Entity: &e.EntityHeading, Eyebrow: say("page.entity.eyebrow", masar.Args{"kind": e.Kind}), Answer: e.answer()}
	if numbered(e.Kind) {
		h.Eyebrow = say("page.entity.eyebrow_code", masar.Args{"kind": e.Kind, "code": e.Ref()})
	}
	if part := e.FilterPart(); part != "" {
		h.Rows = []rows{{"claims", map[string]any{part: []string{e.Code}}}}
	}
	if e.Measures() {
		h.Rows = []rows{{Dataset: "observations"}}
	}
	for _, up := range []*EntityHeading{e.Broader, e.Parent, e.Target, e.PractisedIn} {
		if up != nil {
			h.Crumbs = append(h.Crumbs, toEntity(*up))
		}
	}
	return h
}

// answer is the short answer: how many values or claims there are, and how many of them sources state.
func (e entity) answer() []masar.Phrase {
	var answer []masar.Phrase
	if e.Measures() && e.Observations != nil {
		answer = append(answer, say("page.entity.values", masar.Args{"n": e.Observations.TotalCount}))
		if e.Claims != nil && e.Claims.TotalCount == 0 {
			return answer
		}
	}
	if e.Claims == nil || e.Stated == nil {
		return answer
	}
	answer = append(answer, say("page.entity.claims", masar.Args{"n": e.Claims.TotalCount}))
	switch {
	case e.Claims.TotalCount == 0:
		return answer
	case e.Stated.TotalCount == e.Claims.TotalCount:
		return append(answer, say("page.entity.all_stated", masar.Args{"n": e.Claims.TotalCount}))
	}
	return append(answer, say("page.recommendation.answer.stated", masar.Args{"n": e.Stated.TotalCount}))
}

// titledEntity is an entity with the key of its title.
type titledEntity struct {
	Title  string
	Entity *EntityHeading
}

func entityLink(title string, e *EntityHeading) titledEntity { return titledEntity{title, e} }
