// Package masartest runs the whole service over a real Dgraph with the seed graph in it, for tests.
package masartest

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
	"masar/exchange/dump"
	"masar/loaders"
	"masar/operations"
	"masar/resolvers"
	"masar/scoring"
	"masar/search"
	"masar/seed"
	"masar/server"
)

// AsOf is the as-of date of all tests, so that golden answers do not change with the age of evidence.
var AsOf = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// Service is the service on the shared Dgraph of a test process.
type Service struct {
	Store *dgraph.Store
	Live  *loaders.Live
}

var shared struct {
	once    sync.Once
	service *Service
	err     error
}

// Start returns the service with the seed graph loaded. The tests of a package share it and must not write to it.
// TestMain must call embeddedtest.Main.
func Start(tb testing.TB) *Service {
	tb.Helper()
	url := embeddedtest.Shared(tb).URL()
	shared.once.Do(func() { shared.service, shared.err = start(url, seed.Files) })
	if shared.err != nil {
		tb.Fatal(shared.err)
	}
	return shared.service
}

// ReadTime is the time limit of a read in tests: on a busy machine Dgraph needs seconds right after the seed was written.
const ReadTime = 30 * time.Second

// start gives the service with the graph of seed files loaded into an empty Dgraph.
func start(url string, files fs.FS) (*Service, error) {
	ctx := context.Background()
	store, err := dgraph.Open(ctx, url, dgraph.WithAnalyser(search.Pack), dgraph.WithReadTime(ReadTime), dgraph.WithClock(func() time.Time { return AsOf }))
	if err != nil {
		return nil, err
	}
	if err := store.ApplySchema(ctx); err != nil {
		return nil, err
	}
	curated, err := seed.Read(files)
	if err != nil {
		return nil, err
	}
	if _, err := seed.Load(ctx, store, curated); err != nil {
		return nil, err
	}
	live := loaders.NewLive(store, scoring.DefaultProfile(), loaders.LiveOptions{Interval: time.Hour, MaxStale: 24 * time.Hour, AsOf: AsOf}, slog.New(slog.DiscardHandler))
	return &Service{Store: store, Live: live}, live.Refresh(ctx)
}

// API is a handler of the service with an empty cache.
type API struct {
	// Operations runs operations without HTTP.
	Operations *operations.Operations

	handler http.Handler
	store   *dgraph.Store
}

// Change changes the settings of a service before it starts.
type Change func(*operations.Options, *server.Options)

// API returns a handler with an empty cache. It keeps no answers unless a change sets KeptBytes.
func (s *Service) API(tb testing.TB, options loaders.Options, changes ...Change) *API {
	tb.Helper()
	schema := resolvers.NewSchema()
	options.CacheRecords = 100_000
	service, err := loaders.New(s.Live, s.Store, schema.Schema(), options)
	if err != nil {
		tb.Fatal(err)
	}
	current := func() (*loaders.Service, error) { return service, nil }
	log := slog.New(slog.DiscardHandler)
	running := operations.Options{Schema: schema, Begin: operations.Load(current), State: operations.StateOf(current), Log: log}
	published := func(ctx context.Context) (*dump.Published, error) {
		moment, err := s.Store.Now(ctx)
		return dump.Publish(moment), err
	}
	serving := server.Options{Rows: server.Rows(current), Published: published, Checks: func() []server.Check { return nil }, Log: log}
	for _, change := range changes {
		change(&running, &serving)
	}
	serving.Operations = operations.New(running)
	return &API{serving.Operations, server.New(serving), s.Store}
}

// Reads is the number of reads from Dgraph so far.
func (a *API) Reads() int64 { return a.store.Reads() }

// Listen serves the API on a port of its own until the test ends, and returns the address. It is for clients that are
// not written in Go.
func (a *API) Listen(tb testing.TB) (address string) {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(tb.Context()))
	served := make(chan error, 1)
	go func() {
		served <- server.Serve(ctx, listener, a.handler, server.Serving{Log: slog.New(slog.DiscardHandler)})
	}()
	tb.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			tb.Errorf("Serve: %v", err)
		}
	})
	return "http://" + listener.Addr().String()
}

// Answer is an answer with the number of Dgraph reads that it needed.
type Answer struct {
	Body  []byte
	Reads int64
}

// Ask sends an operation.
func (a *API) Ask(tb testing.TB, document string, variables map[string]any) Answer {
	tb.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		tb.Fatal(err)
	}
	before := a.store.Reads()
	request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	a.handler.ServeHTTP(recorder, request)
	return Answer{Body: recorder.Body.Bytes(), Reads: a.store.Reads() - before}
}

// Do sends an HTTP request.
func (a *API) Do(tb testing.TB, request *http.Request) *http.Response {
	tb.Helper()
	recorder := httptest.NewRecorder()
	a.handler.ServeHTTP(recorder, request)
	return recorder.Result()
}

// Indented returns the answer as indented JSON.
func (a Answer) Indented(tb testing.TB) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := json.Indent(&out, a.Body, "", "  "); err != nil {
		tb.Fatalf("%v in %s", err, a.Body)
	}
	out.WriteByte('\n')
	return out.Bytes()
}
