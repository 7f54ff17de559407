package mcp

import (
	"strings"

	"masar"
	"masar/answers"
	"masar/words"
)

type recommendationsInput struct {
	inLanguage
	Target           string `json:"target" jsonschema:"number of the SDG target, such as 16.6" min:"1" max:"64"`
	Country          string `json:"country,omitempty" jsonschema:"ISO 3166-1 alpha-3 code of a country: adds how well each recommendation suits it" pattern:"^[A-Za-z]{3}$"`
	IncludeGoalLevel bool   `json:"includeGoalLevel,omitempty" jsonschema:"also recommendations for the goal of the target; by default false"`
	First            int    `json:"first,omitempty" jsonschema:"number of recommendations, by default 10" min:"1" max:"20"`
	After            string `json:"after,omitempty" jsonschema:"nextCursor of the answer before"`
}

type recommendationsOutput struct {
	answer
	Recommendations []recommended `json:"recommendations"`
}

type recommended struct {
	Recommendation thing            `json:"recommendation"`
	Claim          claim            `json:"claim" jsonschema:"the claim that the recommendation advances the target or its goal"`
	Level          masar.ClaimLevel `json:"level" jsonschema:"TARGET or GOAL"`
	Tailored       *tailored        `json:"tailored,omitempty" jsonschema:"how well it suits the country"`
}

type tailored struct {
	Score      interval    `json:"score"`
	Coverage   float64     `json:"coverage" jsonschema:"the share of the score that is known, from 0 to 1"`
	Components []component `json:"components"`
}

type component struct {
	Name  string   `json:"name"`
	Value interval `json:"value"`
}

type recommendationsData struct {
	frame
	SdgTarget *struct {
		Recommendations *struct {
			TotalCount int `json:"totalCount"`
			Edges      []struct {
				Cursor string         `json:"cursor"`
				Claim  *levelledClaim `json:"claim"`
				Node   heading        `json:"node"`
			} `json:"edges"`
			PageInfo pageInfo `json:"pageInfo"`
		} `json:"recommendations"`
	} `json:"sdgTarget"`
}

type tailoredData struct {
	frame
	SdgTarget *struct {
		Code string `json:"code"`
	} `json:"sdgTarget"`
	Tailored *struct {
		TotalCount int                `json:"totalCount"`
		Items      []tailoredItemData `json:"items"`
	} `json:"tailoredRecommendations"`
}

type tailoredItemData struct {
	Recommendation struct {
		heading
		Claims *struct {
			Nodes []levelledClaim `json:"nodes"`
		} `json:"claims"`
	} `json:"recommendation"`
	Score struct {
		interval
		Coverage float64 `json:"coverage"`
	} `json:"score"`
	Components []struct {
		Name answers.ScoreComponentName `json:"name"`
		interval
	} `json:"components"`
}

func recommendations(c *call, in recommendationsInput) (f found[*recommendationsOutput], err error) {
	from, err := readCursor("recommendations_for_target", in.After)
	if err != nil {
		return f, err
	}
	in.Target, in.First = words.ReadCode(masar.KindSdgTarget, in.Target), orDefault(in.First, 10)
	if in.Country != "" {
		return c.tailored(in, from)
	}
	var data recommendationsData
	variables := c.inLanguage(map[string]any{"target": in.Target, "includeGoalLevel": in.IncludeGoalLevel, "first": in.First, "after": from.at()})
	if err := c.run("recommendations", variables, &data); err != nil {
		return f, err
	}
	if data.SdgTarget == nil {
		return f, c.unknown("target", masar.KindSdgTarget, in.Target)
	}
	page := data.SdgTarget.Recommendations
	var all []recommended
	for _, e := range page.Edges {
		if e.Claim != nil {
			all = append(all, recommended{Recommendation: c.thing(e.Node), Claim: c.claim(e.Claim.ratedClaim), Level: e.Claim.level()})
		}
	}
	return found[*recommendationsOutput]{
		items:  len(all),
		first:  recommendationsOf(data.frame, all),
		after:  func(n int) string { return cursor{Tool: from.Tool, After: page.Edges[n-1].Cursor}.String() },
		more:   page.PageInfo.HasNextPage && len(all) > 0,
		narrow: "assistants.narrow.recommendations",
	}, nil
}

