package web

import (
	"encoding/json"
	"slices"
)

// filterParts are the parts of ClaimFilter that an address can have. A part has one value, several values, or a number.
var filterParts = map[string]string{
	"basis": "one", "since": "one", "until": "one", "minNet": "number",
	"predicates": "list", "certainties": "list", "documentations": "list", "natures": "list", "statuses": "list",
	"subjectKinds": "list", "objectKinds": "list", "countries": "list", "targets": "list", "initiatives": "list",
	"topics": "list", "challenges": "list", "organizations": "list", "documents": "list", "evidenceKinds": "list",
}

// filterNames are the parameters of a page with a filter of claims.
func filterNames(more ...string) []string {
	names := slices.Clone(more)
	for name := range filterParts {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// filter is the filter of claims in an address; nil if it has none.
func (a address) filter(parts ...string) (map[string]any, error) {
	filter := map[string]any{}
	for _, name := range parts {
		if err := a.part(filter, name); err != nil {
			return nil, err
		}
	}
	if len(filter) == 0 {
		return nil, nil
	}
	return filter, nil
}

func (a address) part(filter map[string]any, name string) error {
	switch filterParts[name] {
	case "one":
		value, err := a.one(name)
		if value != nil {
			filter[name] = *value
		}
		return err
	case "number":
		value, err := a.number(name)
		if value != nil {
			filter[name] = *value
		}
		return err
	}
	if values := a.values(name); len(values) > 0 {
		filter[name] = values
	}
	return nil
}

// chosen reports whether an address has a value of a parameter, for the options of a form.
func (a address) chosen(name, value string) bool { return slices.Contains(a.query[name], value) }

// compact is a value as JSON.
func compact(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // variables are strings, numbers, lists and maps
	}
	return string(text)
}
