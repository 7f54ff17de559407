package dgraph

import (
	"context"
	"strconv"

	"masar"
)

var (
	changesQuery = named("changes")
	changedQuery = named("changed")
)

// maxChanges is the largest number of changes that OutlineSince reads. Finding a record by its key takes Dgraph several
// times as long as reading it in a full scan.
const maxChanges = 50_000

// perChange is the number of records read in a full scan in the time of one changed record.
const perChange = 5

// OutlineSince reads the Outline of the records written since a snapshot, up to this moment. complete is false if Dgraph
// does not hold all changes since then, for example after it was loaded anew, or if there are more than maxChanges.
// The caller then has to read the whole Outline.
func (m *Moment) OutlineSince(ctx context.Context, snapshot int64) (outline *masar.Outline, complete bool, err error) {
	writes, changes, err := m.writtenSince(ctx, snapshot)
	// Each write moves the counter on by one and leaves a change at least.
	if err != nil || writes != m.snapshot-snapshot || changes > maxChanges {
		return nil, false, err
	}
	most := m.store.hosts.time(perChange * changes)
	ctx, cancel := context.WithTimeout(many(ctx, perChange*changes), most)
	defer cancel()
	outline, err = m.changed(ctx, snapshot)
	return outline, err == nil, err
}

// writtenSince counts the writes since a snapshot and the changes that they made. It takes as long as one small read at
// most.
func (m *Moment) writtenSince(ctx context.Context, snapshot int64) (writes int64, changes int, err error) {
	ctx, cancel := context.WithTimeout(ctx, m.store.hosts.readTime)
	defer cancel()
	var written struct {
		Writes []struct {
			Groups []struct {
				Count int `json:"count"`
			} `json:"@groupby"`
		} `json:"writes"`
	}
	if err := query(ctx, m, changesQuery, map[string]string{"$since": strconv.FormatInt(snapshot, 10)}, &written); err != nil {
		return 0, 0, err
	}
	for _, w := range written.Writes {
		for _, g := range w.Groups {
			writes++
			changes += g.Count
		}
	}
	return writes, changes, nil
}

// changedPage is a page of changes with the changed records.
type changedPage struct {
	Page         []link           `json:"page"`
	Entities     []entityRow      `json:"entities"`
	Claims       []claimRow       `json:"claims"`
	Evidence     []evidenceRow    `json:"evidence"`
	Observations []observationRow `json:"observations"`
	Texts        []textRow        `json:"texts"`
}

// changed reads the outlines of the records written since a snapshot, each once.
func (m *Moment) changed(ctx context.Context, snapshot int64) (*masar.Outline, error) {
	outline, page, seen := &masar.Outline{Snapshot: m.snapshot}, m.store.outlinePage, map[uid]bool{}
	for after := uid(0); ; {
		var answer changedPage
		vars := map[string]string{
			"$since": strconv.FormatInt(snapshot, 10), "$first": strconv.Itoa(page), "$after": hex(uint64(after)),
		}
		if err := query(ctx, m, changedQuery, vars, &answer); err != nil {
			return nil, err
		}
		outline.Entities = appendNew(outline.Entities, seen, answer.Entities, entityRow.outline)
		outline.Claims = appendNew(outline.Claims, seen, answer.Claims, claimRow.outline)
		outline.Evidence = appendNew(outline.Evidence, seen, answer.Evidence, evidenceRow.outline)
		outline.Observations = appendNew(outline.Observations, seen, answer.Observations, observationRow.outline)
		outline.Texts = appendNew(outline.Texts, seen, answer.Texts, textRow.outline)
		if len(answer.Page) < page {
			return outline, nil
		}
		after = answer.Page[len(answer.Page)-1].UID
	}
}

// appendNew appends the outlines of the rows that are not in seen yet.
func appendNew[R row, S any](outlines []S, seen map[uid]bool, rows []R, outline func(R) S) []S {
	for _, r := range rows {
		if !seen[r.at()] {
			seen[r.at()] = true
			outlines = append(outlines, outline(r))
		}
	}
	return outlines
}
