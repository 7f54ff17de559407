package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"masar/dgraph/embedded"
	"masar/internal/masartest"
)

// damage is a change to the files of a data directory.
type damage struct {
	name string
	do   func(t *testing.T, dir string)
	// file is the path in the message, relative to the data directory; what is the description of its damage.
	file, what string
}

// damages are changes after which a start must fail.
var damages = []damage{
	{"zw deleted", deleted("dgraph/zw"), "dgraph/zw", "is missing"},
	{"p deleted", deleted("dgraph/p"), "dgraph/p", "is missing"},
	{"w deleted", deleted("dgraph/w"), "dgraph/w", "is missing"},
	{"p and w deleted", deleted("dgraph/p", "dgraph/w"), "dgraph/p", "is missing"},
	{"dgraph deleted", deleted("dgraph"), "dgraph/p", "is missing"},
	{"p emptied", deleted("dgraph/p/*"), "dgraph/p", "is missing"},
	{"p deleted, of an older version", deleted("dgraph/p", "marker.json"), "dgraph/p", "is missing"},
	{"MANIFEST deleted", deleted("dgraph/p/MANIFEST"), "dgraph/p/MANIFEST", "is missing"},
	{"MANIFEST truncated to 8 bytes", truncated("dgraph/p/MANIFEST", 8), "dgraph/p/MANIFEST", "is cut off"},
	{"MANIFEST truncated to its half", truncated("dgraph/p/MANIFEST", -2), "dgraph/p/MANIFEST", "is cut off"},
	{"MANIFEST emptied", truncated("dgraph/p/MANIFEST", 0), "dgraph/p/MANIFEST", "is damaged"},
	{"MANIFEST flipped", flipped("dgraph/p/MANIFEST", -2), "dgraph/p/MANIFEST", "is damaged"},
	{"table deleted", deleted("dgraph/p/*.sst"), "dgraph/p/*.sst", "is missing"},
	{"table truncated", truncated("dgraph/p/*.sst", -2), "dgraph/p/*.sst", "is damaged"},
	{"index of a table flipped", flipped("dgraph/p/*.sst", -1), "dgraph/p/*.sst", "is damaged"},
	{"table flipped", flipped("dgraph/p/*.sst", 100), "dgraph/p/*.sst", "is damaged"},
	{"log truncated", truncated("dgraph/w/*.wal", 1<<20+10), "dgraph/w/*.wal", "is damaged"},
	{"log emptied", truncated("dgraph/w/*.wal", 0), "dgraph/w/*.wal", "is damaged"},
	{"log of Zero truncated", truncated("dgraph/zw/*.wal", 1<<19), "dgraph/zw/*.wal", "is damaged"},
	{"log deleted", deleted("dgraph/w/*.wal"), "dgraph/w", "is damaged"},
	{"wal.meta truncated", truncated("dgraph/zw/wal.meta", 100), "dgraph/zw/wal.meta", "is damaged"},
	{"wal.meta deleted", deleted("dgraph/w/wal.meta"), "dgraph/w/wal.meta", "is missing"},
	{"marker overwritten", overwritten("marker.json"), "marker.json", "cannot be read"},
	{"files of another cluster", markedAs(func(m *embedded.Marker) { m.Cluster = "another" }), "dgraph", "is of another cluster"},
	{"files of an earlier day", markedAs(func(m *embedded.Marker) { m.Snapshot++ }), "dgraph", "has lost writes"},
}

// harmless are changes after which a start must succeed.
var harmless = []damage{
	{name: "marker deleted", do: deleted("marker.json")},
	{name: "ports.json and running.json overwritten, lock of a process that is gone, certificates deleted", do: func(t *testing.T, dir string) {
		overwritten("dgraph/ports.json")(t, dir)
		overwritten("dgraph/running.json")(t, dir)
		write(t, filepath.Join(dir, "dgraph", "lock"), []byte("999999\n"))
		deleted("dgraph/tls")(t, dir)
	}},
}

