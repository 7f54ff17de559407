package masar

// Document is a source that evidence cites.
type Document struct {
	Header
	Form DocumentForm `json:"documentForm,omitzero"`
	// URL is the address at its publisher; empty if unknown.
	URL       string     `json:"url,omitzero"`
	Languages []Language `json:"languages,omitempty"`
	// Publishing is the organization that published it.
	Publishing Ref  `json:"publisher,omitzero"`
	Date       Date `json:"date,omitzero"`
	// Family is the source family: initiative and issuing organization. Documents of one family count once in support.
	Family string `json:"family,omitzero"`
	// EvidenceKind is the default kind of evidence for the document's passages.
	EvidenceKind EvidenceKind      `json:"evidenceKind,omitzero"`
	Versions     []DocumentVersion `json:"versions,omitempty"`
}

// DocumentForm is the type of a document.
type DocumentForm string

// The forms of document.
const (
	DocumentProjectPage      DocumentForm = "PROJECT_PAGE"
	DocumentEventPage        DocumentForm = "EVENT_PAGE"
	DocumentNews             DocumentForm = "NEWS"
	DocumentSlides           DocumentForm = "SLIDES"
	DocumentDataset          DocumentForm = "DATASET"
	DocumentClassification   DocumentForm = "CLASSIFICATION"
	DocumentReport           DocumentForm = "REPORT"
	DocumentStudy            DocumentForm = "STUDY"
	DocumentEvaluation       DocumentForm = "EVALUATION"
	DocumentSystematicReview DocumentForm = "SYSTEMATIC_REVIEW"
	DocumentPolicyBrief      DocumentForm = "POLICY_BRIEF"
	DocumentStrategy         DocumentForm = "STRATEGY"
	DocumentLaw              DocumentForm = "LAW"
	DocumentResolution       DocumentForm = "RESOLUTION"
	DocumentOutcome          DocumentForm = "OUTCOME_DOCUMENT"
	DocumentArticle          DocumentForm = "ARTICLE"
	DocumentWebPage          DocumentForm = "WEB_PAGE"
)

// DocumentForms lists the forms of document.
var DocumentForms = []DocumentForm{
	DocumentProjectPage, DocumentEventPage, DocumentNews, DocumentSlides, DocumentDataset, DocumentClassification,
	DocumentReport, DocumentStudy, DocumentEvaluation, DocumentSystematicReview, DocumentPolicyBrief, DocumentStrategy,
	DocumentLaw, DocumentResolution, DocumentOutcome, DocumentArticle, DocumentWebPage,
}

// evidenceKinds are the default kinds of evidence, by form of document. A default is cautious: a study counts as
// peer-reviewed, and an evaluation as an impact evaluation, only if a person says so.
var evidenceKinds = map[DocumentForm]EvidenceKind{
	DocumentProjectPage: ProjectPage, DocumentEventPage: ProjectPage, DocumentNews: News, DocumentSlides: OfficialPresentation,
	DocumentDataset: OfficialStatistic, DocumentClassification: OrganizationReport, DocumentReport: OrganizationReport,
	DocumentStudy: OrganizationReport, DocumentEvaluation: EvaluatedCase, DocumentSystematicReview: SystematicReview,
	DocumentPolicyBrief: OrganizationReport, DocumentStrategy: OutcomeDocument, DocumentLaw: OutcomeDocument,
	DocumentResolution: OutcomeDocument, DocumentOutcome: OutcomeDocument, DocumentArticle: PeerReviewed, DocumentWebPage: ProjectPage,
}

// EvidenceKind is the default kind of evidence of a form.
func (f DocumentForm) EvidenceKind() EvidenceKind { return evidenceKinds[f] }

// DocumentVersion is a version of a document's text, identified by its hash.
type DocumentVersion struct {
	// SHA256 is the SHA-256 of the text's UTF-8 bytes, in hex.
	SHA256 string `json:"sha256,omitzero"`
	// Length is the text's length in runes.
	Length int `json:"length,omitzero"`
}

// SourceText is the imported text of a document, used to show and verify quotations. A text that was removed from the
// graph leaves a record without content.
type SourceText struct {
	// SHA256 is the SHA-256 of the text's UTF-8 bytes, in hex. It identifies the version.
	SHA256 string `json:"key,omitzero"`
	// Length is the length in runes; 0 if the text was removed.
	Length   int    `json:"length,omitzero"`
	Document Ref    `json:"document,omitzero"`
	Text     string `json:"text,omitzero"`
	// Revision increases by one when the text is removed or imported again.
	Revision int `json:"version,omitzero"`
}

// Removed reports whether the text was removed.
func (t *SourceText) Removed() bool { return t.Text == "" }

// Identity is the text's record reference.
func (t *SourceText) Identity() RecordRef { return RecordRef{RecordText, t.SHA256} }

// Version increases by one when the text is removed or imported again.
func (t *SourceText) Version() int { return t.Revision }
