package dgraph

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/cenkalti/backoff/v5"

	"masar"
)

// Write is a set of records to write together, with their author and the reason.
type Write struct {
	Batch *masar.Batch
	// By is the author: masar.SeedAuthor for the seed, or the name of an account.
	By string
	// Reason is the author's reason for the write. It may be empty.
	Reason string
	// Expect holds the expected revisions of records. 0 means that the record must not exist yet.
	Expect map[masar.RecordRef]int
	// Rewrite also writes the records whose stored values are damaged: something else than masar has changed them since
	// their last write, although their digest says that they are as given.
	Rewrite bool
}

// check checks the fields of a write other than its records. The error has code BAD_INPUT.
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
	// Curated is the number of records that the seed did not overwrite, because others have changed them since, and the seed
	// has not.
	Curated int
	// Kept are the records that the seed did not overwrite although it has other content than before, because their last
	// author is not the seed. Of a record that the seed has never written, other content is always new.
	Kept []Kept
	// Rewritten are the records whose stored values were damaged. They count as updated.
	Rewritten []Rewritten
	// Snapshot is the snapshot of this write, or the current one if nothing had to be written.
	Snapshot int64
}

// Kept is a record that differs from the seed and that keeps the version of its last author.
type Kept struct {
	Record masar.RecordRef
	// By is the last author.
	By string
}

// Save writes records in one transaction, all or none. Records that are already stored as given are not written
// again. So saving the same batch twice changes nothing, and the snapshot stays the same. After a backend error the
// write may have been applied all the same. Save the same batch again to make sure.
//
// The seed does not overwrite the edits of others: if By is the seed, a record whose last author is not the seed
// stays as it is. A record without an author counts as the seed's. Save notes in each record what the seed last said of
// it. That is no change: revisions and the snapshot stay.
//
// Save keeps a direct edge from subject to object for each active claim.
//
// The error has code BAD_INPUT for records that break a rule, with the faults in its details. It has code
// STALE_VERSION for a record that is not at its expected revision, and CONFLICT if other writers won every attempt.
// It has code BACKEND_UNAVAILABLE or TIMEOUT if Dgraph is unreachable.
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
		InitialInterval: 5 * time.Millisecond, MaxInterval: 10 * time.Millisecond, Multiplier: 2, RandomizationFactor: .5,
	}), backoff.WithMaxTries(triesAborted))
	switch {
	case err == nil:
		return changes, nil
	case aborted(err):
		err = masar.NewError(masar.CodeConflict, "error.write.conflict", nil).Because(err)
	case errors.Is(err, context.DeadlineExceeded): // during the pause before the next attempt
		err = unavailable(err)
	}
	return Changes{}, err
}

// The first of concurrent writers to commit wins. So a writer that pauses longer than others take to write begins again
// in the middle of their next write and loses against that one as well. Therefore pauses are short, and a write is
// tried often enough for a writer among ten that never rest. If Dgraph is unreachable, the write fails at once: Dgraph
// takes seconds to restart, and the caller may try again then.
const (
	triesAborted     = 50
	triesUnavailable = 3
)

// trySave writes records once. unsure says that an earlier attempt may have been applied although its answer was
// lost.
func (s *Store) trySave(ctx context.Context, write Write, unsure bool) (Changes, error) {
	ctx = many(ctx, len(write.Batch.Entities)+existingPerQuery)
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
		existing: map[string]stored{}, batch: map[string]*record{}, blanks: map[string]string{}, contents: map[uint64]masar.Record{}, damaged: map[string][]string{},
		snapshot: counter.Snapshot + 1, ordinal: counter.Changes, at: s.now().UTC(),
	}
	if records, err = w.read(ctx, txn, records); err != nil {
		return Changes{}, err
	}
	if write.Rewrite {
		if err := w.findDamaged(ctx, txn, records); err != nil {
			return Changes{}, err
		}
	}
	if err := w.takeUpTally(ctx, txn, counter); err != nil {
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
	} else {
		w.count(counter)
	}
	if len(w.set) == 0 {
		return w.changes, nil
	}
	if err := w.commit(ctx, txn); err != nil {
		return Changes{}, unavailable(err)
	}
	return w.changes, nil
}
