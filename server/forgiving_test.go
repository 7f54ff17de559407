package server

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func (s service) request(method, target, body string, header http.Header) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, target, strings.NewReader(body))
	request.Header = header
	recorder := httptest.NewRecorder()
	s.ServeHTTP(recorder, request)
	return recorder
}

// Catches: a client that is lost by a slash at the end of the address, or led on without its method and parameters.
func TestGraphQLWithASlash(t *testing.T) {
	s := newService(t, nil)
	for method, target := range map[string]string{http.MethodPost: "/graphql/", http.MethodGet: "/graphql/?query=%7Bfield%7D"} {
		r := s.request(method, target, `{"query":"{field}"}`, http.Header{"Content-Type": {"application/json"}})
		// 308 keeps the method and the body, as 303 does not.
		if want := strings.Replace(target, "/graphql/", "/graphql", 1); r.Code != http.StatusPermanentRedirect || r.Header().Get("Location") != want {
			t.Errorf("%s %s: %d to %q, want %s", method, target, r.Code, r.Header().Get("Location"), want)
		}
	}
	if r := s.request(http.MethodGet, "/graphql/more", "", nil); r.Code != http.StatusNotFound {
		t.Errorf("/graphql/more: %d", r.Code)
	}
}

// Catches: a body that is refused for its byte order mark, and one in the middle of a text that is lost.
func TestBodyWithAByteOrderMark(t *testing.T) {
	s := newService(t, func(context.Context) error { return nil })
	header := http.Header{"Content-Type": {"application/json"}, "Accept": {"application/graphql-response+json"}}
	if r := s.request(http.MethodPost, "/graphql", "\ufeff{\"query\":\"{field}\"}", header); r.Code != http.StatusOK || !strings.Contains(r.Body.String(), `"data"`) {
		t.Errorf("%d %s", r.Code, r.Body)
	}
	if r := s.request(http.MethodPost, "/graphql", "\ufeff\ufeff{\"query\":\"{field}\"}", header); r.Code != http.StatusBadRequest {
		t.Errorf("two marks: %d %s", r.Code, r.Body)
	}
}

// Catches: a message about a body that does not say where and what, in either language.
func TestMalformedBodiesAreLocated(t *testing.T) {
	s := newService(t, nil)
	for body, want := range map[string][2]string{
		"{\"query\":\"{ a\n b }\"}": {"Line 1, column 14: a string contains a line break", "في السطر 1، العمود 14: في نص حرفي فاصل أسطر"},
		"{\n 'query': 1}":           {"Line 2, column 2: “'” is not allowed here", "في السطر 2، العمود 2: لا مكان هنا للعلامة «'»"},
		`{"query":"مصر",}`:          {"Line 1, column 16: “}” is not", "العمود 16"},
		`{"query":"{field}"`:        {"Line 1, column 19: it ends too early", "العمود 19: ينتهي قبل اكتماله"},
		`{"query":"{field}"} more`:  {"column 21: “m” is not", "العمود 21"},
		"{\"query\":\"a\x01b\"}":    {"column 12: a string contains a control character", "العمود 12: في نص حرفي محرف تحكم"},
	} {
		r := s.request(http.MethodPost, "/graphql", body, http.Header{"Content-Type": {"application/json"}})
		var told struct {
			Errors []struct {
				Extensions struct{ Messages struct{ EN, AR string } }
			}
		}
		if err := json.Unmarshal(r.Body.Bytes(), &told); err != nil || len(told.Errors) != 1 {
			t.Fatalf("%q: %v %s", body, err, r.Body)
		}
		if got := told.Errors[0].Extensions.Messages; !strings.Contains(got.EN, want[0]) || !strings.Contains(got.AR, want[1]) {
			t.Errorf("%q: %+v", body, got)
		}
	}
}

// Catches: zstd for a client that accepts gzip as well, which some clients cannot read; and zstd lost for those that prefer it.
func TestGzipComesFirst(t *testing.T) {
	s := newService(t, nil)
	for accepted, want := range map[string]string{
		"gzip, deflate, br, zstd": "gzip", "zstd, gzip": "gzip", "zstd": "zstd", "zstd;q=1, gzip;q=0.5": "zstd", "gzip;q=0, zstd": "zstd", "identity": "",
	} {
		compressing := gzipFirst(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat("text ", 1000)) }))
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.Header.Set("Accept-Encoding", accepted)
		direct := httptest.NewRecorder()
		compressing.ServeHTTP(direct, request)
		whole := s.request(http.MethodGet, "/schema.graphql", "", http.Header{"Accept-Encoding": {accepted}})
		if got, served := direct.Header().Get("Content-Encoding"), whole.Header().Get("Content-Encoding"); got != want || served != want && whole.Body.Len() > 2000 {
			t.Errorf("%s: %q and %q, want %q", accepted, got, served, want)
		}
	}
}
