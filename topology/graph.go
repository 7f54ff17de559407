// Package topology holds the structure of the graph in memory: its entities and claims, their order and their
// numbers. A Graph is one snapshot and never changes, so a request sees the same graph until it ends. It holds no
// texts but the titles of entities. Package loaders reads the others by the records that the graph names.
package topology

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"iter"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"masar"
	"masar/scoring"
)

// Entity, Claim, Evidence, Observation and Text are indexes into the lists of one Graph. Entities are ordered by kind
// and code, claims by subject, predicate, object and role. So the order of indexes is the order of lists in answers.
type (
	Entity      int32
	Claim       int32
	Evidence    int32
	Observation int32
	Text        int32
)

// None is no entity.
const None Entity = -1

// Record identifies a record in the database, and its revision in the snapshot.
type Record struct {
	Type     masar.RecordType
	UID      uint64
	Revision int32
}

// Graph is the structure of one snapshot.
type Graph struct {
	snapshot int64
	asOf     time.Time
	profile  masar.ScoringProfile
	omega    []float64 // the weights of the predicates in paths, by their place in masar.Predicates
	scorer   *scoring.Scorer
	atTarget *scoring.Scorer // scores claims about a goal for one of its targets

	entities          []entity // by kind and code
	kinds             map[masar.Kind]span
	groups            adjacency[Entity]              // groups of a country
	relations         map[Relation]adjacency[Entity] // reverse relations
	claims            []claim                        // by subject, predicate, object and role
	bySubject         []int32                        // of entity e as subject: claims[bySubject[e]:bySubject[e+1]]
	byObject          adjacency[Claim]
	claimsByKey       []Claim
	nets              []float64  // net support, by claim
	verdicts          []verdict  // by claim
	degrees           []int32    // number of active claims, by entity
	evidence          []evidence // of claim c: evidence[ofClaim[c]:ofClaim[c+1]], strongest first
	ofClaim           []int32
	inDocument        adjacency[Evidence] // evidence that cites a document, in the order of its text
	evidenceByKey     []Evidence
	observations      []observation // ordered by what was observed, indicator, year, vintage and source
	observed          []int32       // of entity e: observations[observed[e]:observed[e+1]]
	fromDocument      adjacency[Observation]
	observationsByKey []Observation
	texts             []text // ordered by document and hash
	links             *links
	filters           compiled
	owners            owners
}

type span struct{ from, to Entity }

type entity struct {
	code, family             string
	head                     head
	uid                      uint64
	earliest                 float64 // first possible day of its date, as a decimal year; NaN if undated
	date                     days
	revision                 int32
	parent, home, publishing Entity
	kind                     uint8         // index into masar.Kinds
	traits                   *masar.Traits // nil for most entities
}

func (e *entity) ref() masar.Ref { return masar.Ref{Kind: masar.Kinds[e.kind], Code: e.code} }

// compare orders entities by kind and code.
func (e *entity) compare(o *entity) int {
	return cmp.Or(cmp.Compare(e.kind, o.kind), masar.CompareCodes(e.code, o.code))
}

// A graph holds millions of claims and evidence items, so memory matters. Values are indexes into lists of package
// masar. What follows from a position is not stored, such as the claim of an evidence item. Values that change with
// the evidence are separate from the claims, which stay unchanged.

type claim struct {
	uid             uint64
	key             recordKey
	subject, object Entity
	revision        int32
	predicate       uint8 // index into masar.Predicates
	role            uint8 // 1 + index into masar.Roles; 0 for none
	basis           uint8 // index into masar.Bases
	status          uint8 // index into masar.ClaimStatuses
}

// accepted is the index of ACCEPTED in masar.ClaimStatuses.
var accepted = uint8(slices.Index(masar.ClaimStatuses, masar.ClaimAccepted))

func (c *claim) accepted() bool { return c.status == accepted }

// compare orders claims by their key: subject, predicate, object and role.
func (c *claim) compare(o *claim) int {
	return cmp.Or(cmp.Compare(c.subject, o.subject), cmp.Compare(c.predicate, o.predicate), cmp.Compare(c.object, o.object),
		cmp.Compare(c.role, o.role), c.key.compare(&o.key))
}

// verdict is the rating of a claim by its evidence, packed into bits: the index of its certainty in
// masar.Certainties, or of a fact's documentation in masar.Documentations; the index of its status in
// masar.SupportStatuses; and whether the claim is active.
type verdict uint8

