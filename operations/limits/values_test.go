package limits

import (
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// texts are the names of text arguments and input fields that are not codes.
var texts = []string{"after", "before", "since", "until", "name", "query"}

// Catches: an argument that holds a code without the directive @code, and therefore accepts any text.
func TestTextsAreCodesOrKnown(t *testing.T) {
	check := func(where, name string, of *ast.Type, directives ast.DirectiveList) {
		if of.Name() == "String" && isCode(directives) == slices.Contains(texts, name) {
			t.Errorf("%s.%s: mark it with @code if it is a code, else add it to the texts here", where, name)
		}
	}
	for _, d := range schema.Types {
		if strings.HasPrefix(d.Name, "__") {
			continue
		}
		for _, f := range d.Fields {
			if d.Kind == ast.InputObject {
				check(d.Name, f.Name, f.Type, f.Directives)
			}
			for _, a := range f.Arguments {
				check(d.Name+"."+f.Name, a.Name, a.Type, a.Directives)
			}
		}
	}
}
