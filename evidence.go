package masar

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Stance says whether an evidence item supports or refutes its claim.
type Stance string

// The stances.
const (
	Supports Stance = "SUPPORTS"
	Refutes  Stance = "REFUTES"
)

// Stances lists the stances.
var Stances = []Stance{Supports, Refutes}

// EvidenceKind is the type of source of an evidence item. The scoring profile has a quality for each.
type EvidenceKind string

// The kinds of evidence, from the strongest to the weakest.
const (
	SystematicReview     EvidenceKind = "SYSTEMATIC_REVIEW"
	ImpactEvaluation     EvidenceKind = "IMPACT_EVALUATION"
	OfficialStatistic    EvidenceKind = "OFFICIAL_STATISTIC"
	PeerReviewed         EvidenceKind = "PEER_REVIEWED"
	EvaluatedCase        EvidenceKind = "EVALUATED_CASE"
	OrganizationReport   EvidenceKind = "ORGANIZATION_REPORT"
	OutcomeDocument      EvidenceKind = "OUTCOME_DOCUMENT"
	OfficialPresentation EvidenceKind = "OFFICIAL_PRESENTATION"
	DescriptiveCase      EvidenceKind = "DESCRIPTIVE_CASE"
	ProjectPage          EvidenceKind = "PROJECT_PAGE"
	News                 EvidenceKind = "NEWS"
	Opinion              EvidenceKind = "OPINION"
)

// EvidenceKinds lists the kinds of evidence.
var EvidenceKinds = []EvidenceKind{
	SystematicReview, ImpactEvaluation, OfficialStatistic, PeerReviewed, EvaluatedCase, OrganizationReport,
	OutcomeDocument, OfficialPresentation, DescriptiveCase, ProjectPage, News, Opinion,
}

// Evaluated reports whether evidence of the kind measured the effect of an intervention. Certainty HIGH requires one
// such source family. Peer review checks a text and a statistic counts a state; neither measures an effect.
func (k EvidenceKind) Evaluated() bool {
	return k == SystematicReview || k == ImpactEvaluation || k == EvaluatedCase
}

// Directness says how directly a passage connects the two ends of a claim.
type Directness string

// The degrees of directness. A NAMED passage names both ends; its speaker or subject counts as named. GOAL_NAMED
// names the goal of the SDG target. INFERENCE is a curator's conclusion, for example from a passage that names one
// end only. METADATA is the record of a document, such as its title or date.
const (
	Named           Directness = "NAMED"
	GoalNamed       Directness = "GOAL_NAMED"
	CuratorsReading Directness = "INFERENCE"
	MetadataOnly    Directness = "METADATA"
)

// Directnesses lists the degrees of directness.
var Directnesses = []Directness{Named, GoalNamed, CuratorsReading, MetadataOnly}

// Review is the review status of an evidence item. Only accepted evidence counts.
type Review string

// The review statuses of an evidence item.
const (
	ReviewSuggested  Review = "SUGGESTED"
	ReviewSubmitted  Review = "SUBMITTED"
	ReviewAccepted   Review = "ACCEPTED"
	ReviewRejected   Review = "REJECTED"
	ReviewDeprecated Review = "DEPRECATED"
)

// Reviews lists the review statuses of an evidence item.
var Reviews = []Review{ReviewSuggested, ReviewSubmitted, ReviewAccepted, ReviewRejected, ReviewDeprecated}

// EvidenceKey is the key of an evidence item.
type EvidenceKey string

// Evidence is a reason to believe or doubt a claim: a passage of a document and its rating.
type Evidence struct {
	Key EvidenceKey `json:"key,omitzero"`
	// ClaimKey is the claim that the evidence supports or refutes.
	ClaimKey   ClaimKey     `json:"claim,omitzero"`
	Stance     Stance       `json:"stance,omitzero"`
	Kind       EvidenceKind `json:"evidenceKind,omitzero"`
	Directness Directness   `json:"directness,omitzero"`
	Review     Review       `json:"reviewState,omitzero"`
	// Withdrawal says why the evidence item is deprecated or rejected.
	Withdrawal Withdrawal `json:"retirement,omitzero"`
	// Summaries are summaries of the passage by Masar.
	Summaries LocalizedText `json:"summary,omitzero"`
	Passage   Passage       `json:"passage,omitzero"`
	Revision  int           `json:"version,omitzero"`
}

