package server

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzRequest sends arbitrary requests. Catches: a panic, an answer that GraphQL over HTTP does not allow, and an
// operation that runs although encoding/json cannot decode the request.
func FuzzRequest(f *testing.F) {
	for _, body := range []string{
		`{"query": "{ field }"}`, `{"query": "{ field }", "variables": {"a": [1e999]}, "operationName": null}`, `{"query": "{"}`, `[]`, `nul`,
		`{"query": "{ field }", "query": ""}`, `{"query":"{ field }"} x`, "{\"query\":\"\xff\"}", `{"query":"\ud800"}`, `{"extensions":{"persistedQuery":1}}`,
	} {
		f.Add(http.MethodPost, "application/graphql-response+json", "application/json", "", []byte(body))
	}
	f.Add(http.MethodGet, "*/*;q=0.1, application/json;q=0", "", "query={field}&variables={}", []byte(nil))
	f.Add(http.MethodGet, `text/plain;a=","`, "", "query=%7B&query", []byte(nil))
	f.Add(http.MethodPut, "", `application/json; charset="utf-8"`, "", []byte("{}"))
	s := newService(f, func(context.Context) error { return nil }, func(o *settings) { o.Log, o.run.Log = slog.New(slog.DiscardHandler), slog.New(slog.DiscardHandler) })
	f.Fuzz(func(t *testing.T, method, accept, contentType, query string, body []byte) {
		request := &http.Request{
			Method: method, URL: &url.URL{Path: "/graphql", RawQuery: query}, RequestURI: "/graphql?" + query, Host: "masar.test",
			Header: http.Header{"Accept": {accept}, "Content-Type": {contentType}}, Body: http.NoBody,
		}
		if len(body) > 0 {
			request.Body, request.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		}
		recorder := httptest.NewRecorder()
		s.ServeHTTP(recorder, request)
		if method == http.MethodOptions {
			return
		}
		answer := recorder.Body.Bytes()
		if length := recorder.Header().Get("Content-Length"); length != strconv.Itoa(len(answer)) {
			t.Errorf("Content-Length %s of %d bytes", length, len(answer))
		}
		var told map[string]json.RawMessage
		if err := json.Unmarshal(answer, &told); err != nil || !utf8.Valid(answer) {
			t.Fatalf("%v in %q", err, answer)
		}
		kind, isData := recorder.Header().Get("Content-Type"), told["data"] != nil
		if !isData && told["errors"] == nil || recorder.Code >= 500 ||
			strings.HasPrefix(kind, string(graphqlResponse)) && isData != (recorder.Code == 200) {
			t.Errorf("%d %s %s", recorder.Code, kind, answer)
		}
		if isData && method == http.MethodPost {
			var asked struct{ Query *string }
			if err := json.Unmarshal(body, &asked); err != nil || asked.Query == nil {
				t.Errorf("%s is answered with %s", body, answer)
			}
		}
	})
}
