package masar_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	gql "github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Catches an id on a type that is not a Node: caches of clients store what has an id under it, so that two changes with the
// id of one record would become one.
func TestOnlyNodesHaveAnID(t *testing.T) {
	nodes := 0
	for name, definition := range schemaOf(t).Types {
		if definition.BuiltIn || definition.Fields.ForName("id") == nil {
			continue
		}
		nodes++
		if name != "Node" && !slices.Contains(definition.Interfaces, "Node") {
			t.Errorf("%s has a field named id, and does not implement Node", name)
		}
	}
	if nodes == 0 {
		t.Error("no type has an id")
	}
}

// Catches two types whose fields of one name cannot be selected together, which a page that shows any node does: the fields
// have different types, or one is null if the other never is.
func TestEveryFieldOfEveryNodeIsSelectedTogether(t *testing.T) {
	schema := schemaOf(t)
	for root, possible := range map[string]string{`nodes(ids: [])`: "Node", `search(query: "x") { nodes`: "Entity"} {
		var query strings.Builder
		query.WriteString("{ " + root + " {")
		for _, of := range schema.GetPossibleTypes(schema.Types[possible]) {
			query.WriteString("\n... on " + of.Name + everyField(schema, of, 3))
		}
		query.WriteString("\n}" + strings.Repeat(" }", strings.Count(root, "{")) + " }")
		if _, invalid := gqlparser.LoadQueryWithRules(schema, query.String(), rules.NewDefaultRules()); invalid != nil {
			for _, fault := range invalid {
				t.Error(possible, fault.Message)
			}
		}
	}
}

// everyField selects all fields of a type, with their own fields down to a depth.
func everyField(schema *gql.Schema, of *gql.Definition, depth int) string {
	var fields []string
	for _, f := range of.Fields {
		part := schema.Types[f.Type.Name()]
		switch {
		case strings.HasPrefix(f.Name, "__"):
		case part.IsLeafType():
			fields = append(fields, f.Name)
		case depth > 1:
			fields = append(fields, f.Name+everyField(schema, part, depth-1))
		}
	}
	return " { __typename " + strings.Join(fields, " ") + " }"
}

// Catches an argument that means one thing here and another there: those that many fields take have one type, one default and
// one description, which a client learns once.
func TestArgumentsOfOneNameAreAlike(t *testing.T) {
	alike := map[string]string{"first": "", "last": "", "after": "", "before": "", "firstRows": "", "firstColumns": "", "asOf": "", "lang": ""}
	for name, definition := range schemaOf(t).Types {
		for _, f := range definition.Fields {
			for _, a := range f.Arguments {
				first, shared := alike[a.Name]
				if !shared {
					continue
				}
				is := a.Type.String() + ", " + a.Description
				if a.DefaultValue != nil {
					is += ", = " + a.DefaultValue.String()
				}
				if alike[a.Name] = is; first != "" && first != is {
					t.Errorf("%s.%s(%s) is %q, and elsewhere %q", name, f.Name, a.Name, is, first)
				}
			}
		}
	}
	for name, is := range alike {
		if is == "" {
			t.Errorf("no field takes %s", name)
		}
	}
}
