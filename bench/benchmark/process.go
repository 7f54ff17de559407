//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// process is a process that the benchmark runs in a directory of its own.
type process struct {
	name string
	cmd  *exec.Cmd
	// ended is closed when the process has ended.
	ended chan struct{}
}

// start starts a program whose output goes to the file log in a directory.
func start(name, dir, program string, args ...string) (*process, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	log, err := os.OpenFile(filepath.Join(dir, name+".log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, log, log
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{name: name, cmd: cmd, ended: make(chan struct{})}
	go func() { _ = cmd.Wait(); close(p.ended) }()
	return p, nil
}

// endTime is the time in which a process ends by itself.
const endTime = 60 * time.Second

// end stops the process, by force if it does not end. It does nothing for a process that has ended, or was not started.
func (p *process) end() {
	if p == nil {
		return
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(endTime):
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
}

// startTime is the time limit for a start.
const startTime = 10 * time.Minute

// until repeats a check until it returns no error. It fails when the process has ended.
func (p *process) until(ctx context.Context, ask func() error) error {
	began := time.Now()
	for {
		err := ask()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-p.ended:
			return fmt.Errorf("%s has ended: see its log (%w)", p.name, err)
		case <-time.After(20 * time.Millisecond):
		}
		if time.Since(began) > startTime {
			return fmt.Errorf("%s is not ready after %s: %w", p.name, startTime, err)
		}
	}
}

// healthy requests an address and wants status 200.
func healthy(address string) error {
	answer, err := client.Get(address)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err = io.Copy(io.Discard, answer.Body); err == nil && answer.StatusCode != http.StatusOK {
		err = errors.New(answer.Status)
	}
	return err
}

// freePort returns a free port of the loopback interface.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// Dgraph's default ports, to which a node adds an offset.
const zeroGRPC, zeroHTTP, alphaInternal, alphaHTTP, alphaGRPC = 5080, 6080, 7080, 8080, 9080

// freeOffset returns an offset for which all ports of Dgraph are free.
func freeOffset() (int, error) {
	for range 1000 {
		offset := 10_000 + rand.IntN(20_000)
		free := true
		for _, port := range []int{zeroGRPC, zeroHTTP, alphaInternal, alphaHTTP, alphaGRPC} {
			l, err := net.Listen("tcp", at(port+offset))
			if err != nil {
				free = false
				break
			}
			l.Close()
		}
		if free {
			return offset, nil
		}
	}
	return 0, errors.New("found no free ports on 127.0.0.1")
}

func at(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }
