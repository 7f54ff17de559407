package web

import (
	"net/url"
	"slices"
	"strings"

	"masar"
	"masar/answers"
	"masar/words"
)

var countriesPage = page{
	path: "countries", operation: "countries", template: "countries",
	parameters: []string{"country", "target"},
	variables:  noVariables,
	view:       func() view { return new(countriesView) },
	redirect:   toCountry,
}

// toCountry is the profile of the country that a form asks for.
func toCountry(a address) string {
	code := a.query.Get("country")
	if code == "" {
		return ""
	}
	to := pathOf(masar.KindCountry, code)
	if target := a.query.Get("target"); target != "" {
		to += "?" + url.Values{"target": {asked(masar.KindSdgTarget, target)}}.Encode()
	}
	return to
}

// countriesView is the answer of operations/countries.graphql.
type countriesView struct {
	PageFrame
	League    *EntityHeading `json:"league"`
	Countries *struct {
		TotalCount int              `json:"totalCount"`
		Nodes      []countryInTable `json:"nodes"`
	} `json:"countries"`
	Options *targetOptions `json:"options"`
}

type countryInTable struct {
	EntityHeading
	Groups []struct {
		Code string `json:"code"`
	} `json:"groups"`
	Maturity    *maturitySummary `json:"maturity"`
	CaseStudies *Total           `json:"caseStudies"`
	Initiatives *Total           `json:"initiatives"`
	Claims      *Total           `json:"claims"`
}

// maturitySummary is the digital government maturity of a country.
type maturitySummary struct {
	Value    float64 `json:"value"`
	Coverage float64 `json:"coverage"`
}

// Known is how much of the maturity is known.
func (m maturitySummary) Known() masar.Phrase { return words.Known(m.Coverage) }

// targetOptions are the SDG targets that claims are about, for a form.
type targetOptions struct {
	Targets *DistributionCounts `json:"targets"`
}

// List are the targets by code.
func (o *targetOptions) List() []Bucket {
	return slices.SortedFunc(slices.Values(o.Targets.chosen()), func(a, b Bucket) int { return byNumber(a.Key, b.Key) })
}

// chosen are the buckets that are a value.
func (d *DistributionCounts) chosen() []Bucket {
	if d == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(d.Buckets), func(b Bucket) bool { return b.Key == answers.Unknown })
}

// byNumber orders codes of SDG targets: 9.c after 9.5, and 16.10 after 16.7.
func byNumber(a, b string) int {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(as), len(bs)) {
		if len(as[i]) != len(bs[i]) && isDigit(as[i]) == isDigit(bs[i]) {
			return len(as[i]) - len(bs[i])
		}
		if c := strings.Compare(as[i], bs[i]); c != 0 {
			return c
		}
	}
	return len(as) - len(bs)
}

func isDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func (v *countriesView) exists() bool { return v.Countries != nil }

func (v *countriesView) head(address) head {
	unknown := 0
	for _, c := range v.Countries.Nodes {
		if c.Maturity == nil {
			unknown++
		}
	}
	return head{
		Title: say("page.countries.title", nil),
		Answer: []masar.Phrase{
			say("page.countries.answer", masar.Args{"n": v.Countries.TotalCount}),
			say("page.countries.answer.unknown", masar.Args{"n": unknown}),
		},
		Rows: []rows{{Dataset: "observations"}},
	}
}

// countryTable is a part of the list.
type countryTable struct {
	Title     masar.Phrase
	ID        string
	Countries []countryInTable
}

// Tables are the members of the League of Arab States, then the other countries, each by title.
func (v *countriesView) Tables() []countryTable {
	members := countryTable{Title: say("page.countries.members", nil), ID: "members"}
	others := countryTable{Title: say("page.countries.others", nil), ID: "others"}
	for _, c := range v.byTitle() {
		if v.League != nil && slices.ContainsFunc(c.Groups, func(g struct {
			Code string `json:"code"`
		}) bool {
			return g.Code == v.League.Code
		}) {
			members.Countries = append(members.Countries, c)
		} else {
			others.Countries = append(others.Countries, c)
		}
	}
	return slices.DeleteFunc([]countryTable{members, others}, func(t countryTable) bool { return len(t.Countries) == 0 })
}

// byTitle are the countries by title.
func (v *countriesView) byTitle() []countryInTable {
	return slices.SortedFunc(slices.Values(v.Countries.Nodes), func(a, b countryInTable) int {
		return strings.Compare(a.Title.Value, b.Title.Value)
	})
}
