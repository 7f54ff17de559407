// Package hazards plays to a service what it has to stand: requests, byte by byte, and what has to come back.
//
// A file of cases is a txtar archive, a case is a file in it, named for what it tries:
//
//	-- garbage-after-the-object --
//	# What people send, and why it has to be refused.
//	> POST /graphql
//	> Content-Type: application/json
//	>
//	> {"query": "{ __typename }"} {}
//	< 400 BAD_REQUEST
//	< Content-Type: application/json; charset=utf-8
//	< ETag:
//	< contains JSON
//
// The lines of the request are joined by CRLF up to its body and by LF within. What is left out of the first line and of
// the header is added: HTTP/1.1, Host, Connection: close, and the Content-Length of a body; a line "raw" before the
// request leaves that be. {{repeat "x" 1000}} writes something over and over, {{hex "c3 28"}} writes bytes, {{cr}} a
// carriage return.
//
// Lines before the request say how it is played: "slowly 20ms" sends it by sixteen bytes, with that pause before each, and
// "times 50" plays it as often at once.
//
// The answer has to have the status, the code in the first of its errors (without one, an answer with 200 may have no
// errors), and headers of exactly these values; an empty value stands for a header that is not there. "contains TEXT" and
// "lacks TEXT" are about the body, "within 2s" about the time, 5 s without it, and "at most N" about the length of the
// body, 16384 bytes without it. "closed" in place of a status stands for a connection that is closed without an answer. After each case the service has to answer an ordinary query.
package hazards

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/template"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// Play plays the cases of all files that a pattern matches, one after another, to the service at an address.
func Play(t *testing.T, address, pattern string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in %s: %v", pattern, err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil || len(archive.Files) == 0 {
			t.Fatalf("no cases in %s: %v", file, err)
		}
		for _, f := range archive.Files {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+f.Name, func(t *testing.T) {
				c, err := read(string(f.Data))
				if err != nil {
					t.Fatal(err)
				}
				for _, fault := range c.playAll(address) {
					t.Error(fault)
				}
				if faults := alive.play(address); len(faults) > 0 {
					t.Fatalf("an ordinary query afterwards: %v", faults)
				}
			})
		}
	}
}

// alive is the ordinary query.
var alive = must(read(`> POST /graphql
> Content-Type: application/json
>
> {"query": "{ __typename }"}
< 200
< contains "Query"`))

func must(c hazard, err error) hazard {
	if err != nil {
		panic(err)
	}
	return c
}

// hazard is a case.
type hazard struct {
	request         []byte
	pause           time.Duration // before each part of the request; 0 sends all of it at once
	times           int           // at once
	status          int           // or closed
	code            string
	headers         [][2]string
	contains, lacks []string
	within          time.Duration
	atMost          int
}

// closed is what comes back when a connection is closed without an answer.
const closed = -1

// part is how much of a slow request is sent at a time.
const part = 16

// read reads a case.
func read(text string) (hazard, error) {
	c := hazard{times: 1, within: 5 * time.Second, atMost: 16 << 10}
	var request []string
	raw := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		sign, rest, _ := strings.Cut(line, " ")
		var err error
		switch sign {
		case "", "#":
		case "raw":
			raw = true
		case "slowly":
			c.pause, err = time.ParseDuration(rest)
		case "times":
			c.times, err = strconv.Atoi(rest)
		case ">":
			request = append(request, rest)
		case "<":
			err = c.expect(rest)
		default:
			err = fmt.Errorf("no line of a case begins with %q", sign)
		}
		if err != nil {
			return c, fmt.Errorf("%s: %w", line, err)
		}
	}
	if len(request) == 0 || c.status == 0 {
		return c, fmt.Errorf("a case is a request and a status")
	}
	head, body := request, ""
	for i, line := range request {
		if line == "" {
			head, body = request[:i], strings.Join(request[i+1:], "\n")
			break
		}
	}
	head, body, err := generate(head, body)
	if err != nil {
		return c, err
	}
	if !raw {
		head = complete(head, len(body))
	}
	c.request = []byte(strings.Join(head, "\r\n") + "\r\n\r\n" + body)
	return c, nil
}

// generate writes out what a request asks to be generated.
func generate(head []string, body string) ([]string, string, error) {
	written, err := template.New("request").Funcs(template.FuncMap{
		"repeat": strings.Repeat,
		"cr":     func() string { return "\r" },
		"hex": func(digits string) (string, error) {
			b, err := hex.DecodeString(strings.ReplaceAll(digits, " ", ""))
			return string(b), err
		},
	}).Parse(strings.Join(head, "\n") + "\n\n" + body)
	if err != nil {
		return nil, "", err
	}
	var out bytes.Buffer
	if err := written.Execute(&out, nil); err != nil {
		return nil, "", err
	}
	first, rest, _ := strings.Cut(out.String(), "\n\n")
	return strings.Split(first, "\n"), rest, nil
}

