package limits

import (
	"slices"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"

	"masar"
)

const (
	// fewValues is the maximum number of values of an enum that an error lists in full. Of larger enums it lists someValues.
	fewValues  = 25
	someValues = 8
	// nearestShown is the maximum number of values in the detail "nearest".
	nearestShown = 3
)

// UnknownValue is the error for an unknown enum value. Its message lists the values of the enum, or some of many. Its detail
// "nearest" has the most similar values, nearest first.
func UnknownValue(enum *ast.Definition, given, argument string) *masar.Error {
	names := make([]string, len(enum.EnumValues))
	for i, v := range enum.EnumValues {
		names[i] = v.Name
	}
	nearest := masar.Nearest(given, nearestShown, slices.Values(names))
	key, args := "error.enum.unknown", masar.Args{"given": given, "type": enum.Name, "allowed": names}
	if len(names) > fewValues {
		others := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(nearest, name) })
		key, args = "error.enum.unknown_of_many", masar.Args{
			"given": given, "type": enum.Name, "count": len(names), "some": slices.Concat(nearest, others)[:someValues],
		}
	}
	err := masar.NewArgumentError(errcode.ValidationFailed, argument, key, args)
	err.Details = map[string]any{"nearest": nearest}
	return err
}
