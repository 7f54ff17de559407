package server

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"masar/loaders"
	"masar/operations/metrics/metricstest"
)

// keeping makes a service keep answers of a graph that does not change.
func keeping(o *settings) {
	o.run.KeptBytes = 1 << 20
	o.run.State = func() (loaders.State, error) { return loaders.State{Snapshot: "1", AsOf: "2025-01-01"}, nil }
}

// longFake is a schema whose answers are long enough to be compressed.
type longFake struct{ graphql.ExecutableSchema }

func (f longFake) Exec(ctx context.Context) graphql.ResponseHandler {
	next := f.ExecutableSchema.Exec(ctx)
	return func(ctx context.Context) *graphql.Response {
		response := next(ctx)
		response.Data = []byte(`{"field":"` + strings.Repeat("long ", 1000) + `"}`)
		return response
	}
}

// unpacked is the body of an answer without its content coding.
func unpacked(t *testing.T, r *httptest.ResponseRecorder) string {
	t.Helper()
	var body io.Reader = r.Body
	var err error
	switch coding := r.Header().Get("Content-Encoding"); coding {
	case "":
	case "gzip":
		body, err = gzip.NewReader(body)
	case "zstd":
		body, err = zstd.NewReader(body)
	default:
		t.Fatalf("coding %q", coding)
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Catches: a kept answer in a coding that the client does not accept, a damaged one, one without Vary, a tag that differs
// between codings or between the first time and later ones, and no 304 for a client that has the answer.
func TestKeptAnswersInEachCoding(t *testing.T) {
	ran := 0
	resolve := func(context.Context) error { ran++; return nil }
	short := newService(t, resolve, keeping)
	long := newService(t, resolve, keeping, func(o *settings) { o.run.Schema = longFake{o.run.Schema} })
	target := "/graphql?query=" + url.QueryEscape("{ field }")
	for _, of := range []struct {
		name    string
		service service
		coded   bool
	}{{"short", short, false}, {"long", long, true}} {
		ran = 0
		tag, plain := "", ""
		for round := range 3 {
			for _, coding := range []string{"", "gzip", "zstd"} {
				header := http.Header{}
				if coding != "" {
					header.Set("Accept-Encoding", coding)
				}
				r := of.service.sendWith(http.MethodGet, target, header)
				h := r.Header()
				want := coding
				if !of.coded {
					want = ""
				}
				if r.Code != http.StatusOK || h.Get("Content-Encoding") != want {
					t.Fatalf("%s, %q, round %d: %d %v", of.name, coding, round, r.Code, h)
				}
				if vary := h.Values("Vary"); !slices.Contains(vary, "Accept-Encoding") || !slices.Contains(vary, "Accept") {
					t.Errorf("%s, %q: Vary: %v", of.name, coding, vary)
				}
				if tag == "" {
					tag = h.Get("ETag")
				}
				if h.Get("ETag") != tag || tag == "" || h.Get("Cache-Control") != "no-cache" {
					t.Errorf("%s, %q, round %d: %v, want tag %s", of.name, coding, round, h, tag)
				}
				text := unpacked(t, r)
				if plain == "" {
					plain = text
				}
				if text != plain {
					t.Errorf("%s, %q, round %d: %.100s", of.name, coding, round, text)
				}
				header.Set("If-None-Match", tag)
				if r := of.service.sendWith(http.MethodGet, target, header); r.Code != http.StatusNotModified || r.Body.Len() > 0 || r.Header().Get("ETag") != tag {
					t.Errorf("%s, %q: %d %v", of.name, coding, r.Code, r.Header())
				}
			}
		}
		if ran != 1 {
			t.Errorf("%s: executed %d times", of.name, ran)
		}
		post := of.service.send(t, http.MethodPost, "/graphql", `{"query": "{ field }"}`)
		if post.Header().Get("ETag") != "" || post.Header().Get("Cache-Control") != "no-store" || post.Body.String() != plain {
			t.Errorf("%s by POST: %v", of.name, post.Header())
		}
	}
}

// sendWith sends a request without a body.
func (s service) sendWith(method, target string, header http.Header) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, target, nil)
	request.Header = header
	return s.sendRequest(request)
}

// Catches: a kept page or file with a header of the request that it was made for, of another host or address, without its
// own headers, made anew, or kept though it has an error or no tag.
func TestPagesAreKept(t *testing.T) {
	s := newService(t, nil, keeping)
	made := 0
	body := strings.Repeat("row\n", 1000)
	h := compressedRows(keeper{checkRate: checkRate{operations: s.operations}}.wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		made++
		header := w.Header()
		header.Set("Content-Type", "text/csv; charset=utf-8")
		header.Set("Traceresponse", r.Header.Get("Traceparent"))
		if r.URL.Path != "/untagged" {
			header.Set("ETag", `"tag"`)
		}
		status := http.StatusOK
		if r.URL.Path == "/wrong" {
			status = http.StatusBadRequest
		}
		w.WriteHeader(status)
		for part := range slices.Chunk([]byte(body), 700) {
			_, _ = w.Write(part)
		}
	})))
	ask := func(what string, wantMade bool, address, coding, trace string) {
		t.Helper()
		before := made
		r := httptest.NewRequest(http.MethodGet, address, nil)
		r.Header.Set("Traceparent", trace)
		r.Header.Set("Accept-Encoding", coding)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if made > before != wantMade {
			t.Errorf("%s: made %v", what, made > before)
		}
		if !wantMade && w.Header().Get("Traceresponse") != "" || w.Header().Get("Content-Type") != "text/csv; charset=utf-8" {
			t.Errorf("%s: %v", what, w.Header())
		}
		if tag, want := w.Header().Get("ETag"), map[string]string{"": `"tag"`, "gzip": `"tag-gzip"`, "zstd": `"tag-zstd"`}[coding]; !strings.Contains(address, "untagged") && tag != want {
			t.Errorf("%s: tag %s, want %s", what, tag, want)
		}
		if text := unpacked(t, w); text != body {
			t.Errorf("%s: %d bytes", what, len(text))
		}
	}
	ask("the first time", true, "http://a.test/file?x=1", "", "of another")
	for range 2 {
		for _, coding := range []string{"", "gzip", "zstd"} {
			ask("again, "+coding, false, "http://a.test/file?x=1", coding, "mine")
		}
	}
	ask("another host", true, "http://b.test/file?x=1", "", "mine")
	ask("another address", true, "http://a.test/file?x=2", "gzip", "mine")
	for range 2 {
		ask("an error", true, "http://a.test/wrong", "", "mine")
		ask("no tag", true, "http://a.test/untagged", "", "mine")
	}
	if n := metricstest.Value(t, s.metrics, "masar_answers_repeated_total", "way", "whole"); n != 6 {
		t.Errorf("%g counted", n)
	}
}

// Catches: a weight of a coding that is read wrongly.
func TestCodings(t *testing.T) {
	for header, want := range map[string]string{
		"": "", "identity": "", "gzip": "gzip", "gzip, deflate, br": "gzip", "gzip, zstd": "gzip", "gzip;q=0.5, zstd": "zstd", "GZIP;q=0.5, zstd; q=0.4": "gzip",
		"gzip;q=0": "", "gzip;q=x": "", "zstd;q=0, gzip": "gzip", "br": "",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", header)
		if got, ok := codingOf(r); got.name != want || ok != (want != "") {
			t.Errorf("%q: %q, want %q", header, got.name, want)
		}
	}
}
