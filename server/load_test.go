package server_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"masar/dgraph/embedded/embeddedtest"
	"masar/internal/masartest"
	"masar/loaders"
	"masar/operations"
	"masar/resolvers"
	"masar/server"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// tally counts the answers and refusals of a group of clients.
type tally struct {
	sync.Mutex
	answered, refused int
	took              []time.Duration
}

// ask sends an operation and counts the result: an answer, or a refusal with a time to retry. Any other result fails
// the test.
func (t *tally) ask(test *testing.T, client *http.Client, address, operation string) {
	began := time.Now()
	r, err := client.Post("http://"+address+"/graphql", "application/json", strings.NewReader(operation))
	if err != nil {
		test.Error(err)
		return
	}
	defer r.Body.Close()
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Extensions struct{ Code string } }
	}
	if err := json.NewDecoder(r.Body).Decode(&answer); err != nil {
		test.Errorf("%d: %v", r.StatusCode, err)
		return
	}
	_, _ = io.Copy(io.Discard, r.Body)
	t.Lock()
	defer t.Unlock()
	t.took = append(t.took, time.Since(began))
	switch {
	case r.StatusCode == http.StatusOK && len(answer.Errors) == 0:
		t.answered++
	case r.StatusCode == http.StatusServiceUnavailable && answer.Errors[0].Extensions.Code == "OVERLOADED" && r.Header.Get("Retry-After") != "":
		t.refused++
	default:
		test.Errorf("%d %s %v", r.StatusCode, answer.Data, answer.Errors)
	}
}

func (t *tally) quantile(q float64) time.Duration {
	slices.Sort(t.took)
	return t.took[int(q*float64(len(t.took)-1))].Round(100 * time.Microsecond)
}

// Catches: a service that crashes, hangs, grows without bound or stops answering small queries while two hundred
// clients send large ones without a pause.
func TestTwoHundredClientsAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("puts the machine under load for several seconds")
	}
	const clients, span, most = 200, 4 * time.Second, 1 << 30
	heavy, err := os.ReadFile("../examples/dashboard/country-profile.graphql")
	if err != nil {
		t.Fatal(err)
	}
	profile, err := json.Marshal(map[string]any{"query": string(heavy), "variables": map[string]any{"code": "EGY"}})
	if err != nil {
		t.Fatal(err)
	}
	whole := masartest.Start(t)
	schema := resolvers.NewSchema()
	content, err := loaders.New(whole.Live, whole.Store, schema.Schema(), loaders.Options{CacheRecords: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	h := server.New(server.Options{
		Operations: operations.New(operations.Options{
			Schema: schema, Begin: operations.Load(func() (*loaders.Service, error) { return content, nil }), Log: log,
		}),
		Checks: func() []server.Check { return nil }, Log: log,
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(t.Context(), listener, h, server.Serving{Log: log}) }()

	var large, small tally
	var peak atomic.Uint64
	var all sync.WaitGroup
	run := func(pause time.Duration, group *tally, operation string) {
		all.Go(func() {
			client := &http.Client{Transport: &http.Transport{}}
			defer client.CloseIdleConnections()
			for began := time.Now(); time.Since(began) < span; time.Sleep(pause) {
				group.ask(t, client, listener.Addr().String(), operation)
			}
		})
	}
	for range clients {
		run(0, &large, string(profile))
	}
	for range 4 {
		run(20*time.Millisecond, &small, `{"query": "{ country(code: \"EGY\") { code } }"}`)
	}
	all.Go(func() {
		for began := time.Now(); time.Since(began) < span; time.Sleep(100 * time.Millisecond) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapInuse))
			if r, err := http.Get("http://" + listener.Addr().String() + "/livez"); err != nil || r.StatusCode != http.StatusOK {
				t.Errorf("/livez: %v", err)
			} else {
				r.Body.Close()
			}
		}
	})
	all.Wait()
	for name, group := range map[string]*tally{"large": &large, "small": &small} {
		t.Logf("%s: %d answered, %d refused, half within %s, 99 of 100 within %s", name, group.answered, group.refused, group.quantile(.5), group.quantile(.99))
	}
	t.Logf("heap at most %d MiB", peak.Load()>>20)
	if large.answered == 0 || small.answered == 0 || small.quantile(.99) > 5*time.Second || peak.Load() > most {
		t.Error("the figures in the log are outside the bounds of this test")
	}
	select {
	case err := <-served:
		t.Errorf("the server ended: %v", err)
	default:
	}
}
