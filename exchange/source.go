package exchange

import (
	"context"
	"masar/answers"
	"time"

	"masar"
)

// Source gives the records of one snapshot of the graph, to be made into rows. How many there are is known at once; what
// they hold is read when it is asked for, a batch at a time.
type Source interface {
	// Snapshot names the snapshot.
	Snapshot() string
	// AsOf is the day for which the age of evidence is computed.
	AsOf() time.Time
	// Settle gives a source that can be read from: of this snapshot while it is the store's newest, else of a newer one.
	// The error has code BACKEND_UNAVAILABLE or TIMEOUT while the store gives no answer.
	Settle(ctx context.Context) (Source, error)

	// Claims are the accepted claims that a filter keeps, all for nil. The error has code BAD_INPUT and names the part
	// of the filter at fault; so it has in the methods below.
	Claims(*answers.ClaimFilter) (Records[Claim], error)
	// Links are the claims among them that are not refuted: the edges of the graph.
	Links(*answers.ClaimFilter) (Records[Claim], error)
	// Nodes are the entities at the ends of those links.
	Nodes(*answers.ClaimFilter) (Records[Node], error)
	// Evidence are the accepted evidence items of the claims that a filter keeps.
	Evidence(*answers.ClaimFilter) (Records[Evidence], error)
	// Recommendations are the recommendations with each SDG target and goal that they advance by a link that a filter
	// keeps. Where the filter asks nothing those that advance none are there too, once.
	Recommendations(*answers.ClaimFilter) (Records[Recommendation], error)
	// Coverage is the support of the claims of each SDG target and country, as far as a filter selects them.
	Coverage(*answers.ClaimFilter) (Records[Coverage], error)
	// Observations are the values of indicators.
	Observations() (Records[Observation], error)
	// Documents are the sources that evidence and observations come from.
	Documents() (Records[Document], error)
}

// Records is a list of records in a stable order.
type Records[R any] struct {
	// Total is the number of records.
	Total int
	// Read gives those from one place up to another. A source that has not been settled cannot be read from.
	Read func(ctx context.Context, from, to int) ([]R, error)
}

// Claim is a claim with its ends and what its evidence makes of it.
type Claim struct {
	// Said is the claim without its words.
	Said            *masar.Claim
	Subject, Object Place
	Support         *masar.Support
	// Documents are those of the accepted evidence, a document for each piece, strongest first.
	Documents []*masar.Document
}

// Place is an entity with its place among the Sustainable Development Goals.
type Place struct {
	masar.Entity
	// Target and Goal are the codes of the SDG target and goal that it is or lies below; empty if it is none.
	Target, Goal string
}

// Node is an entity with the links at it.
type Node struct {
	Place
	// Stated and Inferred are the numbers of its links by their basis; Evidence is that of the accepted evidence items
	// of all of them.
	Stated, Inferred, Evidence int
}

// Evidence is an evidence item with its claim and its document.
type Evidence struct {
	*masar.Evidence
	Claim    Claim
	Document *masar.Document
	// Term says what it adds to the claim's support.
	Term masar.SupportTerm
	// QuoteStatus says whether the words of the passage are available.
	QuoteStatus masar.QuoteStatus
}

// Recommendation is a recommendation with one thing that it advances.
type Recommendation struct {
	*masar.Recommendation
	// IssuedIn and IssuedAt are the document and the activity that it comes from; nil if there is none.
	IssuedIn *masar.Document
	IssuedAt *masar.Activity
	// Advances is the link to a target or goal; nil if it advances none.
	Advances *Claim
}

// Coverage is the support of the claims of an SDG target and a country, computed from all of their evidence.
type Coverage struct {
	Target  Place
	Country *masar.Country
	// Claims and Evidence are the numbers of claims and of their accepted evidence items.
	Claims, Evidence int
	Support          masar.Support
	// LatestYear is that of the newest document; 0 if none is dated.
	LatestYear int
	// Gaps are what is missing, in the order in which they matter.
	Gaps []answers.Gap
}

// Observation is a value of an indicator with what it is a value of.
type Observation struct {
	*masar.Observation
	Of masar.Entity
	// Indicator is what was measured, with the SDG target and goal that it belongs to; its Entity is nil if the graph
	// does not describe it.
	Indicator Place
	Source    *masar.Document
}

// Document is a source with its publisher; nil if none is known.
type Document struct {
	*masar.Document
	Publisher *masar.Organization
}
