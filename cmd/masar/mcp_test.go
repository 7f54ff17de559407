package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"masar/internal/masartest"
)

// spoken is a run of masar mcp, with a client on its standard input and output.
type spoken struct {
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Scanner
	talk    bytes.Buffer
}

func speak(t *testing.T, binary string, args ...string) *spoken {
	t.Helper()
	s := &spoken{command: exec.CommandContext(t.Context(), binary, append([]string{"mcp"}, args...)...)}
	s.command.Stderr = &s.talk
	in, err := s.command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.in, s.out = in, bufio.NewScanner(out)
	s.out.Buffer(nil, 1<<20)
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	s.send(t, `{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}`)
	s.receive(t)
	s.send(t, `{"jsonrpc":"2.0","method":"notifications/initialized"}`)
	return s
}

func (s *spoken) send(t *testing.T, message string) {
	t.Helper()
	if _, err := io.WriteString(s.in, message+"\n"); err != nil {
		t.Fatalf("%v\n%s", err, s.talk.String())
	}
}

// receive reads a message. Each line of standard output must be one.
func (s *spoken) receive(t *testing.T) (message struct {
	JSONRPC string
	Result  struct {
		IsError           bool
		StructuredContent json.RawMessage
		Content           []struct{ Text string }
	}
}) {
	t.Helper()
	if !s.out.Scan() {
		t.Fatalf("no message: %v\n%s", s.out.Err(), s.talk.String())
	}
	if err := json.Unmarshal(s.out.Bytes(), &message); err != nil || message.JSONRPC != "2.0" {
		t.Fatalf("%v: %s", err, s.out.Bytes())
	}
	return message
}

// end waits for the end and returns the exit code.
func (s *spoken) end(t *testing.T) int {
	t.Helper()
	if s.out.Scan() {
		t.Errorf("a message after the end: %s", s.out.Bytes())
	}
	err := s.command.Wait()
	if exit, is := errors.AsType[*exec.ExitError](err); is {
		return exit.ExitCode()
	}
	if err != nil {
		t.Fatal(err)
	}
	return exitOK
}

const searchEgypt = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"query":"Egypt","kinds":["COUNTRY"]}}}`

// Catches: a way to start masar mcp that does not answer, an answer that differs from that of the service, anything but the
// protocol on stdout, and a wrong exit code.
func TestAssistants(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Dgraph")
	}
	binary, data := masartest.Binary(t), seededDirectory(t)
	s := serve(t, binary, "--data-dir", data, "--chromium", "none")
	s.awaitReady(t, time.Minute)
	address := "http://" + s.address
	hits := func(of *spoken) string {
		t.Helper()
		of.send(t, searchEgypt)
		answer := of.receive(t)
		var found struct{ Hits []struct{ Code, URL string } }
		if err := json.Unmarshal(answer.Result.StructuredContent, &found); err != nil || len(found.Hits) == 0 || found.Hits[0].Code != "EGY" {
			t.Fatalf("%v: %+v", err, answer)
		}
		return found.Hits[0].URL
	}
	remote := speak(t, binary, "--url", address)
	if got := hits(remote); got != address+"/id/COUNTRY/EGY" {
		t.Errorf("an address: %s", got)
	}
	if err := remote.in.Close(); err != nil {
		t.Fatal(err)
	}
	if code := remote.end(t); code != exitOK {
		t.Errorf("after the client closed stdin: exit code %d\n%s", code, remote.talk.String())
	}

	running := speak(t, binary, "--data-dir", data) // beside the service, on its Dgraph
	if got := hits(running); got != "/id/COUNTRY/EGY" {
		t.Errorf("an address without a service: %s", got)
	}
	if err := running.command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code := running.end(t); code != exitInterrupted || !strings.Contains(running.talk.String(), "interrupted") {
		t.Errorf("an interrupt: exit code %d\n%s", code, running.talk.String())
	}

	left := speak(t, binary, "--url", address)
	s.stop(t)
	left.send(t, searchEgypt)
	if answer := left.receive(t); !answer.Result.IsError || !strings.Contains(answer.Result.Content[0].Text, "BACKEND_UNAVAILABLE") {
		t.Errorf("a service that has stopped: %+v", answer)
	}
	if err := left.in.Close(); err != nil {
		t.Fatal(err)
	}
	left.end(t)

	own := speak(t, binary, "--data-dir", data) // with a Dgraph of its own
	hits(own)
	if err := own.in.Close(); err != nil {
		t.Fatal(err)
	}
	if code := own.end(t); code != exitOK {
		t.Errorf("with its own Dgraph: exit code %d\n%s", code, own.talk.String())
	}
}