const (
	ratings      verdict = 1<<2 - 1
	statusesFrom         = 2
	statuses     verdict = 1<<2 - 1
	linked       verdict = 1 << 7 // the claim is active: accepted and not refuted
)

// newVerdict packs the support of a claim.
func newVerdict(s *masar.Support, accepted bool) verdict {
	v := verdict(slices.Index(masar.SupportStatuses, s.Status)) << statusesFrom
	if s.Nature == masar.Fact {
		v |= verdict(slices.Index(masar.Documentations, s.Documentation))
	} else {
		v |= verdict(slices.Index(masar.Certainties, s.Certainty))
	}
	if accepted && s.Status != masar.Refuted {
		v |= linked
	}
	return v
}

type evidence struct {
	uid        uint64
	key        recordKey
	document   Entity
	start      int32
	revision   int32
	kind       uint8 // index into masar.EvidenceKinds
	directness uint8 // index into masar.Directnesses
	stance     uint8 // index into masar.Stances
	marks      marks
}

// marks are flags of an evidence item.
type marks uint8

const (
	reviewAccepted marks = 1 << iota
	ocrDoubt
	reviewDeprecated
)

type observation struct {
	uid        uint64
	key        recordKey
	of, source Entity
	revision   int32
	year       int32
	planned    bool
	value      float64
	indicator  string
	vintage    string
}

// compare orders observations by entity, indicator, year, vintage and source.
func (o *observation) compare(p *observation) int {
	return cmp.Or(cmp.Compare(o.of, p.of), masar.CompareCodes(o.indicator, p.indicator), cmp.Compare(o.year, p.year),
		masar.CompareCodes(o.vintage, p.vintage), cmp.Compare(o.source, p.source), o.key.compare(&p.key))
}

type text struct {
	uid      uint64
	document Entity
	sha256   string
	length   int
	revision int32
}

// recordKey is the key of a claim, evidence item or observation, as bytes instead of hex.
type recordKey [16]byte

// newKey parses a key such as those of masar.Claim.NewKey.
func newKey[K ~string](s K) (k recordKey, ok bool) {
	if len(s) != hex.EncodedLen(len(k)) {
		return k, false
	}
	_, err := hex.Decode(k[:], []byte(s))
	return k, err == nil
}

func (k recordKey) String() string { return hex.EncodeToString(k[:]) }

func (k *recordKey) compare(o *recordKey) int { return bytes.Compare(k[:], o[:]) }

// beginning is the first bytes of a key as a number. It orders keys as compare does, except for ties.
func (k *recordKey) beginning() uint64 { return binary.BigEndian.Uint64(k[:]) }

// adjacency holds a list of indexes for each entity: those of e are to[from[e]:from[e+1]].
type adjacency[T ~int32] struct {
	from []int32
	to   []T
}

func (a adjacency[T]) of(e Entity) []T { return a.to[a.from[e]:a.from[e+1]] }

// newAdjacency builds an adjacency from the pairs that each yields. It keeps their order for each entity.
func newAdjacency[T ~int32](entities int, each func(yield func(Entity, T))) adjacency[T] {
	a := adjacency[T]{from: make([]int32, entities+1)}
	each(func(e Entity, _ T) { a.from[e+1]++ })
	for i := range entities {
		a.from[i+1] += a.from[i]
	}
	a.to = make([]T, a.from[entities])
	next := slices.Clone(a.from)
	each(func(e Entity, to T) {
		a.to[next[e]] = to
		next[e]++
	})
	return a
}

// Relation is a structural relation between entities, which needs no claim. The names are those of the schema.
type Relation string

// The structural relations.
const (
	Parent    Relation = "PARENT"
	Home      Relation = "HOME"
	Publisher Relation = "PUBLISHER"
	Groups    Relation = "GROUPS"
	Children  Relation = "CHILDREN"
	Members   Relation = "MEMBERS"
	Bodies    Relation = "NATIONAL_ORGANIZATIONS"
	Published Relation = "PUBLISHED"
)

// Structural are the entities related to an entity, by code.
func (g *Graph) Structural(e Entity, r Relation) []Entity {
	at := &g.entities[e]
	switch r {
	case Parent:
		return some(at.parent)
	case Home:
		return some(at.home)
	case Publisher:
		return some(at.publishing)
	case Groups:
		return slices.Clone(g.groups.of(e))
	}
	return slices.Clone(g.relations[r].of(e))
}

