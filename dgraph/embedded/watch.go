package embedded

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// A process that does not answer several times in a row is hung: after about fifteen seconds. Attempts are counted and
// time is not measured, so that a suspended machine does not take Dgraph for hung.
const (
	askInterval = 3 * time.Second
	askTime     = 2 * time.Second // shorter, so that no attempt is skipped
	mostSilent  = 5
)

// The time limit of a restart before it is repeated, and the time limit for the end of a process that no longer answers.
const (
	restartTime = 2 * time.Minute
	hungTime    = 5 * time.Second
)

// watch restarts a process that has ended unexpectedly or hangs, until the server is stopped. The first restart is
// immediate; later ones follow growing pauses.
func (s *Server) watch() {
	defer close(s.watched)
	pause := backoff.NewExponentialBackOff()
	pause.InitialInterval, pause.MaxInterval = 250*time.Millisecond, 30*time.Second
	for {
		err := s.fault()
		if err == nil {
			return
		}
		if time.Since(s.State().Since) > time.Minute {
			pause.Reset()
		}
		for err != nil {
			s.enter(Restarting, err)
			s.opts.Log.Error("starting Dgraph again", "reason", err)
			if sleep(s.stopping, pause.NextBackOff()) != nil {
				return
			}
			s.mu.Lock()
			s.state.Restarts++
			s.mu.Unlock()
			err = s.again()
			if s.stopping.Err() != nil {
				return
			}
		}
		s.enter(Ready, nil)
	}
}

// again starts the processes that are not running. If this takes too long or damage is found, it ends all of them: a
// Dgraph without its data must not answer.
func (s *Server) again() error {
	ctx, cancel := context.WithTimeout(s.stopping, restartTime)
	defer cancel()
	err := s.up(ctx)
	_, damaged := errors.AsType[*DamageError](err)
	if s.stopping.Err() == nil && (damaged || ctx.Err() != nil) {
		s.down(context.Background())
	}
	return err
}

// fault waits until a process ends or hangs, and returns the reason for a restart; nil if the server is being stopped.
// Meanwhile it limits the size of the logs and checks the disk.
func (s *Server) fault() error {
	minute, ask := time.NewTicker(time.Minute), time.NewTicker(askInterval)
	defer minute.Stop()
	defer ask.Stop()
	answers := make(chan [2]error, 1)
	asking, silent, low := false, [2]int{}, false
	for {
		select {
		case <-s.stopping.Done():
			return nil
		case <-s.zero.done():
			return s.reason(s.zero)
		case <-s.alpha.done():
			return s.reason(s.alpha)
		case <-ask.C:
			if !asking {
				asking = true
				zero, alpha := s.zero, s.alpha
				go func() { answers <- [2]error{s.answers(zero), s.answers(alpha)} }()
			}
		case errs := <-answers:
			asking = false
			for i, p := range []*process{s.zero, s.alpha} {
				if errs[i] == nil {
					silent[i] = 0
				} else if silent[i]++; silent[i] >= mostSilent {
					p.cmd.Process.Kill()
					<-p.exited
					return fmt.Errorf("%s did not answer for %s and was killed (%w)", p.name, mostSilent*askInterval, errs[i])
				}
			}
		case <-minute.C:
			s.trimLogs()
			low = s.checkDisk(low)
		}
	}
}

// reason returns the reason why a process that was ready has ended.
func (s *Server) reason(p *process) error {
	if err := s.diskFull(); err != nil {
		return err
	}
	return p.epitaph()
}

// answers checks whether a process answers at all.
func (s *Server) answers(p *process) error {
	ctx, cancel := context.WithTimeout(s.stopping, askTime)
	defer cancel()
	_, err := s.get(ctx, s.httpOf(p), "/health")
	if _, refused := errors.AsType[*statusError](err); refused {
		return nil // it answers, even if only to report a fault
	}
	return err
}

func (s *Server) httpOf(p *process) string {
	if p.name == "zero" {
		return s.ports.zeroHTTP()
	}
	return s.ports.alphaHTTP()
}

// end stops a process. A process that no longer answers gets less time.
func (s *Server) end(ctx context.Context, p *process) error {
	if !p.running() {
		return nil
	}
	asked, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if _, err := s.get(asked, s.httpOf(p), "/health"); errors.Is(err, context.DeadlineExceeded) {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, hungTime)
		defer cancel()
	}
	return p.stop(ctx)
}

func (s *Server) trimLogs() {
	for _, log := range s.logs() {
		if err := trim(log); err != nil {
			s.opts.Log.Warn("a log of Dgraph could not be shortened", "error", err)
		}
	}
}

// checkDisk logs once that the disk is nearly full, and returns whether it is.
func (s *Server) checkDisk(knew bool) bool {
	disk, err := s.Disk()
	if err != nil {
		return knew
	}
	switch {
	case disk.Full():
		s.opts.Log.Error("the disk of the data directory is full", "directory", s.opts.DataDir, "space", disk.String())
	case disk.Low() && !knew:
		s.opts.Log.Warn("the disk of the data directory is nearly full", "directory", s.opts.DataDir, "space", disk.String())
	}
	return disk.Low()
}
