package dgraph

import (
	"context"

	"github.com/dgraph-io/dgo/v230/protos/api"

	"masar"
)

// writeLines is a migration that writes the lines of all records, as their predicates have them.
func writeLines(ctx context.Context, s *Store) error {
	ctx = many(ctx, 20*recordPage) // whole records take much longer than their outlines
	for _, c := range codecs {
		if !c.lined() {
			continue
		}
		for after, more := uid(0), true; more; {
			var err error
			if after, more, err = s.writeSomeLines(ctx, c, after); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeSomeLines writes the lines of a page of records of a type. It returns the last node of the page, and whether there
// may be more. Records that can't be read stay without a line; "masar verify" reports them.
func (s *Store) writeSomeLines(ctx context.Context, c *codec, after uid) (uid, bool, error) {
	txn := s.dg.NewTxn()
	defer discard(ctx, txn)
	page, last, more, err := readPage(ctx, txn, pageQuery("type("+c.typeName+")", c.selection()), recordPage, after)
	if err != nil {
		return 0, false, err
	}
	var set []*api.NQuad
	for _, node := range page {
		if record, err := c.decode(node); err == nil {
			line, err := masar.Line(record)
			if err != nil {
				return 0, false, err
			}
			at, _ := node["uid"].(string)
			set = append(set, &api.NQuad{Subject: at, Predicate: "line", ObjectValue: value(string(line))})
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
