package dgraph

import (
	"context"

	"masar"
)

// Difference is a record that the graph lacks, or that it has with other values.
type Difference struct {
	// Record is the record.
	Record masar.RecordRef
	// Missing reports that the graph lacks the record.
	Missing bool
	// By is the last author of the record in the graph, if that is not the seed. A load of the seed keeps such a record.
	By string
	// Curated reports that the batch has the content that the seed had before By changed the record: a load of the seed has
	// nothing new.
	Curated bool
}

// Compare returns the records of a batch that the graph lacks or has with other values, in the order of the batch. It
// changes nothing. The error has code BAD_INPUT, BACKEND_UNAVAILABLE or TIMEOUT.
func (s *Store) Compare(ctx context.Context, batch *masar.Batch) ([]Difference, error) {
	records, err := encodeBatch(batch, s.analyse)
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, r := range records {
		wanted[r.xid] = true
	}
	w := writer{existing: map[string]stored{}}
	if err := w.readStored(many(ctx, existingPerQuery), s.dg.NewReadOnlyTxn(), wanted); err != nil {
		return nil, err
	}
	var all []Difference
	for _, r := range records {
		held, known := w.existing[r.xid]
		if known && held.Digest == r.digest {
			continue
		}
		d := Difference{Record: r.given.Identity(), Missing: !known}
		if held.ofOthers() {
			d.By, d.Curated = held.By, held.Seeded == r.content
		}
		all = append(all, d)
	}
	return all, nil
}
