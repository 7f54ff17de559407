package embedded

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Phase is a phase in the life of a [Server].
type Phase string

// The phases.
const (
	// Starting is the first start, until Dgraph is ready.
	Starting Phase = "STARTING"
	// Ready means that Dgraph answers.
	Ready Phase = "READY"
	// Restarting is the phase after a process has ended unexpectedly, until Dgraph is ready again.
	Restarting Phase = "RESTARTING"
	// Stopped is the phase after the call of Stop.
	Stopped Phase = "STOPPED"
)

// State is the state of a [Server].
type State struct {
	// Phase is the current phase.
	Phase Phase
	// Since is the start of the phase.
	Since time.Time
	// Err is the reason why the server last left READY, or could not return to it; nil if it never left.
	Err error
	// Restarts is the number of restarts after a process ended unexpectedly.
	Restarts int
}

// Server is a running Dgraph.
type Server struct {
	opts    Options
	dir     string
	lock    *os.File
	ports   ports
	nursery *nursery
	tls     *tls.Config
	http    *http.Client

	// Used by begin, then by watch, then by shut, never at the same time.
	zero, alpha *process

	stopping context.Context // ends when Stop is called
	stop     context.CancelFunc
	watched  chan struct{} // closed when watch has returned
	stopOnce sync.Once
	stopErr  error

	mu     sync.Mutex
	state  State
	marker *Marker // nil if the data directory has none
}

// Start starts Dgraph on a data directory and returns when it is ready. The context limits only the start: if it or one
// of the processes ends first, everything is stopped again. If another process runs a Dgraph on the directory, the error
// is an [*InUseError]. If data is damaged or missing, the error has a [*DamageError].
func Start(ctx context.Context, opts Options) (*Server, error) {
	s, err := start(ctx, opts)
	if err != nil {
		return nil, fmt.Errorf("embedded Dgraph: %w", err)
	}
	return s, nil
}

func start(ctx context.Context, opts Options) (*Server, error) {
	if err := supported(); err != nil {
		return nil, err
	}
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(opts.DataDir, "dgraph")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the directory of Dgraph: %w", err)
	}
	lock, err := acquire(ctx, opts.DataDir, dir)
	if err != nil {
		return nil, err
	}
	s := &Server{
		opts: opts, dir: dir, lock: lock, nursery: newNursery(), watched: make(chan struct{}),
		state: State{Phase: Starting, Since: time.Now()},
	}
	s.stopping, s.stop = context.WithCancel(context.Background())
	if err := s.begin(ctx); err != nil {
		close(s.watched)
		s.Stop(context.Background())
		return nil, err
	}
	s.enter(Ready, nil)
	go s.watch()
	return s, nil
}

// Addr is the gRPC address of Dgraph, the same for the whole life of the server.
func (s *Server) Addr() string { return s.ports.alphaGRPC() }

// HTTPAddr is Dgraph's HTTP address, for its health and metrics. It accepts only TLS.
func (s *Server) HTTPAddr() string { return s.ports.alphaHTTP() }

// Ports returns the addresses of all ports by name: that of the process and of the service.
func (s *Server) Ports() map[string]string { return s.ports.named() }

// URL is the dgraph:// URL of Dgraph, with the paths of the required certificates.
func (s *Server) URL() string { return address(s.dir, s.Addr()) }

// TLS is the TLS configuration that a client needs.
func (s *Server) TLS() *tls.Config { return s.tls.Clone() }

// Disk returns the space of the data directory's file system.
func (s *Server) Disk() (Disk, error) { return DiskOf(s.dir) }

// State returns the state of the server.
func (s *Server) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// enter records a new phase and the error that caused it.
func (s *Server) enter(phase Phase, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state.Phase == Stopped {
		return
	}
	if s.state.Phase != phase {
		s.state.Phase, s.state.Since = phase, time.Now()
	}
	if err != nil {
		s.state.Err = err
	}
}

// begin makes the first start. If another program takes a port between the choice and the start, other ports are chosen.
func (s *Server) begin(ctx context.Context) error {
	if err := os.RemoveAll(s.runningFile()); err != nil {
		return err
	}
	if err := s.takeStock(); err != nil {
		return err
	}
	s.opts.Log.Info("starting Dgraph", "directory", s.dir)
	var err error
	if s.tls, err = makeCertificates(s.dir); err != nil {
		return fmt.Errorf("make certificates: %w", err)
	}
	s.http = clientOf(s.tls)
	for _, log := range s.logs() {
		if err := putAside(log); err != nil {
			return err
		}
	}
	for try := range 3 {
		if s.ports, err = choosePorts(ctx, s.dir, try > 0, s.opts.Log); err != nil {
			return err
		}
		if err = s.up(ctx); err == nil {
			break
		}
		if !strings.Contains(err.Error(), "address already in use") {
			return err
		}
		s.opts.Log.Warn("a port of Dgraph was taken by another program; trying others", "error", err)
		s.down(context.Background())
	}
	if err != nil {
		return err
	}
	return writeJSON(s.runningFile(), running{
		PID: os.Getpid(), GRPC: s.Addr(), HTTP: s.HTTPAddr(), Since: time.Now().UTC().Truncate(time.Second),
	})
}

func (s *Server) runningFile() string { return filepath.Join(s.dir, "running.json") }

func (s *Server) logs() []string {
	return []string{filepath.Join(s.dir, "zero.log"), filepath.Join(s.dir, "alpha.log")}
}

