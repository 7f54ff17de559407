package grafana_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode"

	"masar/words"
)

// Catches: a text of a dashboard that words/ does not have, so that Grafana has another name for the same thing, and
// a text of words/ that the dashboard does not show. Titles have the form "English · Arabic"; descriptions have both
// languages one after the other.
func TestTextsAreThoseOfWords(t *testing.T) {
	textsAreThoseOfWords(t, "masar-overview.json", "grafana.", "label.evidence_gap.")
	textsAreThoseOfWords(t, "masar-operators.json", "operators.board.")
}

// textsAreThoseOfWords checks the texts of a file. Those of the first section must all be shown.
func textsAreThoseOfWords(t *testing.T, file string, sections ...string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var dashboard any
	if err := json.Unmarshal(text, &dashboard); err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	for _, section := range sections {
		for _, key := range words.Keys(section) {
			m := words.Both(key, nil)
			known[m.EN+" · "+m.AR], known[m.EN+" "+m.AR] = key, key
		}
	}
	seen := map[string]bool{}
	for _, s := range strs(dashboard) {
		key, ok := known[s]
		// A text in Arabic only is the heading of a column in that language.
		if !ok && strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) && strings.Contains(s, " · ") {
			t.Errorf("%s: words/ does not have %q", file, s)
		}
		seen[key] = true
	}
	for _, key := range words.Keys(sections[0]) {
		if !seen[key] {
			t.Errorf("%s does not show %s", file, key)
		}
	}
}

// strs are all strings in a value.
func strs(value any) []string {
	var all []string
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		for _, item := range v {
			all = append(all, strs(item)...)
		}
	case map[string]any:
		for _, item := range v {
			all = append(all, strs(item)...)
		}
	}
	return all
}
