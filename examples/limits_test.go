package examples_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"masar"
	"masar/examples"
	"masar/operations/limits"
	"masar/resolvers"

	"masar/words"
)

// Catches: tables in docs/limits.md that differ from the program: the limits, the costs of fields, and the measures of
// the examples.
func TestLimitsAreDocumented(t *testing.T) {
	const path = "../docs/limits.md"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := withTable(t, string(text), "limits", tableOfLimits())
	want = withTable(t, want, "costs", tableOfCosts(t))
	want = withTable(t, want, "examples", tableOfExamples(t))
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(text) {
		t.Errorf("docs/limits.md has other limits or costs (-update rewrites it)")
	}
}

// withTable replaces the text between the two comments of a table's name.
func withTable(t *testing.T, text, name, table string) string {
	before, rest, begins := strings.Cut(text, "<!-- "+name+" -->\n")
	_, after, ends := strings.Cut(rest, "<!-- end -->")
	if !begins || !ends {
		t.Fatalf("docs/limits.md lacks the comments of the table %s", name)
	}
	return before + "<!-- " + name + " -->\n" + table + "<!-- end -->" + after
}

func tableOfLimits() string {
	var b strings.Builder
	fmt.Fprint(&b, "| `extensions.limit` | bounds | default | flag | to ask for less |\n|---|---|---|---|---|\n")
	defaults := limits.Default()
	for _, bound := range limits.Bounds {
		flag := cmp.Or(bound.Flag, "introspection=off")
		fmt.Fprintf(&b, "| `%s` | %s | %d | `--%s` | %s |\n", bound.Name, words.Say(masar.English, bound.What().Key, nil), *bound.Of(&defaults), flag, words.Say(masar.English, bound.Remedy, nil))
	}
	return b.String()
}

// tableOfCosts lists the fields with a cost of their own, highest cost first.
func tableOfCosts(t *testing.T) string {
	type field struct {
		name, weight string
	}
	var fields []field
	for _, definition := range resolvers.NewSchema().Schema().Types {
		if definition.Kind != ast.Object {
			continue // the types of an interface repeat its fields
		}
		for _, f := range definition.Fields {
			if cost := f.Directives.ForName("cost"); cost != nil {
				fields = append(fields, field{definition.Name + "." + f.Name, cost.Arguments.ForName("weight").Value.Raw})
			}
		}
	}
	if len(fields) == 0 {
		t.Fatal("no field of the schema has @cost")
	}
	slices.SortFunc(fields, func(a, b field) int {
		return cmp.Or(cmp.Compare(len(b.weight), len(a.weight)), cmp.Compare(b.weight, a.weight), cmp.Compare(a.name, b.name))
	})
	var b strings.Builder
	fmt.Fprint(&b, "| field | cost |\n|---|---|\n")
	for _, f := range fields {
		fmt.Fprintf(&b, "| `%s` | %s |\n", f.name, f.weight)
	}
	return b.String()
}

func tableOfExamples(t *testing.T) string {
	operations, err := examples.All()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprint(&b, "| operation | cost | fields | depth | aliases |\n|---|---|---|---|---|\n")
	for _, op := range operations {
		doc, err := parser.ParseQuery(&ast.Source{Input: op.Document})
		if err != nil {
			t.Fatal(err)
		}
		got, err := limits.Check(resolvers.NewSchema().Schema(), doc, "", op.Variables, limits.Default())
		if err != nil {
			t.Fatalf("%s: %v", op.Name, err)
		}
		fmt.Fprintf(&b, "| [%s](../examples/%[1]s.graphql) | %d | %d | %d | %d |\n", op.Name, got.Cost, got.Fields, got.Depth, got.Aliases)
	}
	return b.String()
}
