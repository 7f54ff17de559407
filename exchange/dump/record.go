package dump

import (
	"context"

	"masar"
	"masar/dgraph"
)

// Visibility says how readers see a record.
type Visibility int

// The kinds of visibility.
const (
	// Missing: there is no such record, or readers do not see it.
	Missing Visibility = iota
	// Gone: it was retired as harmful.
	Gone
	// Visible: readers see it, perhaps with its retirement.
	Visible
)

// Shown is a record as readers see it.
type Shown struct {
	Visibility
	Record masar.Record
	// Evidence is the accepted evidence of a claim.
	Evidence []*masar.Evidence
	// Line is the record's line in an export.
	Line []byte
}

// Record returns one record as readers find it by its address: accepted claims and evidence, and retired ones with their retirement,
// unless they were retired as harmful.
func (p *Published) Record(ctx context.Context, ref masar.RecordRef) (Shown, error) {
	spec, known := masar.SpecOf(ref.Type)
	if !known || !spec.Node || !spec.ValidKey(ref.Key) {
		return Shown{}, nil
	}
	held, evidence, ok, err := p.at.Held(ctx, ref)
	if err != nil || !ok {
		return Shown{}, err
	}
	record, err := masar.ReadLine(ref.Type, held.Line)
	if err != nil {
		return Shown{}, err
	}
	visibility, err := p.visibility(ctx, record)
	if err != nil || visibility != Visible {
		return Shown{Visibility: visibility}, err
	}
	shown := Shown{Visibility: Visible, Record: record}
	if claim, is := record.(*masar.Claim); is {
		claim.Authorship = reviewTimes(claim.Authorship)
	}
	if shown.Evidence, err = acceptedOf(evidence); err != nil {
		return Shown{}, err
	}
	shown.Line, err = Public.line(held)
	return shown, err
}

// visibility is how readers see a record.
func (p *Published) visibility(ctx context.Context, record masar.Record) (Visibility, error) {
	switch r := record.(type) {
	case *masar.Claim:
		return visibilityOf(r.Status.Readable(), r.Status == masar.ClaimDeprecated, r.Withdrawal), nil
	case *masar.Evidence:
		held, _, ok, err := p.at.Held(ctx, masar.RecordRef{Type: masar.RecordClaim, Key: string(r.ClaimKey)})
		if err != nil || !ok {
			return Missing, err
		}
		claim, err := masar.ReadLine(masar.RecordClaim, held.Line)
		if err != nil {
			return Missing, err
		}
		if of, err := p.visibility(ctx, claim); err != nil || of != Visible {
			return of, err
		}
		readable := r.Review == masar.ReviewAccepted || r.Review == masar.ReviewDeprecated
		return visibilityOf(readable, r.Review == masar.ReviewDeprecated, r.Withdrawal), nil
	}
	return Visible, nil
}

func visibilityOf(readable, deprecated bool, w masar.Withdrawal) Visibility {
	switch {
	case !readable:
		return Missing
	case deprecated && w.Cause == masar.Harmful:
		return Gone
	}
	return Visible
}

// acceptedOf are the accepted evidence items.
func acceptedOf(held []dgraph.HeldRecord) (accepted []*masar.Evidence, err error) {
	for _, h := range held {
		record, err := masar.ReadLine(masar.RecordEvidence, h.Line)
		if err != nil {
			return nil, err
		}
		if e := record.(*masar.Evidence); e.Review == masar.ReviewAccepted {
			accepted = append(accepted, e)
		}
	}
	return accepted, nil
}

// reviewTimes are the times of a claim's review, without its authors.
func reviewTimes(a masar.Authorship) masar.Authorship {
	return masar.Authorship{AcceptedAt: a.AcceptedAt, RetiredAt: a.RetiredAt}
}
