// Package loaders brings the content of nodes: batched, kept across requests, and read ahead for a whole selection.
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
	"masar/topology"
)

// readTimeout bounds one read of the store, so that a request is answered within two seconds when the store is not.
const readTimeout = 1500 * time.Millisecond

// unreachable is what a client is told while the store gives no answer.
func unreachable() *masar.Error {
	return masar.Errorf(masar.CodeUnavailable, "the graph's store cannot be reached just now; try again in a few seconds",
		"يتعذّر الآن الوصول إلى مخزن الرسم البياني؛ حاول مرة أخرى بعد بضع ثوانٍ")
}

// batchWait is how long a load waits for others to join it. Reading ahead makes it rare that any has to.
const batchWait = 500 * time.Microsecond

// Service makes the loaders of requests.
type Service struct {
	live     *Live
	store    *dgraph.Store
	cache    *otter.Cache[uint64, cached]
	fields   map[*ast.FieldDefinition]way
	searcher *searcher
	history  *history
	prefetch bool
}

// cached is a record with the revision that it was read at.
type cached struct {
	revision int32
	record   masar.Record
}

// Options say how much the loaders keep.
type Options struct {
	// CacheRecords is the number of records kept across requests.
	CacheRecords int
	// WithoutPrefetch leaves out the reading ahead. Every answer is the same, byte for byte; it only takes more reads.
	WithoutPrefetch bool
}

// New makes a Service for a schema. The error says which field of the schema leads nowhere.
func New(live *Live, store *dgraph.Store, schema *ast.Schema, options Options) (*Service, error) {
	fields, err := ways(schema)
	if err != nil {
		return nil, err
	}
	cache, err := otter.New(&otter.Options[uint64, cached]{MaximumSize: options.CacheRecords, StatsRecorder: stats.NewCounter()})
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
		live: live, store: store, cache: cache, fields: fields, searcher: searcher, history: history, prefetch: !options.WithoutPrefetch,
	}, nil
}

// CacheStats tell how the memory of records is doing.
type CacheStats struct {
	// Records is how many are kept.
	Records int
	// Hits and Misses count the records that were looked for: those that were there, and those that were not.
	Hits, Misses uint64
}

// Cache tells how the memory of records is doing.
func (s *Service) Cache() CacheStats {
	counted := s.cache.Stats()
	return CacheStats{s.cache.EstimatedSize(), counted.Hits, counted.Misses}
}

// Request loads for one request, at one snapshot of the graph.
type Request struct {
	Graph    *topology.Graph
	service  *Service
	loader   *dataloadgen.Loader[topology.Record, masar.Record]
	reckoned sync.Map // see once
	lost     atomic.Pointer[error]
}

type requestKey struct{}

// Begin starts a request on the newest snapshot. The error has code BACKEND_UNAVAILABLE while there is none.
func (s *Service) Begin(ctx context.Context) (context.Context, *Request, error) {
	r, err := s.newRequest()
	if err != nil {
		return ctx, nil, err
	}
	c := &current{}
	c.request.Store(r)
	return context.WithValue(ctx, requestKey{}, c), r, nil
}

func (s *Service) newRequest() (*Request, error) {
	graph, err := s.live.Graph()
	if err != nil {
		return nil, err
	}
	r := &Request{Graph: graph, service: s}
	r.loader = dataloadgen.NewMappedLoader(r.fetch, dataloadgen.WithWait(batchWait))
	return r, nil
}

// From is the request that Begin put into the context, or the one that Refresh put in its place.
func From(ctx context.Context) *Request { return ctx.Value(requestKey{}).(*current).request.Load() }

// once reckons what is asked, and gives it again to whoever asks the same in this request: the read-ahead asks before the
// resolvers do, and several of these may. Of two that ask at once, both may reckon.
func once[T any](r *Request, reckon func() (T, error), asked ...any) (T, error) {
	question, err := json.Marshal(asked)
	if err != nil {
		var none T
		return none, err
	}
	if known, ok := r.reckoned.Load(string(question)); ok {
		return known.(T), nil
	}
	found, err := reckon()
	if err == nil {
		r.reckoned.Store(string(question), found)
	}
	return found, err
}

// fetch reads records from the store, in one query.
func (r *Request) fetch(ctx context.Context, records []topology.Record) (map[topology.Record]masar.Record, error) {
	uids := map[masar.RecordType][]uint64{}
	for _, rec := range records {
		uids[rec.Type] = append(uids[rec.Type], rec.UID)
	}
	content, err := reach(ctx, r, func(ctx context.Context) (map[uint64]masar.Record, error) { return r.service.store.Content(ctx, uids) })
	if err != nil {
		return nil, err
	}
	found := make(map[topology.Record]masar.Record, len(records))
	for _, rec := range records {
		if record, ok := content[rec.UID]; ok {
			found[rec] = record
			// A record that has moved on since the snapshot is shown as it is now; the shape stays the snapshot's.
			r.service.cache.Set(rec.UID, cached{rec.Revision, record})
		}
	}
	return found, nil
}

// reach reads the store within readTimeout. Once it has been out of reach for a request it is so to the request's end:
// else the read-ahead would wait for it, and each resolver again.
func reach[T any](ctx context.Context, r *Request, read func(context.Context) (T, error)) (answer T, err error) {
	if lost := r.lost.Load(); lost != nil {
		return answer, *lost
	}
	reading, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	answer, err = read(reading)
	if masar.ErrorCode(err) == masar.CodeTimeout && ctx.Err() == nil {
		// The operation had time left: a store that is so slow with a flat read is as good as out of reach.
		err = unreachable().Because(err)
	}
	if masar.ErrorCode(err) == masar.CodeUnavailable {
		r.lost.Store(&err)
	}
	return answer, err
}

// load answers records in order, from the cache or in one read with whatever else is being asked for.
func load[T any](ctx context.Context, r *Request, records []topology.Record) ([]T, error) {
	out := make([]T, len(records))
	var missing []topology.Record
	var at []int
	for i, rec := range records {
		if c, ok := r.service.cache.GetIfPresent(rec.UID); ok && c.revision >= rec.Revision {
			out[i] = c.record.(T)
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

// Evidence are the pieces of evidence at places.
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
