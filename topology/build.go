package topology

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"masar"
	"masar/scoring"
)

// Build makes a Graph of a shape. Support is reckoned with the profile, as of a day.
// The error says which record refers to one that is not there.
func Build(shape *masar.Shape, profile masar.ScoringProfile, asOf time.Time) (*Graph, error) {
	scorer, err := scoring.New(profile, asOf)
	if err != nil {
		return nil, err
	}
	g := &Graph{snapshot: shape.Snapshot, asOf: asOf, profile: profile, scorer: scorer, atTarget: scorer.ForTarget()}
	b := builder{Graph: g, places: make(map[uint64]int32, len(shape.Entities)+len(shape.Claims))}
	b.addEntities(shape.Entities)
	b.addClaims(shape.Claims)
	b.addEvidence(shape.Evidence)
	b.addObservations(shape.Observations)
	b.addTexts(shape.Texts)
	if b.err != nil {
		return nil, b.err
	}
	b.weigh()
	return g, nil
}

// builder turns the store's numbers of records into places.
type builder struct {
	*Graph
	places map[uint64]int32
	err    error
}

// entity is the place of a record that another refers to.
func (b *builder) entity(uid uint64, what string) Entity {
	if uid == 0 {
		return None
	}
	at, ok := b.places[uid]
	if !ok {
		b.fail(uid, what)
		return None
	}
	return Entity(at)
}

func (b *builder) fail(uid uint64, what string) {
	if b.err == nil {
		b.err = fmt.Errorf("topology: %s refers to record %#x, which is not there", what, uid)
	}
}

func (b *builder) addEntities(shapes []masar.EntityShape) {
	shapes = slices.Clone(shapes)
	slices.SortFunc(shapes, func(a, c masar.EntityShape) int { return a.Ref.Compare(c.Ref) })
	b.entities = make([]entity, len(shapes))
	b.byRef = make(map[masar.Ref]Entity, len(shapes))
	b.kinds = make(map[masar.Kind]span)
	for i, s := range shapes {
		b.places[s.UID] = int32(i)
		b.byRef[s.Ref] = Entity(i)
		kind := b.kinds[s.Ref.Kind]
		if kind.to == 0 {
			kind.from = int32(i)
		}
		kind.to = int32(i + 1)
		b.kinds[s.Ref.Kind] = kind
	}
	for i, s := range shapes {
		what := s.Ref.String()
		b.entities[i] = entity{
			ref: s.Ref, uid: s.UID, revision: int32(s.Revision), family: s.Family, earliest: masar.Date{EDTF: s.Date}.EarliestYear(),
			parent: b.entity(s.Parent, what), home: b.entity(s.Home, what), publishing: b.entity(s.Publishing, what),
		}
	}
	b.groups = make([][]Entity, len(shapes))
	for i, s := range shapes {
		for _, group := range s.Groups {
			if at := b.entity(group, s.Ref.String()); at != None {
				b.groups[i] = append(b.groups[i], at)
			}
		}
		slices.Sort(b.groups[i])
	}
	naming := func(field func(*entity) Entity) func(func(Entity, int32)) {
		return func(yield func(Entity, int32)) {
			for i := range b.entities {
				if to := field(&b.entities[i]); to != None {
					yield(to, int32(i))
				}
			}
		}
	}
	n := len(b.entities)
	b.relations = map[Relation]adjacency{
		Children:  newAdjacency(n, naming(func(e *entity) Entity { return e.parent })),
		Bodies:    newAdjacency(n, naming(func(e *entity) Entity { return e.home })),
		Published: newAdjacency(n, naming(func(e *entity) Entity { return e.publishing })),
		Members: newAdjacency(n, func(yield func(Entity, int32)) {
			for i, groups := range b.groups {
				for _, group := range groups {
					yield(group, int32(i))
				}
			}
		}),
	}
}

func (b *builder) addClaims(shapes []masar.ClaimShape) {
	b.claims = make([]claim, len(shapes))
	for i, s := range shapes {
		what := "claim " + s.Key
		b.claims[i] = claim{
			uid: s.UID, key: newKey(s.Key), revision: int32(s.Revision),
			subject: b.entity(s.Subject, what), object: b.entity(s.Object, what),
			predicate: uint8(slices.Index(masar.Predicates, s.Predicate)), role: uint8(1 + slices.Index(masar.Roles, s.Role)),
			basis: uint8(slices.Index(masar.Bases, s.Basis)), status: s.Status,
		}
		if b.claims[i].subject == None || b.claims[i].object == None {
			b.fail(0, what)
			return
		}
	}
	slices.SortFunc(b.claims, func(x, y claim) int {
		return cmp.Or(cmp.Compare(x.subject, y.subject), cmp.Compare(x.predicate, y.predicate), cmp.Compare(x.object, y.object),
			cmp.Compare(x.role, y.role))
	})
	for i := range b.claims {
		b.places[b.claims[i].uid] = int32(i)
	}
	n := len(b.entities)
	b.bySubject = starts(n, len(b.claims), func(i int) Entity { return b.claims[i].subject })
	b.byObject = newAdjacency(n, func(yield func(Entity, int32)) {
		for i := range b.claims {
			yield(b.claims[i].object, int32(i))
		}
	})
	b.claimsByKey = sortedByKey[Claim](len(b.claims), func(c Claim) recordKey { return b.claims[c].key })
}

