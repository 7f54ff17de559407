package check

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
)

// member is a process that stands for a container of compose.cluster.yaml.
type member struct {
	name    string
	command func() *exec.Cmd
	running *exec.Cmd
	log     *os.File
}

func (m *member) start(t *testing.T) {
	t.Helper()
	m.running = m.command()
	m.running.Stdout, m.running.Stderr = m.log, m.log
	m.running.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := m.running.Start(); err != nil {
		t.Fatal(err)
	}
}

// stop ends the process with a signal and returns when it has ended.
func (m *member) stop(t *testing.T, signal syscall.Signal) {
	t.Helper()
	if err := m.running.Process.Signal(signal); err != nil {
		t.Error(err)
	}
	if err := m.running.Wait(); err != nil && signal == syscall.SIGTERM {
		t.Errorf("%s ends with %v", m.name, err)
	}
}

// stand is the cluster of compose.cluster.yaml as processes of this machine: the same commands, with loopback and a port for each in
// place of the names of containers, and a directory in place of /run/secrets.
type stand struct {
	project *types.Project
	dir     string
	replace *strings.Replacer
	members map[string]*member
}

// ports are the ports of containers, and the first of this machine in their place. Each process takes the next ones.
var ports = map[string]map[int]int{
	"zero":  {5080: 25080, 6080: 26080},
	"alpha": {7080: 27080, 8080: 28080, 9080: 29080},
	"masar": {8080: 24080},
}

func kindOf(name string) (kind string, number int) {
	kind = strings.TrimRight(name, "0123456789")
	number, _ = strconv.Atoi(strings.TrimPrefix(name, kind))
	return kind, number
}

func newStand(t *testing.T) *stand {
	t.Helper()
	s := &stand{project: mustLoad(t, "compose.cluster.yaml"), dir: t.TempDir(), members: map[string]*member{}}
	secrets := filepath.Join(s.dir, "secrets")
	pairs := []string{"/run/secrets", secrets}
	var alphas []string
	for name := range s.project.Services {
		kind, number := kindOf(name)
		for port, first := range ports[kind] {
			at := fmt.Sprintf("localhost:%d", first+number)
			pairs = append(pairs, fmt.Sprintf("%s:%d", name, port), at)
			if port == 9080 {
				alphas = append(alphas, at)
			}
		}
	}
	slices.Sort(alphas)
	s.replace = strings.NewReplacer(pairs...)
	keys := exec.Command(filepath.Join(deploy, "compose", "secrets.sh"), masar(t), secrets)
	keys.Env = append(os.Environ(), "ALPHAS="+strings.Join(alphas, ","), "SECRETS="+secrets)
	if out, err := keys.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, service := range s.project.Services {
		if kind, _ := kindOf(name); ports[kind] != nil {
			s.add(t, name, s.process(t, name, service))
		}
	}
	return s
}

func (s *stand) add(t *testing.T, name string, command func() *exec.Cmd) *member {
	t.Helper()
	log, err := os.Create(filepath.Join(s.dir, name+".log"))
	if err != nil {
		t.Fatal(err)
	}
	m := &member{name: name, command: command, log: log}
	s.members[name] = m
	t.Cleanup(func() {
		if m.running != nil && m.running.ProcessState == nil {
			_ = m.running.Process.Kill()
			_ = m.running.Wait()
		}
		if content, _ := os.ReadFile(log.Name()); t.Failed() {
			t.Logf("%s said at the end:\n%s", name, content[max(0, len(content)-3000):])
		}
	})
	return m
}

// process returns the command of a container.
func (s *stand) process(t *testing.T, name string, service types.ServiceConfig) func() *exec.Cmd {
	kind, number := kindOf(name)
	binary, data := masar(t), filepath.Join(s.dir, name)
	if err := os.MkdirAll(data, 0o700); err != nil {
		t.Fatal(err)
	}
	return func() *exec.Cmd {
		args := []string{"serve"}
		if kind != "masar" {
			args = nil
			for _, argument := range service.Command {
				args = append(args, s.replace.Replace(argument))
			}
			args = append(args, "--bindall=false", fmt.Sprintf("--port_offset=%d", 20_000+number))
		}
		c := exec.Command(binary, args...)
		c.Dir, c.Env = data, os.Environ()
		for variable, value := range service.Environment {
			c.Env = append(c.Env, variable+"="+strings.ReplaceAll(s.replace.Replace(*value), "/data", data))
		}
		if kind == "masar" { // what the image sets, and the name by which the proxy is asked here
			c.Env = append(c.Env, "MASAR_LISTEN="+s.served(name), "MASAR_DATA_DIR="+data, "MASAR_CHROMIUM=none",
				"MASAR_PUBLIC_URL=https://"+siteName, "MASAR_TRUSTED_PROXY=")
		}
		return c
	}
}

// acl runs a command of Dgraph as its administrator until it succeeds.
func (s *stand) acl(t *testing.T, args ...string) {
	t.Helper()
	file := func(name string) string { return filepath.Join(s.dir, "secrets", name) }
	args = append([]string{"dgraph", "acl", args[0], "--alpha", s.replace.Replace("alpha1:9080"),
		"--tls", fmt.Sprintf("use-system-ca=false; server-name=alpha1; ca-cert=%s; client-cert=%s; client-key=%s;", file("ca.crt"), file("client.masar.crt"), file("client.masar.key")),
		"--guardian-creds", "user=groot; password=password; namespace=0"}, args[1:]...)
	until(t, strings.Join(args[:3], " "), func() error {
		c := exec.Command(masar(t), args...)
		c.Dir = s.dir
		out, err := c.CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	})
}

