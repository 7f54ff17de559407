package embedded

import (
	"context"
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

	"github.com/cenkalti/backoff/v5"
)

// Phase is where a [Server] is in its life.
type Phase string

// The phases.
const (
	// Starting is the first start, until Dgraph is ready.
	Starting Phase = "STARTING"
	// Ready is when Dgraph answers.
	Ready Phase = "READY"
	// Restarting is after one of the processes has ended by itself, until Dgraph is ready again.
	Restarting Phase = "RESTARTING"
	// Stopped is from the call of Stop on.
	Stopped Phase = "STOPPED"
)

// State is how a [Server] is doing.
type State struct {
	// Phase is where it is in its life.
	Phase Phase
	// Since is when it came there.
	Since time.Time
	// Err is why it last left READY, or why it could not come back to it; nil when it never did.
	Err error
	// Restarts counts how often Dgraph was started again because one of the processes had ended by itself.
	Restarts int
}

// Server is a Dgraph that runs.
type Server struct {
	opts    Options
	dir     string
	lock    *os.File
	ports   ports
	nursery *nursery

	// Of begin, then of watch, then of shut: one after the other.
	zero, alpha *process

	stopping context.Context // ends when Stop is called
	stop     context.CancelFunc
	watched  chan struct{} // closed when watch has returned
	stopOnce sync.Once
	stopErr  error

	mu    sync.Mutex
	state State
}

// Start starts Dgraph on a data directory and returns when it is ready. The context bounds the start alone: when it
// ends first, or one of the processes does, everything is stopped again. Where another runs a Dgraph on the directory,
// the error is an [*InUseError].
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
	opts.Log.Info("starting Dgraph", "directory", dir)
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

// HTTPAddr is Dgraph's HTTP address, for its health and metrics.
func (s *Server) HTTPAddr() string { return s.ports.alphaHTTP() }

// State is the state of the server.
func (s *Server) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// enter notes a new phase, and the error that led to it.
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

// begin is the first start. Another program may take a port between the choice and the start; other ports are chosen
// then.
func (s *Server) begin(ctx context.Context) error {
	if err := os.RemoveAll(s.runningFile()); err != nil {
		return err
	}
	for _, log := range s.logs() {
		if err := putAside(log); err != nil {
			return err
		}
	}
	var err error
	for try := range 3 {
		if s.ports, err = choosePorts(ctx, s.dir, try > 0); err != nil {
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

// up starts the processes that do not run, and waits until Dgraph is ready.
func (s *Server) up(ctx context.Context) (err error) {
	began := time.Now()
	if !s.alpha.running() {
		s.alpha = nil // else its end would be taken for the end of the one to come
	}
	if !s.zero.running() {
		if s.zero, err = s.launch("zero", s.opts.zeroArgs(s.ports)); err != nil {
			return err
		}
	}
	// Alpha could be started at once, but would then ask Zero too early and wait two seconds or four for the answer.
	if err := s.await(ctx, "Zero to lead", began, leads(s.ports.zeroHTTP())); err != nil {
		return err
	}
	if !s.alpha.running() {
		if s.alpha, err = s.launch("alpha", s.opts.alphaArgs(s.ports)); err != nil {
			return err
		}
	}
	if err := s.await(ctx, "Alpha to be healthy", began, s.alphaIsHealthy); err != nil {
		return err
	}
	// On a directory with data Alpha is healthy some seconds before it leads, and takes no write until then.
	if err := s.await(ctx, "Alpha to lead", began, leads(s.ports.alphaHTTP())); err != nil {
		return err
	}
	if s.opts.Ready != nil {
		probe := func(ctx context.Context) error { return s.opts.Ready(ctx, s.Addr()) }
		if err := s.await(ctx, "Dgraph to answer", began, probe); err != nil {
			return err
		}
	}
	s.opts.Log.Info("Dgraph is ready", "after", time.Since(began).Round(100*time.Millisecond), "address", s.Addr())
	return nil
}

func (s *Server) launch(name string, args []string) (*process, error) {
	args = append(append([]string{}, s.opts.Args...), args...)
	p, err := s.nursery.start(name, s.dir, s.lock, s.opts.Executable, args)
	if err == nil {
		s.opts.Log.Debug("started Dgraph's "+name, "process", p.cmd.Process.Pid)
	}
	return p, err
}

// await asks again and again until the answer is yes, one of the processes ends, or the context does.
func (s *Server) await(ctx context.Context, what string, began time.Time, ask func(context.Context) error) error {
	for told := time.Now(); ; {
		attempt, cancel := context.WithTimeout(ctx, 10*time.Second)
		err := ask(attempt)
		cancel()
		select {
		case <-s.zero.done():
			return s.zero.epitaph()
		case <-s.alpha.done():
			return s.alpha.epitaph()
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

// leader matches the metric with which Zero and Alpha, each the only one of its group, report that they lead it.
var leader = regexp.MustCompile(`(?m)^dgraph_raft_is_leader\{group="\d+"\} 1$`)

// leads asks a process whether it has made itself leader. Not for ever: Dgraph gets there without being asked, and may
// one day call the measure by another name.
func leads(addr string) func(context.Context) error {
	began := time.Now()
	return func(ctx context.Context) error {
		metrics, err := get(ctx, addr, "/metrics")
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
	_, err := get(ctx, s.ports.alphaHTTP(), "/health")
	return err
}

// local asks the loopback interface: no proxy, and no connection kept that would hold up a stop.
var local = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

func get(ctx context.Context, addr, path string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+path, nil)
	if err != nil {
		return "", err
	}
	resp, err := local.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s: %s", resp.Status, strings.TrimSpace(string(body)))
	}
	return string(body), nil
}

// watch starts a process again that has ended by itself, at once the first time and then after growing pauses, until
// the server is stopped.
func (s *Server) watch() {
	defer close(s.watched)
	pause := backoff.NewExponentialBackOff()
	pause.InitialInterval, pause.MaxInterval = 250*time.Millisecond, 30*time.Second
	for {
		dead := s.death()
		if dead == nil {
			return
		}
		if time.Since(s.State().Since) > time.Minute {
			pause.Reset()
		}
		for err := dead.epitaph(); err != nil; {
			s.enter(Restarting, err)
			s.opts.Log.Error("starting Dgraph again", "reason", err)
			if sleep(s.stopping, pause.NextBackOff()) != nil {
				return
			}
			s.mu.Lock()
			s.state.Restarts++
			s.mu.Unlock()
			err = s.up(s.stopping)
			if s.stopping.Err() != nil {
				return
			}
		}
		s.enter(Ready, nil)
	}
}

// death waits until a process ends and returns it, or nil when the server is being stopped. Meanwhile it keeps the
// logs from growing without end.
func (s *Server) death() *process {
	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	for {
		select {
		case <-s.stopping.Done():
			return nil
		case <-s.zero.done():
			return s.zero
		case <-s.alpha.done():
			return s.alpha
		case <-minute.C:
			for _, log := range s.logs() {
				if err := trim(log); err != nil {
					s.opts.Log.Warn("a log of Dgraph could not be shortened", "error", err)
				}
			}
		}
	}
}

// Stop stops Dgraph: Alpha first, which finishes what it has begun, then Zero. What has not ended when the context
// does, or after 30 s where it has no deadline, is killed, which loses nothing that was written; the error says so.
// Stop may be called again, and from many goroutines: all of them wait for the one stop.
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

// down ends both processes.
func (s *Server) down(ctx context.Context) error {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, 30*time.Second)
		defer cancel()
	}
	return errors.Join(s.alpha.stop(ctx), s.zero.stop(ctx))
}
