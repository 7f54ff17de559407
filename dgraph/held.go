package dgraph

import (
	"cmp"
	"context"
	"time"

	"masar"
)

// contentAnswer is the result of a read of records.
type contentAnswer struct {
	records map[uint64]masar.Record
	err     error
	newest  bool
}

// NewestContent is [Store.Content] for a caller that knows which revisions it needs. If Dgraph does not answer soon, for
// example because it elects a leader, the records are also read as they were at a moment before. That answer counts if it is
// enough for the caller. The first answer that counts is returned.
func (s *Store) NewestContent(ctx context.Context, uids map[masar.RecordType][]uint64, before *Moment, enough func(map[uint64]masar.Record) bool) (map[uint64]masar.Record, error) {
	ctx, cancel := context.WithCancel(ctx) // ends the slower read
	defer cancel()
	answers, running := make(chan contentAnswer, 2), 1
	read := func(content func(context.Context, map[masar.RecordType][]uint64) (map[uint64]masar.Record, error), newest bool) {
		a := contentAnswer{newest: newest}
		a.err = masar.Guard(func() (err error) { a.records, err = content(ctx, uids); return err })
		answers <- a
	}
	go read(s.Content, true)
	late := time.NewTimer(s.patience(ctx))
	defer late.Stop()
	var free chan struct{} // accepts one more earlier read; nil before it is wanted and after it has begun
	var failure error
	for running > 0 || free != nil {
		select {
		case <-late.C:
			free = s.hosts.earlier
		case free <- struct{}{}:
			running++
			free = nil
			go func() {
				defer func() { <-s.hosts.earlier }()
				read(before.Content, false)
			}()
		case <-ctx.Done():
			return nil, cmp.Or(failure, unavailable(ctx.Err()))
		case a := <-answers:
			running--
			switch {
			case a.err == nil && (a.newest || enough(a.records)):
				return a.records, nil
			case a.newest && !Unanswered(a.err):
				return nil, a.err
			case a.newest:
				failure = a.err
				if late.Stop() {
					free = s.hosts.earlier
				}
			}
		}
	}
	return nil, failure
}

// earlierReads is the number of earlier reads that run at a time for each host. More of them would slow an overloaded
// Dgraph down further.
const earlierReads = 4

// Unanswered reports whether Dgraph has not answered, in contrast to an error in the request.
func Unanswered(err error) bool {
	code := masar.ErrorCode(err)
	return code == masar.CodeUnavailable || code == masar.CodeTimeout
}

// patience is how long a read waits for the newest records before it also reads earlier ones. A single host that is late
// is more often overloaded than without a leader.
func (s *Store) patience(ctx context.Context) time.Duration {
	if len(s.hosts.all) == 1 {
		return s.hosts.share(ctx)
	}
	return s.hosts.share(ctx) / 3
}
