package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"masar/internal/masartest"
	"masar/seed"
)

const (
	pageWords   = "التحول الرقمي يبدأ بالبنية التحتية.\nوالثقة شرط له.\n"
	changedPage = "التحول الرقمي يبدأ بالبنية التحتية!\nوالثقة شرط له.\n"
)

// pageSeed is a seed file about a document with the text pageWords and two passages.
func pageSeed(t *testing.T) []byte {
	t.Helper()
	point := func(from, to string) string {
		p, err := seed.Point(pageWords, from, to)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("start: %d\n    end: %d\n    sha256: %s", p.Start, p.End, p.SHA256)
	}
	v := seed.Version(pageWords)
	return fmt.Appendf(nil, `document:
  code: TEST-PAGE
  form: PROJECT_PAGE
  title: {ar: صفحة, en: A page}
  summary: {ar: صفحة للتجربة., en: A page for a test.}
  languages: [AR]
  family: TEST/TEST
  evidenceKind: PROJECT_PAGE
  version: {sha256: %s, length: %d}
passages:
  first:
    %s
    locator: {ar: الجملة الأولى, en: first sentence}
    summary: {ar: البنية أساس التحول., en: Infrastructure is the base.}
  second:
    %s
    locator: {ar: الجملة الثانية, en: second sentence}
    summary: {ar: لا تحول بلا ثقة., en: It takes trust.}
claims:
  - claim: DOCUMENT/TEST-PAGE CONCERNS TOPIC/digital-infrastructure
    evidence: [{passage: first}]
  - claim: DOCUMENT/TEST-PAGE CONCERNS TOPIC/digital-trust
    evidence: [{passage: second}]
`, v.SHA256, v.Length, point("التحول", "التحتية."), point("والثقة", "له."))
}

