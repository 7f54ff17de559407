package brief_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"masar"
	"masar/brief"
	"masar/internal/masartest"
)

// parsed is the HTML of a brief.
func parsed(t *testing.T, b brief.Brief) *html.Node {
	t.Helper()
	file, err := brief.HTML(b)
	if err != nil {
		t.Fatal(err)
	}
	page, err := html.Parse(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// elements are the elements of a page with a name.
func elements(page *html.Node, name string) []*html.Node {
	var all []*html.Node
	for n := range page.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			all = append(all, n)
		}
	}
	return all
}

// content is the text of an element.
func content(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// Catches: an HTML form that lacks a part of the brief, has a text in the wrong direction, a citation that leads nowhere, or
// something that is loaded from elsewhere.
func TestHTML(t *testing.T) {
	asker := askerOf(t, masartest.Disputed(t))
	for _, address := range []string{"targets/16.6", "countries/XAA", "recommendations/MERGE"} {
		b := asker.made(t, address)
		page := parsed(t, b)
		shown := content(elements(page, "main")[0])
		for _, text := range b.Texts {
			for _, line := range lines(text) {
				for _, r := range line {
					if !strings.Contains(shown, r.Text) {
						t.Errorf("%s: the page lacks %q", address, r.Text)
					}
				}
			}
		}
		for _, s := range b.Sources {
			if s.Quotation != nil && !strings.Contains(shown, s.Quotation.Text) {
				t.Errorf("%s: the page lacks the quotation %q", address, s.Quotation.Text)
			}
		}
		articles := elements(page, "article")
		if len(articles) != 2 || attribute(articles[0], "dir") != "rtl" || attribute(articles[0], "lang") != "ar" ||
			attribute(articles[1], "dir") != "ltr" || attribute(articles[1], "lang") != "en" {
			t.Errorf("%s: the languages of the texts are wrong", address)
		}
		for _, fault := range loose(page) {
			t.Errorf("%s: %s", address, fault)
		}
	}
}

// loose are the links that lead nowhere, and what a page loads.
func loose(page *html.Node) (faults []string) {
	ids := map[string]bool{}
	for n := range page.Descendants() {
		if id := attribute(n, "id"); n.Type == html.ElementNode && id != "" {
			if ids[id] {
				faults = append(faults, fmt.Sprintf("two elements have the id %s", id))
			}
			ids[id] = true
		}
	}
	for n := range page.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if slices.Contains([]string{"script", "img", "iframe", "object", "base"}, n.Data) || attribute(n, "src") != "" {
			faults = append(faults, fmt.Sprintf("the page has <%s>", n.Data))
		}
		if href := attribute(n, "href"); strings.HasPrefix(href, "#") && !ids[href[1:]] {
			faults = append(faults, fmt.Sprintf("nothing has the id %s", href))
		}
	}
	return faults
}

// Catches: a text of the graph that becomes a part of the page, and a link to a script.
func TestHTMLEscapes(t *testing.T) {
	const hostile = `<script>alert(1)</script>"><img src=x onerror=alert(1)>`
	line := brief.Paragraph{{Text: hostile, Language: masar.Arabic, Strong: true}, {Text: hostile, Address: "javascript:alert(1)"}, {Cites: []int{1}}}
	both := brief.Bilingual{masar.Arabic: hostile, masar.English: hostile}
	blocks := []brief.Block{{Paragraph: line}, {List: []brief.Paragraph{line}}, {Table: &brief.Table{Caption: hostile, Columns: []string{hostile}, Rows: [][]brief.Paragraph{{line}}}}}
	sections := []brief.Section{{Heading: hostile, Blocks: blocks}}
	page := parsed(t, brief.Brief{
		Texts: []brief.Text{{Language: masar.English, Title: hostile, Date: hostile, Sections: sections, Annex: sections, Footer: []brief.Paragraph{line}}},
		Sources: []brief.Source{{
			Number: 1, Title: both, Publisher: &both, Date: &both, Place: both, Summary: both, Address: "javascript:alert(1)",
			Quotation: &brief.Run{Text: hostile, Language: masar.Arabic},
		}},
	})
	for _, fault := range loose(page) {
		t.Error(fault)
	}
	for _, a := range elements(page, "a") {
		if strings.Contains(attribute(a, "href"), "javascript") {
			t.Errorf("a link leads to %s", attribute(a, "href"))
		}
	}
	if n := strings.Count(content(elements(page, "body")[0]), "<script>alert(1)</script>"); n < 20 {
		t.Errorf("the page shows the text %d times", n)
	}
}
