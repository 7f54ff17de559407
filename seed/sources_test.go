//go:build sources

package seed

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"masar"
	"masar/ingest"
)

// The tests of this file need the texts of the sources, which are not part of the project. To run them:
//
//	MASAR_TEST_SOURCES=FOLDER go test -tags sources ./seed
const sourcesVariable = "MASAR_TEST_SOURCES"

// sourceTexts are the texts of the sources; each is of a document of the graph.
func sourceTexts(t *testing.T, graph *Graph) []*masar.SourceText {
	t.Helper()
	folder := os.Getenv(sourcesVariable)
	if folder == "" {
		t.Fatalf("set %s to the folder that has the texts of the sources", sourcesVariable)
	}
	var documents []*masar.Document
	for _, e := range graph.Entities {
		if d, ok := e.(*masar.Document); ok {
			documents = append(documents, d)
		}
	}
	files, err := filepath.Glob(folder + "/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no texts: %v", folder, err)
	}
	var texts []*masar.SourceText
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := ingest.Text(name, raw)
		if err != nil {
			t.Fatal(err)
		}
		if err := ingest.Assign(name, text, documents, ""); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	return texts
}

// TestSourcesAreCovered asks of every source that each of its words is covered by a passage or excluded with a reason, and that
// every passage points at the words that it was made for.
func TestSourcesAreCovered(t *testing.T) {
	graph := curated(t)
	for _, c := range Coverage(graph, sourceTexts(t, graph)) {
		t.Logf("%s: lines %+v, runes %+v", c.Document, c.Lines, c.Runes)
		if !c.Complete() {
			t.Errorf("%s\n%s", c.Document, rendered(&c))
		}
	}
}

// Catches a fact whose words do not stand in its source where testdata says so.
func TestFactsStandInTheSources(t *testing.T) {
	texts := map[string][]rune{}
	for _, text := range sourceTexts(t, curated(t)) {
		texts[text.Document.Code] = []rune(text.Text)
	}
	for _, f := range facts(t) {
		if len(f.At) == 0 {
			t.Errorf("%s has no place", f.ID)
		}
		for _, at := range f.At {
			text := texts[f.Document]
			if at[1] > len(text) {
				t.Errorf("%s: %v is past the end", f.ID, at)
				continue
			}
			words := strings.Join(strings.Fields(string(text[at[0]:at[1]])), " ")
			if sum := sha256.Sum256([]byte(words)); hex.EncodeToString(sum[:]) != f.SHA256 || f.Name != "" && f.Name != words {
				t.Errorf("%s: other words are at %v: %q", f.ID, at, words)
			}
		}
	}
}
