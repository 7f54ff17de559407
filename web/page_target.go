package web

import (
	"cmp"

	"masar"
	"masar/words"
)

var targetPage = page{
	path: "targets/{code}", operation: "target", template: "target", kind: masar.KindSdgTarget,
	parameters: []string{"after", "basis", "certainties", "goal"},
	variables:  targetVariables,
	view:       func() view { return new(targetView) },
}

func targetVariables(a address) (map[string]any, error) {
	filter, err := a.filter("basis", "certainties")
	after, errAfter := a.one("after")
	goalLevel, errGoal := a.flag("goal", true)
	variables := map[string]any{"code": asked(masar.KindSdgTarget, a.codes("code")), "goalLevel": goalLevel}
	if filter != nil {
		variables["filter"] = filter
	}
	if after != nil {
		variables["after"] = *after
	}
	return variables, cmp.Or(err, errAfter, errGoal)
}

// targetView is the answer of operations/target.graphql.
type targetView struct {
	PageFrame
	Target    *target `json:"sdgTarget"`
	Countries *struct {
		Nodes []EntityHeading `json:"nodes"`
	} `json:"countries"`
}

type target struct {
	EntityHeading
	IRI             *string                `json:"iri"`
	Goal            EntityHeading          `json:"goal"`
	Indicators      *headings              `json:"indicators"`
	All             *targetSummary         `json:"all"`
	Recommendations *targetRecommendations `json:"recommendations"`
	Initiatives     *struct {
		TotalCount int `json:"totalCount"`
		Edges      []struct {
			Claim *ClaimSummary `json:"claim"`
			Node  EntityHeading `json:"node"`
		} `json:"edges"`
	} `json:"initiatives"`
}

// headings is a list of entities.
type headings struct {
	Nodes []EntityHeading `json:"nodes"`
}

// targetSummary is what the short answer is made from.
type targetSummary struct {
	TotalCount int `json:"totalCount"`
	Edges      []struct {
		Claim *struct {
			Basis masar.Basis       `json:"basis"`
			Level *masar.ClaimLevel `json:"level"`
		} `json:"claim"`
		Support *struct {
			Certainty *masar.Certainty `json:"certainty"`
		} `json:"support"`
	} `json:"edges"`
}

type targetRecommendations struct {
	TotalCount int                    `json:"totalCount"`
	PageInfo   PageInfo               `json:"pageInfo"`
	Edges      []targetRecommendation `json:"edges"`
}

// targetRecommendation is a recommendation for the target, with its support as it counts for the target.
type targetRecommendation struct {
	Claim   *ClaimSummary   `json:"claim"`
	Support *SupportSummary `json:"support"`
	Node    struct {
		EntityHeading
		Number     *int           `json:"number"`
		Summary    *LocalizedText `json:"summary"`
		Challenges *struct {
			TotalCount int `json:"totalCount"`
			Edges      []struct {
				Claim *struct {
					Basis masar.Basis `json:"basis"`
				} `json:"claim"`
				Node EntityHeading `json:"node"`
			} `json:"edges"`
		} `json:"challenges"`
		CaseStudies *practices `json:"caseStudies"`
	} `json:"node"`
}

// Rating is the rating as the target's list counts it.
func (r targetRecommendation) Rating() Rating {
	if r.Claim == nil {
		return Rating{masar.Inferred, r.Support}
	}
	return r.Claim.RatedBy(r.Support)
}

// GoalLevel reports whether the claim is about the goal as a whole.
func (r targetRecommendation) GoalLevel() bool {
	return r.Claim != nil && r.Claim.Level != nil && *r.Claim.Level == masar.LevelGoal
}

// targetCard is a recommendation in the list of a target.
type targetCard struct {
	targetRecommendation
	Goal string
}

// Cards are the recommendations, each with the code of the target's goal.
func (t target) Cards() []targetCard {
	var cards []targetCard
	for _, r := range t.Recommendations.Edges {
		cards = append(cards, targetCard{r, t.Goal.Code})
	}
	return cards
}

// Any reports whether any recommendation advances the target, whatever the filter.
func (t target) Any() bool { return t.All == nil || t.All.TotalCount > 0 }

// CountryOptions are the countries by their name in the language of the page.
func (v *targetView) CountryOptions() []EntityHeading { return byTitle(v.Countries.Nodes) }

func (v *targetView) exists() bool { return v.Target != nil }

func (v *targetView) head(address) head {
	t := v.Target
	return head{
		Entity:  &t.EntityHeading,
		Eyebrow: say("page.target.eyebrow", masar.Args{"target": t.Ref()}),
		Answer:  t.All.answer(),
		Crumbs:  []link{{Path: "/goals", Phrase: say("page.menu.goals", nil)}, toEntity(t.Goal)},
		Rows:    []rows{{"claims", map[string]any{"targets": []string{t.Code}}}},
		Brief:   "/briefs" + pathOf(t.Kind, t.Code),
	}
}

// answer is the short answer: how many recommendations, how many of them inferred or about the goal, and the best rating.
func (s *targetSummary) answer() []masar.Phrase {
	if s == nil {
		return nil
	}
	inferred, ofGoal, best := s.count()
	return words.TargetAnswer(s.TotalCount, inferred, ofGoal, best)
}

func (s *targetSummary) count() (inferred, ofGoal int, best masar.Certainty) {
	var found []masar.Certainty
	for _, e := range s.Edges {
		if e.Claim != nil && e.Claim.Basis == masar.Inferred {
			inferred++
		}
		if e.Claim != nil && e.Claim.Level != nil && *e.Claim.Level == masar.LevelGoal {
			ofGoal++
		}
		if e.Support != nil && e.Support.Certainty != nil {
			found = append(found, *e.Support.Certainty)
		}
	}
	return inferred, ofGoal, masar.Highest(found)
}
