package masar

// Shape is the graph without its words, read at one moment: what structure, order and support are computed from.
// Records refer to each other by UID, the store's own number of a record.
type Shape struct {
	// Snapshot counts the writes that the graph has seen.
	Snapshot     int64
	Entities     []EntityShape
	Claims       []ClaimShape
	Evidence     []EvidenceShape
	Observations []ObservationShape
	// Texts are the source texts that have been imported.
	Texts []TextShape
}

// EntityShape is the shape of an entity.
type EntityShape struct {
	UID      uint64
	Ref      Ref
	Revision int
	// Parent, Home and Publishing are the entities of these fields; 0 for none.
	Parent, Home, Publishing uint64
	Groups                   []uint64
	// Family and Date are a document's.
	Family string
	Date   string
	// Traits are what advice is computed from; nil if the entity has none.
	Traits *Traits
	// Terms are the search terms that are stored with the entity, packed; empty where it was stored without.
	Terms string
}

// Traits are what advice on a country is computed from, besides links: values of an entity that are no words.
type Traits struct {
	// IncomeGroup, LeastDeveloped and OfficialLanguages are a country's.
	IncomeGroup       IncomeGroup
	LeastDeveloped    bool
	OfficialLanguages []string
	// BandLow and BandHigh bound the maturity band of a recommendation; both are 0 if it has none.
	BandLow, BandHigh float64
	// HeadingOnly says that of a recommendation only the heading is known.
	HeadingOnly bool
	// ProxyIndicators are a challenge's, without their words.
	ProxyIndicators []ProxyIndicator
}

// IsZero reports whether there are no traits.
func (t *Traits) IsZero() bool {
	return t.IncomeGroup == "" && !t.LeastDeveloped && len(t.OfficialLanguages) == 0 && t.BandHigh == 0 && !t.HeadingOnly && len(t.ProxyIndicators) == 0
}

// ClaimShape is the shape of a claim.
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

// EvidenceShape is the shape of an evidence item.
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

// ObservationShape is the shape of an observation.
type ObservationShape struct {
	UID        uint64
	Key        ObservationKey
	Revision   int
	Of, Source uint64
	Indicator  string
	Year       int
	Value      float64
	Nature     Nature
	Vintage    string
}

// TextShape is an imported text of a document.
type TextShape struct {
	UID      uint64
	Document uint64
	SHA256   string
	Length   int
}
