//go:build linux

package main

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// visitor uses one part of the service again and again, and waits for each answer.
type visitor struct {
	name  string
	pause time.Duration // between two visits
	visit func(ctx context.Context, turn int) error

	mu     sync.Mutex
	took   []time.Duration
	causes map[string]int // errors, by text
}

// run visits until the context ends. A visit that has begun is finished.
func (v *visitor) run(ctx context.Context) {
	for turn := 0; ctx.Err() == nil; turn++ {
		began := time.Now()
		err := v.visit(context.WithoutCancel(ctx), turn)
		v.note(time.Since(began), err)
		_ = pause(ctx, v.pause)
	}
}

// note records a visit.
func (v *visitor) note(took time.Duration, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.took = append(v.took, took)
	if err != nil {
		if v.causes == nil {
			v.causes = map[string]int{}
		}
		v.causes[err.Error()]++
	}
}

// row describes the visits. Each failure breaks a promise, as no fault is injected, and so does a visitor who has seen nothing.
func (v *visitor) row(scenario string) row {
	v.mu.Lock()
	defer v.mu.Unlock()
	r := row{fault: scenario + ": " + v.name, operations: len(v.took), errors: v.causes}
	r.note = fmt.Sprintf("%s; half within %s, 99 of 100 within %s", r.seen(), seconds(quantile(v.took, .5)), seconds(quantile(v.took, .99)))
	if len(v.took) == 0 || len(v.causes) > 0 {
		r.broken = append(r.broken, fmt.Sprintf("of %d visits failed: %s", len(v.took), r.seen()))
	}
	return r
}

// The files that visitors ask for: rows in all forms, and exports in all formats.
var (
	rowFiles    = []string{"claims.csv", "observations.json?country=EGY,JOR", "recommendations.xlsx", "evidence.csv?first=200", "coverage.csv", "datapackage.json"}
	exportFiles = []string{"graph.jsonl", "graph.nq", "graph.ttl", "graph.jsonld", "graph.graphml", "documents.bib", "documents.ris", "documents.csl.json"}
)

// visitors are the users of a service beside those who send GraphQL: they read pages, rows, exports and briefs, call the tools of assistants, and
// make backups.
func (s *single) visitors(ctx context.Context, short bool) ([]*visitor, error) {
	pages, err := s.pages()
	if err != nil {
		return nil, err
	}
	assistant, err := sdk.NewClient(&sdk.Implementation{Name: "soak"}, nil).Connect(ctx,
		&sdk.StreamableClientTransport{Endpoint: "http://" + s.http + "/mcp"}, nil)
	if err != nil {
		return nil, err
	}
	rare := 5 * time.Minute
	if short {
		rare = time.Second
	}
	return []*visitor{
		{name: "pages", pause: 300 * time.Millisecond, visit: func(ctx context.Context, turn int) error {
			return s.download(ctx, pages[turn*7919%len(pages)]) // in an order in which kinds and languages mix
		}},
		{name: "rows", pause: time.Second, visit: s.each("/api/v1/rows/", rowFiles)},
		{name: "exports", pause: 5 * time.Second, visit: s.each("/export/", exportFiles)},
		{name: "briefs", pause: 5 * time.Second, visit: s.each("/api/v1/briefs/targets/", []string{"16.6.html?country=EGY&lang=en", "17.8.docx?lang=ar", "16.10.html?lang=ar"})},
		{name: "tools of assistants", pause: time.Second, visit: func(ctx context.Context, turn int) error { return callTool(ctx, assistant, turn) }},
		{name: "backups", pause: rare, visit: s.backup},
	}, nil
}

// each returns visits to files, one after another.
func (s *single) each(under string, files []string) func(context.Context, int) error {
	return func(ctx context.Context, turn int) error { return s.download(ctx, under+files[turn%len(files)]) }
}

// pages are the addresses of all pages, from the sitemap.
func (s *single) pages() ([]string, error) {
	text, err := get(s.http, "/sitemap.xml")
	if err != nil {
		return nil, err
	}
	var sitemap struct {
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(text), &sitemap); err != nil {
		return nil, err
	}
	var paths []string
	for _, u := range sitemap.URLs {
		at, err := url.Parse(u.Loc)
		if err != nil {
			return nil, err
		}
		paths = append(paths, at.RequestURI())
	}
	if len(paths) == 0 {
		return nil, errors.New("the sitemap has no pages")
	}
	return paths, nil
}

// downloads is the client of pages and files.
var downloads = &http.Client{Timeout: time.Minute}

// download reads an answer whole. An answer that is empty or not 200 is an error.
func (s *single) download(ctx context.Context, path string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.http+path, nil)
	if err != nil {
		return err
	}
	answer, err := downloads.Do(request)
	if err != nil {
		return fmt.Errorf("%s: no answer", path)
	}
	defer answer.Body.Close()
	size, err := io.Copy(io.Discard, answer.Body)
	switch {
	case answer.StatusCode != http.StatusOK:
		return fmt.Errorf("%s: %s", path, answer.Status)
	case err != nil || size == 0:
		return fmt.Errorf("%s: broken off after %d bytes", path, size)
	}
	return nil
}

// toolCalls are the tools that assistants call, with their arguments.
var toolCalls = []sdk.CallToolParams{
	{Name: "search", Arguments: json.RawMessage(`{"query": "digital"}`)},
	{Name: "recommendations_for_target", Arguments: json.RawMessage(`{"target": "16.6", "country": "EGY"}`)},
	{Name: "country_profile", Arguments: json.RawMessage(`{"iso3": "JOR"}`)},
	{Name: "gap_map", Arguments: json.RawMessage(`{"rows": "CHALLENGE", "columns": "SDG_TARGET"}`)},
}

// callTool calls a tool of assistants.
func callTool(ctx context.Context, assistant *sdk.ClientSession, turn int) error {
	call := toolCalls[turn%len(toolCalls)]
	result, err := assistant.CallTool(ctx, &call)
	switch {
	case err != nil:
		return fmt.Errorf("%s: no answer", call.Name)
	case result.IsError:
		return fmt.Errorf("%s: an error", call.Name)
	}
	return nil
}

// backup makes a backup while the service runs, and deletes it.
func (s *single) backup(ctx context.Context, turn int) error {
	dir := filepath.Join(s.dir, "..", fmt.Sprintf("backup-%d", turn))
	defer os.RemoveAll(dir)
	command := exec.CommandContext(ctx, s.binary, "backup", dir, "--data-dir", s.dir)
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, output)
	}
	return nil
}
