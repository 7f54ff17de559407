package masar_test

import (
	"masar/answers"
	"os"
	"slices"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"masar"
)

// Catches a value that the service may answer or has to understand and the schema lacks, and one that only the schema has.
func TestEnumsAreTheSchemas(t *testing.T) {
	text, err := os.ReadFile("schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	schema, invalid := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: string(text)})
	if invalid != nil {
		t.Fatal(invalid)
	}
	for name, want := range map[string][]string{
		"EntityKind": texts(masar.Kinds), "RecordType": texts(masar.RecordTypes), "Predicate": texts(masar.Predicates),
		"SupportStatus": texts(masar.SupportStatuses), "Certainty": texts(masar.Certainties), "EvidenceKind": texts(masar.EvidenceKinds),
		"Dimension": texts(answers.Dimensions), "Measure": texts(answers.Measures),
	} {
		var got []string
		for _, v := range schema.Types[name].EnumValues {
			got = append(got, v.Name)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s has the values %q, and package masar %q", name, got, want)
		}
	}
}

func texts[T ~string](values []T) (all []string) {
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}
