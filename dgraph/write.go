package dgraph

import (
	"context"
	"crypto/sha256"
	hexadecimal "encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
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
// so that saving the same batch twice changes nothing, and then the snapshot does not move either.
// Beside each claim that linked reports as accepted and not refuted it keeps a direct edge from subject to object.
// The error has code CONFLICT where other writers kept winning, BACKEND_UNAVAILABLE or TIMEOUT where Dgraph is out of reach.
func (s *Store) Save(ctx context.Context, batch *masar.Batch, linked func(*masar.Claim) bool) (Changes, error) {
	records, err := encodeBatch(batch, linked)
	if err != nil {
		return Changes{}, err
	}
	changes, err := backoff.Retry(ctx, func() (Changes, error) {
		changes, err := s.trySave(ctx, records)
		if err != nil && !errors.Is(err, dgo.ErrAborted) && masar.ErrorCode(err) != masar.CodeUnavailable {
			err = backoff.Permanent(err)
		}
		return changes, err
	}, backoff.WithBackOff(&backoff.ExponentialBackOff{
		InitialInterval: 10 * time.Millisecond, MaxInterval: 500 * time.Millisecond, Multiplier: 2, RandomizationFactor: .5,
	}), backoff.WithMaxTries(10))
	if errors.Is(err, dgo.ErrAborted) {
		err = &masar.Error{Code: masar.CodeConflict, Message: "others were writing the same records; try again", Cause: err}
	}
	return changes, err
}

// record is a record on its way into the store, with edges still by xid.
type record struct {
	xid    string
	codec  *codec
	node   map[string]any
	digest string
	claim  *masar.Claim // of a claim
	linked bool
}

func encodeBatch(batch *masar.Batch, linked func(*masar.Claim) bool) ([]*record, error) {
	var records []*record
	add := func(sort masar.Sort, key string, value any) *record {
		c := codecBySort[sort]
		node := c.encode(reflect.ValueOf(value).Elem(), func(xid string) string { return xid })
		r := &record{xid: string(sort) + "/" + key, codec: c, node: node}
		records = append(records, r)
		return r
	}
	for _, e := range batch.Entities {
		head := e.Head()
		r := add(masar.Sort(head.Kind), head.Code, e)
		r.node["kind"], r.node["code"] = string(head.Kind), head.Code
	}
	for _, c := range batch.Claims {
		r := add(masar.SortClaim, c.Key, c)
		r.claim, r.linked = c, linked(c)
		if r.linked {
			r.node["linked"] = true
		}
	}
	for _, e := range batch.Evidence {
		r := add(masar.SortEvidence, e.Key, e)
		r.node["claim"] = map[string]string{"uid": string(masar.SortClaim) + "/" + e.ClaimKey}
	}
	for _, o := range batch.Observations {
		add(masar.SortObservation, o.Key, o)
	}
	for _, t := range batch.Texts {
		add(masar.SortText, t.SHA256, t)
	}
	for _, r := range records {
		canonical, err := json.Marshal(r.node) // keys sorted, edges by xid: the same in every store
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.xid, err)
		}
		sum := sha256.Sum256(canonical)
		r.digest = hexadecimal.EncodeToString(sum[:])
	}
	return records, nil
}

// stored is what the store holds of a record.
type stored struct {
	link
	XID      string `json:"xid"`
	Digest   string `json:"digest"`
	Revision int    `json:"revision"`
	Linked   bool   `json:"linked"`
	// Parts are the uids of nested nodes, of the edges that any sort has.
	OtherNames, Participants, History, Versions []link
}

func (s *Store) trySave(ctx context.Context, records []*record) (Changes, error) {
	txn := s.dg.NewTxn()
	defer discard(txn)
	counter, snapshot, err := readSnapshot(ctx, txn)
	if err != nil {
		return Changes{}, err
	}
	existing, err := readStored(ctx, txn, records)
	if err != nil {
		return Changes{}, err
	}
	w := writer{existing: existing, snapshot: snapshot + 1, at: time.Now().UTC()}
	if w.made, err = makeNodes(ctx, txn, records, existing); err != nil {
		return Changes{}, err
	}
	for _, r := range records {
		w.write(r)
	}
	if w.err != nil {
		return Changes{}, w.err
	}
	if w.changes.Created+w.changes.Updated == 0 {
		w.changes.Snapshot = snapshot
		return w.changes, nil
	}
	w.changes.Snapshot = w.snapshot
	node := map[string]any{"uid": "_:snapshot", "xid": snapshotXID, "dgraph.type": "Snapshot", "snapshot": w.snapshot}
	if counter != 0 {
		node = map[string]any{"uid": hex(uint64(counter)), "snapshot": w.snapshot}
	}
	w.set = append(w.set, node)
	if err := w.commit(ctx, txn); err != nil {
		return Changes{}, err
	}
	return w.changes, nil
}

