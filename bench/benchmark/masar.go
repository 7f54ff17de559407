//go:build linux

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/exchange/dump"
	"masar/search"
)

// load writes the graph into the Dgraph of masar's data directory, as "masar import" does, and exports it for Dgraph's own
// loader.
func (g *sample) load(ctx context.Context, binary, dataDir string, r *results) (exported string, err error) {
	progress("loading %d records into masar", g.records)
	file := filepath.Join(filepath.Dir(dataDir), "graph.jsonl")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return "", err
	}
	if err := dump.Create(file, func(to io.Writer) error { return dump.WriteBatch(to, g.batch) }); err != nil {
		return "", err
	}
	running, err := embedded.Start(ctx, embedded.Options{DataDir: dataDir, Executable: binary, Loading: true, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, running.Stop(context.WithoutCancel(ctx))) }()
	store, err := dgraph.Open(ctx, running.URL(), dgraph.WithAnalyser(search.Pack), dgraph.WithReadTime(time.Minute),
		dgraph.WithSync(func() error { return embedded.Sync(dataDir) }))
	if err != nil {
		return "", err
	}
	defer store.Close()
	began := time.Now()
	if err := dump.Restore(ctx, store, "benchmark", []dump.File{dump.OpenFile(file)}, nil); err != nil {
		return "", err
	}
	r.loaded = time.Since(began)
	snapshot, err := store.Snapshot(ctx)
	if err == nil {
		err = running.Seen(ctx, snapshot)
	}
	if err != nil {
		return "", err
	}
	return export(ctx, running, dataDir)
}

// export makes Dgraph export its data as RDF, and returns the directory.
func export(ctx context.Context, running *embedded.Server, dataDir string) (string, error) {
	progress("exporting the graph")
	secure := &http.Client{Transport: &http.Transport{TLSClientConfig: running.TLS()}}
	admin := func(query string, into any) error {
		body, err := post(ctx, secure, "https://"+running.HTTPAddr()+"/admin", graphQL(query, nil))
		if err != nil {
			return err
		}
		return json.Unmarshal(body, &struct{ Data any }{into})
	}
	var begun struct{ Export struct{ TaskID string } }
	if err := admin(`mutation { export(input: {format: "rdf"}) { taskId } }`, &begun); err != nil {
		return "", err
	}
	for {
		var state struct{ Task struct{ Status string } }
		if err := admin(fmt.Sprintf(`{ task(input: {id: %q}) { status } }`, begun.Export.TaskID), &state); err != nil {
			return "", err
		}
		switch status := state.Task.Status; status {
		case "Success":
			files, err := filepath.Glob(filepath.Join(dataDir, "dgraph", "export", "*", "*.rdf.gz"))
			if err != nil || len(files) != 1 {
				return "", fmt.Errorf("the export has the files %v, want one (%w)", files, err)
			}
			return filepath.Dir(files[0]), nil
		case "Failed", "Error", "Unknown":
			return "", fmt.Errorf("the export of Dgraph ended as %s", status)
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// service is a running masar serve.
type service struct {
	*process
	address, dataDir string
	// ready is the time from the start to the first answer.
	ready time.Duration
}

// serve starts masar on its data directory and waits until it is ready.
func serve(ctx context.Context, binary, dataDir string, flags ...string) (*service, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	flags = append([]string{"serve", "--data-dir", dataDir, "--listen", at(port), "--drain-delay", "0s", "--log-format", "json"}, flags...)
	p, err := start("masar", dataDir, binary, flags...)
	if err != nil {
		return nil, err
	}
	s := &service{process: p, address: "http://" + at(port), dataDir: dataDir}
	if err := p.until(ctx, func() error { return healthy(s.address + "/readyz") }); err != nil {
		p.end()
		return nil, err
	}
	s.ready = time.Since(began)
	return s, nil
}

// stop ends masar; nil was not started.
func (s *service) stop() {
	if s != nil {
		s.end()
	}
}

// ask returns an asker of an operation. The languages of each request differ, so that no two requests are equal; the answer
// is the same, because every text exists in the first language.
func (s *service) ask(document string, lang masar.Language, variables func(turn int) map[string]any) asker {
	return func(ctx context.Context, turn int) ([]byte, error) {
		all := variables(turn)
		all["lang"] = languages(lang, turn)
		return post(ctx, client, s.address+"/graphql", graphQL(document, all))
	}
}

// languages is a list of languages that begins with lang and is different for each of some thousand turns.
func languages(lang masar.Language, turn int) []masar.Language {
	list := []masar.Language{lang}
	for bits := turn + 1; bits > 0; bits /= 2 {
		list = append(list, []masar.Language{masar.Arabic, masar.English}[bits%2])
	}
	return list
}

// same asks for the same things again and again.
func (s *service) same(document string, lang masar.Language, variables func(turn int) map[string]any) asker {
	return func(ctx context.Context, turn int) ([]byte, error) {
		all := variables(turn)
		all["lang"] = []masar.Language{lang}
		return post(ctx, client, s.address+"/graphql", graphQL(document, all))
	}
}

// page returns an asker of a page of the explorer.
func (s *service) page(path string) asker {
	return func(ctx context.Context, _ int) ([]byte, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+path, http.NoBody)
		if err != nil {
			return nil, err
		}
		return do(client, r)
	}
}

// graphQL is the body of a GraphQL request.
func graphQL(query string, variables map[string]any) string {
	var b strings.Builder
	if err := json.NewEncoder(&b).Encode(map[string]any{"query": query, "variables": variables}); err != nil {
		panic(err) // texts, numbers and lists of them
	}
	return b.String()
}
