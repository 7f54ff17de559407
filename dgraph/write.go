package dgraph

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dgraph-io/dgo/v230"
	"github.com/dgraph-io/dgo/v230/protos/api"

	"masar"
)

// stored is the part of a stored record that the writer needs.
type stored struct {
	link
	XID    string `json:"xid"`
	Digest string `json:"digest"`
	// Seeded is the digest of the content that the seed last wrote or found; empty if it is unknown.
	Seeded   string `json:"seeded"`
	Revision int    `json:"revision"`
	// By is the last author; empty if it is unknown.
	By         string `json:"by"`
	AcceptedBy string `json:"accepted_by"`
	AcceptedAt string `json:"accepted_at"`
	RetiredAt  string `json:"retired_at"`
	Linked     bool   `json:"linked"`
	// Parts are the record's nested nodes, by predicate.
	Parts map[string][]link `json:"-"`
}

// UnmarshalJSON reads a record from Dgraph's answer.
func (s *stored) UnmarshalJSON(b []byte) error {
	type plain stored
	var node map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(b, (*plain)(s)), json.Unmarshal(b, &node)); err != nil {
		return err
	}
	s.Parts = map[string][]link{}
	for _, p := range nestedPredicates {
		raw, ok := node[p]
		if !ok {
			continue
		}
		var parts []link
		if err := json.Unmarshal(raw, &parts); err != nil {
			return err
		}
		s.Parts[p] = parts
	}
	return nil
}

// writer collects what one transaction writes.
type writer struct {
	Write
	unsure   bool // whether an earlier attempt may have been applied
	existing map[string]stored
	batch    map[string]*record
	blanks   map[string]string       // blank nodes of new records, by xid
	contents map[uint64]masar.Record // stored records that this write changes
	nodes    int                     // number of blank nodes
	snapshot int64
	ordinal  int64 // ordinal of the last change
	tally    tally // of the changes so far; nil if it is not known
	at       time.Time
	set, del []*api.NQuad
	changes  Changes
	damaged  map[string][]string // the damaged fields of records that are to be written again, by xid
	made     map[string]string   // the uids of blank nodes, after the write
	err      error
}

// read finds the stored versions of the records, of all records that they refer to, and of the claims that share a
// direct edge with a claim that loses it. It returns the records to write.
func (w *writer) read(ctx context.Context, txn *dgo.Txn, records []*record) ([]*record, error) {
	if err := w.readStored(ctx, txn, w.named(records)); err != nil {
		return nil, err
	}
	if err := w.stale(records); err != nil {
		return nil, err
	}
	records = w.leaveAlone(records)
	siblings := map[string]bool{}
	for _, r := range records {
		w.batch[r.xid] = r
		if _, ok := w.existing[r.xid]; !ok {
			w.blanks[r.xid] = w.blank()
		}
		if w.existing[r.xid].Linked && !r.linked {
			for _, xid := range siblingsOf(r.claim) {
				siblings[xid] = true
			}
		}
	}
	if err := w.readStored(ctx, txn, siblings); err != nil {
		return nil, err
	}
	return records, w.readContents(ctx, txn, records)
}

// named returns the xids of the records, of all that they refer to, and of those with an expected revision.
func (w *writer) named(records []*record) map[string]bool {
	xids := map[string]bool{}
	for ref := range w.Expect {
		xids[ref.String()] = true
	}
	for _, r := range records {
		xids[r.xid] = true
		eachValue(r.node, func(v any) {
			if to, ok := v.(ref); ok {
				xids[string(to)] = true
			}
		})
	}
	return xids
}

// stale reports a record that is not at its expected revision. The error has code STALE_VERSION.
func (w *writer) stale(records []*record) error {
	given := map[string]*record{}
	for _, r := range records {
		given[r.xid] = r
	}
	byName := func(a, b masar.RecordRef) int { return strings.Compare(a.String(), b.String()) }
	for _, ref := range slices.SortedFunc(maps.Keys(w.Expect), byName) {
		expected, is := w.Expect[ref], w.existing[ref.String()]
		if is.Revision == expected {
			continue
		}
		// An earlier attempt of this write is no conflict.
		if r := given[ref.String()]; w.unsure && r != nil && is.Revision == expected+1 && is.Digest == r.digest && is.By == w.By {
			continue
		}
		err := masar.NewError(masar.CodeStaleVersion, "error.write.stale",
			masar.Args{"record": ref.String(), "expected": expected, "actual": is.Revision})
		err.Details = map[string]any{"record": ref.String(), "expected": expected, "actual": is.Revision}
		return err
	}
	return nil
}

