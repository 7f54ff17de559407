package embedded_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"masar/dgraph/embedded"
	"masar/dgraph/embedded/embeddedtest"
)

// No goroutine of a test runs on the first thread of the process, the only thread that Go never ends.
func init() { runtime.LockOSThread() }

// The test binary also acts as a masar that runs Dgraph and is killed. It simulates a Dgraph with faults that the real
// one does not show on demand.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 {
		switch os.Args[1] {
		case "play-masar":
			playMasar(os.Args[2])
			return
		case "play-dgraph":
			playDgraph(os.Args[2], os.Args[3:])
			return
		}
	}
	// Variables that Dgraph's processes must not inherit: a variable of Dgraph that would change a flag, and a secret of
	// masar.
	os.Setenv("DGRAPH_ALPHA_SECURITY", "token=surprise;")
	os.Setenv("MASAR_TOKEN", "secret")
	embeddedtest.Main(m)
}

// playMasar runs Dgraph on a directory until it is killed.
func playMasar(dir string) {
	binary, err := embeddedtest.Binary()
	if err == nil {
		var s *embedded.Server
		if s, err = embedded.Start(context.Background(), embedded.Options{DataDir: dir, Executable: binary, Limits: embedded.Limits{LooseSchema: true}}); err == nil {
			for range 100 { // Dgraph is healthy before it can write
				if _, err = embeddedtest.Post(context.Background(), s, "/mutate?commitNow=true", "application/rdf", `{set {_:x <name> "kept" .}}`); err == nil {
					break
				}
				time.Sleep(100 * time.Millisecond)
			}
		}
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ready")
	select {}
}

// playDgraph behaves like a healthy Dgraph, except for one fault.
func playDgraph(fault string, args []string) {
	name, offset := args[0], 0
	if name == "check-tables" {
		return
	}
	for _, arg := range args {
		fmt.Sscanf(arg, "--port_offset=%d", &offset)
	}
	switch {
	case fault == "deaf" && name == "alpha":
		signal.Ignore(syscall.SIGTERM)
	case fault == "port-taken-once" && name == "zero":
		// It runs in Dgraph's directory, so that a file there shows that it has run before.
		if _, err := os.Stat("ran"); err != nil {
			os.WriteFile("ran", nil, 0o600)
			fmt.Fprintln(os.Stderr, "2026/01/01 00:00:00 listen tcp 127.0.0.1:5080: bind: address already in use")
			os.Exit(1)
		}
	}
	http.HandleFunc("/metrics", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, `dgraph_raft_is_leader{group="0"} 1`)
		if fault == "dies" && name == "alpha" { // not before it has been found ready, on a machine of any speed
			time.AfterFunc(100*time.Millisecond, func() { panic("the data is damaged") })
		}
	})
	http.HandleFunc("/health", func(http.ResponseWriter, *http.Request) {})
	port := map[string]int{"zero": 6080, "alpha": 8080}[name]
	panic(http.ListenAndServeTLS(fmt.Sprintf("127.0.0.1:%d", port+offset), "tls/server.crt", "tls/server.key", nil))
}

// startFaulty starts the simulated Dgraph with a fault.
func startFaulty(ctx context.Context, dir, fault string) (*embedded.Server, error) {
	return embedded.Start(ctx, embedded.Options{
		DataDir: dir, Executable: os.Args[0], Args: []string{"play-dgraph", fault}, Log: slog.New(slog.DiscardHandler),
	})
}

// Catches: processes that end with the thread that started them and not with masar.
func TestOutlivesTheThreadThatStartedIt(t *testing.T) {
	t.Parallel()
	var s *embedded.Server
	done := make(chan bool)
	go func() {
		defer close(done)
		runtime.LockOSThread() // the thread ends with the function
		s = embeddedtest.Start(t)
	}()
	<-done
	time.Sleep(500 * time.Millisecond)
	if got := s.State(); got.Phase != embedded.Ready || got.Restarts != 0 {
		t.Errorf("after its thread had ended: %+v, want READY and no restart", got)
	}
}

// Catches: a directory used by two processes at once, a late refusal, and a refusal that does not name the other process.
func TestSecondStartIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	embeddedtest.Start(t, in(dir))
	began := time.Now()
	_, err := startFaulty(t.Context(), dir, "none")
	if took := time.Since(began); took > time.Second {
		t.Errorf("the second start was refused after %s, want at once", took)
	}
	var inUse *embedded.InUseError
	if !errors.As(err, &inUse) {
		t.Fatalf("the second start gave %v, want an InUseError", err)
	}
	if diff := cmp.Diff(&embedded.InUseError{DataDir: dir, PID: os.Getpid()}, inUse); diff != "" {
		t.Error(diff)
	}
	if want := fmt.Sprint("process ", os.Getpid()); !strings.Contains(err.Error(), want) {
		t.Errorf("the error %q does not say %q", err, want)
	}
}

