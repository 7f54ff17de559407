package dgraph

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/dgraph-io/dgo/v230"

	"masar"
)

// searchPredicates hold the search terms of entities, one predicate per part.
var searchPredicates = [masar.SearchParts]string{"search_code", "search_title", "search_name", "search_text"}

// Analyser returns the search terms of an entity.
type Analyser func(masar.Entity) masar.SearchTerms

// Option is an option of Open.
type Option func(*Store)

// WithAnalyser makes the store write search terms with each entity. They are part of the record's digest. So a new
// analyser makes the next load of the seed write new terms.
func WithAnalyser(analyse Analyser) Option { return func(s *Store) { s.analyse = analyse } }

// addTerms adds the search terms of an entity to its encoded record.
func (analyse Analyser) addTerms(node map[string]any, e masar.Entity) {
	if analyse == nil {
		return
	}
	for part, terms := range analyse(e) {
		if len(terms) > 0 {
			node[searchPredicates[part]] = terms
		}
	}
}

// Found is the result of Lookup.
type Found struct {
	// UIDs are the entities found, by lookup.
	UIDs [][]uint64
	// Snapshot is the snapshot in which the entities were found.
	Snapshot int64
}

// Lookup finds the entities that have the terms of each lookup, all in one query. It finds them in the newest snapshot. If
// Dgraph cannot report in time which is the newest, the result may be of the given snapshot; 0 for none.
func (s *Store) Lookup(ctx context.Context, lookups []masar.SearchLookup, snapshot int64) (Found, error) {
	newest := func(ctx context.Context) (Found, error) { return lookUp(ctx, s.dg.NewReadOnlyTxn(), lookups) }
	held := func(ctx context.Context) (Found, error) {
		return lookUp(ctx, s.dg.NewReadOnlyTxn().BestEffort(), lookups)
	}
	return orHeld(ctx, s, newest, held, func(f Found) bool { return snapshot > 0 && f.Snapshot == snapshot })
}

func lookUp(ctx context.Context, txn *dgo.Txn, lookups []masar.SearchLookup) (Found, error) {
	vars := map[string]string{"$xid": snapshotXID}
	for i, l := range lookups {
		vars[lookupVar(i)] = l.Term
	}
	var answer map[string][]struct {
		link
		Snapshot int64 `json:"snapshot"`
	}
	if err := query(ctx, txn, lookupQuery(lookups), vars, &answer); err != nil {
		return Found{}, err
	}
	found := Found{UIDs: make([][]uint64, len(lookups))}
	for i := range lookups {
		for _, l := range answer[lookupBlock(i)] {
			found.UIDs[i] = append(found.UIDs[i], uint64(l.UID))
		}
	}
	for _, c := range answer["counter"] { // none in an empty graph
		found.Snapshot = c.Snapshot
	}
	return found, nil
}

// lookupQuery has one block per lookup and one for the snapshot. Its text depends only on the parts that are
// searched.
func lookupQuery(lookups []masar.SearchLookup) string {
	params := []string{"$xid: string"}
	var blocks strings.Builder
	blocks.WriteString("  counter(func: eq(xid, $xid)) { snapshot }\n")
	for i, l := range lookups {
		params = append(params, lookupVar(i)+": string")
		fmt.Fprintf(&blocks, "  %s(func: eq(%s, %s)) { uid }\n", lookupBlock(i), searchPredicates[l.Part], lookupVar(i))
	}
	return "query search(" + strings.Join(params, ", ") + ") {\n" + blocks.String() + "}"
}

func lookupVar(i int) string { return "$t" + strconv.Itoa(i) }

func lookupBlock(i int) string { return "t" + strconv.Itoa(i) }
