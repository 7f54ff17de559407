//go:build linux

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// results are the measurements of a graph of one size.
type results struct {
	claims, entities, evidence, records, targets int
	smallest, largest                            int // answers to the nested question, in bytes
	loaded, live                                 time.Duration
	ready, peerReady                             times
	nested                                       []nestedRow
	rows                                         []row
	memory, peerMemory                           map[string]int64
}

// measure makes a graph of a size, loads it everywhere, and measures everything.
func (o options) measure(ctx context.Context, claims int) (*results, error) {
	progress("generating a graph of %d claims", claims)
	g, err := generate(claims)
	if err != nil {
		return nil, err
	}
	r := &results{
		claims: claims, entities: len(g.batch.Entities), evidence: len(g.batch.Evidence), records: g.records,
		targets: len(g.answers), smallest: 1 << 30, nested: make([]nestedRow, bytesAlone+1),
	}
	dir := filepath.Join(o.dir, fmt.Sprint(claims))
	dataDir := filepath.Join(dir, "masar")
	p, err := newPeer(o.binary, filepath.Join(dir, "peer"))
	if err != nil {
		return nil, err
	}
	defer p.stop()
	if err := g.fill(ctx, o.binary, dataDir, p, r); err != nil {
		return nil, err
	}
	v, err := startValues(ctx, filepath.Join(dir, "values"), g.answers)
	if err != nil {
		return nil, err
	}
	defer v.stop()
	return r, o.ask(ctx, g, p, v, dataDir, r)
}

// filled are the times of loading, in the file of this name: a directory that has it is used again.
type filled struct{ Masar, Live time.Duration }

const filledFile = "loaded.json"

// fill loads the graph into masar and the peer, unless an earlier run has.
func (g *sample) fill(ctx context.Context, binary, dataDir string, p *peer, r *results) error {
	var times filled
	file := filepath.Join(filepath.Dir(dataDir), filledFile)
	if text, err := os.ReadFile(file); err == nil {
		progress("the graph is there: loading was measured by an earlier run")
		err = json.Unmarshal(text, &times)
		r.loaded, r.live = times.Masar, times.Live
		return err
	}
	exported, err := g.load(ctx, binary, dataDir, r)
	if err != nil {
		return err
	}
	if err := p.start(ctx); err != nil {
		return err
	}
	if r.live, err = p.live(ctx, exported); err != nil {
		return err
	}
	if err := p.prepare(ctx); err != nil {
		return err
	}
	p.stop()
	text, err := json.Marshal(filled{r.loaded, r.live})
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}

// ask measures all questions. Before each first pass, masar and the peer start anew.
func (o options) ask(ctx context.Context, g *sample, p *peer, v *values, dataDir string, r *results) error {
	var s *service
	defer func() { s.stop() }()
	for start := range o.starts {
		progress("start %d, and the first pass of the nested question", start+1)
		s.stop()
		p.stop()
		var err error
		if err = p.start(ctx); err != nil {
			return err
		}
		if s, err = serve(ctx, o.binary, dataDir); err != nil {
			return err
		}
		r.ready, r.peerReady = append(r.ready, s.ready), append(r.peerReady, p.ready)
		if err := g.first(ctx, s, p, v, start, r); err != nil {
			return err
		}
	}
	all := g.contestants(s, p, v)
	for i, c := range all {
		r.nested[i].name = c.name
	}
	if err := g.warm(ctx, all, o, r); err != nil {
		return err
	}
	r.memory = memories(dataDir, s.cmd.Process.Pid)
	r.peerMemory = map[string]int64{"zero": memoryOf(p.zero.cmd.Process.Pid), "alpha": memoryOf(p.alpha.cmd.Process.Pid)}
	// The other questions are repeated, and kept answers are measured above.
	s.stop()
	var err error
	if s, err = serve(ctx, o.binary, dataDir, "--cache-answers", "0"); err != nil {
		return err
	}
	if err := g.others(ctx, s, p, o, r); err != nil {
		return err
	}
	if o.profile == "" {
		return nil
	}
	return o.profiled(ctx, g, dataDir)
}