// orByKey breaks a tie by key, in the order in which cursors compare keys.
func orByKey(c int, a, b recordKey) int {
	if c != 0 {
		return c
	}
	return masar.CompareCodes(a.String(), b.String())
}

// starts gives, for items sorted by entity, where each entity's items begin; one more at the end.
func starts(entities, items int, of func(i int) Entity) []int32 {
	from := make([]int32, entities+1)
	for i := range items {
		from[of(i)+1]++
	}
	for i := range entities {
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
		return strings.Compare(string(a[:]), string(b[:]))
	})
	return sorted
}

func (b *builder) addEvidence(shapes []masar.EvidenceShape) {
	b.evidence = make([]evidence, len(shapes))
	for i, s := range shapes {
		what := "evidence " + s.Key
		claimAt, ok := b.places[s.Claim]
		if !ok {
			b.fail(s.Claim, what)
			return
		}
		b.evidence[i] = evidence{
			uid: s.UID, key: newKey(s.Key), revision: int32(s.Revision), claim: Claim(claimAt), document: b.entity(s.Document, what),
			start: int32(s.Start), stance: s.Stance, kind: s.Kind, directness: s.Directness, review: s.Review, ocrDoubt: s.OCRDoubt,
		}
		e := &b.evidence[i]
		if e.document == None {
			b.fail(s.Document, what)
			return
		}
		if terms := b.scorer.Support([]scoring.Item{b.item(e)}).Terms; len(terms) > 0 {
			e.strength = float32(terms[0].Strength)
		}
	}
	slices.SortFunc(b.evidence, func(x, y evidence) int {
		return orByKey(cmp.Or(cmp.Compare(x.claim, y.claim), cmp.Compare(y.strength, x.strength)), x.key, y.key)
	})
	b.ofClaim = starts(len(b.claims), len(b.evidence), func(i int) Entity { return Entity(b.evidence[i].claim) })
	inOrder := make([]int32, len(b.evidence))
	for i := range inOrder {
		inOrder[i] = int32(i)
	}
	slices.SortFunc(inOrder, func(x, y int32) int {
		a, c := &b.evidence[x], &b.evidence[y]
		return orByKey(cmp.Compare(a.start, c.start), a.key, c.key)
	})
	b.inDocument = newAdjacency(len(b.entities), func(yield func(Entity, int32)) {
		for _, i := range inOrder {
			yield(b.evidence[i].document, i)
		}
	})
	b.evidenceKeys = sortedByKey[Evidence](len(b.evidence), func(e Evidence) recordKey { return b.evidence[e].key })
}

func (b *builder) addObservations(shapes []masar.ObservationShape) {
	b.observations = make([]observation, len(shapes))
	for i, s := range shapes {
		what := "observation " + s.Key
		b.observations[i] = observation{
			uid: s.UID, key: newKey(s.Key), revision: int32(s.Revision), of: b.entity(s.Of, what), source: b.entity(s.Source, what),
			year: int32(s.Year), indicator: s.Indicator, vintage: s.Vintage,
		}
		if b.observations[i].of == None || b.observations[i].source == None {
			b.fail(0, what)
			return
		}
	}
	slices.SortFunc(b.observations, func(x, y observation) int {
		return orByKey(cmp.Or(cmp.Compare(x.of, y.of), masar.CompareCodes(x.indicator, y.indicator), cmp.Compare(x.year, y.year),
			masar.CompareCodes(x.vintage, y.vintage), cmp.Compare(x.source, y.source)), x.key, y.key)
	})
	n := len(b.entities)
	b.observed = starts(n, len(b.observations), func(i int) Entity { return b.observations[i].of })
	b.fromDocument = newAdjacency(n, func(yield func(Entity, int32)) {
		for i := range b.observations {
			yield(b.observations[i].source, int32(i))
		}
	})
	b.observedKeys = sortedByKey[Observation](len(b.observations), func(o Observation) recordKey { return b.observations[o].key })
}

func (b *builder) addTexts(shapes []masar.TextShape) {
	for _, s := range shapes {
		b.texts = append(b.texts, text{uid: s.UID, document: b.entity(s.Document, "text "+s.SHA256), sha256: s.SHA256, length: s.Length})
	}
}

// weigh reckons the support of every claim, and which of them are edges to follow.
func (b *builder) weigh() {
	for c := range b.claims {
		support := b.scorer.Sum(b.items(Claim(c)))
		at := &b.claims[c]
		at.net, at.certainty = support.Net, support.Certainty
		at.linked = at.status == masar.ClaimAccepted && support.Status != masar.Refuted
	}
}
