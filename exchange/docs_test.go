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

var update = flag.Bool("update", false, "rewrite the tables of docs/rows.md")

// Catches tables in the documentation that are not those of the program.
func TestDocsAreFresh(t *testing.T) {
	const file, mark = "../docs/rows.md", "<!-- made from exchange/ by: go test ./exchange -update -->\n"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, after, found := strings.Cut(string(text), mark)
	if !found {
		t.Fatalf("%s has lost the mark of its tables", file)
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

// tables describe the datasets.
func tables() string {
	var b strings.Builder
	for _, d := range exchange.Datasets {
		fmt.Fprintf(&b, "\n### %s\n%s\n\n%s\n\n| column | type | | |\n|---|---|---|---|\n", d.Name, d.Descriptions.EN.Value, d.Descriptions.AR.Value)
		for _, c := range d.Columns {
			of := string(c.Type)
			if len(c.Values) > 0 {
				of = strings.Join(c.Values, ", ")
			}
			unit, unitAr := "", ""
			if !c.Units.IsZero() {
				unit, unitAr = " Unit: "+c.Units.EN.Value+".", " الوحدة: "+c.Units.AR.Value+"."
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s%s | %s%s |\n", c.Name, of, c.Descriptions.EN.Value, unit, c.Descriptions.AR.Value, unitAr)
		}
	}
	return b.String()
}