// up starts the processes that are not running, and waits until Dgraph is ready.
func (s *Server) up(ctx context.Context) (err error) {
	began := time.Now()
	if err := s.examine(); err != nil {
		return err
	}
	if !s.alpha.running() {
		s.alpha = nil // otherwise its end would be taken for the end of the new process
	}
	if !s.zero.running() {
		if s.zero, err = s.launch("zero", s.opts.ZeroMB, s.opts.zeroArgs(s.ports)); err != nil {
			return err
		}
	}
	// If Alpha started at once, it would ask Zero too early and wait two or four seconds for the answer.
	if err := s.await(ctx, "Zero to lead", began, s.leads(s.ports.zeroHTTP())); err != nil {
		return err
	}
	if !s.alpha.running() {
		if s.alpha, err = s.launch("alpha", s.opts.AlphaMB, s.opts.alphaArgs(s.ports)); err != nil {
			return err
		}
	}
	if err := s.await(ctx, "Alpha to be healthy", began, s.alphaIsHealthy); err != nil {
		return err
	}
	// On a directory with data, Alpha is healthy some seconds before it leads. It accepts no writes until then.
	if err := s.await(ctx, "Alpha to lead", began, s.leads(s.ports.alphaHTTP())); err != nil {
		return err
	}
	if s.opts.Ready != nil {
		probe := func(ctx context.Context) error { return s.opts.Ready(ctx, s.URL()) }
		if err := s.await(ctx, "Dgraph to answer", began, probe); err != nil {
			return err
		}
	}
	if err := s.compare(ctx); err != nil {
		return err
	}
	s.opts.Log.Info("Dgraph is ready", "after", time.Since(began).Round(100*time.Millisecond), "address", s.Addr())
	return nil
}

func (s *Server) launch(name string, memory int, args []string) (*process, error) {
	args = append(append([]string{}, s.opts.Args...), args...)
	p, err := s.nursery.start(name, s.dir, s.lock, s.opts.Executable, memory, args)
	if err == nil {
		s.opts.Log.Debug("started Dgraph's "+name, "process", p.cmd.Process.Pid)
	}
	return p, err
}

// await repeats a check until it succeeds, one of the processes ends, or the context ends.
func (s *Server) await(ctx context.Context, what string, began time.Time, ask func(context.Context) error) error {
	for told := time.Now(); ; {
		attempt, cancel := context.WithTimeout(ctx, 10*time.Second)
		err := ask(attempt)
		cancel()
		select {
		case <-s.zero.done():
			return s.whyNot(s.zero)
		case <-s.alpha.done():
			return s.whyNot(s.alpha)
		case <-ctx.Done():
			if err == nil {
				return context.Cause(ctx)
			}
			return fmt.Errorf("not ready after %s, waiting for %s (%w): the last answer was %w; see the logs in %s",
				time.Since(began).Round(100*time.Millisecond), what, context.Cause(ctx), err, s.dir)
		default:
		}
		if err == nil {
			return nil
		}
		if time.Since(told) > 5*time.Second {
			told = time.Now()
			s.opts.Log.Info("waiting for Dgraph", "for", what, "already", time.Since(began).Round(time.Second), "answer", err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// leader matches the metric with which Zero and Alpha, each the only member of its group, report that they lead it.
var leader = regexp.MustCompile(`(?m)^dgraph_raft_is_leader\{group="\d+"\} 1$`)

// leads asks a process whether it is the leader of its group. The wait is limited: Dgraph becomes the leader without
// being asked, and a new version may rename the metric.
func (s *Server) leads(addr string) func(context.Context) error {
	began := time.Now()
	return func(ctx context.Context) error {
		metrics, err := s.get(ctx, addr, "/metrics")
		if err != nil {
			return err
		}
		if !leader.MatchString(metrics) && time.Since(began) < 10*time.Second {
			return errors.New("it is not the leader yet")
		}
		return nil
	}
}

func (s *Server) alphaIsHealthy(ctx context.Context) error {
	_, err := s.get(ctx, s.ports.alphaHTTP(), "/health")
	return err
}

func (s *Server) get(ctx context.Context, addr, path string) (string, error) {
	return get(ctx, s.http, addr, path)
}

// clientOf returns a client for Dgraph's HTTP. It uses no proxy, and keeps no open connections that would delay a stop.
func clientOf(config *tls.Config) *http.Client {
	return &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: config.Clone()}}
}

// get returns the answer of a process at a path.
func get(ctx context.Context, client *http.Client, addr, path string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://"+addr+path, nil)
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusOK {
		return "", &statusError{resp.Status, strings.TrimSpace(string(body))}
	}
	return string(body), nil
}

// statusError is an answer of Dgraph that reports a fault.
type statusError struct{ status, body string }

// Error returns the status and the answer.
func (e *statusError) Error() string { return e.status + ": " + e.body }

// Stop stops Dgraph: first Alpha, which finishes its work, then Zero. A process that has not ended when the context ends,
// or after 30 s without a deadline, is killed. No written data is lost then; the error reports the kill. Stop can be
// called repeatedly and concurrently: all calls wait for the same stop.
func (s *Server) Stop(ctx context.Context) error {
	s.stopOnce.Do(func() { s.stopErr = s.shut(ctx) })
	return s.stopErr
}

func (s *Server) shut(ctx context.Context) error {
	s.enter(Stopped, nil)
	s.stop()
	<-s.watched
	err := errors.Join(os.RemoveAll(s.runningFile()), s.down(ctx))
	s.nursery.close()
	release(s.lock)
	s.opts.Log.Info("Dgraph has stopped")
	return err
}

// down ends both processes. It waits less for a process that no longer answers.
func (s *Server) down(ctx context.Context) error {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, 30*time.Second)
		defer cancel()
	}
	return errors.Join(s.end(ctx, s.alpha), s.end(ctx, s.zero))
}
