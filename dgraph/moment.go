package dgraph

import (
	"context"

	"github.com/dgraph-io/dgo/v230"

	"masar"
)

// Moment reads the store as it was at one moment, whatever is written meanwhile. It is for one goroutine, and for some
// minutes: in the long run Dgraph gives up what it was.
type Moment struct {
	txn      *dgo.Txn
	snapshot int64
}

// Now is this moment.
func (s *Store) Now(ctx context.Context) (*Moment, error) {
	m := &Moment{txn: s.dg.NewReadOnlyTxn()} // all its queries are answered as of the first one
	var err error
	m.snapshot, err = readSnapshot(ctx, m.txn)
	return m, err
}

// Snapshot is the number of writes that the graph had seen.
func (m *Moment) Snapshot() int64 { return m.snapshot }

// Content reads records whole, as they were, all in one query. What was not there, or is of another type, is missing from
// the answer.
func (m *Moment) Content(ctx context.Context, uids map[masar.RecordType][]uint64) (map[uint64]masar.Record, error) {
	return content(ctx, m.txn, uids)
}
