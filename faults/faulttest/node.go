//go:build linux

package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// node is a process of masar: a service, or one of Dgraph.
type node struct {
	name string
	args []string
	dir  string
	// http reports whether the process leads its group, or is ready.
	http string

	cmd   *exec.Cmd
	ended chan struct{}
}

// service returns a node that runs "masar serve" on a free port of loopback.
func service(name, dir string, args ...string) (*node, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	listen := free.Addr().String()
	free.Close()
	args = append([]string{"serve", "--listen", listen, "--drain-delay", "0s", "--log-format", "json"}, args...)
	return &node{name: name, http: listen, args: args, dir: filepath.Join(dir, name)}, nil
}

// launch starts the process of a node.
func (n *node) launch(binary string) error {
	if err := os.MkdirAll(n.dir, 0o700); err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(n.dir, "log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command(binary, n.args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = n.dir, log, log
	cmd.Env = append(os.Environ(), "MASAR_DATA_DIR="+n.dir)
	if err := cmd.Start(); err != nil {
		return err
	}
	n.cmd, n.ended = cmd, make(chan struct{})
	go func(ended chan struct{}) { _ = cmd.Wait(); close(ended) }(n.ended)
	return nil
}

// end kills the process of a node.
func (n *node) end() {
	if n.cmd == nil {
		return
	}
	_ = n.cmd.Process.Kill()
	<-n.ended
}

func (n *node) signal(s syscall.Signal) error { return n.cmd.Process.Signal(s) }

// awaitReady waits until a service answers queries.
func (n *node) awaitReady(ctx context.Context) error {
	return until(ctx, n.name+" to be ready", func() error { _, err := get(n.http, "/readyz"); return err })
}

// awaitHealthy waits until a process of Dgraph has joined its group.
func (n *node) awaitHealthy(ctx context.Context) error {
	return until(ctx, n.name+" to be healthy", func() error { _, err := get(n.http, "/health"); return err })
}

// client requests the health of the nodes.
var client = &http.Client{Timeout: 2 * time.Second}

func get(address, path string) (string, error) {
	answer, err := client.Get("http://" + address + path)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", answer.Status, body)
	}
	return string(body), err
}

// startTime is the time limit for the start of a node.
const startTime = 5 * time.Minute

// until repeats a check until it returns no error.
func until(ctx context.Context, what string, ask func() error) error {
	began := time.Now()
	for {
		err := ask()
		if err == nil {
			return nil
		}
		if time.Since(began) > startTime {
			return fmt.Errorf("waited %s for %s: %w", startTime, what, err)
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
}
