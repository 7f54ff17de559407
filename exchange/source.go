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
	// Observations are the values of indicators that a query selects by country, indicator, target, year and edition.
	Observations(Query) (Records[Observation], error)
	// Documents, Initiatives, CaseStudies, Countries and Targets are the entities of a kind. With a filter that is not
	// empty, they are those to which a matching claim belongs.
	Documents(*answers.ClaimFilter) (Records[Document], error)
	Initiatives(*answers.ClaimFilter) (Records[Initiative], error)
	CaseStudies(*answers.ClaimFilter) (Records[CaseStudy], error)
	Countries(*answers.ClaimFilter) (Records[Country], error)
	Targets(*answers.ClaimFilter) (Records[Target], error)
	// Tailored are the recommendations for a query's country and target, best first.
	Tailored(context.Context, Query) (Records[Tailored], error)
	// PathSteps are the steps of the best evidence paths between the ends of a query, best path first.
	PathSteps(context.Context, Query) (Records[PathStep], error)
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
	// Said is the claim. Only Claims and Recommendations have its texts.
	Said            *masar.Claim
	Subject, Object Place
	// Countries are the codes of the countries to which the claim belongs.
	Countries []string
	Support   *masar.Support
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
	// Quote has the words of the passage; empty if they are not available, which QuoteStatus reports.
	Quote       string
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
	Edition   answers.Edition
}

// Counted has the numbers of the matching claims that belong to an entity, and of their accepted evidence items.
type Counted struct{ Claims, Evidence int }

// Document is a source with its publisher; nil if unknown. Its claims are those with evidence from it.
type Document struct {
	*masar.Document
	Counted
	Publisher *masar.Organization
	// Imported is the number of imported versions of its text.
	Imported int
}

// Initiative is an initiative with the codes of the countries where it operates, and of the SDG targets and goals to which
// it contributes.
type Initiative struct {
	*masar.Initiative
	Counted
	Countries, Targets []string
}

// CaseStudy is a case study with its country, the organization that leads it, and the codes of the recommendations that it
// demonstrates. Country and LedBy are nil if unknown.
type CaseStudy struct {
	*masar.CaseStudy
	Counted
	Country         *masar.Country
	LedBy           *masar.Organization
	Recommendations []string
}

// Country is a country with its digital government maturity; nil if unknown.
type Country struct {
	*masar.Country
	Counted
	Maturity *masar.Maturity
	// CaseStudies is the number of its case studies.
	CaseStudies int
}

// Target is an SDG target with the number of recommendations that advance it.
type Target struct {
	Place
	Counted
	Recommendations int
}

// Tailored is a recommendation ranked for a country.
type Tailored struct {
	*masar.Recommendation
	Rank    int
	Country *masar.Country
	// Target is the requested SDG target or goal; its Entity is nil if none is requested.
	Target Place
	Score  masar.ScoreRange
	// Components are the components of the score, in the order of their names.
	Components []*answers.ScoreComponent
	// Reasons explain the components.
	Reasons masar.LocalizedText
}

// PathStep is a step of an evidence path.
type PathStep struct {
	// Path and Step are the positions of the path and of the step in it, from 1.
	Path, Step int
	// Score is the score of the path. Inferred and Contested report whether a claim of the path is.
	Score               float64
	Inferred, Contested bool
	Direction           answers.StepDirection
	// Claim is the claim along which the step goes.
	Claim Claim
	// StoppedBy are the limits that cut off the search.
	StoppedBy []answers.StopReason
}

// From is the start of the step.
func (s PathStep) From() Place {
	if s.Direction == answers.StepBackward {
		return s.Claim.Object
	}
	return s.Claim.Subject
}

// To is the end of the step.
func (s PathStep) To() Place {
	if s.Direction == answers.StepBackward {
		return s.Claim.Subject
	}
	return s.Claim.Object
}
