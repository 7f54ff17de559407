// Package limits bounds what one GraphQL operation may ask for. It weighs a document before anything else looks at it, in
// time that grows with the document's length and with nothing else, so that no document makes checking itself expensive:
// neither the validator nor gqlgen ever sees one that is out of bounds.
package limits

// Limits bound an operation. A field is counted wherever a fragment brings it.
type Limits struct {
	// Tokens bounds the words and signs of a document.
	Tokens int
	// Depth bounds the levels of fields within fields; what asks the schema about itself has IntrospectionDepth instead.
	Depth, IntrospectionDepth int
	// Introspections bounds the fields __schema and __type; 0 switches introspection off. __typename is always answered.
	Introspections int
	// Aliases bounds the fields with another name, and those that their selection has already.
	Aliases int
	// Directives bounds the directives of a document, DirectivesPerNode those at one place.
	Directives, DirectivesPerNode int
	// RootFields bounds the fields of an operation itself, Fields all of them.
	RootFields, Fields int
	// Fragments and Operations bound the definitions of a document.
	Fragments, Operations int
	// Cost is the maximum number of fields in the answer; those below a list count once for each item of a page.
	Cost int
	// Values bounds the values of all arguments and variables, ValueDepth how deep they lie within each other.
	Values, ValueDepth int
	// ListLength bounds the items of a list in an argument or a variable.
	ListLength int
	// TextLength bounds the characters of a text, NameLength those of a name that the client chooses.
	TextLength, NameLength int
}

// Default is generous to people and to the clients in use, and keeps the work of any single operation small.
func Default() Limits {
	return Limits{
		Tokens: 2000,
		Depth:  12, IntrospectionDepth: 16,
		Introspections: 2,
		Aliases:        30,
		Directives:     50, DirectivesPerNode: 4,
		RootFields: 20, Fields: 4000,
		Fragments: 50, Operations: 10,
		Cost:   200_000,
		Values: 2000, ValueDepth: 16,
		ListLength: 200,
		TextLength: 1000, NameLength: 128,
	}
}

// Measured is what an operation comes to; its fields are those of Limits.
type Measured struct {
	Depth, IntrospectionDepth int
	Introspections            int
	Aliases, Directives       int
	RootFields, Fields        int
	Fragments, Operations     int
	Cost, Values              int
	// steps is how often anything was looked at.
	steps int
}
