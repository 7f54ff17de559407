package resolvers_test

import (
	"encoding/json"
	"slices"
	"testing"

	"masar"
	"masar/answers"
	"masar/internal/masartest"
	"masar/loaders"
)

// found is the answer to a search.
type found struct {
	TotalCount int
	Facets     []answers.SearchFacet
	Edges      []hit
	PageInfo   struct {
		HasNextPage, HasPreviousPage bool
		EndCursor                    string
	}
}

type hit struct {
	Cursor string
	Score  float64
	Node   masar.Ref
}

const searchDocument = `query ($query: String!, $kinds: [EntityKind!], $first: Int, $after: String) {
  search(query: $query, kinds: $kinds, first: $first, after: $after) {
    totalCount
    facets { name buckets { value count } }
    edges { cursor score node { kind code } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`

// search runs a search and returns the code of its error; empty if there is none.
func search(t *testing.T, api *masartest.API, variables map[string]any) (f found, code string) {
	t.Helper()
	answer := api.Ask(t, searchDocument, variables)
	var told struct {
		Data   struct{ Search found }
		Errors []struct {
			Extensions struct{ Code, Argument string }
		}
	}
	if err := json.Unmarshal(answer.Body, &told); err != nil {
		t.Fatal(err)
	}
	if told.Errors != nil {
		return f, told.Errors[0].Extensions.Code + " " + told.Errors[0].Extensions.Argument
	}
	return told.Data.Search, ""
}

// Catches: pages that repeat, skip or reorder hits, wrong page information, and accepted cursors of another search.
func TestSearchPages(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	whole, _ := search(t, api, map[string]any{"query": "trust", "first": 100})
	if whole.TotalCount < 10 || len(whole.Edges) != whole.TotalCount || whole.PageInfo.HasNextPage {
		t.Fatalf("%+v", whole)
	}
	variables, seen := map[string]any{"query": "trust", "first": 3}, 0
	for {
		page, code := search(t, api, variables)
		if code != "" {
			t.Fatal(code)
		}
		for i, e := range page.Edges {
			if e != whole.Edges[seen+i] {
				t.Errorf("hit %d is %v, want %v", seen+i, e, whole.Edges[seen+i])
			}
		}
		if page.PageInfo.HasPreviousPage != (seen > 0) || page.TotalCount != whole.TotalCount {
			t.Errorf("after %d: %+v", seen, page)
		}
		seen += len(page.Edges)
		if page.PageInfo.HasNextPage != (seen < whole.TotalCount) {
			t.Errorf("after %d: hasNextPage %v", seen, page.PageInfo.HasNextPage)
		}
		if !page.PageInfo.HasNextPage {
			break
		}
		variables["after"] = page.PageInfo.EndCursor
	}
	if seen != whole.TotalCount {
		t.Errorf("the pages have %d hits, the whole %d", seen, whole.TotalCount)
	}
	cursor := whole.Edges[0].Cursor
	for code, variables := range map[string]map[string]any{
		"BAD_CURSOR after": {"query": "governance", "after": cursor},
		"BAD_PAGE first":   {"query": "trust", "first": 101},
		"BAD_INPUT query":  {"query": "the"},
	} {
		if _, got := search(t, api, variables); got != code {
			t.Errorf("%v: %s, want %s", variables, got, code)
		}
	}
	if _, got := search(t, api, map[string]any{"query": "trust", "kinds": []string{"TOPIC"}, "after": cursor}); got != "BAD_CURSOR after" {
		t.Errorf("a cursor of other kinds: %q", got)
	}
}

// Catches: facet counts that differ from a search for the kind, and facets that the kinds argument narrows.
func TestSearchFacets(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	for _, query := range []string{"trust", "الحوكمة", "Egypt", "16", "breast cancer quantum", "بنغلاديش"} {
		whole, _ := search(t, api, map[string]any{"query": query, "first": 0})
		sum := 0
		for _, b := range whole.Facets[0].Buckets {
			one, _ := search(t, api, map[string]any{"query": query, "kinds": []string{b.Value}, "first": 100})
			ofAnother := func(e hit) bool { return string(e.Node.Kind) != b.Value }
			if one.TotalCount != b.Count || slices.ContainsFunc(one.Edges, ofAnother) {
				t.Errorf("%s: %s: %d hits of %d: %v", query, b.Value, one.TotalCount, b.Count, one.Edges)
			}
			if !slices.EqualFunc(one.Facets, whole.Facets, func(a, b answers.SearchFacet) bool { return slices.Equal(a.Buckets, b.Buckets) }) {
				t.Errorf("%s: %s alone has other facets: %v", query, b.Value, one.Facets)
			}
			sum += b.Count
		}
		if sum != whole.TotalCount {
			t.Errorf("%s: the facet counts %d, the search %d", query, sum, whole.TotalCount)
		}
	}
}

// Catches a search that reads more than the content of its hits, or that again.
func TestSearchReads(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	reads := func(document string) int64 { return api.Ask(t, document, nil).Reads }
	for _, step := range []struct {
		document string
		want     int64
	}{
		{`{ search(query: "skills") { totalCount facets { buckets { count } } } }`, 0}, // what it finds is not read
		{`{ search(query: "skills", first: 2) { nodes { code } } }`, 1},                // now it is
		{`{ search(query: "skills", first: 2) { edges { matchedBy highlights { value } node { code } } } }`, 0},
		{`{ search(query: "skills", kinds: [COUNTRY]) { totalCount } }`, 0},
		{`{ search(query: "عمان", first: 0) { ambiguities { readings { entity { code } } } } }`, 0}, // codes are in memory
		{`{ search(query: "عمان", first: 0) { ambiguities { readings { entity { summary { value } } } } } }`, 1},
		{`{ search(query: "عمان", first: 0) { ambiguities { readings { entity { summary { value } } } } } }`, 0},
	} {
		if got := reads(step.document); got != step.want {
			t.Errorf("%s took %d reads, want %d", step.document, got, step.want)
		}
	}
}
