// Package loaders answers requests at one snapshot of the graph. Live follows the store and holds the newest snapshot of the
// topology. A Request takes its lists and counts from the topology, and the content of records from the store: in batches,
// read ahead for a whole selection, kept across requests by record and revision. What it computes of a snapshot and what it
// finds is kept as well: dashboards, gap maps and paths for the request, searches and pages of changes across requests.
// Rows gives the records of a snapshot to be written as tables.
package loaders

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
	"github.com/maypok86/otter/v2/stats"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vikstrous/dataloadgen"

	"masar"
	"masar/dgraph"
	"masar/search"
	"masar/topology"
)

// readTimeout bounds one read of the store, so that a request is answered within two seconds when the store is not.
const readTimeout = 1500 * time.Millisecond

// unreachable is the error of clients while Dgraph does not respond.
func unreachable() *masar.Error {
	return masar.NewError(masar.CodeUnavailable, "error.database.unreachable", nil)
}

// batchWait is how long a load waits for others to join it. Reading ahead makes it rare that any has to.
const batchWait = 500 * time.Microsecond

// Service makes the loaders of requests.
type Service struct {
	live     *Live
	store    *dgraph.Store
	cache    *otter.Cache[pin, masar.Record]
	schema   *ast.Schema
	fields   map[*ast.FieldDefinition]way
	searcher *searcher
	history  *history
	prefetch bool
	texts    bool // whether sources are shown whole
}

// pin names the content of a record at one revision, which never changes.
type pin struct {
	uid      uint64
	revision int32
}

func pinOf(r topology.Record) pin { return pin{r.UID, r.Revision} }

// keep keeps records that were read, each by the revision that it has.
func (s *Service) keep(records map[uint64]masar.Record) {
	for uid, record := range records {
		s.cache.Set(pin{uid, revision(record)}, record)
	}
}

// revision is the revision of a record.
func revision(record masar.Record) int32 {
	return int32(record.Version())
}

// Options are the settings of the loaders.
type Options struct {
	// CacheRecords is the maximum number of cached records.
	CacheRecords int
	// WithoutPrefetch leaves out the reading ahead. Every answer is the same, byte for byte; it only takes more reads.
	WithoutPrefetch bool
	// QuotesOnly leaves out the whole texts of sources, where licences allow quotes only.
	QuotesOnly bool
}

// New makes a Service for a schema. The error says which field of the schema leads nowhere.
func New(live *Live, store *dgraph.Store, schema *ast.Schema, options Options) (*Service, error) {
	fields, err := ways(schema)
	if err != nil {
		return nil, err
	}
	cache, err := otter.New(&otter.Options[pin, masar.Record]{MaximumSize: options.CacheRecords, StatsRecorder: stats.NewCounter()})
	if err != nil {
		return nil, err
	}
	searcher, err := newSearcher()
	if err != nil {
		return nil, err
	}
	history, err := newHistory()
	if err != nil {
		return nil, err
	}
	return &Service{
		live: live, store: store, cache: cache, schema: schema, fields: fields, searcher: searcher, history: history, prefetch: !options.WithoutPrefetch,
		texts: !options.QuotesOnly,
	}, nil
}

// CacheStats are the figures of the record cache.
type CacheStats struct {
	// Records is how many are kept.
	Records int
	// Hits and Misses count the records that were looked for: those that were there, and those that were not.
	Hits, Misses uint64
}

// Cache returns the figures of the record cache.
func (s *Service) Cache() CacheStats {
	counted := s.cache.Stats()
	return CacheStats{s.cache.EstimatedSize(), counted.Hits, counted.Misses}
}

// Request loads for one request, at one snapshot of the graph. All that it gives is of that snapshot: a record has the
// revision that the snapshot has of it. Where the store has a newer one by now and the older is not kept, the request is
// overtaken: it gives no more content, and has to be begun again.
type Request struct {
	Graph    *topology.Graph
	words    *search.Index // of the same snapshot
	service  *Service
	loader   *dataloadgen.Loader[topology.Record, masar.Record]
	computed sync.Map // see once
	stopped  atomic.Pointer[error]
}

