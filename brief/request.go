package brief

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"masar"
	"masar/words"
)

// Kind is what a brief is about, as addresses name it.
type Kind string

// The kinds of briefs.
const (
	OfTarget         Kind = "targets"
	OfCountry        Kind = "countries"
	OfRecommendation Kind = "recommendations"
	// OfPath is a brief of the evidence paths between two entities.
	OfPath Kind = "path"
)

// Kinds are the kinds of briefs.
var Kinds = []Kind{OfTarget, OfCountry, OfRecommendation, OfPath}

// Request is a request for a brief.
type Request struct {
	Kind Kind
	// Code is the code of the target, country or recommendation; empty for a path.
	Code string
	// From and To are the ends of a path; nil for other briefs.
	From, To *masar.Ref
	// Country limits the brief of a target to a country, and Target the brief of a country to a target; empty for no limit.
	Country, Target string
	// Languages are the languages of the texts, Arabic first.
	Languages []masar.Language
	// First is the number of recommendations that the brief lists.
	First int
	// OmitQuotes leaves out the quotations of the sources.
	OmitQuotes bool
	// Base is the address of the service without a slash at the end, for the permanent address of the brief.
	Base string
}

// parameters are the parameters that each kind of brief takes.
var parameters = map[Kind][]string{
	OfTarget:         {"lang", "country", "first", "quotes"},
	OfCountry:        {"lang", "target", "first", "quotes"},
	OfRecommendation: {"lang", "quotes"},
	OfPath:           {"lang", "from", "to", "quotes"},
}

// Parameters are the names of the parameters that a kind of brief takes.
func (k Kind) Parameters() []string { return parameters[k] }

// The number of recommendations that a brief lists.
const (
	defaultFirst = 5
	maxFirst     = 20
)

// Parse reads a request: the kind and the code as in briefs/targets/16.6, and the parameters. An empty value counts as
// missing. Errors: NOT_FOUND for an unknown kind, BAD_INPUT for an invalid parameter.
func Parse(kind Kind, code string, query url.Values) (Request, error) {
	if !slices.Contains(Kinds, kind) {
		return Request{}, masar.NewError(masar.CodeNotFound, "error.brief.kind", masar.Args{"kind": words.Shortened(string(kind)), "allowed": Kinds})
	}
	p := parser{query: query}
	p.names(kind)
	r := Request{Kind: kind, Languages: p.languages(), First: p.first(), OmitQuotes: !p.quotes(), Country: p.value("country")}
	r.Target = words.ReadCode(masar.KindSdgTarget, p.value("target"))
	switch kind {
	case OfTarget:
		r.Code = words.ReadCode(masar.KindSdgTarget, code)
	case OfPath:
		r.From, r.To = p.ref("from"), p.ref("to")
	default:
		r.Code = code
	}
	return r, p.err
}

// parser reads parameters and keeps the first error.
type parser struct {
	query url.Values
	err   error
}

func (p *parser) refuse(name, key string, args masar.Args) {
	if p.err == nil {
		args["name"] = name
		p.err = masar.NewArgumentError(masar.CodeBadInput, name, key, args)
	}
}

// names refuses parameters that a kind of brief does not have, and those that occur twice.
func (p *parser) names(kind Kind) {
	for _, name := range slices.Sorted(maps.Keys(p.query)) {
		switch {
		case !slices.Contains(kind.Parameters(), name):
			p.refuse(words.Shortened(name), "error.brief.parameter", masar.Args{"allowed": kind.Parameters()})
		case len(p.query[name]) > 1:
			p.refuse(name, "error.brief.repeated", masar.Args{})
		}
	}
}

func (p *parser) value(name string) string { return strings.TrimSpace(p.query.Get(name)) }

// Languages are the values of the parameter lang, each with its languages.
var languages = map[string][]masar.Language{
	"ar": {masar.Arabic}, "en": {masar.English}, "both": {masar.Arabic, masar.English},
}

func (p *parser) languages() []masar.Language {
	value := p.value("lang")
	if value == "" {
		return languages["ar"]
	}
	chosen, ok := languages[value]
	if !ok {
		p.refuse("lang", "error.brief.value", masar.Args{"value": words.Shortened(value), "allowed": []string{"ar", "en", "both"}})
	}
	return chosen
}

func (p *parser) first() int {
	value := p.value("first")
	if value == "" {
		return defaultFirst
	}
	n, err := strconv.Atoi(words.WesternDigits(value))
	if err != nil || n < 1 || n > maxFirst {
		p.refuse("first", "error.brief.first", masar.Args{"value": words.Shortened(value), "max": maxFirst})
	}
	return n
}

func (p *parser) quotes() bool {
	value := p.value("quotes")
	if value != "" && value != "yes" && value != "no" {
		p.refuse("quotes", "error.brief.value", masar.Args{"value": words.Shortened(value), "allowed": []string{"yes", "no"}})
	}
	return value != "no"
}

// ref reads an entity written as KIND:code.
func (p *parser) ref(name string) *masar.Ref {
	value := p.value(name)
	kind, code, ok := strings.Cut(value, ":")
	if !ok || code == "" || !slices.Contains(masar.Kinds, masar.Kind(kind)) {
		p.refuse(name, "error.brief.ref", masar.Args{"value": words.Shortened(value), "example": "SDG_TARGET:16.6"})
		return nil
	}
	return &masar.Ref{Kind: masar.Kind(kind), Code: words.ReadCode(masar.Kind(kind), code)}
}

// Address is the path and query of the page of the brief, without the language: /briefs/targets/16.6?country=EGY. It has the
// parameters that differ from their defaults.
func (r Request) Address() string { return "/briefs/" + r.path() + suffix(r.query()) }

// File is the path and query of the brief as a file in a form.
func (r Request) File(form Form) string {
	query := r.query()
	query.Set("lang", r.lang())
	return "/api/v1/briefs/" + r.path() + "." + string(form) + suffix(query)
}

func (r Request) path() string {
	if r.Kind == OfPath {
		return string(r.Kind)
	}
	return string(r.Kind) + "/" + url.PathEscape(r.Code)
}

// lang is the value of the parameter lang for the languages of the request.
func (r Request) lang() string {
	for value, chosen := range languages {
		if slices.Equal(chosen, r.Languages) {
			return value
		}
	}
	return ""
}

// suffix is a query with its question mark, if there is any. A colon needs no escape in a query.
func suffix(query url.Values) string {
	if len(query) == 0 {
		return ""
	}
	return "?" + strings.ReplaceAll(query.Encode(), "%3A", ":")
}

// Ends are the ends of a path as parameters; none for other briefs.
func (r Request) Ends() url.Values {
	query := url.Values{}
	for name, ref := range map[string]*masar.Ref{"from": r.From, "to": r.To} {
		if ref != nil {
			query.Set(name, string(ref.Kind)+":"+ref.Code)
		}
	}
	return query
}

func (r Request) query() url.Values {
	query := r.Ends()
	for name, value := range map[string]string{"country": r.Country, "target": r.Target} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if r.First != defaultFirst {
		query.Set("first", strconv.Itoa(r.First))
	}
	if r.OmitQuotes {
		query.Set("quotes", "no")
	}
	return query
}
