package operations

import (
	"regexp"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
	"masar/operations/limits"
)

// enumRefusal matches gqlparser's error for an unknown enum value in a document.
var enumRefusal = regexp.MustCompile(`^Value "(.*)" does not exist in "\[*(\w+)[!\]]*" enum\.`)

// unknownValue returns the error for an unknown enum value, with the allowed values; nil for every other error.
func unknownValue(schema *ast.Schema, err *gqlerror.Error) *masar.Error {
	match := enumRefusal.FindStringSubmatch(err.Message)
	if match == nil {
		return nil
	}
	enum := schema.Types[match[2]]
	if enum == nil || enum.Kind != ast.Enum {
		return nil
	}
	return limits.UnknownValue(enum, match[1], "")
}

// argumentOf is the path of the argument that an error is about. For a variable it is the error's own path, otherwise
// the argument at the error's position in the document.
func argumentOf(doc *ast.QueryDocument, err *gqlerror.Error) string {
	if ofVariable(err) {
		return variablePath(err)
	}
	if doc == nil || len(err.Locations) == 0 {
		return ""
	}
	at := err.Locations[0]
	for _, o := range doc.Operations {
		if path := argumentAt(o.SelectionSet, at); path != "" {
			return path
		}
	}
	for _, f := range doc.Fragments {
		if path := argumentAt(f.SelectionSet, at); path != "" {
			return path
		}
	}
	return ""
}

// argumentAt is the path of the argument whose value, or part of it, begins at a position of the document.
func argumentAt(selection ast.SelectionSet, at gqlerror.Location) string {
	for _, s := range selection {
		var inner ast.SelectionSet
		switch s := s.(type) {
		case *ast.Field:
			for _, a := range s.Arguments {
				if path := valueAt(a.Name, a.Value, at); path != "" {
					return path
				}
			}
			inner = s.SelectionSet
		case *ast.InlineFragment:
			inner = s.SelectionSet
		}
		if path := argumentAt(inner, at); path != "" {
			return path
		}
	}
	return ""
}

func valueAt(name string, v *ast.Value, at gqlerror.Location) string {
	if v.Position != nil && v.Position.Line == at.Line && v.Position.Column == at.Column && v.Kind != ast.ObjectValue {
		return name
	}
	for _, child := range v.Children {
		inner := name
		if child.Name != "" {
			inner += "." + child.Name
		}
		if path := valueAt(inner, child.Value, at); path != "" {
			return path
		}
	}
	return ""
}
