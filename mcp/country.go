package mcp

import (
	"slices"

	"masar"
	"masar/words"
)

type countryInput struct {
	inLanguage
	ISO3  string `json:"iso3" jsonschema:"ISO 3166-1 alpha-3 code of the country, such as EGY" pattern:"^[A-Z]{3}$"`
	After string `json:"after,omitempty" jsonschema:"nextCursor of the answer before"`
}

type countryOutput struct {
	answer
	Country    thing      `json:"country"`
	Maturity   *maturity  `json:"maturity,omitempty" jsonschema:"digital government maturity; absent if no index has a value"`
	Challenges []claim    `json:"challenges"`
	Practices  []practice `json:"practices" jsonschema:"case studies practised in the country"`
	Missing    []string   `json:"missing" jsonschema:"what Masar does not know: it is not zero"`
}

type maturity struct {
	Value    float64 `json:"value" jsonschema:"from 0 to 1"`
	Coverage float64 `json:"coverage" jsonschema:"the share of the indices that have a value, by weight"`
	Indices  []index `json:"indices"`
}

type index struct {
	Name  string   `json:"name"`
	Year  int      `json:"year"`
	Value *float64 `json:"value,omitempty"`
}

type practice struct {
	CaseStudy thing `json:"caseStudy"`
	Claim     claim `json:"claim"`
}

type countryData struct {
	frame
	Profile *struct {
		Maturity []struct {
			Indicator string `json:"indicator"`
		} `json:"maturity"`
	} `json:"profile"`
	Country *struct {
		heading
		Maturity *struct {
			Value    float64 `json:"value"`
			Coverage float64 `json:"coverage"`
			Indices  []struct {
				Indicator string `json:"indicator"`
				Measured  *struct {
					Title value `json:"title"`
				} `json:"measured"`
				Year  int     `json:"year"`
				Value float64 `json:"value"`
			} `json:"indices"`
		} `json:"maturity"`
		Challenges *struct {
			Edges []struct {
				Claim *ratedClaim `json:"claim"`
			} `json:"edges"`
		} `json:"challenges"`
		CaseStudies *struct {
			Edges []struct {
				Claim *ratedClaim `json:"claim"`
				Node  heading     `json:"node"`
			} `json:"edges"`
		} `json:"caseStudies"`
	} `json:"country"`
}

func countryProfile(c *call, in countryInput) (f found[*countryOutput], err error) {
	from, err := readCursor("country_profile", in.After)
	if err != nil {
		return f, err
	}
	var data countryData
	if err := c.run("country", c.inLanguage(map[string]any{"code": in.ISO3}), &data); err != nil {
		return f, err
	}
	if data.Country == nil {
		return f, c.unknown("iso3", masar.KindCountry, in.ISO3)
	}
	head := countryOutput{answer: data.frame.answer(), Country: c.thing(data.Country.heading), Maturity: data.maturity(), Missing: c.missing(data)}
	// The items are the challenges, then the practices.
	challenges, practices := c.challenges(data), c.practices(data)
	all := len(challenges) + len(practices)
	skip := min(from.Skip, all)
	return found[*countryOutput]{
		items: all - skip,
		first: func(n int) *countryOutput {
			out, end := head, skip+n
			out.Challenges = challenges[min(skip, len(challenges)):min(end, len(challenges))]
			out.Practices = practices[max(0, skip-len(challenges)):max(0, end-len(challenges))]
			return &out
		},
		after:  from.skipping,
		narrow: "assistants.narrow.country",
	}, nil
}

func (d countryData) maturity() *maturity {
	if d.Country.Maturity == nil {
		return nil
	}
	made := &maturity{Value: rounded(d.Country.Maturity.Value), Coverage: rounded(d.Country.Maturity.Coverage)}
	for _, i := range d.Country.Maturity.Indices {
		measured := rounded(i.Value)
		of := index{Name: i.Indicator, Year: i.Year, Value: &measured}
		if i.Measured != nil {
			of.Name = i.Measured.Title.Value
		}
		made.Indices = append(made.Indices, of)
	}
	return made
}

func (c *call) challenges(d countryData) []claim {
	var all []claim
	for _, e := range d.Country.Challenges.Edges {
		if e.Claim != nil {
			all = append(all, c.claim(*e.Claim))
		}
	}
	return all
}

func (c *call) practices(d countryData) []practice {
	var all []practice
	for _, e := range d.Country.CaseStudies.Edges {
		if e.Claim != nil {
			all = append(all, practice{c.thing(e.Node), c.claim(*e.Claim)})
		}
	}
	return all
}

// missing are sentences on what is not known of the country.
func (c *call) missing(d countryData) []string {
	var all []string
	say := func(key string, args masar.Args) { all = append(all, words.Say(c.language, key, args)) }
	var known []string
	if m := d.Country.Maturity; m == nil {
		say("assistants.missing.maturity", nil)
	} else {
		for _, i := range m.Indices {
			known = append(known, i.Indicator)
		}
	}
	if d.Profile != nil {
		for _, i := range d.Profile.Maturity {
			if !slices.Contains(known, i.Indicator) {
				say("assistants.missing.index", masar.Args{"index": i.Indicator})
			}
		}
	}
	if len(d.Country.Challenges.Edges) == 0 {
		say("assistants.missing.challenges", nil)
	}
	if len(d.Country.CaseStudies.Edges) == 0 {
		say("assistants.missing.practices", nil)
	}
	return all
}

func (o *countryOutput) write(w *writer) {
	w.thing(o.Country)
	if m := o.Maturity; m != nil {
		w.line("assistants.text.maturity", masar.Args{"value": m.Value, "coverage": m.Coverage})
		for _, i := range m.Indices {
			w.under("assistants.text.index", masar.Args{"name": i.Name, "year": i.Year, "value": *i.Value})
		}
	}
	if len(o.Challenges) > 0 {
		w.line("assistants.text.challenges", nil)
	}
	for _, c := range o.Challenges {
		w.claim(c)
	}
	if len(o.Practices) > 0 {
		w.line("assistants.text.practices", nil)
	}
	for _, p := range o.Practices {
		w.thing(p.CaseStudy)
		w.claim(p.Claim)
	}
	for _, sentence := range o.Missing {
		w.line("assistants.text.missing", masar.Args{"sentence": prose(sentence)})
	}
}
