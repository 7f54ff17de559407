package docs_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"masar/internal/masartest"
)

// service is masar serve as make run starts it, except for its port, data directory and as-of date. dir is a copy of
// the project in which the commands of the documents run, so that they change nothing in the project.
type service struct {
	address   string
	directory string
	settings  []string
	mu        sync.Mutex
	log       []string
}

// start runs the service until the end of the test, and waits until it is ready.
func start(t *testing.T) *service {
	t.Helper()
	s := &service{directory: project(t, masartest.Binary(t))}
	s.settings = append(os.Environ(),
		"XDG_DATA_HOME="+t.TempDir(), "MASAR_LISTEN=127.0.0.1:0", "MASAR_AS_OF="+masartest.AsOf.Format(time.DateOnly))
	process := exec.Command("bin/masar", "serve")
	process.Dir, process.Env = s.directory, s.settings
	stderr, err := process.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	listening, ended := make(chan string, 1), make(chan struct{})
	go func() {
		s.follow(stderr, listening)
		process.Wait()
		close(ended)
	}()
	t.Cleanup(func() {
		process.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(30 * time.Second):
			process.Process.Kill()
			t.Error("masar serve does not stop")
		}
	})
	select {
	case s.address = <-listening:
	case <-time.After(30 * time.Second):
		t.Fatalf("masar serve does not listen: %s", s.said())
	}
	s.awaitReady(t)
	return s
}

// project returns a directory with links to the project's files and a binary in bin/.
func project(t *testing.T, binary string) string {
	t.Helper()
	directory := t.TempDir()
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.Name() != "bin" {
			link(t, filepath.Join(root, entry.Name()), filepath.Join(directory, entry.Name()))
		}
	}
	if err := os.Mkdir(filepath.Join(directory, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	link(t, binary, filepath.Join(directory, "bin", "masar"))
	return directory
}

func link(t *testing.T, from, to string) {
	t.Helper()
	from, err := filepath.Abs(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(from, to); err != nil {
		t.Fatal(err)
	}
}

// follow stores the log of the service.
func (s *service) follow(log io.Reader, listening chan<- string) {
	for lines := bufio.NewScanner(log); lines.Scan(); {
		s.mu.Lock()
		s.log = append(s.log, lines.Text())
		s.mu.Unlock()
		var line struct{ Msg, Address string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "listening" {
			listening <- line.Address
		}
	}
}

func (s *service) said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.log, "\n")
}

func (s *service) awaitReady(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if status, _, err := s.get("/readyz"); err == nil && status == http.StatusOK {
			return
		}
	}
	t.Fatalf("masar serve does not get ready: %s", s.said())
}

func (s *service) get(path string) (status int, body string, err error) {
	r, err := http.Get("http://" + s.address + path)
	if err != nil {
		return 0, "", err
	}
	defer r.Body.Close()
	all, err := io.ReadAll(r.Body)
	return r.StatusCode, string(all), err
}

// ask sends an operation, and returns the answer.
func (s *service) ask(t *testing.T, document string) string {
	t.Helper()
	request, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.Post("http://"+s.address+"/graphql", "application/json", bytes.NewReader(request))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	all, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// shell runs a block in sh byte by byte, as a reader pastes it. Port 8080 may be taken, so curl's configuration
// redirects it to the port of the service. With strict, curl fails on error statuses.
func (s *service) shell(t *testing.T, text string, strict bool) (string, error) {
	t.Helper()
	home := t.TempDir()
	_, port, _ := strings.Cut(s.address, ":")
	config := fmt.Sprintf("connect-to = \":8080:127.0.0.1:%s\"\nnoproxy = \"*\"\n", port)
	if strict {
		config += "fail-with-body\n"
	}
	if err := os.WriteFile(filepath.Join(home, ".curlrc"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, "sh", "-e", "-c", text)
	command.Dir, command.Env = s.directory, append(s.settings[:len(s.settings):len(s.settings)], "CURL_HOME="+home)
	var talk bytes.Buffer
	command.Stderr = &talk
	out, err := command.Output()
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, &talk)
	}
	return string(out), err
}
