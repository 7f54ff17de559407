package masar

import "iter"

// Records are all records of a batch.
func (b *Batch) Records() iter.Seq[any] {
	return func(yield func(any) bool) {
		_ = each(b.Entities, yield) && each(b.Claims, yield) && each(b.Evidence, yield) && each(b.Observations, yield) && each(b.Texts, yield)
	}
}

// each yields the items of a list until it is told to stop, and reports whether it was not.
func each[T any](items []T, yield func(any) bool) bool {
	for _, item := range items {
		if !yield(item) {
			return false
		}
	}
	return true
}

// RecordName names a record: KIND/code for an entity, its type and key for any other.
func RecordName(record any) string {
	switch r := record.(type) {
	case Entity:
		return r.Head().Ref().String()
	case *Claim:
		return string(SortClaim) + "/" + r.Key
	case *Evidence:
		return string(SortEvidence) + "/" + r.Key
	case *Observation:
		return string(SortObservation) + "/" + r.Key
	case *SourceText:
		return string(SortText) + "/" + r.SHA256
	}
	return ""
}

// Index is a Lookup over the records of a batch.
type Index struct {
	entities map[Ref]Entity
	claims   map[string]*Claim
	evidence map[string][]*Evidence
	texts    map[string]*SourceText
}

// NewIndex indexes the records of a batch.
func NewIndex(b *Batch) *Index {
	x := &Index{
		entities: make(map[Ref]Entity, len(b.Entities)), claims: make(map[string]*Claim, len(b.Claims)),
		evidence: map[string][]*Evidence{}, texts: map[string]*SourceText{},
	}
	for record := range b.Records() {
		x.Add(record)
	}
	return x
}

// Add adds a record to the index.
func (x *Index) Add(record any) {
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
func (x *Index) Claim(key string) *Claim { return x.claims[key] }

// EvidenceFor lists the evidence for and against the claim of a key.
func (x *Index) EvidenceFor(claim string) []*Evidence { return x.evidence[claim] }

// Text finds an imported text by its SHA-256; nil if it is not imported.
func (x *Index) Text(sha256 string) *SourceText { return x.texts[sha256] }
