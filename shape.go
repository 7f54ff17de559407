package masar

// Shape is the graph without its texts, read at one moment: the input of the topology and of support. Records refer
// to each other by UID, the database's number of a record.
type Shape struct {
	// Snapshot is the number of writes to the graph.
	Snapshot     int64
	Entities     []EntityShape
	Claims       []ClaimShape
	Evidence     []EvidenceShape
	Observations []ObservationShape
	// Texts are the imported source texts, without content.
	Texts []TextShape
}

// EntityShape is an entity without its texts.
type EntityShape struct {
	UID      uint64
	Ref      Ref
	Revision int
	// Parent, Home and Publishing are the entities in these fields; 0 for none.
	Parent, Home, Publishing uint64
	Groups                   []uint64
	// Family and Date are set for documents.
	Family string
	Date   string
	// Traits are further inputs of advice; nil if the entity has none.
	Traits *Traits
	// Terms are the search terms that are stored with the entity, packed; empty where it was stored without.
	Terms string
}

// Traits are the inputs of advice besides claims: values of an entity other than texts.
type Traits struct {
	// IncomeGroup, LeastDeveloped and OfficialLanguages are set for countries.
	IncomeGroup       IncomeGroup
	LeastDeveloped    bool
	OfficialLanguages []string
	// BandLow and BandHigh are the maturity band of a recommendation; both are 0 if it has none.
	BandLow, BandHigh float64
	// HeadingOnly says that only the heading of a recommendation is known.
	HeadingOnly bool
	// ProxyIndicators are those of a challenge, without rationales.
	ProxyIndicators []ProxyIndicator
}

// IsZero reports whether there are no traits.
func (t *Traits) IsZero() bool {
	return t.IncomeGroup == "" && !t.LeastDeveloped && len(t.OfficialLanguages) == 0 && t.BandHigh == 0 && !t.HeadingOnly && len(t.ProxyIndicators) == 0
}

// ClaimShape is a claim without its texts.
type ClaimShape struct {
	UID             uint64
	Key             ClaimKey
	Revision        int
	Subject, Object uint64
	Predicate       Predicate
	Basis           Basis
	Status          ClaimStatus
	Role            Role
}

// EvidenceShape is an evidence item without its texts.
type EvidenceShape struct {
	UID        uint64
	Key        EvidenceKey
	Revision   int
	Claim      uint64
	Stance     Stance
	Kind       EvidenceKind
	Directness Directness
	Review     Review
	OCRDoubt   bool
	Document   uint64
	Start      int
}

// ObservationShape is an observation without its texts.
type ObservationShape struct {
	UID        uint64
	Key        ObservationKey
	Revision   int
	Of, Source uint64
	Indicator  string
	Year       int
	Value      float64
	Nature     ObservationNature
	Vintage    string
}

// TextShape is an imported text of a document.
type TextShape struct {
	UID      uint64
	Document uint64
	SHA256   string
	Length   int
}
