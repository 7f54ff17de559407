package web

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"masar"
	"masar/operations/limits"
	"masar/words"
)

// schemaOf reads the schema as it is in the repository.
func schemaOf(t *testing.T) *ast.Schema {
	t.Helper()
	parts, err := filepath.Glob("../schema/*.graphqls")
	if err != nil || len(parts) == 0 {
		t.Fatalf("%d parts of the schema: %v", len(parts), err)
	}
	var sources []*ast.Source
	for _, name := range append([]string{"../schema.graphqls"}, parts...) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: name, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// maxCost is the maximum cost of a page's operation.
const maxCost = 8_000

// Catches: an operation that is not valid, or that asks for more than a page may.
func TestOperationsAreWithinLimits(t *testing.T) {
	schema := schemaOf(t)
	var variables map[string]map[string]any
	text, err := os.ReadFile("operations/variables.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &variables); err != nil {
		t.Fatal(err)
	}
	if len(Operations()) < 20 {
		t.Fatalf("%d operations", len(Operations()))
	}
	for name, document := range Operations() {
		parsed, errs := gqlparser.LoadQueryWithRules(schema, document, nil)
		if errs != nil {
			t.Errorf("%s: %v", name, errs)
			continue
		}
		operation := parsed.Operations[0].Name
		if variables[operation] == nil {
			t.Errorf("%s: variables.json has no variables of %s", name, operation)
		}
		measured, err := limits.Check(schema, parsed, operation, variables[operation], limits.Default())
		if err != nil || measured.Cost > maxCost {
			t.Errorf("%s: cost %d, at most %d; %v", name, measured.Cost, maxCost, err)
		}
		t.Logf("%s: cost %d, depth %d", name, measured.Cost, measured.Depth)
	}
}

// Catches: a struct that lacks a field of its operation or has another, a nullable field that is not a pointer, and another
// type: the page would show nothing, or fail.
func TestViewsFit(t *testing.T) {
	schema := schemaOf(t)
	all := slices.Clone(pages)
	for _, p := range pages {
		if p.otherwise != nil {
			all = append(all, *p.otherwise)
		}
	}
	for _, p := range all {
		parsed, errs := gqlparser.LoadQueryWithRules(schema, operations()[p.operation], nil)
		if errs != nil {
			t.Errorf("%s: %v", p.operation, errs)
			continue
		}
		fit{t, parsed}.object(p.operation, parsed.Operations[0].SelectionSet, reflect.TypeOf(p.view()).Elem())
	}
	place, errs := gqlparser.LoadQueryWithRules(schema, operations()["place"], nil)
	if errs != nil {
		t.Fatal(errs)
	}
	fit{t, place}.object("place", place.Operations[0].SelectionSet, reflect.TypeFor[placeView]())
}

// fit compares a selection with a struct.
type fit struct {
	t      *testing.T
	parsed *ast.QueryDocument
}

// selected is a field of a selection; optional if it is asked of some types only.
type selected struct {
	field    *ast.Field
	optional bool
}

func (f fit) fields(into map[string]selected, set ast.SelectionSet, optional bool) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if known, ok := into[s.Alias]; ok {
				merged := *known.field
				merged.SelectionSet = append(slices.Clone(known.field.SelectionSet), s.SelectionSet...)
				into[s.Alias] = selected{&merged, known.optional && optional}
				continue
			}
			into[s.Alias] = selected{s, optional}
		case *ast.FragmentSpread:
			f.fields(into, s.Definition.SelectionSet, optional)
		case *ast.InlineFragment:
			f.fields(into, s.SelectionSet, true)
		}
	}
}

// members are the JSON fields of a struct, with those of embedded structs.
func members(s reflect.Type) map[string]reflect.Type {
	all := map[string]reflect.Type{}
	for i := range s.NumField() {
		field := s.Field(i)
		if field.Anonymous {
			maps.Copy(all, members(field.Type))
			continue
		}
		if name := field.Tag.Get("json"); name != "" {
			all[name] = field.Type
		}
	}
	return all
}

