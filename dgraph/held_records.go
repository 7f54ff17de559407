package dgraph

import (
	"context"
	"slices"
	"strings"

	"masar"
)

// HeldRecord is a record as the database holds it, for an export.
type HeldRecord struct {
	Record masar.RecordRef
	// Line is the record as a line ([masar.Line]).
	Line []byte
	// Revision is its revision, and By its last author; empty if it is unknown.
	Revision int
	By       string
	// Seeded is the digest of what the seed last said of it; empty if nothing.
	Seeded string
}

// exportPage is the number of records read per query of an export. It bounds the memory of an export.
const exportPage = 500

// EachRecord visits the records of a type as they were at this moment, in no order. If report is not nil, each record is
// compared with its digest and its predicates, and the faults are reported. The error has code RECORD_UNREADABLE for a record
// that cannot be read.
func (m *Moment) EachRecord(ctx context.Context, of masar.RecordType, report func(masar.Finding), visit func(HeldRecord) error) error {
	c := codecOf[of]
	if !c.lined() {
		return m.eachText(ctx, c, report, visit)
	}
	selection := "uid xid revision by seeded line"
	if report != nil {
		selection = c.whole() + " seeded"
	}
	return m.eachNode(ctx, c, selection, func(node map[string]any) error {
		var record masar.Record
		if report != nil {
			record = examined(c, node, report)
		}
		held, err := heldRecord(c, node, record)
		if err != nil {
			return err
		}
		return visit(held)
	})
}

// eachNode visits the nodes of a type.
func (m *Moment) eachNode(ctx context.Context, c *codec, selection string, visit func(map[string]any) error) error {
	return eachPage(many(ctx, 20*recordPage), m, pageQuery("type("+c.typeName+")", selection), exportPage, visit)
}

var heldQuery = named("held")

// Held reads one record as it was at this moment, and the evidence for and against a claim. ok is false if there is no such record.
func (m *Moment) Held(ctx context.Context, record masar.RecordRef) (held HeldRecord, evidence []HeldRecord, ok bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, m.store.hosts.readTime)
	defer cancel()
	var answer struct {
		Record []map[string]any `json:"record"`
	}
	if err := query(ctx, m, heldQuery, map[string]string{"$xid": record.String()}, &answer); err != nil || len(answer.Record) == 0 {
		return held, nil, false, err
	}
	if held, err = heldRecord(codecOf[record.Type], answer.Record[0], nil); err != nil {
		return held, nil, false, err
	}
	items, _ := answer.Record[0]["evidence"].([]any)
	for _, item := range items {
		node, _ := item.(map[string]any)
		e, err := heldRecord(codecOf[masar.RecordEvidence], node, nil)
		if err != nil {
			return held, nil, false, err
		}
		evidence = append(evidence, e)
	}
	slices.SortFunc(evidence, func(a, b HeldRecord) int { return strings.Compare(a.Record.Key, b.Record.Key) })
	return held, evidence, true, nil
}

// examined reads a record and reports the faults of its node.
func examined(c *codec, node map[string]any, report func(masar.Finding)) masar.Record {
	e := &everything{Contents: &masar.Contents{}, read: map[string]bool{}}
	record := e.examine(c, node)
	for _, f := range e.Faults {
		report(f)
	}
	return record
}

// heldRecord is the record of a node: its line, or else the record read from its predicates, if there is one.
func heldRecord(c *codec, node map[string]any, read masar.Record) (HeldRecord, error) {
	xid, _ := node["xid"].(string)
	ref, _ := recordRef(xid)
	held := HeldRecord{Record: ref}
	line, _ := node["line"].(string)
	revision, _ := node["revision"].(float64)
	held.Line, held.Revision = []byte(line), int(revision)
	held.By, _ = node["by"].(string)
	held.Seeded, _ = node["seeded"].(string)
	stored, err := masar.ReadLine(c.Type, held.Line)
	if err == nil && stored.Identity() == ref {
		return held, nil
	}
	if read == nil {
		return held, masar.NewError(masar.CodeUnreadable, "error.export.unreadable", masar.Args{"record": xid}).Because(err)
	}
	held.Line, err = masar.Line(read)
	return held, err
}

// eachText visits the source texts, of which it holds one at a time.
func (m *Moment) eachText(ctx context.Context, c *codec, report func(masar.Finding), visit func(HeldRecord) error) error {
	return m.eachNode(ctx, c, "uid xid revision by seeded digest", func(node map[string]any) error {
		var at uid
		raw, _ := node["uid"].(string)
		if err := at.UnmarshalText([]byte(raw)); err != nil {
			return err
		}
		read, err := m.Content(ctx, map[masar.RecordType][]uint64{masar.RecordText: {uint64(at)}})
		if err != nil {
			return err
		}
		text := read[uint64(at)]
		if text == nil {
			return masar.NewError(masar.CodeUnreadable, "error.export.unreadable", masar.Args{"record": node["xid"]})
		}
		if sum, err := c.digestOf(text, node); report != nil && (err != nil || sum != node["digest"]) {
			report(masar.Finding{Record: text.Identity().String(), Fault: masar.Fault{Code: masar.FaultNodeDigest}})
		}
		held, err := heldRecord(c, node, text)
		if err != nil {
			return err
		}
		return visit(held)
	})
}

// HeldChange is a change as the database holds it, for an export.
type HeldChange struct {
	// Ordinal is the number of the change, and Snapshot that of its write.
	Ordinal  int
	Snapshot int64
	At       string
	Action   masar.ChangeAction
	// Record is the changed record, as TYPE/key.
	Record string
	// Fields are the names of the changed fields in the database, sorted.
	Fields     []string
	By, Reason string
}

// EachChange visits all changes up to this moment, in their order.
func (m *Moment) EachChange(ctx context.Context, visit func(HeldChange) error) error {
	ctx = many(ctx, 20*recordPage)
	last := int(m.changes)
	for from := 1; from <= last; from += exportPage {
		var answer struct {
			Page []changeRow `json:"page"`
		}
		part := span{from, min(last, from+exportPage-1)}
		if err := query(ctx, m, historyQuery, part.vars(), &answer); err != nil {
			return err
		}
		for _, row := range answer.Page {
			if err := visit(row.held()); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r changeRow) held() HeldChange {
	c := HeldChange{Ordinal: r.Ordinal, Snapshot: r.Sequence, At: r.At, Action: r.Action, Record: r.Changed, Fields: r.Fields}
	slices.Sort(c.Fields)
	if r.By != nil {
		c.By = *r.By
	}
	if r.Reason != nil {
		c.Reason = *r.Reason
	}
	return c
}

// Changes is the number of all changes up to this moment.
func (m *Moment) Changes() int64 { return m.changes }
