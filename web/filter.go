package web

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"masar"
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

// entityParts are the parts of ClaimFilter that have codes of entities, with their kinds. The part targets has goals too.
var entityParts = map[string]masar.Kind{
	"countries": masar.KindCountry, "targets": masar.KindSdgTarget, "initiatives": masar.KindInitiative, "topics": masar.KindTopic,
	"challenges": masar.KindChallenge, "organizations": masar.KindOrganization, "documents": masar.KindDocument,
}

// partRef is the entity that a value of a part of the filter names; false if the part has no codes.
func partRef(part, code string) (masar.Ref, bool) {
	kind, ok := entityParts[part]
	if kind == masar.KindSdgTarget && !strings.ContainsAny(code, ".-") {
		kind = masar.KindSdgGoal
	}
	return masar.Ref{Kind: kind, Code: asked(kind, code)}, ok
}

// maxChosen is the maximum number of entities that an operation asks for by their IDs.
const maxChosen = 100

// chosenIDs are the IDs of the entities that a filter names, whose titles the page shows.
func chosenIDs(filter map[string]any) []string {
	ids := []string{}
	for _, part := range slices.Sorted(maps.Keys(filter)) {
		codes, _ := filter[part].([]string)
		for _, code := range codes {
			ref, ok := partRef(part, code)
			if !ok || len(ids) == maxChosen {
				continue
			}
			id := masar.EntityID(ref)
			if _, err := masar.DecodeID(id); err == nil { // the API refuses any other code by its name
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// chosenEntities are the entities that the filter of an address names, as far as they exist.
type chosenEntities []*EntityHeading

// name is the title of an entity that the filter names; false if it is not known.
func (c chosenEntities) name(part, code string) (LocalizedText, bool) {
	ref, _ := partRef(part, code)
	for _, e := range c {
		if e != nil && e.Ref() == ref {
			return e.Name(), true
		}
	}
	return LocalizedText{}, false
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
