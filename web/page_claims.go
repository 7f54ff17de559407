package web

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"masar"
	"masar/answers"
	"masar/words"
)

var claimsPage = page{
	path: "claims", operation: "claims", template: "claims",
	parameters: filterNames("after", "order"),
	variables:  claimsVariables,
	view:       func() view { return new(claimsView) },
}

// orders are the orders of the list by the value of the parameter order.
var orders = map[string]map[string]any{
	"strongest": {"field": answers.OrderBySupport, "direction": answers.Descending},
	"weakest":   {"field": answers.OrderBySupport, "direction": answers.Ascending},
}

func claimsVariables(a address) (map[string]any, error) {
	filter, errFilter := a.filter(filterNames()...)
	after, errAfter := a.one("after")
	order, errOrder := a.one("order")
	variables := map[string]any{"chosen": chosenIDs(filter)}
	if filter != nil {
		variables["filter"] = filter
	}
	for _, facet := range facets {
		if others := omitting(filter, facet.Name); len(others) > 0 {
			variables[facet.Name] = others
		}
	}
	if after != nil {
		variables["after"] = *after
	}
	if order != nil {
		by, ok := orders[*order]
		if !ok {
			errOrder = refuseValue("order", *order, slices.Sorted(maps.Keys(orders)))
		}
		variables["orderBy"] = by
	}
	return variables, cmp.Or(errFilter, errAfter, errOrder)
}

// omitting is a filter without one of its parts.
func omitting(filter map[string]any, part string) map[string]any {
	others := maps.Clone(filter)
	delete(others, part)
	return others
}

// facet is a part of the filter that readers choose from a list with counts.
type facet struct {
	// Name is the name of the part in ClaimFilter, Title the key of its label.
	Name, Title string
	// OnlyOne is set if the part has one value.
	OnlyOne bool
	// counts are its values with their numbers of claims; nil if they are not counted.
	counts func(*claimsView) *DistributionCounts
}

var facets = []facet{
	{"natures", "page.claims.natures", false, func(v *claimsView) *DistributionCounts { return v.Natures.get() }},
	{"basis", "page.claims.basis", true, func(v *claimsView) *DistributionCounts { return v.Basis.get() }},
	{"certainties", "page.claims.certainties", false, func(v *claimsView) *DistributionCounts { return v.Certainties.get() }},
	{"documentations", "page.claims.documentations", false, func(v *claimsView) *DistributionCounts { return v.Documentations.get() }},
	{"statuses", "page.claims.statuses", false, func(v *claimsView) *DistributionCounts { return v.Statuses.get() }},
	{"targets", "page.claims.targets", false, func(v *claimsView) *DistributionCounts { return v.Targets.get() }},
	{"countries", "page.claims.countries", false, func(v *claimsView) *DistributionCounts { return v.Countries.get() }},
	{"initiatives", "page.claims.initiatives", false, func(v *claimsView) *DistributionCounts { return v.Initiatives.get() }},
	{"topics", "page.claims.topics", false, func(v *claimsView) *DistributionCounts { return v.Topics.get() }},
	{"challenges", "page.claims.challenges", false, func(v *claimsView) *DistributionCounts { return v.Challenges.get() }},
	{"organizations", "page.claims.organizations", false, func(v *claimsView) *DistributionCounts { return v.Organizations.get() }},
	{"documents", "page.claims.documents", false, func(v *claimsView) *DistributionCounts { return v.Documents.get() }},
	{"evidenceKinds", "page.claims.evidenceKinds", false, func(v *claimsView) *DistributionCounts { return v.EvidenceKinds.get() }},
	{"predicates", "page.claims.predicates", false, func(v *claimsView) *DistributionCounts { return v.Predicates.get() }},
	{"subjectKinds", "page.claims.subjectKinds", false, nil},
	{"objectKinds", "page.claims.objectKinds", false, nil},
}

