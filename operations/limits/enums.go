package limits

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/core"

	"masar"
)

// The error for an unknown enum value lists all values of an enum with at most fewValues, otherwise someValues of them.
const (
	fewValues  = 25
	someValues = 8
)

// EnumArgs returns the arguments of the message for an unknown enum value: allowed, with all values of the enum. For an
// enum with many values they are count and some, the values nearest to the given one.
func EnumArgs(enum *ast.Definition, given string) (args masar.Args, many bool) {
	names := make([]string, len(enum.EnumValues))
	for i, v := range enum.EnumValues {
		names[i] = v.Name
	}
	if len(names) <= fewValues {
		return masar.Args{"type": enum.Name, "allowed": names}, false
	}
	nearest := core.SuggestionList(given, names)
	for _, name := range names {
		if !slices.Contains(nearest, name) {
			nearest = append(nearest, name)
		}
	}
	return masar.Args{"type": enum.Name, "count": len(names), "some": nearest[:someValues]}, true
}
