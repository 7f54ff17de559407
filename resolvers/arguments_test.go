package resolvers_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"masar/internal/masartest"
	"masar/loaders"
	"masar/resolvers"
)

// The tests of this file check the rules of docs/api.md on arguments. They visit all fields of the schema, so that new
// fields and arguments are included.

// samples are values of required arguments and of codes. The key is the name of the argument or input field, or the
// input and its field.
var samples = map[string]string{
	"query": `"digital"`, "from": `{kind: RECOMMENDATION, code: "ENACT-KM-05"}`, "to": `{kind: SDG_GOAL, code: "16"}`,
	"of": `{kind: SDG_TARGET, code: "16.6"}`, "ref": `{kind: SDG_TARGET, code: "16.6"}`, "name": `"default"`,
	"country": `"EGY"`, "target": `"16.6"`, "topic": `"open-government"`, "recommendation": `"ENACT-KM-04"`, "codes": `["ENACT", "INNOPA"]`,
	"countries": `["EGY"]`, "targets": `["16.6"]`, "initiatives": `["ENACT"]`, "topics": `["open-government"]`,
	"challenges": `["digital-divide"]`, "organizations": `["ESCWA"]`, "documents": `["ENACT-SLIDES-2023"]`, "indicators": `["EGDI"]`,
	"done": `["ENACT-KM-04"]`, "PlanTargetInput.code": `"16.6"`, "PlanCostInput.code": `"ENACT-KM-11"`,
	"ActionPlanInput.targets": `[{code: "16.6"}]`, "tailoredRecommendations.done": `[{recommendation: "ENACT-KM-04"}]`,
	"Country.code": `"EGY"`, "SdgGoal.code": `"16"`, "SdgTarget.code": `"16.6"`, "Initiative.code": `"ENACT"`,
	"Recommendation.code": `"ENACT-KM-10"`, "Challenge.code": `"digital-divide"`, "Document.code": `"ENACT-SLIDES-2023"`,
}

// asker sends queries about the fields of the schema.
type asker struct {
	*testing.T
	api    *masartest.API
	schema *ast.Schema
	routes map[string]route
}

// route is the query path to the fields of a type.
type route struct {
	open  string
	steps int // number of braces to close
}

func newAsker(t *testing.T) *asker {
	a := &asker{T: t, api: masartest.Start(t).API(t, loaders.Options{}), schema: resolvers.NewSchema().Schema(), routes: map[string]route{}}
	a.routes["Query"] = route{"{", 1}
	next := []string{"Query"}
	for len(next) > 0 {
		of := next[0]
		next = next[1:]
		for _, f := range a.schema.Types[of].Fields {
			to := a.schema.Types[f.Type.Name()]
			if _, known := a.routes[to.Name]; known || to.Kind != ast.Object || strings.HasPrefix(f.Name, "__") {
				continue
			}
			if arguments, ok := a.required(f); ok {
				a.routes[to.Name] = route{a.routes[of].open + " " + f.Name + given(arguments) + " {", a.routes[of].steps + 1}
				next = append(next, to.Name)
			}
		}
	}
	return a
}

// fields calls do with every field of the reachable object types, in order.
func (a *asker) fields(do func(of string, f *ast.FieldDefinition)) {
	for _, of := range slices.Sorted(maps.Keys(a.routes)) {
		for _, f := range a.schema.Types[of].Fields {
			if len(f.Arguments) > 0 && !strings.HasPrefix(f.Name, "__") {
				do(of, f)
			}
		}
	}
}

// required returns the required arguments of a field; ok is false for ids, which have no sample.
func (a *asker) required(f *ast.FieldDefinition) (arguments map[string]string, ok bool) {
	arguments = map[string]string{}
	for _, takes := range f.Arguments {
		switch {
		case takes.Name == "code" && takes.Type.NonNull:
			arguments["code"] = a.code(f.Type.Name())
		case takes.Type.Name() == "ID":
			return nil, false
		case takes.Type.NonNull && takes.DefaultValue == nil:
			arguments[takes.Name] = a.value(f.Name, takes.Name, takes.Type)
		}
	}
	return arguments, true
}

