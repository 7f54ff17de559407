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
	// Kinds selects entities of these kinds; all kinds if empty.
	Kinds []masar.Kind
	// Filter selects entities with a matching claim.
	Filter *ClaimFilter
	First  *int
	After  *string
}

// SearchField is a field of an entity that search looks in.
type SearchField string

// The fields that search looks in.
const (
	FieldCode    SearchField = "CODE"
	FieldTitle   SearchField = "TITLE"
	FieldAlias   SearchField = "ALIAS"
	FieldSummary SearchField = "SUMMARY"
	FieldPlace   SearchField = "PLACE"
)

// SearchFields lists the fields in the order of answers.
var SearchFields = []SearchField{FieldCode, FieldTitle, FieldAlias, FieldSummary, FieldPlace}

// MatchedBy says where and how an entity matches a query.
type MatchedBy string

// The reasons, in the order of answers. The first are those of SearchFields.
const (
	MatchedByCode    MatchedBy = "CODE"
	MatchedByTitle   MatchedBy = "TITLE"
	MatchedByAlias   MatchedBy = "ALIAS"
	MatchedBySummary MatchedBy = "SUMMARY"
	MatchedByPlace   MatchedBy = "PLACE"
	// MatchedByKind says that a word of the query names the kind of the entity: "country", غاية.
	MatchedByKind MatchedBy = "KIND"
	// MatchedByVariant says that a word matches only in another spelling or form.
	MatchedByVariant MatchedBy = "VARIANT"
	// MatchedBySynonym says that a word matches only by a synonym, in the same or the other language.
	MatchedBySynonym MatchedBy = "SYNONYM"
)

// SearchMatch says how many words of the query the hits match.
type SearchMatch string

// The matches of a search.
const (
	// MatchAll says that every hit matches every word.
	MatchAll SearchMatch = "ALL"
	// MatchAny says that no entity matches all words, and that the hits match some.
	MatchAny SearchMatch = "ANY"
)

// SearchFacetName is a property that hits are counted by.
type SearchFacetName string

// FacetKind counts by the kind of entity.
const FacetKind SearchFacetName = "KIND"

// SearchFacet counts the hits of a search by one of their properties.
type SearchFacet struct {
	Name    SearchFacetName
	Buckets []SearchBucket
}

// SearchBucket is the number of hits with a value.
type SearchBucket struct {
	Value string
	Count int
}

// SearchAmbiguity is a word or phrase of a query with several meanings.
type SearchAmbiguity struct {
	// Term is the word or phrase as in the query.
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

// SearchReading is one meaning of an ambiguous word.
type SearchReading struct {
	Names masar.LocalizedText
	// Entity is the entity meant; zero if it is not in the graph.
	Entity masar.Ref
	// Meant says that the rest of the query decides for this meaning.
	Meant bool
}

// Name is an unambiguous name of the meaning.
func (r *SearchReading) Name(lang []masar.Language) *masar.Text { return r.Names.In(lang) }

// Highlight is a text of a hit with the matching ranges.
type Highlight struct {
	Field SearchField
	// Value is the unchanged text, to which the ranges refer.
	Value string
	// Lang is the language of the text; nil for codes, which have none.
	Lang   *masar.Language
	Ranges []TextRange
}

// TextRange is a half-open range of a text, in runes.
type TextRange struct{ Start, End int }

// SearchConnection is a page of the hits of a search, best first.
type SearchConnection struct {
	// Snapshot is the snapshot that was searched.
	Snapshot    string
	TotalCount  int
	Match       SearchMatch
	Facets      []SearchFacet
	Ambiguities []SearchAmbiguity
	Corrections []SearchCorrection
	PageInfo    PageInfo
	// Load returns the edges of the page, in order.
	Load func(ctx context.Context) ([]*SearchEdge, error)
}

// SearchEdge is a hit with its cursor and score.
type SearchEdge struct {
	Cursor string
	Node   masar.Entity
	// Score is the score by which hits are ordered, in [0,1].
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
