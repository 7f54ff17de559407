package seed

import (
	"iter"
	"reflect"

	"masar"
)

// file is the content of a seed file. The reader and the JSON Schema both follow these structs and their tags:
//
//	yaml     the key, and whether it is required
//	kind     the kind of the entities in a list
//	default  the value of an omitted key
//
// The JSON Schema also uses the following tags, so that editors show what masar.Validate checks:
//
//	kinds    the allowed kinds of a reference
//	pattern  the regular expression that the whole string matches
//	min, max the bounds of a number; the reader itself reports a 0 below min
//	unique   "true" for a list without duplicates
//	least    the minimum number of items in a list
type file struct {
	Document *document         `yaml:"document"`
	Passages map[code]*passage `yaml:"passages"`
	Excluded []excluded        `yaml:"excluded"`

	SdgGoals        []sdgGoal        `yaml:"sdgGoals" kind:"SDG_GOAL"`
	SdgTargets      []sdgTarget      `yaml:"sdgTargets" kind:"SDG_TARGET"`
	SdgIndicators   []sdgIndicator   `yaml:"sdgIndicators" kind:"SDG_INDICATOR"`
	LegacyTargets   []legacyTarget   `yaml:"legacyTargets" kind:"LEGACY_TARGET"`
	Frameworks      []framework      `yaml:"frameworks" kind:"FRAMEWORK"`
	Principles      []principle      `yaml:"principles" kind:"PRINCIPLE"`
	Initiatives     []initiative     `yaml:"initiatives" kind:"INITIATIVE"`
	Organizations   []organization   `yaml:"organizations" kind:"ORGANIZATION"`
	Countries       []country        `yaml:"countries" kind:"COUNTRY"`
	CountryGroups   []countryGroup   `yaml:"countryGroups" kind:"COUNTRY_GROUP"`
	Challenges      []challenge      `yaml:"challenges" kind:"CHALLENGE"`
	Topics          []topic          `yaml:"topics" kind:"TOPIC"`
	Recommendations []recommendation `yaml:"recommendations" kind:"RECOMMENDATION"`
	CaseStudies     []caseStudy      `yaml:"caseStudies" kind:"CASE_STUDY"`
	Activities      []activity       `yaml:"activities" kind:"ACTIVITY"`
	Outputs         []output         `yaml:"outputs" kind:"OUTPUT"`
	Indicators      []indicator      `yaml:"indicators" kind:"INDICATOR"`

	Claims       []claim       `yaml:"claims"`
	Observations []observation `yaml:"observations"`
}

// entity is an entry in a list of entities, or the document.
type entity interface {
	// domain returns the entity of the entry. Fields that could not be read are zero.
	domain() masar.Entity
}

// entities yields the file's entities with their positions; their kinds are set.
func (s *source) entities() iter.Seq2[linter, masar.Entity] {
	return func(yield func(linter, masar.Entity) bool) {
		give := func(l linter, kind masar.Kind, x entity) bool {
			e := x.domain()
			e.Head().Kind = kind
			return yield(l, e)
		}
		if s.file.Document != nil && !give(s.root().Group("document"), masar.KindDocument, s.file.Document) {
			return
		}
		v := reflect.ValueOf(&s.file).Elem()
		for _, f := range keys(v.Type()) {
			kind := masar.Kind(f.tag.Get("kind"))
			if kind == "" {
				continue
			}
			items := v.FieldByIndex(f.index)
			for i := range items.Len() {
				if !give(s.root().Group(f.name).At(i), kind, items.Index(i).Addr().Interface().(entity)) {
					return
				}
			}
		}
	}
}

// named has the fields of every entity.
type named struct {
	Code    code          `yaml:"code,required"`
	Title   localizedText `yaml:"title,required"`
	Aliases []alias       `yaml:"aliases" unique:"true"`
	IRI     address       `yaml:"iri"`
}

