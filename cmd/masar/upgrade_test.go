package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/internal/masartest"
	"masar/search"
)

// nextBinary builds a masar whose schema has the next version, once for all tests.
func nextBinary(t *testing.T) string {
	t.Helper()
	path, err := buildNext()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var buildNext = sync.OnceValues(func() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	path := filepath.Join(cache, "masar-test", "next", "masar")
	if out, err := exec.Command("go", "build", "-tags", "nextformat", "-o", path, "masar/cmd/masar").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

// rehearse runs a rehearsal and returns its result.
func rehearse(t *testing.T, binary string, args ...string) (r rehearsal) {
	t.Helper()
	got := command(t, binary, append([]string{"rehearse", "--output", "json"}, args...)...)
	if err := json.Unmarshal(got.out, &r); got.code != exitOK || err != nil {
		t.Fatalf("%v: %s", err, got)
	}
	return r
}

// Catches: a rehearsal that changes the graph, does not update the copy, leaves the copy behind, runs beside a service, or finds faults in
// a sound graph; a command of an older version that goes on in a graph of a newer one, or with its backup.
func TestRehearsal(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts Dgraph")
	}
	binary, next := masartest.Binary(t), nextBinary(t)
	dir, in, backups := filledDirectory(t), t.TempDir(), t.TempDir()
	backup, newer := filepath.Join(backups, "old"), filepath.Join(backups, "newer")
	ran := func(binary string, args ...string) {
		t.Helper()
		if r := command(t, binary, args...); r.code != exitOK {
			t.Fatalf("%v: %s", args, r)
		}
	}
	refused := func(what string, code int, message string, r result) {
		t.Helper()
		if r.code != code || !strings.Contains(string(r.talk), message) {
			t.Errorf("%s: %s", what, r)
		}
	}
	upgraded := func(what string, r rehearsal) {
		t.Helper()
		if r.From.Schema != dgraph.SchemaVersion || r.To.Schema != dgraph.SchemaVersion+1 || r.From.Snapshot != 2 || r.To.Snapshot != 2 ||
			r.Records < 4000 || r.Bytes == 0 || len(r.Findings) > 0 {
			t.Errorf("%s: %+v", what, r)
		}
		if left, err := os.ReadDir(in); err != nil || len(left) > 0 {
			t.Errorf("%s: left behind: %v, %v", what, left, err)
		}
	}
	s := serve(t, binary, "--data-dir", dir)
	s.awaitReady(t, time.Minute)
	refused("beside a service", exitFailure, "is in use by another masar", command(t, next, "rehearse", "--data-dir", dir, "--in", in))
	ran(binary, "backup", backup, "--data-dir", dir)
	s.stop(t)
	upgraded("of the data directory", rehearse(t, next, "--data-dir", dir, "--in", in))
	upgraded("of the backup", rehearse(t, next, backup, "--in", in))
	ran(binary, "verify", "--data-dir", dir) // it refuses any other version

	ran(next, "seed", "load", "--data-dir", dir) // the upgrade itself
	ran(next, "backup", newer, "--data-dir", dir)
	versions := fmt.Sprintf("has schema version %d, and this masar knows versions up to %d", dgraph.SchemaVersion+1, dgraph.SchemaVersion)
	for _, args := range [][]string{{"rehearse", "--in", in}, {"serve", "--listen", "127.0.0.1:0"}} {
		refused(args[0]+" in a newer graph", exitFailure, versions, command(t, binary, append(args, "--data-dir", dir)...))
	}
	refused("a backup of a newer masar", exitFindings, "newer", command(t, binary, "restore", newer, "--data-dir", filepath.Join(backups, "restored")))
}

// front sends requests to those of several services that are ready, and asks another if one does not answer, as proxies do.
type front struct {
	mu       sync.Mutex
	services []*running
	again    atomic.Int64 // requests that a second service answered
}

// replace puts a service in the place of another.
func (f *front) replace(place int, s *running) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.services[place] = s
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	f.mu.Lock()
	services := append([]*running(nil), f.services...)
	f.mu.Unlock()
	for tried, s := range services {
		if s.status("/readyz") != http.StatusOK {
			continue
		}
		answer, err := client.Post("http://"+s.address+r.URL.Path, r.Header.Get("Content-Type"), strings.NewReader(string(body)))
		if err != nil {
			continue
		}
		defer answer.Body.Close()
		if answer.StatusCode >= 500 {
			continue
		}
		f.again.Add(int64(tried))
		w.WriteHeader(answer.StatusCode)
		_, _ = io.Copy(w, answer.Body)
		return
	}
	http.Error(w, "no service is ready", http.StatusServiceUnavailable)
}

// Catches: a rolling upgrade of two services over one Dgraph in which a reader sees an error; a service of the old version that starts on the
// graph of the new one.
func TestRollingUpgrade(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" || testing.Short() {
		t.Skip("starts Dgraph")
	}
	old, next := masartest.Binary(t), nextBinary(t)
	database, err := embedded.Start(t.Context(), embedded.Options{DataDir: t.TempDir(), Executable: old, FastWrites: true})
	if err != nil {
		t.Fatal(err)
	}
	defer database.Stop(context.Background())
	start := func(binary string) *running {
		s := serve(t, binary, "--dgraph", database.URL(), "--drain-delay", "1s")
		s.awaitReady(t, 2*time.Minute)
		return s
	}
	services := []*running{start(old), start(old)}
	f := &front{services: append([]*running(nil), services...)}
	proxy := httptest.NewServer(f)
	defer proxy.Close()
	readers, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	var answered atomic.Int64
	for i := range 3 {
		all.Go(func() {
			through := &running{address: strings.TrimPrefix(proxy.URL, "http://")}
			for n := i; readers.Err() == nil; n++ {
				code := []string{"EGY", "JOR", "MAR"}[n%3]
				if got := through.country(code); got.code() != "" || got.Data.Country.Title.Value == "" {
					t.Errorf("a reader sees %+v", got)
				}
				answered.Add(1)
			}
		})
	}
	time.Sleep(2 * time.Second)
	for place, s := range services {
		s.stop(t)
		f.replace(place, start(next))
		time.Sleep(2 * time.Second) // with one service of each version
	}
	stop()
	all.Wait()
	t.Logf("%d answers, %d of them from the second service that was asked", answered.Load(), f.again.Load())
	if answered.Load() < 100 || f.again.Load() == 0 {
		t.Errorf("too few answers for a test: %d, %d", answered.Load(), f.again.Load())
	}
	store, err := dgraph.Open(t.Context(), database.URL(), dgraph.WithAnalyser(search.Pack))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if state, err := store.State(t.Context()); err != nil || state.Version != dgraph.SchemaVersion+1 {
		t.Errorf("%+v, %v", state, err)
	}
	refused := fmt.Sprintf("has schema version %d, and this masar knows versions up to %d", dgraph.SchemaVersion+1, dgraph.SchemaVersion)
	if r := command(t, old, "serve", "--listen", "127.0.0.1:0", "--dgraph", database.URL()); r.code != exitFailure || !strings.Contains(string(r.talk), refused) {
		t.Errorf("the old version on the new graph: %s", r)
	}
}