// quotes are the quotations that the service shows for the page's passages: the state of each, and its text if shown.
func (s *running) quotes() []string {
	const body = `{"query": "{ document(code: \"TEST-PAGE\") { evidence(first: 10) { nodes { passage { quoteStatus quote { value } } } } } }"}`
	r, err := client.Post("http://"+s.address+"/graphql", "application/json", strings.NewReader(body))
	if err != nil {
		return []string{err.Error()}
	}
	defer r.Body.Close()
	var a struct {
		Data struct {
			Document *struct {
				Evidence struct {
					Nodes []struct {
						Passage struct {
							QuoteStatus string
							Quote       *struct{ Value string }
						}
					}
				}
			}
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		return []string{err.Error()}
	}
	var out []string
	if a.Data.Document != nil {
		for _, n := range a.Data.Document.Evidence.Nodes {
			words := n.Passage.QuoteStatus
			if n.Passage.Quote != nil {
				words += " " + n.Passage.Quote.Value
			}
			out = append(out, words)
		}
	}
	return out
}

// ownQuotes is the number of evidence items that cite texts of the seed.
func ownQuotes(t *testing.T) (n int) {
	t.Helper()
	graph, err := seed.Read(seed.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range graph.Evidence {
		for _, text := range graph.Texts {
			if e.Passage.Source == text.Document {
				n++
			}
		}
	}
	return n
}

// TestSources imports texts into the graph of a running service.
func TestSources(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts Dgraph")
	}
	masarBinary, data := masartest.Binary(t), seededDirectory(t)
	seedDir, dir := copySeed(t, func(_ string, content []byte) []byte { return content }), t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if err := os.WriteFile(filepath.Join(seedDir, "sources", "TEST-PAGE.yaml"), pageSeed(t), 0o600); err != nil {
		t.Fatal(err)
	}
	s := serve(t, masarBinary, "--data-dir", data)
	s.awaitReady(t, time.Minute)
	run := func(args ...string) result { return command(t, masarBinary, append(args, "--data-dir", data)...) }
	if r := run("seed", "load", "--dir", seedDir); r.code != 0 {
		t.Fatal(r)
	}
	shows := func(want ...string) {
		t.Helper()
		within(t, 3*time.Second, func() error {
			if got := s.quotes(); !slices.Equal(got, want) {
				return fmt.Errorf("%q, not %q", got, want)
			}
			return nil
		})
	}
	page, changed := write("page.text", pageWords), write("changed.text", changedPage)
	has := func(r result, code int, words ...string) {
		t.Helper()
		for _, w := range words {
			if !strings.Contains(string(r.out)+string(r.talk), w) {
				t.Errorf("no %q in %v", w, r)
			}
		}
		if r.code != code {
			t.Errorf("not exit code %d: %v", code, r)
		}
	}

	shows("SOURCE_NOT_IMPORTED", "SOURCE_NOT_IMPORTED")
	has(run("sources", "list"), exitOK, "TEST-PAGE", seed.Version(pageWords).SHA256, "  no  ")

	bad := write("bad.text", "abc\n\xe3")
	has(run("sources", "add", page, bad, write("empty.text", "")), exitFailure, "line 2, at byte 4", "empty.text is empty")
	has(run("sources", "add", changed), exitFailure, "changed.text is not a known version of any document", "TEST-PAGE")
	has(run("sources", "add", page, filepath.Join(dir, "nowhere.text")), exitNotFound, "nowhere.text")
	has(run("sources", "add", page, "--document", "ENACT-SLIDES-2023"), exitFailure, "is a version of TEST-PAGE and not of ENACT-SLIDES-2023")
	has(run("sources", "add", page, changed, "--document", "TEST-PAGE"), exitUsage, "one file")
	shows("SOURCE_NOT_IMPORTED", "SOURCE_NOT_IMPORTED") // nothing was imported

	has(run("sources", "add", changed, "--document", "TEST-PAGE"), exitOK, "0 of 2 VERIFIED", "another version", "created 1, updated 0, unchanged 0; snapshot 3")
	shows("MISMATCH", "MISMATCH")
	has(run("sources", "add", changed), exitOK, "created 0, updated 0, unchanged 1; snapshot 3")

	has(run("sources", "add", page), exitOK, "2 of 2 VERIFIED", "created 1, updated 0, unchanged 0; snapshot 4")
	shows("VERIFIED التحول الرقمي يبدأ بالبنية التحتية.", "VERIFIED والثقة شرط له.")
	has(run("sources", "add", page, page, changed), exitOK, "created 0, updated 0, unchanged 2; snapshot 4")
	has(run("sources", "list"), exitOK, seed.Version(changedPage).SHA256, "yes")
	verified := fmt.Sprintf("\"what\": \"quotes verified\",\n      \"count\": %d\n", 2+ownQuotes(t))
	has(run("sources", "add", write("windows.text", "\ufeff"+strings.ReplaceAll(pageWords, "\n", "\r\n"))), exitOK,
		"windows.text is the text of TEST-PAGE with another byte order mark", "2 of 2 VERIFIED", "created 0, updated 0, unchanged 1; snapshot 4")

	// A removed text is shown nowhere, and can be imported again.
	has(run("sources", "remove"), exitUsage, "no text is named")
	has(run("sources", "remove", seed.Version("another").SHA256), exitNotFound, "masar sources list")
	has(run("sources", "remove", seed.Version(changedPage).SHA256), exitOK, "removed 1; snapshot 5")
	shows("VERIFIED التحول الرقمي يبدأ بالبنية التحتية.", "VERIFIED والثقة شرط له.")
	has(run("sources", "remove", "--document", "TEST-PAGE", "--reason", "The licence ended."), exitOK, "2 passages", "removed 1; snapshot 6")
	shows("SOURCE_NOT_IMPORTED", "SOURCE_NOT_IMPORTED")
	has(run("sources", "remove", "--document", "TEST-PAGE"), exitNotFound, "TEST-PAGE")
	if r := run("sources", "list"); strings.Contains(string(r.out), seed.Version(changedPage).SHA256) {
		t.Errorf("a removed text of another version is listed: %v", r)
	}
	has(run("verify"), exitOK, "no faults in the graph at snapshot 6")
	has(run("sources", "add", page), exitOK, "2 of 2 VERIFIED", "created 0, updated 1, unchanged 0; snapshot 7")
	shows("VERIFIED التحول الرقمي يبدأ بالبنية التحتية.", "VERIFIED والثقة شرط له.")

	has(run("verify", "--output", "json"), exitOK, verified, "\"what\": \"quotes mismatched\",\n      \"count\": 0\n")
	s.stop(t)
}
