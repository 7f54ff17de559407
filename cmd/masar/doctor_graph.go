package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/search"
)

// The checks of the graph, in the order of their importance.
var graphChecks = []string{"schema", "graph", "clock", "seed", "backup"}

// openGraph connects to a Dgraph.
func openGraph(ctx context.Context, url string) (*dgraph.Store, error) {
	return dgraph.Open(ctx, url, dgraph.WithAnalyser(search.Pack), dgraph.WithReadTime(readTime))
}

// checkGraph checks the graph of a data directory, if its Dgraph runs.
func (d *doctor) checkGraph(ctx context.Context) {
	why := "needs a running Dgraph: start masar serve " + d.where() + " and run masar doctor again"
	switch {
	case d.usage.Use == embedded.Preparing || d.usage.Use == embedded.Abandoned || d.failed("processes") || d.failed("certificates"),
		d.usage.Use == embedded.Unused && d.failed("files"):
		why = "needs a Dgraph that answers: mend that first, then run masar doctor again"
	case d.usage.Use == embedded.Serving:
		store, err := openGraph(ctx, d.usage.URL)
		if err == nil {
			defer store.Close()
			err = d.askGraph(ctx, store)
		}
		if err != nil {
			d.fault("graph", "Dgraph does not answer a query: "+reason(err), "Clients get errors.", "wait a minute and run masar doctor again; the reason is in "+d.dataDir+"/dgraph/alpha.log")
		}
		return
	}
	d.checkClockOfFiles()
	for _, check := range graphChecks {
		if check != "clock" {
			d.unchecked(check, why)
		}
	}
}

// askGraph checks the graph in a running Dgraph. The error reports that Dgraph does not answer.
func (d *doctor) askGraph(ctx context.Context, store *dgraph.Store) error {
	ctx, cancel := context.WithTimeout(ctx, graphTime)
	defer cancel()
	state, err := store.State(ctx)
	if err != nil {
		return err
	}
	usable := d.checkSchema(state)
	if err := d.checkSnapshot(ctx, state); err != nil {
		return err
	}
	if err := d.checkClock(ctx, store, state); err != nil {
		return err
	}
	if !usable {
		d.unchecked("seed", "needs a graph with the schema of this masar")
		d.unchecked("backup", "needs a graph with the schema of this masar")
		return nil
	}
	return errors.Join(d.checkSeed(ctx, store), d.checkBackup(ctx, store, state))
}

// checkSchema checks the version of the schema. It returns whether this masar can read the graph.
func (d *doctor) checkSchema(state dgraph.State) bool {
	const check = "schema"
	start := "masar serve " + d.where()
	if d.usage.Use == embedded.Serving {
		start = d.restart()
	}
	seen := fmt.Sprintf("the graph has schema version %d, and this masar has version %d", state.Version, dgraph.SchemaVersion)
	switch {
	case state.Restoring != "":
		d.fault(check, "a restore into this database is not finished", "The service does not start, and commands fail.",
			"repeat the masar restore or masar import, which continues it; the SHA-256 of what it restores is "+state.Restoring)
	case state.Emptied:
		d.fault(check, "the database has a schema of Masar, but its data is missing", "The graph is lost or incomplete. \"masar serve\" does not start on it.",
			"restore a backup, or write the seed: masar seed load "+d.where())
	case state.Version == 0:
		d.fault(check, "the database has no graph of Masar", "Commands that read the graph fail.", start)
	case state.Version > dgraph.SchemaVersion:
		d.fault(check, seen, "A newer masar has updated the graph. This one refuses it.", "use the newer masar; there is no way back to an older version except a backup")
	case state.Version < dgraph.SchemaVersion:
		d.warning(check, seen, "This masar updates the graph when it starts. Then an older masar can no longer use it.", "make a backup, then start this masar: "+start)
	default:
		d.ok(check, "version %d, as this masar requires", state.Version)
		return true
	}
	return false
}