// claimsView is the answer of operations/claims.graphql.
type claimsView struct {
	PageFrame
	Entities chosenEntities `json:"chosen"`
	Claims   *struct {
		TotalCount int            `json:"totalCount"`
		PageInfo   PageInfo       `json:"pageInfo"`
		Nodes      []ClaimSummary `json:"nodes"`
	} `json:"claims"`
	State          *claimsState  `json:"state"`
	Natures        *claimsCounts `json:"natures"`
	Basis          *claimsCounts `json:"basis"`
	Certainties    *claimsCounts `json:"certainties"`
	Documentations *claimsCounts `json:"documentations"`
	Statuses       *claimsCounts `json:"statuses"`
	Predicates     *claimsCounts `json:"predicates"`
	Countries      *claimsCounts `json:"countries"`
	Initiatives    *claimsCounts `json:"initiatives"`
	Topics         *claimsCounts `json:"topics"`
	Challenges     *claimsCounts `json:"challenges"`
	Organizations  *claimsCounts `json:"organizations"`
	Documents      *claimsCounts `json:"documents"`
	EvidenceKinds  *claimsCounts `json:"evidenceKinds"`
	Targets        *struct {
		claimsCounts
		Goals *DistributionCounts `json:"goals"`
	} `json:"targets"`
}

type claimsCounts struct {
	Distribution *DistributionCounts `json:"distribution"`
}

func (c *claimsCounts) get() *DistributionCounts {
	if c == nil {
		return nil
	}
	return c.Distribution
}

// claimsState is how many of the claims are effects and facts, and how well each is supported.
type claimsState struct {
	Nature        *DistributionCounts `json:"nature"`
	Certainty     *DistributionCounts `json:"certainty"`
	Documentation *DistributionCounts `json:"documentation"`
}

// Choice is a value of a facet that a reader can choose.
type Choice struct {
	Value string
	Label LocalizedText
	// Count is the number of claims that it leads to; nil if it is not counted.
	Count  *int
	Chosen bool
}

// Facet is a facet on the page.
type Facet struct {
	facet
	Choices []Choice
	// Chosen is the number of chosen values, More the number of values with claims that are not shown.
	Chosen, More int
	// Failed is set if the values could not be loaded.
	Failed bool
}

// Facets are the facets of the page for its address.
func (v *claimsView) Facets(s screen) []Facet {
	var all []Facet
	for _, f := range facets {
		all = append(all, v.facet(f, s))
	}
	return all
}

func (v *claimsView) facet(f facet, s screen) Facet {
	shown := Facet{facet: f}
	if f.counts == nil {
		for _, kind := range masar.Kinds {
			shown.add(Choice{Value: string(kind), Label: s.text(words.Value(s.lang, kind))}, s)
		}
		return shown
	}
	counts := f.counts(v)
	if counts == nil {
		shown.Failed = true
		return shown
	}
	shown.More = counts.OtherBuckets
	if f.Name == "targets" && v.Targets.Goals != nil {
		shown.addBuckets(v.Targets.Goals.Buckets, s)
	}
	shown.addBuckets(counts.Buckets, s)
	shown.addMissing(v.Entities, s)
	return shown
}

func (f *Facet) addBuckets(buckets []Bucket, s screen) {
	for _, b := range buckets {
		if b.Key == answers.Unknown || b.Count == 0 && len(buckets) > 6 && !s.chosen(f.Name, b.Key) {
			continue
		}
		label := b.Label
		if ref, ok := partRef(f.Name, b.Key); ok {
			label = EntityHeading{Kind: ref.Kind, Code: b.Key, Title: label}.Name()
		}
		f.add(Choice{Value: b.Key, Label: label, Count: &b.Count}, s)
	}
}

// addMissing adds the chosen values that no claim has, or that are not among the most frequent.
func (f *Facet) addMissing(entities chosenEntities, s screen) {
	for _, value := range s.query[f.Name] {
		known := slices.ContainsFunc(f.Choices, func(c Choice) bool { return strings.EqualFold(c.Value, value) })
		if value == "" || known {
			continue
		}
		label, ok := entities.name(f.Name, value)
		if !ok {
			label = s.text(value)
		}
		f.add(Choice{Value: value, Label: label}, s)
	}
}

