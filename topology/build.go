package topology

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"masar"
	"masar/scoring"
)

// Build makes a Graph from an Outline. It computes support with the profile as of a day.
// The error names a record that refers to a missing record or has a value unknown to package masar.
func Build(outline *masar.Outline, profile masar.ScoringProfile, asOf time.Time) (*Graph, error) {
	none := &Graph{bySubject: make([]int32, 1), ofClaim: make([]int32, 1), observed: make([]int32, 1)}
	none.groups.from, none.byObject.from = none.bySubject, none.bySubject
	none.inDocument.from, none.fromDocument.from = none.bySubject, none.bySubject
	return none.next(outline, profile, asOf)
}

// Apply makes the next snapshot from this one and the records written since, new or changed. The result equals Build
// of all records. Only what the records affect is computed again; the rest is shared. The error names a record that
// does not fit this snapshot. The caller then has to read the whole graph.
func (g *Graph) Apply(written *masar.Outline) (*Graph, error) {
	return g.next(written, g.profile, g.asOf)
}

// On makes the same snapshot for another day, which changes the age of evidence.
func (g *Graph) On(day time.Time) (*Graph, error) {
	return g.next(&masar.Outline{Snapshot: g.snapshot}, g.profile, day)
}

// next makes a snapshot from an older one and the records written since.
func (g *Graph) next(written *masar.Outline, profile masar.ScoringProfile, asOf time.Time) (*Graph, error) {
	b := builder{old: g, Graph: &Graph{
		snapshot: written.Snapshot, asOf: asOf, profile: profile, omega: g.omega, scorer: g.scorer, atTarget: g.atTarget, links: g.links,
	}}
	if g.scorer == nil || !asOf.Equal(g.asOf) {
		scorer, err := scoring.New(profile, asOf)
		if err != nil {
			return nil, err
		}
		b.scorer, b.atTarget, b.aged, b.omega = scorer, scorer.ForTarget(), true, omegas(profile.Paths.Predicates)
	}
	for _, add := range []func(*masar.Outline){b.addEntities, b.addClaims, b.addEvidence, b.addObservations, b.addTexts} {
		if add(written); b.err != nil {
			return nil, b.err
		}
	}
	b.weigh()
	return b.Graph, nil
}

// builder makes a Graph from an old one. It converts uids to indexes.
type builder struct {
	*Graph
	old  *Graph
	aged bool // whether the day differs from the old graph's

	// entityAt and claimAt are the indexes of the written records and of those that they refer to.
	entityAt map[uint64]Entity
	claimAt  map[uint64]Claim
	// newEntities and newClaims are the old indexes before which new records are inserted. The moves map old indexes to
	// new ones.
	newEntities, newClaims []int32
	entityMoves            moves[Entity]
	claimMoves             moves[Claim]
	redated                []Entity // documents with a new family or date, by old index
	judge                  []Claim  // claims whose support may change

	// sort and name identify the current record in errors. Only the first error is kept.
	sort, name string
	ref        masar.Ref
	err        error
}

func (b *builder) at(sort, name string, ref masar.Ref) { b.sort, b.name, b.ref = sort, name, ref }

func (b *builder) failf(format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf("topology: %s %s "+format, append([]any{b.sort, cmp.Or(b.name, b.ref.String())}, args...)...)
	}
}

// entity is the index of an entity that the current record refers to.
func (b *builder) entity(uid uint64) Entity {
	e, ok := b.entityAt[uid]
	if !ok {
		b.failf("refers to entity %#x, which is not there", uid)
		return None
	}
	return e
}

// optional is the index of an entity that the current record may refer to.
func (b *builder) optional(uid uint64) Entity {
	if uid == 0 {
		return None
	}
	return b.entity(uid)
}

func keyOf[K ~string](b *builder, s K) recordKey {
	k, ok := newKey(s)
	if !ok {
		b.failf("has no key of 32 hex digits")
	}
	return k
}

// index is the position of a value of the current record in the list of valid values.
func index[T ~string](b *builder, values []T, value T) uint8 {
	i := slices.Index(values, value)
	if i < 0 {
		b.failf("holds %q, which is none of %q", value, values)
	}
	return uint8(i)
}

