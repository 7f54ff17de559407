package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/internal/masartest"
	"masar/search"
)

// drill is a service that is lost, and the directories of its backups.
type drill struct {
	binary, data, backups string
	// acked is the number of acknowledged writes.
	mu    sync.Mutex
	acked int
}

// Catches: a backup under writes that lacks what was acknowledged before it, has half of a write, or is not what a restore gives
// back; an interrupted restore that is served or cannot be continued; a restore over a graph; refusals with another exit code or
// message; damage that verify does not name or a rewrite does not mend; a doctor that does not know the last backup. make
// fault-test runs it, too: each subtest is a row of its table.
func TestDrill(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("the children of a killed masar end on Linux")
	}
	if testing.Short() {
		t.Skip("starts Dgraph")
	}
	d := &drill{binary: masartest.Binary(t), data: filepath.Join(t.TempDir(), "lost"), backups: t.TempDir()}
	s := serve(t, d.binary, "--data-dir", d.data)
	s.awaitReady(t, 2*time.Minute)
	var before int
	t.Run("a backup under writes, then all processes killed", func(t *testing.T) { before = d.backupUnderWrites(t, s) })
	restored := filepath.Join(t.TempDir(), "restored")
	t.Run("a restore interrupted by kill", func(t *testing.T) { d.interrupted(t, restored) })
	t.Run("the restore continued", func(t *testing.T) { d.continued(t, restored) })
	serve(t, d.binary, "--data-dir", restored).awaitReady(t, 2*time.Minute)
	t.Run("the restored graph verified and compared", func(t *testing.T) { d.compared(t, restored, before) })
	t.Run("a Dgraph of its own", func(t *testing.T) { d.external(t) })
	t.Run("refused backups and databases", func(t *testing.T) { d.refusals(t, restored) })
	t.Run("a dropped predicate is named and written again", func(t *testing.T) { d.mending(t, restored) })
}

// dir is the directory of a backup.
func (d *drill) dir(name string) string { return filepath.Join(d.backups, name) }

// writes is a write of two records that belong together.
func (d *drill) writes(n int) *masar.Batch {
	b := &masar.Batch{}
	for _, side := range []string{"left", "right"} {
		text := masar.LocalizedText{AR: masar.Translation{Value: fmt.Sprint("كتابة ", n)}, EN: masar.Translation{Value: fmt.Sprint("Write ", n)}}
		for _, code := range []string{"drill-" + side, fmt.Sprintf("drill-%d-%s", n, side)} {
			b.Entities = append(b.Entities, &masar.Topic{Header: masar.Header{Kind: masar.KindTopic, Code: code, Titles: text, Summaries: text}})
		}
	}
	return b
}

// write writes until the context ends.
func (d *drill) write(ctx context.Context, store *dgraph.Store) {
	for n := 1; ctx.Err() == nil; n++ {
		if _, err := store.Save(context.WithoutCancel(ctx), dgraph.Write{Batch: d.writes(n), By: "amal"}); err != nil {
			return // the processes are being killed
		}
		d.mu.Lock()
		d.acked = n
		d.mu.Unlock()
	}
}

// backupUnderWrites makes a backup while a client writes, kills all processes and deletes their data. It returns the number of
// writes acknowledged before the backup began.
func (d *drill) backupUnderWrites(t *testing.T, s *running) int {
	address, err := embedded.Find(d.data)
	if err != nil {
		t.Fatal(err)
	}
	store, err := dgraph.Open(t.Context(), address, dgraph.WithAnalyser(search.Pack))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	ctx, stop := context.WithCancel(t.Context())
	var writer sync.WaitGroup
	writer.Go(func() { d.write(ctx, store) })
	written := func() int { d.mu.Lock(); defer d.mu.Unlock(); return d.acked }
	within(t, time.Minute, func() error {
		if n := written(); n < 5 {
			return fmt.Errorf("%d writes", n)
		}
		return nil
	})
	before := written()
	r := command(t, d.binary, "backup", d.dir("first"), "--data-dir", d.data)
	if r.code != exitOK || !bytes.HasPrefix(r.out, []byte("backed up snapshot ")) {
		t.Fatal(r)
	}
	t.Logf("%s", r.out)
	if after := written(); after == before {
		t.Error("nothing was written during the backup")
	}
	if r := command(t, d.binary, "doctor", "--data-dir", d.data, "--output", "json"); !strings.Contains(string(r.out), "the last backup is of ") {
		t.Error(r)
	}
	s.kill(t)
	stop()
	writer.Wait()
	within(t, 30*time.Second, func() error { return os.RemoveAll(d.data) })
	return before
}