func (n named) header(summary localizedText, parent ref) masar.Header {
	return masar.Header{
		Code: string(n.Code), Titles: n.Title.domain(), Summaries: summary.domain(), ExactMatch: string(n.IRI), Parent: parent.Ref,
		OtherNames: each(n.Aliases, func(a alias) masar.Alias { return masar.Alias{Name: a.Value, Lang: a.Lang} }),
	}
}

// described has the additional fields of entities with a description.
type described struct {
	named
	Summary localizedText `yaml:"summary,required"`
}

func (d described) header() masar.Header { return d.named.header(d.Summary, ref{}) }

type sdgGoal struct{ described }

func (x *sdgGoal) domain() masar.Entity { return &masar.SdgGoal{Header: x.header()} }

type sdgTarget struct {
	named
	Summary localizedText `yaml:"summary"`
	Parent  ref           `yaml:"parent,required" kinds:"SDG_GOAL"`
}

func (x *sdgTarget) domain() masar.Entity {
	return &masar.SdgTarget{Header: x.header(x.Summary, x.Parent)}
}

type sdgIndicator struct {
	named
	Summary localizedText `yaml:"summary"`
	Parent  ref           `yaml:"parent,required" kinds:"SDG_TARGET"`
}

func (x *sdgIndicator) domain() masar.Entity {
	return &masar.SdgIndicator{Header: x.header(x.Summary, x.Parent)}
}

type legacyTarget struct {
	described
	Parent ref `yaml:"parent" kinds:"LEGACY_TARGET"`
}

func (x *legacyTarget) domain() masar.Entity {
	return &masar.LegacyTarget{Header: x.named.header(x.Summary, x.Parent)}
}

type framework struct{ described }

func (x *framework) domain() masar.Entity { return &masar.Framework{Header: x.header()} }

type principle struct {
	described
	Parent ref `yaml:"parent" kinds:"PRINCIPLE"`
}

func (x *principle) domain() masar.Entity {
	return &masar.Principle{Header: x.named.header(x.Summary, x.Parent)}
}

type initiative struct {
	described
	Form   masar.InitiativeForm `yaml:"form,required"`
	Period date                 `yaml:"period"`
}

func (x *initiative) domain() masar.Entity {
	return &masar.Initiative{Header: x.header(), Form: x.Form, Period: x.Period.domain()}
}

type organization struct {
	described
	Form    masar.OrganizationForm `yaml:"form,required"`
	Home    ref                    `yaml:"home" kinds:"COUNTRY"`
	Contact string                 `yaml:"contact"`
}

func (x *organization) domain() masar.Entity {
	return &masar.Organization{Header: x.header(), Form: x.Form, Home: x.Home.Ref, Contact: x.Contact}
}

type country struct {
	described
	ISO2           string            `yaml:"iso2,required" pattern:"[A-Z]{2}"`
	M49            string            `yaml:"m49,required" pattern:"[0-9]{3}"`
	IncomeGroup    masar.IncomeGroup `yaml:"incomeGroup"`
	IncomeYear     string            `yaml:"incomeYear"`
	LeastDeveloped bool              `yaml:"leastDeveloped"`
	Languages      []string          `yaml:"officialLanguages" pattern:"[a-z]{2,3}" unique:"true"`
	Groups         []ref             `yaml:"groups" kinds:"COUNTRY_GROUP" unique:"true"`
}

func (x *country) domain() masar.Entity {
	return &masar.Country{
		Header: x.header(), ISO2: x.ISO2, M49: x.M49, IncomeGroup: x.IncomeGroup, IncomeYear: x.IncomeYear,
		LeastDeveloped: x.LeastDeveloped, OfficialLanguages: x.Languages, Groups: each(x.Groups, func(r ref) masar.Ref { return r.Ref }),
	}
}

type countryGroup struct{ described }

func (x *countryGroup) domain() masar.Entity { return &masar.CountryGroup{Header: x.header()} }

type challenge struct {
	described
	ProxyIndicators []proxyIndicator `yaml:"proxyIndicators"`
}

func (x *challenge) domain() masar.Entity {
	return &masar.Challenge{Header: x.header(), ProxyIndicators: each(x.ProxyIndicators, proxyIndicator.domain)}
}

// proxyIndicator is a proxy indicator: it shows how far a country faces a challenge.
type proxyIndicator struct {
	Indicator code          `yaml:"indicator,required"`
	Worst     float64       `yaml:"worst,required"`
	Best      float64       `yaml:"best,required"`
	Rationale localizedText `yaml:"rationale,required"`
}

func (g proxyIndicator) domain() masar.ProxyIndicator {
	return masar.ProxyIndicator{Indicator: string(g.Indicator), Worst: g.Worst, Best: g.Best, Rationales: g.Rationale.domain()}
}

type topic struct {
	described
	Parent ref `yaml:"parent" kinds:"TOPIC"`
}

func (x *topic) domain() masar.Entity {
	return &masar.Topic{Header: x.named.header(x.Summary, x.Parent)}
}

type recommendation struct {
	described
	Form     masar.RecommendationForm `yaml:"form,required"`
	Number   int                      `yaml:"number" min:"1"`
	Strength masar.Strength           `yaml:"strength"`
	Band     *band                    `yaml:"maturityBand"`
	Heading  bool                     `yaml:"headingOnly"`
}

func (x *recommendation) domain() masar.Entity {
	return &masar.Recommendation{
		Header: x.header(), Form: x.Form, Number: x.Number, Strength: x.Strength, MaturityBand: x.Band.domain(), HeadingOnly: x.Heading,
	}
}

// band is the range of maturity of the countries that a recommendation addresses.
type band struct {
	Low       float64       `yaml:"low,required" min:"0" max:"1"`
	High      float64       `yaml:"high,required" min:"0" max:"1"`
	Basis     masar.Basis   `yaml:"basis" default:"INFERRED"`
	Rationale localizedText `yaml:"rationale,required"`
}

func (b *band) domain() masar.MaturityBand {
	if b == nil {
		return masar.MaturityBand{}
	}
	return masar.MaturityBand{Low: b.Low, High: b.High, Basis: b.Basis, Rationales: b.Rationale.domain()}
}

type caseStudy struct{ described }

func (x *caseStudy) domain() masar.Entity { return &masar.CaseStudy{Header: x.header()} }

type activity struct {
	described
	Form         masar.ActivityForm   `yaml:"form,required"`
	Status       masar.ActivityStatus `yaml:"status,required"`
	Date         date                 `yaml:"date"`
	Place        localizedText        `yaml:"place"`
	Participants []quantity           `yaml:"participants"`
}

func (x *activity) domain() masar.Entity {
	return &masar.Activity{
		Header: x.header(), Form: x.Form, Status: x.Status, Date: x.Date.domain(), Places: x.Place.domain(),
		Participants: each(x.Participants, quantity.domain),
	}
}

type output struct {
	described
	Form    masar.OutputForm `yaml:"form,required"`
	Date    date             `yaml:"date"`
	History []state          `yaml:"history"`
}

func (x *output) domain() masar.Entity {
	return &masar.Output{Header: x.header(), Form: x.Form, Date: x.Date.domain(), History: each(x.History, state.domain)}
}

// state is the state of an output according to one source.
type state struct {
	Status masar.OutputStatus `yaml:"status,required"`
	AsOf   date               `yaml:"asOf"`
	Source ref                `yaml:"source,required" kinds:"DOCUMENT"`
	Note   localizedText      `yaml:"note"`
}

func (s state) domain() masar.OutputState {
	return masar.OutputState{Status: s.Status, AsOf: s.AsOf.domain(), Source: s.Source.Ref, Notes: s.Note.domain()}
}

type indicator struct {
	described
	Unit string `yaml:"unit,required" pattern:"[A-Z][A-Z0-9_]*"`
}

func (x *indicator) domain() masar.Entity { return &masar.Indicator{Header: x.header(), Unit: x.Unit} }
