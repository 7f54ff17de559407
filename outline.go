package masar

import "slices"

// Outline is the graph without its texts but titles, read at one moment: the input of the topology and of support. Records
// refer to each other by UID, the database's number of a record.
type Outline struct {
	// Snapshot is the number of writes to the graph.
	Snapshot     int64
	Entities     []EntityOutline
	Claims       []ClaimOutline
	Evidence     []EvidenceOutline
	Observations []ObservationOutline
	// Texts are the imported source texts, without content.
	Texts []TextOutline
}

// With returns the outline of the snapshot of a later outline, which has only the records written since.
func (o *Outline) With(later *Outline) *Outline {
	return &Outline{
		Snapshot:     later.Snapshot,
		Entities:     replaced(o.Entities, later.Entities, func(e EntityOutline) uint64 { return e.UID }),
		Claims:       replaced(o.Claims, later.Claims, func(c ClaimOutline) uint64 { return c.UID }),
		Evidence:     replaced(o.Evidence, later.Evidence, func(e EvidenceOutline) uint64 { return e.UID }),
		Observations: replaced(o.Observations, later.Observations, func(v ObservationOutline) uint64 { return v.UID }),
		Texts:        replaced(o.Texts, later.Texts, func(t TextOutline) uint64 { return t.UID }),
	}
}

// replaced returns the records with later ones, each in place of the earlier one of its number, or at the end. The graph never
// loses a record.
func replaced[T any](records, later []T, number func(T) uint64) []T {
	if len(later) == 0 {
		return records
	}
	newest := make(map[uint64]T, len(later))
	for _, r := range later {
		newest[number(r)] = r
	}
	all := slices.Clone(records)
	for i, r := range all {
		if new, ok := newest[number(r)]; ok {
			all[i] = new
			delete(newest, number(r))
		}
	}
	for _, r := range later {
		if _, missing := newest[number(r)]; missing {
			all = append(all, r)
		}
	}
	return all
}

// EntityOutline is an entity without its texts but titles.
type EntityOutline struct {
	UID      uint64
	Ref      Ref
	Revision int
	Titles   LocalizedText
	// IRI is that of the same entity in a public vocabulary.
	IRI string
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

// ClaimOutline is a claim without its texts.
type ClaimOutline struct {
	UID             uint64
	Key             ClaimKey
	Revision        int
	Subject, Object uint64
	Predicate       Predicate
	Basis           Basis
	Status          ClaimStatus
	Role            Role
}

// EvidenceOutline is an evidence item without its texts.
type EvidenceOutline struct {
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

// ObservationOutline is an observation without its texts.
type ObservationOutline struct {
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

// TextOutline is an imported text of a document.
type TextOutline struct {
	UID      uint64
	Document uint64
	SHA256   string
	Length   int
	Revision int
	// Removed reports that the text was removed.
	Removed bool
}
