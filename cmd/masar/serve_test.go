package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"masar"
	"masar/dgraph/embedded"
	"masar/internal/masartest"
	"masar/seed"
)

// TestServe tests the life of a service on one data directory, in the order of the subtests.
func TestServe(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("needs /proc to find the children of a process")
	}
	if testing.Short() {
		t.Skip("starts Dgraph many times")
	}
	masarBinary, data := masartest.Binary(t), t.TempDir()
	s := serve(t, masarBinary, "--data-dir", data, "--max-stale", "5s")
	whole := t // the started service outlives the subtest

	t.Run("the port is open before the graph is there", func(t *testing.T) {
		if code := s.status("/livez"); code != http.StatusOK {
			t.Errorf("/livez: %d", code)
		}
		if code := s.status("/readyz"); code != http.StatusServiceUnavailable {
			t.Errorf("/readyz: %d", code)
		}
		if got := s.country("EGY"); got.code() != string(masar.CodeUnavailable) {
			t.Errorf("%+v", got)
		}
		r := command(t, masarBinary, "ready", "--listen", s.address)
		if r.code != exitFailure || !strings.Contains(string(r.out), `"ready": false`) || !strings.Contains(string(r.talk), "is not ready: /readyz answers 503") {
			t.Error(r)
		}
	})
	s.awaitReady(t, time.Minute)
	t.Run("masar ready sees that it is ready", func(t *testing.T) {
		_, port, _ := strings.Cut(s.address, ":")
		if r := command(t, masarBinary, "ready", "--listen", "0.0.0.0:"+port); r.code != exitOK || !strings.Contains(string(r.out), `"ready": true`) {
			t.Error(r)
		}
	})
	t.Run("a query is answered", func(t *testing.T) {
		if got := s.country("EGY"); got.code() != "" || got.Data.Country.Title.Value != "Egypt" {
			t.Errorf("%+v", got)
		}
	})
	t.Run("metrics tell of it", func(t *testing.T) {
		r, err := client.Get("http://" + s.address + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		all, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{
			`masar_snapshot 1`, `masar_graph_records{type="COUNTRY"} `, `masar_dgraph_calls_total{call="read",outcome="ok"} `,
			`masar_dgraph_calls_total{call="commit",outcome="ok"} `, `masar_cache_records `, `masar_operations_total{code="OK",type="query"} 1`,
			`masar_operations_total{code="BACKEND_UNAVAILABLE",type="query"} 1`, `masar_snapshot_age_seconds 0.`, `masar_build_info{version="`,
		} {
			if !bytes.Contains(all, []byte("\n"+want)) {
				t.Errorf("no %s in\n%s", want, all)
			}
		}
	})
	t.Run("every invariant holds", func(t *testing.T) {
		var v verification
		r := command(t, masarBinary, "verify", "--data-dir", data, "--output", "json")
		if err := json.Unmarshal(r.out, &v); err != nil || r.code != 0 {
			t.Fatalf("%v: %s", err, r)
		}
		graph, err := seed.Read(seed.Files)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, c := range v.Counts {
			got[c.What] = c.Count
		}
		if v.Snapshot != 1 || got["entities"] != len(graph.Entities) || got["claims"] != len(graph.Claims) ||
			got["evidence"] != len(graph.Evidence) || got["observations"] != len(graph.Observations) || got["direct edges"] == 0 {
			t.Errorf("%+v", v)
		}
	})
	t.Run("loading the seed again changes nothing", func(t *testing.T) {
		r := command(t, masarBinary, "seed", "load", "--data-dir", data)
		if r.code != 0 || !strings.HasPrefix(string(r.out), "created 0, updated 0, ") || !strings.HasSuffix(string(r.out), "; snapshot 1\n") {
			t.Error(r)
		}
	})
	t.Run("what another process writes is served", func(t *testing.T) {
		dir := copySeed(t, func(name string, content []byte) []byte {
			if name != "common/countries.yaml" {
				return content
			}
			return bytes.Replace(content, []byte("en: Egypt"), []byte("en: Egypt the Beautiful"), 1)
		})
		if got := s.country("EGY"); got.Data.Country.Title.Value != "Egypt" {
			t.Fatalf("%+v", got)
		}
		r := command(t, masarBinary, "seed", "load", "--data-dir", data, "--dir", dir, "--output", "json")
		if r.code != 0 || !strings.Contains(string(r.out), `"updated": 1`) || !strings.Contains(string(r.out), `"snapshot": 2`) {
			t.Fatal(r)
		}
		within(t, 3*time.Second, func() error {
			if got := s.country("EGY"); got.Data.Country.Title.Value != "Egypt the Beautiful" {
				return fmt.Errorf("%+v", got)
			}
			return nil
		})
		if r := command(t, masarBinary, "verify", "--data-dir", data); r.code != 0 {
			t.Error(r)
		}
	})
	t.Run("a dry run lists what a load would change", func(t *testing.T) {
		r := command(t, masarBinary, "seed", "load", "--dry-run", "--data-dir", data)
		if r.code != 0 || !strings.HasPrefix(string(r.out), `update  COUNTRY/EGY  title.en: "Egypt the Beautiful" -> "Egypt"`+"\n0 to create, 1 to update, ") ||
			!strings.HasSuffix(string(r.out), " unchanged, 0 curated, 0 to keep, 0 beyond the seed; nothing was written\n") {
			t.Error(r)
		}
		if got := s.country("EGY"); got.Data.Country.Title.Value != "Egypt the Beautiful" {
			t.Errorf("%+v", got)
		}
	})
	t.Run("a second serve is refused", func(t *testing.T) {
		for _, listen := range []string{"127.0.0.1:0", s.address} {
			r := command(t, masarBinary, "serve", "--data-dir", data, "--listen", listen)
			if r.code != exitFailure || !strings.Contains(string(r.talk), "in use by another masar") {
				t.Errorf("%s: %v", listen, r)
			}
		}
	})
	t.Run("a Dgraph that runs elsewhere", func(t *testing.T) {
		address, err := embedded.Find(data)
		if err != nil {
			t.Fatal(err)
		}
		other := serve(t, masarBinary, "--data-dir", t.TempDir(), "--dgraph", address)
		other.awaitReady(t, 10*time.Second)
		const notice = "The graph was loaded from another seed. Run masar seed load --dry-run to see the differences."
		within(t, 20*time.Second, func() error {
			if !strings.Contains(other.talk(), notice) {
				return fmt.Errorf("no notice of the other seed: %s", other.talk())
			}
			return nil
		})
		if strings.Contains(s.talk(), notice) {
			t.Errorf("a notice of another seed after the seed was loaded: %s", s.talk())
		}
		if got := other.country("TUN"); got.code() != "" || len(other.children(t)) > 0 {
			t.Errorf("%+v, children %v", got, other.children(t))
		}
		other.stop(t)
	})
	t.Run("Dgraph dies and comes back", func(t *testing.T) {
		if err := syscall.Kill(s.children(t)["alpha"], syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		within(t, 2*time.Second, func() error {
			if code := s.status("/readyz"); code != http.StatusServiceUnavailable {
				return fmt.Errorf("/readyz: %d", code)
			}
			return nil
		})
		began := time.Now()
		if got := s.country("MAR"); got.code() != string(masar.CodeUnavailable) || time.Since(began) > 2*time.Second {
			t.Errorf("after %s: %+v", time.Since(began), got)
		}
		s.awaitReady(t, 30*time.Second)
		if got := s.country("MAR"); got.code() != "" {
			t.Errorf("after Dgraph came back: %+v", got)
		}
	})
	t.Run("Dgraph hangs and comes back", func(t *testing.T) {
		alpha := s.children(t)["alpha"]
		if err := syscall.Kill(alpha, syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if got := s.country("OMN"); got.code() != string(masar.CodeUnavailable) || time.Since(began) > 2*time.Second {
			t.Errorf("after %s: %+v", time.Since(began), got)
		}
		began = time.Now()
		if got := s.ask(`{"query": "{ search(query: \"Oman\") { nodes { code } } }"}`); got.code() != string(masar.CodeUnavailable) || time.Since(began) > 2*time.Second {
			t.Errorf("a search, after %s: %+v", time.Since(began), got)
		}
		within(t, 10*time.Second, func() error {
			if code := s.status("/readyz"); code != http.StatusServiceUnavailable {
				return fmt.Errorf("/readyz: %d", code)
			}
			return nil
		})
		if err := syscall.Kill(alpha, syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		s.awaitReady(t, 30*time.Second)
		if got := s.country("OMN"); got.code() != "" {
			t.Errorf("after Dgraph came back: %+v", got)
		}
	})
	t.Run("a Dgraph that hangs for good is started again", func(t *testing.T) {
		alpha := s.children(t)["alpha"]
		if err := syscall.Kill(alpha, syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		within(t, 40*time.Second, func() error {
			if now := s.children(t)["alpha"]; now == alpha || now == 0 {
				return fmt.Errorf("alpha is process %d, as before or none", now)
			}
			return nil
		})
		s.awaitReady(t, 30*time.Second)
		if got := s.country("OMN"); got.code() != "" {
			t.Errorf("after the new start: %+v", got)
		}
		for path, want := range map[string]string{"/readyz?verbose": "alpha did not answer for 15s and was killed", "/metrics": "\nmasar_dgraph_restarts_total 2\n"} {
			if said := s.text(t, path); !strings.Contains(said, want) {
				t.Errorf("%s does not say %q: %s", path, want, said)
			}
		}
	})
	t.Run("SIGKILL leaves no orphan and loses nothing", func(t *testing.T) {
		children := s.children(t)
		if len(children) != 2 {
			t.Fatalf("children %v", children)
		}
		s.kill(t)
		within(t, 5*time.Second, func() error {
			for name, pid := range children {
				if syscall.Kill(pid, 0) == nil {
					return fmt.Errorf("%s is still running", name)
				}
			}
			return nil
		})
		s = serve(whole, masarBinary, "--data-dir", data)
		s.awaitReady(t, time.Minute)
		if got := s.country("EGY"); got.Data.Country.Title.Value != "Egypt the Beautiful" {
			t.Errorf("%+v", got)
		}
	})
	t.Run("SIGTERM stops everything", func(t *testing.T) {
		children := s.children(t)
		s.stop(t, func() {
			within(t, 300*time.Millisecond, func() error { // within the drain delay of 500 ms
				if ready, alive := s.status("/readyz"), s.status("/livez"); ready != http.StatusServiceUnavailable || alive != http.StatusOK {
					return fmt.Errorf("while draining: /readyz %d, /livez %d", ready, alive)
				}
				return nil
			})
		})
		for name, pid := range children {
			if syscall.Kill(pid, 0) == nil {
				t.Errorf("%s is still running", name)
			}
		}
	})
	t.Run("a command starts Dgraph for itself", func(t *testing.T) {
		r := command(t, masarBinary, "verify", "--data-dir", data, "--output", "jsonl")
		if r.code != 0 || len(r.out) > 0 {
			t.Error(r)
		}
		if _, err := embedded.Find(data); !errors.Is(err, embedded.ErrNotRunning) {
			t.Errorf("its Dgraph still runs: %v", err)
		}
	})
}

// Catches: a partial graph after an interrupted first start. Wherever the signal arrives, the next start must have the
// same result.
func TestInterruptedLoad(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts Dgraph twice")
	}
	masarBinary, data := masartest.Binary(t), t.TempDir()
	s := serve(t, masarBinary, "--data-dir", data)
	within(t, time.Minute, func() error {
		if !strings.Contains(s.talk(), "Dgraph is ready") {
			return errors.New("Dgraph is not ready")
		}
		return nil
	})
	time.Sleep(1500 * time.Millisecond) // during the load, on a small machine
	s.kill(t)
	s = serve(t, masarBinary, "--data-dir", data)
	s.awaitReady(t, time.Minute)
	if r := command(t, masarBinary, "verify", "--data-dir", data); r.code != 0 {
		t.Error(r)
	}
	if r := command(t, masarBinary, "seed", "load", "--data-dir", data); !strings.Contains(string(r.out), "created 0, updated 0, ") || !strings.Contains(string(r.out), "snapshot 1") {
		t.Error(r)
	}
}

// Catches: a command that continues after Ctrl-C, exits with 0, or leaves its Dgraph running.
func TestInterruptedCommand(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	c := exec.Command(masartest.Binary(t), "seed", "load", "--data-dir", data)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	within(t, time.Minute, func() error { // until it prepares Dgraph
		_, err := os.Stat(filepath.Join(data, "dgraph"))
		return err
	})
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	c.Wait()
	if code := c.ProcessState.ExitCode(); code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	if _, err := embedded.Find(data); !errors.Is(err, embedded.ErrNotRunning) {
		t.Errorf("its Dgraph still runs: %v", err)
	}
}

// Catches: a service that gives up, or cannot be stopped, while its Dgraph is not available.
func TestServeWaitsForDgraph(t *testing.T) {
	t.Parallel()
	s := serve(t, masartest.Binary(t), "--dgraph", "dgraph://127.0.0.1:1")
	time.Sleep(300 * time.Millisecond)
	if code := s.status("/readyz"); code != http.StatusServiceUnavailable {
		t.Errorf("/readyz: %d", code)
	}
	if got := s.country("EGY"); got.code() != string(masar.CodeUnavailable) {
		t.Errorf("%+v", got)
	}
	s.stop(t)
}

// running is a running masar serve.
type running struct {
	process *exec.Cmd
	address string
	ended   chan struct{}
	mu      sync.Mutex
	said    bytes.Buffer // stderr
	out     bytes.Buffer
}

// serve starts masar serve on a free port. It stops at the end of the test at the latest.
func serve(t *testing.T, binary string, args ...string) *running {
	t.Helper()
	s := &running{process: exec.Command(binary, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...), ended: make(chan struct{})}
	stderr, err := s.process.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.process.Stdout = &s.out
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.process.Process.Kill()
		<-s.ended
		if t.Failed() {
			t.Logf("%v said:\n%s", args, s.talk())
		}
	})
	listening := make(chan string, 1)
	go func() {
		defer close(s.ended)
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			s.mu.Lock()
			s.said.Write(append(lines.Bytes(), '\n'))
			s.mu.Unlock()
			var line struct{ Msg, Address string }
			if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "listening" {
				listening <- line.Address
			}
		}
		s.process.Wait()
	}()
	select {
	case s.address = <-listening:
	case <-s.ended:
		t.Fatalf("masar serve ended: %s", s.talk())
	case <-time.After(10 * time.Second):
		t.Fatalf("masar serve does not listen: %s", s.talk())
	}
	return s
}

