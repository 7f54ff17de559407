package server_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/klauspost/compress/zstd"

	"masar"
	"masar/exchange/dump"
	"masar/internal/masartest"
	"masar/loaders"
	"masar/operations"
	"masar/server"
)

// linkedAPI requests exports and records.
type linkedAPI struct{ *masartest.API }

// publicBase is the address by which the clients of linkedAPI know the service.
const publicBase = "https://masar.example.org/"

func newLinkedAPI(t *testing.T) linkedAPI {
	t.Helper()
	public, err := server.ParsePublicURLs([]string{publicBase})
	if err != nil {
		t.Fatal(err)
	}
	return linkedAPI{masartest.Start(t).API(t, loaders.Options{}, func(_ *operations.Options, o *server.Options) { o.Public = public })}
}

func (a linkedAPI) send(t *testing.T, method, target string, header ...string) (*http.Response, []byte) {
	t.Helper()
	request, err := http.NewRequest(method, target, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "masar.example.org"
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

// get requests what must exist.
func (a linkedAPI) get(t *testing.T, target string, header ...string) (*http.Response, []byte) {
	t.Helper()
	response, body := a.send(t, http.MethodGet, target, header...)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %s", target, response.StatusCode, body)
	}
	return response, body
}

// exportTypes are the files of exports with their content types.
var exportTypes = map[string]string{
	"graph.jsonl":        "application/jsonl; charset=utf-8",
	"graph.nq":           "application/n-quads",
	"graph.jsonld":       "application/ld+json",
	"graph.ttl":          "text/turtle; charset=utf-8",
	"graph.graphml":      "application/graphml+xml; charset=utf-8",
	"documents.bib":      "application/x-bibtex; charset=utf-8",
	"documents.ris":      "application/x-research-info-systems; charset=utf-8",
	"documents.csl.json": "application/vnd.citationstyles.csl+json",
}

// unpacked is a body without its content coding.
func unpacked(t *testing.T, response *http.Response, body []byte) []byte {
	t.Helper()
	var from io.Reader = bytes.NewReader(body)
	var err error
	switch response.Header.Get("Content-Encoding") {
	case "gzip":
		from, err = gzip.NewReader(from)
	case "zstd":
		from, err = zstd.NewReader(from)
	}
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// Catches: a file with a wrong type, a tag that caches cannot use, a compressed file with other content or with the tag of another
// coding, a range of a file, and an answer to HEAD with a body.
func TestExportFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("reads every export several times, which takes minutes under the race detector")
	}
	api := newLinkedAPI(t)
	for name, kind := range exportTypes {
		response, body := api.get(t, "/export/"+name)
		h := response.Header
		if h.Get("Content-Type") != kind || h.Get("Accept-Ranges") != "none" || h.Get("Content-Disposition") != `attachment; filename="`+name+`"` || len(body) < 1000 {
			t.Errorf("%s: %v, %d bytes", name, h, len(body))
		}
		tag := h.Get("ETag")
		if !strings.HasPrefix(tag, `"`) {
			t.Errorf("%s: the tag %s is weak", name, tag)
		}
		tags := []string{tag}
		for _, coding := range []string{"gzip", "zstd"} {
			response, packed := api.get(t, "/export/"+name, "Accept-Encoding", coding)
			if response.Header.Get("Content-Encoding") != coding || len(packed) >= len(body) || !bytes.Equal(unpacked(t, response, packed), body) {
				t.Errorf("%s as %s: %v, %d bytes", name, coding, response.Header, len(packed))
			}
			tags = append(tags, response.Header.Get("ETag"))
		}
		if slices.Sort(tags); len(slices.Compact(tags)) != 3 {
			t.Errorf("%s: the tags %v", name, tags)
		}
		for _, known := range tags {
			if response, body := api.send(t, http.MethodGet, "/export/"+name, "If-None-Match", known); response.StatusCode != http.StatusNotModified || len(body) > 0 {
				t.Errorf("%s with the tag %s: %d", name, known, response.StatusCode)
			}
		}
		if response, body := api.send(t, http.MethodHead, "/export/"+name); response.StatusCode != http.StatusOK || len(body) > 0 || response.Header.Get("ETag") != tag || response.Header.Get("Content-Type") != kind {
			t.Errorf("HEAD %s: %d %v", name, response.StatusCode, response.Header)
		}
		if response, part := api.send(t, http.MethodGet, "/export/"+name, "Range", "bytes=0-9"); response.StatusCode != http.StatusOK || len(part) != len(body) {
			t.Errorf("a range of %s: %d, %d bytes", name, response.StatusCode, len(part))
		}
		if response, _ := api.send(t, http.MethodPost, "/export/"+name); response.StatusCode != http.StatusMethodNotAllowed || response.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("POST %s: %d %v", name, response.StatusCode, response.Header)
		}
	}
}

