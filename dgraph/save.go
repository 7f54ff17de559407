package dgraph

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/cenkalti/backoff/v5"

	"masar"
)

// Write is a set of records to be written together, by whom and why.
type Write struct {
	Batch *masar.Batch
	// By is the author: masar.SeedAuthor for the seed, else the account of who writes.
	By string
	// Reason says why it is written, in the author's words; it may be empty.
	Reason string
	// Expect are the revisions that the author has seen of records; 0 says that there must be no such record yet.
	Expect map[masar.RecordRef]int
}

// check reports what is wrong with a write besides its records. The error has code BAD_INPUT.
func (w *Write) check() error {
	switch {
	case w.By == "":
		return masar.NewError(masar.CodeBadInput, "error.write.author", nil)
	case !utf8.ValidString(w.By) || !utf8.ValidString(w.Reason):
		return masar.NewError(masar.CodeBadInput, "error.write.encoding", nil)
	}
	return nil
}

// Changes is the result of a write.
type Changes struct {
	Created, Updated, Unchanged int
	// Kept are the records that a write of the seed would have overwritten although their last author is another.
	Kept []Kept
	// Snapshot is the snapshot that the write made, or the one that stood when nothing had to be written.
	Snapshot int64
}

// Kept is a record that the seed has otherwise, and that stays as its last author wrote it.
type Kept struct {
	Record masar.RecordRef
	// By is the last author.
	By string
}

// Save writes records in one transaction: all of them or none. A record that is already there as given is left alone,
// so that saving the same batch twice changes nothing, and then the snapshot does not move either. A Save that ends in
// an error of the backend may have been written all the same: to be sure, save the same batch again.
//
// The seed does not overwrite what others wrote: a record whose last author is not the seed stays as it is when the seed
// is the author of the write. Records of stores that kept no authors count as the seed's.
//
// Beside each accepted claim Save keeps a direct edge from subject to object.
//
// The error has code BAD_INPUT for records that break a rule, which its details list, STALE_VERSION where a record is not at its expected
// revision, CONFLICT where other writers kept winning, BACKEND_UNAVAILABLE or TIMEOUT where Dgraph is out of reach.
func (s *Store) Save(ctx context.Context, write Write) (Changes, error) {
	if err := write.check(); err != nil {
		return Changes{}, err
	}
	tries, unsure := 0, false
	changes, err := backoff.Retry(ctx, func() (Changes, error) {
		changes, err := s.trySave(ctx, write, unsure)
		tries++
		if err != nil && !aborted(err) {
			unsure = true
			if masar.ErrorCode(err) != masar.CodeUnavailable || tries >= triesUnavailable {
				err = backoff.Permanent(err)
			}
		}
		return changes, err
	}, backoff.WithBackOff(&backoff.ExponentialBackOff{
		InitialInterval: 10 * time.Millisecond, MaxInterval: 500 * time.Millisecond, Multiplier: 2, RandomizationFactor: .5,
	}), backoff.WithMaxTries(triesAborted))
	switch {
	case err == nil:
		return changes, nil
	case aborted(err):
		err = masar.NewError(masar.CodeConflict, "error.write.conflict", nil).Because(err)
	case errors.Is(err, context.DeadlineExceeded): // in the pause before another try
		err = unavailable(err)
	}
	return Changes{}, err
}

// A write that lost against others is tried ten times: of ten writers at once, one wins each time. One for which there
// is no Dgraph fails at once: a new start of Dgraph takes seconds, and the caller may retry after a few.
const (
	triesAborted     = 10
	triesUnavailable = 3
)

// trySave writes records once. It is unsure where a try before this one may have come through without an answer.
func (s *Store) trySave(ctx context.Context, write Write, unsure bool) (Changes, error) {
	txn := s.dg.NewTxn()
	defer discard(ctx, txn)
	if err := s.validate(ctx, txn, write.Batch); err != nil {
		return Changes{}, err
	}
	records, err := encodeBatch(write.Batch, s.analyse)
	if err != nil {
		return Changes{}, err
	}
	counter, err := readCounter(ctx, txn)
	if err != nil {
		return Changes{}, err
	}
	w := writer{
		Write: write, unsure: unsure,
		existing: map[string]stored{}, batch: map[string]*record{}, blanks: map[string]string{}, contents: map[uint64]masar.Record{},
		snapshot: counter.Snapshot + 1, ordinal: counter.Changes, at: s.now().UTC(),
	}
	if records, err = w.read(ctx, txn, records); err != nil {
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
	w.count(counter)
	if err := w.commit(ctx, txn); err != nil {
		return Changes{}, unavailable(err)
	}
	return w.changes, nil
}
