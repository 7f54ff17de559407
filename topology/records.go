package topology

import (
	"cmp"
	"slices"
	"strings"

	"masar"
	"masar/scoring"
)

func (b *builder) addClaims(written *masar.Outline) {
	b.moveClaims(len(written.Claims) > 0)
	added := b.readClaims(written.Claims)
	b.findClaims(added)
	if b.err != nil {
		return
	}
	b.placeClaims(added)
}

// moveClaims copies the old claims with the new indexes of their ends.
func (b *builder) moveClaims(change bool) {
	b.claims = b.old.claims
	if b.entityMoves != nil || change {
		b.claims = slices.Clone(b.claims)
	}
	if b.entityMoves == nil {
		return
	}
	for i := range b.claims {
		c := &b.claims[i]
		c.subject, c.object = b.entityMoves[c.subject], b.entityMoves[c.object]
	}
}

// readClaims reads written claims. It updates existing claims and returns the new ones, in the order of the list.
func (b *builder) readClaims(written []masar.ClaimOutline) (added []claim) {
	b.claimAt = make(map[uint64]Claim, len(written))
	for i := range written {
		c := b.claim(&written[i])
		place, known := ofKey(b.old.claimsByKey, &c.key, b.old.keyClaim)
		if !known {
			added = append(added, c)
			continue
		}
		if was := &b.claims[place]; was.uid != c.uid || was.compare(&c) != 0 {
			b.failf("is another record than before")
		}
		b.claims[place] = c
		b.claimAt[c.uid] = place // old index
	}
	slices.SortFunc(added, func(x, y claim) int { return x.compare(&y) })
	return added
}

func (b *builder) claim(s *masar.ClaimOutline) claim {
	b.at("claim", string(s.Key), masar.Ref{})
	role := uint8(0)
	if s.Role != "" {
		role = 1 + index(b, masar.Roles, s.Role)
	}
	return claim{
		uid: s.UID, key: keyOf(b, s.Key), revision: int32(s.Revision), subject: b.entity(s.Subject), object: b.entity(s.Object),
		predicate: index(b, masar.Predicates, s.Predicate), role: role, basis: index(b, masar.Bases, s.Basis),
		status: index(b, masar.ClaimStatuses, s.Status),
	}
}

// findClaims finds the old indexes before which new claims are inserted.
func (b *builder) findClaims(added []claim) {
	for i := range added {
		b.at("claim", added[i].key.String(), masar.Ref{})
		at, taken := slices.BinarySearchFunc(b.claims, &added[i], func(old claim, c *claim) int { return old.compare(c) })
		if taken || i > 0 && added[i].compare(&added[i-1]) == 0 {
			b.failf("is there twice")
		}
		b.newClaims = append(b.newClaims, int32(at))
	}
}

// placeClaims inserts new claims into the list and into every list by claim or of claims.
func (b *builder) placeClaims(added []claim) {
	b.claimMoves = movesOf[Claim](len(b.old.claims), b.newClaims)
	for uid, place := range b.claimAt {
		b.claimAt[uid] = b.claimMoves.of(place)
		b.judge = append(b.judge, b.claimAt[uid])
	}
	b.claims = splice(b.claims, b.newClaims, added)
	subjects, places := make([]Entity, len(added)), make([]Claim, len(added))
	objects := make([]member[Claim], len(added))
	for i := range added {
		place := Claim(int(b.newClaims[i]) + i)
		b.claimAt[added[i].uid] = place
		places[i], subjects[i], objects[i] = place, added[i].subject, member[Claim]{added[i].object, place}
	}
	b.judge = append(b.judge, places...)
	b.bySubject = grown(b.old.bySubject, b.newEntities, subjects)
	b.byObject = b.old.byObject.with(b.newEntities, b.claimMoves, objects, cmp.Compare[Claim])
	b.claimsByKey = spliceByKey(b.old.claimsByKey, b.claimMoves, places, b.keyClaim)
	b.nets = splice(b.old.nets, b.newClaims, make([]float64, len(added)))
	b.verdicts = splice(b.old.verdicts, b.newClaims, make([]verdict, len(added)))
	b.degrees = splice(b.old.degrees, b.newEntities, make([]int32, len(b.newEntities)))
}

