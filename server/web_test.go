package server

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"masar/web"
)

// builtSite is a small website as the build writes it.
func builtSite(t *testing.T) http.Handler {
	t.Helper()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte("script")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return http.StripPrefix("/graphiql/", guarded(readSite(fstest.MapFS{
		"index.html":          {Data: []byte("<!doctype html>")},
		"assets/main-1.js.gz": {Data: packed.Bytes()},
		"assets/font-2.woff2": {Data: []byte("font")},
	})))
}

func fetch(h http.Handler, method, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// Catches: a file with the wrong type, a compressed file for a client that does not accept it, a changed file that
// browsers keep, and a request for a file that browsers could have kept.
func TestSiteServesItsFiles(t *testing.T) {
	const forGood, askAgain = "public, max-age=31536000, immutable", "no-cache"
	site := builtSite(t)
	for target, want := range map[string]struct{ encodings, body, kind, encoding, cache string }{
		"/graphiql/":                      {"gzip", "<!doctype html>", "text/html; charset=utf-8", "", askAgain},
		"/graphiql/index.html":            {"gzip", "<!doctype html>", "text/html; charset=utf-8", "", askAgain},
		"/graphiql/assets/font-2.woff2":   {"gzip", "font", "font/woff2", "", forGood},
		"/graphiql/assets/main-1.js":      {"", "script", "text/javascript; charset=utf-8", "", forGood},
		"/graphiql/assets/main-1.js?br":   {"br, deflate", "script", "text/javascript; charset=utf-8", "", forGood},
		"/graphiql/assets/main-1.js?none": {"gzip;q=0", "script", "text/javascript; charset=utf-8", "", forGood},
		"/graphiql/assets/main-1.js?gzip": {"br, GZIP;q=0.5", "script", "text/javascript; charset=utf-8", "gzip", forGood},
	} {
		w := fetch(site, http.MethodGet, target, "Accept-Encoding", want.encodings)
		h := w.Header()
		if w.Code != http.StatusOK || h.Get("Content-Type") != want.kind || h.Get("Content-Encoding") != want.encoding || h.Get("Cache-Control") != want.cache {
			t.Errorf("%s: %d %v", target, w.Code, h)
		}
		if packed := strings.Contains(target, ".js"); (h.Get("Vary") == "Accept-Encoding") != packed {
			t.Errorf("%s: Vary %q", target, h.Get("Vary"))
		}
		body := w.Body.Bytes()
		if want.encoding == "gzip" {
			body = unpack(body)
		}
		if string(body) != want.body {
			t.Errorf("%s: %q", target, body)
		}
		if again := fetch(site, http.MethodGet, target, "Accept-Encoding", want.encodings, "If-None-Match", h.Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() > 0 {
			t.Errorf("%s: conditional request: %d", target, again.Code)
		}
		if head := fetch(site, http.MethodHead, target, "Accept-Encoding", want.encodings); head.Code != http.StatusOK || head.Body.Len() > 0 || head.Header().Get("ETag") != h.Get("ETag") {
			t.Errorf("HEAD %s: %d %v", target, head.Code, head.Header())
		}
	}
	plain := fetch(site, http.MethodGet, "/graphiql/assets/main-1.js").Header().Get("ETag")
	if packed := fetch(site, http.MethodGet, "/graphiql/assets/main-1.js", "Accept-Encoding", "gzip").Header().Get("ETag"); plain == "" || packed == plain {
		t.Errorf("the compressed and the plain form have the same ETag %s", plain)
	}
}

// Catches: a path that leads outside the files of the site.
func TestSiteServesNothingElse(t *testing.T) {
	site := builtSite(t)
	for _, target := range []string{
		"/graphiql/nothing", "/graphiql/assets", "/graphiql/assets/", "/graphiql/assets/main-1.js.gz", "/graphiql//index.html",
		"/graphiql/../web.go", "/graphiql/assets/../../web.go", "/graphiql/%2e%2e/web.go", "/graphiql/..%2fweb.go", "/graphiql/.gitkeep",
	} {
		if w := fetch(site, http.MethodGet, target); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
}

// Catches: a page or an error without the policy that restricts it to this service.
func TestGraphiQLIsConfined(t *testing.T) {
	for _, target := range []string{"/graphiql/", "/graphiql/assets/main-1.js", "/graphiql/nothing"} {
		h := fetch(builtSite(t), http.MethodGet, target).Header()
		policy := h.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'; script-src 'self';") || !strings.Contains(policy, "frame-ancestors 'none'") ||
			strings.Contains(policy, "*") || strings.Contains(policy, "http") || strings.Contains(policy, "unsafe-eval") {
			t.Errorf("%s: %s", target, policy)
		}
		if h.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", target, h)
		}
	}
}

// Catches: a binary without GraphiQL that does not explain, in both languages, how to build it.
func TestGraphiQLMissing(t *testing.T) {
	w := fetch(guarded(http.HandlerFunc(missing)), http.MethodGet, "/graphiql/")
	if w.Code != http.StatusNotFound || w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	for _, words := range []string{"make build", "Install Node", "ثبّتوا Node", `dir="rtl"`} {
		if !strings.Contains(w.Body.String(), words) {
			t.Errorf("the page does not say %q", words)
		}
	}
}

// Catches: a service that does not serve GraphiQL or accepts methods other than GET and HEAD for it.
func TestGraphiQLIsServed(t *testing.T) {
	s := newService(t, nil)
	want := http.StatusNotFound
	if web.GraphiQL() != nil {
		want = http.StatusOK
	}
	for method, want := range map[string]int{http.MethodGet: want, http.MethodHead: want, http.MethodPost: http.StatusMethodNotAllowed} {
		if w := fetch(s, method, "/graphiql/"); w.Code != want || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d, want %d; %v", method, w.Code, want, w.Header())
		}
	}
	if w := fetch(s, http.MethodGet, "/graphiql"); w.Header().Get("Location") != "/graphiql/" {
		t.Errorf("/graphiql leads to %q", w.Header().Get("Location"))
	}
}
