package masar_test

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows are the rooms that each room may import, by import path below the module; "" is the root package. Rooms that
// are not listed may import none. Tests may import more.
var arrows = map[string][]string{
	"":                                     {},
	"scoring":                              {""},
	"bench":                                {"answers", ""},
	"bench/benchmark":                      {"*"},
	"answers":                              {""},
	"words":                                {"answers", ""},
	"topology":                             {"scoring", "answers", ""},
	"dgraph":                               {""},
	"dgraph/embedded":                      {"dgraph/embedded/internal/flock"},
	"dgraph/embedded/carried":              {"internal/memory"},
	"dgraph/embedded/internal/flock":       {},
	"search":                               {"arabic", "answers", ""},
	"exchange":                             {"words", "answers", ""},
	"exchange/dump":                        {"dgraph", ""},
	"exchange/linked":                      {"exchange", "words", ""},
	"loaders":                              {"advice", "dgraph", "exchange", "internal/graphfile", "search", "topology", "words", "answers", ""},
	"scalars":                              {},
	"graph":                                {"scalars", "answers", ""},
	"advice":                               {"topology", "scoring", "answers", ""},
	"resolvers":                            {"graph", "advice", "loaders", "scoring", "words", "answers", ""},
	"accounts":                             {},
	"operations":                           {"accounts", "operations/kept", "operations/limits", "operations/metrics", "operations/traces", "loaders", "internal/etag", "words", ""},
	"operations/kept":                      {},
	"operations/limits":                    {""},
	"operations/metrics":                   {"loaders", ""},
	"operations/metrics/metricstest":       {"operations/metrics"},
	"operations/traces":                    {},
	"operations/traces/tracestest":         {},
	"server":                               {"brief", "exchange", "exchange/dump", "exchange/linked", "mcp", "operations", "operations/metrics", "operations/traces", "loaders", "web", "internal/etag", "words", "answers", ""},
	"brief":                                {"internal/documents", "words", "answers", ""},
	"web":                                  {"web/picture", "brief", "internal/documents", "internal/etag", "words", "answers", ""},
	"web/picture":                          {},
	"seed":                                 {"dgraph", "words", ""},
	"arabic":                               {},
	"ingest":                               {"arabic", ""},
	"examples":                             {},
	"docs":                                 {},
	"deploy/grafana":                       {},
	"deploy/prometheus":                    {},
	"mcp":                                  {"examples", "internal/documents", "operations/limits", "words", "answers", ""},
	"clients":                              {},
	"cmd/masar":                            {"*"},
	"dgraph/embedded/embeddedtest":         {"dgraph/embedded", "dgraph/embedded/internal/flock"},
	"dgraph/embedded/embeddedtest/carrier": {"dgraph/embedded/carried"},
	"faults":                               {},
	"faults/faulttest":                     {"faults", "dgraph", "dgraph/embedded", "search", ""},
	"internal/documents":                   {},
	"internal/documents/documentstest":     {"operations/limits"},
	"internal/etag":                        {},
	"internal/hazards":                     {},
	"internal/memory":                      {},
	"internal/graphfile":                   {"search", ""},
	"internal/brieftest":                   {},
	"internal/masartest":                   {"*"},
}

// only are the rooms that may import a package of the standard library. For other libraries see
// house_libraries_test.go.
var only = map[string][]string{
	"net/http":          {"bench/benchmark", "server", "web", "cmd/masar", "dgraph", "dgraph/embedded", "dgraph/embedded/embeddedtest", "faults/faulttest", "internal/hazards", "internal/masartest", "operations/traces/tracestest"},
	"net/http/httptest": {"internal/masartest", "operations/traces/tracestest"},
}

type listed struct {
	ImportPath string
	Dir        string
	Imports    []string
	GoFiles    []string
}

// packages lists the packages of the module.
func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Dir,Imports,GoFiles", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p listed
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

func room(importPath string) string {
	return strings.TrimPrefix(strings.TrimPrefix(importPath, "masar"), "/")
}

func ours(importPath string) bool {
	return importPath == "masar" || strings.HasPrefix(importPath, "masar/")
}

// Catches: an import against the arrows, and a room that is not listed.
func TestArrows(t *testing.T) {
	for _, p := range packages(t) {
		from := room(p.ImportPath)
		allowed, known := arrows[from]
		if !known {
			t.Errorf("room %q is not listed in house_test.go; add it with the rooms that it may import", from)
			continue
		}
		for _, imported := range p.Imports {
			if ours(imported) {
				if to := room(imported); !slices.Contains(allowed, to) && !slices.Contains(allowed, "*") {
					t.Errorf("%s imports %s, against the arrows", p.ImportPath, imported)
				}
				if strings.HasPrefix(room(imported), "cmd/") {
					t.Errorf("%s imports %s: nothing imports a command", p.ImportPath, imported)
				}
				continue
			}
			for library, rooms := range only {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !slices.Contains(rooms, from) {
					t.Errorf("%s imports %s, which only %v may", p.ImportPath, imported, rooms)
				}
			}
		}
	}
}