func some(e Entity) []Entity {
	if e == None {
		return nil
	}
	return []Entity{e}
}

// Snapshot is the number of the snapshot, as text.
func (g *Graph) Snapshot() string { return strconv.FormatInt(g.snapshot, 10) }

// Sequence is the number of the snapshot.
func (g *Graph) Sequence() int64 { return g.snapshot }

// AsOf is the as-of date of the graph.
func (g *Graph) AsOf() time.Time { return g.asOf }

// Find returns the entity with a reference. Its code may be in any case, and in Arabic digits.
func (g *Graph) Find(r masar.Ref) (Entity, bool) {
	kind := slices.Index(masar.Kinds, r.Kind)
	if kind < 0 {
		return None, false
	}
	if at, found := g.search(&entity{kind: uint8(kind), code: r.Code}); found { // as are all references of records
		return Entity(at), true
	}
	plain := masar.PlainCode(r.Code)
	for _, code := range []string{plain, strings.ToUpper(plain), strings.ToLower(plain)} {
		if at, found := g.search(&entity{kind: uint8(kind), code: code}); found {
			return Entity(at), true
		}
	}
	return None, false
}

// FindNamed returns the entity with a reference given as an argument. The error has code BAD_INPUT.
func (g *Graph) FindNamed(argument string, ref masar.Ref) (Entity, error) {
	return g.FindCode(argument, ref.Code, ref.Kind)
}

// search finds the index of an entity, or the index at which it would be inserted.
func (g *Graph) search(e *entity) (at int, found bool) {
	at = sort.Search(len(g.entities), func(i int) bool { return g.entities[i].compare(e) >= 0 })
	return at, at < len(g.entities) && g.entities[at].compare(e) == 0
}

// Ref is an entity's reference.
func (g *Graph) Ref(e Entity) masar.Ref { return g.entities[e].ref() }

func (g *Graph) kindOf(e Entity) masar.Kind { return masar.Kinds[g.entities[e].kind] }

// FindClaim returns the claim with a key.
func (g *Graph) FindClaim(key masar.ClaimKey) (Claim, bool) {
	return byKey(g.claimsByKey, key, g.keyClaim)
}

// FindEvidence returns the evidence item with a key.
func (g *Graph) FindEvidence(key masar.EvidenceKey) (Evidence, bool) {
	return byKey(g.evidenceByKey, key, g.keyEvidence)
}

// FindObservation returns the observation with a key.
func (g *Graph) FindObservation(key masar.ObservationKey) (Observation, bool) {
	return byKey(g.observationsByKey, key, g.keyObservation)
}

// byKey finds the index of a key in a list sorted by key.
func byKey[T ~int32, K ~string](sorted []T, key K, keyOf func(T) *recordKey) (T, bool) {
	k, ok := newKey(key)
	if !ok {
		return 0, false
	}
	return ofKey(sorted, &k, keyOf)
}

func ofKey[T ~int32](sorted []T, key *recordKey, keyOf func(T) *recordKey) (T, bool) {
	i, found := slices.BinarySearchFunc(sorted, key, func(t T, key *recordKey) int { return keyOf(t).compare(key) })
	if !found {
		return 0, false
	}
	return sorted[i], true
}

func (g *Graph) keyClaim(c Claim) *recordKey             { return &g.claims[c].key }
func (g *Graph) keyEvidence(e Evidence) *recordKey       { return &g.evidence[e].key }
func (g *Graph) keyObservation(o Observation) *recordKey { return &g.observations[o].key }

// Key is the key of a claim.
func (g *Graph) Key(c Claim) masar.ClaimKey { return masar.ClaimKey(g.claims[c].key.String()) }

// Subject is the subject of a claim.
func (g *Graph) Subject(c Claim) Entity { return g.claims[c].subject }

// Object is the object of a claim.
func (g *Graph) Object(c Claim) Entity { return g.claims[c].object }

// ClaimOf is the claim that an evidence item supports or refutes.
func (g *Graph) ClaimOf(e Evidence) Claim {
	return Claim(sort.Search(len(g.claims), func(c int) bool { return g.ofClaim[c+1] > int32(e) }))
}

// DocumentOf is the document that an evidence item cites.
func (g *Graph) DocumentOf(e Evidence) Entity { return g.evidence[e].document }

