package web

import "masar"

var goalsPage = page{
	path: "goals", operation: "goals", template: "goals",
	variables: noVariables,
	view:      func() view { return new(goalsView) },
}

// goalsView is the answer of operations/goals.graphql.
type goalsView struct {
	PageFrame
	SDGGoals *struct {
		Nodes []goalSummary `json:"nodes"`
	} `json:"sdgGoals"`
	Dashboard *struct {
		Goals *DistributionCounts `json:"goals"`
	} `json:"dashboard"`
}

// goalSummary is an SDG goal with the numbers of its targets and of the recommendations for the goal itself.
type goalSummary struct {
	EntityHeading
	IRI             *string `json:"iri"`
	Targets         *Total  `json:"targets"`
	Recommendations *Total  `json:"recommendations"`
}

// GoalRow is a goal in the table.
type GoalRow struct {
	goalSummary
	// Claims is the number of claims about the goal or its targets; nil if it could not be loaded.
	Claims *int
	// Share is the number of claims in per cent of the goal with the most.
	Share int
}

func (v *goalsView) exists() bool { return v.SDGGoals != nil }

func (v *goalsView) head(address) head {
	h := head{Title: say("page.goals.title", nil)}
	if rows := v.Rows(); len(rows) > 0 && rows[0].Claims != nil {
		with := 0
		for _, row := range rows {
			if *row.Claims > 0 {
				with++
			}
		}
		h.Answer = []masar.Phrase{say("page.goals.answer", masar.Args{"n": with, "all": len(rows)}), say("page.goals.several", nil)}
	}
	return h
}

// Rows are the goals with their claims.
func (v *goalsView) Rows() []GoalRow {
	most := 1
	if v.Dashboard != nil && v.Dashboard.Goals != nil {
		for _, g := range v.SDGGoals.Nodes {
			most = max(most, v.Dashboard.Goals.count(g.Code))
		}
	}
	var rows []GoalRow
	for _, g := range v.SDGGoals.Nodes {
		row := GoalRow{goalSummary: g}
		if v.Dashboard != nil && v.Dashboard.Goals != nil {
			n := v.Dashboard.Goals.count(g.Code)
			row.Claims, row.Share = &n, n*100/most
		}
		rows = append(rows, row)
	}
	return rows
}
