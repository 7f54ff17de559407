package dgraph

import (
	"context"

	"github.com/dgraph-io/dgo/v230"

	"masar"
)

// Moment reads the store as it was at one moment, whatever is written meanwhile. It is for one goroutine, and for some
// minutes: in the long run Dgraph discards old versions.
type Moment struct {
	store    *Store
	txn      *dgo.Txn
	snapshot int64
}

// Now is this moment.
func (s *Store) Now(ctx context.Context) (*Moment, error) {
	m := &Moment{store: s, txn: s.dg.NewReadOnlyTxn()} // all its queries are answered as of the first one
	var err error
	m.snapshot, err = readSnapshot(ctx, m.txn)
	return m, err
}

// Snapshot is the number of writes that the graph had seen.
func (m *Moment) Snapshot() int64 { return m.snapshot }

// Content reads records whole, as they were, all in one query. What was not there, is of another type, or cannot be read
// as it was any more, is missing from the answer.
//
// Dgraph (v25.4) answers a list as empty at every timestamp once the list has been emptied and compacted, which may
// take less than a second: then part of a record is old and part of it is not. So each record is compared with its digest.
// A record that was written with other search terms than this store's analyser gives differs from its digest as well.
func (m *Moment) Content(ctx context.Context, uids map[masar.RecordType][]uint64) (map[uint64]masar.Record, error) {
	return sealed(ctx, m.txn, uids, m.store.analyse)
}

// sealed reads those records that are what their digests were made of.
func sealed(ctx context.Context, txn *dgo.Txn, uids map[masar.RecordType][]uint64, analyse Analyser) (map[uint64]masar.Record, error) {
	nodes, err := contentNodes(ctx, txn, sealedQuery, uids)
	if err != nil {
		return nil, err
	}
	records := map[uint64]masar.Record{}
	for _, n := range nodes {
		if n.whole(analyse) {
			records[n.uid] = n.record
		}
	}
	return records, nil
}

// sealedQuery reads records whole, with their digests.
var sealedQuery = makeContentQuery("digest linked by")

// whole reports whether a record is what its digest was made of.
func (n contentNode) whole(analyse Analyser) bool {
	r, err := encode(n.record, analyse)
	return err == nil && r.digest == n.fields["digest"]
}
