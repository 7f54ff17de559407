package dgraph

import (
	"context"
	"time"

	"masar"
)

// NewestContent is [Store.Content] for a caller that knows which revisions it needs. If Dgraph does not answer soon, for
// example because it elects a leader, the records are also read as they were at a moment before. That answer counts if it is
// enough for the caller. The first answer that counts is returned.
func (s *Store) NewestContent(ctx context.Context, uids map[masar.RecordType][]uint64, before *Moment, enough func(map[uint64]masar.Record) bool) (map[uint64]masar.Record, error) {
	return s.orBefore(ctx,
		func(ctx context.Context) (map[uint64]masar.Record, error) { return s.Content(ctx, uids) },
		func(ctx context.Context) (map[uint64]masar.Record, error) { return before.Content(ctx, uids) }, enough)
}

// contentRead reads records.
type contentRead func(context.Context) (map[uint64]masar.Record, error)

// contentAnswer is the result of a contentRead.
type contentAnswer struct {
	records map[uint64]masar.Record
	err     error
	newest  bool
}

// orBefore returns the newest answer, or an earlier one that is enough if the newest is late or fails.
func (s *Store) orBefore(ctx context.Context, newest, before contentRead, enough func(map[uint64]masar.Record) bool) (map[uint64]masar.Record, error) {
	ctx, cancel := context.WithCancel(ctx) // ends the slower read
	defer cancel()
	answers, running, second := make(chan contentAnswer, 2), 0, time.NewTimer(s.patience(ctx))
	defer second.Stop()
	ask := func(read contentRead, isNewest bool) {
		running++
		go func() {
			a := contentAnswer{newest: isNewest}
			a.err = masar.Guard(func() (err error) { a.records, err = read(ctx); return err })
			answers <- a
		}()
	}
	ask(newest, true)
	var failure error
	for running > 0 {
		select {
		case <-second.C:
			ask(before, false)
		case a := <-answers:
			running--
			switch {
			case a.err == nil && (a.newest || enough(a.records)):
				return a.records, nil
			case a.newest && !Unanswered(a.err):
				return nil, a.err
			case a.newest:
				failure = a.err
				if second.Stop() {
					ask(before, false)
				}
			}
		}
	}
	return nil, failure
}

// Unanswered reports whether Dgraph has not answered, in contrast to an error in the request.
func Unanswered(err error) bool {
	code := masar.ErrorCode(err)
	return code == masar.CodeUnavailable || code == masar.CodeTimeout
}

// patience is how long a read waits for the newest records before it also reads earlier ones.
func (s *Store) patience(ctx context.Context) time.Duration { return s.hosts.share(ctx) / 3 }
