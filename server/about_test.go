package server_test

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"masar/resolvers"
	"masar/server"
)

// Catches: a served schema that lacks one of its files, has one twice, or changes its order from run to run.
func TestTheWholeSchemaIsHandedOut(t *testing.T) {
	given := server.SDL(resolvers.NewSchema().Schema())
	if server.SDL(resolvers.NewSchema().Schema()) != given {
		t.Error("two calls return different text")
	}
	whole, invalid := gqlparser.LoadSchema(&ast.Source{Input: given})
	if invalid != nil {
		t.Fatal(invalid)
	}
	if strings.Contains(given, "\nextend ") || !strings.HasSuffix(given, "}\n") {
		t.Error("the SDL has an extension of a type or does not end with a line break")
	}
	for name, want := range resolvers.NewSchema().Schema().Types {
		got := whole.Types[name]
		if got == nil || len(got.Fields) != len(want.Fields) || len(got.EnumValues) != len(want.EnumValues) || got.Description != want.Description {
			t.Errorf("the definition of %s is missing or incomplete", name)
		}
	}
}