// code returns the code of an entity of a type: a well-connected sample, or the first of its list.
func (a *asker) code(of string) string {
	if sample, ok := samples[of+".code"]; ok {
		return sample
	}
	for _, f := range a.schema.Query.Fields {
		if f.Type.Name() != of+"Connection" {
			continue
		}
		var found struct {
			Data map[string]struct{ Nodes []struct{ Code string } }
		}
		a.read(fmt.Sprintf("{ %s(first: 1) { nodes { code } } }", f.Name), &found)
		samples[of+".code"] = fmt.Sprintf("%q", found.Data[f.Name].Nodes[0].Code)
		return samples[of+".code"]
	}
	a.Fatalf("no list has the codes of %s", of)
	return ""
}

// value returns a value of an argument or an input field.
func (a *asker) value(of, name string, t *ast.Type) string {
	definition := a.schema.Types[t.Name()]
	for _, key := range []string{of + "." + name, name} {
		if sample, ok := samples[key]; ok && definition.Kind != ast.Enum && (t.Elem == nil || strings.HasPrefix(sample, "[")) {
			return sample
		}
	}
	text := "1"
	switch {
	case definition.Kind == ast.Enum:
		text = definition.EnumValues[0].Name
	case definition.Kind == ast.InputObject:
		text = a.input(definition, nil)
	case definition.Name == "Date":
		text = `"2024-12-11"`
	case definition.Name == "String" || definition.Name == "ID":
		a.Fatalf("%s.%s takes a text: samples needs one", of, name)
	}
	if t.Elem != nil {
		return "[" + text + "]"
	}
	return text
}

// input formats an input with its required fields and others.
func (a *asker) input(of *ast.Definition, others map[string]string) string {
	fields := map[string]string{}
	for _, f := range of.Fields {
		if f.Type.NonNull && f.DefaultValue == nil {
			fields[f.Name] = a.value(of.Name, f.Name, f.Type)
		}
	}
	maps.Copy(fields, others)
	return "{" + strings.TrimSuffix(strings.TrimPrefix(given(fields), "("), ")") + "}"
}

// given formats arguments.
func given(arguments map[string]string) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(arguments)) {
		all = append(all, name+": "+arguments[name])
	}
	if all == nil {
		return ""
	}
	return "(" + strings.Join(all, ", ") + ")"
}

// with adds arguments to the required ones of a field.
func (a *asker) with(f *ast.FieldDefinition, others map[string]string) string {
	arguments, _ := a.required(f)
	maps.Copy(arguments, others)
	return f.Name + given(arguments) + a.shown(f.Type, 2)
}

// shown selects the leaf fields of a type, and those of its parts to a depth.
func (a *asker) shown(t *ast.Type, depth int) string {
	definition := a.schema.Types[t.Name()]
	if definition.IsLeafType() {
		return ""
	}
	text := " { __typename"
	for _, f := range definition.Fields {
		part := a.schema.Types[f.Type.Name()]
		_, free := a.required(f)
		if !free || strings.HasPrefix(f.Name, "__") || slices.ContainsFunc(f.Arguments, func(d *ast.ArgumentDefinition) bool { return d.Type.NonNull && d.DefaultValue == nil }) {
			continue
		}
		if part.IsLeafType() {
			text += " " + f.Name
		} else if depth > 1 && len(f.Arguments) == 0 {
			text += " " + f.Name + a.shown(f.Type, depth-1)
		}
	}
	return text + " }"
}

// ask queries fields of a type.
func (a *asker) ask(of string, selection string, into any) (query string) {
	way := a.routes[of]
	query = way.open + " " + selection + strings.Repeat(" }", way.steps)
	a.read(query, into)
	return query
}

func (a *asker) read(query string, into any) {
	if err := json.Unmarshal(a.api.Ask(a, query, nil).Body, into); err != nil {
		a.Fatalf("%v: %s", err, query)
	}
}