// Catches: a command that does not find the running Dgraph, or finds one that does not exist.
func TestFind(t *testing.T) {
	t.Parallel()
	if _, err := embedded.Find(t.TempDir()); !errors.Is(err, embedded.ErrNotRunning) {
		t.Errorf("Find on an empty directory gave %v, want ErrNotRunning", err)
	}
	dir := t.TempDir()
	s, err := startFaulty(t.Context(), dir, "none")
	if err != nil {
		t.Fatal(err)
	}
	if url, err := embedded.Find(dir); err != nil || url != s.URL() {
		t.Errorf("Find gave %q, %v, want %q", url, err, s.URL())
	}
	data, err := os.ReadFile(filepath.Join(dir, "dgraph", "running.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	// Files that a killed masar leaves must be ignored.
	if err := os.WriteFile(filepath.Join(dir, "dgraph", "running.json"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if addr, err := embedded.Find(dir); !errors.Is(err, embedded.ErrNotRunning) {
		t.Errorf("Find on a stale file gave %q, %v, want ErrNotRunning", addr, err)
	}
}

// Catches: limits that do not reach Dgraph, for example because of a misspelt flag.
func TestLimits(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	strict := embeddedtest.Start(t, func(o *embedded.Options) { o.Limits = embedded.Limits{} })
	loose := embeddedtest.Start(t, func(o *embedded.Options) {
		o.Limits = embedded.Limits{AllowDrop: true, LooseSchema: true}
		o.FastWrites = false
	})
	write := func(s *embedded.Server) error {
		_, err := embeddedtest.Post(ctx, s, "/mutate?commitNow=true", "application/rdf", `{set {_:x <unknown> "1" .}}`)
		return err
	}
	drop := func(s *embedded.Server) error {
		_, err := embeddedtest.Post(ctx, s, "/alter", "application/json", `{"drop_all": true}`)
		return err
	}
	if err := write(strict); err == nil || !strings.Contains(err.Error(), "unknown") {
		t.Errorf("a write of an unknown predicate gave %v, want a refusal", err)
	}
	if err := drop(strict); err == nil || !strings.Contains(err.Error(), "not permitted") {
		t.Errorf("dropping all gave %v, want a refusal", err)
	}
	if err := errors.Join(write(loose), drop(loose)); err != nil {
		t.Errorf("with everything allowed: %v", err)
	}
}

// Catches: a stop that leaves the lock, the runtime file or a listener, or that cannot be called twice. Also catches a
// second start on other ports, after which Dgraph refuses writes for some seconds.
func TestStopIsCleanAndPortsAreKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := embeddedtest.Start(t, in(dir))
	addr := s.Addr()
	began := time.Now()
	for range 2 {
		if err := s.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("stopped in %s", time.Since(began))
	if got := s.State().Phase; got != embedded.Stopped {
		t.Errorf("after Stop: %s", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "dgraph", "running.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("running.json: %v, want it gone", err)
	}
	if _, err := embedded.Find(dir); !errors.Is(err, embedded.ErrNotRunning) {
		t.Errorf("Find after Stop gave %v, want ErrNotRunning", err)
	}
	if conn, err := net.Dial("tcp", addr); err == nil {
		conn.Close()
		t.Errorf("something still listens on %s", addr)
	}
	if again := embeddedtest.Start(t, in(dir)).Addr(); again != addr {
		t.Errorf("the second life is at %s, want %s again", again, addr)
	}
}

// Catches: options for loading that Dgraph refuses, a file that Sync cannot open while Dgraph runs, and a Sync of nothing.
func TestLoadingAndSync(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := embeddedtest.Start(t, in(dir), func(o *embedded.Options) { o.Loading = true })
	if _, err := embeddedtest.Post(t.Context(), s, "/mutate?commitNow=true", "application/rdf", `{set {_:x <dgraph.type> "Test" .}}`); err != nil {
		t.Error(err)
	}
	if err := embedded.Sync(dir); err != nil {
		t.Error(err)
	}
	if err := embedded.Sync(t.TempDir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without a Dgraph: %v", err)
	}
}

// Catches: a start that fails without a reason or leaves the directory locked.
func TestFailedStartTellsWhy(t *testing.T) {
	t.Parallel()
	none, err := embeddedtest.Carrier("-tags=nodgraph")
	if err != nil {
		t.Fatal(err)
	}
	binary, err := embeddedtest.Binary()
	if err != nil {
		t.Fatal(err)
	}
	strange := t.TempDir()
	if err := os.MkdirAll(filepath.Join(strange, "dgraph"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(strange, "dgraph", "zw"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, dir, executable, want string }{
		{"a binary without Dgraph", t.TempDir(), none, "carries no Dgraph"},
		{"a file in the place of a directory", strange, binary, "zw: not a directory"},
		{"no such binary", t.TempDir(), filepath.Join(strange, "nothing"), "no such file"},
		{"the test's own binary", t.TempDir(), "", "a test binary carries no Dgraph"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := test.dir
			_, err := embedded.Start(t.Context(), embedded.Options{
				DataDir: dir, Executable: test.executable, Log: slog.New(slog.DiscardHandler),
			})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
			if strings.Contains(fmt.Sprint(err), ".go:") {
				t.Errorf("the error holds a trace of the stack: %v", err)
			}
			if _, err := embedded.Find(dir); !errors.Is(err, embedded.ErrNotRunning) {
				t.Errorf("Find after the failure gave %v, want ErrNotRunning", err)
			}
		})
	}
}

// Catches: a start that cannot be cancelled, and a start that is ready before the caller's Ready function succeeds.
func TestStartIsGivenUpWhenNotReady(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	dir, asked := t.TempDir(), 0
	_, err := embedded.Start(ctx, embedded.Options{
		DataDir: dir, Executable: os.Args[0], Args: []string{"play-dgraph", "none"}, Log: slog.New(slog.DiscardHandler),
		Ready: func(_ context.Context, addr string) error {
			asked++
			return errors.New("no write yet at " + addr)
		},
	})
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "no write yet at dgraph://127.0.0.1:") {
		t.Errorf("got %v, want that the time was over and the last answer", err)
	}
	if asked < 3 {
		t.Errorf("asked %d times, want again and again", asked)
	}
	s, err := startFaulty(t.Context(), dir, "none")
	if err != nil {
		t.Fatalf("the next start: %v", err)
	}
	s.Stop(t.Context())
}

// Catches: the use of ports of which one is taken, before the start or between the choice and the start.
func TestTakenPortIsAvoided(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, err := startFaulty(t.Context(), dir, "port-taken-once")
	if err != nil {
		t.Fatal(err)
	}
	before := s.Addr()
	if err := s.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", before)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s, err = startFaulty(t.Context(), dir, "none")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop(t.Context())
	if s.Addr() == before {
		t.Errorf("started on %s again, where another listens", before)
	}
}

// Catches: a stop that waits forever for a process that does not end.
func TestStopKillsAtTheDeadline(t *testing.T) {
	t.Parallel()
	s, err := startFaulty(t.Context(), t.TempDir(), "deaf")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	began := time.Now()
	if err := s.Stop(ctx); err == nil || !strings.Contains(err.Error(), "alpha did not stop in time") {
		t.Errorf("got %v, want that alpha was killed", err)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("the stop took %s", took)
	}
}

// Catches: restarts without a pause of a process that ends again and again, and a state that hides the reason.
func TestDyingAgainAndAgainIsSlowedDown(t *testing.T) {
	t.Parallel()
	s, err := startFaulty(t.Context(), t.TempDir(), "dies")
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(3 * time.Second)
	got := s.State()
	if err := s.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	if got.Restarts < 2 || got.Restarts > 8 {
		t.Errorf("%d restarts in three seconds, want a few", got.Restarts)
	}
	if got.Err == nil || !strings.Contains(got.Err.Error(), "is damaged") {
		t.Errorf("the state says %v, want the reason", got.Err)
	}
}

func in(dir string) func(*embedded.Options) {
	return func(o *embedded.Options) { o.DataDir = dir }
}

// addName writes a name as a client would.
func addName(t *testing.T, s *embedded.Server, name string) {
	t.Helper()
	if _, err := embeddedtest.Post(t.Context(), s, "/alter", "application/json", `{"schema": "name: string @index(exact) ."}`); err != nil {
		t.Fatal(err)
	}
	_, err := embeddedtest.Post(t.Context(), s, "/mutate?commitNow=true", "application/rdf",
		fmt.Sprintf("{set {_:x <name> %q .}}", name))
	if err != nil {
		t.Fatal(err)
	}
}

// names reads every name.
func names(t *testing.T, s *embedded.Server) []string {
	t.Helper()
	body, err := embeddedtest.Post(t.Context(), s, "/query", "application/dql", `{q(func: has(name), orderasc: name) {name}}`)
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Data struct{ Q []struct{ Name string } }
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatal(err)
	}
	all := []string{}
	for _, q := range answer.Data.Q {
		all = append(all, q.Name)
	}
	return all
}
