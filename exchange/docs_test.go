package exchange_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"masar/exchange"
)

var update = flag.Bool("update", false, "rewrite the table of docs/rows.md")

// Catches: a list of datasets in the documentation that differs from the program's.
func TestDocsAreFresh(t *testing.T) {
	const file, mark = "../docs/rows.md", "<!-- made from exchange/ by: go test ./exchange -update -->\n"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, after, found := strings.Cut(string(text), mark)
	if !found {
		t.Fatalf("%s lacks the marks of its table", file)
	}
	want := tables()
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

// tables formats the list of datasets. The data package describes their columns.
func tables() string {
	var b strings.Builder
	b.WriteString("| dataset | rows | الصفوف |\n|---|---|---|\n")
	for _, d := range exchange.Datasets {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", d.Name, d.Descriptions.EN.Value, d.Descriptions.AR.Value)
	}
	return b.String()
}
