package dump_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/dgraph/embedded/embeddedtest"
	"masar/exchange/dump"
	"masar/search"
	"masar/seed"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// open opens the graph in a Dgraph, without a schema.
func open(t *testing.T, server *embedded.Server, options ...dgraph.Option) *dgraph.Store {
	t.Helper()
	options = append(options, dgraph.WithAnalyser(search.Pack), dgraph.WithReadTime(30*time.Second))
	store, err := dgraph.Open(t.Context(), server.URL(), options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store
}

// lived is the seed graph after a history of writes: edits of others, a rejected claim, a new one in no state of readers, source
// texts, a new version of a text's document, and texts that JSON, RDF or Dgraph could misread.
func lived(t *testing.T) *dgraph.Store {
	t.Helper()
	store := open(t, embeddedtest.Shared(t))
	must(t, store.ApplySchema(t.Context()))
	graph, err := seed.Read(seed.Files)
	must(t, err)
	_, err = seed.Load(t.Context(), store, graph)
	must(t, err)
	save := func(by, reason string, records ...masar.Record) {
		t.Helper()
		b := &masar.Batch{}
		b.Add(records...)
		_, err := store.Save(t.Context(), dgraph.Write{Batch: b, By: by, Reason: reason})
		must(t, err)
	}
	rejected, suggested := *graph.Claims[0], *graph.Claims[1]
	rejected.Status, suggested.Status = masar.ClaimRejected, masar.ClaimSubmitted
	save("amal", "The passage says\notherwise: \"no\".", &rejected)
	save("badr", "", &suggested)
	harmful := *graph.Claims[3]
	harmful.Status, harmful.Rationales.EN.Value = masar.ClaimDeprecated, "not for readers"
	harmful.Withdrawal = masar.Withdrawal{Cause: masar.Harmful, Reasons: masar.LocalizedText{AR: masar.Translation{Value: "ضار"}, EN: masar.Translation{Value: "not for readers either"}}}
	save("amal", "", &harmful)
	evidence := *graph.Evidence[len(graph.Evidence)-1]
	for _, e := range graph.Evidence {
		if e.ClaimKey == graph.Claims[2].Key {
			evidence = *e
		}
	}
	evidence.Summaries.EN.Value += " Again."
	save("amal", "", &evidence)
	for i, words := range []string{`uid(0x1) "quoted" \ back`, "non-BMP 𝄞 and NBSP\u00a0", "\u202bright to left\u202c <a href='x'>&amp;"} {
		text := masar.LocalizedText{AR: masar.Translation{Value: "عنوان " + words}, EN: masar.Translation{Value: words}}
		topic := &masar.Topic{Header: masar.Header{Kind: masar.KindTopic, Code: fmt.Sprint("lived-", i), Titles: text, Summaries: text}}
		if i > 0 {
			topic.Parent = masar.Ref{Kind: masar.KindTopic, Code: "lived-0"}
		}
		save("سلمى", "سبب", topic)
		topic.Titles.EN.Value += "!"
		save("amal", "", topic)
	}
	return store
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func now(t *testing.T, store *dgraph.Store) *dgraph.Moment {
	t.Helper()
	m, err := store.Now(t.Context())
	must(t, err)
	return m
}

// exported is an export of a graph.
func exported(t *testing.T, store *dgraph.Store, o dump.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	o.TempDir = t.TempDir()
	_, err := dump.Export(t.Context(), now(t, store), &b, o)
	must(t, err)
	return b.Bytes()
}

// fileOf is a file with a content.
func fileOf(content []byte) dump.File {
	return dump.File{Name: "export", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}

// faultless fails the test for faults in a graph.
func faultless(t *testing.T, store *dgraph.Store) {
	t.Helper()
	all, err := store.Everything(t.Context())
	must(t, err)
	for _, f := range masar.Check(all) {
		t.Errorf("%s %s: %s %v", f.Record, f.Path, f.Code, f.Args)
	}
}

// history is the whole history of a graph.
func history(t *testing.T, store *dgraph.Store) (*dgraph.History, []masar.ChangeCount) {
	t.Helper()
	m := now(t, store)
	h, err := m.History(t.Context(), dgraph.HistoryArgs{Since: 1, Until: m.Snapshot(), Size: 100})
	must(t, err)
	counts, err := m.ChangesByType(t.Context(), 2, m.Snapshot())
	must(t, err)
	return h, counts
}

// Catches: a record, revision, author, change or number that a backup loses or changes; a restore that cannot be continued after
// it was interrupted, or that writes into a database with a graph; a restored graph that writes differently; a backup that
// differs from the one that it was restored from.
func TestBackupAndRestore(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Dgraph twice")
	}
	ctx := t.Context()
	store := lived(t)
	faultless(t, store)
	first, again := filepath.Join(t.TempDir(), "first"), filepath.Join(t.TempDir(), "again")
	manifest, err := dump.WriteBackup(ctx, now(t, store), first, "test", func(f masar.Finding) { t.Errorf("%+v", f) })
	must(t, err)
	if m := now(t, store); manifest.Snapshot != m.Snapshot() || manifest.Counts["CHANGE"] != int(m.Changes()) {
		t.Errorf("%+v", manifest)
	}
	backup, err := dump.OpenBackup(first)
	must(t, err)
	must(t, backup.Check())
	if err := dump.Restore(ctx, store, backup.Hash, backup.Files(), nil); masar.ErrorCode(err) != masar.CodeNotEmpty {
		t.Errorf("a restore over a graph: %v", err)
	}

	server := embeddedtest.Start(t)
	other := open(t, server)
	interrupted, interrupt := context.WithCancel(ctx)
	err = dump.Restore(interrupted, other, backup.Hash, backup.Files(), func(records int) {
		if records >= 2000 {
			interrupt()
		}
	})
	if !errors.Is(err, context.Canceled) && masar.ErrorCode(err) == "" {
		t.Errorf("an interrupted restore: %v", err)
	}
	full := errors.New("the disk is full")
	unsynced := open(t, server, dgraph.WithSync(func() error { return full }))
	if err := dump.Restore(ctx, unsynced, backup.Hash, backup.Files(), nil); !errors.Is(err, full) {
		t.Errorf("a restore whose records are not durable: %v", err)
	}
	for what, do := range map[string]func() error{
		"CheckSchema":     func() error { return other.CheckSchema(ctx) },
		"ApplySchema":     func() error { return other.ApplySchema(ctx) },
		"another restore": func() error { return dump.Restore(ctx, other, "another", backup.Files(), nil) },
	} {
		if err := do(); masar.ErrorCode(err) != masar.CodeRestoring {
			t.Errorf("%s after an interrupted restore: %v", what, err)
		}
	}
	must(t, dump.Restore(ctx, other, backup.Hash, backup.Files(), nil))
	must(t, other.CheckSchema(ctx))
	faultless(t, other)
	differs, err := backup.Compare(ctx, now(t, other), func(f masar.Finding) { t.Errorf("%+v", f) })
	if err != nil || differs != "" {
		t.Errorf("%s differs: %v", differs, err)
	}
	_, err = dump.WriteBackup(ctx, now(t, other), again, "test", nil)
	must(t, err)
	for _, name := range []string{"graph.jsonl.zst", "texts.jsonl.zst", "manifest.json", "manifest.json.sha256"} {
		one, err := os.ReadFile(filepath.Join(first, name))
		must(t, err)
		two, err := os.ReadFile(filepath.Join(again, name))
		must(t, err)
		if !bytes.Equal(one, two) {
			t.Errorf("%s differs after backup, restore and backup", name)
		}
	}

	one, err := now(t, store).Written(ctx, 2)
	must(t, err)
	two, err := now(t, other).Written(ctx, 2)
	must(t, err)
	if one == "" || two == "" || one == two {
		t.Errorf("the original and the restored graph have other nodes and the same identity %q", one)
	}
	wantHistory, wantCounts := history(t, store)
	gotHistory, gotCounts := history(t, other)
	if diff := gocmp.Diff(wantHistory, gotHistory) + gocmp.Diff(wantCounts, gotCounts); diff != "" {
		t.Errorf("the history (-original +restored):\n%s", diff)
	}
	graph, err := seed.Read(seed.Files)
	must(t, err)
	want, err := seed.Load(ctx, store, graph)
	must(t, err)
	got, err := seed.Load(ctx, other, graph)
	must(t, err)
	if diff := gocmp.Diff(want, got); diff != "" || got.Curated == 0 {
		t.Errorf("a load of the seed afterwards (-original +restored):\n%s", diff)
	}
	t.Run("refusals", func(t *testing.T) { refusals(t, first) })
}

// refusals damages copies of a backup.
func refusals(t *testing.T, original string) {
	edit := func(name string, change func([]byte) []byte) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			content, err := os.ReadFile(filepath.Join(dir, name))
			must(t, err)
			must(t, os.WriteFile(filepath.Join(dir, name), change(content), 0o600))
		}
	}
	remove := func(name string) func(*testing.T, string) {
		return func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, name))) }
	}
	manifest := func(change func(map[string]any)) func(*testing.T, string) {
		return edit("manifest.json", func(content []byte) []byte {
			var m map[string]any
			must(t, json.Unmarshal(content, &m))
			change(m)
			content, err := json.Marshal(m)
			must(t, err)
			return content
		})
	}
	flip := func(b []byte) []byte { b[len(b)/2] ^= 1; return b }
	for name, c := range map[string]struct {
		do  func(*testing.T, string)
		key string
	}{
		"a changed byte in the graph":    {edit("graph.jsonl.zst", flip), "damaged"},
		"a cut file":                     {edit("texts.jsonl.zst", func(b []byte) []byte { return b[:len(b)-1] }), "damaged"},
		"a missing file":                 {remove("texts.jsonl.zst"), "missing"},
		"a missing hash":                 {remove("manifest.json.sha256"), "missing"},
		"a changed count":                {manifest(func(m map[string]any) { m["snapshot"] = 1 }), "damaged"},
		"a manifest of another program":  {manifest(func(m map[string]any) { m["format"] = "other" }), "foreign"},
		"a manifest that is no JSON":     {edit("manifest.json", func(b []byte) []byte { return b[:9] }), "foreign"},
		"a newer format":                 {manifest(func(m map[string]any) { m["version"] = 2 }), "newer"},
		"a newer schema":                 {manifest(func(m map[string]any) { m["schema"] = dgraph.SchemaVersion + 1 }), "newer"},
		"a backup that was interrupted":  {remove("manifest.json"), "interrupted"},
		"an empty directory":             {func(t *testing.T, dir string) { must(t, os.RemoveAll(dir)); must(t, os.Mkdir(dir, 0o700)) }, "none"},
		"a file outside of the manifest": {manifest(func(m map[string]any) { m["files"] = []any{map[string]any{"name": "../x"}} }), "damaged"},
	} {
		dir := filepath.Join(t.TempDir(), "backup")
		must(t, os.CopyFS(dir, os.DirFS(original)))
		c.do(t, dir)
		_, err := dump.OpenBackup(dir)
		fault, _ := errors.AsType[*masar.Error](err)
		if fault == nil || fault.Code != masar.CodeBackup || fault.Key != "error.backup."+c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
	store := open(t, embeddedtest.Shared(t))
	_, err := dump.WriteBackup(t.Context(), now(t, store), original, "test", nil)
	if masar.ErrorCode(err) != masar.CodeNotEmpty {
		t.Errorf("a backup over a backup: %v", err)
	}
}