func (s *running) talk() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.String()
}

func (s *running) status(path string) int {
	r, err := client.Get("http://" + s.address + path)
	if err != nil {
		return 0
	}
	r.Body.Close()
	return r.StatusCode
}

var client = &http.Client{Timeout: 5 * time.Second}

// text returns the body of the answer at a path.
func (s *running) text(t *testing.T, path string) string {
	t.Helper()
	r, err := client.Get("http://" + s.address + path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// answer returns the answer to a query about a country.
type answer struct {
	Data struct {
		Country struct{ Title struct{ Value string } }
	}
	Errors []struct {
		Message    string
		Extensions struct{ Code string }
	}
}

// code returns the code of the first error; empty if there is none.
func (a answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

// country asks for more of a country than its head, so that Dgraph is read.
func (s *running) country(code string) answer {
	return s.ask(fmt.Sprintf(`{"query": "query($code: String!) { country(code: $code) { title(lang: [EN]) { value } aliases { value } } }", "variables": {"code": %q}}`, code))
}

// ask sends a request with a JSON body.
func (s *running) ask(body string) (a answer) {
	r, err := client.Post("http://"+s.address+"/graphql", "application/json", strings.NewReader(body))
	if err == nil {
		defer r.Body.Close()
		err = json.NewDecoder(r.Body).Decode(&a)
	}
	if err != nil {
		a.Errors = append(a.Errors, struct {
			Message    string
			Extensions struct{ Code string }
		}{Message: err.Error()})
		a.Errors[0].Extensions.Code = "NO_ANSWER"
	}
	return a
}

func (s *running) awaitReady(t *testing.T, most time.Duration) {
	t.Helper()
	within(t, most, func() error {
		select {
		case <-s.ended:
			t.Fatalf("masar serve ended: %s", s.talk())
		default:
		}
		if code := s.status("/readyz"); code != http.StatusOK {
			return fmt.Errorf("/readyz: %d", code)
		}
		return nil
	})
}

// children returns the process ids of the service's Dgraph, by the names "zero" and "alpha".
func (s *running) children(t *testing.T) map[string]int {
	t.Helper()
	entries, err := os.ReadDir("/proc")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		stat, _ := os.ReadFile(filepath.Join("/proc", e.Name(), "stat"))
		_, after, _ := strings.Cut(string(stat), ") ") // state, then parent id
		fields := strings.Fields(after)
		if len(fields) < 2 || fields[1] != strconv.Itoa(s.process.Process.Pid) {
			continue
		}
		line, _ := os.ReadFile(filepath.Join("/proc", e.Name(), "cmdline"))
		if words := strings.Split(string(line), "\x00"); len(words) > 2 && words[1] == "dgraph" {
			found[words[2]] = pid
		}
	}
	return found
}

// stop stops the service with SIGTERM and checks its exit code. It calls meanwhile right after the signal.
func (s *running) stop(t *testing.T, meanwhile ...func()) {
	t.Helper()
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for _, do := range meanwhile {
		do()
	}
	select {
	case <-s.ended:
	case <-time.After(30 * time.Second):
		t.Fatalf("masar serve does not stop: %s", s.talk())
	}
	if code := s.process.ProcessState.ExitCode(); code != 0 {
		t.Errorf("exit code %d: %s", code, s.talk())
	}
}

func (s *running) kill(t *testing.T) {
	t.Helper()
	if err := s.process.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-s.ended
}

// result is the exit code and output of a command.
type result struct {
	out, talk []byte
	code      int
}

func (r result) String() string { return fmt.Sprintf("exit code %d\n%s\n%s", r.code, r.out, r.talk) }

func command(t *testing.T, binary string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, binary, args...)
	var out, talk bytes.Buffer
	c.Stdout, c.Stderr = &out, &talk
	err := c.Run()
	if _, isExit := errors.AsType[*exec.ExitError](err); err != nil && !isExit {
		t.Fatal(err)
	}
	return result{out.Bytes(), talk.Bytes(), c.ProcessState.ExitCode()}
}

// within repeats ask until it returns nil, and fails the test after a time.
func within(t *testing.T, most time.Duration, ask func() error) {
	t.Helper()
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		err := ask()
		if err == nil {
			return
		}
		if time.Since(began) > most {
			t.Fatalf("after %s: %v", most, err)
		}
	}
}

// copySeed copies the seed's files to a directory and applies a change to each.
func copySeed(t *testing.T, change func(name string, content []byte) []byte) string {
	t.Helper()
	dir := t.TempDir()
	err := fs.WalkDir(seed.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if d.IsDir() {
			return os.MkdirAll(path, 0o700)
		}
		f, err := seed.Files.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		content, err := io.ReadAll(f)
		if err != nil {
			return err
		}
		return os.WriteFile(path, change(name, content), 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
