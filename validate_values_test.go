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

// TestEveryNamedValueIsChecked asks that no type of named values, and no reference, is left out when a field is added.
func TestEveryNamedValueIsChecked(t *testing.T) {
	known := map[string]bool{"Parent": true, "Subject": true, "Object": true} // these are checked with what they belong to
	for name := range referenceKinds {
		known[name] = true
	}
	keys := []reflect.Type{reflect.TypeFor[ClaimKey](), reflect.TypeFor[EvidenceKey](), reflect.TypeFor[ObservationKey]()}
	var visit func(reflect.Type, string)
	visit = func(of reflect.Type, name string) {
		switch {
		case of == reflect.TypeFor[Ref]():
			if !known[name] {
				t.Errorf("nothing checks where the reference %s leads", name)
			}
		case slices.Contains(keys, of): // which are derived from what the record holds, or lead to a claim
		case of.Kind() == reflect.String && of.Name() != "string":
			if _, ok := enums[of]; !ok {
				t.Errorf("nothing checks the values of %s", of)
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

// Catches a value that is declared for an enum of the records and missing from the list of those that are allowed.
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
			// The words of a source are in no record: a passage points at them.
			if e, ok := byName[of.Name]; ok && value != string(OriginSource) {
				found++
				if !slices.Contains(e.values, value) {
					t.Errorf("%s is a %s, but not among the values allowed", value, of.Name)
				}
			}
			return true
		})
	}
	if found < 100 {
		t.Errorf("only %d constants were found", found)
	}
}