// interrupted kills a restore when it has begun to write.
func (d *drill) interrupted(t *testing.T, data string) {
	c := exec.Command(d.binary, "restore", d.dir("first"), "--data-dir", data)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	within(t, time.Minute, func() error {
		address, err := embedded.Find(data)
		if err != nil {
			return err
		}
		store, err := dgraph.Open(t.Context(), address)
		if err != nil {
			return err
		}
		defer store.Close()
		state, err := store.State(t.Context())
		if err == nil && state.Restoring == "" {
			err = errors.New("no restore has begun")
		}
		return err
	})
	if err := errors.Join(c.Process.Kill(), ignoreExit(c.Wait())); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"verify"}} {
		r := command(t, d.binary, append(args, "--data-dir", data)...)
		if r.code != exitFailure || !strings.Contains(string(r.talk), "A restore into this database is not finished") {
			t.Errorf("%v: %s", args, r)
		}
	}
}

func ignoreExit(err error) error {
	if _, ended := errors.AsType[*exec.ExitError](err); ended {
		return nil
	}
	return err
}

// continued continues the restore.
func (d *drill) continued(t *testing.T, data string) {
	r := command(t, d.binary, "restore", d.dir("first"), "--data-dir", data)
	if r.code != exitOK || !bytes.HasPrefix(r.out, []byte("restored snapshot ")) {
		t.Fatal(r)
	}
	t.Logf("%s", r.out)
}

// compared compares the restored graph with the backup and with the acknowledged writes.
func (d *drill) compared(t *testing.T, data string, before int) {
	if r := command(t, d.binary, "verify", "--data-dir", data); r.code != exitOK {
		t.Error(r)
	}
	if r := command(t, d.binary, "backup", d.dir("again"), "--data-dir", data); r.code != exitOK {
		t.Fatal(r)
	}
	d.equal(t, "again")
	out := filepath.Join(t.TempDir(), "graph.jsonl")
	if r := command(t, d.binary, "export", "--format", "jsonl", "--out", out, "--data-dir", data); r.code != exitOK {
		t.Fatal(r)
	}
	d.complete(t, string(read(t, out)), before)
}

// equal compares a backup with the first, byte for byte.
func (d *drill) equal(t *testing.T, other string) {
	t.Helper()
	for _, name := range []string{"graph.jsonl.zst", "texts.jsonl.zst", "manifest.json", "manifest.json.sha256"} {
		if one, two := read(t, filepath.Join(d.dir("first"), name)), read(t, filepath.Join(d.dir(other), name)); !bytes.Equal(one, two) {
			t.Errorf("%s of the backup %s differs", name, other)
		}
	}
}

// external restores into a Dgraph that masar did not start, and makes a backup of that.
func (d *drill) external(t *testing.T) {
	other, err := embedded.Start(t.Context(), embedded.Options{DataDir: t.TempDir(), Executable: d.binary, FastWrites: true})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Stop(context.Background())
	for _, args := range [][]string{{"restore", d.dir("first")}, {"backup", d.dir("external")}} {
		if r := command(t, d.binary, append(args, "--no-verify", "--dgraph", other.URL())...); r.code != exitOK {
			t.Fatal(r)
		}
	}
	d.equal(t, "external")
}

