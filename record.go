package masar

import (
	"encoding/base64"
	"iter"
	"net/url"
	"slices"
	"strings"
)

// RecordType is the type of a record: the kind of an entity, or one of the types below.
type RecordType string

// The record types that are not entities.
const (
	RecordClaim       RecordType = "CLAIM"
	RecordEvidence    RecordType = "EVIDENCE"
	RecordObservation RecordType = "OBSERVATION"
	RecordText        RecordType = "TEXT"
)

// Record is a record of the graph: an entity, a claim, an evidence item, an observation or a source text.
type Record interface {
	// Identity is the record's reference.
	Identity() RecordRef
	// Version increases by one with each change of the record.
	Version() int
}

// RecordRef is the reference of a record: kind and code for an entity, type and key for other records.
type RecordRef struct {
	Type RecordType
	Key  string
}

// String writes the reference as TYPE/key.
func (r RecordRef) String() string { return string(r.Type) + "/" + r.Key }

// ID is the global ID of the record, for record types that are nodes of the API.
func (r RecordRef) ID() string { return encodeID(string(r.Type), r.Key) }

// Permalink is the permanent path of the record in the service: /id/SDG_TARGET/16.6.
func (r RecordRef) Permalink() string {
	return "/id/" + url.PathEscape(string(r.Type)) + "/" + url.PathEscape(r.Key)
}

// Entity is the reference as an entity's reference. For other record types no lookup finds it.
func (r RecordRef) Entity() Ref { return Ref{Kind(r.Type), r.Key} }

// RecordSpec declares a record type. All rooms use this table.
type RecordSpec struct {
	Type RecordType
	// New returns an empty record of the type with its key and revision.
	New func(key string, revision int) Record
	// ValidKey reports whether a key is valid for the type.
	ValidKey func(key string) bool
	// Node says whether the records are nodes of the API, with a global ID.
	Node bool
}

// RecordSpecs declares the record types, in the order in which records are written.
var RecordSpecs = append(entitySpecs(),
	RecordSpec{RecordClaim, func(key string, revision int) Record {
		return &Claim{Key: ClaimKey(key), Revision: revision}
	}, isHash, true},
	RecordSpec{RecordEvidence, func(key string, revision int) Record {
		return &Evidence{Key: EvidenceKey(key), Revision: revision}
	}, isHash, true},
	RecordSpec{RecordObservation, func(key string, revision int) Record {
		return &Observation{Key: ObservationKey(key), Revision: revision}
	}, isHash, true},
	RecordSpec{RecordText, func(key string, revision int) Record {
		return &SourceText{SHA256: key, Revision: revision}
	}, isSHA256, false},
)

// entitySpecs declares a record type for each kind of entity.
func entitySpecs() []RecordSpec {
	specs := make([]RecordSpec, len(Kinds))
	for i, kind := range Kinds {
		specs[i] = RecordSpec{RecordType(kind), func(code string, revision int) Record {
			e := NewEntity(kind)
			head := e.Head()
			head.Kind, head.Code, head.Revision = kind, code, revision
			return e
		}, ValidCode, true}
	}
	return specs
}

// RecordTypes lists the record types, in the order of RecordSpecs.
var RecordTypes = func() []RecordType {
	types := make([]RecordType, len(RecordSpecs))
	for i, spec := range RecordSpecs {
		types[i] = spec.Type
	}
	return types
}()

// SpecOf returns the declaration of a record type; ok is false for an unknown type.
func SpecOf(t RecordType) (spec RecordSpec, ok bool) {
	i := slices.Index(RecordTypes, t)
	if i < 0 {
		return RecordSpec{}, false
	}
	return RecordSpecs[i], true
}

// Batch is a set of records to write together.
type Batch struct {
	Entities     []Entity
	Claims       []*Claim
	Evidence     []*Evidence
	Observations []*Observation
	Texts        []*SourceText
}

// Add adds records to the batch, each to the list of its type.
func (b *Batch) Add(records ...Record) {
	for _, r := range records {
		switch r := r.(type) {
		case Entity:
			b.Entities = append(b.Entities, r)
		case *Claim:
			b.Claims = append(b.Claims, r)
		case *Evidence:
			b.Evidence = append(b.Evidence, r)
		case *Observation:
			b.Observations = append(b.Observations, r)
		case *SourceText:
			b.Texts = append(b.Texts, r)
		}
	}
}

// Records yields the records of the batch, list by list.
func (b *Batch) Records() iter.Seq[Record] {
	return func(yield func(Record) bool) {
		_ = each(b.Entities, yield) && each(b.Claims, yield) && each(b.Evidence, yield) && each(b.Observations, yield) && each(b.Texts, yield)
	}
}

func each[R Record](records []R, yield func(Record) bool) bool {
	for _, r := range records {
		if !yield(r) {
			return false
		}
	}
	return true
}

// EntityID is the global ID of an entity.
func EntityID(r Ref) string { return r.Record().ID() }

// encodeID makes an opaque ID from a record's natural key, so that it is the same after every new import.
func encodeID(of, key string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(of + "/" + key))
}

// DecodeID parses a global ID. The error has code BAD_ID.
func DecodeID(id string) (RecordRef, error) {
	bad := NewArgumentError(CodeBadID, "id", "error.id.malformed", nil)
	if len(id) > 256 {
		return RecordRef{}, bad
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(id)
	if err != nil || strings.ContainsAny(id, "\r\n") { // which the decoder skips
		return RecordRef{}, bad
	}
	of, key, _ := strings.Cut(string(raw), "/")
	spec, ok := SpecOf(RecordType(of))
	if !ok || !spec.Node || !spec.ValidKey(key) {
		return RecordRef{}, bad
	}
	return RecordRef{spec.Type, key}, nil
}

// isHash reports whether s is a key as hash makes it.
func isHash(s string) bool {
	return len(s) == 32 && strings.Trim(s, "0123456789abcdef") == ""
}

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
