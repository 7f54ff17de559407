package mcp

import (
	"slices"
	"strconv"

	"masar"
	"masar/words"
)

type entityInput struct {
	inLanguage
	Kind  string `json:"kind" jsonschema:"kind of the entity" enum:"kind"`
	Code  string `json:"code" jsonschema:"code of the entity, such as 16.6 or EGY" min:"1" max:"64"`
	After string `json:"after,omitempty" jsonschema:"nextCursor of the answer before"`
}

type entityOutput struct {
	answer
	Entity entityShown `json:"entity"`
	Links  []link      `json:"links" jsonschema:"the claims of the entity by predicate"`
}

type entityShown struct {
	thing
	Summary string   `json:"summary,omitempty"`
	Aliases []string `json:"aliases"`
	Fields  []field  `json:"fields"`
}

type field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type link struct {
	Predicate masar.Predicate `json:"predicate"`
	Count     int             `json:"count" jsonschema:"number of all claims with the predicate"`
	Strongest []claim         `json:"strongest" jsonschema:"at most five"`
}

// strongest is the maximum number of claims with one predicate in an answer.
const strongest = 5

type entityData struct {
	frame
	Entity *struct {
		heading
		IRI              *string                   `json:"iri"`
		Summary          *value                    `json:"summary"`
		Aliases          []value                   `json:"aliases"`
		ISO2             *string                   `json:"iso2"`
		M49              *string                   `json:"m49"`
		IncomeGroup      *masar.IncomeGroup        `json:"incomeGroup"`
		InitiativeForm   *masar.InitiativeForm     `json:"initiativeForm"`
		Period           *labelled                 `json:"period"`
		OrganizationForm *masar.OrganizationForm   `json:"organizationForm"`
		Recommendation   *masar.RecommendationForm `json:"recommendationForm"`
		Number           *int                      `json:"number"`
		Strength         *masar.Strength           `json:"strength"`
		ActivityForm     *masar.ActivityForm       `json:"activityForm"`
		ActivityStatus   *masar.ActivityStatus     `json:"activityStatus"`
		Date             *labelled                 `json:"date"`
		Place            *value                    `json:"place"`
		OutputForm       *masar.OutputForm         `json:"outputForm"`
		DocumentForm     *masar.DocumentForm       `json:"documentForm"`
		URL              *string                   `json:"url"`
		Publisher        *heading                  `json:"publisher"`
		Goal             *heading                  `json:"goal"`
		Unit             *string                   `json:"unit"`
		Claims           *struct {
			TotalCount int          `json:"totalCount"`
			Nodes      []ratedClaim `json:"nodes"`
		} `json:"claims"`
	} `json:"entity"`
}

// labelled is a date in words.
type labelled struct {
	Label value `json:"label"`
}

type linksData struct {
	Snapshot string `json:"snapshot"`
	Entity   *struct {
		Claims *struct {
			Nodes []ratedClaim `json:"nodes"`
		} `json:"claims"`
	} `json:"entity"`
}

func getEntity(c *call, in entityInput) (f found[*entityOutput], err error) {
	from, err := readCursor("get_entity", in.After)
	if err != nil {
		return f, err
	}
	var data entityData
	of := refOf(masar.Kind(in.Kind), in.Code)
	if err := c.run("entity", c.inLanguage(map[string]any{"of": of}), &data); err != nil {
		return f, err
	}
	if data.Entity == nil {
		return f, c.unknown("code", masar.Kind(in.Kind), in.Code)
	}
	if err := c.same(data.Snapshot); err != nil {
		return f, err
	}
	links, err := c.links(of, data)
	if err != nil {
		return f, err
	}
	claims := rest(flat(links), from)
	return found[*entityOutput]{
		items: len(claims),
		first: func(n int) *entityOutput {
			return &entityOutput{answer: data.frame.answer(), Entity: c.entity(data), Links: nested(links, claims[:n])}
		},
		after:  from.skipping,
		narrow: "assistants.narrow.entity",
	}, nil
}

// links are the claims of an entity by predicate, the largest group first.
func (c *call) links(of map[string]any, data entityData) ([]link, error) {
	groups := map[masar.Predicate]*link{}
	for _, r := range data.Entity.Claims.Nodes {
		if groups[r.Predicate] == nil {
			groups[r.Predicate] = &link{Predicate: r.Predicate}
		}
		group := groups[r.Predicate]
		group.Count++
		if len(group.Strongest) < strongest {
			group.Strongest = append(group.Strongest, c.claim(r))
		}
	}
	if data.Entity.Claims.TotalCount > len(data.Entity.Claims.Nodes) {
		if err := c.count(of, groups); err != nil {
			return nil, err
		}
	}
	var all []link
	for _, p := range masar.Predicates {
		if group := groups[p]; group != nil {
			all = append(all, *group)
		}
	}
	slices.SortStableFunc(all, func(a, b link) int { return b.Count - a.Count })
	return all, nil
}

