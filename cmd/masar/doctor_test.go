package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/internal/masartest"
)

// Catches, with real damage: a fault that doctor does not report or explains wrongly, a command that does not mend it, a
// healthy service that is reported as faulty, and a doctor that changes what it examines. The subtests share one data
// directory; each mends what it has damaged.
func TestDoctor(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("needs /proc to find the children of a process")
	}
	if testing.Short() {
		t.Skip("starts Dgraph")
	}
	p := &patient{binary: masartest.Binary(t), data: seededDirectory(t)}
	s := serve(t, p.binary, "--data-dir", p.data)
	s.awaitReady(t, time.Minute)

	t.Run("a running service is well", func(t *testing.T) { p.isWell(t, embedded.Serving) })
	if r := command(t, p.binary, "backup", filepath.Join(t.TempDir(), "backup"), "--data-dir", p.data); r.code != exitOK {
		t.Fatal(r)
	}
	t.Run("a key is open to others", func(t *testing.T) {
		key := filepath.Join(p.data, "dgraph", "tls", "client.key")
		p.must(t, os.Chmod(key, 0o644))
		p.mends(t, p.finds(t, isFault, "permissions", key+" is open to other users (mode 0644)"))
	})
	t.Run("certificates", func(t *testing.T) { p.certificates(t) })
	t.Run("ports", func(t *testing.T) { p.ports(t) })
	t.Run("Alpha is suspended", func(t *testing.T) {
		alpha := s.children(t)["alpha"]
		p.must(t, syscall.Kill(alpha, syscall.SIGSTOP))
		d := p.diagnose(t, p.data)
		d.has(t, unchecked, "seed", "needs a Dgraph that answers")
		p.mends(t, d.has(t, isFault, "processes", fmt.Sprintf("alpha (process %d) is suspended", alpha)))
		s.awaitReady(t, 30*time.Second)
	})
	t.Run("another schema version", func(t *testing.T) {
		write := func(version int) {
			mutate(t, p.data, fmt.Sprintf(`upsert { query { v as var(func: has(schema_version)) } mutation { set { uid(v) <schema_version> "%d" . } } }`, version))
		}
		write(dgraph.SchemaVersion + 1)
		p.finds(t, isFault, "schema", fmt.Sprintf("the graph has schema version %d, and this masar has version %d", dgraph.SchemaVersion+1, dgraph.SchemaVersion))
		write(dgraph.SchemaVersion - 1)
		if old := p.finds(t, isWarning, "schema", fmt.Sprintf("schema version %d", dgraph.SchemaVersion-1)); !strings.Contains(old.Mend, "make a backup") {
			t.Errorf("%+v", old)
		}
		write(dgraph.SchemaVersion)
	})
	t.Run("the seed", func(t *testing.T) { p.seed(t) })
	t.Run("the last backup is old", func(t *testing.T) {
		write := func(at time.Time) {
			mutate(t, p.data, fmt.Sprintf(`upsert { query { v as var(func: has(backup_at)) } mutation { set { uid(v) <backup_at> "%s" . } } }`, at.UTC().Format(time.RFC3339)))
		}
		write(time.Now().Add(-73 * time.Hour))
		if old := p.finds(t, isWarning, "backup", "3 days ago, at snapshot 1"); !strings.Contains(old.Mend, "masar backup ") {
			t.Errorf("%+v", old)
		}
		write(time.Now())
	})
	t.Run("the marker", func(t *testing.T) { p.marker(t) })
	t.Run("one of two hosts is down", func(t *testing.T) {
		url, err := embedded.Find(p.data)
		p.must(t, err)
		name, _, _ := strings.Cut(strings.TrimPrefix(url, "dgraph://"), "?")
		r := command(t, p.binary, "doctor", "--dgraph", url)
		if r.code != exitOK || !strings.Contains(string(r.out), "leads the Zeros") {
			t.Error(r)
		}
		r = command(t, p.binary, "doctor", "--dgraph", strings.Replace(url, name, name+",127.0.0.1:1", 1))
		if r.code != exitFindings || !strings.Contains(string(r.out), "127.0.0.1:1 does not answer") || !strings.Contains(string(r.out), "start Dgraph on 127.0.0.1:1") ||
			!strings.Contains(string(r.out), "compared with the seed") && !strings.Contains(string(r.out), "has all records of the seed") {
			t.Error(r)
		}
	})
	s.stop(t)

	t.Run("a stopped service is well and stays as it is", func(t *testing.T) {
		before := snapshotOf(t, p.data)
		p.isWell(t, embedded.Unused)
		if after := snapshotOf(t, p.data); after != before {
			t.Errorf("before:\n%s\nafter:\n%s", before, after)
		}
	})
	t.Run("damaged files", func(t *testing.T) { p.damages(t) })
	t.Run("permissions of a stopped service", func(t *testing.T) { p.permissions(t) })
	t.Run("what a crash leaves", func(t *testing.T) { p.crash(t) })
	t.Run("the clock is slow", func(t *testing.T) {
		tomorrow := time.Now().Add(24 * time.Hour)
		p.must(t, os.Chtimes(embedded.MarkerPath(p.data), tomorrow, tomorrow))
		p.finds(t, isWarning, "clock", "marker.json is of "+tomorrow.UTC().Format(time.DateOnly))
		p.must(t, os.Chtimes(embedded.MarkerPath(p.data), time.Now(), time.Now()))
	})
	t.Run("files of a newer Dgraph", func(t *testing.T) {
		marker, err := embedded.ReadMarker(p.data)
		p.must(t, err)
		marker.Versions = embedded.Versions{Masar: "v9.0.0", Dgraph: "v99.0.0"}
		content, err := json.Marshal(marker)
		p.must(t, err)
		replaced(t, embedded.MarkerPath(p.data), content)
		if found := p.finds(t, isFault, "versions", "the files were last opened by masar v9.0.0 with Dgraph v99.0.0"); found.Mend != "use masar v9.0.0 or a newer one" {
			t.Errorf("%+v", found)
		}
	})
	t.Run("the disk", func(t *testing.T) { p.disk(t) })
	p.isWell(t, embedded.Unused)
}

