package loaders

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"masar"
	"masar/dgraph"
	"masar/internal/graphfile"
	"masar/search"
	"masar/topology"
)

// Live follows the database. It holds the newest snapshot of the topology. It builds a new one after a write, and on
// a new day, which changes the age of the evidence.
type Live struct {
	store   *dgraph.Store
	profile masar.ScoringProfile
	options LiveOptions
	log     *slog.Logger

	reading sync.Mutex            // one reads the store at a time
	stale   []masar.EntityOutline // whose search terms must be stored again; protected by reading
	failed  failure               // the last reading that failed; protected by reading
	held    atomic.Pointer[held]
}

// held is a snapshot: the graph, and the index of its words.
type held struct {
	*topology.Graph
	words *search.Index
	// moment is the newest moment known to have this snapshot, and checked the time at which it was read.
	moment  *dgraph.Moment
	checked time.Time
}

// at returns the same snapshot, confirmed at a moment.
func (h *held) at(moment *dgraph.Moment, checked time.Time) *held {
	return &held{h.Graph, h.words, moment, checked}
}

// failure is a refresh that failed.
type failure struct {
	began time.Time
	err   error
}

// LiveOptions are the settings of Live.
type LiveOptions struct {
	// Interval is the time between two checks of the snapshot counter. Answers are at most this old, plus the time that
	// reading takes.
	Interval time.Duration
	// MaxStale is the longest time for which requests are answered after Dgraph last confirmed the snapshot.
	MaxStale time.Duration
	// AsOf is the day for which the age of evidence is computed; zero for today.
	AsOf time.Time
	// File keeps the graph and its index between starts; nil for none.
	File *graphfile.File
}

// NewLive returns a Live that has not read anything yet.
func NewLive(store *dgraph.Store, profile masar.ScoringProfile, options LiveOptions, log *slog.Logger) *Live {
	return &Live{store: store, profile: profile, options: options, log: log}
}