// Catches: a store that has lost data and is filled with the seed or served as if complete, and a panic of Dgraph without
// a useful message. Also catches a start that increases the damage.
func TestDamagedDirectory(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("copies sparse files with cp")
	}
	if testing.Short() {
		t.Skip("starts Dgraph many times")
	}
	masarBinary, original := masartest.Binary(t), filledDirectory(t)
	for _, d := range damages {
		t.Run(d.name, func(t *testing.T) {
			dir := copied(t, original)
			file := filepath.Join(dir, d.file)
			if strings.Contains(d.file, "*") {
				file = first(t, file)
			}
			d.do(t, dir)
			before := listing(t, dir)
			r := command(t, masarBinary, "serve", "--data-dir", dir, "--listen", "127.0.0.1:0")
			want := file + " " + d.what
			said := sentence(r)
			if r.code != exitFailure || !strings.Contains(said, want) || !strings.Contains(said, "restore a backup, or start anew with --new") {
				t.Errorf("want exit code 1 and %q with the way back:\n%s", want, r)
			}
			if regexp.MustCompile(`panic|goroutine|fatal error|\.go:\d`).Match(r.talk) {
				t.Errorf("a trace of Dgraph's: %s", r)
			}
			if bytes.Contains(r.talk, []byte("seed loaded")) {
				t.Errorf("the seed was written: %s", r)
			}
			after := listing(t, dir)
			for _, table := range before { // Dgraph may write another table when it stops
				if !slices.Contains(after, table) {
					t.Errorf("tables before %v, after %v", before, after)
				}
			}
			t.Logf("| %s | %s |", d.name, strings.ReplaceAll(said, dir, "DATA"))
		})
	}
	for _, d := range harmless {
		t.Run(d.name, func(t *testing.T) {
			dir := copied(t, original)
			d.do(t, dir)
			r := command(t, masarBinary, "verify", "--data-dir", dir)
			if r.code != exitOK || !strings.Contains(string(r.talk), "no faults in the graph at snapshot 2") {
				t.Error(r)
			}
			if m, err := embedded.ReadMarker(dir); err != nil || m == nil || m.Snapshot != 2 || m.Cluster == "" {
				t.Errorf("the marker is %+v, %v", m, err)
			}
		})
	}
}

// filled are data directories that tests copy: with the seed, and with one more write. TestMain removes them.
var filled struct {
	sync.Mutex
	dir string
}

// seededDirectory returns a new data directory with the seed in it, at snapshot 1.
func seededDirectory(t *testing.T) string {
	t.Helper()
	return copied(t, filepath.Join(filledDirectories(t), "seeded"))
}

// filledDirectory returns a new data directory with the seed and one more write, with its tables on the disk.
func filledDirectory(t *testing.T) string {
	t.Helper()
	return copied(t, filepath.Join(filledDirectories(t), "written"))
}

// filledDirectories makes the directories for the first test that asks.
func filledDirectories(t *testing.T) string {
	t.Helper()
	filled.Lock()
	defer filled.Unlock()
	if filled.dir != "" {
		return filled.dir
	}
	top, err := os.MkdirTemp("", "masar-filled-")
	if err != nil {
		t.Fatal(err)
	}
	masarBinary, dir := masartest.Binary(t), filepath.Join(top, "seeded")
	if r := command(t, masarBinary, "seed", "load", "--data-dir", dir); r.code != 0 {
		t.Fatal(r)
	}
	dir = copiedTo(t, dir, filepath.Join(top, "written"))
	changed := copySeed(t, func(name string, content []byte) []byte {
		if name != "common/countries.yaml" {
			return content
		}
		return bytes.Replace(content, []byte("en: Egypt"), []byte("en: Egypt the Beautiful"), 1)
	})
	if r := command(t, masarBinary, "seed", "load", "--data-dir", dir, "--dir", changed); r.code != 0 || !strings.HasSuffix(string(r.out), "snapshot 2\n") {
		t.Fatal(r)
	}
	if m, err := embedded.ReadMarker(dir); err != nil || m == nil || m.Snapshot != 2 || m.Cluster == "" {
		t.Fatalf("the marker is %+v, %v", m, err)
	}
	filled.dir = top
	return top
}

// Catches: a start with --new that deletes recoverable data or does not create a graph, and such a start without the
// flag.
func TestStartAnew(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts Dgraph twice")
	}
	masarBinary, dir := masartest.Binary(t), filledDirectory(t)
	deleted("dgraph/p")(t, dir)
	s := serve(t, masarBinary, "--data-dir", dir, "--new")
	s.awaitReady(t, time.Minute)
	if got := s.country("EGY"); got.Data.Country.Title.Value != "Egypt" {
		t.Errorf("%+v", got)
	}
	s.stop(t)
	aside, err := filepath.Glob(filepath.Join(dir, "before-*"))
	if err != nil || len(aside) != 1 {
		t.Fatalf("%v, %v", aside, err)
	}
	for _, kept := range []string{"zw/wal.meta", "w/wal.meta", "marker.json"} {
		if _, err := os.Stat(filepath.Join(aside[0], kept)); err != nil {
			t.Error(err)
		}
	}
}

