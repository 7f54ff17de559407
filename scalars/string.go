// Package scalars reads the scalars of GraphQL that are read otherwise than gqlgen does.
package scalars

import (
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"golang.org/x/text/unicode/norm"
)

// MarshalString writes a text.
func MarshalString(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalString reads a text into Unicode's normal form NFC, so that what looks the same is the same: keyboards write some
// Arabic and accented letters as one character, others as two. Line ends become line feeds, and the marks go that mail and
// spreadsheets put around copied Arabic. Which characters a text may have is seen to earlier.
func UnmarshalString(v any) (string, error) {
	s, err := graphql.UnmarshalString(v)
	if err != nil || clean(s) {
		return s, err
	}
	return norm.NFC.String(pasted.Replace(s)), nil
}

// clean reports whether a text is in the form already, as most are: values of enums, codes, English words. Every field of every
// item of a list reads its arguments anew, so this counts.
func clean(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] == '\r' {
			return false
		}
	}
	return true
}

// pasted takes from a text what copying has put there: embeddings, isolates, and carriage returns.
var pasted = strings.NewReplacer("\r\n", "\n", "\r", "\n",
	"\u202a", "", "\u202b", "", "\u202c", "", "\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "")
