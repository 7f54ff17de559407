package dgraph

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/dgraph-io/dgo/v230/protos/api"
)

// renamePage is the number of nodes that one transaction of a rename changes.
const renamePage = 1000

// renameAll returns a migration that moves the values of old predicates to new ones and drops the old predicates. The
// digests of the records remain those of the old names, so that the next load of the seed writes its records again.
func renameAll(names map[string]string) func(context.Context, *Store) error {
	return func(ctx context.Context, s *Store) error {
		for old, name := range names {
			if err := s.rename(ctx, old, name); err != nil {
				return fmt.Errorf("rename %s to %s: %w", old, name, err)
			}
		}
		return nil
	}
}

// renameQuery reads nodes that have an old predicate.
func renameQuery(old, selection string) string {
	return fmt.Sprintf("{ nodes(func: has(%s), first: %d) { uid %s } }", old, renamePage, selection)
}

func (s *Store) rename(ctx context.Context, old, name string) error {
	kind, err := s.typeOf(ctx, old)
	if err != nil || kind == "" {
		return err
	}
	selection := old
	if kind == "uid" {
		selection += " { uid }"
	}
	q := renameQuery(old, selection)
	for n := 1; n > 0 && err == nil; {
		n, err = s.renameSome(ctx, q, old, name)
	}
	if err == nil {
		err = s.dropPredicate(ctx, old)
	}
	if err != nil && s.isGone(ctx, old) {
		return nil
	}
	return err
}

// renameSome moves the values of the nodes that a query returns, and returns their number.
func (s *Store) renameSome(ctx context.Context, q, old, name string) (int, error) {
	txn := s.dg.NewTxn()
	defer discard(ctx, txn)
	var answer struct {
		Nodes []map[string]json.RawMessage `json:"nodes"`
	}
	if err := query(ctx, txn, q, nil, &answer); err != nil {
		return 0, err
	}
	var set, del []*api.NQuad
	for _, node := range answer.Nodes {
		var at string
		if err := json.Unmarshal(node["uid"], &at); err != nil {
			return 0, err
		}
		moved, err := quads(at, name, node[old])
		if err != nil {
			return 0, err
		}
		set = append(set, moved...)
		del = append(del, &api.NQuad{Subject: at, Predicate: old, ObjectValue: &api.Value{Val: &api.Value_DefaultVal{DefaultVal: star}}})
	}
	if len(del) == 0 {
		return 0, nil
	}
	if _, err := txn.Mutate(ctx, &api.Mutation{Set: set}); err != nil {
		return 0, err
	}
	if _, err := txn.Mutate(ctx, &api.Mutation{Del: del}); err != nil {
		return 0, err
	}
	return len(answer.Nodes), txn.Commit(ctx)
}

// quads returns the values of a node under a predicate from Dgraph's answer: a text or edges.
func quads(subject, predicate string, held json.RawMessage) ([]*api.NQuad, error) {
	var text string
	if json.Unmarshal(held, &text) == nil {
		return []*api.NQuad{{Subject: subject, Predicate: predicate, ObjectValue: value(text)}}, nil
	}
	var ends []link
	if err := json.Unmarshal(held, &ends); err != nil {
		return nil, err
	}
	var all []*api.NQuad
	for _, end := range ends {
		all = append(all, edgeTo(subject, predicate, hex(uint64(end.UID))))
	}
	return all, nil
}
