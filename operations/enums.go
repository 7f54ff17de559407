package operations

import (
	"regexp"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
	"masar/operations/limits"
	"masar/words"
)

// enumRefusal matches how gqlparser refuses a value of an enum in a document, without a word of what is allowed.
var enumRefusal = regexp.MustCompile(`(\w*)" does not exist in "\[*(\w+)[!\]]*" enum\.$`)

// explainEnum adds to the refusal of an enum's value what is allowed, or the nearest of very many. It leaves other errors alone.
func explainEnum(schema *ast.Schema, err *gqlerror.Error) (message masar.Message, isEnum bool) {
	message = words.Message(translated(err))
	match := enumRefusal.FindStringSubmatch(err.Message)
	if match == nil {
		return message, false
	}
	enum := schema.Types[match[2]]
	if enum == nil || enum.Kind != ast.Enum {
		return message, false
	}
	key := "error.enum.refused"
	args, many := limits.EnumArgs(enum, match[1])
	if many {
		key = "error.enum.refused_of_many"
	}
	args["refusal"] = message
	return words.Both(key, args), true
}

// argumentOf is the path of the argument that an error is about: the error's own path for a variable, else what has its
// place in the document.
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

// argumentAt is the path of the argument whose value, or part of a value, begins at a place of the document.
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