type requestKey struct{}

// Begin starts a request on the newest snapshot; where the context has a request that was overtaken, on a newer one than
// that request's. The error has code BACKEND_UNAVAILABLE while there is none.
func (s *Service) Begin(ctx context.Context) (context.Context, *Request, error) {
	if last, ok := overtakenIn(ctx); ok {
		if err := s.live.past(ctx, last.Graph); err != nil {
			return ctx, nil, err
		}
	}
	r, err := s.newRequest()
	if err != nil {
		return ctx, nil, err
	}
	c := &current{}
	c.request.Store(r)
	return context.WithValue(ctx, requestKey{}, c), r, nil
}

func (s *Service) newRequest() (*Request, error) {
	h, err := s.live.fresh()
	if err != nil {
		return nil, err
	}
	r := &Request{Graph: h.Graph, words: h.words, service: s}
	r.loader = dataloadgen.NewMappedLoader(r.fetch, dataloadgen.WithWait(batchWait))
	return r, nil
}

// From is the request that Begin put into the context, or the one that Refresh put in its place.
func From(ctx context.Context) *Request { return ctx.Value(requestKey{}).(*current).request.Load() }

// errOvertaken is the error of all content of a request that was overtaken. A client sees it where a request was overtaken
// each time that it was begun.
var errOvertaken error = masar.NewError(masar.CodeUnavailable, "error.database.busy", nil)

// Overtaken reports whether the request of a context was overtaken by a write: then its answer is of no use, and Begin
// with this context starts another.
func Overtaken(ctx context.Context) bool {
	_, overtaken := overtakenIn(ctx)
	return overtaken
}

func overtakenIn(ctx context.Context) (*Request, bool) {
	c, ok := ctx.Value(requestKey{}).(*current)
	if !ok {
		return nil, false
	}
	r := c.request.Load()
	stopped := r.stopped.Load()
	return r, stopped != nil && errors.Is(*stopped, errOvertaken)
}

// overtake stops the request.
func (r *Request) overtake() error {
	r.stopped.Store(&errOvertaken)
	return errOvertaken
}

// once computes what is asked, and gives it again to all that ask the same in this request: the read-ahead asks before the
// resolvers do, and several of these may. Those that ask while it is computed wait for it, under the context of the first,
// which like all of a request's ends with the request. An error is kept as well; a panic is raised in all that ask.
func once[T any](r *Request, compute func() (T, error), asked ...any) (T, error) {
	question, err := json.Marshal(asked)
	if err != nil {
		var none T
		return none, err
	}
	answer, _ := r.computed.LoadOrStore(string(question), sync.OnceValues(compute))
	return answer.(func() (T, error))()
}

// fetch reads records from the store, in one query. The store has the newest revision of each alone: what Dgraph tells of an
// older timestamp is not to be trusted (see dgraph.Moment). A newer one is kept for the request that will begin.
func (r *Request) fetch(ctx context.Context, records []topology.Record) (map[topology.Record]masar.Record, error) {
	content, err := reach(ctx, r, func(ctx context.Context) (map[uint64]masar.Record, error) {
		return r.service.store.Content(ctx, uidsOf(records))
	})
	if err != nil {
		return nil, err
	}
	r.service.keep(content)
	found := make(map[topology.Record]masar.Record, len(records))
	for _, rec := range records {
		record, ok := content[rec.UID]
		if ok && revision(record) != rec.Revision {
			return nil, r.overtake()
		}
		if ok {
			found[rec] = record
		}
	}
	return found, nil
}

// uidsOf are the uids of records, by sort.
func uidsOf(records []topology.Record) map[masar.RecordType][]uint64 {
	uids := map[masar.RecordType][]uint64{}
	for _, rec := range records {
		uids[rec.Type] = append(uids[rec.Type], rec.UID)
	}
	return uids
}

