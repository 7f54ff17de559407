package dump

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"

	"masar"
	"masar/dgraph"
)

// Options are the options of an export.
type Options struct {
	Profile Profile
	// Texts adds source texts.
	Texts bool
	// Report receives the faults of records, which are then compared with their digests and predicates; nil reads lines only,
	// which is faster.
	Report func(masar.Finding)
	// TempDir is a directory for sorting; empty for that of the system.
	TempDir string
	// keep reports whether a record that is no evidence is exported; nil exports all of the profile.
	keep func(masar.RecordRef) bool
}

// Summary describes what has been written.
type Summary struct {
	// Counts are the numbers of records and changes by type.
	Counts map[masar.RecordType]int `json:"counts"`
	// Snapshot and Changes are the counters of the graph.
	Snapshot int64 `json:"snapshot"`
	Changes  int64 `json:"changes"`
	// SHA256 is the hash of the lines, in hex.
	SHA256 string `json:"sha256"`
}

// Export writes the graph as it was at a moment, as JSONL: a header, the records in the order of masar.RecordTypes and of
// their codes or keys, the history, and an end. Its memory does not grow with the graph.
func Export(ctx context.Context, at *dgraph.Moment, to io.Writer, o Options) (*Summary, error) {
	var types []masar.RecordType
	for _, t := range masar.RecordTypes {
		if t != masar.RecordText || o.Texts {
			types = append(types, t)
		}
	}
	return export(ctx, at, to, o, types, o.Profile == Full)
}

// export writes records of some types, with or without the history.
func export(ctx context.Context, at *dgraph.Moment, to io.Writer, o Options, types []masar.RecordType, history bool) (*Summary, error) {
	e := &exporter{
		Options: o, at: at, lines: newLineWriter(to), hidden: map[string]bool{}, created: map[masar.RecordType]int{},
		summary: &Summary{Counts: map[masar.RecordType]int{}},
	}
	if err := e.lines.write(header{formatVersion, ofHeader, o.Profile}); err != nil {
		return nil, err
	}
	last := end{Of: ofEnd}
	for _, t := range types {
		if err := e.records(ctx, t); err != nil {
			return nil, err
		}
		last.Records += e.summary.Counts[t]
	}
	e.summary.Snapshot, e.summary.Changes = at.Snapshot(), at.Changes()
	if history {
		if err := e.history(ctx, types); err != nil {
			return nil, err
		}
		last.Snapshot, last.Changes = at.Snapshot(), at.Changes()
	}
	if err := e.lines.write(last); err != nil {
		return nil, err
	}
	e.summary.SHA256 = e.lines.sum()
	return e.summary, e.lines.to.Flush()
}

type exporter struct {
	Options
	at    *dgraph.Moment
	lines *lineWriter
	// hidden are the keys of the claims that the profile leaves out.
	hidden  map[string]bool
	created map[masar.RecordType]int // by the history
	whole   bool                     // whether the history begins with the first write
	summary *Summary
}

// records writes the records of a type.
func (e *exporter) records(ctx context.Context, t masar.RecordType) error {
	profiled := func(held dgraph.HeldRecord) (string, []byte, error) {
		line, err := e.Profile.line(held)
		return held.Record.Key, line, err
	}
	return e.sorted(ctx, t, profiled, func(s *sorter) error {
		return s.each(func(line []byte) error {
			e.summary.Counts[t]++
			return e.lines.line(line)
		})
	})
}

// sorted sorts the lines of the records of a type that the export has, by the keys that entry gives them, and uses them.
func (e *exporter) sorted(ctx context.Context, t masar.RecordType, entry func(dgraph.HeldRecord) (key string, line []byte, err error), use func(*sorter) error) error {
	s := &sorter{dir: e.TempDir, limit: sortMemory}
	defer s.close()
	err := e.at.EachRecord(ctx, t, e.Report, func(held dgraph.HeldRecord) error {
		shown, err := e.shows(held)
		if err != nil || !shown {
			return err
		}
		key, line, err := entry(held)
		if err != nil {
			return err
		}
		return s.add(key, line)
	})
	if err != nil {
		return err
	}
	return use(s)
}