// count counts the claims of an entity with more claims than one page, and reads the strongest that the page lacks.
func (c *call) count(of map[string]any, groups map[masar.Predicate]*link) error {
	var counted struct {
		Snapshot string `json:"snapshot"`
		Entity   map[masar.Predicate]struct {
			TotalCount int `json:"totalCount"`
		} `json:"entity"`
	}
	if err := c.run("predicates", map[string]any{"of": of}, &counted); err != nil {
		return err
	}
	if err := c.same(counted.Snapshot); err != nil {
		return err
	}
	for predicate, claims := range counted.Entity {
		group := groups[predicate]
		if claims.TotalCount == 0 || group != nil && (group.Count == claims.TotalCount || len(group.Strongest) == strongest) {
			if group != nil {
				group.Count = claims.TotalCount
			}
			continue
		}
		var data linksData
		variables := c.inLanguage(map[string]any{"of": of, "predicate": string(predicate), "first": strongest})
		if err := c.run("links", variables, &data); err != nil {
			return err
		}
		if err := c.same(data.Snapshot); err != nil {
			return err
		}
		made := &link{Predicate: predicate, Count: claims.TotalCount}
		for _, r := range data.Entity.Claims.Nodes {
			made.Strongest = append(made.Strongest, c.claim(r))
		}
		groups[predicate] = made
	}
	return nil
}

// flat are the claims of all groups.
func flat(links []link) []claim {
	var all []claim
	for _, l := range links {
		all = append(all, l.Strongest...)
	}
	return all
}

// nested are some claims in their groups.
func nested(links []link, claims []claim) []link {
	var all []link
	for _, c := range claims {
		if last := len(all) - 1; last >= 0 && all[last].Predicate == c.Predicate {
			all[last].Strongest = append(all[last].Strongest, c)
			continue
		}
		of := links[slices.IndexFunc(links, func(l link) bool { return l.Predicate == c.Predicate })]
		all = append(all, link{c.Predicate, of.Count, []claim{c}})
	}
	return all
}

// entity is the entity with the fields of its kind, in words.
func (c *call) entity(data entityData) entityShown {
	e := data.Entity
	shown := entityShown{thing: c.thing(e.heading), Summary: e.Summary.of()}
	for _, a := range e.Aliases {
		shown.Aliases = append(shown.Aliases, a.Value)
	}
	add := func(key, value string) {
		if value != "" {
			shown.Fields = append(shown.Fields, field{words.Say(c.language, key, nil), value})
		}
	}
	add("assistants.field.form", said(c, e.InitiativeForm)+said(c, e.OrganizationForm)+said(c, e.Recommendation)+said(c, e.ActivityForm)+said(c, e.OutputForm)+said(c, e.DocumentForm))
	add("assistants.field.status", said(c, e.ActivityStatus))
	add("assistants.field.strength", said(c, e.Strength))
	if e.Number != nil {
		add("assistants.field.number", strconv.Itoa(*e.Number))
	}
	add("assistants.field.income", said(c, e.IncomeGroup))
	add("assistants.field.iso2", text(e.ISO2))
	add("assistants.field.m49", text(e.M49))
	if e.Unit != nil {
		add("assistants.field.unit", unit(c.language, *e.Unit))
	}
	for _, date := range []*labelled{e.Period, e.Date} {
		if date != nil {
			add("assistants.field.date", date.Label.Value)
		}
	}
	add("assistants.field.place", e.Place.of())
	add("assistants.field.publisher", c.titleOf(e.Publisher))
	add("assistants.field.goal", c.titleOf(e.Goal))
	add("assistants.field.address", text(e.URL))
	add("assistants.field.iri", text(e.IRI))
	return shown
}

// said is the label of a value of an enum; empty for none.
func said[T ~string](c *call, v *T) string {
	if v == nil {
		return ""
	}
	return words.Value(c.language, *v)
}

func unit(l masar.Language, code string) string {
	label := words.Unit(code)
	if l == masar.Arabic {
		return label.AR.Value
	}
	return label.EN.Value
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (c *call) titleOf(h *heading) string {
	if h == nil {
		return ""
	}
	return c.thing(*h).Title.in(c.language)
}

func (o *entityOutput) write(w *writer) {
	w.thing(o.Entity.thing)
	if o.Entity.Summary != "" {
		w.line("assistants.text.summary", masar.Args{"summary": prose(o.Entity.Summary)})
	}
	if len(o.Entity.Aliases) > 0 {
		w.line("assistants.text.aliases", masar.Args{"aliases": o.Entity.Aliases})
	}
	for _, f := range o.Entity.Fields {
		w.line("assistants.text.field", masar.Args{"name": f.Name, "value": f.Value})
	}
	for _, l := range o.Links {
		w.line("assistants.text.link", masar.Args{"predicate": l.Predicate, "count": l.Count})
		for _, c := range l.Strongest {
			w.claim(c)
		}
	}
}