// complete checks that a graph has each write acknowledged before the backup, and no half of one.
func (d *drill) complete(t *testing.T, graph string, before int) {
	has := func(n int, side string) bool {
		return strings.Contains(graph, fmt.Sprintf(`"code":"drill-%d-%s"`, n, side))
	}
	newest := 0
	for n := 1; n <= d.acked+1; n++ {
		left, right := has(n, "left"), has(n, "right")
		if left != right || n <= before && !left {
			t.Errorf("of write %d there is left %t and right %t; %d were acknowledged before the backup", n, left, right, before)
		}
		if left {
			newest = n
		}
	}
	for _, side := range []string{"left", "right"} {
		_, rest, found := strings.Cut(graph, `"code":"drill-`+side+`"`)
		line, _, _ := strings.Cut(rest, "\n")
		if !found || !strings.Contains(line, fmt.Sprintf(`"value":"Write %d"`, newest)) {
			t.Errorf("drill-%s is not of write %d: %s", side, newest, line)
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// refusals tries what must be refused, with the exit code and the message of each.
func (d *drill) refusals(t *testing.T, data string) {
	damaged := d.dir("damaged")
	if err := os.CopyFS(damaged, os.DirFS(d.dir("first"))); err != nil {
		t.Fatal(err)
	}
	flipped("graph.jsonl.zst", -2)(t, damaged)
	fresh := filepath.Join(t.TempDir(), "fresh")
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{exitFailure, "The database already has a graph, at snapshot ", []string{"restore", d.dir("first"), "--data-dir", data}},
		{exitFailure, "is not empty. Name a new directory", []string{"backup", d.dir("first"), "--data-dir", data}},
		{exitFindings, "graph.jsonl.zst of the backup in " + damaged + " is damaged", []string{"restore", damaged, "--data-dir", fresh}},
		{exitNotFound, "There is no backup of Masar in ", []string{"restore", d.backups, "--data-dir", fresh}},
		{exitNotFound, "nowhere", []string{"restore", d.dir("nowhere"), "--data-dir", fresh}},
		{exitUsage, "--new is for the included Dgraph", []string{"restore", d.dir("first"), "--new", "--dgraph", "dgraph://127.0.0.1:1"}},
		{exitUnreachable, "", []string{"restore", d.dir("first"), "--dgraph", "dgraph://127.0.0.1:1"}},
	} {
		if r := command(t, d.binary, c.args...); r.code != c.code || !strings.Contains(string(r.talk), c.says) {
			t.Errorf("%v: want %d and %q: %s", c.args, c.code, c.says, r)
		}
	}
	if _, err := os.Stat(fresh); err == nil {
		t.Error("a refused restore has made a data directory")
	}
}

// mending deletes all Arabic titles in the database, and lets the seed write them again.
func (d *drill) mending(t *testing.T, data string) {
	mutate(t, data, `upsert { query { v as var(func: has(title_ar)) @filter(NOT eq(kind, "TOPIC")) } mutation { delete { uid(v) <title_ar> * . } } }`)
	verified := func() (all []finding) {
		r := command(t, d.binary, "verify", "--data-dir", data, "--output", "json")
		var v verification
		if err := json.Unmarshal(r.out, &v); err != nil || (r.code == exitFindings) != (len(v.Findings) > 0) {
			t.Fatalf("%v: %s", err, r)
		}
		return v.Findings
	}
	isDigest := func(f finding) bool { return f.Code == masar.FaultNodeDigest && f.Record == "COUNTRY/TUN" }
	if found := verified(); !slices.ContainsFunc(found, isDigest) {
		t.Fatalf("%d findings, none about the digest of COUNTRY/TUN", len(found))
	}
	r := command(t, d.binary, "backup", d.dir("of a damaged graph"), "--data-dir", data)
	if r.code != exitFindings || !bytes.Contains(r.out, []byte("NODE_DIGEST COUNTRY/TUN")) {
		t.Error(r)
	}
	r = command(t, d.binary, "seed", "load", "--rewrite", "--data-dir", data)
	if r.code != exitOK || !bytes.Contains(r.out, []byte("rewritten COUNTRY TUN: title\n")) {
		t.Fatal(r)
	}
	t.Logf("%s", lastLine(r.out))
	if found := verified(); len(found) > 0 {
		t.Errorf("%d findings after the rewrite: %+v", len(found), found[0])
	}
}

func lastLine(text []byte) []byte {
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	return lines[len(lines)-1]
}

// Catches: an import of a file with faults that writes, and faults without their place; flags that are not checked.
func TestExportAndImportFlags(t *testing.T) {
	binary := masartest.Binary(t)
	dir := t.TempDir()
	file, fresh := filepath.Join(dir, "bad.jsonl"), filepath.Join(dir, "fresh")
	write(t, file, []byte(`{"masar":1,"of":"HEADER","profile":"full"}
{"code":"b","of":"TOPIC","parent":"TOPIC/a","summary":{"ar":{"value":"ب"},"en":{"value":"B"}},"title":{"en":{"value":"B"}},"version":1}
{"of":"END","records":1}
`))
	for _, c := range []struct {
		code      int
		out, talk string
		args      []string
	}{
		{exitUsage, "", "--format is missing: give jsonl", []string{"export"}},
		{exitUsage, "", "--format", []string{"export", "--format", "csv"}},
		{exitUsage, "", "give public or full", []string{"export", "--format", "jsonl", "--profile", "backup"}},
		{exitUsage, "", "none of the endings", []string{"export", "--format", "jsonl", "-o", "graph.json"}},
		{exitNotFound, "", "there is no graph in", []string{"export", "--format", "jsonl", "--data-dir", fresh}},
		{exitUsage, "", "none of the endings", []string{"import", "graph.csv"}},
		{exitUsage, "", "give restore", []string{"import", file, "--as", "proposals"}},
		{exitNotFound, "", "nothing.jsonl", []string{"import", filepath.Join(dir, "nothing.jsonl"), "--data-dir", fresh}},
		{exitFindings, file + ":2: TEXT_ONE_LANGUAGE TOPIC/b title.ar: ", "nothing was written", []string{"import", file, "--data-dir", fresh}},
	} {
		r := command(t, binary, c.args...)
		if r.code != c.code || !strings.Contains(string(r.out), c.out) || !strings.Contains(string(r.talk), c.talk) {
			t.Errorf("%v: want %d, %q and %q: %s", c.args, c.code, c.out, c.talk, r)
		}
	}
	if _, err := os.Stat(fresh); err == nil {
		t.Error("a refused import has made a data directory")
	}
}
