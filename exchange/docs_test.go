package exchange_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"masar"
	"masar/exchange"
)

var update = flag.Bool("update", false, "rewrite the tables of docs/rows.md and docs/rows.ar.md")

// Catches: a list of datasets in the documentation that differs from the program's.
func TestDocsAreFresh(t *testing.T) {
	for file, want := range map[string]string{
		"../docs/rows.md":    tables("| dataset | rows |", func(text masar.LocalizedText) string { return text.EN.Value }),
		"../docs/rows.ar.md": tables("| المجموعة | الصفوف |", func(text masar.LocalizedText) string { return text.AR.Value }),
	} {
		const mark = "<!-- made from exchange/ by: go test ./exchange -update -->\n"
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		before, after, found := strings.Cut(string(text), mark)
		if !found {
			t.Fatalf("%s lacks the marks of its table", file)
		}
		if *update {
			if err := os.WriteFile(file, []byte(before+mark+want), 0o644); err != nil {
				t.Fatal(err)
			}
			after = want
		}
		if diff := gocmp.Diff(want, after); diff != "" {
			t.Errorf("go test ./exchange -update rewrites %s:\n%s", file, diff)
		}
	}
}

// tables formats the list of datasets in a language. The data package describes their columns.
func tables(head string, in func(masar.LocalizedText) string) string {
	var b strings.Builder
	b.WriteString(head + "\n|---|---|\n")
	for _, d := range exchange.Datasets {
		fmt.Fprintf(&b, "| `%s` | %s |\n", d.Name, in(d.Descriptions()))
	}
	return b.String()
}
