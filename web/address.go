package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"masar"
	"masar/words"
)

// address is the address of a page: what it shows, in which language.
type address struct {
	lang masar.Language
	// path is the path without the language: /targets/16.6.
	path string
	// codes are the values of {…} in the pattern of the page.
	codes func(name string) string
	query url.Values
	// raw is the query as it was written.
	raw string
	// base is the address of the service, without a slash at the end: https://masar.example.org.
	base string
}

// prefix is the first part of the paths of a language.
func prefix(l masar.Language) string { return "/" + strings.ToLower(string(l)) }

// languageOf is the language of a path; false if it is not that of a page.
func languageOf(path string) (masar.Language, bool) {
	for _, l := range []masar.Language{masar.Arabic, masar.English} {
		if path == prefix(l) || strings.HasPrefix(path, prefix(l)+"/") {
			return l, true
		}
	}
	return masar.Arabic, false
}

func (o Options) addressOf(r *http.Request, l masar.Language) address {
	a := address{lang: l, path: strings.TrimPrefix(r.URL.Path, prefix(l)), codes: r.PathValue, raw: r.URL.RawQuery}
	a.query, _ = url.ParseQuery(r.URL.RawQuery) // check refuses a query with an error
	if o.Base != nil {
		a.base = strings.TrimSuffix(o.Base(r), "/")
	}
	return a
}

// In is the address in a language, with its query.
func (a address) in(l masar.Language) string {
	to := prefix(l) + escaped(a.path)
	if a.raw != "" {
		to += "?" + a.raw
	}
	return to
}

func escaped(path string) string { return (&url.URL{Path: path}).EscapedPath() }

// with is the path and query with a parameter replaced, or removed if the value is empty, and without the position in the
// list.
func (a address) with(name, value string) string {
	return a.changed(func(query url.Values) {
		query.Del("after")
		set(query, name, value)
	})
}

// without is the path and query without one value of a parameter, and without the position in the list.
func (a address) without(name, value string) string {
	return a.changed(func(query url.Values) {
		query.Del("after")
		query[name] = slices.DeleteFunc(slices.Clone(query[name]), func(v string) bool { return v == value })
	})
}

// replaced is the path and query with a parameter replaced, or removed if the value is empty.
func (a address) replaced(name, value string) string {
	return a.changed(func(query url.Values) { set(query, name, value) })
}

func set(query url.Values, name, value string) {
	query.Del(name)
	if value != "" {
		query.Set(name, value)
	}
}

// changed is the path and query after a change of the query.
func (a address) changed(change func(url.Values)) string {
	query := maps.Clone(a.query)
	if query == nil {
		query = url.Values{}
	}
	change(query)
	return withQuery(prefix(a.lang)+escaped(a.path), query)
}

// withQuery is a path with a query, if there is any.
func withQuery(path string, query url.Values) string {
	if encoded := query.Encode(); encoded != "" {
		return path + "?" + encoded
	}
	return path
}

// refusal is an error of the address itself, with its message.
type refusal struct{ message masar.Phrase }

// Error is the message in English.
func (r refusal) Error() string { return words.Say(masar.English, r.message.Key, r.message.Args) }

func refuse(key string, args masar.Args) error { return refusal{say(key, args)} }

// check refuses parameters that the page does not have.
func (a address) check(allowed []string) error {
	if _, err := url.ParseQuery(a.raw); err != nil {
		return refuse("error.url.unreadable", nil)
	}
	for _, name := range slices.Sorted(maps.Keys(a.query)) {
		if slices.Contains(allowed, name) {
			continue
		}
		shown := words.Shortened(name)
		if len(allowed) == 0 {
			return refuse("page.error.no_parameters", masar.Args{"name": shown})
		}
		return refuse("page.error.parameter", masar.Args{"name": shown, "allowed": slices.Clone(allowed)})
	}
	return nil
}

// values are the values of a parameter that are not empty. Forms send empty values for what was left out.
func (a address) values(name string) []string {
	return slices.DeleteFunc(slices.Clone(a.query[name]), func(v string) bool { return v == "" })
}

// one is the value of a parameter; nil if it is missing or empty.
func (a address) one(name string) (*string, error) {
	values := a.values(name)
	switch len(values) {
	case 0:
		return nil, nil
	case 1:
		return &values[0], nil
	}
	return nil, refuse("page.error.repeated", masar.Args{"name": name})
}

// number is the value of a parameter that is a number; nil if it is missing.
func (a address) number(name string) (*float64, error) {
	value, err := a.one(name)
	if value == nil || err != nil {
		return nil, err
	}
	n, err := parseNumber(*value)
	if err != nil {
		return nil, refuse("page.error.number", masar.Args{"name": name, "value": words.Shortened(*value)})
	}
	return &n, nil
}

// parseNumber reads a number with the digits of either language.
func parseNumber(text string) (float64, error) {
	return strconv.ParseFloat(words.WesternDigits(text), 64)
}

// flag is the value of a parameter that is 0 or 1.
func (a address) flag(name string, otherwise bool) (bool, error) {
	value, err := a.one(name)
	switch {
	case value == nil || err != nil:
		return otherwise, err
	case *value == "0" || *value == "1":
		return *value == "1", nil
	}
	return false, refuseValue(name, *value, []string{"0", "1"})
}

// refuseValue is the error of a parameter whose value is none of those allowed. Addresses have values and not their labels.
func refuseValue[T ~string](name, value string, allowed []T) error {
	texts := make([]string, len(allowed))
	for i, v := range allowed {
		texts[i] = string(v)
	}
	return refuse("page.error.value", masar.Args{"name": name, "value": words.Shortened(value), "allowed": texts})
}

// paths are the first parts of the paths of entities, by kind.
var paths = map[masar.Kind]string{
	masar.KindSdgGoal: "goals", masar.KindSdgTarget: "targets", masar.KindSdgIndicator: "sdg-indicators",
	masar.KindLegacyTarget: "legacy-targets", masar.KindFramework: "frameworks", masar.KindPrinciple: "principles",
	masar.KindInitiative: "initiatives", masar.KindOrganization: "organizations", masar.KindCountry: "countries",
	masar.KindCountryGroup: "groups", masar.KindChallenge: "challenges", masar.KindTopic: "topics",
	masar.KindRecommendation: "recommendations", masar.KindCaseStudy: "cases", masar.KindActivity: "activities",
	masar.KindOutput: "outputs", masar.KindDocument: "documents", masar.KindIndicator: "indicators",
}

// pathOf is the path of an entity's page without the language.
func pathOf(kind masar.Kind, code string) string {
	return "/" + paths[kind] + "/" + url.PathEscape(code)
}

// permalink is the permanent address of a record, below the address of the service.
func permalink(kind, code string) string {
	return masar.RecordRef{Type: masar.RecordType(kind), Key: code}.Permalink()
}

// asked is the code that an operation is asked for: the code of the address, in the spelling of the graph. The operation
// ignores case and reads Arabic digits.
func asked(kind masar.Kind, code string) string { return words.ReadCode(kind, code) }