func (b *builder) addObservations(written *masar.Outline) {
	b.observations = b.old.observations
	if b.entityMoves != nil || len(written.Observations) > 0 {
		b.observations = slices.Clone(b.observations)
	}
	if b.entityMoves != nil {
		for i := range b.observations {
			o := &b.observations[i]
			o.of, o.source = b.entityMoves[o.of], b.entityMoves[o.source]
		}
	}
	var added []observation
	for i := range written.Observations {
		s := &written.Observations[i]
		b.at("observation", string(s.Key), masar.Ref{})
		o := observation{
			uid: s.UID, key: keyOf(b, s.Key), revision: int32(s.Revision), of: b.entity(s.Of), source: b.entity(s.Source),
			year: int32(s.Year), planned: s.Nature == masar.Planned, value: s.Value, indicator: s.Indicator, vintage: s.Vintage,
		}
		place, known := ofKey(b.old.observationsByKey, &o.key, b.old.keyObservation)
		if !known {
			added = append(added, o)
			continue
		}
		if was := &b.observations[place]; was.uid != o.uid || was.compare(&o) != 0 {
			b.failf("is another record than before")
		}
		b.observations[place] = o
	}
	if b.err != nil {
		return
	}
	slices.SortFunc(added, func(x, y observation) int { return x.compare(&y) })
	before, places := make([]int32, len(added)), make([]Observation, len(added))
	owners, members := make([]Entity, len(added)), make([]member[Observation], len(added))
	for i := range added {
		at, _ := slices.BinarySearchFunc(b.observations, &added[i], func(old observation, o *observation) int { return old.compare(o) })
		before[i], places[i] = int32(at), Observation(at+i)
		owners[i], members[i] = added[i].of, member[Observation]{added[i].source, places[i]}
	}
	moved := movesOf[Observation](len(b.observations), before)
	b.observations = splice(b.observations, before, added)
	b.observed = grown(b.old.observed, b.newEntities, owners)
	b.fromDocument = b.old.fromDocument.with(b.newEntities, moved, members, cmp.Compare[Observation])
	b.observationsByKey = spliceByKey(b.old.observationsByKey, moved, places, b.keyObservation)
}

func (b *builder) addTexts(written *masar.Outline) {
	b.texts = b.old.texts
	if b.entityMoves == nil && len(written.Texts) == 0 {
		return
	}
	b.texts = slices.Clone(b.texts)
	for i := range b.texts {
		b.texts[i].document = b.entityMoves.of(b.texts[i].document)
	}
	for _, s := range written.Texts {
		b.at("text", s.SHA256, masar.Ref{})
		t := text{uid: s.UID, document: b.entity(s.Document), sha256: s.SHA256, length: s.Length, revision: int32(s.Revision)}
		b.texts = slices.DeleteFunc(b.texts, func(t text) bool { return t.uid == s.UID })
		if !s.Removed {
			b.texts = append(b.texts, t)
		}
	}
	slices.SortFunc(b.texts, func(x, y text) int {
		return cmp.Or(cmp.Compare(x.document, y.document), strings.Compare(x.sha256, y.sha256))
	})
}

// weigh computes the support of the claims whose support may change, and which of them are active.
func (b *builder) weigh() {
	slices.Sort(b.judge)
	b.judge = slices.Compact(b.judge)
	if len(b.judge) > 0 && len(b.newClaims) == 0 {
		b.nets, b.verdicts = slices.Clone(b.nets), slices.Clone(b.verdicts)
	}
	if len(b.judge) > 0 && len(b.newEntities) == 0 {
		b.degrees = slices.Clone(b.degrees)
	}
	same := b.links != nil && len(b.newEntities) == 0 && len(b.newClaims) == 0
	var room []scoring.Item
	for _, c := range b.judge {
		room = b.items(room[:0], c)
		support := b.scorer.Sum(b.Nature(c), room)
		at, was, net := &b.claims[c], b.linked(c), b.nets[c]
		b.nets[c], b.verdicts[c] = support.Net, newVerdict(&support, at.accepted())
		if is := b.linked(c); is != was {
			by := int32(1)
			if was {
				by = -1
			}
			b.degrees[at.subject] += by
			b.degrees[at.object] += by
			same = false
		}
		same = same && net == b.nets[c]
	}
	if !same {
		b.links = &links{}
	}
}
