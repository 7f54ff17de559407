package dgraph

import (
	"context"

	"github.com/dgraph-io/dgo/v230/protos/api"

	"masar"
)

// searchTerms holds the terms under which an entity is found, packed as the analyser packs them. It has no index: they are
// read with the outline of the graph, and looked up in memory.
const searchTerms = "search_terms"

// Analyser gives the terms under which an entity is found, packed into one text.
type Analyser func(masar.Entity) string

// Option is an option of Open.
type Option func(*Store)

// WithAnalyser makes the store write search terms with each entity. They are part of the record's digest. So a new
// analyser makes the next load of the seed write new terms.
func WithAnalyser(analyse Analyser) Option { return func(s *Store) { s.analyse = analyse } }

// addTerms adds the search terms of an entity to its encoded record. It reports whether there are any.
func (analyse Analyser) addTerms(node map[string]any, e masar.Entity) bool {
	if analyse == nil {
		return false
	}
	packed := analyse(e)
	if packed != "" {
		node[searchTerms] = packed
	}
	return packed != ""
}

// RenewTerms makes the search terms of entities anew that were written without, or by another analyser, as in a data directory
// of another version. It is no change of the records: revisions and the snapshot stay. Entities that somebody writes
// meanwhile are left to them.
func (s *Store) RenewTerms(ctx context.Context, uids map[masar.RecordType][]uint64) error {
	if s.analyse == nil {
		return nil
	}
	txn := s.dg.NewTxn()
	defer discard(ctx, txn)
	records, err := content(ctx, txn, uids)
	if err != nil {
		return err
	}
	var set []*api.NQuad
	for at, given := range records {
		r, err := encode(given, s.analyse)
		if err != nil {
			return err
		}
		set = append(set, &api.NQuad{Subject: hex(at), Predicate: "digest", ObjectValue: value(r.digest)}) // the terms are part of it
		if terms, ok := r.node[searchTerms]; ok {
			set = append(set, &api.NQuad{Subject: hex(at), Predicate: searchTerms, ObjectValue: value(terms)})
		}
	}
	_, err = txn.Mutate(ctx, &api.Mutation{Set: set})
	if err == nil {
		err = txn.Commit(ctx)
	}
	if err != nil && !aborted(err) {
		return unavailable(err)
	}
	return nil
}