func until(t *testing.T, what string, try func() error) {
	t.Helper()
	for began := time.Now(); ; time.Sleep(300 * time.Millisecond) {
		err := try()
		if err == nil {
			return
		}
		if time.Since(began) > 3*time.Minute {
			t.Fatalf("%s: %v", what, err)
		}
	}
}

// served is the address of a service. It has no name, because the proxy would ask a name server for it.
func (s *stand) served(name string) string {
	return strings.Replace(s.replace.Replace(name+":8080"), "localhost", "127.0.0.1", 1)
}

func isReady(t *testing.T, s *stand, name string) {
	t.Helper()
	until(t, name, func() error {
		out, err := exec.Command(masar(t), "ready", "--listen", s.served(name)).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	})
}

// Catches: flags, keys or accounts of the cluster with which it does not start, and a proxy that shows readers the loss of an Alpha or the
// restart of a service. It takes minutes: make try-cluster.
func TestClusterRuns(t *testing.T) {
	if os.Getenv("MASAR_TRY_CLUSTER") == "" {
		t.Skip("starts eight processes of Dgraph and masar: make try-cluster")
	}
	s := newStand(t)
	for _, name := range []string{"zero1", "zero2", "zero3"} {
		s.members[name].start(t)
		time.Sleep(3 * time.Second) // Zeros join one after another
	}
	for _, name := range []string{"alpha1", "alpha2", "alpha3"} {
		s.members[name].start(t)
	}
	address, err := os.ReadFile(filepath.Join(s.dir, "secrets", "dgraph.address"))
	if err != nil {
		t.Fatal(err)
	}
	password, _, _ := strings.Cut(strings.TrimPrefix(string(address), "dgraph://masar:"), "@")
	s.acl(t, "info", "--user", "groot")
	s.acl(t, "add", "--user", "masar", "--password", password)
	s.acl(t, "add", "--group", "services")
	s.acl(t, "mod", "--user", "masar", "--group_list", "services")
	s.acl(t, "mod", "--group", "services", "--pred", "dgraph.all", "--perm", "7")
	s.members["masar1"].start(t)
	isReady(t, s, "masar1") // it writes the seed
	s.members["masar2"].start(t)
	isReady(t, s, "masar2")

	certificate, authority := siteCertificate(t)
	https, plain := freePort(t, "127.0.0.1"), freePort(t, "127.0.0.1")
	proxy := s.add(t, "proxy", func() *exec.Cmd {
		c := exec.Command(haproxy(t), append([]string{"-W", "-db"}, proxyFiles("cluster.cfg")...)...)
		c.Env = proxyEnvironment(https, plain, certificate, s.served("masar1"), s.served("masar2"))
		return c
	})
	proxy.start(t)
	r := &readers{at: https, authority: authority}
	until(t, "the proxy", func() error { return r.ask(0) })

	r.begin()
	for _, step := range []struct {
		what string
		do   func()
	}{
		{"nothing", func() {}},
		{"alpha1 is killed", func() { s.members["alpha1"].stop(t, syscall.SIGKILL) }},
		{"alpha1 is started", func() { s.members["alpha1"].start(t) }},
		{"masar1 is stopped", func() { s.members["masar1"].stop(t, syscall.SIGTERM) }},
		{"masar1 is started", func() { s.members["masar1"].start(t); isReady(t, s, "masar1") }},
		{"masar2 is stopped", func() { s.members["masar2"].stop(t, syscall.SIGTERM) }},
		{"masar2 is started", func() { s.members["masar2"].start(t); isReady(t, s, "masar2") }},
		{"the proxy is reloaded", func() { _ = proxy.running.Process.Signal(syscall.SIGUSR2) }},
	} {
		r.phase(step.what)
		step.do()
		time.Sleep(5 * time.Second)
	}
	t.Log(r.end())
	if r.failed*200 > r.asked { // as make fault-test promises
		t.Errorf("%d of %d queries failed: %v", r.failed, r.asked, r.errors)
	}
}

// readers ask through the proxy twenty times a second, and remember what failed, and in which phase.
type readers struct {
	at        string
	authority *x509.CertPool

	mu            sync.Mutex
	now           string
	asked, failed int
	slowest       time.Duration
	errors        []string

	stop chan struct{}
	all  sync.WaitGroup
}

func (r *readers) client() *http.Client {
	return &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: r.authority, ServerName: siteName}, ForceAttemptHTTP2: true,
	}}
}

func (r *readers) ask(n int) error { return r.askWith(r.client(), n) }

func (r *readers) askWith(client *http.Client, n int) error {
	request, err := http.NewRequest(http.MethodGet, "https://"+r.at+"/graphql?query="+fmt.Sprintf("%%7Bcountries(first:5)%%7Bnodes%%7Bcode%%7D%%7D%%7D&n=%d", n), nil)
	if err != nil {
		return err
	}
	request.Host = siteName
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(body), `"code":"`) {
		return fmt.Errorf("%s %v: %s", answer.Status, err, body)
	}
	return nil
}

func (r *readers) begin() {
	r.stop = make(chan struct{})
	for i := range 4 {
		r.all.Go(func() {
			client := r.client()
			for n := i * 1_000_000; ; n++ {
				select {
				case <-r.stop:
					return
				case <-time.After(200 * time.Millisecond):
				}
				began := time.Now()
				err := r.askWith(client, n)
				r.mu.Lock()
				r.asked++
				r.slowest = max(r.slowest, time.Since(began))
				if err != nil {
					r.failed++
					r.errors = append(r.errors, r.now+": "+err.Error())
				}
				r.mu.Unlock()
			}
		})
	}
}

func (r *readers) phase(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now = what
}

func (r *readers) end() string {
	close(r.stop)
	r.all.Wait()
	return fmt.Sprintf("%d queries, %d failed, the slowest took %s", r.asked, r.failed, r.slowest.Round(time.Millisecond))
}
