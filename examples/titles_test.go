package examples_test

import (
	"encoding/json"
	"os"
	"path"
	"strings"
	"testing"
	"unicode"

	"masar/examples"
)

// titles are the names of the examples and their groups in GraphiQL, in the order of the file.
type titles struct {
	Groups     map[string]title
	Operations map[string]title
}

type title struct{ En, Ar string }

// Catches: an example or a group without a title in both languages.
func TestTitles(t *testing.T) {
	text, err := os.ReadFile("titles.json")
	if err != nil {
		t.Fatal(err)
	}
	var all titles
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	each(t, func(t *testing.T, op examples.Operation) {
		for what, named := range map[string]title{"it": all.Operations[op.Name], "its group": all.Groups[path.Dir(op.Name)]} {
			if named.En == "" || !strings.ContainsFunc(named.Ar, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
				t.Errorf("titles.json does not name %s in both languages: %+v", what, named)
			}
		}
	})
}