// references yields the uids of the entities that written records refer to; 0 for none.
func references(written *masar.Outline, yield func(uid uint64)) {
	for i := range written.Entities {
		e := &written.Entities[i]
		yield(e.Parent)
		yield(e.Home)
		yield(e.Publishing)
		for _, group := range e.Groups {
			yield(group)
		}
	}
	for i := range written.Claims {
		yield(written.Claims[i].Subject)
		yield(written.Claims[i].Object)
	}
	for i := range written.Evidence {
		yield(written.Evidence[i].Document)
	}
	for i := range written.Observations {
		yield(written.Observations[i].Of)
		yield(written.Observations[i].Source)
	}
	for i := range written.Texts {
		yield(written.Texts[i].Document)
	}
}

// sieve is a filter that passes all numbers put into it, and few others. It skips most records in a search.
type sieve [1 << 10]uint64

func (s *sieve) put(uid uint64)      { s[uid>>6%uint64(len(s))] |= 1 << (uid % 64) }
func (s *sieve) has(uid uint64) bool { return s[uid>>6%uint64(len(s))]>>(uid%64)&1 == 1 }

// locate adds to at the indexes of the records that references yields, from an old list of n records.
func locate[T ~int32](at map[uint64]T, references func(yield func(uid uint64)), n int, uid func(i int) uint64, moved moves[T]) {
	if n == 0 {
		return
	}
	var likely sieve
	wanted := map[uint64]bool{}
	references(func(uid uint64) {
		if _, known := at[uid]; !known && uid != 0 {
			wanted[uid] = true
			likely.put(uid)
		}
	})
	for i := 0; i < n && len(wanted) > 0; i++ {
		if uid := uid(i); likely.has(uid) && wanted[uid] {
			at[uid] = moved.of(T(i))
			delete(wanted, uid)
		}
	}
}

// writtenEntity is a written entity with its index in the old list, or the old index before which it is inserted.
type writtenEntity struct {
	entity
	outline *masar.EntityOutline
	place   int32
	known   bool
}

func (b *builder) addEntities(written *masar.Outline) {
	all := b.readEntities(written.Entities)
	b.placeEntities(all)
	locate(b.entityAt, func(yield func(uint64)) { references(written, yield) },
		len(b.old.entities), func(i int) uint64 { return b.old.entities[i].uid }, b.entityMoves)
	b.structure(all)
}

// readEntities reads written entities without their references, in the order of the list.
func (b *builder) readEntities(written []masar.EntityOutline) []writtenEntity {
	all := make([]writtenEntity, len(written))
	read := map[string]entity{} // parsed dates, because most occur often
	for i := range all {
		s := &written[i]
		dated, known := read[s.Date]
		if !known {
			date := masar.Date{EDTF: s.Date}
			dated = entity{earliest: date.EarliestYear(), date: daysOf(date)}
			read[s.Date] = dated
		}
		b.at("entity", "", s.Ref)
		all[i] = writtenEntity{outline: s, entity: entity{
			kind: index(b, masar.Kinds, s.Ref.Kind), code: s.Ref.Code, uid: s.UID, revision: int32(s.Revision), family: s.Family,
			head: newHead(b, s), earliest: dated.earliest, date: dated.date, parent: None, home: None, publishing: None, traits: s.Traits,
		}}
	}
	slices.SortFunc(all, func(x, y writtenEntity) int { return x.compare(&y.entity) })
	return all
}

// placeEntities inserts new entities into the list and moves the references of the old ones.
func (b *builder) placeEntities(all []writtenEntity) {
	added := b.findEntities(all)
	b.entityMoves = movesOf[Entity](len(b.old.entities), b.newEntities)
	b.entities = b.old.entities
	if len(added) == 0 && len(all) > 0 {
		b.entities = slices.Clone(b.entities)
	}
	b.entities = splice(b.entities, b.newEntities, added)
	if b.entityMoves != nil {
		for i := range b.entities {
			e := &b.entities[i]
			e.parent, e.home, e.publishing = b.entityMoves.of(e.parent), b.entityMoves.of(e.home), b.entityMoves.of(e.publishing)
		}
	}
	b.entityAt = make(map[uint64]Entity, len(all))
	before := 0
	for i := range all {
		w := &all[i]
		if w.known {
			b.entityAt[w.uid] = b.entityMoves.of(Entity(w.place))
		} else {
			b.entityAt[w.uid] = Entity(int(w.place) + before)
			before++
		}
	}
}

