package main

import (
	"context"
	"fmt"
	"time"

	"masar/dgraph"
)

// oldBackup is the age from which a backup is too old, if the graph has changed since. A backup is made every day.
const oldBackup = 48 * time.Hour

// isOldBackup reports whether a backup is too old: it was made at a time, and there were writes since.
func isOldBackup(at time.Time, writes int64) bool { return writes > 0 && time.Since(at) > oldBackup }

// checkBackup reports the age of the last backup.
func (d *doctor) checkBackup(ctx context.Context, store *dgraph.Store, state dgraph.State) error {
	const check = "backup"
	const meaning = "What has been written since would be lost with the database."
	mend := "masar backup NEW_DIRECTORY " + d.where() + ", every day, to another machine"
	last, err := store.LastBackup(ctx)
	if err != nil {
		return err
	}
	if last == nil {
		if state.Snapshot <= 1 { // the seed can be loaded again
			d.ok(check, "no backup yet; the graph has only its first write")
			return nil
		}
		d.warning(check, fmt.Sprintf("no backup of this graph has been made; it is at snapshot %d", state.Snapshot), meaning, mend)
		return nil
	}
	at, err := time.Parse(time.RFC3339, last.At)
	if err != nil {
		return err
	}
	age, behind := time.Since(at), state.Snapshot-last.Snapshot
	seen := fmt.Sprintf("the last backup is of %s, %s ago, at snapshot %d; %s since", at.UTC().Format(time.RFC3339), aged(age), last.Snapshot, count(int(behind), "write"))
	if isOldBackup(at, behind) {
		d.warning(check, seen, meaning, mend)
		return nil
	}
	d.ok(check, "%s", seen)
	return nil
}

// aged is an age in words: minutes, hours or days.
func aged(age time.Duration) string {
	switch {
	case age < 2*time.Hour:
		return count(int(age/time.Minute), "minute")
	case age < oldBackup:
		return count(int(age/time.Hour), "hour")
	}
	return count(int(age/(24*time.Hour)), "day")
}
