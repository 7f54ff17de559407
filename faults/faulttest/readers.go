//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"
)

// readsPerSecond is the number of requests per second to the services, in rotation.
const readsPerSecond = 20

// readers query the services as users do, and record the results.
type readers struct {
	services []*node
	writers  []*writer
	client   *http.Client

	mu     sync.Mutex
	took   []time.Duration
	failed int
	causes map[string]int
	stale  time.Duration // the maximum staleness of an answer
	halves []string      // answers with half of a write
	last   time.Time     // the time of the last failure
}

func newReaders(services []*node, writers []*writer) *readers {
	return &readers{services: services, writers: writers, client: &http.Client{Timeout: 10 * time.Second}, causes: map[string]int{}}
}

// run sends queries until the context ends. A query does not wait for the previous one.
func (r *readers) run(ctx context.Context) {
	ticker := time.NewTicker(time.Second / readsPerSecond)
	defer ticker.Stop()
	var all sync.WaitGroup
	defer all.Wait()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			all.Go(func() { r.read(i) })
		}
	}
}

// begin starts the measurements of a fault.
func (r *readers) begin() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.took, r.failed, r.causes, r.stale, r.halves, r.last = nil, 0, map[string]int{}, 0, nil, time.Time{}
}

// The queries: the records that are written continuously, a profile, a search, and claims with their evidence. Of the first, titles
// come from memory and summaries from Dgraph, and each write gives both the same text.
const (
	headsQuestion = `query($left: String!, $right: String!) {
  left: topic(code: $left) { ...written } right: topic(code: $right) { ...written } snapshot
} fragment written on Topic { title(lang: [EN]) { value } summary(lang: [EN]) { value } }`
	profileQuestion = `query($code: String!) { country(code: $code) {
  title { value } observations(first: 20) { nodes { indicator year value source { title { value } } } }
  initiatives(first: 10) { nodes { title { value } } } caseStudies(first: 10) { totalCount nodes { title { value } } }
} }`
	searchQuestion = `query($query: String!) { search(query: $query, first: 5) { totalCount edges { node { kind code title { value } } } } }`
	claimsQuestion = `query($after: String) { claims(first: 10, after: $after) { nodes { subject { code } object { code } evidence(first: 3) { nodes { passage { locator } } } } pageInfo { endCursor } } }`
)

var (
	countries = []string{"EGY", "JOR", "OMN", "MAR", "TUN", "SAU", "ARE", "IRQ"}
	words     = []string{"digital", "اقتدار", "identity", "مصر", "payments", "services", "governance", "بيانات"}
)

// question returns the query of a turn.
func (r *readers) question(i int) (document string, variables map[string]any, of *writer) {
	switch turn := i / len(r.services); turn % 5 {
	case 0, 2:
		w := r.writers[turn%len(r.writers)]
		return headsQuestion, map[string]any{"left": w.head("left"), "right": w.head("right")}, w
	case 1:
		return profileQuestion, map[string]any{"code": countries[turn/5%len(countries)]}, nil
	case 3:
		return searchQuestion, map[string]any{"query": words[turn/5%len(words)]}, nil
	}
	return claimsQuestion, nil, nil
}

// heads is the answer about the records that are written continuously.
type heads struct {
	Left, Right *struct{ Title, Summary struct{ Value string } }
}

func (r *readers) read(i int) {
	document, variables, of := r.question(i)
	asked := time.Now()
	data, err := r.ask(r.services[i%len(r.services)].http, document, variables)
	took := time.Since(asked)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.took = append(r.took, took)
	if err != nil {
		r.failed++
		r.causes["reads: "+err.Error()]++
		r.last = time.Now()
		return
	}
	var seen heads
	if of == nil || json.Unmarshal(data, &seen) != nil || seen.Left == nil && seen.Right == nil {
		return // before the first write
	}
	if seen.Left == nil || seen.Right == nil || *seen.Left != *seen.Right || seen.Left.Title != seen.Left.Summary {
		r.halves = append(r.halves, fmt.Sprintf("%s: %s", of.name, data))
		return
	}
	r.stale = max(r.stale, of.staleness(number(seen.Left.Title.Value), asked))
}

func (r *readers) ask(service, document string, variables map[string]any) (json.RawMessage, error) {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return nil, err
	}
	response, err := r.client.Post("http://"+service+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("no answer")
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, errors.New("broken off")
	}
	var answer struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return nil, fmt.Errorf("%s is no JSON", response.Status)
	}
	if len(answer.Errors) > 0 {
		return nil, errors.New(answer.Errors[0].Extensions.Code)
	}
	return answer.Data, nil
}

// lastFailure returns the time of the last failed read since begin; zero if none failed.
func (r *readers) lastFailure() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last
}

// measure adds the measurements since begin to a row.
func (r *readers) measure(to *row) {
	r.mu.Lock()
	defer r.mu.Unlock()
	to.reads, to.failed, to.nearlyAll, to.stale = len(r.took), r.failed, quantile(r.took, .99), r.stale
	maps.Copy(to.errors, r.causes)
	for _, half := range r.halves {
		to.half = append(to.half, "an answer with half of a write: "+half)
	}
}

// quantile returns the time within which the given share of the reads had an answer or an error.
func quantile(took []time.Duration, part float64) time.Duration {
	if len(took) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(took))
	return sorted[int(part*float64(len(sorted)-1))]
}