// leaveAlone removes from a write of the seed the records that would change and whose last author is not the seed. If the
// seed has other content than before, the record is a conflict, until the record or the seed has the content of the other.
func (w *writer) leaveAlone(records []*record) []*record {
	if w.By != masar.SeedAuthor {
		return records
	}
	return slices.DeleteFunc(slices.Clone(records), func(r *record) bool {
		before := w.existing[r.xid]
		switch {
		case !before.ofOthers() || before.Digest == r.digest:
			return false
		case before.Seeded == r.content:
			w.changes.Curated++
		default:
			w.changes.Kept = append(w.changes.Kept, Kept{r.given.Identity(), before.By})
		}
		return true
	})
}

// ofOthers reports whether the last author is not the seed. A record without an author counts as the seed's.
func (s stored) ofOthers() bool { return s.By != "" && s.By != masar.SeedAuthor }

// existingPerQuery is the number of xids per query.
const existingPerQuery = 500

// readStored reads the stored versions of records.
func (w *writer) readStored(ctx context.Context, txn *dgo.Txn, wanted map[string]bool) error {
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(wanted)), existingPerQuery) {
		vars := map[string]string{}
		for i, xid := range chunk {
			vars[existingVar(i)] = xid
		}
		var answer struct {
			Existing []stored `json:"existing"`
		}
		if err := query(ctx, txn, existingQuery(len(chunk)), vars, &answer); err != nil {
			return err
		}
		for _, e := range answer.Existing {
			if e.XID != snapshotXID { // the counter is no record
				w.existing[e.XID] = e
			}
		}
	}
	return nil
}

// existingQuery is the query for n xids. DQL has no list variables.
func existingQuery(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = existingVar(i)
	}
	return "query existing(" + strings.Join(names, ": string, ") + `: string) {
  existing(func: eq(xid, [` + strings.Join(names, ", ") + `])) {
    uid xid digest seeded revision by accepted_by accepted_at retired_at linked ` + strings.Join(nestedPredicates, " { uid } ") + ` { uid }
  }
}`
}

// readContents reads the stored content of the records to be overwritten, to find the changed fields.
func (w *writer) readContents(ctx context.Context, txn *dgo.Txn, records []*record) error {
	rewritten := slices.DeleteFunc(slices.Clone(records), func(r *record) bool {
		before, known := w.existing[r.xid]
		return !known || before.Digest == r.digest
	})
	for chunk := range slices.Chunk(rewritten, existingPerQuery) {
		uids := map[masar.RecordType][]uint64{}
		for _, r := range chunk {
			uids[r.codec.Type] = append(uids[r.codec.Type], uint64(w.existing[r.xid].UID))
		}
		held, err := content(ctx, txn, uids)
		if err != nil {
			return err
		}
		maps.Copy(w.contents, held)
	}
	return nil
}

func existingVar(i int) string { return "$v" + strconv.Itoa(i) }

// blank returns a new blank node.
func (w *writer) blank() string {
	w.nodes++
	return "_:n" + strconv.Itoa(w.nodes)
}

// uid is the node of an xid: its uid in Dgraph, or a blank node of this transaction.
func (w *writer) uid(xid string) string {
	if e, ok := w.existing[xid]; ok {
		return hex(uint64(e.UID))
	}
	if blank, ok := w.blanks[xid]; ok {
		return blank
	}
	if w.err == nil {
		w.err = masar.NewError(masar.CodeBadInput, "error.write.reference", masar.Args{"record": xid})
	}
	return ""
}

func (w *writer) write(r *record) {
	before, known := w.existing[r.xid]
	damagedFields, damaged := w.damaged[r.xid]
	if w.By == masar.SeedAuthor && before.Seeded != r.content {
		w.put(w.uid(r.xid), map[string]any{"seeded": r.content})
	}
	if known && before.Digest == r.digest && !damaged {
		w.changes.Unchanged++
		return
	}
	change := w.change(r)
	uid := w.uid(r.xid)
	if known {
		change["action"], change["fields"] = string(masar.ChangeUpdated), append(damagedFields, r.changed(w.contents[uint64(before.UID)])...)
		w.clear(before, r.codec)
		w.changes.Updated++
	} else {
		w.put(uid, map[string]any{"xid": r.xid, "dgraph.type": r.types()})
		w.changes.Created++
	}
	w.put(uid, r.node)
	w.put(uid, map[string]any{"digest": r.digest, "revision": before.Revision + 1, "by": w.By})
	if r.claim != nil {
		w.link(r, before)
	}
	w.putLine(uid, r, before)
	if damaged {
		w.rewrite(r, before)
	}
	w.put(w.blank(), change)
}

