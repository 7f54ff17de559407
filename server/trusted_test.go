package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func sha256Of(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Catches: a document that runs although the operator has not listed it, a listed one that does not run by its text, by its
// id or as Apollo's clients send it, and a refusal that does not say what to do.
func TestTrustedDocuments(t *testing.T) {
	const listed, other = "query Listed { field }", "query Other { field }"
	hash := sha256Of(listed)
	file, err := json.Marshal(map[string]string{"sha256:" + hash: listed})
	if err != nil {
		t.Fatal(err)
	}
	trusted, err := ParseTrustedDocuments(file)
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	resolve := func(context.Context) error { ran++; return nil }
	only := newService(t, resolve, func(o *settings) { o.Trusted = trusted })
	all := newService(t, resolve)
	apollo := func(hash string) map[string]any {
		return map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}
	}
	for name, c := range map[string]struct {
		parameters map[string]any
		only, all  string // the codes with and without the list
	}{
		"the text":             {map[string]any{"query": listed}, "", ""},
		"the id":               {map[string]any{"documentId": hash}, "", "PERSISTED_QUERY_NOT_SUPPORTED"},
		"the id with prefix":   {map[string]any{"documentId": "sha256:" + hash}, "", "PERSISTED_QUERY_NOT_SUPPORTED"},
		"the id in capitals":   {map[string]any{"documentId": strings.ToUpper(hash)}, "", "PERSISTED_QUERY_NOT_SUPPORTED"},
		"both":                 {map[string]any{"documentId": hash, "query": listed}, "", "PERSISTED_QUERY_NOT_SUPPORTED"},
		"Apollo's hash":        {map[string]any{"extensions": apollo(hash)}, "", "PERSISTED_QUERY_NOT_SUPPORTED"},
		"another text":         {map[string]any{"query": other}, "UNTRUSTED_DOCUMENT", ""},
		"almost the text":      {map[string]any{"query": listed + " "}, "UNTRUSTED_DOCUMENT", ""},
		"introspection":        {map[string]any{"query": "{ __schema { queryType { name } } }"}, "UNTRUSTED_DOCUMENT", ""},
		"another id":           {map[string]any{"documentId": sha256Of(other)}, "UNTRUSTED_DOCUMENT", "PERSISTED_QUERY_NOT_SUPPORTED"},
		"an id for other text": {map[string]any{"documentId": hash, "query": other}, "UNTRUSTED_DOCUMENT", "PERSISTED_QUERY_NOT_SUPPORTED"},
		"Apollo's other hash":  {map[string]any{"extensions": apollo(sha256Of(other)), "query": other}, "UNTRUSTED_DOCUMENT", "PERSISTED_QUERY_NOT_SUPPORTED"},
		"Apollo without hash":  {map[string]any{"extensions": map[string]any{"persistedQuery": 1}}, "UNTRUSTED_DOCUMENT", "PERSISTED_QUERY_NOT_SUPPORTED"},
		"nothing":              {map[string]any{"operationName": "Listed"}, "BAD_REQUEST", "BAD_REQUEST"},
		"an id that is none":   {map[string]any{"documentId": 7}, "BAD_REQUEST", "BAD_REQUEST"},
	} {
		for list, s := range map[string]service{"with the list": only, "without": all} {
			want := map[string]string{"with the list": c.only, "without": c.all}[list]
			before := ran
			body, err := json.Marshal(c.parameters)
			if err != nil {
				t.Fatal(err)
			}
			r := s.send(t, http.MethodPost, "/graphql", string(body))
			a, code := decode(t, r), ""
			if len(a.Errors) == 1 {
				code, _ = a.Errors[0].Extensions["code"].(string)
			}
			if code != want || (ran > before) != (want == "") {
				t.Errorf("%s, %s: %d %s, executed %v", name, list, r.Code, r.Body, ran > before)
			}
			if want == "UNTRUSTED_DOCUMENT" && (r.Code != http.StatusForbidden || !strings.Contains(a.Errors[0].Message, "--trusted-documents")) {
				t.Errorf("%s: %d %s", name, r.Code, r.Body)
			}
		}
	}
	if r := only.send(t, http.MethodGet, "/graphql?documentId="+url.QueryEscape("sha256:"+hash), ""); r.Code != http.StatusOK || r.Header().Get("ETag") == "" {
		t.Errorf("by GET: %d %s", r.Code, r.Body)
	}
	none := newService(t, resolve, func(o *settings) { o.Trusted = TrustedDocuments{} })
	if r := none.send(t, http.MethodPost, "/graphql", `{"query":"{ field }"}`); r.Code != http.StatusForbidden {
		t.Errorf("an empty list: %d %s", r.Code, r.Body)
	}
}

// Catches: a file of another form, or with hashes of another kind, that is accepted.
func TestFilesOfTrustedDocuments(t *testing.T) {
	for file, want := range map[string]string{
		``: "JSON object", `[]`: "JSON object", `null`: "JSON object", `{"a":1}`: "JSON object",
		`{"da39a3ee5e6b4b0d3255bfef95601890afd80709":"{ field }"}`: "hashAlgorithm",
		`{"` + sha256Of("{ field }") + `":"{ other }"}`:            "hashAlgorithm",
	} {
		if trusted, err := ParseTrustedDocuments([]byte(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v", file, trusted, err)
		}
	}
	trusted, err := ParseTrustedDocuments([]byte(`{"` + sha256Of("{ field }") + `":"{ field }"}`))
	if want := (TrustedDocuments{sha256Of("{ field }"): "{ field }"}); err != nil || !maps.Equal(trusted, want) {
		t.Errorf("%v, %v", trusted, err)
	}
}