// existingPerQuery is the number of xids looked up at a time.
const existingPerQuery = 500

// readStored finds what the store holds of the records and of all that they refer to.
func readStored(ctx context.Context, txn *dgo.Txn, records []*record) (map[string]stored, error) {
	wanted := map[string]bool{}
	for _, r := range records {
		wanted[r.xid] = true
		eachLink(r.node, func(l map[string]string) { wanted[l["uid"]] = true })
	}
	found := map[string]stored{}
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(wanted)), existingPerQuery) {
		vars := map[string]string{}
		var names, params []string
		for i, xid := range chunk {
			name := fmt.Sprintf("$v%d", i)
			vars[name] = xid
			names, params = append(names, name), append(params, name+": string")
		}
		q := "query existing(" + strings.Join(params, ", ") + `) {
  existing(func: eq(xid, [` + strings.Join(names, ", ") + `])) {
    uid xid digest revision linked
    OtherNames: other_names { uid } Participants: participants { uid } History: history { uid } Versions: versions { uid }
  }
}`
		var answer struct {
			Existing []stored `json:"existing"`
		}
		if err := query(ctx, txn, q, vars, &answer); err != nil {
			return nil, err
		}
		for _, e := range answer.Existing {
			found[e.XID] = e
		}
	}
	return found, nil
}

// nodesPerMutation keeps a mutation well below the number of triples that Dgraph takes at once.
const nodesPerMutation = 500

// makeNodes makes the nodes of new records, so that what is written next can refer to all of them by uid:
// a blank node's name holds in one mutation only. It answers the uid of each new xid.
func makeNodes(ctx context.Context, txn *dgo.Txn, records []*record, existing map[string]stored) (map[string]string, error) {
	var nodes []map[string]any
	blank := map[string]string{}
	for _, r := range records {
		if _, known := existing[r.xid]; known || blank[r.xid] != "" {
			continue
		}
		blank[r.xid] = fmt.Sprintf("r%d", len(blank))
		nodes = append(nodes, map[string]any{"uid": "_:" + blank[r.xid], "xid": r.xid, "dgraph.type": r.types()})
	}
	made := map[string]string{}
	for chunk := range slices.Chunk(nodes, nodesPerMutation) {
		uids, err := mutate(ctx, txn, chunk, func(m *api.Mutation, b []byte) { m.SetJson = b })
		if err != nil {
			return nil, err
		}
		maps.Copy(made, uids)
	}
	for xid, name := range blank {
		blank[xid] = made[name]
	}
	return blank, nil
}

// eachLink visits the edges of an encoded record, those of its nested nodes too.
func eachLink(node map[string]any, visit func(map[string]string)) {
	for _, v := range node {
		switch v := v.(type) {
		case map[string]string:
			visit(v)
		case []map[string]string:
			for _, l := range v {
				visit(l)
			}
		case []map[string]any:
			for _, part := range v {
				eachLink(part, visit)
			}
		}
	}
}

// writer gathers what one transaction writes.
type writer struct {
	existing map[string]stored
	made     map[string]string // the uids of new records, by xid
	snapshot int64
	at       time.Time
	set, del []map[string]any
	changes  Changes
	err      error
}

// uid is the node of an xid: one that the store has, or one that this transaction makes.
func (w *writer) uid(xid string) string {
	if e, ok := w.existing[xid]; ok {
		return hex(uint64(e.UID))
	}
	if uid, ok := w.made[xid]; ok {
		return uid
	}
	if w.err == nil {
		w.err = masar.Errorf(masar.CodeBadInput, "a record refers to %s, which is neither in the graph nor in the batch", xid)
	}
	return ""
}