// readers are the files that may read a client's selection, and for what purpose.
var readers = map[string]string{
	"loaders/selection.go":          "reads ahead",
	"loaders/selection_document.go": "reads ahead",
	"loaders/heads.go":              "decides whether the heads of entities suffice",
	"loaders/answer.go":             "reads ahead what an answer that was computed names",
	"operations/enums.go":           "finds where a refused value stands",
	"operations/limits/measure.go":  "weighs",
	"operations/limits/cost.go":     "weighs",
	// For tests.
	"internal/documents/documentstest/documentstest.go": "compares the operations of pages and briefs with the structs for their answers",
}

// Catches: a second place that reads the selection, so that the read-ahead and the answer could differ.
func TestOneFileReadsTheSelection(t *testing.T) {
	for _, p := range packages(t) {
		if room(p.ImportPath) == "graph" {
			continue
		}
		for _, name := range p.GoFiles {
			file := filepath.Join(p.Dir, name)
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, reads := range []string{"CollectFields(", "CollectFieldsCtx(", "CollectAllFields(", "SelectionSet"} {
				if strings.Contains(string(text), reads) && readers[room(p.ImportPath)+"/"+name] == "" {
					t.Errorf("%s reads the selection (%s); only %v do", file, strings.TrimSuffix(reads, "("), readers)
				}
			}
		}
	}
}

// Catches: hand-written code in graph/, which the next generation would delete.
func TestGraphIsGenerated(t *testing.T) {
	files, err := filepath.Glob("graph/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in graph/: %v", err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if len(parsed.Comments) == 0 || !strings.HasPrefix(parsed.Comments[0].Text(), "Code generated by github.com/99designs/gqlgen") {
			t.Errorf("%s is not generated", file)
		}
	}
}

// Catches: a resolver in another file than the one named after its type.
func TestAFileForEachResolver(t *testing.T) {
	files, err := filepath.Glob("resolvers/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in resolvers/: %v", err)
	}
	declared := regexp.MustCompile(`(?m)^(?:type (\w+)Resolver struct|func \((?:\w+ )?(\w+)Resolver\))`)
	capital := regexp.MustCompile(`[A-Z]`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range declared.FindAllStringSubmatch(string(text), -1) {
			name := capital.ReplaceAllStringFunc(m[1]+m[2], func(c string) string { return "_" + strings.ToLower(c) })
			if want := "resolvers/" + name + ".go"; file != want {
				t.Errorf("%s has a part of %sResolver, which belongs in %s", file, m[1]+m[2], want)
			}
		}
	}
}

// Catches: generated files that reviews show in full and that merges combine line by line.
func TestGeneratedFilesAreMarked(t *testing.T) {
	if err := exec.Command("git", "rev-parse", "--git-dir").Run(); err != nil {
		t.Skipf("not a git checkout: %v", err)
	}
	for _, file := range []string{"graph/generated.go", "graph/models.go", "web/package-lock.json", "clients/package-lock.json"} {
		out, err := exec.Command("git", "check-attr", "linguist-generated", "diff", "merge", "--", file).Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{": linguist-generated: set\n", ": diff: unset\n", ": merge: unset\n"} {
			if !strings.Contains(string(out), want) {
				t.Errorf("%s is not marked in .gitattributes:\n%s", file, out)
			}
		}
	}
}

// Catches: a type, field, argument or value of the API without a description.
func TestSchemaIsDescribed(t *testing.T) {
	check := func(what, description string) {
		if len(strings.TrimSpace(description)) < 4 {
			t.Errorf("%s has no description", what)
		}
	}
	for name, definition := range schemaOf(t).Types {
		if definition.BuiltIn {
			continue
		}
		check(name, definition.Description)
		for _, f := range definition.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			check(name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				check(name+"."+f.Name+"("+a.Name+")", a.Description)
			}
		}
		for _, v := range definition.EnumValues {
			check(name+"."+v.Name, v.Description)
		}
	}
}

// Catches: a downgrade of gqlparser. v2.5.37, which gqlgen requires, crashes on a 90-byte query.
func TestGqlparserWithoutTheStackOverflow(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Version}}", "github.com/vektah/gqlparser/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	version := strings.TrimSpace(string(out))
	patch, err := strconv.Atoi(strings.TrimPrefix(version, "v2.5."))
	if err != nil || patch < 64 {
		t.Errorf("gqlparser is %s; v2.5.64 is the first that limits its recursion", version)
	}
}
