package scalars

import "github.com/99designs/gqlgen/graphql"

// What the schema's own scalars have is kept as text, as the graph has it. What a client gives for one is read as text here,
// and held against its form by what uses it, whose error names the argument.

// MarshalDate writes a day.
func MarshalDate(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalDate reads a day.
func UnmarshalDate(v any) (string, error) { return UnmarshalString(v) }

// MarshalDateTime writes a moment.
func MarshalDateTime(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalDateTime reads a moment.
func UnmarshalDateTime(v any) (string, error) { return UnmarshalString(v) }

// MarshalURI writes an address.
func MarshalURI(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalURI reads an address.
func UnmarshalURI(v any) (string, error) { return UnmarshalString(v) }
