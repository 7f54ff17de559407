package seed

import (
	"reflect"

	"masar"
)

// narrowed has the values that a file may give for an enum with more values in the graph. Editors' texts are written
// without an origin. What is suggested or submitted is not in the seed.
var narrowed = map[reflect.Type][]string{
	of[masar.TextOrigin]():  {string(masar.OriginPublished), string(masar.OriginTranslated)},
	of[masar.ClaimStatus](): {string(masar.ClaimAccepted), string(masar.ClaimDeprecated), string(masar.ClaimRejected)},
}

// enumValues are the values that a file may give for a type; false for a type without a list of values.
func enumValues(t reflect.Type) ([]string, bool) {
	if values, ok := narrowed[t]; ok {
		return values, true
	}
	return masar.EnumValues(t)
}

func of[T any]() reflect.Type { return reflect.TypeFor[T]() }

func texts[T ~string](values []T) []string {
	return each(values, func(v T) string { return string(v) })
}
