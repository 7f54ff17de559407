package dgraph

import (
	"context"
	"crypto/rand"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/dgraph-io/dgo/v230/protos/api"

	"masar"
)

// restoreXID is the key of the node that marks an unfinished restore.
const restoreXID = "RESTORE/graph"

// unfinished is the error for a database with an unfinished restore. It has code RESTORE_UNFINISHED.
func unfinished(state State) error {
	return masar.NewError(masar.CodeRestoring, "error.restore.unfinished", masar.Args{"hash": state.Restoring})
}

// RestoredRecord is a record to restore, with the revision and the author that it had.
type RestoredRecord struct {
	Record   masar.Record
	Revision int
	By       masar.Authorship
	// Seeded is the digest of what the seed last said of it; empty if nothing.
	Seeded string
}

// Restoration writes records and their history into an empty database, as they were. It is not one transaction: a mark in the
// database says that it is unfinished, until Finish removes it.
type Restoration struct {
	store *Store
	// continued reports that an earlier restore of the same records was interrupted, so that some are there.
	continued bool
	// nodes are the nodes of the entities and claims so far, and of those that have been referred to. naming protects it.
	nodes  map[string]uid
	naming sync.Mutex
	tally  tally // of the changes so far
	last   int   // the ordinal of the last change
	wrote  int64 // the snapshot of the last change
}

// BeginRestore begins a restore into an empty database, and prepares its schema. hash identifies what is restored: an
// interrupted restore of the same hash is continued. The error has code DATABASE_NOT_EMPTY for a database with records, and
// RESTORE_UNFINISHED for one in which a restore of something else is unfinished.
func (s *Store) BeginRestore(ctx context.Context, hash string) (*Restoration, error) {
	state, err := s.State(ctx)
	switch {
	case err != nil:
		return nil, err
	case state.Restoring != "" && state.Restoring != hash:
		return nil, unfinished(state)
	case state.Restoring == "" && (state.Snapshot > 0 || state.Records):
		return nil, masar.NewError(masar.CodeNotEmpty, "error.restore.not_empty", masar.Args{"snapshot": state.Snapshot})
	case state.Restoring != "" && state.Version != SchemaVersion:
		return nil, &VersionError{state.Version}
	}
	r := &Restoration{store: s, continued: state.Restoring != "", nodes: map[string]uid{}, tally: tally{}}
	if r.continued {
		return r, nil
	}
	if err := s.ApplySchema(ctx); err != nil {
		return nil, err
	}
	return r, r.mark(ctx, hash)
}

// mark writes the mark of an unfinished restore. Of two restores at the same time, one fails.
func (r *Restoration) mark(ctx context.Context, hash string) error {
	txn := r.store.dg.NewTxn()
	defer discard(ctx, txn)
	w := writer{existing: map[string]stored{}}
	if err := w.readStored(ctx, txn, map[string]bool{restoreXID: true}); err != nil {
		return err
	}
	if _, other := w.existing[restoreXID]; other {
		return masar.NewError(masar.CodeConflict, "error.write.conflict", nil)
	}
	w.put(w.blank(), map[string]any{"xid": restoreXID, "restoring": hash})
	err := w.commit(ctx, txn)
	if aborted(err) {
		return masar.NewError(masar.CodeConflict, "error.write.conflict", nil).Because(err)
	}
	return unavailableIf(err)
}

// unavailableIf classifies an error of Dgraph, if there is one.
func unavailableIf(err error) error {
	if err == nil {
		return nil
	}
	return unavailable(err)
}

// Write writes records in one transaction. Records that an interrupted restore has written stay as they are. Several may write
// different records at the same time.
func (r *Restoration) Write(ctx context.Context, given []RestoredRecord) error {
	ctx = many(ctx, 20*recordPage)
	records := make([]*record, len(given))
	named := map[string]bool{}
	for i, g := range given {
		var err error
		if records[i], err = encode(g.Record, r.store.analyse); err != nil {
			return err
		}
		named[records[i].xid] = true
		eachValue(records[i].node, func(v any) {
			if to, ok := v.(ref); ok {
				named[string(to)] = true
			}
		})
	}
	existing, err := r.name(ctx, named)
	if err != nil {
		return err
	}
	return r.commit(ctx, func() (*writer, error) {
		w := &writer{existing: existing}
		for i, g := range given {
			if existing[records[i].xid].Digest == "" {
				w.restore(records[i], g)
			}
		}
		return w, w.err
	})
}

