package web

import (
	"slices"

	"masar"
)

var initiativePage = page{
	path: "initiatives/{code}", operation: "initiative", template: "initiative", kind: masar.KindInitiative,
	variables: func(a address) (map[string]any, error) { return map[string]any{"code": a.codes("code")}, nil },
	view:      func() view { return new(initiativeView) },
}

// initiativeView is the answer of operations/initiative.graphql.
type initiativeView struct {
	PageFrame
	Initiative *initiative `json:"initiative"`
}

type initiative struct {
	EntityHeading
	Form         masar.InitiativeForm `json:"initiativeForm"`
	Summary      *LocalizedText       `json:"summary"`
	Aliases      []LocalizedText      `json:"aliases"`
	Period       *DateInWords         `json:"period"`
	Parent       *EntityHeading       `json:"parent"`
	Components   *headings            `json:"components"`
	Participants *struct {
		TotalCount int           `json:"totalCount"`
		Edges      []participant `json:"edges"`
	} `json:"participants"`
	Countries  *claimed `json:"countries"`
	Goals      *claimed `json:"goals"`
	Targets    *claimed `json:"targets"`
	Challenges *claimed `json:"challenges"`
	Activities *struct {
		TotalCount int                    `json:"totalCount"`
		Nodes      []activityOfInitiative `json:"nodes"`
	} `json:"activities"`
	Outputs *struct {
		TotalCount int `json:"totalCount"`
		Nodes      []struct {
			EntityHeading
			Form masar.OutputForm `json:"outputForm"`
		} `json:"nodes"`
	} `json:"outputs"`
	Recommendations *struct {
		TotalCount int             `json:"totalCount"`
		Nodes      []EntityHeading `json:"nodes"`
	} `json:"recommendations"`
	Related *struct {
		Edges []related `json:"edges"`
	} `json:"related"`
}

type participant struct {
	Role  *masar.Role   `json:"role"`
	Claim *ClaimSummary `json:"claim"`
	Node  EntityHeading `json:"node"`
}

type activityOfInitiative struct {
	EntityHeading
	Form       masar.ActivityForm   `json:"activityForm"`
	Status     masar.ActivityStatus `json:"activityStatus"`
	Date       *DateInWords         `json:"date"`
	Place      *LocalizedText       `json:"place"`
	Attendance []struct {
		Value     float64                 `json:"value"`
		Qualifier masar.QuantityQualifier `json:"qualifier"`
		Of        LocalizedText           `json:"of"`
	} `json:"attendance"`
}

// related is an initiative with common neighbours.
type related struct {
	Node   EntityHeading   `json:"node"`
	Shared []EntityHeading `json:"shared"`
}

// Kinds are the common neighbours by kind.
func (r related) Kinds() []kindGroup { return byKind(r.Shared) }

// kindGroup are the entities of one kind.
type kindGroup struct {
	Kind     masar.Kind
	Entities []EntityHeading
}

// byKind are entities by kind, in their order.
func byKind(entities []EntityHeading) []kindGroup {
	var groups []kindGroup
	for _, e := range entities {
		i := slices.IndexFunc(groups, func(g kindGroup) bool { return g.Kind == e.Kind })
		if i < 0 {
			i = len(groups)
			groups = append(groups, kindGroup{Kind: e.Kind})
		}
		groups[i].Entities = append(groups[i].Entities, e)
	}
	return groups
}

// claimedSection is a list of a page with the key of its title and its id.
type claimedSection struct {
	Title, ID string
	List      *claimed
}

// Claimed are the lists that claims lead to. Goals and targets stand apart: a claim about a goal is not about its targets.
func (i initiative) Claimed() []claimedSection {
	return []claimedSection{
		{"page.initiative.targets", "targets", i.Targets},
		{"page.initiative.goals", "goals", i.Goals},
		{"page.initiative.challenges", "challenges", i.Challenges},
		{"page.initiative.countries", "countries", i.Countries},
	}
}

func (v *initiativeView) exists() bool { return v.Initiative != nil }

func (v *initiativeView) head(address) head {
	i := v.Initiative
	h := head{
		Entity:  &i.EntityHeading,
		Eyebrow: say("page.initiative.eyebrow", masar.Args{"form": i.Form}),
		Answer:  i.answer(),
		Rows:    []rows{{"claims", map[string]any{"initiatives": []string{i.Code}}}},
	}
	if i.Parent != nil {
		h.Crumbs = []link{toEntity(*i.Parent)}
	}
	return h
}

// answer is the short answer: the targets and how many of them a source states, then the countries.
func (i *initiative) answer() []masar.Phrase {
	var answer []masar.Phrase
	if t := i.Targets; t != nil {
		answer = append(answer, say("page.initiative.answer.targets", masar.Args{"n": t.TotalCount}))
		if t.TotalCount > 0 && t.Rest() == 0 {
			answer = append(answer, say("page.initiative.answer.stated", masar.Args{"n": t.stated()}))
		}
	}
	if c := i.Countries; c != nil {
		answer = append(answer, say("page.initiative.answer.countries", masar.Args{"n": c.TotalCount}))
		if c.TotalCount > 0 && c.Rest() == 0 {
			answer = append(answer, say("page.initiative.answer.stated", masar.Args{"n": c.stated()}))
		}
	}
	return answer
}

// stated is the number of entities that a source states a claim about.
func (c *claimed) stated() int {
	n := 0
	for _, e := range c.Edges {
		if e.Claim != nil && !e.Claim.Inferred() {
			n++
		}
	}
	return n
}