// patient is a data directory that doctor examines.
type patient struct{ binary, data string }

func (p *patient) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// diagnose runs doctor and checks that its exit code fits its result.
func (p *patient) diagnose(t *testing.T, dir string) diagnosis {
	t.Helper()
	r := command(t, p.binary, "doctor", "--data-dir", dir, "--output", "json")
	var d diagnosis
	if err := json.Unmarshal(r.out, &d); err != nil {
		t.Fatalf("%v: %s", err, r)
	}
	want := exitOK
	if d.Rating != isOK {
		want = exitFindings
	}
	if r.code != want {
		t.Errorf("rating %s with exit code %d", d.Rating, r.code)
	}
	worst := 0
	for _, c := range d.Checks {
		rank := map[rating]int{isFault: 0, isWarning: 1, unchecked: 2, isOK: 3}[c.Rating]
		if rank < worst || c.Seen == "" || (c.Rating == isFault || c.Rating == isWarning) != (c.Mend != "" && c.Meaning != "") {
			t.Errorf("out of order, or incomplete: %+v", c)
		}
		worst = rank
	}
	return d
}

// isWell checks that doctor finds nothing, and has made every check that the use of the directory allows.
func (p *patient) isWell(t *testing.T, use embedded.Use) {
	t.Helper()
	d := p.diagnose(t, p.data)
	got := map[string]rating{}
	for _, c := range d.Checks {
		if c.Rating == isFault || c.Rating == isWarning {
			t.Errorf("%+v", c)
		}
		got[c.Check] = c.Rating
	}
	needGraph := map[string]bool{"schema": true, "graph": true, "seed": true}
	for _, check := range []string{"directory", "disk", "permissions", "files", "processes", "certificates", "ports", "schema", "graph", "clock", "seed", "memory", "versions"} {
		want := isOK
		if use == embedded.Unused && needGraph[check] {
			want = unchecked
		}
		if got[check] != want {
			t.Errorf("%s is %q, want %q", check, got[check], want)
		}
	}
	if d.Use != use || d.Rating != isOK {
		t.Errorf("use %s, rating %s", d.Use, d.Rating)
	}
}

// finds checks that doctor reports something about the data directory, and returns it.
func (p *patient) finds(t *testing.T, r rating, check, seen string) checked {
	t.Helper()
	return p.findsIn(t, p.data, r, check, seen)
}

func (p *patient) findsIn(t *testing.T, dir string, r rating, check, seen string) checked {
	t.Helper()
	return p.diagnose(t, dir).has(t, r, check, seen)
}

// has checks that a diagnosis has a result, and returns it.
func (d diagnosis) has(t *testing.T, r rating, check, seen string) checked {
	t.Helper()
	for _, c := range d.Checks {
		if c.Rating == r && c.Check == check && strings.Contains(c.Seen, seen) {
			return c
		}
	}
	t.Fatalf("no %s %q with %q in %+v", r, check, seen, d)
	return checked{}
}

// mends runs the command of a result, as an operator would, and returns its output.
func (p *patient) mends(t *testing.T, c checked) string {
	t.Helper()
	shell := exec.Command("sh", "-c", strings.TrimPrefix(c.Mend, "sudo "))
	shell.Env = append(os.Environ(), "PATH="+filepath.Dir(p.binary)+":"+os.Getenv("PATH"))
	out, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", c.Mend, err, out)
	}
	return string(out)
}