// commit writes what make has prepared. Two claims may have the same direct edge, so that one of two transactions at the same time
// is aborted and begins again.
func (r *Restoration) commit(ctx context.Context, prepare func() (*writer, error)) error {
	for try := 1; ; try++ {
		w, err := prepare()
		if err != nil || len(w.set)+len(w.del) == 0 {
			return err
		}
		txn := r.store.dg.NewTxn()
		err = w.commit(ctx, txn)
		discard(ctx, txn)
		if try == triesAborted || !aborted(err) {
			return unavailableIf(err)
		}
	}
}

// name returns the nodes of the named records. Those that are not there yet get nodes with a key alone, which are filled when
// their turn comes. So transactions at the same time can refer to the same record.
func (r *Restoration) name(ctx context.Context, named map[string]bool) (map[string]stored, error) {
	r.naming.Lock()
	defer r.naming.Unlock()
	existing, unknown := map[string]stored{}, map[string]bool{}
	for xid := range named {
		if at, ok := r.nodes[xid]; ok && !r.continued {
			existing[xid] = stored{link: link{at}, XID: xid}
			continue
		}
		unknown[xid] = true
	}
	txn := r.store.dg.NewTxn()
	defer discard(ctx, txn)
	w := &writer{existing: existing, blanks: map[string]string{}}
	if r.continued {
		if err := w.readStored(ctx, txn, unknown); err != nil {
			return nil, err
		}
	}
	for _, xid := range slices.Sorted(maps.Keys(unknown)) {
		if _, ok := existing[xid]; !ok {
			w.blanks[xid] = w.blank()
			w.put(w.blanks[xid], map[string]any{"xid": xid})
		}
	}
	if err := w.commit(ctx, txn); err != nil {
		return nil, unavailable(err)
	}
	return existing, r.keep(w)
}

// restore writes a record as it was.
func (w *writer) restore(r *record, given RestoredRecord) {
	node := w.uid(r.xid)
	w.put(node, map[string]any{"dgraph.type": r.types()})
	w.put(node, r.node)
	head := map[string]any{"digest": r.digest, "revision": given.Revision}
	for name, v := range map[string]string{"by": given.By.LastBy, "accepted_by": given.By.AcceptedBy, "accepted_at": given.By.AcceptedAt, "retired_at": given.By.RetiredAt, "seeded": given.Seeded} {
		if v != "" {
			head[name] = v
		}
	}
	if r.codec.lined() {
		line, err := r.line(given.Revision, given.By)
		if err != nil && w.err == nil {
			w.err = err
		}
		head["line"] = line
	}
	w.put(node, head)
	if r.linked {
		w.link(r, stored{})
	}
}

// keep adds the new nodes of a write to those that exist, and remembers those to which later records may refer.
func (r *Restoration) keep(w *writer) error {
	for xid, blank := range w.blanks {
		var at uid
		if err := at.UnmarshalText([]byte(w.made[blank])); err != nil {
			return err
		}
		w.existing[xid] = stored{link: link{at}, XID: xid}
		switch of, _ := recordRef(xid); of.Type {
		case masar.RecordEvidence, masar.RecordObservation, masar.RecordText:
		default:
			r.nodes[xid] = at
		}
	}
	return nil
}

// Note takes changes, in the order of their ordinals. The function that it returns writes them in one transaction, beside others.
// Changes that an interrupted restore has written stay as they are.
func (r *Restoration) Note(changes []HeldChange) (write func(context.Context) error) {
	nodes := make([]map[string]any, len(changes))
	for i, c := range changes {
		nodes[i] = r.change(c)
	}
	return func(ctx context.Context) error {
		if len(changes) == 0 {
			return nil
		}
		ctx = many(ctx, 20*recordPage)
		there, err := r.noted(ctx, span{changes[0].Ordinal, changes[len(changes)-1].Ordinal})
		if err != nil {
			return err
		}
		return r.commit(ctx, func() (*writer, error) {
			w := &writer{}
			for i, c := range changes {
				if !there[c.Ordinal] {
					w.put(w.blank(), nodes[i])
				}
			}
			return w, nil
		})
	}
}

