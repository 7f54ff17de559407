package dgraph

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/dgraph-io/dgo/v230"

	"masar"
)

// searchPredicates hold the terms under which entities are found, by part.
var searchPredicates = [masar.SearchParts]string{"search_code", "search_title", "search_name", "search_text"}

// Analyser gives the terms under which an entity is found.
type Analyser func(masar.Entity) masar.SearchTerms

// Option is an option of Open.
type Option func(*Store)

// WithAnalyser makes the store keep, with each entity that it writes, the terms under which it is found. They count in
// what is compared when a record is saved again: where the analyser has changed, the same seed writes new terms.
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

// Found says which entities have terms.
type Found struct {
	// UIDs are the entities of each of the lookups.
	UIDs [][]uint64
	// Snapshot is the snapshot of the store in which they were found.
	Snapshot int64
}

// Lookup finds the entities that have terms, for each of the lookups those of its own, all in one query. It finds them in the
// newest snapshot, or in a given one where Dgraph cannot say in time which is the newest; 0 for none.
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

// lookupQuery has a block for each lookup, and one for the snapshot. Its text depends on the parts that are looked in and on
// nothing else.
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
