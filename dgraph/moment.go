package dgraph

import (
	"context"

	"github.com/dgraph-io/dgo/v230"

	"masar"
)

// Moment reads the database as it was at one moment, without later writes. It is not safe for concurrent use. It is
// good for some minutes, because Dgraph discards old versions after a while.
type Moment struct {
	store    *Store
	txn      *dgo.Txn
	snapshot int64
}

// Now returns the present moment.
func (s *Store) Now(ctx context.Context) (*Moment, error) {
	m := &Moment{store: s, txn: s.dg.NewReadOnlyTxn()} // all queries read at the timestamp of the first
	var err error
	m.snapshot, err = readSnapshot(ctx, m.txn)
	return m, err
}

// Snapshot is the number of writes at this moment.
func (m *Moment) Snapshot() int64 { return m.snapshot }

// Content reads whole records as they were at this moment, in one query. Records that did not exist, are of another
// type, or cannot be read in that state any more are missing from the result.
//
// Dgraph (v25.4) returns a list as empty at every timestamp once the list has been emptied and compacted, which may
// take less than a second. A record can then be a mix of old and new values. So Content compares each record with its
// digest and drops those that differ.
// A record written with the search terms of another analyser differs from its digest as well.
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

// sealedQuery reads whole records with their digests.
var sealedQuery = makeContentQuery("digest", "linked", "by")

// whole reports whether a record matches its digest.
func (n contentNode) whole(analyse Analyser) bool {
	r, err := encode(n.record, analyse)
	return err == nil && r.digest == n.fields["digest"]
}