// Catches: a list that lacks a file, a size or hash of another file, and descriptions with files that do not exist.
func TestExportsAreListed(t *testing.T) {
	api := newLinkedAPI(t)
	type listed struct {
		Name, MediaType, Profile string
		Size                     *int64
		SHA256                   *string
	}
	list := func() []listed {
		var answer struct{ Files []listed }
		_, body := api.get(t, "/export/")
		if err := json.Unmarshal(body, &answer); err != nil {
			t.Fatal(err)
		}
		return answer.Files
	}
	if files := list(); len(files) != len(exportTypes) || files[0].Size != nil {
		t.Errorf("%+v", files)
	}
	_, body := api.get(t, "/export/graph.nq")
	sum := sha256.Sum256(body)
	for _, f := range list() {
		if exportTypes[f.Name] != f.MediaType || f.Profile != "public" {
			t.Errorf("%+v", f)
		}
		if is := f.Name == "graph.nq"; is != (f.Size != nil) || is && (*f.Size != int64(len(body)) || *f.SHA256 != hex.EncodeToString(sum[:])) {
			t.Errorf("%+v after a download of graph.nq", f)
		}
	}
	for _, name := range []string{"datapackage.json", "dcat.jsonld"} {
		_, body := api.get(t, "/export/"+name)
		if !json.Valid(body) || !bytes.Contains(body, []byte(hex.EncodeToString(sum[:]))) {
			t.Errorf("%s: %s", name, body)
		}
		for file := range exportTypes {
			if !bytes.Contains(body, []byte(file)) {
				t.Errorf("%s lacks %s", name, file)
			}
		}
	}
}

// Catches: a wrong status or message for a wrong request.
func TestExportsAreRefused(t *testing.T) {
	api := newLinkedAPI(t)
	for target, want := range map[string]string{
		"/export/graph.xml":                     "404 NOT_FOUND",
		"/export/graph.nq?lang=ar":              "400 BAD_INPUT",
		"/export/graph.graphml?lang=fr":         "400 BAD_INPUT",
		"/export/graph.nq?filter={":             "400 BAD_INPUT",
		`/export/graph.nq?filter={"basis":"X"}`: "400 BAD_INPUT",
		"/export/?a=1":                          "400 BAD_INPUT",
	} {
		path, query, _ := strings.Cut(target, "?")
		response, body := api.send(t, http.MethodGet, path+"?"+(&url.URL{RawQuery: query}).RawQuery)
		var answer struct {
			Errors []struct{ Extensions struct{ Code string } }
		}
		if err := json.Unmarshal(body, &answer); err != nil || len(answer.Errors) == 0 {
			t.Fatalf("%s: %v %s", target, err, body)
		}
		if got := fmt.Sprint(response.StatusCode, " ", answer.Errors[0].Extensions.Code); got != want {
			t.Errorf("%s: %s, want %s", target, got, want)
		}
	}
}

// Catches: a filtered export with other claims than the rows, or with a reference to a record that it lacks: it can be imported.
func TestFilteredExportsAreComplete(t *testing.T) {
	api := newLinkedAPI(t)
	filter := url.QueryEscape(`{"countries":["EGY"],"basis":"STATED"}`)
	_, lines := api.get(t, "/export/graph.jsonl?filter="+filter)
	file := dump.File{Name: "filtered", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(lines)), nil }}
	found, faults, err := file.CheckRules()
	if err != nil || len(faults) > 0 {
		t.Fatalf("%v %+v", err, faults)
	}
	_, rows := api.get(t, "/api/v1/rows/claims.json?filter="+filter)
	var claims []map[string]any
	if err := json.Unmarshal(rows, &claims); err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(lines, []byte(`"of":"CLAIM"`)); n == 0 || n != len(claims) {
		t.Errorf("%d claims, the rows have %d", n, len(claims))
	}
	_, whole := api.get(t, "/export/graph.jsonl")
	if found.Records == 0 || len(lines) >= len(whole) {
		t.Errorf("%d records, %d of %d bytes", found.Records, len(lines), len(whole))
	}
	_, documents := api.get(t, "/export/documents.bib?filter="+filter)
	_, all := api.get(t, "/export/documents.bib")
	if n, of := bytes.Count(documents, []byte("@")), bytes.Count(all, []byte("@")); n == 0 || n >= of {
		t.Errorf("%d of %d documents", n, of)
	}
}

