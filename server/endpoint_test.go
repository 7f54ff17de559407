package server

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"masar"
	"masar/resolvers"
)

// Catches: a status that hides a failure, or one other than 200 for older clients that expect 200.
func TestStatuses(t *testing.T) {
	for name, c := range map[string]struct {
		begin, resolve error
		status, plain  int
		data           bool
	}{
		"unavailable":         {begin: &masar.Error{Code: masar.CodeUnavailable, Key: "error.service.starting"}, status: 503, plain: 200},
		"too slow":            {begin: context.DeadlineExceeded, status: 504, plain: 200},
		"broken":              {begin: errors.New("dial tcp"), status: 500, plain: 200},
		"refused":             {begin: &masar.Error{Code: "ANY_OTHER_CODE", Key: "error.limit"}, status: 400, plain: 200},
		"failed in resolving": {resolve: &masar.Error{Code: masar.CodeUnavailable, Key: "error.database.unreachable"}, status: 200, plain: 200, data: true},
		"answered":            {status: 200, plain: 200, data: true},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, func(context.Context) error { return c.resolve }, func(o *settings) {
				o.run.Begin = func(ctx context.Context, _ *graphql.OperationContext) (context.Context, error) { return ctx, c.begin }
			})
			for accept, status := range map[media]int{graphqlResponse: c.status, plainJSON: c.plain} {
				r := s.get(t, "{ field }", http.Header{"Accept": {string(accept)}})
				if r.Code != status || strings.Contains(r.Body.String(), `"data"`) != c.data {
					t.Errorf("%s: %d %s", accept, r.Code, r.Body)
				}
				if got := r.Header().Get("Retry-After"); (got != "") != (r.Code == 503) {
					t.Errorf("%s: %d with Retry-After %q", accept, r.Code, got)
				}
				if got := r.Header().Get("ETag"); (got != "") != (name == "answered") {
					t.Errorf("ETag %q", got)
				}
			}
		})
	}
}

func (s service) get(t *testing.T, query string, header http.Header) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequest(http.MethodGet, "/graphql?query="+url.QueryEscape(query), nil)
	request.Header = header
	recorder := httptest.NewRecorder()
	s.ServeHTTP(recorder, request)
	return recorder
}

// Catches: a panic outside a resolver that leaves the client without an answer or the log without the cause.
func TestPanicOutsideOfResolvers(t *testing.T) {
	s := newService(t, nil, func(o *settings) {
		o.run.Begin = func(context.Context, *graphql.OperationContext) (context.Context, error) { panic("hunter2") }
	})
	r := s.get(t, "{ field }", nil)
	if r.Code != http.StatusInternalServerError || !strings.Contains(r.Body.String(), "INTERNAL") || strings.Contains(r.Body.String(), "hunter2") {
		t.Errorf("%d %s", r.Code, r.Body)
	}
	if !strings.Contains(s.log.String(), "hunter2") {
		t.Errorf("the log lacks the cause: %s", s.log)
	}
}

// Catches: an answer sent again to a client that has it, or a 304 to a client that has another.
func TestEntityTags(t *testing.T) {
	s := newService(t, func(context.Context) error { return nil })
	tag := s.get(t, "{ field }", nil).Header().Get("ETag")
	for known, status := range map[string]int{
		tag: 304, `"other", ` + tag: 304, strings.TrimPrefix(tag, "W/"): 304, "*": 304, `"other"`: 200, "": 200,
	} {
		r := s.get(t, "{ field }", http.Header{"If-None-Match": {known}})
		if r.Code != status || (r.Body.Len() == 0) != (status == 304) || r.Header().Get("ETag") != tag {
			t.Errorf("%s: %d %v %s", known, r.Code, r.Header(), r.Body)
		}
	}
}

// Catches: a mutation that runs through a link or from a page of another site that may only read.
func TestMutationsComeFromHome(t *testing.T) {
	origins, err := AllowOrigins([]string{"https://allowed.test"})
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	s := newService(t, nil, func(o *settings) {
		o.Origins = origins
		o.run.Schema = fake{gqlparser.MustLoadSchema(&ast.Source{Input: "type Query { field: String } type Mutation { change: String }"}),
			func(context.Context) error { ran++; return nil }}
	})
	if r := s.get(t, "mutation { change }", nil); r.Code != http.StatusMethodNotAllowed || r.Header().Get("Allow") != "POST" {
		t.Errorf("by GET: %d %v", r.Code, r.Header())
	}
	for header, status := range map[[2]string]int{
		{"Origin", "https://allowed.test"}:     403,
		{"Origin", "https://stranger.test"}:    403,
		{"Origin", "null"}:                     403,
		{"Sec-Fetch-Site", "cross-site"}:       403,
		{"Sec-Fetch-Site", "same-origin"}:      200,
		{"Origin", "http://example.com"}:       200, // the host name that httptest uses
		{"User-Agent", "curl, and no browser"}: 200,
	} {
		before := ran
		request := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(`{"query": "mutation { change }"}`))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set(header[0], header[1])
		recorder := httptest.NewRecorder()
		s.ServeHTTP(recorder, request)
		if recorder.Code != status || (ran > before) != (status == 200) {
			t.Errorf("%s: %d, ran %t: %s", header, recorder.Code, ran > before, recorder.Body)
		}
	}
}

// Catches: an answer that pages of a site may read although the site is not allowed, and an invalid pattern that is
// accepted.
func TestOrigins(t *testing.T) {
	if _, err := AllowOrigins([]string{"example.org"}); err == nil {
		t.Error("a pattern without a scheme is accepted")
	}
	for pattern, allowed := range map[string]string{"": "", "*": "*", "https://*.example.org": "https://a.example.org"} {
		s := newService(t, func(context.Context) error { return nil }, func(o *settings) {
			var err error
			if o.Origins, err = AllowOrigins(strings.Fields(pattern)); err != nil {
				t.Fatal(err)
			}
		})
		r := s.get(t, "{ field }", http.Header{"Origin": {"https://a.example.org"}})
		if got := r.Header().Get("Access-Control-Allow-Origin"); got != allowed {
			t.Errorf("%q: %q", pattern, got)
		}
	}
}

// Catches: a large answer sent uncompressed to a client that accepts gzip, and an answer that compression changes.
func TestCompression(t *testing.T) {
	s := newService(t, nil, func(o *settings) { o.run.Schema = resolvers.NewSchema() })
	const query = "{ __schema { types { name description } } }"
	plain, packed := s.get(t, query, nil), s.get(t, query, http.Header{"Accept-Encoding": {"gzip"}})
	if packed.Header().Get("Content-Encoding") != "gzip" || packed.Body.Len() > plain.Body.Len()/2 {
		t.Errorf("%d bytes instead of %d: %v", packed.Body.Len(), plain.Body.Len(), packed.Header())
	}
	unpacked, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(unpacked); err != nil || !bytes.Equal(got, plain.Body.Bytes()) {
		t.Errorf("the decompressed answer differs: %v", err)
	}
}

// Catches: a client that stops in the middle of a body and is disconnected without a reason.
func TestBodyThatDoesNotArrive(t *testing.T) {
	s := newService(t, nil)
	at := serve(t, s.ServeHTTP, Serving{RequestTime: 200 * time.Millisecond})
	for name, length := range map[string]string{"small": "100", "too large": "200000"} {
		t.Run(name, func(t *testing.T) {
			conn := at.connect(t, "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "+length+"\r\n\r\n{")
			if got := status(t, conn); got != http.StatusRequestTimeout {
				t.Errorf("status %d", got)
			}
		})
	}
}