func (f *Facet) add(c Choice, s screen) {
	c.Chosen = s.chosen(f.Name, c.Value)
	if c.Chosen {
		f.Chosen++
	}
	f.Choices = append(f.Choices, c)
}

// Active is a part of the filter that is set, with the address without it.
type Active struct {
	Title  string
	Label  LocalizedText
	Remove string
}

// Actives are the parts of the filter that are set.
func (v *claimsView) Actives(s screen) []Active {
	var all []Active
	for _, f := range v.Facets(s) {
		for _, c := range f.Choices {
			if c.Chosen {
				all = append(all, Active{f.Title, c.Label, s.Without(f.Name, c.Value)})
			}
		}
	}
	for _, name := range []string{"since", "until", "minNet"} {
		if value := s.query.Get(name); value != "" {
			all = append(all, Active{"page.claims." + name, s.text(value), s.With(name, "")})
		}
	}
	return all
}

// Share is a value with its number of claims, as part of a whole.
type Share struct {
	Bucket
	Percent int
}

// Shares are the values of a distribution, each with its share of the counted claims.
func (c *DistributionCounts) Shares() []Share {
	var shares []Share
	for _, b := range c.Buckets {
		if b.Key != answers.Unknown {
			shares = append(shares, Share{b, percent(b.Count, c.DistinctCount)})
		}
	}
	return shares
}

// percent is a part of a whole, in full per cent, at least 1 if there is any.
func percent(part, whole int) int {
	if part == 0 || whole == 0 {
		return 0
	}
	return max(1, part*100/whole)
}

func (v *claimsView) exists() bool { return v.Claims != nil }

func (v *claimsView) head(a address) head {
	filter, _ := a.filter(filterNames()...) // the variables have been read from the same address
	h := head{Title: say("page.claims.title", nil), Rows: []rows{{"claims", filter}}}
	if len(filter) > 0 {
		h.Answer = append(h.Answer, say("page.claims.matching", masar.Args{"n": v.Claims.TotalCount}))
	} else {
		h.Answer = append(h.Answer, say("page.claims.all", masar.Args{"n": v.Claims.TotalCount}))
	}
	h.Answer = append(h.Answer, v.State.answer()...)
	return h
}

// answer says how many effects and facts there are, and how well they are supported.
func (s *claimsState) answer() []masar.Phrase {
	if s == nil || s.Nature == nil || s.Certainty == nil || s.Documentation == nil {
		return nil
	}
	var answer []masar.Phrase
	if effects := s.Nature.count(string(masar.Effect)); effects > 0 {
		answer = append(answer, say("page.claims.effects", masar.Args{"n": effects}))
		if best := s.Certainty.highest(); best != "" {
			answer = append(answer, say("page.highest."+string(best), nil))
		}
	}
	if facts := s.Nature.count(string(masar.Fact)); facts > 0 {
		documented := s.Documentation.count(string(masar.DocumentationCorroborated)) + s.Documentation.count(string(masar.DocumentationStated))
		answer = append(answer, say("page.claims.facts", masar.Args{
			"n": facts, "documented": documented, "inferred": s.Documentation.count(string(masar.DocumentationInferred)),
		}))
	}
	return answer
}

// Open reports whether the facet is open at first.
func (f Facet) Open() bool {
	return f.Chosen > 0 || slices.Contains([]string{"natures", "basis", "certainties", "documentations"}, f.Name)
}

// claimsCount is a distribution on the page, whose values lead to their claims.
type claimsCount struct {
	screen
	Name, Title string
	Counts      *DistributionCounts
}

func newClaimsCount(s screen, name, title string, counts *DistributionCounts) claimsCount {
	return claimsCount{s, name, title, counts}
}

// Address is the page with the value chosen.
func (c claimsCount) Address(value string) string { return c.With(c.Name, value) }
