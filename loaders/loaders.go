// Package loaders answers requests from one snapshot of the graph.
// Live follows the database and holds the newest snapshot of the topology. A Request takes lists and counts from the
// topology and the content of records from the database, in batches and read ahead for a whole selection. Content is
// cached across requests by record and revision, as are searches and pages of changes. Dashboards, gap maps and paths
// are cached per request.
// Rows returns the records of a snapshot for export as tables.
package loaders

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
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

// unreachable is the error for clients while Dgraph does not respond.
func unreachable() *masar.Error {
	return masar.NewError(masar.CodeUnavailable, "error.database.unreachable", nil)
}

// batchWait is how long a load waits for others to join its batch. With reading ahead, few loads have to wait.
const batchWait = 500 * time.Microsecond

// Service creates the loaders of requests.
type Service struct {
	live     *Live
	store    *dgraph.Store
	cache    *otter.Cache[pin, masar.Record]
	schema   *ast.Schema
	fields   map[*ast.FieldDefinition]way
	searcher *searcher
	history  *history
	prefetch bool
	heads    bool // whether heads stand for entities; see heads.go
	texts    bool // whether whole source texts are shown
}

// pin identifies the content of a record at one revision. That content never changes.
type pin struct {
	uid      uint64
	revision int32
}

func pinOf(r topology.Record) pin { return pin{r.UID, r.Revision} }

// weigh is the weight of a record in the cache: 1, or more for a whole text, which may be large.
func weigh(_ pin, record masar.Record) uint32 {
	if text, ok := record.(*masar.SourceText); ok {
		return uint32(1 + len(text.Text)/textUnit)
	}
	return 1
}

// textUnit is the number of bytes of a text that weigh as one record.
const textUnit = 4096

// keep caches records by revision.
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
	// CacheRecords is the maximum number of cached records. A text counts as one record per 4 KiB.
	CacheRecords int
	// WithoutPrefetch turns off reading ahead. The answers are the same, byte for byte, but take more reads.
	WithoutPrefetch bool
	// WithoutHeads reads entities whole even where their heads in memory suffice. The answers are the same, byte for byte.
	WithoutHeads bool
	// QuotesOnly hides the whole texts of sources, for licences that allow quotes only.
	QuotesOnly bool
}

// New creates a Service for a schema. The error names a field whose path in the schema is invalid.
func New(live *Live, store *dgraph.Store, schema *ast.Schema, options Options) (*Service, error) {
	fields, err := ways(schema)
	if err != nil {
		return nil, err
	}
	cache, err := otter.New(&otter.Options[pin, masar.Record]{MaximumWeight: uint64(options.CacheRecords), Weigher: weigh, StatsRecorder: stats.NewCounter()})
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
		heads: !options.WithoutHeads, texts: !options.QuotesOnly,
	}, nil
}

// CacheStats are the figures of the record cache.
type CacheStats struct {
	// Records is the number of cached records.
	Records int
	// Hits and Misses count the lookups that found a record in the cache and those that did not.
	Hits, Misses uint64
}

// Cache returns the figures of the record cache.
func (s *Service) Cache() CacheStats {
	counted := s.cache.Stats()
	return CacheStats{s.cache.EstimatedSize(), counted.Hits, counted.Misses}
}

// Request loads the data of one request from one snapshot of the graph. All records have the revision that they have
// in the snapshot. If the database has a newer revision and the old one is not cached, the request is overtaken: it
// returns no more content and has to be restarted.
type Request struct {
	Graph    *topology.Graph
	words    *search.Index  // of the same snapshot
	moment   *dgraph.Moment // of the same snapshot
	past     bool           // whether content is read as of the moment, because no newer snapshot can be read
	service  *Service
	loader   *dataloadgen.Loader[topology.Record, masar.Record]
	computed sync.Map // see function once
	pages    pages    // see function paged
	stopped  atomic.Pointer[error]
	// outOfTime is whether a search of the request ran out of time.
	outOfTime atomic.Bool
}

type requestKey struct{}

// Begin starts a request on the newest snapshot. If the context holds an overtaken request, the new one gets a newer
// snapshot. If Dgraph cannot confirm one soon, the new request reads the records as they were at its snapshot. The error has
// code BACKEND_UNAVAILABLE if there is no snapshot.
func (s *Service) Begin(ctx context.Context) (context.Context, *Request, error) {
	late := false
	if last, ok := overtakenIn(ctx); ok {
		waiting, cancel := context.WithTimeout(ctx, s.store.ReadTime()/3)
		err := s.live.past(waiting, last.Graph)
		late = err != nil && (waiting.Err() != nil || dgraph.Unanswered(err))
		cancel()
		if err != nil && (!late || ctx.Err() != nil) {
			return ctx, nil, err
		}
	}
	r, err := s.newRequest()
	if err != nil {
		return ctx, nil, err
	}
	r.past = late
	c := &current{}
	c.request.Store(r)
	return context.WithValue(ctx, requestKey{}, c), r, nil
}

func (s *Service) newRequest() (*Request, error) {
	h, err := s.live.fresh()
	if err != nil {
		return nil, err
	}
	r := &Request{Graph: h.Graph, words: h.words, moment: h.moment, service: s}
	r.loader = dataloadgen.NewMappedLoader(r.fetch, dataloadgen.WithWait(batchWait))
	return r, nil
}

