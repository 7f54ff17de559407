package resolvers_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/vektah/gqlparser/v2/ast"

	"masar/internal/masartest"
	"masar/loaders"
	"masar/resolvers"
)

// unlabelled are the enums whose values people do not see by themselves.
var unlabelled = map[string]string{
	"Relation":      "is an argument of a directive",
	"GapMapSide":    "has some of the values of Dimension",
	"TextDirection": "says how a page sets a text",
	"Vocabulary":    "names the enums that have labels",
}

// Catches: an enum without labels in the API, a value without a label in one language, and values in another order than
// the schema's.
func TestEveryEnumHasLabels(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	types := resolvers.NewSchema().Schema().Types
	names := map[string]bool{}
	for _, v := range types["Vocabulary"].EnumValues {
		names[v.Name] = true
	}
	for name, definition := range types {
		if definition.Kind != ast.Enum || strings.HasPrefix(name, "__") || unlabelled[name] != "" {
			continue
		}
		value := capitals(name)
		if !names[value] {
			t.Errorf("Vocabulary has no %s", value)
			continue
		}
		delete(names, value)
		var answer struct {
			Data struct {
				Labels []struct {
					Value  string
					AR, EN struct{ Value, Lang string }
				}
			}
		}
		asked := api.Ask(t, `query($of: Vocabulary!) { labels(of: $of) { value AR: label(lang: [AR]) { value lang } EN: label(lang: [EN]) { value lang } } }`, map[string]any{"of": value})
		if err := json.Unmarshal(asked.Indented(t), &answer); err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for _, v := range definition.EnumValues {
			want = append(want, v.Name)
		}
		for _, l := range answer.Data.Labels {
			got = append(got, l.Value)
			if l.AR.Lang != "AR" || l.EN.Lang != "EN" || !strings.ContainsFunc(l.AR.Value, unicode.IsLetter) || strings.HasPrefix(l.EN.Value, "label.") ||
				l.EN.Value == "" || l.EN.Value == l.Value || strings.Contains(l.EN.Value, "_") {
				t.Errorf("%s.%s is called %+v", name, l.Value, l)
			}
		}
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s has the values %q, and labels of %q", name, want, got)
		}
	}
	for name := range names {
		t.Errorf("Vocabulary has %s, which is not an enum with labels", name)
	}
}

// capitals converts EvidenceKind to EVIDENCE_KIND.
func capitals(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}
