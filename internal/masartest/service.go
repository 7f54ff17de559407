// Package masartest runs the whole service over a real Dgraph with the seed graph in it, for tests.
package masartest

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
	"masar/loaders"
	"masar/operations"
	"masar/resolvers"
	"masar/scoring"
	"masar/search"
	"masar/seed"
	"masar/server"
)

// AsOf is the day of all tests, so that golden answers do not change with the age of evidence.
var AsOf = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// Service is the service over the shared Dgraph of a test process.
type Service struct {
	Store *dgraph.Store
	Live  *loaders.Live
}

var shared struct {
	once    sync.Once
	service *Service
	err     error
}

// Start gives the service with the seed graph loaded. The tests of a package share it; none of them may write.
// TestMain has to be embeddedtest.Main.
func Start(tb testing.TB) *Service {
	tb.Helper()
	address := embeddedtest.Shared(tb).Addr()
	shared.once.Do(func() { shared.service, shared.err = start(address) })
	if shared.err != nil {
		tb.Fatal(shared.err)
	}
	return shared.service
}

func start(address string) (*Service, error) {
	ctx := context.Background()
	store, err := dgraph.Open(ctx, "dgraph://"+address, dgraph.WithAnalyser(search.Pack), dgraph.WithClock(func() time.Time { return AsOf }))
	if err != nil {
		return nil, err
	}
	if err := store.ApplySchema(ctx); err != nil {
		return nil, err
	}
	curated, err := seed.Read(seed.Files)
	if err != nil {
		return nil, err
	}
	if _, err := seed.Load(ctx, store, curated); err != nil {
		return nil, err
	}
	live := loaders.NewLive(store, scoring.DefaultProfile(), loaders.LiveOptions{Interval: time.Hour, MaxStale: 24 * time.Hour, AsOf: AsOf}, slog.New(slog.DiscardHandler))
	return &Service{Store: store, Live: live}, live.Refresh(ctx)
}

// API is a fresh front of the service: nothing is kept yet.
type API struct {
	// Operations run what the API is asked, for callers without HTTP.
	Operations *operations.Operations

	handler http.Handler
	store   *dgraph.Store
}

// API makes a front of the service.
func (s *Service) API(tb testing.TB, options loaders.Options) *API {
	tb.Helper()
	schema := resolvers.NewSchema()
	options.CacheRecords = 100_000
	service, err := loaders.New(s.Live, s.Store, schema.Schema(), options)
	if err != nil {
		tb.Fatal(err)
	}
	current := func() (*loaders.Service, error) { return service, nil }
	log := slog.New(slog.DiscardHandler)
	run := operations.New(operations.Options{Schema: schema, Begin: operations.Load(current), Log: log})
	h := server.New(server.Options{
		Operations: run,
		Rows:       server.Rows(current),
		Checks:     func() []server.Check { return nil },
		Log:        log,
	})
	return &API{run, h, s.Store}
}

// Listen serves this front on a port of its own until the test ends, as masar serve does, for clients that are not Go, and
// returns its address.
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

// Answer is what the API said, and how many reads of Dgraph it took.
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

// Do sends a request of any sort.
func (a *API) Do(tb testing.TB, request *http.Request) *http.Response {
	tb.Helper()
	recorder := httptest.NewRecorder()
	a.handler.ServeHTTP(recorder, request)
	return recorder.Result()
}

// Indented is the answer's JSON, indented for a person to read.
func (a Answer) Indented(tb testing.TB) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := json.Indent(&out, a.Body, "", "  "); err != nil {
		tb.Fatalf("%v in %s", err, a.Body)
	}
	out.WriteByte('\n')
	return out.Bytes()
}
