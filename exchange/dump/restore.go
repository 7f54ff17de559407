package dump

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"masar"
	"masar/dgraph"
)

// ImportAuthor is the author of records from an export that names no authors.
const ImportAuthor = "import"

// File is a file to restore. It is read several times.
type File struct {
	// Name is its name in messages.
	Name string
	// Open opens it, unpacked.
	Open func() (io.ReadCloser, error)
}

// Found is what a check has found in a file.
type Found struct {
	Profile Profile
	// Records is the number of records, and Texts whether source texts are among them.
	Records int
	Texts   bool
	// Snapshot and Changes are the counters of the graph; 0 in a file without the history.
	Snapshot, Changes int64
	// SHA256 is the hash of the lines, in hex.
	SHA256 string
}

// read visits all lines of a file, and returns what it found. The error has code BACKUP_INVALID and names the line.
func (f File) read(visit func(*reader, *item) error) (*Found, error) { return f.readOn(visit, nil) }

// readOn is read, and goes on after a faulty line if faulty is not nil.
func (f File) readOn(visit func(*reader, *item) error, faulty func(line int, fault *masar.Error) error) (*Found, error) {
	from, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer from.Close()
	r, err := newReader(from)
	if err != nil {
		return nil, f.name(err)
	}
	found := &Found{Profile: r.profile}
	for {
		i, err := r.next()
		if errors.Is(err, io.EOF) {
			found.SHA256, found.Records = r.sum(), r.records
			return found, nil
		}
		if at, fault, ok := r.passable(err); ok && faulty != nil {
			if err := faulty(at, fault); err != nil {
				return nil, err
			}
			continue
		}
		if err != nil {
			return nil, f.name(err)
		}
		if i.end != nil {
			found.Snapshot, found.Changes = i.end.Snapshot, i.end.Changes
		}
		if i.record != nil && i.record.Record.Identity().Type == masar.RecordText {
			found.Texts = true
		}
		if err := visit(r, i); err != nil {
			return nil, err
		}
	}
}

// name adds the name of the file and the line to a fault.
func (f File) name(err error) error {
	at, ok := errors.AsType[*lineError](err)
	if !ok {
		return err
	}
	fault, ok := errors.AsType[*masar.Error](err)
	if !ok {
		return err
	}
	return masar.NewError(masar.CodeBackup, "error.jsonl.line", masar.Args{
		"file": f.Name, "line": at.line, "fault": masar.Phrase{Key: fault.Key, Args: fault.Args},
	})
}

// Check reads a whole file and checks that a restore can read it. It does not check the rules of records.
func (f File) Check() (*Found, error) {
	return f.read(func(*reader, *item) error { return nil })
}

// FileFault is a fault of a line, or a rule that its record breaks.
type FileFault struct {
	File string `json:"file"`
	Line int    `json:"line"`
	masar.Finding
}

// CheckRules reads a whole file, and checks the rules of records, too. It holds all records in memory. It returns the faults of all
// lines; the error is for a file that cannot be read to its end.
func (f File) CheckRules() (*Found, []FileFault, error) {
	batch, lines := &masar.Batch{}, map[string]int{}
	var faults []FileFault
	unread := false // whether records are missing because their lines cannot be read
	found, err := f.readOn(func(r *reader, i *item) error {
		if i.record != nil {
			batch.Add(i.record.Record)
			lines[i.record.Record.Identity().String()] = r.n
		}
		return nil
	}, func(line int, fault *masar.Error) error {
		unread = true
		faults = append(faults, FileFault{f.Name, line, masar.Finding{Fault: masar.Fault{
			Code: masar.FaultLine, Args: masar.Args{"fault": masar.Phrase{Key: fault.Key, Args: fault.Args}},
		}}})
		if len(faults) >= maxFaults {
			return errManyFaults
		}
		return nil
	})
	if errors.Is(err, errManyFaults) {
		return &Found{}, faults, nil
	}
	if err != nil {
		return nil, nil, err
	}
	for _, finding := range masar.ValidateBatch(batch, masar.NewIndex(batch)) {
		if unread && slices.Contains(ofOthers, finding.Code) {
			continue // the record that is missing may be in a line that cannot be read
		}
		faults = append(faults, FileFault{f.Name, lines[finding.Record], finding})
	}
	slices.SortStableFunc(faults, func(a, b FileFault) int { return cmp.Compare(a.Line, b.Line) })
	return found, faults, nil
}

