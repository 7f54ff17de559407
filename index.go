package masar

// Index is a Lookup over the records of a batch.
type Index struct {
	entities map[Ref]Entity
	claims   map[ClaimKey]*Claim
	evidence map[ClaimKey][]*Evidence
	texts    map[string]*SourceText
}

// NewIndex indexes the records of a batch.
func NewIndex(b *Batch) *Index {
	x := &Index{
		entities: make(map[Ref]Entity, len(b.Entities)), claims: make(map[ClaimKey]*Claim, len(b.Claims)),
		evidence: map[ClaimKey][]*Evidence{}, texts: map[string]*SourceText{},
	}
	for record := range b.Records() {
		x.Add(record)
	}
	return x
}

// Add adds a record to the index.
func (x *Index) Add(record Record) {
	switch r := record.(type) {
	case Entity:
		x.entities[r.Head().Ref()] = r
	case *Claim:
		x.claims[r.Key] = r
	case *Evidence:
		x.evidence[r.ClaimKey] = append(x.evidence[r.ClaimKey], r)
	case *SourceText:
		x.texts[r.SHA256] = r
	}
}

// Entity finds an entity; nil if there is none.
func (x *Index) Entity(r Ref) Entity { return x.entities[r] }

// Claim finds a claim by its key; nil if there is none.
func (x *Index) Claim(key ClaimKey) *Claim { return x.claims[key] }

// EvidenceFor lists the evidence for and against the claim of a key.
func (x *Index) EvidenceFor(claim ClaimKey) []*Evidence { return x.evidence[claim] }

// Text finds an imported text by its SHA-256; nil if it is not imported.
func (x *Index) Text(sha256 string) *SourceText { return x.texts[sha256] }