// complete adds to the head of a request what every client sends.
func complete(head []string, length int) []string {
	has := func(name string) bool {
		for _, line := range head[1:] {
			if before, _, _ := strings.Cut(line, ":"); strings.EqualFold(before, name) {
				return true
			}
		}
		return false
	}
	if !strings.Contains(head[0], " HTTP/") {
		head[0] += " HTTP/1.1"
	}
	if !has("Host") {
		head = append(head, "Host: localhost")
	}
	if !has("Connection") {
		head = append(head, "Connection: close")
	}
	if length > 0 && !has("Content-Length") && !has("Transfer-Encoding") {
		head = append(head, "Content-Length: "+strconv.Itoa(length))
	}
	return head
}

// expect reads a line of what has to come back.
func (c *hazard) expect(line string) (err error) {
	word, rest, _ := strings.Cut(line, " ")
	switch {
	case c.status == 0 && word == "closed":
		c.status = closed
	case c.status == 0:
		c.code = rest
		c.status, err = strconv.Atoi(word)
	case word == "contains":
		c.contains = append(c.contains, rest)
	case word == "lacks":
		c.lacks = append(c.lacks, rest)
	case word == "within":
		c.within, err = time.ParseDuration(rest)
	case word == "at" && strings.HasPrefix(rest, "most "):
		c.atMost, err = strconv.Atoi(strings.TrimPrefix(rest, "most "))
	default:
		name, value, is := strings.Cut(line, ":")
		if !is {
			return fmt.Errorf("neither a header nor anything else that can be expected")
		}
		c.headers = append(c.headers, [2]string{name, strings.TrimSpace(value)})
	}
	return err
}

// playAll plays a case as often as it says, and answers what is wrong with any of it.
func (c hazard) playAll(address string) []string {
	all := make([][]string, c.times)
	var players sync.WaitGroup
	for i := range all {
		players.Go(func() { all[i] = c.play(address) })
	}
	players.Wait()
	return slices.Concat(all...)
}

// send sends the request.
func (c hazard) send(to net.Conn) error {
	if c.pause == 0 {
		_, err := to.Write(c.request)
		return err
	}
	for bytes := range slices.Chunk(c.request, part) {
		time.Sleep(c.pause)
		if _, err := to.Write(bytes); err != nil {
			return err
		}
	}
	return nil
}

// play sends a request and answers what is wrong with what comes back.
func (c hazard) play(address string) (faults []string) {
	began := time.Now()
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return []string{err.Error()}
	}
	defer connection.Close()
	_ = connection.SetDeadline(began.Add(c.within))
	sent := make(chan error, 1)
	go func() { sent <- c.send(connection) }()
	method, _, _ := strings.Cut(string(c.request), " ")
	response, err := http.ReadResponse(bufio.NewReader(connection), &http.Request{Method: method})
	if c.status == closed {
		return wantClosed(response, err)
	}
	if err != nil {
		return []string{fmt.Sprintf("no answer: %v (sending: %v)", err, soFar(sent))}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, int64(c.atMost)+1))
	if err != nil {
		return []string{fmt.Sprintf("no whole answer: %v", err)}
	}
	return c.compare(response, body)
}

func wantClosed(response *http.Response, err error) []string {
	if err == nil {
		response.Body.Close()
		return []string{"an answer: " + response.Status}
	}
	if err, is := errors.AsType[net.Error](err); is && err.Timeout() {
		return []string{"the connection is still open"}
	}
	return nil
}

func soFar(sent <-chan error) error {
	select {
	case err := <-sent:
		return err
	default:
		return nil
	}
}

func (c hazard) compare(response *http.Response, body []byte) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	if response.StatusCode != c.status {
		fault("status %d, not %d", response.StatusCode, c.status)
	}
	if len(body) > c.atMost {
		fault("the body is larger than %d bytes", c.atMost)
	}
	var answer struct {
		Errors []struct{ Extensions struct{ Code string } }
	}
	err := json.Unmarshal(body, &answer)
	switch {
	case c.code != "" && (err != nil || len(answer.Errors) == 0 || answer.Errors[0].Extensions.Code != c.code):
		fault("no code %s", c.code)
	case c.code == "" && c.status == http.StatusOK && len(answer.Errors) > 0:
		fault("errors")
	}
	for _, h := range c.headers {
		if got := strings.Join(response.Header.Values(h[0]), ", "); got != h[1] {
			fault("%s is %q, not %q", h[0], got, h[1])
		}
	}
	for _, text := range c.contains {
		if !bytes.Contains(body, []byte(text)) {
			fault("the body lacks %q", text)
		}
	}
	for _, text := range c.lacks {
		if bytes.Contains(body, []byte(text)) {
			fault("the body has %q", text)
		}
	}
	if len(faults) > 0 {
		fault("the answer: %s %v %s", response.Status, response.Header, body[:min(len(body), 1000)])
	}
	return faults
}
