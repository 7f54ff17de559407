package dgraph

import (
	"context"

	"github.com/dgraph-io/dgo/v230/protos/api"
)

// writeDigests is a migration that makes the digests of all records those of their stored values. Digests of earlier versions
// can be those of other names of predicates.
func writeDigests(ctx context.Context, s *Store) error {
	ctx = many(ctx, 20*recordPage)
	for _, c := range codecs {
		for after, more := uid(0), true; more; {
			var err error
			if after, more, err = s.writeSomeDigests(ctx, c, after); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeSomeDigests writes the digests of a page of records of a type. It returns the last node of the page, and whether there
// may be more. Records that can't be read keep theirs; "masar verify" reports them.
func (s *Store) writeSomeDigests(ctx context.Context, c *codec, after uid) (uid, bool, error) {
	txn := s.dg.NewTxn()
	defer discard(ctx, txn)
	page, last, more, err := readPage(ctx, txn, pageQuery("type("+c.typeName+")", c.whole()), recordPage, after)
	if err != nil {
		return 0, false, err
	}
	var set []*api.NQuad
	for _, node := range page {
		record, err := c.decode(node)
		if err != nil {
			continue
		}
		sum, err := c.digestOf(record, node)
		if err != nil {
			return 0, false, err
		}
		if at, _ := node["uid"].(string); sum != node["digest"] {
			set = append(set, &api.NQuad{Subject: at, Predicate: "digest", ObjectValue: value(sum)})
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