// checkSnapshot compares the graph with the marker of the data directory.
func (d *doctor) checkSnapshot(ctx context.Context, state dgraph.State) error {
	const check = "graph"
	if d.dgraph != "" {
		d.ok(check, "snapshot %d", state.Snapshot)
		return nil
	}
	marker, err := embedded.ReadMarker(d.dataDir)
	if err != nil {
		return nil // checkFiles has reported it
	}
	if marker == nil {
		d.warning(check, embedded.MarkerPath(d.dataDir)+" does not exist", "Masar would not notice a loss of data at its next start.",
			d.restart()+"; the start writes the file")
		return nil
	}
	visitor, err := embedded.Visit(d.dataDir)
	if err == nil {
		err = visitor.Compare(ctx, *marker, state.Snapshot)
	}
	if damage, ok := errors.AsType[*embedded.DamageError](err); ok {
		d.fault(check, damage.File+" "+damage.What, "The files are not those that masar last used here, or writes are lost. The next start fails.",
			d.orAccept("stop masar and restore a backup", damage))
		return nil
	}
	if err == nil {
		d.ok(check, "snapshot %d; %s agrees", state.Snapshot, embedded.MarkerPath(d.dataDir))
	}
	return err
}

// mostAhead is the time by which the last write may be ahead of the clock.
const mostAhead = time.Minute

// isAhead reports whether a write is ahead of the clock, which was at now.
func isAhead(write, now time.Time) bool { return write.Sub(now) > mostAhead }

// checkClock compares the clock of this machine with the time of the last write.
func (d *doctor) checkClock(ctx context.Context, store *dgraph.Store, state dgraph.State) error {
	if state.Snapshot == 0 {
		d.unchecked("clock", "the graph has no write to compare with")
		return nil
	}
	at, err := lastWrite(ctx, store, state)
	if err != nil {
		return err
	}
	if at.IsZero() {
		d.unchecked("clock", "the last write has no time")
		return nil
	}
	d.compareClock("the last write", at)
	return nil
}

// checkClockOfFiles compares the clock of this machine with the time of the marker.
func (d *doctor) checkClockOfFiles() {
	info, err := os.Stat(embedded.MarkerPath(d.dataDir))
	if err != nil {
		d.unchecked("clock", "there is no marker to compare with")
		return
	}
	d.compareClock(embedded.MarkerPath(d.dataDir), info.ModTime())
}

func (d *doctor) compareClock(what string, at time.Time) {
	const check = "clock"
	now := time.Now()
	seen := fmt.Sprintf("it is %s; %s is of %s", now.UTC().Format(time.RFC3339), what, at.UTC().Format(time.RFC3339))
	if !isAhead(at, now) {
		d.ok(check, "%s", seen)
		return
	}
	d.warning(check, seen, "The clock of this machine is slow, or was fast at that write. The dates of changes are then wrong, and the age of evidence.",
		"set the clock: sudo timedatectl set-ntp true")
}

// differing is a record that differs from the seed in this binary.
type differing struct {
	Kind masar.RecordType `json:"kind"`
	Code string           `json:"code"`
	// Difference is "missing", "older" for a record of another seed, or "edited" for one whose last author is not the seed.
	Difference string `json:"difference"`
	By         string `json:"by,omitempty"`
}

// checkSeed compares the graph with the seed in this binary.
func (d *doctor) checkSeed(ctx context.Context, store *dgraph.Store) error {
	const check = "seed"
	differences, err := carriedDifferences(ctx, store)
	if err != nil {
		return err
	}
	n := map[string]int{}
	var records []differing
	for _, difference := range differences {
		r := differing{difference.Record.Type, difference.Record.Key, "older", difference.By}
		switch {
		case difference.Missing:
			r.Difference = "missing"
		case difference.By != "":
			r.Difference = "edited"
		}
		n[r.Difference]++
		records = append(records, r)
	}
	result := checked{Check: check, Rating: isOK, Seen: seedSentence(n, records), Records: records}
	if n["missing"]+n["older"] > 0 {
		result.Rating, result.Meaning = isWarning, "The graph has another version of the curated content than this binary."
		result.Mend = "masar seed load " + d.where()
	}
	d.checks = append(d.checks, result)
	return nil
}

// mostNamed is the number of records that a sentence names. The JSON has all of them.
const mostNamed = 3

func seedSentence(n map[string]int, records []differing) string {
	if len(records) == 0 {
		return "the graph has all records of the seed in this binary"
	}
	sentence := fmt.Sprintf("compared with the seed in this binary, %s missing, %d older or otherwise different, %d edited by others and kept:", count(n["missing"], "record"), n["older"], n["edited"])
	for i, r := range records {
		if i == mostNamed {
			return fmt.Sprintf("%s and %d more", sentence, len(records)-i)
		}
		sentence += fmt.Sprintf(" %s/%s (%s)", r.Kind, r.Code, r.Difference)
		if i < min(len(records), mostNamed)-1 {
			sentence += ","
		}
	}
	return sentence
}
