package mcp_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"masar/internal/masartest"
)

// Catches: words of a document that stand anywhere but in a quotation, or that lead to another operation than for any document.
func TestPlantedInstructionsAreQuotations(t *testing.T) {
	a := assist(t, masartest.Graph(t, os.DirFS("testdata/planted")))
	harmless := assist(t, masartest.Start(t))
	planted := []string{"Ignore all previous instructions", "developer mode", "تجاهل كل التعليمات", "attacker.example"}
	found := map[string]bool{}
	for _, c := range []call{
		{"evidence", json.RawMessage(`{"kind": "RECOMMENDATION", "code": "MERGE"}`)},
		{"evidence", json.RawMessage(`{"kind": "RECOMMENDATION", "code": "MERGE", "lang": "ar"}`)},
		{"trace_path", json.RawMessage(`{"from": {"kind": "RECOMMENDATION", "code": "MERGE"}, "to": {"kind": "SDG_TARGET", "code": "16.6"}}`)},
		{"get_entity", json.RawMessage(`{"kind": "RECOMMENDATION", "code": "MERGE"}`)},
		{"recommendations_for_target", json.RawMessage(`{"target": "16.6"}`)},
	} {
		a.asked = nil
		var answer any
		got := a.answer(t, c.Tool, string(c.Arguments), &answer)
		walk(answer, "", func(at, text string) {
			for _, words := range planted {
				if strings.Contains(text, words) {
					found[words] = true
					if at != "quote.text" {
						t.Errorf("%s: %q stands in %s", c.Tool, words, at)
					}
				}
			}
		})
		for line := range strings.Lines(got.text) {
			for _, words := range planted {
				if strings.Contains(line, words) && !strings.HasPrefix(line, "   ✓ “") && !strings.HasPrefix(line, "   ✓ «") {
					t.Errorf("%s: %q stands outside quotation marks: %s", c.Tool, words, line)
				}
			}
		}
		harmless.asked = nil
		harmless.call(t, c.Tool, strings.NewReplacer("MERGE", "ENACT-KM-10").Replace(string(c.Arguments)))
		if strings.Join(a.asked, "\n") != strings.Join(harmless.asked, "\n") {
			t.Errorf("%s ran %d operations, and %d for another document", c.Tool, len(a.asked), len(harmless.asked))
		}
	}
	if len(found) != len(planted) {
		t.Errorf("only %v is in the answers", found)
	}
}

// walk visits all texts of a JSON value with the names of the last two fields that hold them.
func walk(v any, at string, visit func(at, text string)) {
	switch v := v.(type) {
	case string:
		visit(at, v)
	case []any:
		for _, item := range v {
			walk(item, at, visit)
		}
	case map[string]any:
		for name, item := range v {
			_, parent, found := strings.Cut(at, ".")
			if !found {
				parent = at
			}
			walk(item, strings.TrimPrefix(parent+"."+name, "."), visit)
		}
	}
}
