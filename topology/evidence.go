package topology

import (
	"cmp"
	"slices"

	"masar"
)

// writtenEvidence is a new evidence item with its claim.
type writtenEvidence struct {
	claim Claim
	evidence
}

func (b *builder) addEvidence(written *masar.Outline) {
	b.moveEvidence()
	locate(b.claimAt, func(yield func(uint64)) {
		for i := range written.Evidence {
			yield(written.Evidence[i].Claim)
		}
	}, len(b.old.claims), func(i int) uint64 { return b.old.claims[i].uid }, b.claimMoves)
	added, changed, touched := b.readEvidence(written.Evidence)
	if b.err != nil {
		return
	}
	touched = b.touched(touched)
	b.judge = append(b.judge, touched...)
	b.mergeEvidence(touched, added, changed)
}

// moveEvidence copies the old evidence with the new indexes of its documents.
func (b *builder) moveEvidence() {
	b.evidence = b.old.evidence
	if b.entityMoves == nil {
		return
	}
	b.evidence = slices.Clone(b.evidence)
	for i := range b.evidence {
		b.evidence[i].document = b.entityMoves[b.evidence[i].document]
	}
}

// readEvidence reads written evidence. It returns new items by claim, changed items by their old index, and the
// claims of both.
func (b *builder) readEvidence(written []masar.EvidenceOutline) (added []writtenEvidence, changed map[Evidence]evidence, touched []Claim) {
	changed = map[Evidence]evidence{}
	for i := range written {
		w := b.writtenEvidence(&written[i])
		touched = append(touched, w.claim)
		place, known := ofKey(b.old.evidenceByKey, &w.key, b.old.keyEvidence)
		if !known {
			added = append(added, w)
			continue
		}
		if was := &b.evidence[place]; was.uid != w.uid || was.document != w.document || was.start != w.start || b.claimMoves.of(b.old.ClaimOf(place)) != w.claim {
			b.failf("is another record than before")
		}
		changed[place] = w.evidence
	}
	slices.SortFunc(added, func(x, y writtenEvidence) int { return cmp.Compare(x.claim, y.claim) })
	return added, changed, touched
}

func (b *builder) writtenEvidence(s *masar.EvidenceOutline) writtenEvidence {
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
	switch s.Review {
	case masar.ReviewAccepted:
		e.marks |= reviewAccepted
	case masar.ReviewDeprecated:
		e.marks |= reviewDeprecated
	}
	if s.OCRDoubt {
		e.marks |= ocrDoubt
	}
	return writtenEvidence{of, e}
}

// touched are the unique claims whose evidence may count differently: those of written evidence, those with evidence
// in changed documents, and all claims on another day.
func (b *builder) touched(written []Claim) []Claim {
	touched := written
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
	return slices.Compact(touched)
}

// mergeEvidence builds the list of evidence. It sorts the evidence of the touched claims and copies the rest.
func (b *builder) mergeEvidence(touched []Claim, added []writtenEvidence, changed map[Evidence]evidence) {
	m := evidenceMerger{builder: b, from: b.evidence, changed: changed}
	b.ofClaim = grown[Claim](b.old.ofClaim, b.newClaims, nil)
	if len(touched) > 0 {
		m.merge(touched, added)
	}
	if !m.moved {
		m.now = nil
	}
	b.inDocument = b.old.inDocument.with(b.newEntities, m.now, m.members, func(x, y Evidence) int {
		e, f := &b.evidence[x], &b.evidence[y]
		return cmp.Or(cmp.Compare(e.start, f.start), e.key.compare(&f.key))
	})
	b.evidenceByKey = spliceByKey(b.old.evidenceByKey, m.now, m.places, b.keyEvidence)
}

// evidenceMerger builds a list of evidence from an old one, claim by claim.
type evidenceMerger struct {
	*builder
	from    []evidence            // the old list
	changed map[Evidence]evidence // by old index

	now     moves[Evidence] // new indexes of the old items
	moved   bool            // whether any index has changed
	members []member[Evidence]
	places  []Evidence // indexes of the new items
	block   []ranked
}

// ranked is an evidence item to be sorted within its claim, with its old index; -1 if it is new.
type ranked struct {
	evidence
	alone float64
	was   Evidence
}

// merge sorts the evidence of the touched claims, and copies that of the claims in between.
func (m *evidenceMerger) merge(touched []Claim, added []writtenEvidence) {
	starts, owners := m.ofClaim, make([]Claim, len(added))
	for i := range added {
		owners[i] = added[i].claim
	}
	m.ofClaim = grown(starts, nil, owners)
	m.evidence = make([]evidence, 0, len(m.from)+len(added))
	m.now = make(moves[Evidence], len(m.from))
	m.members, m.places = make([]member[Evidence], 0, len(added)), make([]Evidence, 0, len(added))
	at := int32(0)
	for _, c := range touched {
		own := 0
		for own < len(added) && added[own].claim == c {
			own++
		}
		m.copy(at, starts[c])
		m.gather(c, starts[c], starts[c+1], added[:own])
		m.put()
		at, added = starts[c+1], added[own:]
	}
	m.copy(at, int32(len(m.from)))
}

// copy copies unchanged items.
func (m *evidenceMerger) copy(from, to int32) {
	shift := len(m.evidence) - int(from)
	m.evidence = append(m.evidence, m.from[from:to]...)
	for i := from; i < to; i++ {
		m.now[i] = Evidence(int(i) + shift)
	}
	m.moved = m.moved || shift != 0 && from < to
}

// gather collects the evidence of a claim, strongest first: old, changed and new items.
func (m *evidenceMerger) gather(c Claim, from, to int32, added []writtenEvidence) {
	m.block = m.block[:0]
	for i := from; i < to; i++ {
		e, written := m.changed[Evidence(i)]
		if !written {
			e = m.from[i]
		}
		m.block = append(m.block, ranked{e, m.alone(c, &e), Evidence(i)})
	}
	for i := range added {
		m.block = append(m.block, ranked{added[i].evidence, m.alone(c, &added[i].evidence), -1})
	}
	slices.SortFunc(m.block, func(x, y ranked) int { return cmp.Or(cmp.Compare(y.alone, x.alone), x.key.compare(&y.key)) })
}

// put adds the evidence of a claim to the list.
func (m *evidenceMerger) put() {
	for i := range m.block {
		r, place := &m.block[i], Evidence(len(m.evidence))
		m.evidence = append(m.evidence, r.evidence)
		if r.was < 0 {
			m.members, m.places = append(m.members, member[Evidence]{r.document, place}), append(m.places, place)
			continue
		}
		m.now[r.was] = place
		m.moved = m.moved || place != r.was
	}
}