// findEntities finds the indexes of written entities in the old list, and returns the new ones.
func (b *builder) findEntities(all []writtenEntity) (added []entity) {
	for i := range all {
		w := &all[i]
		b.at("entity", "", w.outline.Ref)
		if i > 0 && w.compare(&all[i-1].entity) == 0 {
			b.failf("is there twice")
		}
		at, known := b.old.search(&w.entity)
		if w.place, w.known = int32(at), known; known {
			if b.old.entities[at].uid != w.uid {
				b.failf("is another record than before")
			}
			continue
		}
		b.newEntities = append(b.newEntities, w.place)
		added = append(added, w.entity)
	}
	return added
}

// structure sets the structural references of the written entities, which need no claim.
func (b *builder) structure(all []writtenEntity) {
	regrouped := map[Entity][]Entity{} // new groups of the entities whose groups have changed
	changed := len(b.newEntities) > 0
	for i := range all {
		changed = b.putEntity(&all[i], regrouped) || changed
	}
	if b.err != nil {
		return
	}
	b.kinds, b.relations, b.groups = b.old.kinds, b.old.relations, b.old.groups
	if changed {
		b.regroup(regrouped)
		b.kinds = b.kindSpans()
		b.relations = b.relate()
	}
}

// putEntity stores a written entity with its references. It reports whether the references of an existing entity have
// changed.
func (b *builder) putEntity(w *writtenEntity, regrouped map[Entity][]Entity) (changed bool) {
	b.at("entity", "", w.outline.Ref)
	w.parent, w.home, w.publishing = b.optional(w.outline.Parent), b.optional(w.outline.Home), b.optional(w.outline.Publishing)
	at := b.entityAt[w.uid]
	groups := b.groupsOf(w)
	if !w.known && groups != nil {
		regrouped[at] = groups
	}
	if w.known {
		was, place := &b.old.entities[w.place], Entity(w.place)
		if was.family != w.family || was.earliest != w.earliest && !(math.IsNaN(was.earliest) && math.IsNaN(w.earliest)) {
			b.redated = append(b.redated, place)
		}
		if !slices.Equal(b.entityMoves.all(b.old.groups.of(place)), groups) {
			regrouped[at], changed = groups, true
		}
		e := &b.entities[at]
		changed = changed || e.parent != w.parent || e.home != w.home || e.publishing != w.publishing
	}
	b.entities[at] = w.entity
	return changed
}

// groupsOf are the groups of a written entity, in order.
func (b *builder) groupsOf(w *writtenEntity) []Entity {
	var in []Entity
	for _, group := range w.outline.Groups {
		in = append(in, b.entity(group))
	}
	slices.Sort(in)
	return slices.Compact(in)
}

// regroup builds the groups of all entities from the changed groups and the old ones.
func (b *builder) regroup(regrouped map[Entity][]Entity) {
	kept := b.old.groups.with(b.newEntities, b.entityMoves, nil, nil)
	if b.groups = kept; len(regrouped) == 0 {
		return
	}
	b.groups = newAdjacency(len(b.entities), func(yield func(Entity, Entity)) {
		for i := range b.entities {
			in, changed := regrouped[Entity(i)]
			if !changed {
				in = kept.of(Entity(i))
			}
			for _, group := range in {
				yield(Entity(i), group)
			}
		}
	})
}

// kindSpans are the ranges of indexes by kind.
func (b *builder) kindSpans() map[masar.Kind]span {
	spans := map[masar.Kind]span{}
	for i, kind := range masar.Kinds {
		from, _ := b.search(&entity{kind: uint8(i)})
		to, _ := b.search(&entity{kind: uint8(i + 1)})
		if from < to {
			spans[kind] = span{Entity(from), Entity(to)}
		}
	}
	return spans
}

// relate builds the reverse relations, from an entity to those that refer to it.
func (b *builder) relate() map[Relation]adjacency[Entity] {
	naming := func(field func(*entity) Entity) adjacency[Entity] {
		return newAdjacency(len(b.entities), func(yield func(Entity, Entity)) {
			for i := range b.entities {
				if to := field(&b.entities[i]); to != None {
					yield(to, Entity(i))
				}
			}
		})
	}
	return map[Relation]adjacency[Entity]{
		Children:  naming(func(e *entity) Entity { return e.parent }),
		Bodies:    naming(func(e *entity) Entity { return e.home }),
		Published: naming(func(e *entity) Entity { return e.publishing }),
		Members: newAdjacency(len(b.entities), func(yield func(Entity, Entity)) {
			for i := range b.entities {
				for _, group := range b.groups.of(Entity(i)) {
					yield(group, Entity(i))
				}
			}
		}),
	}
}
