package limits

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/core"

	"masar"
)

// The refusal of an enum's value names all values of an enum that has at most fewValues, else someValues of them.
const (
	fewValues  = 25
	someValues = 8
)

// EnumArgs are the arguments of the message that refuses a value of an enum: allowed for all values of the enum, or count and
// some, those nearest to what was given, where it has too many for a message.
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