// Catches: an export that an import does not bring back byte for byte, for readers and with source texts.
func TestPublicExport(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Dgraph twice")
	}
	store := lived(t)
	options := dump.Options{Profile: dump.Public, Texts: true}
	content := exported(t, store, options)
	for _, secret := range []string{"amal", "lastBy", "acceptedBy", "REJECTED", "SUBMITTED", "not for readers", `"of":"CHANGE"`} {
		if bytes.Contains(content, []byte(secret)) {
			t.Errorf("readers see %s", secret)
		}
	}
	file := fileOf(content)
	found, faults, err := file.CheckRules()
	if err != nil || len(faults) > 0 {
		t.Fatalf("%v, %+v", err, faults)
	}
	other := open(t, embeddedtest.Start(t))
	must(t, dump.Restore(t.Context(), other, found.SHA256, []dump.File{file}, nil))
	faultless(t, other)
	if !bytes.Equal(content, exported(t, other, options)) {
		t.Error("an export after an import differs")
	}
	if m := now(t, other); m.Snapshot() != 1 || m.Changes() != int64(found.Records) {
		t.Errorf("snapshot %d with %d changes, want 1 with %d", m.Snapshot(), m.Changes(), found.Records)
	}
	if bytes.Contains(exported(t, store, dump.Options{Profile: dump.Public}), []byte(`"of":"TEXT"`)) {
		t.Error("source texts are in an export without them")
	}
}