// tailored are the recommendations by the low end of their score for a country.
func (c *call) tailored(in recommendationsInput, from cursor) (f found[*recommendationsOutput], err error) {
	var data tailoredData
	variables := c.inLanguage(map[string]any{"target": in.Target, "country": strings.ToUpper(in.Country), "advances": advancing(in)})
	if err := c.run("tailored", variables, &data); err != nil {
		return f, c.nearestTarget(err, in.Target)
	}
	if data.SdgTarget == nil {
		return f, c.unknown("target", masar.KindSdgTarget, in.Target)
	}
	var all []recommended
	for _, item := range data.Tailored.Items {
		for _, r := range item.Recommendation.Claims.Nodes {
			made := recommended{c.thing(item.Recommendation.heading), c.claim(r.ratedClaim), r.level(), item.of(c.language)}
			all = append(all, made)
		}
	}
	all = rest(all, from)
	page := all[:min(in.First, len(all))]
	return found[*recommendationsOutput]{
		items: len(page), first: recommendationsOf(data.frame, page), after: from.skipping, more: len(page) < len(all),
		narrow: "assistants.narrow.recommendations",
	}, nil
}

// nearestTarget is the error for an unknown target instead of the one for the filter that names it.
func (c *call) nearestTarget(err error, target string) error {
	if f, is := asFailure(err); is && f.Extensions.Code == string(masar.CodeBadInput) && f.Extensions.Argument != "country" {
		return c.unknown("target", masar.KindSdgTarget, target)
	}
	return err
}

// advancing selects the claims that a recommendation advances a target and, if it is asked for, its goal.
func advancing(in recommendationsInput) map[string]any {
	only := map[string]any{"predicates": []string{string(masar.Advances)}}
	kinds, targets := []string{string(masar.KindSdgTarget)}, []string{in.Target}
	if goal, _, isTarget := strings.Cut(in.Target, "."); in.IncludeGoalLevel && isTarget {
		only["or"] = []map[string]any{
			{"objectKinds": kinds, "targets": targets},
			{"objectKinds": []string{string(masar.KindSdgGoal)}, "targets": []string{goal}},
		}
		return only
	}
	only["objectKinds"], only["targets"] = kinds, targets
	return only
}

func recommendationsOf(f frame, all []recommended) func(int) *recommendationsOutput {
	return func(n int) *recommendationsOutput {
		return &recommendationsOutput{answer: f.answer(), Recommendations: all[:n]}
	}
}

// level is whether the claim is about the target or its goal.
func (c levelledClaim) level() masar.ClaimLevel {
	if c.Level == nil {
		return ""
	}
	return *c.Level
}

// of is the score of a recommendation, with its components in words.
func (d tailoredItemData) of(l masar.Language) *tailored {
	made := &tailored{Score: d.Score.interval.rounded(), Coverage: rounded(d.Score.Coverage)}
	for _, part := range d.Components {
		made.Components = append(made.Components, component{words.Value(l, part.Name), part.interval.rounded()})
	}
	return made
}

func (i interval) rounded() interval { return interval{rounded(i.Low), rounded(i.High)} }

func (o *recommendationsOutput) write(w *writer) {
	if len(o.Recommendations) == 0 {
		w.line("assistants.text.no_recommendations", nil)
	}
	for _, r := range o.Recommendations {
		w.thing(r.Recommendation)
		w.claim(r.Claim)
		w.under("assistants.text.level", masar.Args{"level": r.Level})
		if t := r.Tailored; t != nil {
			w.under("assistants.text.score", masar.Args{"low": t.Score.Low, "high": t.Score.High, "coverage": t.Coverage})
			for _, part := range t.Components {
				w.under("assistants.text.component", masar.Args{"name": part.Name, "low": part.Value.Low, "high": part.Value.High})
			}
		}
	}
}
