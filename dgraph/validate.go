package dgraph

import (
	"context"
	"maps"
	"strings"

	"github.com/dgraph-io/dgo/v230"

	"masar"
)

// validate rejects a batch with records that break a rule. The error has code BAD_INPUT and lists the faults in its
// details.
func validate(ctx context.Context, txn *dgo.Txn, batch *masar.Batch) error {
	k := &known{batch: masar.NewIndex(batch), held: masar.NewIndex(&masar.Batch{}), asked: map[string]bool{}}
	for {
		findings := masar.ValidateBatch(batch, k)
		if len(k.wanted) == 0 {
			return refusal(findings)
		}
		if err := k.read(ctx, txn); err != nil {
			return err
		}
	}
}

// refusal is the error for findings; nil if there are none.
func refusal(findings []masar.Finding) error {
	if len(findings) == 0 {
		return nil
	}
	first := findings[0]
	err := masar.NewError(masar.CodeBadInput, "error.records.faults", masar.Args{
		"n": len(findings), "record": strings.TrimSuffix(first.Record+" "+first.Path, " "),
		"fault": masar.Phrase{Key: "fault." + string(first.Code), Args: first.Args},
	})
	err.Details = map[string]any{"faults": findings}
	return err
}

// known finds the records that the rules need, in the batch and in the graph. It notes which records it has not read
// yet, so that they are read in one query before the rules run again.
type known struct {
	batch, held *masar.Index
	asked       map[string]bool // by xid
	wanted      []string
}

// want notes that a record has to be read from the graph.
func (k *known) want(xid string) {
	if !k.asked[xid] {
		k.asked[xid] = true
		k.wanted = append(k.wanted, xid)
	}
}

// Entity finds an entity in the batch, or else in the graph.
func (k *known) Entity(r masar.Ref) masar.Entity {
	if e := k.batch.Entity(r); e != nil {
		return e
	}
	k.want(r.String())
	return k.held.Entity(r)
}

// Claim finds a claim in the batch, or else in the graph.
func (k *known) Claim(key masar.ClaimKey) *masar.Claim {
	if c := k.batch.Claim(key); c != nil {
		return c
	}
	k.want(masar.RecordRef{Type: masar.RecordClaim, Key: string(key)}.String())
	return k.held.Claim(key)
}

// EvidenceFor lists the evidence of a claim: that of the batch, and that of the graph which the batch does not
// change.
func (k *known) EvidenceFor(claim masar.ClaimKey) []*masar.Evidence {
	k.want(masar.RecordRef{Type: masar.RecordClaim, Key: string(claim)}.String())
	all := k.batch.EvidenceFor(claim)
	given := map[masar.EvidenceKey]bool{}
	for _, e := range all {
		given[e.Key] = true
	}
	for _, e := range k.held.EvidenceFor(claim) {
		if !given[e.Key] {
			all = append(all[:len(all):len(all)], e)
		}
	}
	return all
}

// Text finds a text in the batch, or else in the graph.
func (k *known) Text(sha256 string) *masar.SourceText {
	if t := k.batch.Text(sha256); t != nil {
		return t
	}
	k.want(masar.RecordRef{Type: masar.RecordText, Key: sha256}.String())
	return k.held.Text(sha256)
}

// read reads the wanted records, and the evidence of the wanted claims.
func (k *known) read(ctx context.Context, txn *dgo.Txn) error {
	w := writer{existing: map[string]stored{}}
	wanted := map[string]bool{}
	for _, xid := range k.wanted {
		wanted[xid] = true
	}
	k.wanted = nil
	if err := w.readStored(ctx, txn, wanted); err != nil {
		return err
	}
	uids := map[masar.RecordType][]uint64{}
	for xid, e := range w.existing {
		ref, _ := recordRef(xid)
		uids[ref.Type] = append(uids[ref.Type], uint64(e.UID))
	}
	evidence, err := evidenceOf(ctx, txn, uids[masar.RecordClaim])
	if err != nil {
		return err
	}
	uids[masar.RecordEvidence] = evidence
	held, err := content(ctx, txn, uids)
	for record := range maps.Values(held) {
		k.held.Add(record)
	}
	return err
}

var evidenceOfQuery = named("evidence_of")

// evidenceOf finds the evidence for and against claims.
func evidenceOf(ctx context.Context, txn *dgo.Txn, claims []uint64) ([]uint64, error) {
	if len(claims) == 0 {
		return nil, nil
	}
	var answer struct {
		Claims []struct{ Evidence []link }
	}
	if err := query(ctx, txn, evidenceOfQuery, map[string]string{"$claims": uidList(claims)}, &answer); err != nil {
		return nil, err
	}
	var evidence []uint64
	for _, c := range answer.Claims {
		for _, e := range c.Evidence {
			evidence = append(evidence, uint64(e.UID))
		}
	}
	return evidence, nil
}
