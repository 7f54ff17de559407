package limits

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the tables of docs/limits.md anew")

// Catches tables in docs/limits.md that are not those of the program: the limits, and what the examples come to.
func TestDocumented(t *testing.T) {
	const path = "../../docs/limits.md"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := between(t, between(t, string(text), "limits", tableOfLimits()), "examples", tableOfExamples(t))
	if want == string(text) {
		return
	}
	if !*update {
		t.Fatal("docs/limits.md is not up to date: go test ./server/limits -update")
	}
	if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// between puts a table between the two comments of its name.
func between(t *testing.T, text, name, table string) string {
	before, rest, ok1 := strings.Cut(text, "<!-- "+name+" -->\n")
	_, after, ok2 := strings.Cut(rest, "<!-- end -->")
	if !ok1 || !ok2 {
		t.Fatalf("docs/limits.md has no place for the table of %s", name)
	}
	return before + "<!-- " + name + " -->\n" + table + "<!-- end -->" + after
}

func tableOfLimits() string {
	var b strings.Builder
	fmt.Fprint(&b, "| `extensions.limit` | bounds | default | flag | to ask for less |\n|---|---|---|---|---|\n")
	l := Default()
	for _, bound := range Bounds {
		flag := "`--" + bound.Flag + "`"
		if bound == introspections {
			flag = "`--introspection=off` makes it 0"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %d | %s | %s |\n", bound.Name, strings.TrimSuffix(bound.What.EN, ","), *bound.Of(&l), flag, bound.Remedy.EN)
	}
	return b.String()
}

func tableOfExamples(t *testing.T) string {
	var b strings.Builder
	fmt.Fprint(&b, "| operation | cost | fields | depth | aliases |\n|---|---|---|---|---|\n")
	files, err := filepath.Glob("../../examples/*/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := measure(t, schema, string(text), nil, Default())
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		name := strings.TrimPrefix(filepath.ToSlash(file), "../../examples/")
		fmt.Fprintf(&b, "| [%s](../examples/%s) | %d | %d | %d | %d |\n", strings.TrimSuffix(name, ".graphql"), name, got.Cost, got.Fields, got.Depth, got.Aliases)
	}
	return b.String()
}
