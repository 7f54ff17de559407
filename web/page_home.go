package web

import (
	"slices"

	"masar"
)

var homePage = page{
	path: "{$}", operation: "home", template: "home",
	variables: noVariables,
	view:      func() view { return new(homeView) },
}

// homeView is the answer of operations/home.graphql.
type homeView struct {
	PageFrame
	Dashboard *struct {
		Counts        []KindCount         `json:"counts"`
		Claims        *measured           `json:"claims"`
		Evidence      *measured           `json:"evidence"`
		Documents     *measured           `json:"documents"`
		Certainty     *DistributionCounts `json:"certainty"`
		Documentation *DistributionCounts `json:"documentation"`
		Goals         *DistributionCounts `json:"goals"`
	} `json:"dashboard"`
	SDGGoals  *headings `json:"sdgGoals"`
	Countries *struct {
		Nodes []practisingCountry `json:"nodes"`
	} `json:"countries"`
	Changes *struct {
		TotalCount int      `json:"totalCount"`
		Nodes      []change `json:"nodes"`
	} `json:"changes"`
}

// practisingCountry is a country with its number of case studies.
type practisingCountry struct {
	EntityHeading
	CaseStudies *Total `json:"caseStudies"`
}

func (v *homeView) exists() bool { return v.Snapshot != "" }

func (v *homeView) head(address) head {
	return head{Title: say("page.home.title", nil), Answer: []masar.Phrase{say("page.home.what", nil), say("page.home.how", nil)}}
}

// Evidence is the state of the evidence: how many claims there are, of which kinds, and the highest certainty.
func (v *homeView) Evidence() []masar.Phrase {
	d := v.Dashboard
	if d == nil || d.Certainty == nil || d.Documentation == nil {
		return nil
	}
	facts := d.Documentation
	said := []masar.Phrase{say("page.home.effects", masar.Args{"n": d.Certainty.DistinctCount})}
	if best := d.Certainty.highest(); best != "" {
		said = append(said, say("page.highest."+string(best), nil))
	}
	return append(said, say("page.home.facts", masar.Args{
		"n":          facts.DistinctCount,
		"documented": facts.count(string(masar.DocumentationStated)) + facts.count(string(masar.DocumentationCorroborated)),
		"inferred":   facts.count(string(masar.DocumentationInferred)),
	}))
}

// Extent is how much there is: claims, evidence items, and the documents that these cite.
func (v *homeView) Extent() masar.Phrase {
	d := v.Dashboard
	return say("page.home.extent", masar.Args{"claims": d.Claims.number(), "evidence": d.Evidence.number(), "documents": d.Documents.number()})
}

// GoalCount is an SDG goal with its number of claims.
type GoalCount struct {
	EntityHeading
	Claims int
}

// Goals are all SDG goals with their claims; empty if one of the two lists could not be loaded.
func (v *homeView) Goals() []GoalCount {
	if v.SDGGoals == nil || v.Dashboard == nil || v.Dashboard.Goals == nil {
		return nil
	}
	var all []GoalCount
	for _, g := range v.SDGGoals.Nodes {
		all = append(all, GoalCount{g, v.Dashboard.Goals.count(g.Code)})
	}
	return all
}

// Practising are the countries with case studies.
func (v *homeView) Practising() []practisingCountry {
	return slices.DeleteFunc(slices.Clone(v.Countries.Nodes), func(c practisingCountry) bool {
		return c.CaseStudies == nil || c.CaseStudies.TotalCount == 0
	})
}
