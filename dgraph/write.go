package dgraph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/dgraph-io/dgo/v230"
	"github.com/dgraph-io/dgo/v230/protos/api"

	"masar"
)

// Changes counts what a write did.
type Changes struct {
	Created, Updated, Unchanged int
	// Snapshot is the snapshot that the write made, or the one that stood when nothing had to be written.
	Snapshot int64
}

// Save writes records in one transaction: all of them or none. A record that is already there as given is left alone,
// so that saving the same batch twice changes nothing, and then the snapshot does not move either. A Save that ends in
// an error of the backend may have been written all the same: to be sure, save the same batch again.
//
// Beside each claim that linked reports as accepted and not refuted it keeps a direct edge from subject to object.
// The error has code BAD_INPUT for a batch with records that break a rule, which its details list; CONFLICT where other writers kept winning,
// BACKEND_UNAVAILABLE or TIMEOUT where Dgraph is out of reach.
func (s *Store) Save(ctx context.Context, batch *masar.Batch, linked func(*masar.Claim) bool) (Changes, error) {
	tries := 0
	changes, err := backoff.Retry(ctx, func() (Changes, error) {
		changes, err := s.trySave(ctx, batch, linked)
		tries++
		if err != nil && !aborted(err) && (masar.ErrorCode(err) != masar.CodeUnavailable || tries >= triesUnavailable) {
			err = backoff.Permanent(err)
		}
		return changes, err
	}, backoff.WithBackOff(&backoff.ExponentialBackOff{
		InitialInterval: 10 * time.Millisecond, MaxInterval: 500 * time.Millisecond, Multiplier: 2, RandomizationFactor: .5,
	}), backoff.WithMaxTries(triesAborted))
	switch {
	case err == nil:
		return changes, nil
	case aborted(err):
		err = masar.Errorf(masar.CodeConflict, "others were writing the same records; try again",
			"كان آخرون يكتبون السجلات نفسها؛ حاول مرة أخرى").Because(err)
	case errors.Is(err, context.DeadlineExceeded): // in the pause before another try
		err = unavailable(err)
	}
	return Changes{}, err
}

// A write that lost against others is tried ten times: of ten writers at once, one wins each time. One for which there
// is no Dgraph fails at once: a new start of Dgraph takes seconds, and the caller is told to come back in a few.
const (
	triesAborted     = 10
	triesUnavailable = 3
)

// stored is what the store holds of a record.
type stored struct {
	link
	XID      string `json:"xid"`
	Digest   string `json:"digest"`
	Revision int    `json:"revision"`
	Linked   bool   `json:"linked"`
	// Parts are the uids of nested nodes, of the edges that any sort has.
	OtherNames, Participants, History, Versions, Gauges []link
}

func (s *Store) trySave(ctx context.Context, batch *masar.Batch, linked func(*masar.Claim) bool) (Changes, error) {
	txn := s.dg.NewTxn()
	defer discard(ctx, txn)
	if err := s.validate(ctx, txn, batch); err != nil {
		return Changes{}, err
	}
	records, err := encodeBatch(batch, linked, s.analyse)
	if err != nil {
		return Changes{}, err
	}
	counter, err := readCounter(ctx, txn)
	if err != nil {
		return Changes{}, err
	}
	w := writer{
		existing: map[string]stored{}, batch: map[string]*record{}, blanks: map[string]string{}, contents: map[uint64]any{},
		snapshot: counter.Snapshot + 1, ordinal: counter.Changes, at: s.now().UTC(),
	}
	if err := w.read(ctx, txn, records); err != nil {
		return Changes{}, err
	}
	if err := w.readContents(ctx, txn, records); err != nil {
		return Changes{}, err
	}
	for _, r := range records {
		w.write(r)
	}
	if w.err != nil {
		return Changes{}, w.err
	}
	if w.changes.Created+w.changes.Updated == 0 {
		w.changes.Snapshot = counter.Snapshot
		return w.changes, nil
	}
	w.changes.Snapshot = w.snapshot
	node := map[string]any{"snapshot": w.snapshot, "changes": w.ordinal}
	uid := hex(uint64(counter.UID))
	if counter.UID == 0 {
		uid = w.blank()
		node["xid"], node["dgraph.type"] = snapshotXID, "Snapshot"
	}
	w.put(uid, node)
	if err := w.commit(ctx, txn); err != nil {
		return Changes{}, unavailable(err)
	}
	return w.changes, nil
}

