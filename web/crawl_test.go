package web_test

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"masar/internal/masartest"
	"masar/words"
)

// Catches: a link that leads nowhere, a page without a title, language, direction or exactly one heading, an id that is
// missing or twice, a link whose name does not begin with its text, a code within which a line can end, and values that are not for readers. It follows every link of the pages in testdata/pages and in
// the users' documents. It does not follow the links between the parts of a search. Of the links
// to one path with different queries, such as filters, it follows a few.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	c := crawl{t: t, api: explorer(t), seen: map[string]string{}, ids: map[string][]string{}, anchors: map[string]string{}, queries: map[string]int{}}
	for name, paths := range addresses(t) {
		if strings.HasPrefix(name, "error-") {
			continue
		}
		for _, path := range paths {
			for _, lang := range languages {
				c.add("/"+lang+path, "testdata/pages")
			}
		}
	}
	for _, name := range []string{"../docs/explorer.md", "../docs/explorer.ar.md"} {
		for _, address := range documented(t, name) {
			c.add(address, name)
		}
	}
	for len(c.todo) > 0 {
		address := c.todo[0]
		c.todo = c.todo[1:]
		c.visit(address)
	}
	for anchor, from := range c.anchors {
		page, id, _ := strings.Cut(anchor, "#")
		if ids, visited := c.ids[page]; visited && !slices.Contains(ids, id) {
			t.Errorf("%s links to %s, and the page does not have this id", from, anchor)
		}
	}
	t.Logf("%d pages", len(c.ids))
}

// documented are the addresses of pages that a document shows as code.
func documented(t *testing.T, name string) (addresses []string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("`(/(?:ar|en)/[^`…]*)`").FindAllStringSubmatch(string(text), -1) {
		addresses = append(addresses, m[1])
	}
	if len(addresses) == 0 {
		t.Fatalf("%s shows no addresses", name)
	}
	return addresses
}

type crawl struct {
	t       *testing.T
	api     *masartest.API
	seen    map[string]string   // the pages by address, and the first page that links to each
	ids     map[string][]string // the ids on each page
	anchors map[string]string   // the addresses with an id, and a page that links to each
	queries map[string]int      // the number of links with a query, by path
	todo    []string
}

// maxQueries is the maximum number of links with a query that are followed for one path.
const maxQueries = 6

func (c *crawl) add(address, from string) {
	page, id, _ := strings.Cut(address, "#")
	if id != "" {
		c.anchors[address] = from
	}
	if _, seen := c.seen[page]; seen {
		return
	}
	if path, query, _ := strings.Cut(page, "?"); query != "" && from != "testdata/pages" {
		if c.queries[path]++; c.queries[path] > maxQueries {
			return
		}
	}
	c.seen[page] = from
	c.todo = append(c.todo, page)
}

func (c *crawl) visit(address string) {
	resp := open(c.t, c.api, address)
	defer resp.Body.Close()
	if to := resp.Header.Get("Location"); resp.StatusCode >= 300 && resp.StatusCode < 400 {
		c.add(to, address)
		return
	}
	if resp.StatusCode != http.StatusOK {
		c.t.Errorf("%s links to %s, which answers %d", c.seen[address], address, resp.StatusCode)
		return
	}
	if !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") || !strings.HasPrefix(address, "/ar/") && !strings.HasPrefix(address, "/en/") {
		return
	}
	parsed, err := html.Parse(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	c.check(address, parsed)
	c.checkNames(address, parsed)
	c.checkCodes(address, parsed)
	c.follow(address, parsed)
}

// follow adds the links of a page to other pages of the service.
func (c *crawl) follow(address string, page *html.Node) {
	base, err := url.Parse(address)
	if err != nil {
		c.t.Fatal(err)
	}
	for n := range page.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" {
			continue
		}
		to, err := base.Parse(attribute(n, "href"))
		if err != nil {
			c.t.Errorf("%s: %v", address, err)
			continue
		}
		isPermanent := to.Host == "example.com" && strings.HasPrefix(to.Path, "/id/")
		if isSearch := regexp.MustCompile(`^/(?:ar|en)/search$`).MatchString; isSearch(base.Path) && isSearch(to.Path) {
			continue // each search has dozens of parts; testdata/pages has some of them
		}
		if to.Host != "" && !isPermanent || strings.HasPrefix(to.Path, "/graphiql/") {
			continue
		}
		to.Scheme, to.Host = "", ""
		c.add(to.String(), address)
	}
}

