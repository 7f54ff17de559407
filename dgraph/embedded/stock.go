package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// takeStock reads the marker before the first start. A new directory gets a marker without a snapshot.
func (s *Server) takeStock() error {
	if s.opts.New {
		aside, err := moveAside(s.opts.DataDir, s.dir)
		if err != nil {
			return err
		}
		if aside != "" {
			s.opts.Log.Warn("starting anew: the old files were moved", "to", aside)
		}
	}
	marker, err := ReadMarker(s.opts.DataDir)
	if err != nil {
		return err
	}
	s.marker = marker
	if marker != nil || hasStores(s.dir) {
		return nil
	}
	s.marker = &Marker{}
	return writeMarker(s.opts.DataDir, *s.marker)
}

// Filled reports whether a data directory has a graph, or should have one.
func Filled(dataDir string) bool {
	marker, err := ReadMarker(dataDir)
	return err != nil || marker != nil && marker.Snapshot > 0 || hasStores(filepath.Join(dataDir, "dgraph"))
}

// hasStores reports whether a directory has any data of Dgraph.
func hasStores(dir string) bool {
	for _, store := range stores {
		if entries, err := os.ReadDir(filepath.Join(dir, store)); err == nil && len(entries) > 0 {
			return true
		}
	}
	return false
}

// examine reports damaged files of the processes that are not running, before they can misread them.
func (s *Server) examine() error {
	s.mu.Lock()
	marker := s.marker
	s.mu.Unlock()
	var idle []string
	if !s.zero.running() {
		idle = append(idle, zeroLog)
	}
	if !s.alpha.running() {
		idle = append(idle, alphaLog, tableStore)
	}
	damages, err := examine(s.opts.DataDir, marker, idle)
	if err != nil {
		return err
	}
	return joined(damages)
}

// compare compares the graph with the marker, and updates the marker.
func (s *Server) compare(ctx context.Context) error {
	if s.opts.Snapshot == nil {
		return nil
	}
	snapshot, err := s.opts.Snapshot(ctx, s.URL())
	if err != nil {
		return err
	}
	s.mu.Lock()
	marker := s.marker
	s.mu.Unlock()
	switch {
	case marker == nil && snapshot == 0:
		return &DamageError{DataDir: s.opts.DataDir, File: s.dir, What: "has files of Dgraph and no graph in them"}
	case marker != nil && marker.Snapshot > 0:
		cluster, err := clusterID(ctx, s.http, s.ports)
		if err != nil {
			return err
		}
		if err := marker.compare(s.opts.DataDir, cluster, snapshot); err != nil {
			return err
		}
	}
	return s.Seen(ctx, snapshot)
}

// Seen records a snapshot of the graph in the marker. A snapshot that is not higher than the recorded one has no effect.
func (s *Server) Seen(ctx context.Context, snapshot int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var next Marker
	if s.marker != nil {
		next = *s.marker
	}
	next.Snapshot, next.Versions = max(next.Snapshot, snapshot), s.opts.Versions
	if next.Snapshot == 0 || s.marker != nil && next == *s.marker {
		return nil
	}
	if next.Cluster == "" {
		var err error
		if next.Cluster, err = clusterID(ctx, s.http, s.ports); err != nil {
			return err
		}
	}
	if err := writeMarker(s.opts.DataDir, next); err != nil {
		return fmt.Errorf("write the marker of the data directory: %w", err)
	}
	s.marker = &next
	return nil
}

// clusterID returns the id that Dgraph gave itself when it was new. Zero creates it shortly after it becomes the leader.
func clusterID(ctx context.Context, client *http.Client, p ports) (string, error) {
	for {
		body, err := get(ctx, client, p.alphaHTTP(), "/state")
		var state struct {
			Cid string `json:"cid"`
		}
		if err == nil {
			err = json.Unmarshal([]byte(body), &state)
		}
		if err == nil && state.Cid != "" {
			return state.Cid, nil
		}
		if sleep(ctx, 100*time.Millisecond) != nil {
			return "", fmt.Errorf("the cluster id of Dgraph is unknown: %w", errors.Join(err, context.Cause(ctx)))
		}
	}
}

// whyNot returns the reason why a process ended before Dgraph was ready.
func (s *Server) whyNot(p *process) error {
	if err := s.diskFull(); err != nil {
		return err
	}
	if damage := damageOf(s.opts.DataDir, p, lastWords(p.log)); damage != nil && p.cmd.ProcessState.ExitCode() > 0 {
		if p.name == "alpha" { // which alone has tables
			if table := s.damagedTable(); table != "" {
				damage.File, damage.What = table, "is damaged: a checksum does not match"
			}
		}
		return damage
	}
	return p.epitaph()
}

// checkTime limits the search for a damaged table, which reads all tables.
const checkTime = 2 * time.Minute

// damagedTable returns the path of a damaged table of the graph; empty if none is found.
func (s *Server) damagedTable() string {
	ctx, cancel := context.WithTimeout(context.Background(), checkTime)
	defer cancel()
	found, err := damagedTables(ctx, s.opts.Executable, s.opts.Args, s.dir)
	if err != nil || len(found) == 0 {
		return ""
	}
	return found[0]
}

// damagedTables returns the paths of the tables whose content does not match their checksums. It reads all tables, with
// the program that contains Dgraph.
func damagedTables(ctx context.Context, executable string, args []string, dir string) ([]string, error) {
	executable, err := program(executable)
	if err != nil {
		return nil, err
	}
	check := exec.CommandContext(ctx, executable, append(slices.Clone(args), "check-tables", filepath.Join(dir, tableStore))...)
	check.Env = environment(os.Environ())
	found, err := check.Output()
	if err != nil {
		return nil, fmt.Errorf("check the tables of %s: %w", dir, err)
	}
	return strings.FieldsFunc(string(found), func(r rune) bool { return r == '\n' }), nil
}

// diskFull returns an error if the disk of the data directory is full.
func (s *Server) diskFull() error {
	disk, err := s.Disk()
	if err != nil || !disk.Full() {
		return nil
	}
	return fmt.Errorf("the disk of %s is full (%s): free some space, and Dgraph starts again by itself", s.opts.DataDir, disk)
}
