package masar

// Document is a source: what evidence points into.
type Document struct {
	Header
	Form DocumentForm
	// URL is where its publisher has it; empty if none is known.
	URL       string
	Languages []Language
	// Publishing is the organization that published it.
	Publishing Ref
	Date       Date
	// Family names the initiative and issuing organization: documents of one family count once in support.
	Family string
	// EvidenceKind is the kind of evidence that the document gives unless a passage is of another kind.
	EvidenceKind EvidenceKind
	Versions     []DocumentVersion
}

// DocumentForm says what type of document it is.
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

// evidenceKinds has the kind of evidence that a document of each form gives unless it is said to give another. A default never
// gives the benefit of the doubt: a study is not peer-reviewed, and an evaluation is not one of impact, until a person says so.
var evidenceKinds = map[DocumentForm]EvidenceKind{
	DocumentProjectPage: ProjectPage, DocumentEventPage: ProjectPage, DocumentNews: News, DocumentSlides: OfficialPresentation,
	DocumentDataset: OfficialStatistic, DocumentClassification: OrganizationReport, DocumentReport: OrganizationReport,
	DocumentStudy: OrganizationReport, DocumentEvaluation: EvaluatedCase, DocumentSystematicReview: SystematicReview,
	DocumentPolicyBrief: OrganizationReport, DocumentStrategy: OutcomeDocument, DocumentLaw: OutcomeDocument,
	DocumentResolution: OutcomeDocument, DocumentOutcome: OutcomeDocument, DocumentArticle: PeerReviewed, DocumentWebPage: ProjectPage,
}

// EvidenceKind is the kind of evidence that a document of the form gives unless it is said to give another.
func (f DocumentForm) EvidenceKind() EvidenceKind { return evidenceKinds[f] }

// DocumentVersion is one state of a document's text, recognised by its hash.
type DocumentVersion struct {
	// SHA256 is the SHA-256 of the text's UTF-8 bytes, in hex.
	SHA256 string
	// Length is the text's length in runes.
	Length int
}

// SourceText is the imported text of a document, used to show and verify quotations.
type SourceText struct {
	// SHA256 is the SHA-256 of the text's UTF-8 bytes, in hex: the version that it is.
	SHA256 string
	// Length is its length in runes.
	Length   int
	Document Ref
	Text     string
}

// Identity names the text as a record.
func (t *SourceText) Identity() RecordRef { return RecordRef{RecordText, t.SHA256} }

// Version is always 1: what a text is known by is its content.
func (t *SourceText) Version() int { return 1 }
