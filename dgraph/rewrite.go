package dgraph

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/dgraph-io/dgo/v230"

	"masar"
)

// Rewritten is a record whose stored values were damaged, and that was written again.
type Rewritten struct {
	Record masar.RecordRef
	// Fields are the damaged fields, by their names in the API; empty if the damage was in what belongs to no field, such as
	// the line, the search terms or the direct edge.
	Fields []string
}

// Redeclare declares all predicates again, for a database that has lost some of them, with their indexes.
func (s *Store) Redeclare(ctx context.Context) error { return unavailableIf(s.declare(ctx)) }

// findDamaged finds the records whose digest is that of the given record and whose stored values are not.
func (w *writer) findDamaged(ctx context.Context, txn *dgo.Txn, records []*record) error {
	byType := map[*codec][]*record{}
	for _, r := range records {
		if before, known := w.existing[r.xid]; known && before.Digest == r.digest {
			byType[r.codec] = append(byType[r.codec], r)
		}
	}
	edges, err := storedEdges(ctx, txn)
	if err != nil {
		return err
	}
	for c, all := range byType {
		for chunk := range slices.Chunk(all, existingPerQuery) {
			if err := w.findDamagedOf(ctx, txn, c, chunk); err != nil {
				return err
			}
		}
		for _, r := range all {
			_, found := w.damaged[r.xid]
			if !found && r.linked && !edges[masar.DirectEdge{Subject: r.claim.Subject, Predicate: r.claim.Predicate, Object: r.claim.Object}] {
				w.damaged[r.xid] = nil
			}
		}
	}
	return nil
}

// storedEdges reads all direct edges.
func storedEdges(ctx context.Context, txn *dgo.Txn) (map[masar.DirectEdge]bool, error) {
	e := &everything{Contents: &masar.Contents{}, txn: txn}
	for _, p := range masar.Predicates {
		if err := e.edges(ctx, p); err != nil {
			return nil, err
		}
	}
	there := map[masar.DirectEdge]bool{}
	for _, edge := range e.Edges {
		there[edge] = true
	}
	return there, nil
}

// findDamagedOf finds the damaged records among some of a type.
func (w *writer) findDamagedOf(ctx context.Context, txn *dgo.Txn, c *codec, records []*record) error {
	uids := make([]uint64, len(records))
	given := map[string]*record{}
	for i, r := range records {
		uids[i], given[r.xid] = uint64(w.existing[r.xid].UID), r
	}
	var answer struct {
		Whole []map[string]any `json:"whole"`
	}
	if err := query(ctx, txn, wholeQuery(c.whole()), map[string]string{"$uids": uidList(uids)}, &answer); err != nil {
		return err
	}
	for _, node := range answer.Whole {
		whole := true
		held := examined(c, node, func(masar.Finding) { whole = false })
		if whole {
			continue
		}
		r := given[fmt.Sprint(node["xid"])]
		w.damaged[r.xid] = nil
		if held != nil {
			w.damaged[r.xid] = r.changed(held)
		}
		w.recover(r, node)
	}
	return nil
}

// wholeQuery is the query for a selection of nodes.
func wholeQuery(selection string) string {
	return "query whole($uids: string) {\n  whole(func: uid($uids)) { " + selection + " }\n}"
}

// recover restores what is known of a damaged claim: by its digest, it was active if the given one is, and so it is not accepted
// anew. If the predicates of its review are lost, its line has them.
func (w *writer) recover(r *record, node map[string]any) {
	before := w.existing[r.xid]
	before.Linked = r.linked
	line, _ := node["line"].(string)
	read, err := masar.ReadLine(r.codec.Type, []byte(line))
	if claim, isClaim := read.(*masar.Claim); err == nil && isClaim {
		known := claim.Authorship
		if before.AcceptedBy == "" || before.AcceptedAt == "" {
			before.AcceptedBy, before.AcceptedAt = known.AcceptedBy, known.AcceptedAt
		}
		before.RetiredAt = cmp.Or(before.RetiredAt, known.RetiredAt)
	}
	w.existing[r.xid] = before
}

// rewrite writes what belongs to a damaged record besides its fields.
func (w *writer) rewrite(r *record, before stored) {
	fields := w.damaged[r.xid]
	w.changes.Rewritten = append(w.changes.Rewritten, Rewritten{r.given.Identity(), apiFields(r.codec.Type, fields)})
	node := w.uid(r.xid)
	w.put(node, map[string]any{"dgraph.type": r.types()})
	if before.AcceptedBy != "" {
		w.put(node, map[string]any{"accepted_by": before.AcceptedBy, "accepted_at": before.AcceptedAt})
	}
	if before.RetiredAt != "" && !r.linked {
		w.put(node, map[string]any{"retired_at": before.RetiredAt})
	}
	if r.linked {
		w.link(r, stored{})
	}
}
