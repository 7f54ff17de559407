package limits

import (
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// texts are the arguments, and the fields of inputs, that hold a text which is no code.
var texts = []string{"after", "before", "since", "until", "name", "query"}

// Catches an argument that holds a code, and does not say so by @code: then anything passes for one.
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
