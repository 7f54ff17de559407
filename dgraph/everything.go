package dgraph

import (
	"context"
	"fmt"
	"strconv"

	"github.com/dgraph-io/dgo/v230"

	"masar"
)

// recordPage is the number of whole records read per query.
const recordPage = 2000

// Everything reads the whole graph at one timestamp, including the direct edges. It also reports faults that only the
// database can show, such as edges to nodes that are no records. The whole graph has to fit in memory.
func (s *Store) Everything(ctx context.Context) (*masar.Contents, error) {
	ctx = many(ctx, 20*recordPage) // whole records take much longer than their outlines
	r := &everything{
		Contents: &masar.Contents{Linked: map[masar.ClaimKey]bool{}, Authors: map[masar.RecordRef]string{}},
		txn:      s.dg.NewReadOnlyTxn(), // all queries read at the timestamp of the first
		read:     map[string]bool{snapshotXID: true},
	}
	var err error
	if r.Snapshot, err = readSnapshot(ctx, r.txn); err != nil {
		return nil, err
	}
	for _, c := range codecs {
		if err := r.records(ctx, c); err != nil {
			return nil, err
		}
	}
	for _, p := range masar.Predicates {
		if err := r.edges(ctx, p); err != nil {
			return nil, err
		}
	}
	return r.Contents, r.untyped(ctx)
}

type everything struct {
	*masar.Contents
	txn *dgo.Txn
	// read holds the xids of the records read so far.
	read map[string]bool
}

func (r *everything) fault(record string, code masar.FaultCode, args masar.Args) {
	r.Faults = append(r.Faults, masar.Finding{Record: record, Fault: masar.Fault{Code: code, Args: args}})
}

// records reads the records of a type.
func (r *everything) records(ctx context.Context, c *codec) error {
	return r.each(ctx, pageQuery("type("+c.typeName+")", c.whole()), func(node map[string]any) { r.record(c, node) })
}

func (r *everything) record(c *codec, node map[string]any) {
	record := r.examine(c, node)
	if record == nil {
		return
	}
	r.Add(record)
	if by, known := node["by"].(string); known {
		r.Authors[record.Identity()] = by
	}
	if claim, ok := record.(*masar.Claim); ok {
		r.Linked[claim.Key], _ = node["linked"].(bool)
	}
}

// examine reads a record from the answer to a query of its whole, and reports the faults that show at a single node. It
// returns nil if the node can't be read as a record.
func (r *everything) examine(c *codec, node map[string]any) masar.Record {
	xid, _ := node["xid"].(string)
	r.read[xid] = true
	if ref, _ := recordRef(xid); ref.Type != c.Type {
		r.fault(xid, masar.FaultNodeType, masar.Args{"type": c.typeName})
		return nil
	}
	r.dangling(xid, node)
	if code, isEntity := node["code"]; isEntity && fmt.Sprint(node["kind"], "/", code) != xid {
		r.fault(xid, masar.FaultNodeCode, masar.Args{"ref": fmt.Sprint(node["kind"], "/", code)})
	}
	record, err := c.decode(node)
	if err != nil {
		r.fault(xid, masar.FaultNodeUnreadable, masar.Args{"cause": err.Error()})
		return nil
	}
	if line, err := masar.Line(record); c.lined() && (err != nil || string(line) != node["line"]) {
		r.fault(xid, masar.FaultNodeLine, nil)
	}
	if sum, err := c.digestOf(record, node); err != nil || sum != node["digest"] {
		r.fault(xid, masar.FaultNodeDigest, nil)
	}
	return record
}

// dangling reports and removes the edges of a record that lead to nodes without an xid.
func (r *everything) dangling(xid string, node map[string]any) {
	for predicate, value := range node {
		switch value := value.(type) {
		case map[string]any:
			if r.leadsNowhere(xid, predicate, value) {
				delete(node, predicate)
			}
		case []any:
			var kept []any
			for _, item := range value {
				part, isNode := item.(map[string]any)
				if isNode && r.leadsNowhere(xid, predicate, part) {
					continue
				}
				if isNode {
					r.dangling(xid, part)
				}
				kept = append(kept, item)
			}
			node[predicate] = kept
		}
	}
}

