package web

import (
	"strings"
	"unicode"

	"masar"
	"masar/answers"
)

// The types below are the fragments of operations/fragments.graphql. TestViewsFit holds each equal to its fragment.

// PageFrame is what the frame of every page shows.
type PageFrame struct {
	Snapshot     string        `json:"snapshot"`
	SnapshotAt   *string       `json:"snapshotAt"`
	Frame        *frameDate    `json:"frame"`
	FrameProfile *frameProfile `json:"frameProfile"`
}

type frameDate struct {
	AsOf string `json:"asOf"`
}

type frameProfile struct {
	Name string `json:"name"`
}

// pageFrame gives the frame to the layout; every view embeds it.
func (f *PageFrame) pageFrame() *PageFrame { return f }

// AsOf is the as-of date; empty if it could not be loaded.
func (f *PageFrame) AsOf() string {
	if f.Frame == nil {
		return ""
	}
	return f.Frame.AsOf
}

// LocalizedText is a text in one language.
type LocalizedText struct {
	Value    string `json:"value"`
	Lang     string `json:"lang"`
	Dir      string `json:"dir"`
	Origin   string `json:"origin"`
	Fallback bool   `json:"fallback"`
}

// EntityHeading is what every link to an entity needs.
type EntityHeading struct {
	Kind  masar.Kind    `json:"kind"`
	Code  string        `json:"code"`
	Title LocalizedText `json:"title"`
}

// Ref is the kind and code of the entity.
func (e EntityHeading) Ref() masar.Ref { return masar.Ref{Kind: e.Kind, Code: e.Code} }

// Name is the title, with the code before it if readers know the entity by its code.
func (e EntityHeading) Name() LocalizedText {
	if numbered(e.Kind) {
		return coded(e.Code, e.Title)
	}
	return e.Title
}

// coded is a title with its code before it. A code with a letter, such as 9.c, keeps its direction before an Arabic title,
// and the mark before it (U+200F) says that the whole is Arabic: browsers take the first letter for that.
func coded(code string, title LocalizedText) LocalizedText {
	if title.Lang == string(masar.Arabic) && strings.ContainsFunc(code, unicode.IsLetter) {
		code = "\u200f" + masar.Isolated(code, masar.English, masar.Arabic)
	}
	title.Value = code + " " + title.Value
	return title
}

// DateInWords is a date in words, with its EDTF form for machines.
type DateInWords struct {
	EDTF  string        `json:"edtf"`
	Basis masar.Basis   `json:"basis"`
	Label LocalizedText `json:"label"`
}

// SupportSummary is the support of a claim or an edge, without its terms.
type SupportSummary struct {
	Nature        masar.ClaimNature    `json:"nature"`
	Net           float64              `json:"net"`
	Conflict      float64              `json:"conflict"`
	Certainty     *masar.Certainty     `json:"certainty"`
	Documentation *masar.Documentation `json:"documentation"`
	Status        masar.SupportStatus  `json:"status"`
	Families      int                  `json:"families"`
	AsOf          string               `json:"asOf"`
	Explanation   LocalizedText        `json:"explanation"`
}

// Total is the number of items of a list.
type Total struct {
	TotalCount int `json:"totalCount"`
}

// PageInfo is the position of a page in its list.
type PageInfo struct {
	HasNextPage bool    `json:"hasNextPage"`
	EndCursor   *string `json:"endCursor"`
}

// Next is the cursor of the next page; empty on the last page.
func (p PageInfo) Next() string {
	if !p.HasNextPage || p.EndCursor == nil {
		return ""
	}
	return *p.EndCursor
}

// ClaimSummary is a claim in a list: what it says, whether a source states it, and how well it is supported.
type ClaimSummary struct {
	ID        string            `json:"id"`
	Predicate masar.Predicate   `json:"predicate"`
	Role      *masar.Role       `json:"role"`
	Basis     masar.Basis       `json:"basis"`
	Level     *masar.ClaimLevel `json:"level"`
	Sentence  LocalizedText     `json:"sentence"`
	Rationale *LocalizedText    `json:"rationale"`
	Support   *SupportSummary   `json:"support"`
	Evidence  *Total            `json:"evidence"`
}

// Inferred reports whether a curator inferred the claim.
func (c ClaimSummary) Inferred() bool { return c.Basis == masar.Inferred }

// Rating is what a reader sees of the support of the claim.
func (c ClaimSummary) Rating() Rating { return c.RatedBy(c.Support) }

// RatedBy is the rating of the claim by the support that a list counts. A claim about a goal counts less in the list of a
// target.
func (c ClaimSummary) RatedBy(support *SupportSummary) Rating { return Rating{c.Basis, support} }

// Rating is the one rating that a claim shows. An effect shows its certainty and its basis, a fact only whether it is
// documented or inferred.
type Rating struct {
	Basis   masar.Basis
	Support *SupportSummary // nil if it could not be loaded
}

// Disputed reports whether the sources disagree, or the evidence is against the claim.
func (r Rating) Disputed() bool {
	return r.Support != nil && (r.Support.Status == masar.Contested || r.Support.Status == masar.Refuted)
}

// PassageDetail is a passage with its document.
type PassageDetail struct {
	Passage
	Document PassageDocument `json:"document"`
}