// putLine writes the line of a record. When a claim becomes accepted, it also writes the reviewer and the time, which stay
// when others change the claim. Likewise the time when it is deprecated, which stays until it is accepted again.
func (w *writer) putLine(uid string, r *record, before stored) {
	if !r.codec.lined() {
		return
	}
	by := masar.Authorship{LastBy: w.By, AcceptedBy: before.AcceptedBy, AcceptedAt: before.AcceptedAt, RetiredAt: before.RetiredAt}
	if r.linked && !before.Linked {
		by.AcceptedBy, by.AcceptedAt = w.By, w.at.Format(time.RFC3339Nano)
		w.put(uid, map[string]any{"accepted_by": by.AcceptedBy, "accepted_at": by.AcceptedAt})
	}
	switch {
	case r.linked && before.RetiredAt != "":
		by.RetiredAt = ""
		w.empty(before.UID, "retired_at")
	case r.claim != nil && r.claim.Status == masar.ClaimDeprecated && before.RetiredAt == "":
		by.RetiredAt = w.at.Format(time.RFC3339Nano)
		w.put(uid, map[string]any{"retired_at": by.RetiredAt})
	}
	line, err := r.line(before.Revision+1, by)
	w.err = cmp.Or(w.err, err)
	w.put(uid, map[string]any{"line": line})
}

// change builds the part of a Change node that new and updated records share.
func (w *writer) change(r *record) map[string]any {
	w.ordinal++
	change := map[string]any{
		"dgraph.type": "Change", "sequence": w.snapshot, "ordinal": w.ordinal, "at": w.at.Format(time.RFC3339Nano),
		"action": string(masar.ChangeCreated), "changed": r.xid, "by": w.By,
	}
	if w.Reason != "" {
		change["reason"] = w.Reason
	}
	if w.changes.Created+w.changes.Updated == 0 {
		change["begins"] = w.snapshot
		w.putTally(change)
	}
	if w.tally != nil {
		w.tally[r.codec.Type]++
	}
	return change
}

// count increases the snapshot counter.
func (w *writer) count(before counter) {
	w.changes.Snapshot = w.snapshot
	node := map[string]any{"snapshot": w.snapshot, "changes": w.ordinal}
	w.putTally(node)
	uid := hex(uint64(before.UID))
	if before.UID == 0 {
		uid = w.blank()
		node["xid"], node["dgraph.type"] = snapshotXID, "Snapshot"
	}
	w.put(uid, node)
}

// putTally writes the tally of the changes so far, if it is known.
func (w *writer) putTally(node map[string]any) {
	if w.tally != nil {
		node["tally"] = w.tally.text()
	}
}

// types are a record's Dgraph types: its own, and Entity for all kinds of entity.
func (r *record) types() []string {
	if _, isEntity := r.node["code"]; isEntity {
		return []string{r.codec.typeName, "Entity"}
	}
	return []string{r.codec.typeName}
}

// clear deletes the stored values of a record and its nested nodes, before they are written again.
func (w *writer) clear(before stored, c *codec) {
	for _, p := range c.predicates() {
		if !slices.Contains(head, p) {
			w.empty(before.UID, p)
		}
	}
	for _, f := range c.fields {
		for _, part := range before.Parts[f.name] {
			for _, p := range f.partPredicates() {
				w.empty(part.UID, p)
			}
		}
	}
}

// star means all values in a deletion. As a value of a list it would restore the values that the same transaction
// deletes.
const star = "_STAR_ALL"

// empty deletes all values of a predicate at a node.
func (w *writer) empty(node uid, predicate string) {
	all := &api.Value{Val: &api.Value_DefaultVal{DefaultVal: star}}
	w.del = append(w.del, &api.NQuad{Subject: hex(uint64(node)), Predicate: predicate, ObjectValue: all})
}