func (f fit) object(at string, set ast.SelectionSet, s reflect.Type) {
	if s.Kind() != reflect.Struct {
		f.t.Errorf("%s is an object, and %v is none", at, s)
		return
	}
	asked := map[string]selected{}
	f.fields(asked, set, false)
	has := members(s)
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		if has[name] == nil {
			f.t.Errorf("%s.%s is asked for, and %v does not have it", at, name, s)
			continue
		}
		f.value(at+"."+name, asked[name].field.Definition.Type, asked[name], has[name])
	}
	for name := range has {
		if _, ok := asked[name]; !ok {
			f.t.Errorf("%s.%s is in %v, and the operation does not ask for it", at, name, s)
		}
	}
}

func (f fit) value(at string, of *ast.Type, s selected, in reflect.Type) {
	if of.Elem != nil {
		if in.Kind() != reflect.Slice {
			f.t.Errorf("%s is a list, and %v is none", at, in)
			return
		}
		f.value(at+"[]", of.Elem, selected{field: s.field}, in.Elem())
		return
	}
	nullable := !of.NonNull || s.optional
	if nullable != (in.Kind() == reflect.Pointer) {
		f.t.Errorf("%s is nullable: %t, and its type is %v", at, nullable, in)
		return
	}
	if nullable {
		in = in.Elem()
	}
	if len(s.field.SelectionSet) > 0 {
		f.object(at, s.field.SelectionSet, in)
		return
	}
	kinds := map[string]reflect.Kind{"Int": reflect.Int, "Float": reflect.Float64, "Boolean": reflect.Bool}
	want, ok := kinds[of.NamedType]
	if !ok {
		want = reflect.String
	}
	if in.Kind() != want {
		f.t.Errorf("%s is of type %s, and %v is none", at, of.NamedType, in)
	}
}

// Catches: a rating, basis, status or quotation that a page cannot explain.
func TestStatesHaveWords(t *testing.T) {
	schema := schemaOf(t)
	for section, enum := range map[string]string{
		"page.certainty.": "Certainty", "page.highest.": "Certainty", "page.incoming.": "Predicate", "page.documentation.": "Documentation", "page.basis.": "Basis", "page.quote.": "QuoteStatus",
	} {
		for _, v := range schema.Types[enum].EnumValues {
			if len(words.Keys(section+v.Name)) == 0 {
				t.Errorf("%s%s is missing", section, v.Name)
			}
		}
	}
	for _, status := range []masar.SupportStatus{masar.Contested, masar.Refuted, masar.NoEvidence} {
		if len(words.Keys("page.status."+string(status))) == 0 {
			t.Errorf("page.status.%s is missing", status)
		}
	}
	for kind, path := range paths {
		if path == "" || !slices.Contains(masar.Kinds, kind) {
			t.Errorf("the path of %s is %q", kind, path)
		}
	}
	if len(paths) != len(masar.Kinds) {
		t.Errorf("%d of %d kinds have a path", len(paths), len(masar.Kinds))
	}
}

// Catches: a code in another spelling that does not lead to its page.
func TestSpellings(t *testing.T) {
	for given, want := range map[string]string{
		"16.6": "16.6", "16-6": "16.6", "١٦٫٦": "16.6", "١٦-٦": "16.6", "9-ج": "9.c", "9.c": "9.c", "9-C": "9.C", "17-8-1": "17.8.1", "x-1": "x-1",
	} {
		if got := asked(masar.KindSdgTarget, given); got != want {
			t.Errorf("%s is read as %s, want %s", given, got, want)
		}
	}
	if got := asked(masar.KindRecommendation, "ENACT-KM-05"); got != "ENACT-KM-05" {
		t.Errorf("a code of another kind is changed to %s", got)
	}
}
