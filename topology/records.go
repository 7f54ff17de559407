package topology

import (
	"cmp"
	"slices"
	"strings"

	"masar"
	"masar/scoring"
)

func (b *builder) addClaims(written *masar.Shape) {
	b.claims = b.old.claims
	if b.entityMoves != nil || len(written.Claims) > 0 {
		b.claims = slices.Clone(b.claims)
	}
	if b.entityMoves != nil {
		for i := range b.claims {
			c := &b.claims[i]
			c.subject, c.object = b.entityMoves[c.subject], b.entityMoves[c.object]
		}
	}
	b.claimAt = make(map[uint64]Claim, len(written.Claims))
	var added []claim
	for i := range written.Claims {
		s := &written.Claims[i]
		b.at("claim", string(s.Key), masar.Ref{})
		role := uint8(0)
		if s.Role != "" {
			role = 1 + index(b, masar.Roles, s.Role)
		}
		c := claim{
			uid: s.UID, key: keyOf(b, s.Key), revision: int32(s.Revision), subject: b.entity(s.Subject), object: b.entity(s.Object),
			predicate: index(b, masar.Predicates, s.Predicate), role: role, basis: index(b, masar.Bases, s.Basis),
			status: index(b, masar.ClaimStatuses, s.Status),
		}
		place, known := ofKey(b.old.claimsByKey, &c.key, b.old.keyClaim)
		if !known {
			added = append(added, c)
			continue
		}
		if was := &b.claims[place]; was.uid != c.uid || was.compare(&c) != 0 {
			b.failf("is another record than before")
		}
		b.claims[place] = c
		b.claimAt[c.uid] = place // where it was
	}
	slices.SortFunc(added, func(x, y claim) int { return x.compare(&y) })
	for i := range added {
		b.at("claim", added[i].key.String(), masar.Ref{})
		at, taken := slices.BinarySearchFunc(b.claims, &added[i], func(c claim, new *claim) int { return c.compare(new) })
		if taken || i > 0 && added[i].compare(&added[i-1]) == 0 {
			b.failf("is there twice")
		}
		b.newClaims = append(b.newClaims, int32(at))
	}
	if b.err != nil {
		return
	}
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

// writtenEvidence is a new piece of evidence, with its claim.
type writtenEvidence struct {
	claim Claim
	evidence
}

func (b *builder) addEvidence(written *masar.Shape) {
	b.evidence = b.old.evidence
	if b.entityMoves != nil {
		b.evidence = slices.Clone(b.evidence)
		for i := range b.evidence {
			b.evidence[i].document = b.entityMoves[b.evidence[i].document]
		}
	}
	locate(b.claimAt, func(yield func(uint64)) {
		for i := range written.Evidence {
			yield(written.Evidence[i].Claim)
		}
	}, len(b.old.claims), func(i int) uint64 { return b.old.claims[i].uid }, b.claimMoves)
	var added []writtenEvidence
	changed := map[Evidence]evidence{} // by the place in the old list
	var touched []Claim
	for i := range written.Evidence {
		s := &written.Evidence[i]
		b.at("evidence", string(s.Key), masar.Ref{})
		of, ok := b.claimAt[s.Claim]
		if !ok {
			b.failf("refers to claim %#x, which is not there", s.Claim)
		}
		e := evidence{
			uid: s.UID, key: keyOf(b, s.Key), revision: int32(s.Revision), document: b.entity(s.Document), start: int32(s.Start),
			stance: index(b, masar.Stances, s.Stance), kind: index(b, masar.EvidenceKinds, s.Kind),
			directness: index(b, masar.Directnesses, s.Directness),
		}
		if s.Review == masar.ReviewAccepted {
			e.marks |= reviewAccepted
		}
		if s.OCRDoubt {
			e.marks |= ocrDoubt
		}
		touched = append(touched, of)
		place, known := ofKey(b.old.evidenceByKey, &e.key, b.old.keyEvidence)
		if !known {
			added = append(added, writtenEvidence{of, e})
			continue
		}
		if was := &b.evidence[place]; was.uid != e.uid || was.document != e.document || was.start != e.start || b.claimMoves.of(b.old.ClaimOf(place)) != of {
			b.failf("is another record than before")
		}
		changed[place] = e
	}
	if b.err != nil {
		return
	}
	for _, document := range b.redated {
		for _, e := range b.old.inDocument.of(document) {
			touched = append(touched, b.claimMoves.of(b.old.ClaimOf(e)))
		}
	}
	if b.aged {
		touched = touched[:0]
		for c := range b.claims {
			touched = append(touched, Claim(c))
		}
	}
	slices.Sort(touched)
	touched = slices.Compact(touched)
	b.judge = append(b.judge, touched...)
	slices.SortFunc(added, func(x, y writtenEvidence) int { return cmp.Compare(x.claim, y.claim) })
	b.mergeEvidence(touched, added, changed)
}

// ranked is a piece of evidence on its way into the order of its claim's, with its place in the old list; -1 for a new one.
type ranked struct {
	evidence
	alone float64
	was   Evidence
}

// mergeEvidence makes the list of evidence: what stands at the touched claims is put in order anew, the rest is copied.
func (b *builder) mergeEvidence(touched []Claim, added []writtenEvidence, changed map[Evidence]evidence) {
	b.ofClaim = grown[Claim](b.old.ofClaim, b.newClaims, nil)
	old, starts := b.evidence, b.ofClaim
	owners, members, places := make([]Claim, len(added)), make([]member[Evidence], 0, len(added)), make([]Evidence, 0, len(added))
	for i := range added {
		owners[i] = added[i].claim
	}
	var now moves[Evidence]
	if len(touched) > 0 {
		b.evidence = make([]evidence, 0, len(old)+len(added))
		now = make(moves[Evidence], len(old))
		b.ofClaim = grown(b.ofClaim, nil, owners)
	}
	moved := false
	run := func(from, to int32) { // copies what stays as it is
		shift := len(b.evidence) - int(from)
		b.evidence = append(b.evidence, old[from:to]...)
		for i := from; i < to; i++ {
			now[i] = Evidence(int(i) + shift)
		}
		moved = moved || shift != 0 && from < to
	}
	var block []ranked
	from := int32(0)
	for _, c := range touched {
		run(from, starts[c])
		block = block[:0]
		for i := starts[c]; i < starts[c+1]; i++ {
			e, written := changed[Evidence(i)]
			if !written {
				e = old[i]
			}
			block = append(block, ranked{e, b.alone(&e), Evidence(i)})
		}
		for len(added) > 0 && added[0].claim == c {
			block = append(block, ranked{added[0].evidence, b.alone(&added[0].evidence), -1})
			added = added[1:]
		}
		slices.SortFunc(block, func(x, y ranked) int { return cmp.Or(cmp.Compare(y.alone, x.alone), x.key.compare(&y.key)) })
		for i := range block {
			place := Evidence(len(b.evidence))
			b.evidence = append(b.evidence, block[i].evidence)
			if block[i].was < 0 {
				members, places = append(members, member[Evidence]{block[i].document, place}), append(places, place)
				continue
			}
			now[block[i].was] = place
			moved = moved || place != block[i].was
		}
		from = starts[c+1]
	}
	if len(touched) > 0 {
		run(from, int32(len(old)))
	}
	if !moved {
		now = nil
	}
	b.inDocument = b.old.inDocument.with(b.newEntities, now, members, func(x, y Evidence) int {
		e, f := &b.evidence[x], &b.evidence[y]
		return cmp.Or(cmp.Compare(e.start, f.start), e.key.compare(&f.key))
	})
	b.evidenceByKey = spliceByKey(b.old.evidenceByKey, now, places, b.keyEvidence)
}

func (b *builder) addObservations(written *masar.Shape) {
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
		at, _ := slices.BinarySearchFunc(b.observations, &added[i], func(o observation, new *observation) int { return o.compare(new) })
		before[i], places[i] = int32(at), Observation(at+i)
		owners[i], members[i] = added[i].of, member[Observation]{added[i].source, places[i]}
	}
	moved := movesOf[Observation](len(b.observations), before)
	b.observations = splice(b.observations, before, added)
	b.observed = grown(b.old.observed, b.newEntities, owners)
	b.fromDocument = b.old.fromDocument.with(b.newEntities, moved, members, cmp.Compare[Observation])
	b.observationsByKey = spliceByKey(b.old.observationsByKey, moved, places, b.keyObservation)
}

func (b *builder) addTexts(written *masar.Shape) {
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
		t := text{uid: s.UID, document: b.entity(s.Document), sha256: s.SHA256, length: s.Length}
		if i := slices.IndexFunc(b.texts, func(t text) bool { return t.uid == s.UID }); i >= 0 {
			b.texts[i] = t
		} else {
			b.texts = append(b.texts, t)
		}
	}
	slices.SortFunc(b.texts, func(x, y text) int {
		return cmp.Or(cmp.Compare(x.document, y.document), strings.Compare(x.sha256, y.sha256))
	})
}

// weigh reckons the support of the claims whose support may be another, and which of them are edges to follow.
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
		support := b.scorer.Sum(room)
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
