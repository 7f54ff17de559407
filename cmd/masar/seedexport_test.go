package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded"
	"masar/internal/masartest"
	"masar/search"
	"masar/seed"
)

// Catches: an export of what curators added that lint refuses, that differs from one made again, or that changes the graph when it is
// loaded; records that are dropped without a word; a difference that diff does not find, or a patch after which it finds it still.
func TestSeedExportAndDiff(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts Dgraph")
	}
	masarBinary, data, dir := masartest.Binary(t), seededDirectory(t), t.TempDir()
	s := serve(t, masarBinary, "--data-dir", data)
	s.awaitReady(t, time.Minute)
	run := func(code int, args []string, says ...string) result {
		t.Helper()
		r := command(t, masarBinary, append(args, "--data-dir", data)...)
		if r.code != code {
			t.Errorf("%v: not exit code %d: %v", args, code, r)
		}
		for _, words := range says {
			if !strings.Contains(string(r.out)+string(r.talk), words) {
				t.Errorf("%v does not say %q: %v", args, words, r)
			}
		}
		return r
	}
	at := func(name string) string { return filepath.Join(dir, name) }

	// The seed itself is copied, and differs from itself in nothing.
	run(exitOK, []string{"seed", "export", at("plain")}, "0 records beyond the seed")
	run(exitOK, []string{"seed", "export", at("none"), "--only", "curated"}, "0 records beyond the seed")
	if entries, err := os.ReadDir(at("none")); err != nil || len(entries) != 0 {
		t.Errorf("files of curators without any: %v, %v", entries, err)
	}
	if diff := cmp.Diff(tree(t, os.DirFS("../../seed"), "common/topics.yaml"), tree(t, os.DirFS(at("plain")), "common/topics.yaml")); diff != "" {
		t.Error(diff)
	}
	if r := run(exitOK, []string{"seed", "diff"}, "no difference"); len(r.out) > 0 {
		t.Errorf("%s", r.out)
	}
	run(exitFailure, []string{"seed", "export", at("plain")}, "is not empty")
	run(exitUsage, []string{"seed", "export", at("x"), "--only", "seed"}, "--only")
	run(exitUsage, []string{"seed", "export"})
	run(exitUsage, []string{"seed", "diff", "--output", "json"})

	graph, err := seed.Read(seed.Files)
	if err != nil {
		t.Fatal(err)
	}
	both := func(words string) masar.LocalizedText {
		return masar.LocalizedText{AR: masar.Translation{Value: "ع " + words}, EN: masar.Translation{Value: words}}
	}
	topic := &masar.Topic{Header: masar.Header{Kind: masar.KindTopic, Code: "16.10", Titles: both("16.10"), Summaries: both("true: #1")}}
	page := &masar.Document{
		Header: masar.Header{Kind: masar.KindDocument, Code: "CURATED-PAGE", Titles: both("page"), Summaries: both("null")},
		Form:   masar.DocumentWebPage, Languages: []masar.Language{masar.English}, Family: "C/C", EvidenceKind: masar.ProjectPage,
		Versions: []masar.DocumentVersion{{SHA256: strings.Repeat("a", 64), Length: 50}},
	}
	claim := &masar.Claim{Subject: page.Ref(), Predicate: masar.Concerns, Object: topic.Ref(), Basis: masar.Stated, Status: masar.ClaimAccepted, Origin: "badr"}
	claim.Key = claim.NewKey()
	suggested := &masar.Claim{Subject: page.Ref(), Predicate: masar.Concerns, Object: masar.Ref{Kind: masar.KindTopic, Code: "digital-government"},
		Basis: masar.Stated, Status: masar.ClaimSuggested, Origin: "badr"}
	suggested.Key = suggested.NewKey()
	item := func(c *masar.Claim, p masar.Passage) *masar.Evidence {
		e := &masar.Evidence{
			ClaimKey: c.Key, Stance: masar.Supports, Kind: masar.ProjectPage, Directness: masar.MetadataOnly, Review: masar.ReviewAccepted,
			Summaries: both("It says so."), Passage: p,
		}
		e.Key = e.NewKey()
		return e
	}
	own := masar.Passage{Source: page.Ref(), Version: page.Versions[0].SHA256, End: 9, SHA256: strings.Repeat("b", 64), Lang: masar.English, Locators: both("line 1")}
	more := own
	var of *masar.Claim
	for _, e := range graph.Evidence { // more evidence for a claim of the seed, in a text that is not imported
		if e.Passage.Source.Code == "INNOPA-PAGE" {
			more.Source, more.Version, more.Start, more.End = e.Passage.Source, e.Passage.Version, 3, 5
			for _, c := range graph.Claims {
				if c.Key == e.ClaimKey {
					of = c
				}
			}
		}
	}
	changed := *graph.Entities[0].(*masar.SdgGoal)
	changed.Titles.EN.Value += " (changed)"
	b := &masar.Batch{}
	b.Add(topic, page, claim, suggested, item(claim, own), item(suggested, own), item(of, more), &changed)
	address, err := embedded.Find(data)
	if err != nil {
		t.Fatal(err)
	}
	store, err := dgraph.Open(t.Context(), address, dgraph.WithAnalyser(search.Pack))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := store.Save(t.Context(), dgraph.Write{Batch: b, By: "badr"}); err != nil {
		t.Fatal(err)
	}

	run(exitOK, []string{"seed", "export", at("a")}, "not in the files: CLAIM/"+string(suggested.Key), "SUGGESTED", "its claim is not written",
		"cannot express 2 records", `changes of 1 record of the seed; "masar seed diff"`, "5 records beyond the seed")
	run(exitOK, []string{"seed", "export", at("b")})
	run(exitOK, []string{"seed", "export", at("only"), "--only", "curated"})
	a := tree(t, os.DirFS(at("a")))
	if diff := cmp.Diff(a, tree(t, os.DirFS(at("b")))); diff != "" {
		t.Errorf("two exports differ: %s", diff)
	}
	var files []string
	for name := range tree(t, os.DirFS(at("only"))) {
		files = append(files, name)
		if a[name] != tree(t, os.DirFS(at("only")))[name] {
			t.Errorf("%s differs from the whole export", name)
		}
	}
	if len(files) != 2 || a["sources/CURATED-PAGE.yaml"] == "" || a["curated/INNOPA-PAGE.yaml"] == "" {
		t.Errorf("the files of curators are %v", files)
	}
	if r := command(t, masarBinary, "seed", "lint", "--dir", at("a")); r.code != exitOK {
		t.Errorf("%v", r)
	}
	// The changed goal counts as curated; nothing is written.
	run(exitOK, []string{"seed", "load", "--dir", at("a")}, "created 0, updated 0, ", "curated 1, kept 0; snapshot 2")

	place := fmt.Sprintf("seed/sdg/%02s.yaml:", changed.Code)
	run(exitFindings, []string{"seed", "diff"}, place, "title.en: ", `(changed)"; last written by badr`, "1 difference")
	patch := run(exitFindings, []string{"seed", "diff", "--output", "patch"}, "--- a/seed/", "1 difference")
	if !bytes.Contains(patch.out, []byte("+++ b/"+strings.TrimSuffix(place, ":"))) || bytes.Count(patch.out, []byte("\n+")) != 2 {
		t.Errorf("%s", patch.out)
	}
}

// tree has the files of a directory, or those named, by their paths.
func tree(t *testing.T, fsys fs.FS, only ...string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || len(only) > 0 && !slices.Contains(only, name) {
			return err
		}
		content, err := fs.ReadFile(fsys, name)
		files[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