// From returns the request of a context, started by Begin or replaced by Refresh.
func From(ctx context.Context) *Request { return ctx.Value(requestKey{}).(*current).request.Load() }

// errOvertaken is the error for all content of an overtaken request. A client sees it only if every restart was
// overtaken too.
var errOvertaken error = masar.NewError(masar.CodeUnavailable, "error.database.busy", nil)

// Overtaken reports whether the request of a context was overtaken by a write. Its answer must not be used. Begin
// with the same context starts a new request.
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

// overtake marks the request as overtaken.
func (r *Request) overtake() error {
	r.stopped.Store(&errOvertaken)
	return errOvertaken
}

// once computes a value once per request and question, for the read-ahead and for all resolvers. Callers that come during
// the computation wait for it. It runs under the first caller's context, which ends with the request like all others.
// Errors are kept as well, and a panic is raised in every caller. It is for what takes long; see paged for lists.
func once[T any](r *Request, compute func() (T, error), asked ...any) (T, error) {
	question, err := json.Marshal(asked)
	if err != nil {
		var none T
		return none, err
	}
	answer, _ := r.computed.LoadOrStore(string(question), sync.OnceValues(compute))
	return answer.(func() (T, error))()
}

// fetch reads records in one query. The newest revision of a record is read if Dgraph answers in time, because not every
// record can be read as it was (see dgraph.Moment). A revision newer than the snapshot's is cached for later requests.
func (r *Request) fetch(ctx context.Context, records []topology.Record) (map[topology.Record]masar.Record, error) {
	uids := uidsOf(records)
	content, err := reach(ctx, r, func(ctx context.Context) (map[uint64]masar.Record, error) {
		if r.past {
			return r.moment.Content(ctx, uids)
		}
		return r.service.store.NewestContent(ctx, uids, r.moment, func(found map[uint64]masar.Record) bool { return covers(found, records) })
	})
	if err != nil {
		return nil, err
	}
	r.service.keep(content)
	found := make(map[topology.Record]masar.Record, len(records))
	for _, rec := range records {
		record, ok := content[rec.UID]
		if ok && revision(record) != rec.Revision || !ok && r.past {
			return nil, r.overtake()
		}
		if ok {
			found[rec] = record
		}
	}
	return found, nil
}

// covers reports whether the records read are all those requested, at their revisions.
func covers(found map[uint64]masar.Record, records []topology.Record) bool {
	return !slices.ContainsFunc(records, func(rec topology.Record) bool {
		record, ok := found[rec.UID]
		return !ok || revision(record) != rec.Revision
	})
}

// uidsOf are the uids of records, by record type.
func uidsOf(records []topology.Record) map[masar.RecordType][]uint64 {
	uids := map[masar.RecordType][]uint64{}
	for _, rec := range records {
		uids[rec.Type] = append(uids[rec.Type], rec.UID)
	}
	return uids
}

// reach reads the database within its ReadTime. After a timeout, or once the request is overtaken, all further reads
// of the request fail at once. Otherwise the read-ahead and each resolver would wait again.
func reach[T any](ctx context.Context, r *Request, read func(context.Context) (T, error)) (answer T, err error) {
	if stopped := r.stopped.Load(); stopped != nil {
		return answer, *stopped
	}
	reading, cancel := context.WithTimeout(ctx, r.service.store.ReadTime())
	defer cancel()
	answer, err = read(reading)
	if masar.ErrorCode(err) == masar.CodeTimeout && ctx.Err() == nil {
		// The request had time left, so a database that is this slow with a flat read counts as unreachable.
		err = unreachable().Because(err)
	}
	if masar.ErrorCode(err) == masar.CodeUnavailable {
		r.stopped.Store(&err)
	}
	return answer, err
}

// load returns records in the given order, from the cache or from one read shared with concurrent loads.
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

// loadError joins the errors of a batch.
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

// Entities returns the entities with the given indexes and their content, as their own types or as masar.Entity.
func Entities[T masar.Entity](ctx context.Context, r *Request, places []topology.Entity) ([]T, error) {
	return load[T](ctx, r, each(places, r.Graph.EntityRecord))
}

// Claims returns the claims with the given indexes.
func (r *Request) Claims(ctx context.Context, places []topology.Claim) ([]*masar.Claim, error) {
	return load[*masar.Claim](ctx, r, each(places, r.Graph.ClaimRecord))
}

// Evidence returns the evidence items with the given indexes.
func (r *Request) Evidence(ctx context.Context, places []topology.Evidence) ([]*masar.Evidence, error) {
	return load[*masar.Evidence](ctx, r, each(places, r.Graph.EvidenceRecord))
}

// Observations returns the observations with the given indexes.
func (r *Request) Observations(ctx context.Context, places []topology.Observation) ([]*masar.Observation, error) {
	return load[*masar.Observation](ctx, r, each(places, r.Graph.ObservationRecord))
}

// Texts returns the imported texts with the given indexes.
func (r *Request) Texts(ctx context.Context, places []topology.Text) ([]*masar.SourceText, error) {
	return load[*masar.SourceText](ctx, r, each(places, r.Graph.TextRecord))
}

// each applies a function to all values.
func each[T, U any](all []T, of func(T) U) []U {
	out := make([]U, len(all))
	for i, v := range all {
		out[i] = of(v)
	}
	return out
}

// missing is the error for a record that is in the snapshot but not in the database, which is a fault of the
// database.
func missing(what string) error { return fmt.Errorf("loaders: %s of the snapshot is not there", what) }
