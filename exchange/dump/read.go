package dump

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"

	"masar"
	"masar/dgraph"
)

// maxLine is the maximum size of a line. A source text has 16 MiB at most, and its line may have escapes.
const maxLine = 64 << 20

// lineError is a fault of a file in a line.
type lineError struct {
	line int
	err  error
}

// Error names the line.
func (e *lineError) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.err) }

// Unwrap returns the fault.
func (e *lineError) Unwrap() error { return e.err }

// invalid is a fault in a file, by the key of its message.
func invalid(key string, args masar.Args) error {
	return masar.NewError(masar.CodeBackup, "error.jsonl."+key, args)
}

// item is a line after the header: a record, a change, or the end.
type item struct {
	record *dgraph.RestoredRecord
	change *dgraph.HeldChange
	end    *end
}

// reader reads a file line by line. It refuses everything that an export does not write: unknown or repeated fields, other
// orders, and other forms of JSON.
type reader struct {
	from    *bufio.Reader
	hash    hash.Hash
	n       int // the number of the current line
	profile Profile

	at      int    // the position of the current record type
	key     string // of the last record
	records int
	ordinal int // of the last change
	ended   bool
	passed  bool // whether a faulty line was passed over
}

// newReader reads the header.
func newReader(from io.Reader) (*reader, error) {
	h := sha256.New()
	r := &reader{from: bufio.NewReaderSize(io.TeeReader(from, h), 1<<16), hash: h}
	line, err := r.line()
	if errors.Is(err, io.EOF) {
		return nil, r.fail(invalid("header", nil))
	}
	if err != nil {
		return nil, err
	}
	var first header
	if json.Unmarshal(line, &first) != nil || first.Of != ofHeader || first.Masar == 0 {
		return nil, r.fail(invalid("header", nil))
	}
	if first.Masar != formatVersion || !slices.Contains(Profiles, first.Profile) {
		return nil, r.fail(invalid("format", masar.Args{"format": first.Masar, "profile": string(first.Profile), "known": formatVersion}))
	}
	r.profile = first.Profile
	return r, nil
}

func (r *reader) fail(err error) error { return &lineError{max(1, r.n), err} }

// sum is the hash of all lines, after the end.
func (r *reader) sum() string { return hex.EncodeToString(r.hash.Sum(nil)) }

// line reads a line without its line feed. The error is io.EOF at the end.
func (r *reader) line() ([]byte, error) {
	r.n++
	var line []byte
	for {
		part, err := r.from.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > maxLine:
			return nil, r.fail(invalid("long", masar.Args{"allowed": maxLine >> 20}))
		case err == nil:
			return line[:len(line)-1], nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(line) > 0:
			return nil, r.fail(invalid("cut", nil))
		case errors.Is(err, io.EOF):
			return nil, io.EOF
		default:
			return nil, r.fail(invalid("unreadable", masar.Args{"cause": err.Error()}))
		}
	}
}

// passable returns the fault of a line after which the next line can be read. The counts at the end are then not compared.
func (r *reader) passable(err error) (line int, fault *masar.Error, ok bool) {
	at, isLine := errors.AsType[*lineError](err)
	fault, isFault := errors.AsType[*masar.Error](err)
	if !isLine || !isFault || !slices.Contains(passableKeys, fault.Key) {
		return 0, nil, false
	}
	r.passed = true
	if fault.Key == "error.jsonl.count" { // the end is there, and its counts are wrong
		r.ended = true
	}
	return at.line, fault, true
}

// passableKeys are the faults that concern one line.
var passableKeys = []string{
	"error.jsonl.json", "error.jsonl.type", "error.jsonl.canonical", "error.jsonl.version", "error.jsonl.order", "error.jsonl.count",
}

// next reads the next line. The error is io.EOF after the end.
func (r *reader) next() (*item, error) {
	line, err := r.line()
	switch {
	case errors.Is(err, io.EOF) && r.ended:
		return nil, io.EOF
	case errors.Is(err, io.EOF):
		return nil, r.fail(invalid("cut", nil))
	case err != nil:
		return nil, err
	case r.ended:
		return nil, r.fail(invalid("after_end", nil))
	}
	var head part
	if err := json.Unmarshal(line, &head); err != nil {
		return nil, r.fail(invalid("json", masar.Args{"cause": err.Error()}))
	}
	read := map[masar.RecordType]func([]byte) (*item, error){ofChange: r.readChange, ofEnd: r.readEnd}[head.Of]
	if read == nil {
		read = func(line []byte) (*item, error) { return r.readRecord(head, line) }
	}
	found, err := read(line)
	if err != nil {
		return nil, r.fail(err)
	}
	return found, nil
}

// readRecord reads a record. Its line must be that which an export writes of it.
func (r *reader) readRecord(head part, line []byte) (*item, error) {
	at := slices.Index(masar.RecordTypes, head.Of)
	if at < 0 {
		return nil, invalid("type", masar.Args{"type": string(head.Of)})
	}
	record, err := masar.ReadLine(head.Of, line)
	if err != nil {
		return nil, invalid("json", masar.Args{"cause": err.Error()})
	}
	id := record.Identity()
	own, err := masar.Line(record)
	if err != nil {
		return nil, err
	}
	again, err := r.profile.line(dgraph.HeldRecord{Record: id, Line: own, Revision: head.Version, By: head.Authorship.LastBy, Seeded: head.Seeded})
	if err != nil {
		return nil, err
	}
	if err := same(line, again); err != nil {
		return nil, err
	}
	if head.Version < 1 {
		return nil, invalid("version", masar.Args{"record": id.String()})
	}
	if cmp.Or(cmp.Compare(at, r.at), cmp.Compare(id.Key, r.key)) <= 0 || r.ordinal > 0 {
		return nil, invalid("order", masar.Args{"record": id.String()})
	}
	r.at, r.key = at, id.Key
	r.records++
	return &item{record: &dgraph.RestoredRecord{Record: record, Revision: head.Version, By: head.Authorship, Seeded: head.Seeded}}, nil
}

// same compares a line with the one that an export writes of the same record.
func same(line, again []byte) error {
	if bytes.Equal(line, again) {
		return nil
	}
	at := 0
	for at < min(len(line), len(again)) && line[at] == again[at] {
		at++
	}
	return invalid("canonical", masar.Args{"byte": at + 1})
}

func (r *reader) readChange(line []byte) (*item, error) {
	var c change
	if err := json.Unmarshal(line, &c); err != nil {
		return nil, invalid("json", masar.Args{"cause": err.Error()})
	}
	again, err := masar.CompactJSON(c)
	if err != nil {
		return nil, err
	}
	if err := same(line, again); err != nil {
		return nil, err
	}
	if c.Sequence <= r.ordinal || c.Snapshot < 1 || r.profile != Full {
		return nil, invalid("order", masar.Args{"record": fmt.Sprint(ofChange, "/", c.Sequence)})
	}
	r.ordinal = c.Sequence
	held := c.held()
	return &item{change: &held}, nil
}

func (r *reader) readEnd(line []byte) (*item, error) {
	var e end
	if err := json.Unmarshal(line, &e); err != nil {
		return nil, invalid("json", masar.Args{"cause": err.Error()})
	}
	again, err := masar.CompactJSON(e)
	if err != nil {
		return nil, err
	}
	if err := same(line, again); err != nil {
		return nil, err
	}
	if !r.passed && (e.Records != r.records || e.Changes < int64(r.ordinal)) {
		return nil, invalid("count", masar.Args{"records": r.records, "expected": e.Records})
	}
	r.ended = true
	return &item{end: &e}, nil
}
