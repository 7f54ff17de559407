package brief_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"masar/internal/masartest"
)

var update = flag.Bool("update", false, "write the golden files")

// golden are the addresses of testdata/briefs.txt by name.
func golden(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/briefs.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) == 2 && !strings.HasPrefix(line, "#") {
			all[fields[0]] = fields[1]
		}
	}
	if len(all) < 8 {
		t.Fatalf("%d golden briefs", len(all))
	}
	return all
}

// Catches: a brief that says something else than what a reviewer has read, in either language. -update writes the files.
func TestBriefs(t *testing.T) {
	asker := askerOf(t, masartest.Start(t))
	for name, address := range golden(t) {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			encoder := json.NewEncoder(&got)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", " ")
			if err := encoder.Encode(asker.made(t, address)); err != nil {
				t.Fatal(err)
			}
			compareGolden(t, "testdata/golden/"+name+".json", got.String())
		})
	}
}

func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (-update writes it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update writes it):\n%s", file, diff)
	}
}
