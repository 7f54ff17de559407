// Package hazards sends requests to a service byte by byte and checks the answers.
//
// A file of cases is a txtar archive. Each file in it is a case, named after what it tests:
//
//	-- garbage-after-the-object --
//	# What clients send, and why it must be refused.
//	> POST /graphql
//	> Content-Type: application/json
//	>
//	> {"query": "{ __typename }"} {}
//	< 400 BAD_REQUEST
//	< Content-Type: application/json; charset=utf-8
//	< ETag:
//	< contains JSON
//
// The lines of a request are joined by CRLF in the header and by LF in the body. Omitted parts are added: HTTP/1.1,
// Host, Connection: close, and the Content-Length of a body. A line "raw" before the request disables this. {{repeat
// "x" 1000}} repeats a text, {{hex "c3 28"}} writes bytes, and {{cr}} writes a carriage return.
//
// Lines before the request control how it is sent. "slowly 20ms" sends 16 bytes at a time, with that pause before each
// part. "times 50" sends that many requests concurrently.
//
// The answer must have the status, the code of its first error, and headers with exactly these values. Without a code,
// an answer with status 200 must have no errors. An empty value means that the header is absent. "contains TEXT" and
// "lacks TEXT" check the body. "within 2s" is the maximum time, by default 5 s. "at most N" is the maximum length of
// the body, by default 16384 bytes. "closed" instead of a status means that the connection is closed without an answer.
// After each case the service must answer an ordinary query.
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

// Play runs the cases of all files that match a pattern, one after another, against the service at an address.
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

// alive is the ordinary query after each case.
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

// hazard is one case.
type hazard struct {
	request         []byte
	pause           time.Duration // before each part; 0 sends the request at once
	times           int           // number of concurrent requests
	status          int           // HTTP status, or closed
	code            string
	headers         [][2]string
	contains, lacks []string
	within          time.Duration
	atMost          int
}

// closed is the status of a connection that is closed without an answer.
const closed = -1

// part is the number of bytes in each part of a slow request.
const part = 16

// read parses a case.
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
			err = fmt.Errorf("unknown line prefix %q", sign)
		}
		if err != nil {
			return c, fmt.Errorf("%s: %w", line, err)
		}
	}
	if len(request) == 0 || c.status == 0 {
		return c, fmt.Errorf("a case needs a request and a status")
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

// generate expands the generators in a request.
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

// complete adds the headers that every client sends.
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

// expect parses an expectation.
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
			return fmt.Errorf("unknown expectation")
		}
		c.headers = append(c.headers, [2]string{name, strings.TrimSpace(value)})
	}
	return err
}

// playAll runs a case as often as it states and returns the faults of all runs.
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

// play sends a request and returns the faults of the answer.
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
