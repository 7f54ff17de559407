package brief_test

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"masar/brief"
	"masar/dgraph/embedded/embeddedtest"
	"masar/internal/masartest"
	"masar/loaders"
	"masar/operations"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// asker runs operations on a service, and keeps the answers.
type asker struct {
	api     *masartest.API
	answers []json.RawMessage
}

func askerOf(t *testing.T, s *masartest.Service) *asker {
	t.Helper()
	return &asker{api: s.API(t, loaders.Options{})}
}

func (a *asker) ask(ctx context.Context, document string, variables map[string]any) (json.RawMessage, error) {
	response := a.api.Operations.Do(ctx, operations.Client{}, operations.Params{Query: document, Variables: variables})
	if len(response.Errors) > 0 {
		return nil, response.Errors
	}
	a.answers = append(a.answers, response.Data)
	return response.Data, nil
}

// requested parses an address below briefs/, such as targets/16.6?country=EGY.
func requested(t *testing.T, address string) brief.Request {
	t.Helper()
	path, query, _ := strings.Cut(address, "?")
	kind, code, _ := strings.Cut(path, "/")
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	r, err := brief.Parse(brief.Kind(kind), code, values)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	r.Base = "https://masar.example.org"
	return r
}

// made makes the brief of an address in both languages.
func (a *asker) made(t *testing.T, address string) brief.Brief {
	t.Helper()
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	b, err := brief.Make(t.Context(), a.ask, requested(t, address+separator+"lang=both"))
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return b
}