// unreadable are values that no reader may see: names of enum values, and those of Go.
var unreadable = regexp.MustCompile(`<nil>|ZgotmplZ|map\[|%!|\b(?:page|label|count|error)\.[a-z_]+|` + strings.Join(enumNames(), "|"))

// addressInText is an address, which has codes and names of values, or a code, whose parts may be such names.
var addressInText = regexp.MustCompile(`https?://\S+|/api/v1/\S+|\b[A-Z0-9]+(?:-[A-Z0-9.]+)+\b`)

// enumNames are the values of enums that are written as no word or code is.
func enumNames() []string {
	var names []string
	for _, key := range words.Keys("label.") {
		value := key[strings.LastIndex(key, ".")+1:]
		if strings.ToUpper(value) == value && len(value) > 3 && !slices.Contains(ordinary, value) {
			names = append(names, `\b`+value+`\b`)
		}
	}
	return names
}

// ordinary are enum values that are also parts of codes or names.
var ordinary = []string{"ENACT"}

func (c *crawl) check(address string, page *html.Node) {
	headings, titles := 0, 0
	var ids []string
	for n := range page.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := attribute(n, "id"); id != "" {
			if slices.Contains(ids, id) {
				c.t.Errorf("%s has the id %s twice", address, id)
			}
			ids = append(ids, id)
		}
		switch n.Data {
		case "html":
			c.checkLanguage(address, n)
		case "h1":
			headings++
		case "title":
			titles++
		}
		if slices.Contains([]string{"h1", "h2", "h3", "h4", "title", "a", "button", "summary"}, n.Data) && strings.TrimSpace(visible(n)) == "" && n.Data != "title" {
			c.t.Errorf("%s has an empty <%s>", address, n.Data)
		}
	}
	if headings != 1 || titles != 1 {
		c.t.Errorf("%s has %d <h1> and %d <title>", address, headings, titles)
	}
	c.ids[address] = ids
	for line := range strings.Lines(visibleWithout(page, isCode)) {
		if found := unreadable.FindString(addressInText.ReplaceAllString(line, "")); found != "" {
			c.t.Errorf("%s shows %q: %s", address, found, line)
		}
	}
}

// spoken are the words and numbers of a text, as readers see or say them.
var spoken = regexp.MustCompile(`[\p{L}\p{N}]+`)

// checkNames holds the name of each link and control to the words that it shows, so that a reader who says what they see
// gets it.
func (c *crawl) checkNames(address string, page *html.Node) {
	for n := range page.Descendants() {
		name := attribute(n, "aria-label")
		if name == "" || !slices.Contains([]string{"a", "button", "summary"}, n.Data) {
			continue
		}
		shown, heard := spoken.FindAllString(visible(n), -1), spoken.FindAllString(name, -1)
		if !strings.HasPrefix(strings.Join(heard, " ")+" ", strings.Join(shown, " ")+" ") {
			c.t.Errorf("%s: a <%s> shows %q and has the name %q, which does not begin with it", address, n.Data, shown, name)
		}
	}
}

// checkCodes looks for codes such as 16-6 within which a line can end. Texts of sources are left as they are.
func (c *crawl) checkCodes(address string, page *html.Node) {
	for n := range element(c.t, page, "main").Descendants() {
		if n.Type != html.TextNode || !words.ArabicSDGCode.MatchString(n.Data) {
			continue
		}
		isFine := false
		for p := n.Parent; p != nil; p = p.Parent {
			isFine = isFine || slices.Contains([]string{"option", "pre", "svg"}, p.Data) || slices.Contains([]string{"whole", "code", "text", "sr"}, attribute(p, "class"))
		}
		if !isFine {
			c.t.Errorf("%s: a line can end within a code of %q", address, n.Data)
		}
	}
}

// isCode reports whether an element is a code, which can contain the name of an enum value.
func isCode(n *html.Node) bool { return n.Data == "bdi" && attribute(n, "class") == "code" }

func (c *crawl) checkLanguage(address string, n *html.Node) {
	lang, dir := address[1:3], map[string]string{"ar": "rtl", "en": "ltr"}[address[1:3]]
	if attribute(n, "lang") != lang || attribute(n, "dir") != dir {
		c.t.Errorf("%s has the language %q and the direction %q", address, attribute(n, "lang"), attribute(n, "dir"))
	}
}
