// Package scalars reads the scalars of GraphQL that are read otherwise than gqlgen does.
package scalars

import (
	"github.com/99designs/gqlgen/graphql"
	"golang.org/x/text/unicode/norm"
)

// MarshalString writes a text.
func MarshalString(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalString reads a text into Unicode's normal form NFC, so that what looks the same is the same: keyboards write some
// Arabic and accented letters as one character, others as two. Which characters a text may have is seen to earlier.
func UnmarshalString(v any) (string, error) {
	s, err := graphql.UnmarshalString(v)
	return norm.NFC.String(s), err
}
