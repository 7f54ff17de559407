package server_test

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"masar/resolvers"
	"masar/server"
)

// Catches: a schema that is handed out without one of its parts, twice with one, or each time in another order.
func TestTheWholeSchemaIsHandedOut(t *testing.T) {
	given := server.SDL(resolvers.NewSchema().Schema())
	if server.SDL(resolvers.NewSchema().Schema()) != given {
		t.Error("it is not the same twice")
	}
	whole, invalid := gqlparser.LoadSchema(&ast.Source{Input: given})
	if invalid != nil {
		t.Fatal(invalid)
	}
	if strings.Contains(given, "\nextend ") || !strings.HasSuffix(given, "}\n") {
		t.Error("it has an extension, which Relay takes for a client's own, or does not end")
	}
	for name, want := range resolvers.NewSchema().Schema().Types {
		got := whole.Types[name]
		if got == nil || len(got.Fields) != len(want.Fields) || len(got.EnumValues) != len(want.EnumValues) || got.Description != want.Description {
			t.Errorf("%s is not handed out whole", name)
		}
	}
}