// Catches: parallel downloads that disturb each other.
func TestParallelExports(t *testing.T) {
	api := newLinkedAPI(t)
	_, want := api.get(t, "/export/graph.jsonld")
	address := api.Listen(t)
	var all sync.WaitGroup
	var answered, refused sync.Map
	for i := range 100 {
		all.Go(func() {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"/export/graph.jsonld", nil)
			if err != nil {
				t.Error(err)
				return
			}
			request.Host = "masar.example.org"
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Error(err)
				return
			}
			defer response.Body.Close()
			body, err := io.ReadAll(response.Body)
			switch {
			case err != nil:
				t.Error(err)
			case response.StatusCode == http.StatusServiceUnavailable:
				refused.Store(i, true)
			case response.StatusCode != http.StatusOK || !bytes.Equal(body, want):
				t.Errorf("%d, %d bytes", response.StatusCode, len(body))
			default:
				answered.Store(i, true)
			}
		})
	}
	all.Wait()
	count := func(m *sync.Map) (n int) { m.Range(func(any, any) bool { n++; return true }); return n }
	t.Logf("%d answered, %d refused", count(&answered), count(&refused))
	if count(&answered) == 0 {
		t.Error("no download was answered")
	}
}

const chrome = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

// claimKey is the key of a claim of the seed.
func (a linkedAPI) claimKey(t *testing.T) string {
	t.Helper()
	_, body := a.get(t, "/export/graph.jsonl")
	for line := range strings.SplitSeq(string(body), "\n") {
		var record struct{ Of, Key string }
		if json.Unmarshal([]byte(line), &record) == nil && record.Of == "CLAIM" {
			return record.Key
		}
	}
	t.Fatal("there is no claim")
	return ""
}

// Catches: an answer to a permanent address in another form than the client prefers, a redirect to the wrong address, and headers
// that caches or crawlers need.
func TestRecordsAreNegotiated(t *testing.T) {
	api := newLinkedAPI(t)
	claim := api.claimKey(t)
	id := masar.RecordRef{Type: masar.RecordClaim, Key: claim}.ID()
	const goal = "/id/SDG_TARGET/16.6"
	for _, c := range []struct {
		target, accept string
		status         int
		kind           string // the content type, or the Location
	}{
		{goal, chrome, 303, "/en/targets/16.6"},
		{goal, "*/*", 200, "application/ld+json"},
		{goal, "", 200, "application/ld+json"},
		{goal, "text/html", 303, "/en/targets/16.6"},
		{goal, "text/html;q=0.5, text/turtle", 200, "text/turtle; charset=utf-8"},
		{goal, "application/rdf+xml, text/turtle;q=0.9, application/n-quads;q=0.9, */*;q=0.1", 200, "application/n-quads"},
		{goal, "text/turtle;q=0, text/*", 406, ""},
		{goal, "application/json", 200, "application/json; charset=utf-8"},
		{goal, "application/*", 200, "application/ld+json"},
		{goal, "application/x-bibtex", 406, ""},
		{goal, "image/png", 406, ""},
		{goal + ".nq", chrome, 200, "application/n-quads"},
		{goal + ".ttl", "image/png", 200, "text/turtle; charset=utf-8"},
		{goal + ".jsonld", "", 200, "application/ld+json"},
		{goal + ".json", chrome, 200, "application/json; charset=utf-8"},
		{goal + ".bib", "", 404, ""},
		{"/id/DOCUMENT/ENACT-SLIDES-2023.bib", "", 200, "application/x-bibtex; charset=utf-8"},
		{"/id/DOCUMENT/ENACT-SLIDES-2023", "application/x-bibtex", 200, "application/x-bibtex; charset=utf-8"},
		{"/id/SDG_TARGET/16%2E6.nq", "", 200, "application/n-quads"},
		{"/id/sdg-target/16.6", "*/*", 308, goal},
		{"/id/sdg-target/16.6.ttl?x=1", "*/*", 308, goal + ".ttl?x=1"},
		{"/id/CLAIM/" + claim, "text/turtle", 200, "text/turtle; charset=utf-8"},
		{"/id/CLAIM/" + id, "*/*", 308, "/id/CLAIM/" + claim},
		{"/id/CLAIM/" + id + ".json", "*/*", 308, "/id/CLAIM/" + claim + ".json"},
		{"/id/CLAIM/00000000000000000000000000000000", "*/*", 404, ""},
		{"/id/SDG_TARGET/99.9", "*/*", 404, ""},
		{"/id/TEXT/abc", "*/*", 404, ""},
		{"/id/NOTHING/abc", "*/*", 404, ""},
		{"/id/SDG_TARGET/16.6%2F..", "*/*", 404, ""},
		{"/id/", "*/*", 404, ""},
	} {
		response, body := api.send(t, http.MethodGet, c.target, "Accept", c.accept, "Accept-Language", "en")
		h := response.Header
		is := h.Get("Location")
		if c.status == http.StatusOK {
			is = h.Get("Content-Type")
		}
		if response.StatusCode != c.status || is != c.kind || !strings.Contains(strings.Join(h.Values("Vary"), ", "), "Accept, Accept-Language") && c.status != 308 {
			t.Errorf("%s as %q: %d %s %v; want %+v\n%.200s", c.target, c.accept, response.StatusCode, is, h, c, body)
		}
	}
	response, body := api.get(t, goal, "Accept", "application/n-quads")
	if !bytes.HasPrefix(body, []byte("<"+publicBase+"id/SDG_TARGET/16.6> ")) {
		t.Errorf("%.100s", body)
	}
	links := strings.Join(response.Header.Values("Link"), ", ")
	for _, want := range []string{`<` + publicBase + `id/SDG_TARGET/16.6>; rel="canonical"`, `16.6.ttl>; rel="alternate"; type="text/turtle"`, `<` + publicBase + `ns>; rel="describedby"`} {
		if !strings.Contains(links, want) {
			t.Errorf("the links %s lack %s", links, want)
		}
	}
	tag := response.Header.Get("ETag")
	if response, _ := api.send(t, http.MethodGet, goal, "Accept", "application/n-quads", "If-None-Match", tag); response.StatusCode != http.StatusNotModified {
		t.Errorf("the same record: %d", response.StatusCode)
	}
	if response, body := api.send(t, http.MethodHead, goal, "Accept", "application/n-quads"); response.StatusCode != http.StatusOK || len(body) > 0 {
		t.Errorf("HEAD: %d, %d bytes", response.StatusCode, len(body))
	}
	_, whole := api.get(t, "/export/graph.jsonl")
	if _, line := api.get(t, "/id/CLAIM/"+claim+".json"); !bytes.Contains(whole, append([]byte("\n"), line...)) {
		t.Errorf("the export lacks the line %s", line)
	}
}