// shows reports whether the export has a record. Readers see no text of a claim that was retired as harmful. Claims come before
// their evidence.
func (e *exporter) shows(held dgraph.HeldRecord) (bool, error) {
	if e.Profile != Public {
		return true, nil
	}
	var state struct {
		Status     masar.ClaimStatus `json:"status"`
		Retirement struct {
			Cause masar.RetirementCause `json:"cause"`
		} `json:"retirement"`
		Claim  string       `json:"claim"`
		Review masar.Review `json:"reviewState"`
	}
	switch held.Record.Type {
	case masar.RecordClaim:
		if err := json.Unmarshal(held.Line, &state); err != nil {
			return false, err
		}
		harmful := state.Status == masar.ClaimDeprecated && state.Retirement.Cause == masar.Harmful
		shown := state.Status.Readable() && !harmful
		if !shown {
			e.hidden[held.Record.Key] = true
		}
		return shown && e.keeps(held.Record), nil
	case masar.RecordEvidence:
		err := json.Unmarshal(held.Line, &state)
		return state.Review == masar.ReviewAccepted && !e.hidden[state.Claim] && e.keeps(masar.RecordRef{Type: masar.RecordClaim, Key: state.Claim}), err
	}
	return e.keeps(held.Record), nil
}

// keeps reports whether a selection has a record. It has evidence with its claim.
func (e *exporter) keeps(r masar.RecordRef) bool { return e.keep == nil || e.keep(r) }

// history writes the changes.
func (e *exporter) history(ctx context.Context, types []masar.RecordType) error {
	err := e.at.EachChange(ctx, func(c dgraph.HeldChange) error {
		if c.Ordinal == 1 {
			e.whole = c.Snapshot == 1
		}
		if c.Action == masar.ChangeCreated {
			e.created[typeOf(c.Record)]++
		}
		e.summary.Counts[ofChange]++
		return e.lines.write(changeOf(c))
	})
	if err == nil {
		e.compareHistory(types)
	}
	return err
}

// compareHistory reports the types whose records are more or fewer than the history has created. Then the database has lost
// records or changes, or no longer has all of this moment.
func (e *exporter) compareHistory(types []masar.RecordType) {
	if e.Report == nil || !e.whole {
		return
	}
	report := func(name string, created, there int) {
		if created != there {
			e.Report(masar.Finding{Record: name, Fault: masar.Fault{Code: masar.FaultHistory, Args: masar.Args{"type": name, "created": created, "records": there}}})
		}
	}
	for _, t := range types {
		report(string(t), e.created[t], e.summary.Counts[t])
	}
	report(string(ofChange), int(e.at.Changes()), e.summary.Counts[ofChange])
}

// typeOf is the record type in a reference TYPE/key.
func typeOf(reference string) masar.RecordType {
	for i := range reference {
		if reference[i] == '/' {
			return masar.RecordType(reference[:i])
		}
	}
	return ""
}

// lineWriter writes lines and hashes them.
type lineWriter struct {
	to   *bufio.Writer
	hash hash.Hash
}

func newLineWriter(to io.Writer) *lineWriter {
	h := sha256.New()
	return &lineWriter{bufio.NewWriterSize(io.MultiWriter(to, h), 1<<16), h}
}

// write writes a value as a line of JSON.
func (w *lineWriter) write(v any) error {
	line, err := masar.CompactJSON(v)
	if err != nil {
		return err
	}
	return w.line(line)
}

func (w *lineWriter) line(line []byte) error {
	if _, err := w.to.Write(line); err != nil {
		return err
	}
	return w.to.WriteByte('\n')
}

// sum is the hash of all lines so far. It is valid after a flush.
func (w *lineWriter) sum() string {
	_ = w.to.Flush() // an error stays, and the next use of the writer returns it
	return hex.EncodeToString(w.hash.Sum(nil))
}