// noted are the ordinals of the changes that an interrupted restore has written.
func (r *Restoration) noted(ctx context.Context, part span) (map[int]bool, error) {
	if !r.continued {
		return nil, nil
	}
	var answer struct {
		Page []changeRow `json:"page"`
	}
	if err := query(ctx, r.store.dg.NewReadOnlyTxn(), historyQuery, part.vars(), &answer); err != nil {
		return nil, err
	}
	there := map[int]bool{}
	for _, row := range answer.Page {
		there[row.Ordinal] = true
	}
	return there, nil
}

// change is the node of a change. The first of a write has the tally of the changes before it, unless some are missing.
func (r *Restoration) change(c HeldChange) map[string]any {
	node := map[string]any{
		"dgraph.type": "Change", "sequence": c.Snapshot, "ordinal": c.Ordinal, "at": c.At, "action": string(c.Action), "changed": c.Record,
	}
	for name, v := range map[string]string{"by": c.By, "reason": c.Reason} {
		if v != "" {
			node[name] = v
		}
	}
	if len(c.Fields) > 0 {
		node["fields"] = c.Fields
	}
	if c.Ordinal != r.last+1 {
		r.tally = nil
	}
	if c.Snapshot != r.wrote {
		node["begins"] = c.Snapshot
		if r.tally != nil {
			node["tally"] = r.tally.text()
		}
	}
	if of, _ := recordRef(c.Record); r.tally != nil {
		r.tally[of.Type]++
	}
	r.last, r.wrote = c.Ordinal, c.Snapshot
	return node
}

// Finish ends the restore: it makes all records durable, and then writes the counter of snapshots and changes, and removes the
// mark, in one transaction. From then on the database has a graph.
func (r *Restoration) Finish(ctx context.Context, snapshot, changes int64) error {
	if err := r.store.sync(); err != nil {
		return err
	}
	txn := r.store.dg.NewTxn()
	defer discard(ctx, txn)
	w := writer{existing: map[string]stored{}}
	if err := w.readStored(ctx, txn, map[string]bool{restoreXID: true}); err != nil {
		return err
	}
	mark, ok := w.existing[restoreXID]
	if !ok {
		return masar.NewError(masar.CodeConflict, "error.write.conflict", nil)
	}
	w.empty(mark.UID, "xid")
	w.empty(mark.UID, "restoring")
	if snapshot > 0 {
		counter := map[string]any{
			"xid": snapshotXID, "dgraph.type": "Snapshot", "snapshot": snapshot, "changes": changes, "restored": rand.Text(),
		}
		if r.tally != nil {
			counter["tally"] = r.tally.text()
		}
		w.put(w.blank(), counter)
	}
	return unavailableIf(w.commit(ctx, txn))
}

// Backup is the record of a backup.
type Backup struct {
	// At is the time, in RFC 3339, and Snapshot the snapshot that the backup holds.
	At       string `json:"backup_at"`
	Snapshot int64  `json:"backup_snapshot"`
}

const backupQuery = `{ backup(func: has(backup_at), first: 1) { uid backup_at backup_snapshot } }`

// LastBackup returns the record of the last backup; nil if there is none.
func (s *Store) LastBackup(ctx context.Context) (*Backup, error) {
	_, last, err := readBackup(ctx, s.dg.NewReadOnlyTxn())
	return last, err
}

func readBackup(ctx context.Context, txn reader) (node string, last *Backup, err error) {
	var answer struct {
		Backup []struct {
			UID string `json:"uid"`
			Backup
		} `json:"backup"`
	}
	if err := query(ctx, txn, backupQuery, nil, &answer); err != nil || len(answer.Backup) == 0 {
		return "_:backup", nil, err
	}
	return answer.Backup[0].UID, &answer.Backup[0].Backup, nil
}

// NoteBackup records a backup of a snapshot. It is no change of the graph.
func (s *Store) NoteBackup(ctx context.Context, snapshot int64) error {
	txn := s.dg.NewTxn()
	defer discard(ctx, txn)
	node, _, err := readBackup(ctx, txn)
	if err != nil {
		return err
	}
	set := []*api.NQuad{
		{Subject: node, Predicate: "backup_at", ObjectValue: value(s.now().UTC().Format(time.RFC3339))},
		{Subject: node, Predicate: "backup_snapshot", ObjectValue: value(snapshot)},
	}
	if _, err := txn.Mutate(ctx, &api.Mutation{Set: set}); err != nil {
		return unavailable(err)
	}
	return unavailableIf(txn.Commit(ctx))
}