// writer gathers what one transaction writes.
type writer struct {
	existing map[string]stored
	batch    map[string]*record
	blanks   map[string]string // xids of new records to their blank nodes
	contents map[uint64]any    // what the records that change have held
	nodes    int               // the number of blank nodes
	snapshot int64
	ordinal  int64 // of the last change
	at       time.Time
	set, del []*api.NQuad
	changes  Changes
	err      error
}

// read finds what the store holds of the records, of all that they refer to, and of the claims that share the direct
// edge of a claim that loses it.
func (w *writer) read(ctx context.Context, txn *dgo.Txn, records []*record) error {
	wanted := map[string]bool{}
	for _, r := range records {
		w.batch[r.xid] = r
		wanted[r.xid] = true
		eachValue(r.node, func(v any) {
			if to, ok := v.(ref); ok {
				wanted[string(to)] = true
			}
		})
	}
	if err := w.readStored(ctx, txn, wanted); err != nil {
		return err
	}
	clear(wanted)
	for _, r := range records {
		if _, ok := w.existing[r.xid]; !ok {
			w.blanks[r.xid] = w.blank()
		}
		if w.existing[r.xid].Linked && !r.linked {
			for _, xid := range siblings(r.claim) {
				wanted[xid] = true
			}
		}
	}
	return w.readStored(ctx, txn, wanted)
}

// existingPerQuery is the number of xids looked up at a time.
const existingPerQuery = 500

// readStored finds what the store holds of some xids.
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
			if e.XID != snapshotXID { // which is no record
				w.existing[e.XID] = e
			}
		}
	}
	return nil
}

// existingQuery finds n xids. DQL has no variables that hold a list.
func existingQuery(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = existingVar(i)
	}
	return "query existing(" + strings.Join(names, ": string, ") + `: string) {
  existing(func: eq(xid, [` + strings.Join(names, ", ") + `])) {
    uid xid digest revision linked
    OtherNames: other_names { uid } Participants: participants { uid } History: history { uid } Versions: versions { uid } Gauges: gauges { uid }
  }
}`
}