// leadsNowhere reports whether the node at the end of an edge is no record. Nested nodes are selected without their
// uid and so do not count.
func (r *everything) leadsNowhere(xid, predicate string, end map[string]any) bool {
	if end["uid"] == nil || end["xid"] != nil {
		return false
	}
	r.fault(xid, masar.FaultEdgeDangling, masar.Args{"edge": predicate, "node": fmt.Sprint(end["uid"])})
	return true
}

// edges reads the direct edges of a predicate.
func (r *everything) edges(ctx context.Context, p masar.Predicate) error {
	name := edgePredicate(p)
	q := pageQuery("has("+name+")", "uid xid edge: "+name+" { uid xid }")
	return r.each(ctx, q, func(node map[string]any) {
		from, ok := decodeRef(node)
		if !ok {
			r.fault(fmt.Sprint("node ", node["uid"]), masar.FaultEdgeDangling, masar.Args{"edge": name, "node": fmt.Sprint(node["uid"])})
			return
		}
		ends, _ := node["edge"].([]any)
		for _, end := range ends {
			to, ok := decodeRef(end)
			if !ok {
				r.fault(from.String(), masar.FaultEdgeDangling, masar.Args{"edge": name, "node": nodeOf(end)})
				continue
			}
			r.Edges = append(r.Edges, masar.DirectEdge{Subject: from, Predicate: p, Object: to})
		}
	})
}

// nodeOf is the uid of the node that an edge leads to, in hex.
func nodeOf(end any) string {
	node, _ := end.(map[string]any)
	return fmt.Sprint(node["uid"])
}

// untyped reports the records that have no known type.
func (r *everything) untyped(ctx context.Context) error {
	return r.each(ctx, pageQuery("has(xid)", "uid xid dgraph.type"), func(node map[string]any) {
		if xid, _ := node["xid"].(string); !r.read[xid] {
			r.fault(xid, masar.FaultNodeType, masar.Args{"type": fmt.Sprint(node["dgraph.type"])})
		}
	})
}

// pageQuery builds a paged query. root and selection hold only names of predicates and types.
func pageQuery(root, selection string) string {
	return "query page($first: int, $after: string) {\n  page(func: " + root + ", first: $first, after: $after) { " + selection + " }\n}"
}

// each visits every node that a paged query returns.
func (r *everything) each(ctx context.Context, q string, visit func(map[string]any)) error {
	return eachPage(ctx, r.txn, q, recordPage, func(node map[string]any) error { visit(node); return nil })
}

// eachPage visits every node that a paged query returns, until an error.
func eachPage(ctx context.Context, txn reader, q string, size int, visit func(map[string]any) error) error {
	for after, more := uid(0), true; more; {
		var page []map[string]any
		var err error
		if page, after, more, err = readPage(ctx, txn, q, size, after); err != nil {
			return err
		}
		for _, node := range page {
			if err := visit(node); err != nil {
				return err
			}
		}
	}
	return nil
}

// readPage reads the page of a paged query that comes after a node. It returns the last node of the page, and whether there
// may be more.
func readPage(ctx context.Context, txn reader, q string, size int, after uid) (page []map[string]any, last uid, more bool, err error) {
	var answer struct {
		Page []map[string]any `json:"page"`
	}
	vars := map[string]string{"$first": strconv.Itoa(size), "$after": hex(uint64(after))}
	if err := query(ctx, txn, q, vars, &answer); err != nil {
		return nil, after, false, err
	}
	if n := len(answer.Page); n > 0 {
		raw, _ := answer.Page[n-1]["uid"].(string)
		if err := after.UnmarshalText([]byte(raw)); err != nil {
			return nil, after, false, fmt.Errorf("dgraph: %w", err)
		}
	}
	return answer.Page, after, len(answer.Page) == size, nil
}
