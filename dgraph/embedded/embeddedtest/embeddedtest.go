// Package embeddedtest gives tests a real Dgraph.
//
// The tests of a package share one:
//
//	func TestMain(m *testing.M) { embeddedtest.Main(m) }
//
//	func TestReads(t *testing.T) {
//		url := embeddedtest.Shared(t).URL()
//		...
//	}
//
// It is started when the first test asks for it, which takes some seconds, and stopped after the last.
package embeddedtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"masar/dgraph/embedded"
	"masar/dgraph/embedded/internal/flock"
)

// Binary is the path of a binary that carries Dgraph: the one that MASAR_TEST_BINARY names, or else the smallest one,
// built once and kept in the user's cache.
var Binary = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("MASAR_TEST_BINARY"); path != "" {
		// Tests run in the directory of their package, so that a relative path would mean many files.
		if !filepath.IsAbs(path) {
			return "", fmt.Errorf("MASAR_TEST_BINARY is %q: give an absolute path", path)
		}
		return path, nil
	}
	return Carrier()
})

// Carrier builds the smallest binary that carries Dgraph, with more flags for go build where they are given, and
// returns its path. Where nothing has changed since the last time, that takes a third of a second.
func Carrier(flags ...string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	mod, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	// One place for each checkout and each set of flags, so that none builds over another's.
	place := strings.Join(append([]string{strings.TrimSpace(string(mod))}, flags...), " ")
	dir := filepath.Join(cache, "masar-test", strings.Map(plain, place))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	lock, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return "", err
	}
	defer lock.Close()
	if err := flock.Lock(lock); err != nil {
		return "", err
	}
	path := filepath.Join(dir, "carrier")
	args := append([]string{"build", "-ldflags=-s -w", "-o", path}, flags...)
	build := exec.Command("go", append(args, "masar/dgraph/embedded/embeddedtest/carrier")...)
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build a binary that carries Dgraph: %w\n%s", err, out)
	}
	return path, nil
}

func plain(r rune) rune {
	if strings.ContainsRune(`/\: =`, r) {
		return '-'
	}
	return r
}

// Start starts a Dgraph for one test, on a directory of its own, and stops it when the test ends. All data may be
// dropped on it. The functions change its options.
func Start(tb testing.TB, change ...func(*embedded.Options)) *embedded.Server {
	tb.Helper()
	s, err := start(tb.TempDir(), change)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopTime)
		defer cancel()
		if err := s.Stop(ctx); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// stopTime is how long a Dgraph may take to stop on a machine that runs many of them at a time.
const stopTime = 2 * time.Minute

var shared struct {
	sync.Mutex
	main   bool
	dir    string
	server *embedded.Server
	err    error
}

// Shared is the one Dgraph of this package's tests; the first call starts it. A test that wants it empty drops what is
// there. [Main] must run the tests, for it stops the Dgraph.
func Shared(tb testing.TB) *embedded.Server {
	tb.Helper()
	shared.Lock()
	defer shared.Unlock()
	if !shared.main {
		tb.Fatal("embeddedtest.Shared needs func TestMain(m *testing.M) { embeddedtest.Main(m) }")
	}
	if shared.server == nil && shared.err == nil {
		if shared.dir, shared.err = os.MkdirTemp("", "masar-dgraph-"); shared.err == nil {
			shared.server, shared.err = start(shared.dir, nil)
		}
	}
	if shared.err != nil {
		tb.Fatal(shared.err)
	}
	return shared.server
}

// Main runs the tests, stops the Dgraph that [Shared] started if it did, and ends the process.
func Main(m *testing.M) {
	shared.main = true
	code := m.Run()
	if shared.server != nil {
		if err := shared.server.Stop(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = max(code, 1)
		}
	}
	if shared.dir != "" {
		os.RemoveAll(shared.dir)
	}
	os.Exit(code)
}

func start(dir string, change []func(*embedded.Options)) (*embedded.Server, error) {
	binary, err := Binary()
	if err != nil {
		return nil, err
	}
	opts := embedded.Options{
		DataDir: dir, Executable: binary, FastWrites: true, AlphaMB: 400,
		Limits: embedded.Limits{AllowDrop: true},
		Log:    slog.New(slog.DiscardHandler),
	}
	if testing.Verbose() {
		opts.Log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	for _, f := range change {
		f(&opts)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	s, err := embedded.Start(ctx, opts)
	if err != nil {
		return nil, err
	}
	if err := awaitWrite(ctx, s); err != nil {
		s.Stop(context.Background())
		return nil, err
	}
	return s, nil
}

// awaitWrite returns when a write has gone through. It leaves nothing behind.
func awaitWrite(ctx context.Context, s *embedded.Server) error {
	for {
		body, err := Post(ctx, s, "/mutate?commitNow=true", "application/rdf", `{set {_:probe <dgraph.type> "Probe" .}}`)
		if err == nil {
			var answer struct {
				Data struct{ UIDs map[string]string }
			}
			if err := json.Unmarshal(body, &answer); err != nil {
				return err
			}
			_, err = Post(ctx, s, "/mutate?commitNow=true", "application/rdf",
				fmt.Sprintf(`{delete {<%s> <dgraph.type> * .}}`, answer.Data.UIDs["probe"]))
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("no write to Dgraph has gone through: %w", err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// Post asks a Dgraph over HTTP, for tests that do without a client. What Dgraph calls an error is one.
func Post(ctx context.Context, s *embedded.Server, path, contentType, body string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://"+s.HTTPAddr()+path, bytes.NewBufferString(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", contentType)
	req.Close = true
	client := http.Client{Transport: &http.Transport{TLSClientConfig: s.TLS(), DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	var told struct{ Errors []struct{ Message string } }
	if err := json.Unmarshal(answer, &told); err != nil {
		return nil, fmt.Errorf("%s: %s", resp.Status, answer)
	}
	if len(told.Errors) > 0 {
		return nil, errors.New(told.Errors[0].Message)
	}
	return answer, nil
}