// readContents reads what those records hold that will be written anew, so that a change can say what it changed.
func (w *writer) readContents(ctx context.Context, txn *dgo.Txn, records []*record) error {
	rewritten := slices.DeleteFunc(slices.Clone(records), func(r *record) bool {
		before, known := w.existing[r.xid]
		return !known || before.Digest == r.digest
	})
	for chunk := range slices.Chunk(rewritten, existingPerQuery) {
		uids := map[masar.Sort][]uint64{}
		for _, r := range chunk {
			uids[r.codec.sort] = append(uids[r.codec.sort], uint64(w.existing[r.xid].UID))
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

// blank is a new blank node.
func (w *writer) blank() string {
	w.nodes++
	return "_:n" + strconv.Itoa(w.nodes)
}

// uid is the node of an xid: one that the store has, or one that this transaction makes.
func (w *writer) uid(xid string) string {
	if e, ok := w.existing[xid]; ok {
		return hex(uint64(e.UID))
	}
	if blank, ok := w.blanks[xid]; ok {
		return blank
	}
	if w.err == nil {
		w.err = masar.Errorf(masar.CodeBadInput, "a record refers to %s, which is neither in the graph nor in the batch",
			"يشير أحد السجلات إلى %s، وهو غير موجود في الرسم البياني ولا في الدفعة", xid)
	}
	return ""
}

func (w *writer) write(r *record) {
	before, known := w.existing[r.xid]
	if known && before.Digest == r.digest {
		w.changes.Unchanged++
		return
	}
	w.ordinal++
	change := map[string]any{
		"dgraph.type": "Change", "sequence": w.snapshot, "ordinal": w.ordinal, "at": w.at.Format(time.RFC3339Nano),
		"action": string(masar.ChangeCreated), "changed": r.xid,
	}
	if w.changes.Created+w.changes.Updated == 0 {
		change["begins"] = w.snapshot
	}
	uid := w.uid(r.xid)
	if known {
		change["action"], change["fields"] = string(masar.ChangeUpdated), r.changed(w.contents[uint64(before.UID)])
		w.clear(before, r.codec)
		w.changes.Updated++
	} else {
		w.put(uid, map[string]any{"xid": r.xid, "dgraph.type": r.types()})
		w.changes.Created++
	}
	w.put(uid, r.node)
	w.put(uid, map[string]any{"digest": r.digest, "revision": before.Revision + 1})
	if r.claim != nil {
		w.link(r, before)
	}
	w.put(w.blank(), change)
}

// types are a record's Dgraph types: its own, and Entity for every kind of entity.
func (r *record) types() []string {
	if _, isEntity := r.node["code"]; isEntity {
		return []string{r.codec.typeName, "Entity"}
	}
	return []string{r.codec.typeName}
}

// clear takes away what a record held, its nested nodes too, before it is written anew.
func (w *writer) clear(before stored, c *codec) {
	for _, p := range c.predicates() {
		if p != "xid" && p != "revision" && p != "digest" {
			w.empty(before.UID, p)
		}
	}
	for _, part := range slices.Concat(before.OtherNames, before.Participants, before.History, before.Versions, before.Gauges) {
		for _, p := range c.partPredicates() {
			w.empty(part.UID, p)
		}
	}
}

// star stands for all values where values are deleted. As one of a list's own values it would bring back those that the
// same transaction has deleted.
const star = "_STAR_ALL"

// empty takes away all that a node holds of a predicate.
func (w *writer) empty(node uid, predicate string) {
	all := &api.Value{Val: &api.Value_DefaultVal{DefaultVal: star}}
	w.del = append(w.del, &api.NQuad{Subject: hex(uint64(node)), Predicate: predicate, ObjectValue: all})
}

// link keeps the direct edge of a claim: there while the claim is linked, or another claim that says the same with
// another role; gone when none is any more.
func (w *writer) link(r *record, before stored) {
	if r.linked == before.Linked {
		return
	}
	edge := edgeTo(w.uid(r.claim.Subject.String()), edgePredicate(r.claim.Predicate), w.uid(r.claim.Object.String()))
	switch {
	case r.linked:
		w.set = append(w.set, edge)
	case !slices.ContainsFunc(siblings(r.claim), w.isLinked):
		w.del = append(w.del, edge)
	}
}

// isLinked reports whether a claim will have its direct edge.
func (w *writer) isLinked(xid string) bool {
	if r, ok := w.batch[xid]; ok {
		return r.linked
	}
	return w.existing[xid].Linked
}

// siblings are the xids of the claims that would share a claim's direct edge: those of other roles.
func siblings(c *masar.Claim) []string {
	var xids []string
	for _, role := range append([]masar.Role{""}, masar.Roles...) {
		other := masar.Claim{Subject: c.Subject, Predicate: c.Predicate, Object: c.Object, Role: role}
		if role != c.Role {
			xids = append(xids, claimXID(other.NewKey()))
		}
	}
	return xids
}

// edgePredicate is the predicate of the direct edges of claims.
func edgePredicate(p masar.Predicate) string { return strings.ToLower(string(p)) }

// put adds what an encoded node says, with edges by uid. It goes as typed N-Quads: in the JSON that Dgraph takes, a text
// that begins with "uid(" or "val(", or is a list of numbers, is taken for something else.
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

// value is a scalar as Dgraph takes it.
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

// commit writes what was gathered. What goes goes first: a mutation that sets and deletes the same predicate keeps
// neither for sure.
func (w *writer) commit(ctx context.Context, txn *dgo.Txn) error {
	for chunk := range slices.Chunk(w.del, quadsPerMutation) {
		if _, err := txn.Mutate(ctx, &api.Mutation{Del: chunk}); err != nil {
			return err
		}
	}
	made := map[string]string{} // the uids of blank nodes, whose names hold in one mutation only
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
