package server_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"masar/brief"
	"masar/internal/brieftest"
	"masar/internal/masartest"
	"masar/loaders"
	"masar/operations"
	"masar/server"
)

// aBrief is one address of each kind of brief, without the form and the language, and the beginning of its file's name.
var aBrief = []struct{ address, query, name string }{
	{"targets/16.6", "", "masar-16.6"},
	{"targets/16.6", "country=EGY", "masar-16.6-EGY"},
	{"countries/EGY", "", "masar-EGY"},
	{"countries/TUN", "target=16.6", "masar-TUN-16.6"},
	{"recommendations/ENACT-KM-01", "", "masar-ENACT-KM-01"},
	{"path", "from=COUNTRY:EGY&to=SDG_TARGET:16.6", "masar-EGY-16.6"},
}

// briefsAPI requests briefs.
type briefsAPI struct{ *masartest.API }

func newBriefsAPI(t *testing.T, changes ...masartest.Change) briefsAPI {
	return briefsAPI{masartest.Start(t).API(t, loaders.Options{}, changes...)}
}

// send requests a brief and reads the answer.
func (a briefsAPI) send(t *testing.T, method, file string, header ...string) (*http.Response, []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, "/api/v1/briefs/"+file, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "localhost"
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response := a.Do(t, request)
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, body
}

// get requests a brief that must exist.
func (a briefsAPI) get(t *testing.T, file string) (*http.Response, []byte) {
	t.Helper()
	response, body := a.send(t, http.MethodGet, file)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %s", file, response.StatusCode, body)
	}
	return response, body
}