// places calls do with each place of a value in an argument: the argument itself, and once for each input type its
// fields. do receives the place's name and type, and a function that formats the argument with a value in that place.
func (a *asker) places(f *ast.FieldDefinition, seen map[string]bool, do func(place string, t *ast.Type, code bool, write func(value string) map[string]string)) {
	for _, takes := range f.Arguments {
		do(takes.Name, takes.Type, takes.Directives.ForName("code") != nil || takes.Type.Name() == "EntityRef", func(value string) map[string]string {
			return map[string]string{takes.Name: value}
		})
		a.inside(takes.Name, takes.Type, seen, do, func(value string) map[string]string { return map[string]string{takes.Name: value} })
	}
}

func (a *asker) inside(place string, t *ast.Type, seen map[string]bool, do func(string, *ast.Type, bool, func(string) map[string]string), write func(string) map[string]string) {
	input := a.schema.Types[t.Name()]
	if input.Kind != ast.InputObject || seen[input.Name] || input.Name == "EntityRef" {
		return
	}
	seen[input.Name] = true
	for _, f := range input.Fields {
		deeper := func(value string) map[string]string {
			text := a.input(input, map[string]string{f.Name: value})
			if value == "" {
				text = a.input(input, nil)
			}
			if t.Elem != nil {
				text = "[" + text + "]"
			}
			return write(text)
		}
		do(place+"."+f.Name, f.Type, f.Directives.ForName("code") != nil, deeper)
		a.inside(place+"."+f.Name, f.Type, seen, do, deeper)
	}
}

// alike compares the answers under the aliases omitted, null and empty in every object, and returns the number of
// comparisons.
func alike(t *testing.T, query string, value any) (found int) {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			found += alike(t, query, item)
		}
	case map[string]any:
		omitted, here := v["omitted"]
		for _, name := range []string{"null", "empty"} {
			if other, given := v[name]; here && given && !reflect.DeepEqual(omitted, other) {
				t.Errorf("%s: %s is %v, and omitted %v", query, name, other, omitted)
			}
		}
		if here && omitted != nil {
			found++
		}
		for _, item := range v {
			found += alike(t, query, item)
		}
	}
	return found
}

// Catches: an argument or an input field that has an effect if it is null or an empty list.
func TestNothingAsksNothing(t *testing.T) {
	a, seen, asked := newAsker(t), map[string]bool{}, 0
	a.fields(func(of string, f *ast.FieldDefinition) {
		a.places(f, seen, func(place string, nullable *ast.Type, _ bool, write func(string) map[string]string) {
			if nullable.NonNull {
				return
			}
			asked++
			omitted := map[string]string{}
			if strings.Contains(place, ".") {
				omitted = write("")
			}
			selection := "omitted: " + a.with(f, omitted) + " null: " + a.with(f, write("null"))
			if nullable.Elem != nil {
				selection += " empty: " + a.with(f, write("[]"))
			}
			var answer struct{ Errors, Data any }
			query := a.ask(of, selection, &answer)
			if answer.Errors != nil {
				t.Errorf("%s.%s(%s): %v: %s", of, f.Name, place, answer.Errors, query)
				return
			}
			alike(t, query, answer.Data)
		})
	})
	if asked < 300 {
		t.Errorf("%d arguments were tested", asked)
	}
}

// refusals are the errors of an answer.
type refusals struct {
	Errors []struct {
		Extensions struct {
			Code, Argument string
			Nearest        []string
		}
	}
	Data map[string]any
}

