package web_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"masar/internal/masartest"
	"masar/loaders"
)

var update = flag.Bool("update", false, "write the golden files")

// languages are the prefixes of the pages.
var languages = []string{"ar", "en"}

// browserAccept is the Accept header of a browser.
const browserAccept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

// explorer is the service with the seed graph.
func explorer(t *testing.T) *masartest.API {
	t.Helper()
	return masartest.Start(t).API(t, loaders.Options{})
}

// open requests an address as a browser does.
func open(t *testing.T, api *masartest.API, address string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("Accept", browserAccept)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return api.Do(t, r)
}

// document requests a page that must be there, and parses it.
func document(t *testing.T, api *masartest.API, address string, status int) *html.Node {
	t.Helper()
	resp := open(t, api, address)
	defer resp.Body.Close()
	if resp.StatusCode != status {
		t.Fatalf("%s: status %d, want %d", address, resp.StatusCode, status)
	}
	parsed, err := html.Parse(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// addresses are the paths of each kind of page without the language: the lines of testdata/pages/NAME.addresses.
func addresses(t *testing.T) map[string][]string {
	t.Helper()
	files, err := filepath.Glob("testdata/pages/*.addresses")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files of addresses: %v", len(files), err)
	}
	all := map[string][]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(file), ".addresses")] = strings.Fields(string(text))
	}
	return all
}

// Catches: a page that shows other words than those that a reviewer has read, in either language. -update writes the
// golden files; -run TestPagesShow/target tests one kind of page.
func TestPagesShow(t *testing.T) {
	api := explorer(t)
	for name, paths := range addresses(t) {
		t.Run(name, func(t *testing.T) {
			for _, lang := range languages {
				var shown strings.Builder
				for _, path := range paths {
					status := http.StatusOK
					if strings.HasPrefix(name, "error-") {
						fmt.Sscanf(name, "error-%d", &status)
					}
					fmt.Fprintf(&shown, "══ /%s%s\n%s\n", lang, path, visible(element(t, document(t, api, "/"+lang+path, status), "main")))
				}
				compareGolden(t, fmt.Sprintf("testdata/pages/%s.%s.txt", name, lang), shown.String())
			}
		})
	}
}

// Catches: a frame with other words, in either language.
func TestFrameShows(t *testing.T) {
	api := explorer(t)
	for _, lang := range languages {
		page := document(t, api, "/"+lang+"/targets/16.6", http.StatusOK)
		compareGolden(t, fmt.Sprintf("testdata/frame.%s.txt", lang), visible(element(t, page, "header"))+"──\n"+visible(element(t, page, "footer")))
	}
}

// element is the first element of a page with a name.
func element(t *testing.T, page *html.Node, name string) *html.Node {
	t.Helper()
	for n := range page.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			return n
		}
	}
	t.Fatalf("the page has no <%s>", name)
	return nil
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

// blocks are the elements that begin a line.
var blocks = map[string]bool{
	"p": true, "h1": true, "h2": true, "h3": true, "h4": true, "li": true, "dt": true, "dd": true, "section": true, "article": true, "nav": true,
	"header": true, "footer": true, "main": true, "form": true, "label": true, "button": true, "summary": true, "blockquote": true,
	"figcaption": true, "tr": true, "table": true, "caption": true, "option": true, "div": true,
}

var severalLines, severalSpaces = regexp.MustCompile(`\s*\n\s*`), regexp.MustCompile(`[ \t]+`)

// visible is the text of a page as a reader sees it, block by block. The operation behind the page is left out: it is a
// file of its own.
func visible(n *html.Node) string { return visibleWithout(n, func(*html.Node) bool { return false }) }

// visibleWithout is the visible text without that of some elements.
func visibleWithout(n *html.Node, leftOut func(*html.Node) bool) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(strings.ReplaceAll(n.Data, "\n", " "))
		case n.Type == html.ElementNode && (slices.Contains([]string{"head", "script", "svg", "pre", "template"}, n.Data) || has(n, "hidden") || leftOut(n)):
			return
		}
		if blocks[n.Data] {
			b.WriteString("\n")
		}
		if n.Data == "td" || n.Data == "th" {
			b.WriteString(" | ")
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
		if blocks[n.Data] {
			b.WriteString("\n")
		}
	}
	walk(n)
	text := severalSpaces.ReplaceAllString(b.String(), " ")
	return strings.TrimSpace(severalLines.ReplaceAllString(text, "\n")) + "\n"
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
