// Package limits bounds what one GraphQL operation may ask for. It measures a document before the validator and gqlgen
// process it. The time is linear in the document's length, so no document is expensive to check.
package limits

// Limits bound an operation. Fields of a fragment count wherever the fragment is used.
type Limits struct {
	// Tokens is the maximum number of lexical tokens of a document.
	Tokens int
	// Depth is the maximum nesting of fields. Introspection fields have IntrospectionDepth instead.
	Depth, IntrospectionDepth int
	// Introspections is the maximum number of fields __schema and __type; 0 disables introspection. __typename is
	// always answered.
	Introspections int
	// Aliases is the maximum number of fields with an alias, and of fields that their selection repeats.
	Aliases int
	// Directives is the maximum number of directives in a document, DirectivesPerNode at one position.
	Directives, DirectivesPerNode int
	// RootFields is the maximum number of fields at the root of an operation, Fields the maximum in total.
	RootFields, Fields int
	// Fragments and Operations are the maximum numbers of definitions in a document.
	Fragments, Operations int
	// Cost is the maximum number of fields in the answer. Fields below a list count once for each item of a page.
	Cost int
	// Values is the maximum number of values in all arguments and variables, ValueDepth their maximum nesting.
	Values, ValueDepth int
	// ListLength is the maximum number of items of a list in an argument or a variable.
	ListLength int
	// TextLength is the maximum number of characters of a text, NameLength of a name that the client chooses.
	TextLength, NameLength int
}

// Default returns limits that clients in practice stay far below, and that keep the work of one operation small.
func Default() Limits {
	return Limits{
		Tokens: 2000,
		Depth:  12, IntrospectionDepth: 16,
		Introspections: 2,
		Aliases:        30,
		Directives:     50, DirectivesPerNode: 4,
		RootFields: 24, Fields: 4000,
		Fragments: 50, Operations: 10,
		Cost:   200_000,
		Values: 2000, ValueDepth: 16,
		ListLength: 200,
		TextLength: 1000, NameLength: 128,
	}
}

// Measured is the measured size of an operation. Its fields correspond to those of Limits.
type Measured struct {
	Depth, IntrospectionDepth int
	Introspections            int
	Aliases, Directives       int
	RootFields, Fields        int
	Fragments, Operations     int
	Cost, Values              int
	// steps is the number of visits to parts of the document.
	steps int
}
