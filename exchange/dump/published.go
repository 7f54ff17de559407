package dump

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strconv"

	"masar"
	"masar/dgraph"
)

// Published is the graph as readers see it at a moment: the records of the profile Public, one by one.
type Published struct {
	at   *dgraph.Moment
	keep func(masar.RecordRef) bool // nil keeps all
}

// Publish returns what readers see of the graph at a moment.
func Publish(at *dgraph.Moment) *Published { return &Published{at: at} }

// Snapshot is the snapshot of the moment.
func (p *Published) Snapshot() string { return strconv.FormatInt(p.at.Snapshot(), 10) }

// Only returns the records for which keep returns true, and the evidence of such claims.
func (p *Published) Only(keep func(masar.RecordRef) bool) *Published {
	return &Published{p.at, keep}
}

// Lines writes the records as JSONL, as an export in the profile Public.
func (p *Published) Lines(ctx context.Context, to io.Writer) error {
	_, err := Export(ctx, p.at, to, Options{Profile: Public, keep: p.keep})
	return err
}

// Each visits the records of some types, or of all for none: entities in the order of their kinds, then claims with their evidence,
// then observations. Within a type they are in the order of their codes or keys. Claims have the times of their review, but no
// authors. Its memory grows only with the number of claims that readers do
// not see.
func (p *Published) Each(ctx context.Context, types []masar.RecordType, visit func(masar.Record, []*masar.Evidence) error) error {
	if len(types) == 0 {
		types = masar.RecordTypes
	}
	e := &exporter{Options: Options{Profile: Public, keep: p.keep}, at: p.at, hidden: map[string]bool{}}
	for _, t := range masar.RecordTypes {
		var err error
		switch {
		case !slices.Contains(types, t), t == masar.RecordEvidence, t == masar.RecordText: // evidence comes with its claim
		case t == masar.RecordClaim:
			err = e.eachClaim(ctx, visit)
		default:
			err = e.sorted(ctx, t, ownLine, func(s *sorter) error {
				return s.each(func(line []byte) error {
					record, err := masar.ReadLine(t, line)
					if err != nil {
						return err
					}
					return visit(record, nil)
				})
			})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ownLine sorts a record by its own key, with its own line.
func ownLine(held dgraph.HeldRecord) (key string, line []byte, err error) {
	return held.Record.Key, held.Line, nil
}

// byClaim sorts evidence by its claim.
func byClaim(held dgraph.HeldRecord) (key string, line []byte, err error) {
	var of struct {
		Claim string `json:"claim"`
	}
	err = json.Unmarshal(held.Line, &of)
	return of.Claim + "/" + held.Record.Key, held.Line, err
}

// eachClaim visits the claims in the order of their keys, each with its evidence.
func (e *exporter) eachClaim(ctx context.Context, visit func(masar.Record, []*masar.Evidence) error) error {
	return e.sorted(ctx, masar.RecordClaim, ownLine, func(claims *sorter) error {
		return e.sorted(ctx, masar.RecordEvidence, byClaim, func(evidence *sorter) error {
			return join(claims, evidence, visit)
		})
	})
}

// join visits claims with their evidence. Both are sorted by the keys of claims.
func join(claims, evidence *sorter, visit func(masar.Record, []*masar.Evidence) error) error {
	next, stop := evidence.pull()
	defer stop()
	ahead, err := nextEvidence(next)
	if err != nil {
		return err
	}
	return claims.each(func(line []byte) error {
		record, err := masar.ReadLine(masar.RecordClaim, line)
		if err != nil {
			return err
		}
		claim := record.(*masar.Claim)
		claim.Authorship = reviewTimes(claim.Authorship)
		var own []*masar.Evidence
		for ahead != nil && ahead.ClaimKey <= claim.Key {
			if ahead.ClaimKey == claim.Key {
				own = append(own, ahead)
			}
			if ahead, err = nextEvidence(next); err != nil {
				return err
			}
		}
		return visit(claim, own)
	})
}

// nextEvidence reads the next evidence item; nil after the last.
func nextEvidence(next func() ([]byte, error, bool)) (*masar.Evidence, error) {
	line, err, ok := next()
	if err != nil || !ok {
		return nil, err
	}
	record, err := masar.ReadLine(masar.RecordEvidence, line)
	if err != nil {
		return nil, err
	}
	return record.(*masar.Evidence), nil
}
