package resolvers_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"masar/dgraph/embedded/embeddedtest"
	"masar/internal/masartest"
	"masar/loaders"
)

var update = flag.Bool("update", false, "rewrite the answers of the cases")

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// TestCases runs the query of each file in testdata and compares the answer. A case is a txtar file with a comment on
// what it catches, the query, optional variables, and the answer. To add a case, write the query, run the test with
// -update, and check the answer.
func TestCases(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	testCases(t, api, slices.DeleteFunc(files(t, "testdata/*/*.txtar"), isDisputed))
}

// TestDisputedCases asks a graph in which sources disagree. The seed has no such claims.
func TestDisputedCases(t *testing.T) {
	api := masartest.Disputed(t).API(t, loaders.Options{})
	testCases(t, api, files(t, "testdata/disputed/*.txtar"))
}

// files are those of a pattern; there have to be some.
func files(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in %s: %v", pattern, err)
	}
	return paths
}

func isDisputed(path string) bool { return filepath.Base(filepath.Dir(path)) == "disputed" }

func testCases(t *testing.T, api *masartest.API, paths []string) {
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if len(archive.Comment) == 0 {
				t.Error("the case does not say what it would catch")
			}
			var query string
			var variables map[string]any
			want := -1
			for i, f := range archive.Files {
				switch f.Name {
				case "query.graphql":
					query = string(f.Data)
				case "variables.json":
					if err := json.Unmarshal(f.Data, &variables); err != nil {
						t.Fatal(err)
					}
				case "answer.json":
					want = i
				}
			}
			got := api.Ask(t, query, variables).Indented(t)
			if bytes.Contains(got, []byte("GRAPHQL_VALIDATION_FAILED")) && !strings.HasPrefix(filepath.Base(path), "unknown-") {
				t.Fatalf("the query does not fit the schema, so that the case catches nothing: %s", got)
			}
			if *update {
				answer := txtar.File{Name: "answer.json", Data: got}
				if want >= 0 {
					archive.Files[want] = answer
				} else {
					archive.Files = append(archive.Files, answer)
				}
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 {
				t.Fatal("the case has no answer (-update writes it)")
			}
			if diff := cmp.Diff(string(archive.Files[want].Data), string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
