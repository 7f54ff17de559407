package server_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"masar/internal/masartest"
	"masar/loaders"
	"masar/operations"
	"masar/operations/metrics/metricstest"
	"masar/server"
)

// message is a message of the protocol.
func message(method, params string) string {
	return `{"jsonrpc": "2.0", "id": 1, "method": "` + method + `", "params": ` + params + `}`
}

const listTools = `{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}`

// post sends a message to an API as an assistant does. change changes the request.
func post(t *testing.T, api *masartest.API, body string, change ...func(*http.Request)) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/mcp", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	for _, c := range change {
		c(r)
	}
	return api.Do(t, r)
}

func bodyOf(t *testing.T, r *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// from changes the header and the connection of a request.
func from(header map[string]string, host, client, to string) func(*http.Request) {
	return func(r *http.Request) {
		for name, value := range header {
			r.Header.Set(name, value)
		}
		if host != "" {
			r.Host = host
		}
		if client != "" {
			r.RemoteAddr = client
		}
		if to != "" {
			address := net.TCPAddrFromAddrPort(netip.MustParseAddrPort(to))
			*r = *r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, address))
		}
	}
}

// Catches: a request that is not answered as the protocol and the rules of the service want it.
func TestAssistantsOverHTTP(t *testing.T) {
	s := masartest.Start(t)
	plain := s.API(t, loaders.Options{})
	public := s.API(t, loaders.Options{}, func(_ *operations.Options, o *server.Options) {
		urls, err := server.ParsePublicURLs([]string{"https://masar.example.org"})
		if err != nil {
			t.Fatal(err)
		}
		o.Public = urls
	})
	const here = "127.0.0.1:8080"
	for name, c := range map[string]struct {
		api    *masartest.API
		body   string
		change func(*http.Request)
		status int
		header [2]string
		says   string
	}{
		"a list":         {plain, listTools, from(nil, here, "", here), 200, [2]string{"Content-Type", "application/json"}, `"recommendations_for_target"`},
		"a notification": {plain, `{"jsonrpc": "2.0", "method": "notifications/initialized"}`, from(nil, here, "", here), 202, [2]string{}, ""},
		"GET":            {plain, "", func(r *http.Request) { r.Method = http.MethodGet }, 405, [2]string{"Allow", "POST"}, "METHOD_NOT_ALLOWED"},
		"DELETE":         {plain, "", func(r *http.Request) { r.Method = http.MethodDelete }, 405, [2]string{"Allow", "POST"}, "METHOD_NOT_ALLOWED"},
		"a large body":   {plain, message("tools/call", `{"name": "search", "arguments": {"query": "`+strings.Repeat("x", 128<<10)+`"}}`), from(nil, "", "", ""), 413, [2]string{}, "CONTENT_TOO_LARGE"},
		"a form":         {plain, listTools, from(map[string]string{"Content-Type": "text/plain"}, "", "", ""), 415, [2]string{}, "UNSUPPORTED_MEDIA_TYPE"},
		"a foreign host": {plain, listTools, from(nil, "evil.example", "", here), 421, [2]string{}, "MISDIRECTED_REQUEST"},
		"a foreign host of a service with an address": {public, listTools, from(nil, "evil.example", "", here), 421, [2]string{}, "MISDIRECTED_REQUEST"},
		"the public host at a proxy on this machine":  {public, listTools, from(nil, "masar.example.org", "", here), 200, [2]string{}, `"search"`},
		"a foreign page": {plain, listTools, from(map[string]string{"Origin": "https://evil.example"}, here, "", here), 403, [2]string{}, "FORBIDDEN"},
		"a foreign page in a browser": {
			plain, listTools, from(map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, here, "", here), 403, [2]string{}, "FORBIDDEN",
		},
		"the own page":                {plain, listTools, from(map[string]string{"Origin": "http://" + here}, here, "", here), 200, [2]string{}, `"search"`},
		"the page at the own address": {public, listTools, from(map[string]string{"Origin": "https://masar.example.org"}, here, "", here), 200, [2]string{}, `"search"`},
		"a foreign page at a service with an address": {
			public, listTools, from(map[string]string{"Origin": "https://evil.example"}, "masar.example.org", "", here), 403, [2]string{}, "FORBIDDEN",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := post(t, c.api, c.body, c.change)
			body := bodyOf(t, r)
			if r.StatusCode != c.status || !strings.Contains(body, c.says) || c.header[0] != "" && r.Header.Get(c.header[0]) != c.header[1] {
				t.Errorf("%d %v: %.300s", r.StatusCode, r.Header, body)
			}
			if c.status >= 400 && !strings.Contains(body, `"ar":`) {
				t.Errorf("the error is not in both languages: %s", body)
			}
		})
	}
}

// Catches: a tool that bypasses the rate of its client, its queue or its metrics.
func TestAssistantsHaveTheLimitsOfClients(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{}, func(o *operations.Options, _ *server.Options) {
		o.Rate = operations.Rate{Requests: 4, Per: time.Hour}
	})
	abroad := from(nil, "", "203.0.113.9:1234", "")
	call := message("tools/call", `{"name": "get_schema", "arguments": {"types": ["Text"]}}`)
	if body := bodyOf(t, post(t, api, call, abroad)); !strings.Contains(body, `"structuredContent"`) {
		t.Fatalf("%.300s", body)
	}
	// A call counts as a request, and its operation as another.
	post(t, api, listTools, abroad)
	if body := bodyOf(t, post(t, api, call, abroad)); !strings.Contains(body, "RATE_LIMITED") || !strings.Contains(body, `"isError":true`) {
		t.Errorf("an operation beyond the rate: %.300s", body)
	}
	refused := post(t, api, listTools, abroad)
	if body := bodyOf(t, refused); refused.StatusCode != 429 || refused.Header.Get("Retry-After") == "" || !strings.Contains(body, "RATE_LIMITED") {
		t.Errorf("%d %v: %.300s", refused.StatusCode, refused.Header, body)
	}
	if n := metricstest.Value(t, api.Operations.Metrics(), "masar_operations_total", "code", "OK", "type", "query"); n != 1 {
		t.Errorf("%g operations were counted", n)
	}
}

// Catches: addresses of records that do not lead to this service.
func TestAssistantsGetTheAddressOfTheService(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	body := bodyOf(t, post(t, api, message("tools/call", `{"name": "search", "arguments": {"query": "Egypt", "kinds": ["COUNTRY"]}}`), from(nil, "masar.example.org:8080", "", "")))
	var answer struct {
		Result struct {
			StructuredContent struct {
				Hits []struct{ URL string }
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatal(err)
	}
	if hits := answer.Result.StructuredContent.Hits; len(hits) == 0 || hits[0].URL != "http://masar.example.org:8080/id/COUNTRY/EGY" {
		t.Errorf("%.500s", body)
	}
}

// Catches: run_query as a way around the list of trusted documents.
func TestAssistantsRunTrustedDocumentsAlone(t *testing.T) {
	trusted, err := server.ParseTrustedDocuments([]byte(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	api := masartest.Start(t).API(t, loaders.Options{}, func(_ *operations.Options, o *server.Options) { o.Trusted = trusted })
	for arguments, want := range map[string]string{
		`{"name": "run_query", "arguments": {"query": "{ snapshot }"}}`: "UNTRUSTED_DOCUMENT",
		`{"name": "search", "arguments": {"query": "digital"}}`:         `"hits"`,
	} {
		if body := bodyOf(t, post(t, api, message("tools/call", arguments))); !strings.Contains(body, want) {
			t.Errorf("%s: %.300s", arguments, body)
		}
	}
}
