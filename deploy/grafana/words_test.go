package grafana_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode"

	"masar/words"
)

// Catches: a text of the dashboard that words/ does not have, so that Grafana has another name for the same thing, and
// a text of words/ that the dashboard does not show. Titles have the form "English · Arabic"; descriptions have both
// languages one after the other.
func TestTextsAreThoseOfWords(t *testing.T) {
	text, err := os.ReadFile("masar-overview.json")
	if err != nil {
		t.Fatal(err)
	}
	var dashboard any
	if err := json.Unmarshal(text, &dashboard); err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	for _, section := range []string{"grafana.", "label.evidence_gap."} {
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
			t.Errorf("words/ does not have %q", s)
		}
		seen[key] = true
	}
	for _, key := range words.Keys("grafana.") {
		if !seen[key] {
			t.Errorf("the dashboard does not show %s", key)
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
