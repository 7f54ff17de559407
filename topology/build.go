package topology

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"masar"
	"masar/scoring"
)

// Build makes a Graph of a shape. Support is reckoned with the profile, as of a day.
// The error says which record refers to one that is not there, or holds a value that package masar does not name.
func Build(shape *masar.Shape, profile masar.ScoringProfile, asOf time.Time) (*Graph, error) {
	scorer, err := scoring.New(profile, asOf)
	if err != nil {
		return nil, err
	}
	g := &Graph{snapshot: shape.Snapshot, asOf: asOf, profile: profile, scorer: scorer, atTarget: scorer.ForTarget()}
	b := builder{Graph: g, entityAt: make(map[uint64]Entity, len(shape.Entities)), claimAt: make(map[uint64]Claim, len(shape.Claims))}
	for _, add := range []func(*masar.Shape){b.addEntities, b.addClaims, b.addEvidence, b.addObservations, b.addTexts} {
		if add(shape); b.err != nil {
			return nil, b.err
		}
	}
	b.weigh()
	return g, nil
}

// builder turns the store's numbers of records into places.
type builder struct {
	*Graph
	entityAt map[uint64]Entity
	claimAt  map[uint64]Claim
	// sort and name are the record at hand's, for the error; only the first error is kept.
	sort, name string
	err        error
}

func (b *builder) at(sort, name string) { b.sort, b.name = sort, name }

func (b *builder) failf(format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf("topology: %s %s "+format, append([]any{b.sort, b.name}, args...)...)
	}
}

// entity is the place of an entity that the record at hand refers to.
func (b *builder) entity(uid uint64) Entity {
	e, ok := b.entityAt[uid]
	if !ok {
		b.failf("refers to entity %#x, which is not there", uid)
		return None
	}
	return e
}

// optional is the place of an entity that the record at hand may refer to.
func (b *builder) optional(uid uint64) Entity {
	if uid == 0 {
		return None
	}
	return b.entity(uid)
}

func (b *builder) key(s string) recordKey {
	k, ok := newKey(s)
	if !ok {
		b.failf("has no key of 32 hex digits")
	}
	return k
}

// index is the place of a value of the record at hand among those that there are.
func index[T ~string](b *builder, values []T, value T) uint8 {
	i := slices.Index(values, value)
	if i < 0 {
		b.failf("holds %q, which is none of %q", value, values)
	}
	return uint8(i)
}

func (b *builder) addEntities(shape *masar.Shape) {
	shapes := slices.Clone(shape.Entities)
	slices.SortFunc(shapes, func(x, y masar.EntityShape) int { return x.Ref.Compare(y.Ref) })
	b.entities = make([]entity, len(shapes))
	b.byRef = make(map[masar.Ref]Entity, len(shapes))
	b.kinds = make(map[masar.Kind]span)
	for i, s := range shapes {
		b.entityAt[s.UID] = Entity(i)
		b.byRef[s.Ref] = Entity(i)
		kind, known := b.kinds[s.Ref.Kind]
		if !known {
			kind.from = Entity(i)
		}
		kind.to = Entity(i + 1)
		b.kinds[s.Ref.Kind] = kind
	}
	b.groups = make([][]Entity, len(shapes))
	for i, s := range shapes {
		b.at("entity", s.Ref.String())
		b.entities[i] = entity{
			ref: s.Ref, uid: s.UID, revision: int32(s.Revision), family: s.Family, earliest: masar.Date{EDTF: s.Date}.EarliestYear(),
			parent: b.optional(s.Parent), home: b.optional(s.Home), publishing: b.optional(s.Publishing),
		}
		for _, group := range s.Groups {
			b.groups[i] = append(b.groups[i], b.entity(group))
		}
		slices.Sort(b.groups[i])
		b.groups[i] = slices.Compact(b.groups[i])
	}
	if b.err != nil {
		return
	}
	naming := func(field func(*entity) Entity) adjacency[Entity] {
		return newAdjacency(len(b.entities), func(yield func(Entity, Entity)) {
			for i := range b.entities {
				if to := field(&b.entities[i]); to != None {
					yield(to, Entity(i))
				}
			}
		})
	}
	b.relations = map[Relation]adjacency[Entity]{
		Children:  naming(func(e *entity) Entity { return e.parent }),
		Bodies:    naming(func(e *entity) Entity { return e.home }),
		Published: naming(func(e *entity) Entity { return e.publishing }),
		Members: newAdjacency(len(b.entities), func(yield func(Entity, Entity)) {
			for i, groups := range b.groups {
				for _, group := range groups {
					yield(group, Entity(i))
				}
			}
		}),
	}
}

func (b *builder) addClaims(shape *masar.Shape) {
	b.claims = make([]claim, len(shape.Claims))
	for i, s := range shape.Claims {
		b.at("claim", s.Key)
		role := uint8(0)
		if s.Role != "" {
			role = 1 + index(b, masar.Roles, s.Role)
		}
		b.claims[i] = claim{
			uid: s.UID, key: b.key(s.Key), revision: int32(s.Revision), subject: b.entity(s.Subject), object: b.entity(s.Object),
			predicate: index(b, masar.Predicates, s.Predicate), role: role, basis: index(b, masar.Bases, s.Basis),
			accepted: s.Status == masar.ClaimAccepted,
		}
	}
	if b.err != nil {
		return
	}
	slices.SortFunc(b.claims, func(x, y claim) int {
		return cmp.Or(cmp.Compare(x.subject, y.subject), cmp.Compare(x.predicate, y.predicate), cmp.Compare(x.object, y.object),
			cmp.Compare(x.role, y.role))
	})
	for i := range b.claims {
		b.claimAt[b.claims[i].uid] = Claim(i)
	}
	b.bySubject = starts(len(b.entities), len(b.claims), func(i int) Entity { return b.claims[i].subject })
	b.byObject = newAdjacency(len(b.entities), func(yield func(Entity, Claim)) {
		for i := range b.claims {
			yield(b.claims[i].object, Claim(i))
		}
	})
	b.claimsByKey = sortedByKey(len(b.claims), func(c Claim) recordKey { return b.claims[c].key })
}

