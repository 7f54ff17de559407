// Package documentstest checks operations against the schema: their cost, and the structs that read their answers.
package documentstest

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"masar/operations/limits"
)

// Schema reads the schema from the root of the repository.
func Schema(t *testing.T, root string) *ast.Schema {
	t.Helper()
	parts, err := filepath.Glob(filepath.Join(root, "schema/*.graphqls"))
	if err != nil || len(parts) == 0 {
		t.Fatalf("%d parts of the schema: %v", len(parts), err)
	}
	var sources []*ast.Source
	for _, name := range append([]string{filepath.Join(root, "schema.graphqls")}, parts...) {
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

// WithinLimits checks that an operation is valid, within the limits of the service, and costs at most maxCost.
func WithinLimits(t *testing.T, schema *ast.Schema, name, document string, variables map[string]map[string]any, maxCost int) {
	t.Helper()
	parsed, errs := gqlparser.LoadQueryWithRules(schema, document, nil)
	if errs != nil {
		t.Errorf("%s: %v", name, errs)
		return
	}
	operation := parsed.Operations[0].Name
	if variables[operation] == nil {
		t.Errorf("%s: there are no variables of %s", name, operation)
	}
	measured, err := limits.Check(schema, parsed, operation, variables[operation], limits.Default())
	if err != nil || measured.Cost > maxCost {
		t.Errorf("%s: cost %d, at most %d; %v", name, measured.Cost, maxCost, err)
	}
	t.Logf("%s: cost %d, depth %d", name, measured.Cost, measured.Depth)
}

// Fits checks that a struct has each field of an operation's answer and no other. A nullable field is a pointer, and a list
// is a slice.
func Fits(t *testing.T, schema *ast.Schema, name, document string, answer reflect.Type) {
	t.Helper()
	parsed, errs := gqlparser.LoadQueryWithRules(schema, document, nil)
	if errs != nil {
		t.Errorf("%s: %v", name, errs)
		return
	}
	fit{t}.object(name, parsed.Operations[0].SelectionSet, answer)
}

// fit compares a selection with a struct.
type fit struct{ t *testing.T }

// selected is a field of a selection; optional if it is asked of some types only, or if it can be left out.
type selected struct {
	field    *ast.Field
	optional bool
}

func (f fit) fields(into map[string]selected, set ast.SelectionSet, optional bool) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			isLeftOut := optional || s.Directives.ForName("include") != nil
			if known, ok := into[s.Alias]; ok {
				merged := *known.field
				merged.SelectionSet = append(slices.Clone(known.field.SelectionSet), s.SelectionSet...)
				into[s.Alias] = selected{&merged, known.optional && isLeftOut}
				continue
			}
			into[s.Alias] = selected{s, isLeftOut}
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
