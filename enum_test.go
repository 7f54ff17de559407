package masar_test

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	gql "github.com/vektah/gqlparser/v2/ast"
	gopackages "golang.org/x/tools/go/packages"

	"masar"
	"masar/answers"
)

// subsets are the enums with only some values of their Go type, because an argument accepts no others.
var subsets = map[string]bool{"GapMapSide": true}

// unions are the enums that include all values of another enum. Every kind of entity is a record type.
var unions = map[string]string{"RecordType": "EntityKind"}

// Catches: a value that the schema lacks, a value that only the schema has, and an enum without a Go type. The types
// are read from the generated code.
func TestEnumsAreTheSchemas(t *testing.T) {
	bound := typesOfEnums(t)
	constants := constantsOf(t, bound)
	enums := 0
	for _, definition := range schemaOf(t).Types {
		if definition.Kind != gql.Enum || definition.BuiltIn {
			continue
		}
		enums++
		name, values := definition.Name, valuesOf(definition)
		goType, ok := bound[name]
		if !ok {
			t.Errorf("enum %s is bound to no Go type of this module", name)
			continue
		}
		want := slices.Sorted(slices.Values(slices.Concat(constants[goType], constants[bound[unions[name]]])))
		switch {
		case subsets[name]:
			if extra := slices.DeleteFunc(values, func(v string) bool { return slices.Contains(want, v) }); len(extra) > 0 {
				t.Errorf("%s has the values %q, which are not in %s", name, extra, goType)
			} else if len(want) == len(definition.EnumValues) {
				t.Errorf("%s has all values of %s, so it is not a subset", name, goType)
			}
		case !slices.Equal(values, want):
			t.Errorf("%s has the values %q, but the constants of %s are %q", name, values, goType, want)
		}
	}
	if enums == 0 || enums != len(bound) {
		t.Errorf("the schema has %d enums, and the generated code binds %d", enums, len(bound))
	}
}

// Catches: a list of all values that lacks one.
func TestListsOfValuesAreWhole(t *testing.T) {
	schema := schemaOf(t)
	for name, got := range map[string][]string{
		"EntityKind": texts(masar.Kinds), "RecordType": texts(masar.RecordTypes), "Predicate": texts(masar.Predicates),
		"SupportStatus": texts(masar.SupportStatuses), "Certainty": texts(masar.Certainties), "EvidenceKind": texts(masar.EvidenceKinds),
		"Dimension": texts(answers.Dimensions), "Measure": texts(answers.Measures),
	} {
		slices.Sort(got)
		if want := valuesOf(schema.Types[name]); !slices.Equal(got, want) {
			t.Errorf("the list of %s has %q, but the schema has %q", name, got, want)
		}
	}
}

// schemaOf reads the schema from all its files.
func schemaOf(t *testing.T) *gql.Schema {
	t.Helper()
	parts, err := filepath.Glob("schema/*.graphqls")
	if err != nil || len(parts) == 0 {
		t.Fatalf("no parts in schema/: %v", err)
	}
	var sources []*gql.Source
	for _, part := range append(parts, "schema.graphqls") {
		text, err := os.ReadFile(part)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &gql.Source{Name: part, Input: string(text)})
	}
	schema, invalid := gqlparser.LoadSchema(sources...)
	if invalid != nil {
		t.Fatal(invalid)
	}
	return schema
}

func valuesOf(definition *gql.Definition) (all []string) {
	for _, v := range definition.EnumValues {
		all = append(all, v.Name)
	}
	slices.Sort(all)
	return all
}

// bindings are the names of gqlgen's functions for a value: marshalNEntityKind2masarᚐKind is for EntityKind, which is
// bound to the type Kind of package masar; ᚋ stands for a slash, and ᚕ and ᚖ are for lists and pointers.
var bindings = regexp.MustCompile(`^(?:un)?marshal[NO](\w+)2[ᚕᚖ]*(masar(?:ᚋ\w+)*)ᚐ([A-Za-z0-9]+)ᚄ?$`)

// typesOfEnums reads from the generated code which Go type each enum of the schema is bound to, as masar.Kind.
func typesOfEnums(t *testing.T) map[string]string {
	t.Helper()
	schema := schemaOf(t)
	file, err := parser.ParseFile(token.NewFileSet(), "graph/generated.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	bound := map[string]string{}
	for _, declaration := range file.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if !ok {
			continue
		}
		found := bindings.FindStringSubmatch(function.Name.Name)
		if found == nil || schema.Types[found[1]] == nil || schema.Types[found[1]].Kind != gql.Enum {
			continue
		}
		name, goType := found[1], strings.ReplaceAll(found[2], "ᚋ", "/")+"."+found[3]
		if other := bound[name]; other != "" && other != goType {
			t.Errorf("%s is bound to both %s and %s", name, other, goType)
		}
		bound[name] = goType
	}
	return bound
}

// constantsOf returns the values of all constants, by Go type.
func constantsOf(t *testing.T, bound map[string]string) map[string][]string {
	t.Helper()
	var paths []string
	for _, goType := range bound {
		paths = append(paths, goType[:strings.LastIndex(goType, ".")])
	}
	slices.Sort(paths)
	loaded, err := gopackages.Load(&gopackages.Config{Mode: gopackages.NeedName | gopackages.NeedTypes | gopackages.NeedImports}, slices.Compact(paths)...)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string][]string{}
	for _, p := range loaded {
		if len(p.Errors) > 0 {
			t.Fatal(p.Errors)
		}
		for _, name := range p.Types.Scope().Names() {
			c, ok := p.Types.Scope().Lookup(name).(*types.Const)
			if !ok || c.Val().Kind() != constant.String {
				continue
			}
			goType := types.TypeString(c.Type(), nil)
			values[goType] = append(values[goType], constant.StringVal(c.Val()))
		}
	}
	for _, all := range values {
		slices.Sort(all)
	}
	return values
}

func texts[T ~string](values []T) (all []string) {
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}