// Catches: a copy of a data directory that cannot run beside its original or disturbs it.
func TestCopyRunsBesideItsOriginal(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts Dgraph three times")
	}
	masarBinary, original := masartest.Binary(t), filledDirectory(t)
	if r := command(t, masarBinary, "verify", "--data-dir", original); r.code != exitOK { // chooses its ports
		t.Fatal(r)
	}
	dir := copied(t, original)
	services := []*running{serve(t, masarBinary, "--data-dir", original), serve(t, masarBinary, "--data-dir", dir)}
	for _, s := range services {
		s.awaitReady(t, time.Minute)
	}
	for _, s := range services {
		if got := s.country("EGY"); got.Data.Country.Title.Value != "Egypt the Beautiful" || s.status("/readyz") != http.StatusOK {
			t.Errorf("%+v", got)
		}
		s.stop(t)
	}
	if !strings.Contains(services[1].talk(), "choosing other ports") || strings.Contains(services[0].talk(), "choosing other ports") {
		t.Errorf("the original said\n%s\nand the copy\n%s", services[0].talk(), services[1].talk())
	}
}

// sentence returns the last message of a command.
func sentence(r result) string {
	said := strings.TrimSpace(string(r.talk))
	if at := strings.LastIndex(said, "masar: "); at >= 0 {
		return said[at:]
	}
	return said
}

// copied returns a copy of a data directory. Dgraph's files are sparse.
func copied(t *testing.T, from string) string {
	t.Helper()
	return copiedTo(t, from, filepath.Join(t.TempDir(), "data"))
}

func copiedTo(t *testing.T, from, to string) string {
	t.Helper()
	if out, err := exec.Command("cp", "-a", "--sparse=always", from, to).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return to
}

// listing returns the names and sizes of the tables, which a start must not change.
func listing(t *testing.T, dir string) []string {
	t.Helper()
	tables, err := filepath.Glob(filepath.Join(dir, "dgraph", "p", "*.sst"))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, path := range tables {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprint(filepath.Base(path), " ", info.Size()))
	}
	return lines
}

// first returns the first file that matches a pattern. The test fails if there is none, because it would damage nothing.
func first(t *testing.T, pattern string) string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no such file (%v)", pattern, err)
	}
	return files[0]
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// deleted deletes all files that match patterns.
func deleted(patterns ...string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		for _, pattern := range patterns {
			first(t, filepath.Join(dir, pattern))
			files, _ := filepath.Glob(filepath.Join(dir, pattern))
			for _, file := range files {
				if err := os.RemoveAll(file); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// place returns an offset in a file of a given size: n, or that share of the size if n is negative; -1 is near the end.
func place(n, size int64) int64 {
	switch {
	case n == -1:
		return size - 30
	case n < 0:
		return size / -n
	}
	return n
}

// truncated truncates a file at an offset.
func truncated(pattern string, n int64) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		path := first(t, filepath.Join(dir, pattern))
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, place(n, info.Size())); err != nil {
			t.Fatal(err)
		}
	}
}

// flipped changes some bytes of a file at an offset.
func flipped(pattern string, n int64) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		path := first(t, filepath.Join(dir, pattern))
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		var bytes [4]byte
		if _, err := f.ReadAt(bytes[:], place(n, info.Size())); err != nil {
			t.Fatal(err)
		}
		for i := range bytes {
			bytes[i] ^= 0xff
		}
		if _, err := f.WriteAt(bytes[:], place(n, info.Size())); err != nil {
			t.Fatal(err)
		}
	}
}

// overwritten replaces the content of a file.
func overwritten(path string) func(*testing.T, string) {
	return func(t *testing.T, dir string) { write(t, filepath.Join(dir, path), []byte("\x00garbage")) }
}

// markedAs changes the marker to that of other files.
func markedAs(change func(*embedded.Marker)) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		marker, err := embedded.ReadMarker(dir)
		if err != nil || marker == nil {
			t.Fatalf("%+v, %v", marker, err)
		}
		change(marker)
		content, err := json.Marshal(marker)
		if err != nil {
			t.Fatal(err)
		}
		write(t, embedded.MarkerPath(dir), content)
	}
}
