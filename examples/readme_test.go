package examples_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"masar/internal/masartest"
	"masar/loaders"
)

var (
	curlBody   = regexp.MustCompile(`(?s)curl [^\n]*-d '(\{.*?\})'\n`)
	jsonBlock  = regexp.MustCompile("(?s)```json\n(.*?)```")
	graphBlock = regexp.MustCompile("(?s)```graphql\n(.*?)```")
)

// Catches a README whose first query no longer runs, or answers something else than it says.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	api := masartest.Start(t).API(t, loaders.Options{})
	sent, answer := curlBody.FindSubmatch(readme), jsonBlock.FindSubmatchIndex(readme)
	if sent == nil || answer == nil {
		t.Fatal("the README has no curl command with its answer")
	}
	// Inside the shell's quotes a JSON string goes over several lines, which JSON itself does not allow.
	var request struct{ Query string }
	if err := json.Unmarshal([]byte(strings.ReplaceAll(string(sent[1]), "\n", " ")), &request); err != nil {
		t.Fatal(err)
	}
	got := string(api.Ask(t, request.Query, nil).Indented(t))
	if *update {
		updated := string(readme[:answer[2]]) + got + string(readme[answer[3]:])
		if err := os.WriteFile("../README.md", []byte(updated), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(readme[answer[2]:answer[3]]), got); diff != "" {
		t.Errorf("the README's first query answers something else (-update rewrites it):\n%s", diff)
	}
}

// Catches a query in the documents that does not run.
func TestQueriesInDocuments(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	documents, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, document := range append(documents, "../README.md") {
		text, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range graphBlock.FindAllSubmatch(text, -1) {
			found++
			if body := api.Ask(t, string(block[1]), nil).Body; strings.Contains(string(body), `"errors"`) {
				t.Errorf("%s: %s\nanswers %s", document, block[1], body)
			}
		}
	}
	if found == 0 {
		t.Error("no document has a query")
	}
}
