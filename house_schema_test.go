package masar_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	gql "github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Catches: a field id on a type that is not a Node. Client caches store objects by id, so two changes with the id of
// one record would be merged.
func TestOnlyNodesHaveAnID(t *testing.T) {
	nodes := 0
	for name, definition := range schemaOf(t).Types {
		if definition.BuiltIn || definition.Fields.ForName("id") == nil {
			continue
		}
		nodes++
		if name != "Node" && !slices.Contains(definition.Interfaces, "Node") {
			t.Errorf("%s has a field named id but does not implement Node", name)
		}
	}
	if nodes == 0 {
		t.Error("no type has an id")
	}
}

// Catches: fields of two types with the same name that cannot be selected together, as on a page for any node,
// because their types or nullability differ.
func TestEveryFieldOfEveryNodeIsSelectedTogether(t *testing.T) {
	schema := schemaOf(t)
	for root, possible := range map[string]string{`nodes(ids: [])`: "Node", `search(query: "x") { nodes`: "Entity"} {
		var query strings.Builder
		query.WriteString("{ " + root + " {")
		for _, of := range schema.GetPossibleTypes(schema.Types[possible]) {
			query.WriteString("\n... on " + of.Name + everyField(schema, of, 3))
		}
		query.WriteString("\n}" + strings.Repeat(" }", strings.Count(root, "{")) + " }")
		t.Logf("%s: every field of %d types, %d bytes", possible, len(schema.GetPossibleTypes(schema.Types[possible])), query.Len())
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

// Catches: an argument with different meanings in different fields. Common arguments have one type, one default and
// one description.
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

// Catches: a list that can be filtered by claims but not ordered, or the reverse. Only search has an order of its
// own.
func TestListsAreFilteredAndOrderedAlike(t *testing.T) {
	lists := 0
	for name, definition := range schemaOf(t).Types {
		for _, f := range definition.Fields {
			filter, order := f.Arguments.ForName("filter"), f.Arguments.ForName("orderBy")
			if !strings.HasSuffix(f.Type.Name(), "Connection") || f.Name == "search" || filter == nil && order == nil {
				continue
			}
			lists++
			switch {
			case filter == nil || filter.Type.String() != "ClaimFilter":
				t.Errorf("%s.%s takes an order, and no filter of claims", name, f.Name)
			case order == nil || order.Type.String() != "EdgeOrder":
				t.Errorf("%s.%s takes a filter, and no order", name, f.Name)
			}
		}
	}
	if lists < 90 {
		t.Errorf("only %d lists were looked at", lists)
	}
}
