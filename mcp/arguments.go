package mcp

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"masar"
	"masar/answers"
	"masar/words"
)

// vocabularies are the values of arguments, by the name in the tag "enum" of a field.
var vocabularies = map[string][]string{
	"lang": {"en", "ar"},
	"kind": namesOf(masar.Kinds),
	"side": namesOf(gapSides),
}

// gapSides are the dimensions of a gap map.
var gapSides = []answers.Dimension{
	answers.ByCountry, answers.BySdgGoal, answers.BySdgTarget, answers.ByInitiative, answers.ByTopic, answers.ByChallenge, answers.ByOrganization,
}

func namesOf[T ~string](values []T) []string {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = string(v)
	}
	return names
}

// inputSchema is the schema of a tool's arguments. Beside the tag "jsonschema" of a field, which describes it, it reads
// these: enum names its vocabulary, min, max and pattern bound its value, and minItems and maxItems its list.
func inputSchema[In any]() *jsonschema.Schema {
	made := schemaFor[In]()
	boundFields(made, reflect.TypeFor[In]())
	return made
}

// boundFields adds the bounds in the tags of a struct to its schema.
func boundFields(s *jsonschema.Schema, of reflect.Type) {
	for _, field := range reflect.VisibleFields(of) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" || field.Anonymous {
			continue
		}
		bound(s.Properties[name], field.Tag)
		if field.Type.Kind() == reflect.Struct {
			boundFields(s.Properties[name], field.Type)
		}
	}
}

// bound adds the bounds in the tags of a field to its schema. Numbers are bounded by their value, texts by their length.
func bound(s *jsonschema.Schema, tags reflect.StructTag) {
	one := s
	if s.Items != nil {
		one = s.Items
	}
	for _, value := range vocabularies[tags.Get("enum")] {
		one.Enum = append(one.Enum, value)
	}
	one.Pattern = tags.Get("pattern")
	if least, ok := number(tags, "min"); ok {
		if one.Type == "string" {
			one.MinLength = &least
		} else {
			one.Minimum = jsonschema.Ptr(float64(least))
		}
	}
	if most, ok := number(tags, "max"); ok {
		if one.Type == "string" {
			one.MaxLength = &most
		} else {
			one.Maximum = jsonschema.Ptr(float64(most))
		}
	}
	if most, ok := number(tags, "maxItems"); ok {
		s.MaxItems = &most
	}
	if least, ok := number(tags, "minItems"); ok {
		s.MinItems = &least
	}
}

func number(tags reflect.StructTag, name string) (n int, ok bool) {
	text, ok := tags.Lookup(name)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err) // the tag is a constant
	}
	return n, true
}

// schemaFor is the schema of a type. What may be absent is left out, so nothing is null: lists are empty, and pointers are for
// numbers that can be 0.
func schemaFor[T any]() *jsonschema.Schema {
	made, err := jsonschema.For[T](nil)
	if err != nil {
		panic(err) // the types are in this package
	}
	withoutNull(made)
	return made
}

func withoutNull(s *jsonschema.Schema) {
	if s == nil {
		return
	}
	if i := slices.Index(s.Types, "null"); i >= 0 && len(s.Types) == 2 {
		s.Type, s.Types = s.Types[1-i], nil
	}
	for _, of := range s.Properties {
		withoutNull(of)
	}
	withoutNull(s.Items)
	withoutNull(s.AdditionalProperties)
}

// readArguments checks the arguments of a call and decodes them. Null counts as absent.
func readArguments(schema *jsonschema.Schema, raw json.RawMessage, into any) error {
	given := map[string]any{}
	if len(raw) > 0 {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if d.Decode(&given) != nil {
			return masar.NewError(masar.CodeBadInput, "error.assistants.arguments", nil)
		}
	}
	maps.DeleteFunc(given, func(_ string, v any) bool { return v == nil })
	for _, name := range slices.Sorted(maps.Keys(given)) {
		property, known := schema.Properties[name]
		if !known {
			return unknownArgument(schema, name)
		}
		if err := checkArgument(name, property, given[name]); err != nil {
			return err
		}
	}
	for _, name := range schema.Required {
		if _, is := given[name]; !is {
			return badArgument(masar.NewArgumentError(masar.CodeBadInput, name, "error.assistants.missing", masar.Args{"name": name}), schema.Properties[name])
		}
	}
	cleaned, err := json.Marshal(given)
	if err != nil {
		return err
	}
	return json.Unmarshal(cleaned, into)
}

func unknownArgument(schema *jsonschema.Schema, name string) error {
	allowed := slices.Sorted(maps.Keys(schema.Properties))
	err := masar.NewArgumentError(masar.CodeBadInput, words.Shortened(name), "error.assistants.unknown", masar.Args{"name": words.Shortened(name), "allowed": allowed})
	err.Details = map[string]any{allowedDetail: allowed, nearestDetail: masar.Nearest(name, 3, slices.Values(allowed))}
	return err
}

// checkArgument checks the value of an argument.
func checkArgument(name string, schema *jsonschema.Schema, value any) error {
	resolved, err := schema.CloneSchemas().Resolve(nil)
	if err != nil {
		return err
	}
	plain, err := json.Marshal(value)
	if err != nil {
		return err
	}
	var decoded any
	if err := json.Unmarshal(plain, &decoded); err != nil || resolved.Validate(decoded) == nil {
		return err
	}
	refused := masar.NewArgumentError(masar.CodeBadInput, name, "error.assistants.value", masar.Args{"name": name, "given": words.Shortened(string(plain))})
	return badArgument(refused, schema)
}

// badArgument adds to an error what the argument may be.
func badArgument(err *masar.Error, schema *jsonschema.Schema) error {
	allowed := allowedBy(schema)
	err.Args["allowed"] = allowed
	err.Details = map[string]any{allowedDetail: allowed}
	if given, ok := err.Args["given"].(string); ok && len(enumOf(schema)) > 0 {
		err.Details[nearestDetail] = masar.Nearest(strings.Trim(given, `[]"`), 3, slices.Values(allowed))
	}
	return err
}

func enumOf(schema *jsonschema.Schema) []any {
	if schema.Items != nil {
		return schema.Items.Enum
	}
	return schema.Enum
}

// allowedBy says what a value must be: the values of a vocabulary, or its type and bounds.
func allowedBy(schema *jsonschema.Schema) []string {
	var all []string
	for _, v := range enumOf(schema) {
		all = append(all, fmt.Sprint(v))
	}
	if all != nil {
		return all
	}
	all = []string{schema.Type}
	if schema.Items != nil {
		all = append(all, "items: "+schema.Items.Type)
	}
	if schema.Pattern != "" {
		all = append(all, schema.Pattern)
	}
	for name, n := range map[string]*float64{"minimum": schema.Minimum, "maximum": schema.Maximum} {
		if n != nil {
			all = append(all, fmt.Sprintf("%s: %g", name, *n))
		}
	}
	for name, n := range map[string]*int{"minLength": schema.MinLength, "maxLength": schema.MaxLength, "minItems": schema.MinItems, "maxItems": schema.MaxItems} {
		if n != nil {
			all = append(all, fmt.Sprintf("%s: %d", name, *n))
		}
	}
	if schema.Type == "object" {
		all = append(all, slices.Sorted(maps.Keys(schema.Properties))...)
	}
	slices.Sort(all[1:])
	return all
}