// Passage is a range of a text: where a source says something, and its quotation.
type Passage struct {
	Locator     string            `json:"locator"`
	Start       int               `json:"start"`
	End         int               `json:"end"`
	TextVersion string            `json:"textVersion"`
	QuoteStatus masar.QuoteStatus `json:"quoteStatus"`
	OCRDoubt    bool              `json:"ocrDoubt"`
	Quote       *LocalizedText    `json:"quote"`
}

// PassageDocument is the document of a passage.
type PassageDocument struct {
	EntityHeading
	URL       *string        `json:"url"`
	Publisher *EntityHeading `json:"publisher"`
}

// DistributionCounts are the numbers of claims for the values of one dimension.
type DistributionCounts struct {
	MultiValued   bool     `json:"multiValued"`
	DistinctCount int      `json:"distinctCount"`
	OtherBuckets  int      `json:"otherBuckets"`
	OtherCount    int      `json:"otherCount"`
	Buckets       []Bucket `json:"buckets"`
}

// Bucket is one value of a dimension with its number of claims.
type Bucket struct {
	Key   string        `json:"key"`
	Label LocalizedText `json:"label"`
	Count int           `json:"count"`
}

// ComponentDetail is one component of a score, as an interval.
type ComponentDetail struct {
	Name        answers.ScoreComponentName `json:"name"`
	Low         float64                    `json:"low"`
	High        float64                    `json:"high"`
	Weight      *float64                   `json:"weight"`
	Known       bool                       `json:"known"`
	Explanation LocalizedText              `json:"explanation"`
	Claims      []struct {
		ID string `json:"id"`
	} `json:"claims"`
}

// EndedClaim is a claim in a list with its two ends.
type EndedClaim struct {
	ClaimSummary
	Subject EntityHeading `json:"subject"`
	Object  EntityHeading `json:"object"`
}

// Relation is what the claim says about one of its ends.
func (c EndedClaim) Relation(of masar.Ref) Relation {
	return Relation{Predicate: c.Predicate, Incoming: c.Object.Ref() == of && c.Subject.Ref() != of}
}

// Other is the end of the claim that is not the given one.
func (c EndedClaim) Other(than masar.Ref) EntityHeading {
	if c.Relation(than).Incoming {
		return c.Subject
	}
	return c.Object
}

// ObservationList is a part of a list of values of indicators.
type ObservationList struct {
	TotalCount int                 `json:"totalCount"`
	PageInfo   PageInfo            `json:"pageInfo"`
	Nodes      []ObservationDetail `json:"nodes"`
}

// ObservationDetail is a value of an indicator, as a table shows it.
type ObservationDetail struct {
	ID        string                  `json:"id"`
	Of        EntityHeading           `json:"of"`
	Indicator string                  `json:"indicator"`
	Measured  *EntityHeading          `json:"measured"`
	Year      int                     `json:"year"`
	Value     float64                 `json:"value"`
	Qualifier masar.QuantityQualifier `json:"qualifier"`
	Nature    masar.ObservationNature `json:"nature"`
	Unit      string                  `json:"unit"`
	Series    *string                 `json:"series"`
	Vintage   string                  `json:"vintage"`
	Source    EntityHeading           `json:"source"`
	Note      *LocalizedText          `json:"note"`
}

// count is the number of claims with a value.
func (d *DistributionCounts) count(key string) int {
	for _, b := range d.Buckets {
		if b.Key == key {
			return b.Count
		}
	}
	return 0
}

// highest is the highest certainty that a claim has; empty if none has any.
func (d *DistributionCounts) highest() masar.Certainty {
	for _, c := range masar.Certainties {
		if d.count(string(c)) > 0 {
			return c
		}
	}
	return ""
}

// Interval is the interval of the component.
func (c ComponentDetail) Interval() Interval {
	return Interval{Low: c.Low, High: c.High, Coverage: 1 - (c.High - c.Low)}
}

// claimed is a list of entities, each with the claim that connects it to the entity of the page.
type claimed struct {
	TotalCount int           `json:"totalCount"`
	Edges      []claimedEdge `json:"edges"`
}

type claimedEdge struct {
	Claim *ClaimSummary `json:"claim"`
	Node  EntityHeading `json:"node"`
}

// Rest is the number of entities that the page does not list.
func (c claimed) Rest() int { return c.TotalCount - len(c.Edges) }

// KindCount is the number of entities of a kind.
type KindCount struct {
	Kind  masar.Kind `json:"kind"`
	Count int        `json:"count"`
}

// measured is the value of a measure; nil without claims.
type measured struct {
	Value *float64 `json:"value"`
}

// Number is the value as a whole number; -1 if it could not be loaded.
func (m *measured) Number() int {
	if m == nil || m.Value == nil {
		return -1
	}
	return int(*m.Value)
}

// number is the value of a measure that counts; 0 if it could not be loaded.
func (m *measured) number() int { return max(0, m.Number()) }

// practices are case studies, each with its country.
type practices struct {
	TotalCount int `json:"totalCount"`
	Nodes      []struct {
		EntityHeading
		Country *EntityHeading `json:"country"`
	} `json:"nodes"`
}
