package web

import (
	"cmp"
	"net/url"

	"masar"
	"masar/words"
)

var countryPage = page{
	path: "countries/{code}", operation: "country", template: "country", kind: masar.KindCountry,
	parameters: []string{"target", "topic", "all"},
	variables:  countryVariables,
	view:       func() view { return new(countryView) },
}

func countryVariables(a address) (map[string]any, error) {
	variables := map[string]any{"code": a.codes("code")}
	target, err := a.one("target")
	topic, errTopic := a.one("topic")
	if target != nil {
		variables["target"] = asked(masar.KindSdgTarget, *target)
	}
	all, errAll := a.flag("all", false)
	if topic != nil {
		variables["topic"] = *topic
	}
	if all {
		variables["most"] = 100
	}
	return variables, cmp.Or(err, errTopic, errAll)
}

// countryView is the answer of operations/country.graphql.
type countryView struct {
	PageFrame
	Country     *country       `json:"country"`
	League      *league        `json:"league"`
	EGDI        *EntityHeading `json:"egdi"`
	EPI         *EntityHeading `json:"epi"`
	Options     *targetOptions `json:"options"`
	CaseOptions *topicOptions  `json:"caseOptions"`
	Tailored    *tailored      `json:"tailoredRecommendations"`
	Twinning    *twinning      `json:"twinningMatches"`
}

type country struct {
	EntityHeading
	IncomeGroup    *masar.IncomeGroup `json:"incomeGroup"`
	IncomeYear     *string            `json:"incomeYear"`
	LeastDeveloped bool               `json:"leastDeveloped"`
	Groups         []countryGroup     `json:"groups"`
	Maturity       *struct {
		maturitySummary
		Indices []maturityIndex `json:"indices"`
	} `json:"maturity"`
	Series *struct {
		Nodes []indexSource `json:"nodes"`
	} `json:"series"`
	Observations *Total `json:"observations"`
	CaseStudies  *struct {
		TotalCount int `json:"totalCount"`
		Edges      []struct {
			Claim *ClaimSummary `json:"claim"`
			Node  struct {
				EntityHeading
				Topics *headings `json:"topics"`
			} `json:"node"`
		} `json:"edges"`
	} `json:"caseStudies"`
	Initiatives *claimed `json:"initiatives"`
	Challenges  *claimed `json:"challenges"`
}

type countryGroup struct {
	EntityHeading
	Challenges *Total `json:"challenges"`
}

// maturityIndex is an index in the maturity of a country.
type maturityIndex struct {
	Indicator string         `json:"indicator"`
	Measured  *EntityHeading `json:"measured"`
	Year      int            `json:"year"`
	Value     float64        `json:"value"`
	Weight    float64        `json:"weight"`
}

// Amount is the value as the source publishes it.
func (i maturityIndex) Amount() string { return amount(i.Value) }

// topicOptions are the topics of case studies, for a form.
type topicOptions struct {
	Topics *DistributionCounts `json:"topics"`
}

// List are the topics, those of most case studies first.
func (o *topicOptions) List() []Bucket { return o.Topics.chosen() }

// tailored are the recommendations that suit the country.
type tailored struct {
	TotalCount     int             `json:"totalCount"`
	Target         *EntityHeading  `json:"target"`
	WithoutContent []EntityHeading `json:"withoutContent"`
	Items          []tailoredItem  `json:"items"`
}

type tailoredItem struct {
	Recommendation EntityHeading     `json:"recommendation"`
	Score          Interval          `json:"score"`
	Components     []ComponentDetail `json:"components"`
	PractisedHere  []EntityHeading   `json:"practisedHere"`
	CaseStudies    *practices        `json:"caseStudies"`
}

// tailoredCard is a recommendation in the list. The first one shows its reasons.
type tailoredCard struct {
	tailoredItem
	First bool
}

// Cards are the recommendations in their order.
func (t tailored) Cards() []tailoredCard {
	var cards []tailoredCard
	for i, item := range t.Items {
		cards = append(cards, tailoredCard{item, i == 0})
	}
	return cards
}

// Practised reports whether case studies show the recommendation, here or elsewhere.
func (i tailoredItem) Practised() bool {
	return len(i.PractisedHere) > 0 || i.CaseStudies != nil && len(i.CaseStudies.Nodes) > 0
}

// twinning are the countries to learn from.
type twinning struct {
	TotalCount int            `json:"totalCount"`
	Topic      *EntityHeading `json:"topic"`
	Matches    []match        `json:"matches"`
}

type match struct {
	Supplier EntityHeading `json:"supplier"`
	Interval
	CaseStudies []EntityHeading   `json:"caseStudies"`
	Components  []ComponentDetail `json:"components"`
}

func (v *countryView) exists() bool { return v.Country != nil }

func (v *countryView) head(address) head {
	c := v.Country
	h := head{
		Entity:  &c.EntityHeading,
		Eyebrow: say("page.country.eyebrow", nil),
		Answer:  v.answer(),
		Crumbs:  []link{{Path: "/countries", Phrase: say("page.menu.countries", nil)}},
		Rows:    []rows{{Dataset: "observations"}, {"claims", map[string]any{"countries": []string{c.Code}}}},
		Brief:   "/briefs" + pathOf(c.Kind, c.Code),
	}
	if v.Tailored != nil && v.Tailored.Target != nil {
		h.Brief += "?" + url.Values{"target": {v.Tailored.Target.Code}}.Encode()
	}
	return h
}

// answer is the short answer: the maturity, how many recommendations suit the country, and how many countries it can learn
// from.
func (v *countryView) answer() []masar.Phrase {
	answer := []masar.Phrase{say("page.country.answer.unknown", nil)}
	if m := v.Country.Maturity; m != nil {
		answer = []masar.Phrase{say("page.country.answer", masar.Args{"value": words.Hundredths(m.Value)}), words.Known(m.Coverage)}
	}
	if t := v.Tailored; t != nil && t.Target != nil {
		answer = append(answer, say("page.country.answer.target", masar.Args{"n": t.TotalCount, "target": t.Target.Ref()}))
	} else if t != nil {
		answer = append(answer, say("page.country.answer.all", masar.Args{"n": t.TotalCount}))
	}
	if t := v.Twinning; t != nil {
		answer = append(answer, say("page.country.answer.twinning", masar.Args{"n": t.TotalCount}))
	}
	return answer
}

// Plan is the path of the action plan, with the target that the page asks for.
func (v *countryView) Plan() string {
	path := pathOf(masar.KindCountry, v.Country.Code) + "/plan"
	if v.Tailored != nil && v.Tailored.Target != nil && v.Tailored.Target.Kind == masar.KindSdgTarget {
		path += "?" + url.Values{"t": {v.Tailored.Target.Code}}.Encode()
	}
	return path
}

// OtherTarget is the target that the page asks for, if the form does not have it; empty otherwise.
func (v *countryView) OtherTarget() *EntityHeading {
	if v.Tailored == nil || v.Tailored.Target == nil || v.Options == nil {
		return nil
	}
	for _, b := range v.Options.List() {
		if b.Key == v.Tailored.Target.Code {
			return nil
		}
	}
	return v.Tailored.Target
}