// link sets or deletes the direct edge of a claim. The edge exists as long as this claim, or one with the same triple
// and another role, is active.
func (w *writer) link(r *record, before stored) {
	if r.linked == before.Linked {
		return
	}
	edge := edgeTo(w.uid(r.claim.Subject.String()), edgePredicate(r.claim.Predicate), w.uid(r.claim.Object.String()))
	switch {
	case r.linked:
		w.set = append(w.set, edge)
	case !slices.ContainsFunc(siblingsOf(r.claim), w.isLinked):
		w.del = append(w.del, edge)
	}
}

// isLinked reports whether a claim will be active after the write.
func (w *writer) isLinked(xid string) bool {
	if r, ok := w.batch[xid]; ok {
		return r.linked
	}
	return w.existing[xid].Linked
}

// siblingsOf are the xids of claims with the same triple and another role. They share the direct edge.
func siblingsOf(c *masar.Claim) []string {
	var xids []string
	for _, role := range append([]masar.Role{""}, masar.Roles...) {
		other := masar.Claim{Subject: c.Subject, Predicate: c.Predicate, Object: c.Object, Role: role}
		if role != c.Role {
			other.Key = other.NewKey()
			xids = append(xids, other.Identity().String())
		}
	}
	return xids
}

// edgePredicate is the predicate of the direct edges of claims with predicate p.
func edgePredicate(p masar.Predicate) string { return strings.ToLower(string(p)) }

// put adds the values of an encoded node, with edges as uids. It writes typed N-Quads. In JSON, Dgraph would misread
// a text that begins with "uid(" or "val(", or a list of numbers.
func (w *writer) put(subject string, node map[string]any) {
	for name, v := range node {
		switch v := v.(type) {
		case ref:
			w.set = append(w.set, edgeTo(subject, name, w.uid(string(v))))
		case []ref:
			for _, to := range v {
				w.set = append(w.set, edgeTo(subject, name, w.uid(string(to))))
			}
		case []string:
			for _, text := range v {
				w.set = append(w.set, &api.NQuad{Subject: subject, Predicate: name, ObjectValue: value(text)})
			}
		case []map[string]any:
			for _, part := range v {
				blank := w.blank()
				w.set = append(w.set, edgeTo(subject, name, blank))
				w.put(blank, part)
			}
		default:
			w.set = append(w.set, &api.NQuad{Subject: subject, Predicate: name, ObjectValue: value(v)})
		}
	}
}

func edgeTo(subject, predicate, object string) *api.NQuad {
	return &api.NQuad{Subject: subject, Predicate: predicate, ObjectId: object}
}

// value is a scalar in Dgraph's form.
func value(v any) *api.Value {
	switch v := v.(type) {
	case string:
		return &api.Value{Val: &api.Value_StrVal{StrVal: v}}
	case int:
		return &api.Value{Val: &api.Value_IntVal{IntVal: int64(v)}}
	case int64:
		return &api.Value{Val: &api.Value_IntVal{IntVal: v}}
	case float64:
		return &api.Value{Val: &api.Value_DoubleVal{DoubleVal: v}}
	case bool:
		return &api.Value{Val: &api.Value_BoolVal{BoolVal: v}}
	}
	panic(fmt.Sprintf("dgraph: no value of type %T", v))
}

// quadsPerMutation keeps a mutation well below the number of triples that Dgraph takes at once.
const quadsPerMutation = 20_000

// commit sends the mutations. Deletions go first, because a mutation that sets and deletes the same predicate has no
// defined result.
func (w *writer) commit(ctx context.Context, txn *dgo.Txn) error {
	for chunk := range slices.Chunk(w.del, quadsPerMutation) {
		if _, err := txn.Mutate(ctx, &api.Mutation{Del: chunk}); err != nil {
			return err
		}
	}
	made := map[string]string{} // whose names hold within one mutation only
	w.made = made
	for chunk := range slices.Chunk(w.set, quadsPerMutation) {
		for _, q := range chunk {
			q.Subject, q.ObjectId = cmp.Or(made[q.Subject], q.Subject), cmp.Or(made[q.ObjectId], q.ObjectId)
		}
		resp, err := txn.Mutate(ctx, &api.Mutation{Set: chunk})
		if err != nil {
			return err
		}
		for name, uid := range resp.Uids {
			made["_:"+name] = uid
		}
	}
	return txn.Commit(ctx)
}
