package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/server"
)

// Catches: a state that is not named, that makes the service ready or unready wrongly, or that does not say what to do in both
// languages and where to read more.
func TestChecksSayWhatToDo(t *testing.T) {
	now := time.Now()
	host := func(name string, failed time.Time) dgraph.HostState {
		return dgraph.HostState{Name: name, Failed: failed, Cause: errors.New("refused")}
	}
	dir := t.TempDir()
	kept := filepath.Join(dir, "graph.masar")
	if err := os.WriteFile(kept, make([]byte, 4096), 0o600); err != nil {
		t.Fatal(err)
	}
	draining := &service{app: &app{}}
	draining.draining.Store(true)
	compared := func(c *comparison) server.Check {
		s := &service{app: &app{}}
		s.compared.Store(c)
		return s.seedCheck()
	}
	starting := &service{app: &app{}, began: now.Add(-time.Minute)}
	restarted := embedded.State{Phase: embedded.Restarting, Since: now, Err: errors.New("alpha was ended"), Restarts: 3}
	for name, c := range map[string]struct {
		check         server.Check
		ok            bool
		state, detail string
		runbook       string // empty if there is nothing to do
	}{
		"serving":              {(&service{app: &app{}}).serviceCheck(), true, "serving", "", ""},
		"stopping":             {draining.serviceCheck(), false, "stopping", "", runbookNotReady},
		"not begun":            {starting.dgraphCheck(), false, "starting", "starting for 1m0s", runbookNotReady},
		"starting":             {includedCheck(embedded.State{Phase: embedded.Starting, Since: now}), false, "starting", "", runbookNotReady},
		"ready":                {includedCheck(embedded.State{Phase: embedded.Ready, Since: now}), true, "ready", "started again 0 times", ""},
		"restarting":           {includedCheck(restarted), false, "restarting", "started again 3 times; the last reason was: alpha was ended", runbookHung},
		"stopped":              {includedCheck(embedded.State{Phase: embedded.Stopped, Since: now}), false, "stopped", "", runbookNotReady},
		"waiting for hosts":    {hostsCheck(false, nil), false, "waiting", "", runbookNotReady},
		"all hosts answer":     {hostsCheck(true, []dgraph.HostState{host("a", time.Time{})}), true, "answering", "1 of 1 hosts answer", ""},
		"a host does not":      {hostsCheck(true, []dgraph.HostState{host("a", time.Time{}), host("b", now)}), true, "partly", "1 of 2 hosts answer; b does not", runbookLostNode},
		"no host does":         {hostsCheck(true, []dgraph.HostState{host("a", now), host("b", now)}), true, "silent", "0 of 2", runbookQuorum},
		"reading":              {starting.graphCheck(), false, "reading", "not read yet", runbookNotReady},
		"current":              {graphState(now, nil), true, "current", "", ""},
		"old":                  {graphState(now.Add(-time.Minute), errors.New("too old")), false, "old", "no word from Dgraph for 60", runbookOld},
		"not compared":         {compared(nil), true, "unknown", "", ""},
		"seed loaded":          {compared(&comparison{}), true, "loaded", "", ""},
		"seed differs":         {compared(&comparison{1, 2}), true, "differs", "1 records are missing, 2 are different", operatingCheck},
		"disk":                 {diskCheck(embedded.Disk{Free: 1 << 30, Total: 1 << 31}, nil), true, "enough", "1024 MB free", ""},
		"disk low":             {diskCheck(embedded.Disk{Free: 100 << 20, Total: 1 << 31}, nil), true, "low", "nearly full", runbookDisk},
		"disk full":            {diskCheck(embedded.Disk{Free: 1 << 20, Total: 1 << 31}, nil), true, "full", "FULL", runbookDisk},
		"disk unknown":         {diskCheck(embedded.Disk{}, errors.ErrUnsupported), true, "unknown", "unsupported", ""},
		"graph kept":           {graphFileCheck(kept, true), true, "kept", "4 kB", ""},
		"graph not kept yet":   {graphFileCheck(filepath.Join(dir, "no"), false), true, "unknown", "", ""},
		"graph not kept":       {graphFileCheck(filepath.Join(dir, "no"), true), true, "missing", "", operatingStart},
		"backup unknown":       {backupCheck(nil), true, "unknown", "", ""},
		"no backup needed":     {backupCheck(&knowledge{snapshot: 1}), true, "none", "only its first write", ""},
		"no backup":            {backupCheck(&knowledge{snapshot: 9}), true, "none", "it is at snapshot 9", runbookBackup},
		"backup":               {backupCheck(&knowledge{snapshot: 9, backup: now.Add(-time.Hour), backupSnapshot: 8}), true, "made", "at snapshot 8; 1 write since", ""},
		"backup old":           {backupCheck(&knowledge{snapshot: 9, backup: now.Add(-72 * time.Hour), backupSnapshot: 8}), true, "old", "", runbookBackup},
		"backup old and whole": {backupCheck(&knowledge{snapshot: 8, backup: now.Add(-72 * time.Hour), backupSnapshot: 8}), true, "made", "0 writes since", ""},
		"clock unknown":        {clockCheck(nil), true, "unknown", "", ""},
		"clock right":          {clockCheck(&knowledge{at: now, written: now}), true, "right", "", ""},
		"clock ahead":          {clockCheck(&knowledge{at: now, written: now.Add(time.Hour)}), true, "ahead", "the last write is of", operatingTrouble},
	} {
		got := c.check
		if got.OK != c.ok || got.State != c.state || !strings.Contains(got.Detail, c.detail) || got.Name == "" {
			t.Errorf("%s: %+v", name, got)
		}
		if (got.Do != nil) != (c.runbook != "") || got.Runbook != c.runbook {
			t.Errorf("%s: do %v, runbook %q", name, got.Do, got.Runbook)
		}
	}
}

// Catches: a state that docs/operating.md does not list, and one that does not exist.
func TestStatesAreDocumented(t *testing.T) {
	docs, err := os.ReadFile("../../docs/operating.md")
	if err != nil {
		t.Fatal(err)
	}
	code, err := os.ReadFile("checks.go")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(docs), "\n## Health\n")
	section, _, _ = strings.Cut(section, "\n## ")
	documented := map[string]bool{}
	for _, m := range regexp.MustCompile("`([a-z-]+)`").FindAllStringSubmatch(section, -1) {
		documented[m[1]] = true
	}
	known := map[string]bool{"starting": true, "ready": true, "restarting": true, "stopped": true} // of the included Dgraph
	for _, m := range regexp.MustCompile(`(?:State: |check\.State = |check\.State, check\.Detail = |Name: )"([a-z-]+)"`).FindAllStringSubmatch(string(code), -1) {
		known[m[1]] = true
	}
	for state := range known {
		if !documented[state] {
			t.Errorf("docs/operating.md does not list %q under Health", state)
		}
	}
	if len(known) < 30 {
		t.Errorf("only %d states are known", len(known))
	}
}