func (b *builder) addEvidence(shape *masar.Shape) {
	b.evidence = make([]evidence, len(shape.Evidence))
	var one [1]scoring.Item
	for i, s := range shape.Evidence {
		b.at("evidence", s.Key)
		of, ok := b.claimAt[s.Claim]
		if !ok {
			b.failf("refers to claim %#x, which is not there", s.Claim)
		}
		e := &b.evidence[i]
		*e = evidence{
			uid: s.UID, key: b.key(s.Key), revision: int32(s.Revision), claim: of, document: b.entity(s.Document), start: int32(s.Start),
			stance: index(b, masar.Stances, s.Stance), kind: index(b, masar.EvidenceKinds, s.Kind),
			directness: index(b, masar.Directnesses, s.Directness), accepted: s.Review == masar.ReviewAccepted, ocrDoubt: s.OCRDoubt,
		}
		if b.err != nil {
			return
		}
		one[0] = b.item(e)
		alone := b.scorer.Sum(one[:])
		e.alone = max(alone.Supports, alone.Refutes)
	}
	slices.SortFunc(b.evidence, func(x, y evidence) int {
		return cmp.Or(cmp.Compare(x.claim, y.claim), cmp.Compare(y.alone, x.alone), bytes.Compare(x.key[:], y.key[:]))
	})
	b.ofClaim = starts(len(b.claims), len(b.evidence), func(i int) Claim { return b.evidence[i].claim })
	inOrder := make([]Evidence, len(b.evidence))
	for i := range inOrder {
		inOrder[i] = Evidence(i)
	}
	slices.SortFunc(inOrder, func(x, y Evidence) int {
		e, f := &b.evidence[x], &b.evidence[y]
		return cmp.Or(cmp.Compare(e.start, f.start), bytes.Compare(e.key[:], f.key[:]))
	})
	b.inDocument = newAdjacency(len(b.entities), func(yield func(Entity, Evidence)) {
		for _, e := range inOrder {
			yield(b.evidence[e].document, e)
		}
	})
	b.evidenceByKey = sortedByKey(len(b.evidence), func(e Evidence) recordKey { return b.evidence[e].key })
}

func (b *builder) addObservations(shape *masar.Shape) {
	b.observations = make([]observation, len(shape.Observations))
	for i, s := range shape.Observations {
		b.at("observation", s.Key)
		b.observations[i] = observation{
			uid: s.UID, key: b.key(s.Key), revision: int32(s.Revision), of: b.entity(s.Of), source: b.entity(s.Source),
			year: int32(s.Year), indicator: s.Indicator, vintage: s.Vintage,
		}
	}
	if b.err != nil {
		return
	}
	slices.SortFunc(b.observations, func(x, y observation) int {
		return cmp.Or(cmp.Compare(x.of, y.of), masar.CompareCodes(x.indicator, y.indicator), cmp.Compare(x.year, y.year),
			masar.CompareCodes(x.vintage, y.vintage), cmp.Compare(x.source, y.source), bytes.Compare(x.key[:], y.key[:]))
	})
	b.observed = starts(len(b.entities), len(b.observations), func(i int) Entity { return b.observations[i].of })
	b.fromDocument = newAdjacency(len(b.entities), func(yield func(Entity, Observation)) {
		for i := range b.observations {
			yield(b.observations[i].source, Observation(i))
		}
	})
	b.observationsByKey = sortedByKey(len(b.observations), func(o Observation) recordKey { return b.observations[o].key })
}

func (b *builder) addTexts(shape *masar.Shape) {
	for _, s := range shape.Texts {
		b.at("text", s.SHA256)
		b.texts = append(b.texts, text{uid: s.UID, document: b.entity(s.Document), sha256: s.SHA256, length: s.Length})
	}
	slices.SortFunc(b.texts, func(x, y text) int {
		return cmp.Or(cmp.Compare(x.document, y.document), strings.Compare(x.sha256, y.sha256))
	})
}

// weigh reckons the support of every claim, and which of them are edges to follow.
func (b *builder) weigh() {
	b.degrees = make([]int32, len(b.entities))
	var room []scoring.Item
	for i := range b.claims {
		room = b.items(room[:0], Claim(i))
		support := b.scorer.Sum(room)
		c := &b.claims[i]
		c.net, c.certainty = support.Net, uint8(slices.Index(masar.Certainties, support.Certainty))
		c.linked = c.accepted && support.Status != masar.Refuted
		if c.linked {
			b.degrees[c.subject]++
			b.degrees[c.object]++
		}
	}
}

// starts gives, for items sorted by what they are of, where the items of each begin; one more at the end.
func starts[T ~int32](owners, items int, of func(i int) T) []int32 {
	from := make([]int32, owners+1)
	for i := range items {
		from[of(i)+1]++
	}
	for i := range owners {
		from[i+1] += from[i]
	}
	return from
}

func sortedByKey[T ~int32](n int, key func(T) recordKey) []T {
	sorted := make([]T, n)
	for i := range sorted {
		sorted[i] = T(i)
	}
	slices.SortFunc(sorted, func(x, y T) int {
		a, b := key(x), key(y)
		return bytes.Compare(a[:], b[:])
	})
	return sorted
}