// NewKey derives the evidence's key from its claim, stance and passage.
func (e *Evidence) NewKey() EvidenceKey {
	p := e.Passage
	return EvidenceKey(hash(string(e.ClaimKey), string(e.Stance), p.Source.String(), p.Version, strconv.Itoa(p.Start), strconv.Itoa(p.End)))
}

// ID is the evidence's global ID.
func (e *Evidence) ID() string { return e.Identity().ID() }

// Identity is the evidence item's record reference.
func (e *Evidence) Identity() RecordRef { return RecordRef{RecordEvidence, string(e.Key)} }

// Version increases by one with each change of the evidence item.
func (e *Evidence) Version() int { return e.Revision }

// Summary is a summary of the passage by Masar.
func (e *Evidence) Summary(lang []Language) *Text { return e.Summaries.In(lang) }

// Passage is a reference to words of a source: a document version, a range, and the hash of the words.
type Passage struct {
	// Source is the document.
	Source Ref `json:"document,omitzero"`
	// Version is the SHA-256 of the text that the range refers to, in hex.
	Version string `json:"textVersion,omitzero"`
	// Start and End are the range of the words in runes; End is exclusive.
	Start int `json:"start,omitzero"`
	End   int `json:"end,omitzero"`
	// SHA256 is the SHA-256 of the words' UTF-8 bytes, in hex.
	SHA256 string `json:"sha256,omitzero"`
	// Lang is the language of the words.
	Lang Language `json:"lang,omitzero"`
	// Locators tell readers where to find the passage.
	Locators LocalizedText `json:"locator,omitzero"`
	// OCRDoubt marks words that text recognition may have misread.
	OCRDoubt bool `json:"ocrDoubt,omitzero"`
}

// IsZero reports whether there is no passage.
func (p Passage) IsZero() bool { return p.Source.IsZero() }

// SameRange reports whether two passages are the same range of the same text.
func (p *Passage) SameRange(o *Passage) bool {
	return p.Source == o.Source && p.Version == o.Version && p.Start == o.Start && p.End == o.End
}

// Locator tells readers where to find the passage, in the first of the languages, by default in that of the document.
func (p *Passage) Locator(lang []Language) string {
	if len(lang) == 0 {
		lang = []Language{p.Lang}
	}
	if t := p.Locators.In(lang); t != nil {
		return t.Value
	}
	return ""
}

// QuoteStatus says whether the words of a passage are available and match its hash.
type QuoteStatus string

// The states of a quote.
const (
	QuoteVerified          QuoteStatus = "VERIFIED"
	QuoteMismatch          QuoteStatus = "MISMATCH"
	QuoteSourceNotImported QuoteStatus = "SOURCE_NOT_IMPORTED"
)

// Quote returns the words of a passage from its text version, and compares them with their hash. It returns nil and
// MISMATCH if they differ.
func (p Passage) Quote(text *SourceText) (*Text, QuoteStatus) {
	if text.SHA256 != p.Version {
		return nil, QuoteMismatch
	}
	runes := []rune(text.Text)
	if p.Start < 0 || p.End > len(runes) || p.Start >= p.End {
		return nil, QuoteMismatch
	}
	words := string(runes[p.Start:p.End])
	if sum := sha256.Sum256([]byte(words)); hex.EncodeToString(sum[:]) != p.SHA256 {
		return nil, QuoteMismatch
	}
	return &Text{Value: words, Lang: p.Lang, Origin: OriginSource}, QuoteVerified
}