// Observed is the entity that an observation is about.
func (g *Graph) Observed(o Observation) Entity { return g.observations[o].of }

// Source is the document of an observation.
func (g *Graph) Source(o Observation) Entity { return g.observations[o].source }

// TextsOf are the imported texts of a document.
func (g *Graph) TextsOf(document Entity) []Text {
	var texts []Text
	for i := range g.texts {
		if g.texts[i].document == document {
			texts = append(texts, Text(i))
		}
	}
	return texts
}

// SHA256 is the hash of an imported text, in hex.
func (g *Graph) SHA256(t Text) string { return g.texts[t].sha256 }

// Version is the document version of an imported text.
func (g *Graph) Version(t Text) masar.DocumentVersion {
	return masar.DocumentVersion{SHA256: g.texts[t].sha256, Length: g.texts[t].length}
}

// TextRecord is the record of an imported text.
func (g *Graph) TextRecord(t Text) Record {
	return Record{masar.RecordText, g.texts[t].uid, g.texts[t].revision}
}

// EntityRecord is the record of an entity.
func (g *Graph) EntityRecord(e Entity) Record {
	at := &g.entities[e]
	return Record{masar.RecordType(masar.Kinds[at.kind]), at.uid, at.revision}
}

// ClaimRecord is the record of a claim.
func (g *Graph) ClaimRecord(c Claim) Record {
	return Record{masar.RecordClaim, g.claims[c].uid, g.claims[c].revision}
}

// EvidenceRecord is the record of an evidence item.
func (g *Graph) EvidenceRecord(e Evidence) Record {
	return Record{masar.RecordEvidence, g.evidence[e].uid, g.evidence[e].revision}
}

// ObservationRecord is the record of an observation.
func (g *Graph) ObservationRecord(o Observation) Record {
	return Record{masar.RecordObservation, g.observations[o].uid, g.observations[o].revision}
}

// Counts are the numbers of entities by kind, and of claims, evidence and observations.
func (g *Graph) Counts() map[masar.RecordType]int {
	counts := map[masar.RecordType]int{
		masar.RecordClaim: len(g.claims), masar.RecordEvidence: len(g.evidence), masar.RecordObservation: len(g.observations),
	}
	for kind, s := range g.kinds {
		counts[masar.RecordType(kind)] = int(s.to - s.from)
	}
	return counts
}

// linked reports whether a claim is active: accepted and not refuted.
func (g *Graph) linked(c Claim) bool { return g.verdicts[c]&linked != 0 }

// certainty is the certainty of a claim; empty for a fact.
func (g *Graph) certainty(c Claim) masar.Certainty {
	if g.Nature(c) == masar.Fact {
		return ""
	}
	return masar.Certainties[g.rating(c)]
}

// documentation is the documentation of a claim; empty for an effect.
func (g *Graph) documentation(c Claim) masar.Documentation {
	if g.Nature(c) != masar.Fact {
		return ""
	}
	return masar.Documentations[g.rating(c)]
}

// rating is the index of a claim's certainty or documentation.
func (g *Graph) rating(c Claim) uint8 { return uint8(g.verdicts[c] & ratings) }

// Status is the status of a claim's support.
func (g *Graph) Status(c Claim) masar.SupportStatus {
	return masar.SupportStatuses[g.verdicts[c]>>statusesFrom&statuses]
}

// accepted yields the accepted evidence of a claim.
func (g *Graph) accepted(c Claim) iter.Seq[*evidence] {
	return func(yield func(*evidence) bool) {
		of := g.evidence[g.ofClaim[c]:g.ofClaim[c+1]]
		for i := range of {
			if of[i].marks&reviewAccepted != 0 && !yield(&of[i]) {
				return
			}
		}
	}
}

// Role is the role that qualifies a claim; empty for none.
func (g *Graph) Role(c Claim) masar.Role {
	if role := g.claims[c].role; role > 0 {
		return masar.Roles[role-1]
	}
	return ""
}

// HasText reports whether the text with a hash is imported.
func (g *Graph) HasText(sha256 string) bool {
	_, imported := g.FindText(sha256)
	return imported
}

// FindText returns the imported text with a hash.
func (g *Graph) FindText(sha256 string) (Text, bool) {
	at := slices.IndexFunc(g.texts, func(t text) bool { return t.sha256 == sha256 })
	return Text(at), at >= 0
}
