package dgraph

import (
	"context"
	"fmt"
	"strconv"

	"github.com/dgraph-io/dgo/v230/protos/api"

	"masar"
)

// Moment reads the database as it was at one moment, without later writes. Its timestamp is known, so every Alpha that has
// the writes of this moment answers, even while Dgraph has no leader. It is good for some minutes, because Dgraph discards
// old versions after a while. It is safe for concurrent use.
type Moment struct {
	store    *Store
	at       *api.TxnContext // the timestamp, with the proof of it that Dgraph demands with logins
	snapshot int64
	changes  int64 // the number of all changes
}

// Now returns the present moment. The error is a [*VersionError] if the schema of the graph is newer than this store's.
func (s *Store) Now(ctx context.Context) (*Moment, error) {
	m := &Moment{store: s, at: &api.TxnContext{}}
	c, err := readCounter(ctx, first{m})
	m.snapshot, m.changes = c.Snapshot, c.Changes
	return m, err
}

// Snapshot is the number of writes at this moment; 0 for an empty graph.
func (m *Moment) Snapshot() int64 { return m.snapshot }

// QueryWithVars sends a query that reads at this moment.
func (m *Moment) QueryWithVars(ctx context.Context, q string, vars map[string]string) (*api.Response, error) {
	return m.store.hosts.Query(ctx, &api.Request{
		Query: q, Vars: vars, StartTs: m.at.StartTs, Hash: m.at.Hash, ReadOnly: true, RespFormat: api.Request_JSON,
	})
}

// first sends the first query of a moment, for which Dgraph chooses the timestamp.
type first struct{ *Moment }

// QueryWithVars implements reader.
func (f first) QueryWithVars(ctx context.Context, q string, vars map[string]string) (*api.Response, error) {
	answer, err := f.Moment.QueryWithVars(ctx, q, vars)
	if err == nil {
		f.at = answer.GetTxn()
	}
	return answer, err
}

// Content reads whole records as they were at this moment, in one query. Records that did not exist, are of another
// type, or cannot be read in that state any more are missing from the result. A record is read whole or not at all,
// because its line is one value.
func (m *Moment) Content(ctx context.Context, uids map[masar.RecordType][]uint64) (map[uint64]masar.Record, error) {
	return content(ctx, m, uids)
}

var writtenQuery = named("written")

// Written identifies the write that made a snapshot: writes of other graphs, others after a return to a backup, and the same
// in a restored database, whose nodes are others, have another identity. It is empty if the database does not have this write.
func (m *Moment) Written(ctx context.Context, snapshot int64) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, m.store.hosts.readTime)
	defer cancel()
	var answer struct {
		Written []changeRow `json:"written"`
		Graph   []struct {
			Restored string `json:"restored"`
		} `json:"graph"`
	}
	vars := map[string]string{"$write": strconv.FormatInt(snapshot, 10), "$xid": snapshotXID}
	if err := query(ctx, m, writtenQuery, vars, &answer); err != nil || len(answer.Written) == 0 {
		return "", err
	}
	first := answer.Written[0]
	identity := fmt.Sprint(first.Ordinal, first.At, first.Changed)
	for _, g := range answer.Graph { // a restore keeps the changes and makes other nodes
		identity += g.Restored
	}
	return identity, nil
}
