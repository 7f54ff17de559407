// Package docs_test runs the commands and queries in the documentation against the whole service.
package docs_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite the answers that the documents show")

// notRun are the languages whose blocks are not run, with the reason. Addresses in these blocks are requested.
var notRun = map[string]string{
	"console":    "needs root, packages or another machine",
	"jsonc":      "configuration of other programs",
	"mermaid":    "a drawing",
	"powerquery": "needs Excel or Power BI",
	"python":     "needs pandas",
	"r":          "needs R with readr",
	"yaml":       "forms, with ... where a value belongs; the seed has whole files",
}

// apart are single blocks that are not run, by the beginning of their text, with the check that replaces the run.
var apart = map[string]struct {
	document string
	see      func(*testing.T, *service, *block)
}{
	"make run ":  {"README.md", seeMake},
	`{"time":"2`: {"docs/operating.md", seeLog},
}

// Catches: a command or a query in a document that does not run as written, or whose answer differs from the documented
// one. The test finds all blocks, so new ones need no registration.
func TestDocuments(t *testing.T) {
	s, seen, rewritten := start(t), map[string]int{}, map[string][]*block{}
	for _, b := range blocksOf(t) {
		seen[b.language]++
		for begins, exception := range apart {
			if b.document == exception.document && strings.HasPrefix(b.text, begins) {
				seen[begins]++
				t.Run(b.String(), func(t *testing.T) { exception.see(t, s, b) })
				b.language = ""
			}
		}
		switch {
		case b.language == "":
		case b.language == "sh" || b.language == "graphql":
			t.Run(b.String(), func(t *testing.T) {
				if got := run(t, s, b); *update && b.answer != nil && rewrite(b.answer, got) {
					rewritten[b.document] = append(rewritten[b.document], b.answer)
				}
			})
		case notRun[b.language] != "":
			t.Run(b.String(), func(t *testing.T) { askAddresses(t, s, b) })
		case b.isAnswer():
			t.Errorf("%s is an answer without a command directly before it", b)
		default:
			t.Errorf("%s has the language %q: run it, or add it to notRun with a reason", b, b.language)
		}
	}
	for _, expected := range slices.Concat([]string{"sh", "graphql"}, slices.Collect(maps.Keys(apart)), slices.Collect(maps.Keys(notRun))) {
		if seen[expected] == 0 {
			t.Errorf("no document has a block of %q", expected)
		}
	}
	for document, answers := range rewritten {
		write(t, document, answers)
	}
}

// run runs a block and compares the answer with the one in the document. Without an answer in the document, there must
// be no error.
func run(t *testing.T, s *service, b *block) (got string) {
	if b.language == "graphql" {
		got = s.ask(t, b.text)
	} else {
		var err error
		if got, err = s.shell(t, b.text, b.answer == nil); err != nil {
			t.Fatalf("%v\n%s\n%s", err, b.text, got)
		}
	}
	switch {
	case b.answer == nil && strings.Contains(got, `"errors"`):
		t.Errorf("%s\nanswers %s", b.text, got)
	case b.answer != nil && !*update:
		if differs := compare(*b.answer, got); differs != "" {
			t.Errorf("the answer is not the one at %s (go test ./docs -update rewrites it): %s\n%s", b.answer, differs, got)
		}
	}
	return got
}

// rewrite replaces the answer in a document, unless the document omits parts of it.
func rewrite(shown *block, got string) bool {
	if compare(*shown, got) == "" || strings.Contains(shown.text, elided) {
		return false
	}
	if shown.text = strings.TrimRight(got, "\n") + "\n"; shown.language == "json" {
		var indented bytes.Buffer
		if json.Indent(&indented, []byte(strings.TrimSpace(got)), "", "  ") != nil {
			return false
		}
		shown.text = indented.String() + "\n"
	}
	return true
}

func write(t *testing.T, document string, answers []*block) {
	path := filepath.Join(root, document)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range slices.Backward(answers) {
		content = slices.Concat(content[:b.start], []byte(b.text), content[b.end:])
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:8080([^"'\s]*)`)

// askAddresses requests every address of the service in a block that is not run.
func askAddresses(t *testing.T, s *service, b *block) {
	for _, at := range address.FindAllStringSubmatch(b.text, -1) {
		if status, body, err := s.get(at[1]); err != nil || status != http.StatusOK {
			t.Errorf("%s: %d %v %s", at[0], status, err, body)
		}
	}
}

// seeMake checks that make run starts masar serve. The tests themselves run make test and the build.
func seeMake(t *testing.T, _ *service, b *block) {
	for line := range strings.Lines(b.text) {
		if words := strings.Fields(line); len(words) < 2 || words[0] != "make" || words[1] != "run" && words[1] != "test" {
			t.Errorf("%s has %q; only make run and make test are not run", b, line)
		}
	}
	command := exec.CommandContext(t.Context(), "make", "--dry-run", "--no-print-directory", "WEB=no", "run")
	command.Dir, command.Env = root, append(os.Environ(), "MAKEFLAGS=")
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(strings.TrimSpace(string(out)), "\n"); lines[len(lines)-1] != "bin/masar serve" {
		t.Errorf("make run does\n%s", out)
	}
}

// seeLog checks that a log line has the members in the document.
func seeLog(t *testing.T, s *service, b *block) {
	s.ask(t, `query LineOfTheLog { snapshot }`)
	want, err := decode(b.text)
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		for line := range strings.Lines(s.said()) {
			if !strings.Contains(line, "LineOfTheLog") {
				continue
			}
			got, err := decode(line)
			if err != nil {
				t.Fatal(err)
			}
			if want, got := members(want), members(got); !slices.Equal(want, got) {
				t.Errorf("a line of the log has %q, and the document says %q", got, want)
			}
			return
		}
	}
	t.Errorf("no line about the operation in the log:\n%s", s.said())
}

func members(value any) []string {
	object, _ := value.(map[string]any)
	return slices.Sorted(maps.Keys(object))
}