// Run follows the database until the context ends. It logs each new cause of an error, and when the errors are over. It also
// stores search terms of the current analyser where they are missing; readers do not wait for that.
func (l *Live) Run(ctx context.Context) {
	var causes masar.Causes
	var renewing sync.WaitGroup
	defer renewing.Wait()
	ticker := time.NewTicker(l.options.Interval)
	defer ticker.Stop()
	for {
		err := masar.Guard(func() error { return l.Refresh(ctx) })
		if err != nil && ctx.Err() == nil {
			if causes.New(err) {
				l.log.Warn("cannot read new snapshots from Dgraph", "error", err)
			}
		} else if causes.Forget() {
			l.log.Info("reading new snapshots from Dgraph again")
		}
		if stale := l.staleTerms(); len(stale) > 0 {
			renewing.Go(func() { l.renew(ctx, stale) })
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// Refresh checks the database now and reads what is new. A process calls it after a write of its own, so that its
// answer includes the write.
func (l *Live) Refresh(ctx context.Context) error {
	l.reading.Lock()
	defer l.reading.Unlock()
	return l.refresh(ctx)
}

// past waits for a snapshot newer than known, if the database has one. The result serves all requests, so the reading
// goes on after the request that started it has ended. If a reading that began after this call has failed, past fails too,
// and requests do not wait for each other's time limits.
func (l *Live) past(ctx context.Context, known *topology.Graph) error {
	asked, done := time.Now(), make(chan error, 1)
	go func() {
		done <- masar.Guard(func() error {
			l.reading.Lock()
			defer l.reading.Unlock()
			if h := l.held.Load(); h == nil || h.Graph != known { // by another that waited for the same
				return nil
			}
			if l.failed.began.After(asked) {
				return l.failed.err
			}
			return l.refresh(context.WithoutCancel(ctx))
		})
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// refreshTries is the maximum number of readings per refresh, repeated because of concurrent writes.
const refreshTries = 3

// refresh reads the database until the new snapshot is still the newest after reading. Then no write happened in
// between, and every process has the same snapshot. At an older timestamp Dgraph may miss parts of later writes (see
// dgraph.Moment). If writers do not pause, the next refresh reads their records again.
func (l *Live) refresh(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, wholeTimeout)
	defer cancel()
	began := time.Now()
	h, err := l.newest(ctx)
	if err != nil {
		l.failed = failure{began, err}
		return err
	}
	l.held.Store(h)
	return nil
}

// newest returns the newest snapshot.
func (l *Live) newest(ctx context.Context) (*held, error) {
	h := l.held.Load()
	for range refreshTries {
		looked := time.Now()
		moment, err := l.now(ctx)
		if err != nil {
			return nil, err
		}
		asOf := l.options.AsOf
		if asOf.IsZero() {
			asOf = looked.UTC().Truncate(24 * time.Hour)
		}
		if h != nil && h.Sequence() == moment.Snapshot() && h.AsOf().Equal(asOf) {
			return h.at(moment, looked), nil
		}
		var how string
		if h, how, err = l.next(ctx, h, moment, asOf); err != nil {
			return nil, err
		}
		h = h.at(moment, looked)
		l.log.Info("read the graph", "snapshot", h.Snapshot(), "how", how, "claims", h.Counts()[masar.RecordClaim],
			"took", time.Since(looked).Round(time.Millisecond))
	}
	return h, nil
}

// wholeTimeout is the time limit for reading the whole graph. A million claims take about a minute.
const wholeTimeout = 10 * time.Minute

// now returns the present moment of the database. Its time limit leaves time to ask other hosts if one hangs.
func (l *Live) now(ctx context.Context) (*dgraph.Moment, error) {
	ctx, cancel := context.WithTimeout(ctx, l.store.ReadTime())
	defer cancel()
	return l.store.Now(ctx)
}

// How a snapshot was built, for the log.
const (
	readWhole = "whole" // from all records
	readKept  = "kept"  // from what an earlier process kept, and later changes
	readSince = "since" // from the last snapshot and later changes
	readAged  = "aged"  // from the last snapshot, for another day
)

// next makes the snapshot of a moment, from the last one if possible: then it takes time by what was written.
func (l *Live) next(ctx context.Context, last *held, moment *dgraph.Moment, asOf time.Time) (*held, string, error) {
	if last != nil {
		how := readSince
		if !last.AsOf().Equal(asOf) {
			how = readAged
			aged, err := last.On(asOf)
			if err != nil {
				return nil, "", err
			}
			last = &held{Graph: aged, words: last.words}
		}
		if last.Sequence() == moment.Snapshot() {
			return last, how, nil
		}
		next, err := l.follow(ctx, last, moment)
		switch {
		case next != nil:
			return next, how, nil
		case err != nil && masar.ErrorCode(err) != masar.CodeInternal: // reading everything would fail as well
			return nil, "", err
		case err != nil:
			l.log.Warn("cannot apply the changes; reading the whole graph", "error", err)
		}
	}
	outline, words, how, err := l.read(ctx, moment, last == nil)
	if err != nil {
		return nil, "", err
	}
	g, err := topology.Build(outline, l.profile, asOf)
	return &held{Graph: g, words: words}, how, err
}

// follow makes the snapshot of a moment, from another and from what was written since; nil if the whole has to be read.
func (l *Live) follow(ctx context.Context, last *held, moment *dgraph.Moment) (*held, error) {
	written, words, err := l.since(ctx, last.Sequence(), last.words, moment)
	if err != nil || written == nil {
		return nil, err
	}
	g, err := last.Apply(written)
	return &held{Graph: g, words: words}, err
}

// since returns what was written since a snapshot, up to a moment, and the index of the words of the moment; nil if the whole has
// to be read.
func (l *Live) since(ctx context.Context, snapshot int64, words *search.Index, moment *dgraph.Moment) (*masar.Outline, *search.Index, error) {
	written, complete, err := moment.OutlineSince(ctx, snapshot)
	if err != nil || !complete {
		return nil, nil, err
	}
	entries, _, err := l.entries(ctx, written.Entities)
	if err != nil {
		return nil, nil, err
	}
	words, err = words.With(entries)
	return written, words, err
}

// Graph is the newest snapshot. The error has code BACKEND_UNAVAILABLE if there is none, or if it is too old.
func (l *Live) Graph() (*topology.Graph, error) {
	h, err := l.fresh()
	if err != nil {
		return nil, err
	}
	return h.Graph, nil
}

// fresh is the newest snapshot with its index.
func (l *Live) fresh() (*held, error) {
	h := l.held.Load()
	if h == nil || time.Since(h.checked) > l.options.MaxStale {
		return nil, unreachable()
	}
	return h, nil
}

// Held is the snapshot that is held, however old; nil while none has been read. Use it for health and metrics, not for answers.
func (l *Live) Held() *topology.Graph {
	if h := l.held.Load(); h != nil {
		return h.Graph
	}
	return nil
}

// Checked is the time at which Dgraph last confirmed that the snapshot is the newest; zero before the first reading.
func (l *Live) Checked() time.Time {
	if h := l.held.Load(); h != nil {
		return h.checked
	}
	return time.Time{}
}