// Catches: an argument that accepts an unknown code. Each must refuse it and name the nearest codes. Only a lookup by
// code returns null without an error.
func TestUnknownCodes(t *testing.T) {
	a, seen, lookups, refused := newAsker(t), map[string]bool{}, 0, 0
	a.fields(func(of string, f *ast.FieldDefinition) {
		a.places(f, seen, func(place string, codes *ast.Type, code bool, write func(string) map[string]string) {
			if !code {
				return
			}
			name := place[strings.LastIndex(place, ".")+1:]
			owner := f.Name
			if strings.Contains(place, ".") {
				owner = map[string]string{"input.targets.code": "PlanTargetInput", "input.costs.code": "PlanCostInput"}[place]
			}
			var sample string
			if place == "code" {
				sample = a.code(f.Type.Name())
			} else {
				sample = a.value(owner, name, codes)
			}
			known := sample[:strings.LastIndex(sample, `"`)]
			if codes.Elem != nil {
				known = sample[:strings.Index(sample[2:], `"`)+2]
			}
			near := known[strings.LastIndex(known, `"`)+1:]
			var answer refusals
			query := a.ask(of, a.with(f, write(known+"x"+sample[len(known):])), &answer)
			if of == "Query" && len(f.Arguments) == 1 && (place == "code" || place == "ref") {
				lookups++
				if found, asked := answer.Data[f.Name]; len(answer.Errors) > 0 || !asked || found != nil {
					t.Errorf("%+v: %s", answer, query)
				}
				return
			}
			refused++
			if len(answer.Errors) == 0 {
				t.Errorf("%s.%s(%s) accepts an unknown code: %s", of, f.Name, place, query)
				return
			}
			e := answer.Errors[0].Extensions
			if e.Code != "BAD_INPUT" || !strings.HasPrefix(e.Argument, strings.Split(place, ".")[0]) || !slices.Contains(e.Nearest, near) || len(e.Nearest) > 3 {
				t.Errorf("%+v; the nearest code is %s: %s", e, near, query)
			}
		})
	})
	if lookups < 19 || refused < 20 {
		t.Errorf("%d lookups and %d refusals", lookups, refused)
	}
}

// Catches: a list with bounds other than those of all lists, and an as-of date in another form that is accepted.
func TestBoundsOfArguments(t *testing.T) {
	a, checked := newAsker(t), map[string]int{}
	a.fields(func(of string, f *ast.FieldDefinition) {
		for _, takes := range f.Arguments {
			var values []string
			code := "BAD_PAGE"
			switch takes.Name {
			case "first", "last", "firstRows", "firstColumns":
				values = []string{"-1", "101"}
			case "asOf":
				values, code = []string{`"2024-13-01"`, `""`, `"2024"`}, "BAD_INPUT"
			}
			for _, value := range values {
				checked[takes.Name]++
				arguments, _ := a.required(f)
				arguments[takes.Name] = value
				var answer refusals
				query := a.ask(of, f.Name+given(arguments)+" { __typename }", &answer)
				if len(answer.Errors) == 0 || answer.Errors[0].Extensions.Code != code || answer.Errors[0].Extensions.Argument != takes.Name {
					t.Errorf("%+v: %s", answer, query)
				}
			}
		}
	})
	for _, name := range []string{"first", "last", "firstRows", "firstColumns", "asOf"} {
		if checked[name] == 0 {
			t.Errorf("no field has the argument %s", name)
		}
	}
}

// Catches: a text in another language than the requested ones without a language tag.
func TestLanguagesOfTexts(t *testing.T) {
	a, checked := newAsker(t), 0
	a.fields(func(of string, f *ast.FieldDefinition) {
		if f.Arguments.ForName("lang") == nil || f.Type.Name() != "Text" {
			return
		}
		for _, lang := range []string{"AR", "EN"} {
			var answer struct{ Errors, Data any }
			arguments, _ := a.required(f)
			arguments["lang"] = "[" + lang + "]"
			query := a.ask(of, "text: "+f.Name+given(arguments)+" { lang fallback }", &answer)
			if answer.Errors != nil {
				t.Errorf("%v: %s", answer.Errors, query)
			}
			checked++
			texts(answer.Data, func(text map[string]any) {
				if text["lang"] != lang && text["fallback"] != true {
					t.Errorf("%v: %s", text, query)
				}
			})
		}
	})
	if checked < 50 {
		t.Errorf("%d texts were tested", checked)
	}
}

// texts calls do with the objects under the alias text.
func texts(value any, do func(map[string]any)) {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			texts(item, do)
		}
	case map[string]any:
		for name, item := range v {
			if text, ok := item.(map[string]any); ok && name == "text" {
				do(text)
			} else if all, ok := item.([]any); ok && name == "text" {
				for _, one := range all {
					do(one.(map[string]any))
				}
			} else {
				texts(item, do)
			}
		}
	}
}
