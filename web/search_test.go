package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Catches: a code that does not lead to its page, words that do, and ends of a path that do not become codes.
func TestSearchLeadsToPages(t *testing.T) {
	api := explorer(t)
	for address, want := range map[string]string{
		"/ar/search?q=16-6":                                 "/ar/targets/16.6",
		"/en/search?q=enact-km-05":                          "/en/recommendations/ENACT-KM-05",
		"/en/search?q=EGY":                                  "/en/countries/EGY",
		"/en/search?q=EGY&kind=":                            "/en/countries/EGY",
		"/en/search?q=EGY&kind=TOPIC":                       "",
		"/en/search?q=skills":                               "",
		"/en/paths?from=16-6&to=oman":                       "/en/paths?from=SDG_TARGET%3A16.6&to=COUNTRY%3AOMN",
		"/en/paths?from=16-6&to=oman&minNet=0.1&pattern=":   "/en/paths?from=SDG_TARGET%3A16.6&minNet=0.1&to=COUNTRY%3AOMN",
		"/en/paths?from=SDG_TARGET:16-6&to=COUNTRY:omn":     "/en/paths?from=SDG_TARGET%3A16.6&to=COUNTRY%3AOMN",
		"/en/paths?from=SDG_TARGET:16.6&to=COUNTRY:OMN":     "",
		"/en/paths?from=skills&to=COUNTRY:EGY":              "",
		"/en/paths?from=SDG_TARGET:16.6&to=COUNTRY:NOWHERE": "",
	} {
		resp := open(t, api, address)
		resp.Body.Close()
		status := http.StatusOK
		if want != "" {
			status = http.StatusSeeOther
		}
		if got := resp.Header.Get("Location"); got != want || resp.StatusCode != status {
			t.Errorf("%s answers %d with %q, want %d with %q", address, resp.StatusCode, got, status, want)
		}
	}
}

// Catches: suggestions with a page around them, in the other language, without the codes that a form sends, for other kinds
// than asked for, or without words for a screen reader.
func TestSuggestions(t *testing.T) {
	api := explorer(t)
	for _, c := range []struct{ address, value, ref, status string }{
		{"/ar/suggest?q=" + url.QueryEscape("الهوية الرق"), "الهوية الرقمية", "TOPIC:digital-identity", "اقتراح"},
		{"/en/suggest?q=digital+iden", "Digital identity", "TOPIC:digital-identity", "suggestion"},
		{"/en/suggest?q=egy&kind=COUNTRY", "Egypt", "COUNTRY:EGY", "1 suggestion"},
	} {
		options := optionsOf(t, document(t, api, c.address, http.StatusOK))
		found := false
		for _, o := range options {
			found = found || attribute(o, "data-autocomplete-value") == c.value && attribute(o, "data-ref") == c.ref && strings.HasPrefix(attribute(o, "data-address"), c.address[:4])
		}
		if !found || !strings.Contains(attribute(options[0], "data-status"), c.status) {
			t.Errorf("%s: %d options, found: %t, status %q", c.address, len(options), found, attribute(options[0], "data-status"))
		}
	}
	if none := optionsOf(t, document(t, api, "/ar/suggest?q=qqqqq", http.StatusOK)); len(none) != 1 || attribute(none[0], "aria-disabled") != "true" {
		t.Errorf("without suggestions there are %d options", len(none))
	}
}

// optionsOf are the options of a fragment, which has nothing else.
func optionsOf(t *testing.T, page *html.Node) (options []*html.Node) {
	t.Helper()
	for n := range page.Descendants() {
		if n.Type == html.ElementNode && n.Data == "li" {
			options = append(options, n)
		}
		if n.Type == html.ElementNode && (n.Data == "main" || n.Data == "header" || n.Data == "title") {
			t.Errorf("the fragment has a <%s>", n.Data)
		}
	}
	if len(options) == 0 {
		t.Fatal("no options")
	}
	return options
}

// Catches: a number on the home page whose link leads to a list of another length.
func TestHomeCountsWhatItsLinksList(t *testing.T) {
	api := explorer(t)
	for _, lang := range languages {
		lists := 0
		for n := range element(t, document(t, api, "/"+lang+"/", http.StatusOK), "main").Descendants() {
			address := attribute(n, "href")
			if n.Type != html.ElementNode || n.Data != "a" || !strings.Contains(address, "/search?kind=") {
				continue
			}
			lists++
			count := strings.TrimSpace(visible(n.NextSibling.NextSibling))
			title := visible(element(t, document(t, api, address, http.StatusOK), "h1"))
			if !strings.HasPrefix(title, count+" ") {
				t.Errorf("%s counts %s, and its list has the title %s", address, count, title)
			}
		}
		if lists < 10 {
			t.Errorf("%d numbers have a list", lists)
		}
	}
}
