package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Catches: a browser that gets JSON, or a program that gets a page, and a redirect that loses the language or the operation.
func TestFrontPageDependsOnTheClient(t *testing.T) {
	api := explorer(t)
	for _, c := range []struct {
		target, accept, language string
		status                   int
		location, kind, vary     string
	}{
		{"/", browserAccept, "en-GB,en;q=0.9", 303, "/en/", "", "Accept, Accept-Language"},
		{"/", browserAccept, "ar-EG,en;q=0.5", 303, "/ar/", "", "Accept, Accept-Language"},
		{"/", browserAccept, "fr", 303, "/ar/", "", "Accept, Accept-Language"},
		{"/", browserAccept, "", 303, "/ar/", "", "Accept, Accept-Language"},
		{"/", "*/*", "en", 200, "", "text/plain", "Accept, Accept-Language"},
		{"/", "application/json, text/html;q=0.9", "en", 200, "", "text/plain", ""},
		{"/graphql?query={snapshot}&variables={}&operationName=A&extensions={}", browserAccept, "", 303, "/graphiql/?operationName=A&query=%7Bsnapshot%7D&variables=%7B%7D", "", "Accept"},
		{"/graphql", browserAccept, "", 303, "/graphiql/", "", "Accept"},
		{"/graphql?query={snapshot}", "application/json", "", 200, "", "application/json", "Accept"},
		{"/graphql?query={snapshot}", "*/*", "", 200, "", "application/json", "Accept"},
		{"/graphql?query={snapshot}", "text/plain", "", 406, "", "application/json", ""},
		{"/id/SDG_TARGET/16.6", browserAccept, "en", 303, "/en/targets/16.6", "", "Accept, Accept-Language"},
		{"/id/COUNTRY/EGY", browserAccept, "ar", 303, "/ar/countries/EGY", "", ""},
		{"/id/CLAIM/abc", browserAccept, "ar", 303, "/ar/claims/abc", "", ""},
		{"/id/COUNTRY/EGY?target=16.6", browserAccept, "en", 303, "/en/countries/EGY?target=16.6", "", ""},
		{"/id/EVIDENCE/00000000000000000000000000000000", browserAccept, "en", 404, "", "text/html", ""},
		{"/id/EVIDENCE/x", browserAccept, "en", 404, "", "text/html", ""},
		{"/id/TEXT/x", browserAccept, "en", 404, "", "text/html", ""},
		{"/id/SDG_TARGET/16.6", "application/ld+json", "", 200, "", "application/ld+json", "Accept, Accept-Language"},
		{"/id/SDG_TARGET/16.6", "image/png", "", 406, "", "application/json", ""},
		{"/id/NOTHING/x", browserAccept, "en", 404, "", "text/html", ""},
		{"/nothing", browserAccept, "en", 404, "", "text/html", ""},
		{"/nothing", "*/*", "en", 404, "", "application/json", ""},
		{"/api/v1/rows/nothing.csv", browserAccept, "en", 404, "", "text/html", ""},
		{"/ar", browserAccept, "", 301, "/ar/", "", ""},
		{"/en/targets/16-6", browserAccept, "", 308, "/en/targets/16.6", "", ""},
		{"/ar/targets/9-%D8%AC?goal=0", browserAccept, "", 308, "/ar/targets/9.c?goal=0", "", ""},
		{"/en/recommendations/enact-km-05", browserAccept, "", 308, "/en/recommendations/ENACT-KM-05", "", ""},
	} {
		resp := open(t, api, c.target, "Accept", c.accept, "Accept-Language", c.language)
		resp.Body.Close()
		h := resp.Header
		isRedirect := resp.StatusCode == c.status || c.status == 301 && resp.StatusCode == 307
		if !isRedirect || h.Get("Location") != c.location || !strings.HasPrefix(h.Get("Content-Type"), c.kind) || !strings.Contains(strings.Join(h.Values("Vary"), ", "), c.vary) {
			t.Errorf("%s for %q in %q: %d to %q, %s, Vary %v; want %+v", c.target, c.accept, c.language, resp.StatusCode, h.Get("Location"), h.Get("Content-Type"), h.Values("Vary"), c)
		}
	}
}

// Catches: an error page in the wrong language, without a way on, or that loads anything it may not.
func TestErrorPagesLeadOn(t *testing.T) {
	api := explorer(t)
	for _, c := range []struct{ target, language, lang string }{
		{"/nothing", "en", "en"}, {"/nothing", "ar", "ar"}, {"/en/nothing", "ar", "en"}, {"/ar/targets/16.99", "en", "ar"},
	} {
		resp := open(t, api, c.target, "Accept-Language", c.language)
		page, err := html.Parse(resp.Body)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if resp.Header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(resp.Header.Get("Content-Security-Policy"), "default-src 'none'; script-src 'self'") {
			t.Errorf("%s: %v", c.target, resp.Header)
		}
		links := map[string]bool{}
		for n := range page.Descendants() {
			if n.Data == "html" && n.Type == html.ElementNode && attribute(n, "lang") != c.lang {
				t.Errorf("%s in %s has the language %s", c.target, c.language, attribute(n, "lang"))
			}
			links[attribute(n, "href")+attribute(n, "action")] = true
		}
		for _, to := range []string{"/" + c.lang + "/", "/" + c.lang + "/search", "/" + c.lang + "/developers", "/graphiql/?lang=" + c.lang} {
			if !links[to] {
				t.Errorf("%s does not lead to %s", c.target, to)
			}
		}
	}
}

// Catches: a page that is sent again although it has not changed, an answer to HEAD with a body, and a method that changes
// nothing and is not refused.
func TestPagesAreCompared(t *testing.T) {
	api := explorer(t)
	first := open(t, api, "/en/targets/16.6")
	tag := first.Header.Get("ETag")
	if tag == "" || first.Header.Get("Cache-Control") != "no-cache" || first.Header.Get("Content-Language") != "en" || first.Header.Get("Set-Cookie") != "" {
		t.Fatalf("%v", first.Header)
	}
	again := open(t, api, "/en/targets/16.6", "If-None-Match", `"x", `+tag)
	if body, _ := io.ReadAll(again.Body); again.StatusCode != http.StatusNotModified || len(body) > 0 {
		t.Errorf("the same page: %d, %d bytes", again.StatusCode, len(body))
	}
	for _, other := range []string{"/ar/targets/16.6", "/en/targets/16.7", "/en/targets/16.6?goal=0"} {
		if resp := open(t, api, other, "If-None-Match", tag); resp.StatusCode != http.StatusOK {
			t.Errorf("%s has the tag of another page: %d", other, resp.StatusCode)
		}
	}
	post := httptest.NewRequest(http.MethodPost, "/en/targets/16.6", strings.NewReader("x"))
	post.Header.Set("Accept", browserAccept)
	if resp := api.Do(t, post); resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d %v", resp.StatusCode, resp.Header)
	}
}

// Catches: a style sheet, script or font of the pages that is missing, or that browsers ask for again.
func TestPagesHaveTheirFiles(t *testing.T) {
	api := explorer(t)
	page := document(t, api, "/ar/targets/16.6", http.StatusOK)
	files := 0
	for n := range page.Descendants() {
		address := attribute(n, "href") + attribute(n, "src")
		if !strings.HasPrefix(address, "/assets/") {
			continue
		}
		files++
		resp := open(t, api, address)
		if resp.StatusCode != http.StatusOK || !strings.Contains(resp.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", address, resp.StatusCode, resp.Header)
		}
	}
	if files == 0 {
		t.Error("the page has no style sheet")
	}
}
