package exchange

import (
	"context"
	"masar/answers"
	"time"

	"masar"
)

// Source provides the records of one snapshot of the graph for rows. The numbers of records are known at once; their
// content is read on demand, in batches.
type Source interface {
	// Snapshot is the snapshot's name.
	Snapshot() string
	// AsOf is the as-of date for the age of evidence.
	AsOf() time.Time
	// Settle returns a source whose records can be read: of this snapshot if it is the newest, otherwise of the newest
	// one. The error has code BACKEND_UNAVAILABLE or TIMEOUT if Dgraph does not respond.
	Settle(ctx context.Context) (Source, error)

	// Claims are the accepted claims that match a filter; nil matches all. The error has code BAD_INPUT and names the
	// invalid part of the filter, as in the methods below.
	Claims(*answers.ClaimFilter) (Records[Claim], error)
	// Links are the matching claims that are not refuted: the edges of the graph.
	Links(*answers.ClaimFilter) (Records[Claim], error)
	// Nodes are the entities at the ends of the matching links.
	Nodes(*answers.ClaimFilter) (Records[Node], error)
	// Evidence are the accepted evidence items of the matching claims.
	Evidence(*answers.ClaimFilter) (Records[Evidence], error)
	// Recommendations has an item for each SDG target and goal that a recommendation advances by a matching link. With
	// an empty filter, a recommendation that advances none has one item.
	Recommendations(*answers.ClaimFilter) (Records[Recommendation], error)
	// Coverage is the support of the matching claims for each SDG target and country.
	Coverage(*answers.ClaimFilter) (Records[Coverage], error)
	// Observations are the values of indicators.
	Observations() (Records[Observation], error)
	// Documents are the sources of evidence and observations.
	Documents() (Records[Document], error)
}

// Records is a list of records in a stable order.
type Records[R any] struct {
	// Total is the number of records in the list.
	Total int
	// Read returns the records from one index up to another. It fails unless the source comes from Settle.
	Read func(ctx context.Context, from, to int) ([]R, error)
}

// Claim is a claim with its entities and its support.
type Claim struct {
	// Said is the claim without its texts.
	Said            *masar.Claim
	Subject, Object Place
	Support         *masar.Support
	// Documents are the documents of the accepted evidence items, one for each item, strongest first.
	Documents []*masar.Document
}

// Place is an entity with its position among the Sustainable Development Goals.
type Place struct {
	masar.Entity
	// Target and Goal are the codes of the entity's SDG target and goal; empty if it has none.
	Target, Goal string
}

// Node is an entity with the numbers of its links.
type Node struct {
	Place
	// Stated and Inferred are the numbers of its links by basis. Evidence is the number of their accepted evidence
	// items.
	Stated, Inferred, Evidence int
}

// Evidence is an evidence item with its claim and its document.
type Evidence struct {
	*masar.Evidence
	Claim    Claim
	Document *masar.Document
	// Term is the item's contribution to the claim's support.
	Term masar.SupportTerm
	// QuoteStatus reports whether the words of the passage are available.
	QuoteStatus masar.QuoteStatus
}

// Recommendation is a recommendation with one target or goal that it advances.
type Recommendation struct {
	*masar.Recommendation
	// IssuedIn and IssuedAt are the document and the activity in which the recommendation was issued; nil if unknown.
	IssuedIn *masar.Document
	IssuedAt *masar.Activity
	// Advances is the claim about a target or goal; nil if the recommendation advances none.
	Advances *Claim
}

// Coverage is the support of the claims of an SDG target and a country, computed from all their evidence.
type Coverage struct {
	Target  Place
	Country *masar.Country
	// Claims and Evidence are the numbers of claims and of their accepted evidence items.
	Claims, Evidence int
	Support          masar.Support
	// LatestYear is the year of the newest document; 0 if no document is dated.
	LatestYear int
	// Gaps are the evidence gaps, most important first.
	Gaps []answers.EvidenceGap
}

// Observation is a value of an indicator with its entity.
type Observation struct {
	*masar.Observation
	Of masar.Entity
	// Indicator is the indicator, with its SDG target and goal. Its Entity is nil if the graph has no entity for it.
	Indicator Place
	Source    *masar.Document
}

// Document is a source with its publisher; nil if unknown.
type Document struct {
	*masar.Document
	Publisher *masar.Organization
}
