package masar

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Catches: a type with a fixed set of values, or a reference, that validation omits.
func TestEveryNamedValueIsChecked(t *testing.T) {
	known := map[string]bool{"Parent": true, "Subject": true, "Object": true} // checked together with their records
	for name := range referenceKinds {
		known[name] = true
	}
	keys := []reflect.Type{reflect.TypeFor[ClaimKey](), reflect.TypeFor[EvidenceKey](), reflect.TypeFor[ObservationKey]()}
	var visit func(reflect.Type, string)
	visit = func(of reflect.Type, name string) {
		switch {
		case of == reflect.TypeFor[Ref]():
			if !known[name] {
				t.Errorf("the reference %s is not validated", name)
			}
		case slices.Contains(keys, of): // derived from the record's content, or references to a claim
		case of.Kind() == reflect.String && of.Name() != "string":
			if _, ok := enums[of]; !ok {
				t.Errorf("the values of %s are not validated", of)
			}
		case of.Kind() == reflect.Struct:
			for i := range of.NumField() {
				visit(of.Field(i).Type, of.Field(i).Name)
			}
		case of.Kind() == reflect.Slice:
			visit(of.Elem(), name)
		}
	}
	for _, kind := range Kinds {
		visit(reflect.TypeOf(NewEntity(kind)).Elem(), "")
	}
	for _, record := range []any{Claim{}, Evidence{}, Observation{}, SourceText{}} {
		visit(reflect.TypeOf(record), "")
	}
}

// Catches: a value declared for an enum but missing from the list of valid values.
func TestEnumsListTheirConstants(t *testing.T) {
	byName := map[string]enum{}
	for of, e := range enums {
		byName[of.Name()] = e
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) == 0 {
				return true
			}
			of, _ := spec.Type.(*ast.Ident)
			written, _ := spec.Values[0].(*ast.BasicLit)
			if of == nil || written == nil {
				return true
			}
			value, _ := strconv.Unquote(written.Value)
			// The words of a source are in no record; passages refer to them.
			if e, ok := byName[of.Name]; ok && value != string(OriginSource) {
				found++
				if !slices.Contains(e.values, value) {
					t.Errorf("%s is a %s but not among its valid values", value, of.Name)
				}
			}
			return true
		})
	}
	if found < 100 {
		t.Errorf("found only %d constants", found)
	}
}