// maxFaults is the number of faulty lines after which a check ends: the file is not an export.
const maxFaults = 1000

var errManyFaults = errors.New("the file has too many faulty lines")

// ofOthers are the faults of a record that another record can cause by its absence.
var ofOthers = []masar.FaultCode{
	masar.FaultReferenceNotFound, masar.FaultIndicatorNotFound, masar.FaultClaimNoEvidence, masar.FaultClaimNoneAccepted,
	masar.FaultClaimUnsupported, masar.FaultClaimNotFound, masar.FaultVersionNotFound,
}

// packet bounds the records and changes that a restore writes in one transaction.
const (
	packetRecords = 1000
	packetBytes   = 4 << 20
)

// Restore writes the records and the history of files into an empty database, as they were. The files must have been checked.
// hash identifies them: an interrupted restore is continued. wrote is called after each transaction with the number of records
// so far. The error has the codes of dgraph.Store.BeginRestore.
func Restore(ctx context.Context, store *dgraph.Store, hash string, files []File, wrote func(records int)) error {
	into, err := store.BeginRestore(ctx, hash)
	if err != nil {
		return err
	}
	writing, writingCtx := errgroup.WithContext(ctx)
	writing.SetLimit(writers)
	p := &packets{ctx: writingCtx, writing: writing, into: into, wrote: wrote, at: time.Now().UTC().Format(time.RFC3339Nano)}
	for _, f := range files {
		if _, err := f.read(p.add); err != nil {
			return cmp.Or(writing.Wait(), err) // a packet that cannot be written ends the reading, too
		}
	}
	p.flush()
	if err := writing.Wait(); err != nil {
		return err
	}
	return into.Finish(ctx, p.snapshot, p.ordinals)
}

// writers is the number of transactions at the same time. Dgraph uses several processors only for several transactions.
const writers = 4

// packets writes records and changes in packets.
type packets struct {
	ctx     context.Context // ends when a packet cannot be written
	writing *errgroup.Group
	into    *dgraph.Restoration
	at      string // the time of this restore, for changes that a file does not have

	records  []dgraph.RestoredRecord
	changes  []dgraph.HeldChange
	bytes    int
	snapshot int64
	ordinals int64

	wrote    func(int)
	written  int
	counting sync.Mutex // protects written, and lets one call wrote at a time
}

// add adds a line. In a file without authors, every record is one that this restore creates.
func (p *packets) add(r *reader, i *item) error {
	switch {
	case i.end != nil:
		p.snapshot, p.ordinals = max(p.snapshot, i.end.Snapshot), max(p.ordinals, i.end.Changes)
		return nil
	case i.change != nil:
		p.changes = append(p.changes, *i.change)
	default:
		if text, ok := i.record.Record.(*masar.SourceText); ok {
			p.bytes += len(text.Text)
		}
		if r.profile == Public {
			i.record.By.LastBy = ImportAuthor
			p.create(i.record.Record.Identity())
		}
		p.records = append(p.records, *i.record)
	}
	if len(p.records)+len(p.changes) >= packetRecords || p.bytes >= packetBytes {
		p.flush()
	}
	return p.ctx.Err()
}

// create adds the change that creates a record, in the first write of the new graph.
func (p *packets) create(record masar.RecordRef) {
	p.snapshot = 1
	p.ordinals++
	p.changes = append(p.changes, dgraph.HeldChange{
		Ordinal: int(p.ordinals), Snapshot: 1, At: p.at, Action: masar.ChangeCreated, Record: record.String(), By: ImportAuthor,
	})
}

// flush writes what has been added, while more is read.
func (p *packets) flush() {
	records, note := p.records, p.into.Note(p.changes)
	p.records, p.changes, p.bytes = nil, nil, 0
	p.writing.Go(func() error {
		if err := p.into.Write(p.ctx, records); err != nil {
			return err
		}
		if err := note(p.ctx); err != nil {
			return err
		}
		p.count(len(records))
		return nil
	})
}

// count reports that records have been written.
func (p *packets) count(records int) {
	p.counting.Lock()
	defer p.counting.Unlock()
	p.written += records
	if p.wrote != nil {
		p.wrote(p.written)
	}
}
