// Package dump writes whole graphs as JSONL, and reads them back: exports, imports, backups and restores. Its law: export,
// import into an empty database and export again give the same bytes.
package dump

import (
	"encoding/json"
	"fmt"

	"masar"
	"masar/dgraph"
)

// Profile says what an export holds.
type Profile string

// The profiles.
const (
	// Public is what readers see: entities, accepted and deprecated claims with their accepted evidence, and observations.
	// Authors are left out.
	Public Profile = "public"
	// Full is everything but source texts: also records in any state, their authors, and the history.
	Full Profile = "full"
)

// Profiles lists the profiles.
var Profiles = []Profile{Public, Full}

// formatVersion is the version of the format, in the header of a file.
const formatVersion = 1

// The lines that are no records.
const (
	ofHeader masar.RecordType = "HEADER"
	ofChange masar.RecordType = "CHANGE"
	ofEnd    masar.RecordType = "END"
)

// header is the first line of a file. The fields of this and the other lines are in the order of the alphabet.
type header struct {
	Masar   int              `json:"masar"`
	Of      masar.RecordType `json:"of"`
	Profile Profile          `json:"profile"`
}

// change is the line of a change.
type change struct {
	Action   masar.ChangeAction `json:"action"`
	At       string             `json:"at"`
	By       string             `json:"by,omitempty"`
	Fields   []string           `json:"fields,omitempty"`
	Of       masar.RecordType   `json:"of"`
	Reason   string             `json:"reason,omitempty"`
	Record   string             `json:"record"`
	Sequence int                `json:"sequence"`
	Snapshot int64              `json:"snapshot"`
}

func changeOf(c dgraph.HeldChange) change {
	return change{c.Action, c.At, c.By, c.Fields, ofChange, c.Reason, c.Record, c.Ordinal, c.Snapshot}
}

func (c change) held() dgraph.HeldChange {
	return dgraph.HeldChange{Ordinal: c.Sequence, Snapshot: c.Snapshot, At: c.At, Action: c.Action, Record: c.Record, Fields: c.Fields, By: c.By, Reason: c.Reason}
}

// end is the last line of a file. A file without it is cut off.
type end struct {
	// Changes and Snapshot are the counters of the graph; 0 in a file without the history.
	Changes int64            `json:"changes,omitempty"`
	Of      masar.RecordType `json:"of"`
	// Records is the number of records.
	Records  int   `json:"records"`
	Snapshot int64 `json:"snapshot,omitempty"`
}

// part are the fields of a record's line that depend on the profile.
type part struct {
	Of         masar.RecordType `json:"of"`
	Version    int              `json:"version"`
	Authorship masar.Authorship `json:"authorship"`
	Seeded     string           `json:"seeded"`
}

// line returns the line of a record in a profile, from its own line.
func (p Profile) line(held dgraph.HeldRecord) ([]byte, error) {
	isClaim, isText := held.Record.Type == masar.RecordClaim, held.Record.Type == masar.RecordText
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(held.Line, &fields); err != nil {
		return nil, fmt.Errorf("the line of %s: %w", held.Record, err)
	}
	if p == Public || !isClaim { // the line of a claim has its authors already
		delete(fields, "authorship")
	}
	if p == Full {
		if err := addNotes(fields, held, isClaim); err != nil {
			return nil, err
		}
	}
	if isText { // the revision is not in its own line
		fields["version"] = fmt.Append(nil, held.Revision)
	}
	return masar.CompactJSON(fields)
}

// addNotes adds what the database notes of a record, besides its content.
func addNotes(fields map[string]json.RawMessage, held dgraph.HeldRecord, isClaim bool) (err error) {
	if held.By != "" && !isClaim {
		if fields["authorship"], err = masar.CompactJSON(masar.Authorship{LastBy: held.By}); err != nil {
			return err
		}
	}
	if held.Seeded != "" {
		fields["seeded"], err = masar.CompactJSON(held.Seeded)
	}
	return err
}
