package examples_test

import (
	"encoding/json"
	"os"
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
	for _, block := range graphBlock.FindAllSubmatch(readme, -1) {
		if body := api.Ask(t, string(block[1]), nil).Body; strings.Contains(string(body), `"errors"`) {
			t.Errorf("%s\nanswers %s", block[1], body)
		}
	}
}