// Catches: a vocabulary, context or feed that is not served, or in the wrong form.
func TestVocabularyAndFeed(t *testing.T) {
	api := newLinkedAPI(t)
	for _, c := range []struct{ target, accept, kind, has string }{
		{"/ns", "*/*", "text/turtle; charset=utf-8", "masar:advances\n  a rdf:Property"},
		{"/ns", chrome, "text/html; charset=utf-8", `<dt id="advances">`},
		{"/context.jsonld", "*/*", "application/ld+json", `"@version": 1.1`},
	} {
		response, body := api.get(t, c.target, "Accept", c.accept)
		if response.Header.Get("Content-Type") != c.kind || !strings.Contains(string(body), c.has) {
			t.Errorf("%+v: %v %.300s", c, response.Header, body)
		}
	}
	for _, lang := range []string{"ar", "en"} {
		response, body := api.get(t, "/feeds/changes.atom?lang="+lang)
		var feed struct {
			XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
			Lang    string   `xml:"lang,attr"`
			ID      string   `xml:"id"`
			Updated string   `xml:"updated"`
			Entries []struct {
				ID      string `xml:"id"`
				Title   string `xml:"title"`
				Updated string `xml:"updated"`
				Link    struct {
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(body, &feed); err != nil {
			t.Fatal(err)
		}
		if response.Header.Get("Content-Type") != "application/atom+xml; charset=utf-8" || feed.Lang != lang || len(feed.Entries) < 50 || feed.ID == "" || feed.Updated == "" {
			t.Errorf("%v %+v", response.Header, feed)
		}
		seen := map[string]bool{}
		for _, e := range feed.Entries {
			if seen[e.ID] || e.Title == "" || e.Updated == "" || !strings.HasPrefix(e.Link.Href, publicBase+"id/") {
				t.Errorf("%+v", e)
			}
			seen[e.ID] = true
		}
		api.get(t, strings.TrimPrefix(feed.Entries[0].Link.Href, strings.TrimSuffix(publicBase, "/")))
	}
	if response, _ := api.send(t, http.MethodGet, "/feeds/changes.atom?lang=fr"); response.StatusCode != http.StatusBadRequest {
		t.Errorf("a feed in French: %d", response.StatusCode)
	}
}