// reach reads the store within readTimeout. Once it has been out of reach for a request, or the request was overtaken, it is
// so to the request's end: else the read-ahead would wait for it, and each resolver again.
func reach[T any](ctx context.Context, r *Request, read func(context.Context) (T, error)) (answer T, err error) {
	if stopped := r.stopped.Load(); stopped != nil {
		return answer, *stopped
	}
	reading, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	answer, err = read(reading)
	if masar.ErrorCode(err) == masar.CodeTimeout && ctx.Err() == nil {
		// The operation had time left: a store that is so slow with a flat read is as good as out of reach.
		err = unreachable().Because(err)
	}
	if masar.ErrorCode(err) == masar.CodeUnavailable {
		r.stopped.Store(&err)
	}
	return answer, err
}

// load answers records in order, from the cache or in one read with whatever else is being asked for.
func load[T any](ctx context.Context, r *Request, records []topology.Record) ([]T, error) {
	out := make([]T, len(records))
	var missing []topology.Record
	var at []int
	for i, rec := range records {
		if record, ok := r.service.cache.GetIfPresent(pinOf(rec)); ok {
			out[i] = record.(T)
			continue
		}
		missing, at = append(missing, rec), append(at, i)
	}
	if missing == nil {
		return out, nil
	}
	loaded, err := r.loader.LoadAll(ctx, missing)
	if err != nil {
		return nil, loadError(err)
	}
	for i, record := range loaded {
		out[at[i]] = record.(T)
	}
	return out, nil
}

// loadError makes one error of those of a batch.
func loadError(err error) error {
	if all, ok := errors.AsType[dataloadgen.ErrorSlice](err); ok {
		for _, e := range all {
			if e != nil {
				err = e
				break
			}
		}
	}
	if errors.Is(err, dataloadgen.ErrNotFound) {
		return fmt.Errorf("loaders: a record of the snapshot is not in the store: %w", err)
	}
	return err
}

// Entities are the entities at places, as their own types or as masar.Entity.
func Entities[T masar.Entity](ctx context.Context, r *Request, places []topology.Entity) ([]T, error) {
	return load[T](ctx, r, records(places, r.Graph.EntityRecord))
}

// Entity is the entity at a place; nil for topology.None.
func Entity[T masar.Entity](ctx context.Context, r *Request, place topology.Entity) (T, error) {
	var none T
	if place == topology.None {
		return none, nil
	}
	found, err := Entities[T](ctx, r, []topology.Entity{place})
	if err != nil {
		return none, err
	}
	return found[0], nil
}

// Claims are the claims at places.
func (r *Request) Claims(ctx context.Context, places []topology.Claim) ([]*masar.Claim, error) {
	return load[*masar.Claim](ctx, r, records(places, r.Graph.ClaimRecord))
}

// Evidence are the evidence items at places.
func (r *Request) Evidence(ctx context.Context, places []topology.Evidence) ([]*masar.Evidence, error) {
	return load[*masar.Evidence](ctx, r, records(places, r.Graph.EvidenceRecord))
}

// Observations are the observations at places.
func (r *Request) Observations(ctx context.Context, places []topology.Observation) ([]*masar.Observation, error) {
	return load[*masar.Observation](ctx, r, records(places, r.Graph.ObservationRecord))
}

// Texts are the imported texts at places.
func (r *Request) Texts(ctx context.Context, places []topology.Text) ([]*masar.SourceText, error) {
	return load[*masar.SourceText](ctx, r, records(places, r.Graph.TextRecord))
}

func records[T any](places []T, record func(T) topology.Record) []topology.Record {
	out := make([]topology.Record, len(places))
	for i, p := range places {
		out[i] = record(p)
	}
	return out
}

// missing is the error for a record that the snapshot names and that is not there: a fault of the store.
func missing(what string) error { return fmt.Errorf("loaders: %s of the snapshot is not there", what) }
