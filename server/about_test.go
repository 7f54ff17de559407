package server_test

import (
	"os"
	"path/filepath"
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
	if _, invalid := gqlparser.LoadSchema(&ast.Source{Input: given}); invalid != nil {
		t.Error(invalid)
	}
	parts, err := filepath.Glob("../schema/*.graphqls")
	if err != nil || len(parts) == 0 {
		t.Fatalf("no parts: %v", err)
	}
	at := -1
	for _, part := range append([]string{"../schema.graphqls"}, parts...) {
		text, err := os.ReadFile(part)
		if err != nil {
			t.Fatal(err)
		}
		found := strings.Index(given, string(text))
		if found <= at || strings.Count(given, string(text)) != 1 {
			t.Errorf("%s stands at %d, %d times", part, found, strings.Count(given, string(text)))
		}
		at = found
	}
}
