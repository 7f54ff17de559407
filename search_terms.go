package masar

// SearchPart is a part of an entity whose words are indexed by themselves.
type SearchPart int

// The parts of an entity that search looks in. There are SearchParts of them.
const (
	// SearchCodes are its code and the codes by which the world knows it.
	SearchCodes SearchPart = iota
	SearchTitles
	// SearchNames are its other names.
	SearchNames
	// SearchTexts are its summaries, and whatever else is said of it.
	SearchTexts
	SearchParts
)

// SearchTerms are the terms under which search finds an entity, by part.
type SearchTerms [SearchParts][]string

// SearchLookup asks which entities have a term in a part.
type SearchLookup struct {
	Part SearchPart
	Term string
}