func (w *writer) write(r *record) {
	before, known := w.existing[r.xid]
	if known && before.Digest == r.digest {
		w.changes.Unchanged++
		return
	}
	change := map[string]any{
		"dgraph.type": "Change", "sequence": w.snapshot, "at": w.at.Format(time.RFC3339Nano), "action": "CREATED", "changed": r.xid,
	}
	if known {
		change["action"], change["fields"] = "UPDATED", slices.Sorted(maps.Keys(r.node))
		w.clear(before, r.codec)
		w.changes.Updated++
	} else {
		w.changes.Created++
	}
	node := w.resolve(r.node)
	node["uid"], node["digest"], node["revision"] = w.uid(r.xid), r.digest, before.Revision+1
	w.set = append(w.set, node, change)
	w.link(r, before)
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
	gone := map[string]any{"uid": hex(uint64(before.UID))}
	for _, p := range c.predicates() {
		if p != "xid" && p != "revision" && p != "digest" {
			gone[p] = nil
		}
	}
	w.del = append(w.del, gone)
	for _, f := range c.fields {
		if f.shape != nested {
			continue
		}
		for _, part := range slices.Concat(before.OtherNames, before.Participants, before.History, before.Versions) {
			gone := map[string]any{"uid": hex(uint64(part.UID)), "position": nil}
			for _, p := range f.parts {
				for _, name := range p.predicates() {
					gone[name] = nil
				}
			}
			w.del = append(w.del, gone)
		}
	}
}

// link keeps the direct edge of a claim: there while the claim is linked, gone when it no longer is.
func (w *writer) link(r *record, before stored) {
	if r.claim == nil || r.linked == before.Linked {
		return
	}
	edge := map[string]any{
		"uid":                            w.uid(r.claim.Subject.String()),
		edgePredicate(r.claim.Predicate): map[string]string{"uid": w.uid(r.claim.Object.String())},
	}
	if r.linked {
		w.set = append(w.set, edge)
	} else {
		w.del = append(w.del, edge)
	}
}

// edgePredicate is the predicate of the direct edges of claims.
func edgePredicate(p masar.Predicate) string { return strings.ToLower(string(p)) }

// resolve copies an encoded record with its edges by uid.
func (w *writer) resolve(node map[string]any) map[string]any {
	out := make(map[string]any, len(node)+5)
	for name, v := range node {
		switch v := v.(type) {
		case map[string]string:
			out[name] = map[string]string{"uid": w.uid(v["uid"])}
		case []map[string]string:
			links := make([]map[string]string, len(v))
			for i, l := range v {
				links[i] = map[string]string{"uid": w.uid(l["uid"])}
			}
			out[name] = links
		case []map[string]any:
			parts := make([]map[string]any, len(v))
			for i, part := range v {
				parts[i] = w.resolve(part)
			}
			out[name] = parts
		default:
			out[name] = v
		}
	}
	return out
}

func (w *writer) commit(ctx context.Context, txn *dgo.Txn) error {
	// What goes goes first: a mutation that sets and deletes the same predicate keeps neither for sure.
	for chunk := range slices.Chunk(w.del, nodesPerMutation) {
		if _, err := mutate(ctx, txn, chunk, func(m *api.Mutation, b []byte) { m.DeleteJson = b }); err != nil {
			return err
		}
	}
	for chunk := range slices.Chunk(w.set, nodesPerMutation) {
		if _, err := mutate(ctx, txn, chunk, func(m *api.Mutation, b []byte) { m.SetJson = b }); err != nil {
			return err
		}
	}
	return writeError(txn.Commit(ctx))
}

// mutate sends nodes as one mutation and answers the uids of its blank nodes, by name.
func mutate(ctx context.Context, txn *dgo.Txn, nodes []map[string]any, put func(*api.Mutation, []byte)) (map[string]string, error) {
	b, err := json.Marshal(nodes)
	if err != nil {
		return nil, fmt.Errorf("dgraph: %w", err)
	}
	m := &api.Mutation{}
	put(m, b)
	resp, err := txn.Mutate(ctx, m)
	if err != nil {
		return nil, writeError(err)
	}
	return resp.Uids, nil
}

// writeError keeps dgo.ErrAborted as it is, for the writer to try again.
func writeError(err error) error {
	if err == nil || errors.Is(err, dgo.ErrAborted) {
		return err
	}
	return unavailable(err)
}