// codeOf is the code of an error. Its message must be in both languages.
func codeOf(t *testing.T, body []byte) string {
	t.Helper()
	var answer struct {
		Errors []struct {
			Extensions struct {
				Code     string            `json:"code"`
				Messages map[string]string `json:"messages"`
			} `json:"extensions"`
		} `json:"errors"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || len(answer.Errors) != 1 {
		t.Fatalf("%v: %s", err, body)
	}
	e := answer.Errors[0].Extensions
	if e.Messages["en"] == "" || e.Messages["ar"] == "" || strings.HasPrefix(e.Messages["en"], "error.") {
		t.Errorf("messages: %q", e.Messages)
	}
	return e.Code
}

// Catches: a kind of brief, a language or a form that fails; a Word file whose text is not that of the HTML, or whose name
// does not say what it is; forms that number their sources in different ways.
func TestBriefsInEveryForm(t *testing.T) {
	api := newBriefsAPI(t)
	for _, of := range aBrief {
		for _, lang := range []string{"ar", "en", "both"} {
			t.Run(of.name+" "+lang, func(t *testing.T) {
				file := func(form string) string { return of.address + "." + form + "?lang=" + lang + "&" + of.query }
				page, pageBody := api.get(t, strings.TrimSuffix(file("html"), "&"))
				word, wordBody := api.get(t, strings.TrimSuffix(file("docx"), "&"))
				data, dataBody := api.get(t, strings.TrimSuffix(file("json"), "&"))
				shown, err := brieftest.HTMLText(pageBody)
				if err != nil {
					t.Fatal(err)
				}
				text, err := brieftest.WordText(wordBody)
				if err != nil {
					t.Fatal(err)
				}
				if difference := brieftest.Difference(text, shown); difference != "" {
					t.Errorf("Word: %s", difference)
				}
				var b brief.Brief
				if err := json.Unmarshal(dataBody, &b); err != nil || len(b.Sources) == 0 {
					t.Fatalf("%v, %d sources", err, len(b.Sources))
				}
				for _, s := range b.Sources {
					if line := fmt.Sprintf("[%d]%s", s.Number, s.Title[b.Texts[0].Language]); !strings.Contains(brieftest.Squeeze(shown), brieftest.Squeeze(line)) {
						t.Errorf("the HTML lacks %s", line)
					}
				}
				for form, response := range map[string]*http.Response{"html": page, "docx": word, "json": data} {
					name := of.name + "-" + b.AsOf + "-" + lang + "." + form
					if got := response.Header.Get("Content-Disposition"); !strings.HasSuffix(got, `; filename="`+name+`"`) {
						t.Errorf("%s, not %s", got, name)
					}
					if got := response.Header.Get("Content-Type"); got != brief.Form(form).ContentType() {
						t.Errorf("%s: %s", form, got)
					}
				}
			})
		}
	}
}

// Catches: a request that is answered although it is wrong, with another status or code, or without saying what is wrong in
// both languages.
func TestBriefsThatAreRefused(t *testing.T) {
	api := newBriefsAPI(t)
	for file, want := range map[string]string{
		"targets/16.6.doc":                          "404 NOT_FOUND",
		"targets/16.6":                              "404 NOT_FOUND",
		"target/16.6.html":                          "404 NOT_FOUND",
		"targets/16.66.html":                        "404 NOT_FOUND",
		"targets/.html":                             "400 BAD_INPUT",
		"countries/XXX.json":                        "404 NOT_FOUND",
		"recommendations/nothing.docx":              "404 NOT_FOUND",
		"targets/16.6.html?lang=fr":                 "400 BAD_INPUT",
		"targets/16.6.html?first=0":                 "400 BAD_INPUT",
		"targets/16.6.html?first=many":              "400 BAD_INPUT",
		"targets/16.6.html?quotes=some":             "400 BAD_INPUT",
		"targets/16.6.html?from=COUNTRY:EGY":        "400 BAD_INPUT",
		"targets/16.6.html?lang=ar&lang=en":         "400 BAD_INPUT",
		"targets/16.6.html?lang=%zz":                "400 BAD_INPUT",
		"path.html":                                 "400 BAD_INPUT",
		"path.html?from=EGY&to=SDG_TARGET:16.6":     "400 BAD_INPUT",
		"path.html?from=COUNTRY:XXX&to=COUNTRY:EGY": "400 BAD_INPUT",
		"targets/16.6.pdf":                          "501 PDF_NOT_AVAILABLE",
	} {
		response, body := api.send(t, http.MethodGet, file)
		if got := fmt.Sprintf("%d %s", response.StatusCode, codeOf(t, body)); got != want {
			t.Errorf("%s: %s, not %s", file, got, want)
		}
	}
	response, body := api.send(t, http.MethodPost, "targets/16.6.html")
	if code := codeOf(t, body); response.StatusCode != http.StatusMethodNotAllowed || code != "METHOD_NOT_ALLOWED" || response.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d %s", response.StatusCode, code)
	}
}

// Catches: a browser that gets JSON instead of a page when there is no PDF, in either language.
func TestBrowsersSeeWhyThereIsNoPDF(t *testing.T) {
	api := newBriefsAPI(t)
	for lang, want := range map[string]string{"ar": "لا يتيح هذا الخادم ملفات PDF. اطبع نسخة HTML من المتصفح أو نزّل نسخة Word.", "en": "PDF is not available on this server. Print the HTML version from the browser, or download the Word version."} {
		response, body := api.send(t, http.MethodGet, "targets/16.6.pdf?lang="+lang, "Accept", "text/html", "Accept-Language", lang)
		if response.StatusCode != http.StatusNotImplemented || !strings.Contains(string(body), want) {
			t.Errorf("%s: %d %s", lang, response.StatusCode, body)
		}
	}
}

// Catches: a brief that is made again for a client that has it, an ETag that different briefs share, and a HEAD with
// another header than GET.
func TestBriefsAreRevalidated(t *testing.T) {
	api := newBriefsAPI(t)
	tags := map[string]string{}
	for _, file := range []string{
		"targets/16.6.html", "targets/16.6.html?lang=en", "targets/16.6.html?country=EGY", "targets/16.6.docx", "targets/16.6.json", "countries/EGY.html",
	} {
		response, _ := api.get(t, file)
		tag := response.Header.Get("ETag")
		if other := tags[tag]; tag == "" || other != "" {
			t.Errorf("%s has the tag %s of %q", file, tag, other)
		}
		tags[tag] = file
		known, body := api.send(t, http.MethodGet, file, "If-None-Match", tag)
		if known.StatusCode != http.StatusNotModified || len(body) > 0 || known.Header.Get("ETag") != tag {
			t.Errorf("%s: %d", file, known.StatusCode)
		}
		head, _ := api.send(t, http.MethodHead, file)
		if head.StatusCode != http.StatusOK || head.Header.Get("ETag") != tag || head.Header.Get("Content-Disposition") != response.Header.Get("Content-Disposition") {
			t.Errorf("HEAD %s: %d %v", file, head.StatusCode, head.Header)
		}
	}
	before := api.Reads()
	for tag, file := range tags {
		api.send(t, http.MethodGet, file, "If-None-Match", tag)
	}
	if n := api.Reads() - before; n > 0 {
		t.Errorf("%d reads for briefs that the client has", n)
	}
}

// Catches: two addresses of one brief, one of which a cache and a reader would take for another.
func TestBriefsHaveOneAddress(t *testing.T) {
	api := newBriefsAPI(t)
	for file, want := range map[string]string{
		"targets/16-6.docx?lang=en": "/api/v1/briefs/targets/16.6.docx?lang=en",
		"countries/egy.html":        "/api/v1/briefs/countries/EGY.html",
	} {
		response, body := api.send(t, http.MethodGet, file)
		if response.StatusCode != http.StatusPermanentRedirect || response.Header.Get("Location") != want {
			t.Errorf("%s: %d %s %s", file, response.StatusCode, response.Header.Get("Location"), body)
		}
	}
}

// Catches: a brief in a browser that may load something or run a script, and a permanent address of another service.
func TestBriefsAsPages(t *testing.T) {
	api := newBriefsAPI(t, func(_ *operations.Options, o *server.Options) {
		var err error
		if o.Public, err = server.ParsePublicURLs([]string{"https://masar.example.org"}); err != nil {
			t.Fatal(err)
		}
	})
	response, body := api.get(t, "targets/16.6.html")
	policy := strings.Split(response.Header.Get("Content-Security-Policy"), "; ")
	if !slices.Contains(policy, "default-src 'none'") || strings.Contains(strings.Join(policy, " "), "script-src") {
		t.Errorf("policy %q", policy)
	}
	if !strings.Contains(string(body), `"https://masar.example.org/ar/briefs/targets/16.6"`) {
		t.Error("the permanent address is missing")
	}
}

// Catches: briefs that do not count in the rate of a client.
func TestBriefsHaveARate(t *testing.T) {
	api := newBriefsAPI(t, func(o *operations.Options, _ *server.Options) { o.Rate = operations.Rate{Requests: 10, Per: time.Hour} })
	for i := 0; ; i++ {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/briefs/targets/16.6.json", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host, request.RemoteAddr = "masar.example.org", "203.0.113.9:1"
		switch status := api.Do(t, request).StatusCode; {
		case i > 0 && status == http.StatusTooManyRequests:
			return
		case i > 5 || status != http.StatusOK:
			t.Fatalf("brief %d: %d", i, status)
		}
	}
}
