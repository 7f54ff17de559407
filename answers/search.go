package answers

import (
	"context"
	"masar"
)

// SearchArgs are the arguments of a search.
type SearchArgs struct {
	Query string
	// Prefix takes the last word of the query for the beginning of one.
	Prefix *bool
	// Kinds keeps entities of these kinds alone; none keeps all.
	Kinds []masar.Kind
	// Filter keeps entities of claims that it keeps.
	Filter *ClaimFilter
	First  *int
	After  *string
}

// SearchField is where in an entity the words of a query stand.
type SearchField string

// The fields that search looks in.
const (
	FieldCode    SearchField = "CODE"
	FieldTitle   SearchField = "TITLE"
	FieldAlias   SearchField = "ALIAS"
	FieldSummary SearchField = "SUMMARY"
	FieldPlace   SearchField = "PLACE"
)

// SearchFields lists the fields in the order in which answers give them.
var SearchFields = []SearchField{FieldCode, FieldTitle, FieldAlias, FieldSummary, FieldPlace}

// MatchedBy says why an entity was found: where the words of the query stand in it, and how else than as written.
type MatchedBy string

// The reasons, in the order in which answers give them. The first are those of SearchFields.
const (
	MatchedByCode    MatchedBy = "CODE"
	MatchedByTitle   MatchedBy = "TITLE"
	MatchedByAlias   MatchedBy = "ALIAS"
	MatchedBySummary MatchedBy = "SUMMARY"
	MatchedByPlace   MatchedBy = "PLACE"
	// MatchedByKind says that a word of the query names what the entity is: "country", غاية.
	MatchedByKind MatchedBy = "KIND"
	// MatchedByVariant says that a word stands there only in another spelling or form.
	MatchedByVariant MatchedBy = "VARIANT"
	// MatchedBySynonym says that a word is there only by one that means the same, in this language or the other.
	MatchedBySynonym MatchedBy = "SYNONYM"
)

// SearchMatch says how much of the query the hits have.
type SearchMatch string

// The matches of a search.
const (
	// MatchAll says that every word of the query is in every hit.
	MatchAll SearchMatch = "ALL"
	// MatchAny says that nothing has all of the words, and that the hits have some.
	MatchAny SearchMatch = "ANY"
)

// SearchFacetName names what the hits of a search are counted by.
type SearchFacetName string

// FacetKind counts by the kind of entity.
const FacetKind SearchFacetName = "KIND"

// SearchFacet counts the hits of a search by one of their properties.
type SearchFacet struct {
	Name    SearchFacetName
	Buckets []SearchBucket
}

// SearchBucket is the number of hits with one value.
type SearchBucket struct {
	Value string
	Count int
}

// SearchAmbiguity is a word or phrase of a query that has several readings.
type SearchAmbiguity struct {
	// Term is as the query has it.
	Term     string
	Readings []SearchReading
}

// SearchCorrection is a word of a query that finds nothing, and the nearest word that was searched in its place.
type SearchCorrection struct {
	// Term is as the query has it.
	Term string
	// Corrected is the word as texts write it.
	Corrected string
}

// SearchReading is one thing that an ambiguous word may mean.
type SearchReading struct {
	Names masar.LocalizedText
	// Entity is what is meant, where the graph has it.
	Entity masar.Ref
	// Meant says that the query itself settles for this reading.
	Meant bool
}

// Name names the reading without ambiguity.
func (r *SearchReading) Name(lang []masar.Language) *masar.Text { return r.Names.In(lang) }

// Highlight is a text of a hit with the places at which words of the query stand in it.
type Highlight struct {
	Field SearchField
	// Value is the text as written, which the ranges count in.
	Value string
	// Lang is the language of the text; nil for codes, which have none.
	Lang   *masar.Language
	Ranges []TextRange
}

// TextRange is a half-open range of a text, in runes.
type TextRange struct{ Start, End int }

// SearchConnection is a page of what a search found, best first.
type SearchConnection struct {
	// Snapshot is the snapshot of the graph whose entities were searched.
	Snapshot    string
	TotalCount  int
	Match       SearchMatch
	Facets      []SearchFacet
	Ambiguities []SearchAmbiguity
	Corrections []SearchCorrection
	PageInfo    PageInfo
	// Load answers the edges of the page, in order.
	Load func(ctx context.Context) ([]*SearchEdge, error)
}

// SearchEdge is a hit with its place among the others.
type SearchEdge struct {
	Cursor string
	Node   masar.Entity
	// Score orders the hits; it is from 0 to 1.
	Score      float64
	MatchedBy  []MatchedBy
	Highlights []Highlight
}

// Edges are the hits of the page.
func (c *SearchConnection) Edges(ctx context.Context) ([]*SearchEdge, error) { return c.Load(ctx) }

// Nodes are the entities of the page.
func (c *SearchConnection) Nodes(ctx context.Context) ([]masar.Entity, error) {
	edges, err := c.Load(ctx)
	if err != nil {
		return nil, err
	}
	nodes := make([]masar.Entity, len(edges))
	for i, e := range edges {
		nodes[i] = e.Node
	}
	return nodes, nil
}
