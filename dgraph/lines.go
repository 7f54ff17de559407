package dgraph

import (
	"context"
	"slices"

	"github.com/dgraph-io/dgo/v230/protos/api"

	"masar"
)

// writeLines is a migration that writes the lines of all records, as their predicates have them.
func writeLines(ctx context.Context, s *Store) error {
	lined := slices.DeleteFunc(slices.Clone(codecs), func(c *codec) bool { return !c.lined() })
	return s.derive(ctx, "line", lined, (*codec).selection, func(_ *codec, record masar.Record, _ map[string]any) (string, error) {
		line, err := masar.Line(record)
		return string(line), err
	})
}

// writeDigests is a migration that makes the digests of all records those of their stored values. Digests of earlier versions
// can be those of other names of predicates.
func writeDigests(ctx context.Context, s *Store) error {
	return s.derive(ctx, "digest", codecs, (*codec).whole, (*codec).digestOf)
}

// deriver makes a value of a record and of the node from which it was read.
type deriver func(c *codec, record masar.Record, node map[string]any) (string, error)

// derive writes a predicate that is made of the other values of a record, for all records of some types.
func (s *Store) derive(ctx context.Context, predicate string, types []*codec, selection func(*codec) string, of deriver) error {
	ctx = many(ctx, 20*recordPage) // whole records take much longer than their outlines
	for _, c := range types {
		q := pageQuery("type("+c.typeName+")", selection(c))
		for after, more := uid(0), true; more; {
			var err error
			if after, more, err = s.deriveSome(ctx, predicate, c, q, after, of); err != nil {
				return err
			}
		}
	}
	return nil
}

// deriveSome writes the predicate of a page of records where it differs. It returns the last node of the page, and whether there
// may be more. Records that can't be read stay as they are; "masar verify" reports them.
func (s *Store) deriveSome(ctx context.Context, predicate string, c *codec, q string, after uid, of deriver) (uid, bool, error) {
	txn := s.dg.NewTxn()
	defer discard(ctx, txn)
	page, last, more, err := readPage(ctx, txn, q, recordPage, after)
	if err != nil {
		return 0, false, err
	}
	var set []*api.NQuad
	for _, node := range page {
		record, err := c.decode(node)
		if err != nil {
			continue
		}
		text, err := of(c, record, node)
		if err != nil {
			return 0, false, err
		}
		if at, _ := node["uid"].(string); text != node[predicate] {
			set = append(set, &api.NQuad{Subject: at, Predicate: predicate, ObjectValue: value(text)})
		}
	}
	if len(set) == 0 {
		return last, more, nil
	}
	if _, err := txn.Mutate(ctx, &api.Mutation{Set: set}); err != nil {
		return 0, false, err
	}
	return last, more, txn.Commit(ctx)
}
