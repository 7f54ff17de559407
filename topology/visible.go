package topology

import "masar"

// Readers find accepted and deprecated claims and evidence by their IDs. Lists, counts and paths have accepted evidence
// of accepted claims only.

// Record returns the record with a type and key as readers find it; ok is false if it is not in the graph, or if it is a
// claim or evidence that readers do not see: only accepted and deprecated ones are found.
func (g *Graph) Record(ref masar.RecordRef) (Record, bool) {
	switch ref.Type {
	case masar.RecordClaim:
		at, ok := g.FindClaim(masar.ClaimKey(ref.Key))
		return found(at, ok && g.readable(at), g.ClaimRecord)
	case masar.RecordEvidence:
		at, ok := g.FindEvidence(masar.EvidenceKey(ref.Key))
		return found(at, ok && g.evidence[at].marks&(reviewAccepted|reviewDeprecated) != 0 && g.readable(g.ClaimOf(at)), g.EvidenceRecord)
	case masar.RecordObservation:
		at, ok := g.FindObservation(masar.ObservationKey(ref.Key))
		return found(at, ok, g.ObservationRecord)
	}
	at, ok := g.Find(ref.Entity())
	return found(at, ok, g.EntityRecord)
}

// Accepted reports whether a claim is accepted.
func (g *Graph) Accepted(c Claim) bool { return g.claims[c].accepted() }

// readable reports whether readers find a claim by its ID.
func (g *Graph) readable(c Claim) bool { return masar.ClaimStatuses[g.claims[c].status].Readable() }

// unlisted reports whether lists omit an evidence item: it, or its claim, is not accepted.
func (g *Graph) unlisted(e Evidence) bool {
	return g.evidence[e].marks&reviewAccepted == 0 || !g.Accepted(g.ClaimOf(e))
}

func found[T ~int32](at T, ok bool, record func(T) Record) (Record, bool) {
	if !ok {
		return Record{}, false
	}
	return record(at), true
}
