package mcp_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"masar/internal/masartest"
	"masar/loaders"
	"masar/server"
)

// page is an answer with all that tests look at, of any tool.
type page struct {
	Truncated       bool
	NextCursor      string
	Hits            []struct{ Kind, Code string }
	Recommendations []struct{ Recommendation struct{ Code string } }
	Claims          []struct {
		Claim        struct{ ID string }
		For, Against []struct{ URL string }
		More         int
	}
	Links []struct {
		Predicate string
		Count     int
		Strongest []struct{ ID, Predicate string }
	}
	Cells []json.RawMessage
	Types []struct{ Name, SDL string }
}

// pages follows a cursor to its end.
func (a *assistant) pages(t *testing.T, tool string, arguments map[string]any) (all []page) {
	t.Helper()
	seen := map[string]bool{}
	for {
		text, err := json.Marshal(arguments)
		if err != nil {
			t.Fatal(err)
		}
		var p page
		a.answer(t, tool, string(text), &p)
		all = append(all, p)
		if p.NextCursor == "" {
			return all
		}
		if seen[p.NextCursor] || len(all) > 200 {
			t.Fatalf("%s %v does not end", tool, arguments)
		}
		seen[p.NextCursor] = true
		arguments["after"] = p.NextCursor
	}
}

// ask runs an operation without the tools.
func ask(t *testing.T, api *masartest.API, document string, into any) {
	t.Helper()
	answer := api.Ask(t, document, nil)
	var of struct {
		Data   json.RawMessage
		Errors []any
	}
	if err := json.Unmarshal(answer.Body, &of); err != nil || len(of.Errors) > 0 {
		t.Fatalf("%v: %s", err, answer.Body)
	}
	if err := json.Unmarshal(of.Data, into); err != nil {
		t.Fatal(err)
	}
}

// Catches: an item that no page has, or two, where a list is cut by its size or by first.
func TestPagesAreTheWhole(t *testing.T) {
	a := assist(t, masartest.Start(t))
	t.Run("search", func(t *testing.T) {
		var got, want []string
		pages := a.pages(t, "search", map[string]any{"query": "digital government", "first": 7})
		for _, p := range pages {
			for _, h := range p.Hits {
				got = append(got, h.Kind+"/"+h.Code)
			}
		}
		var whole struct {
			Search struct{ Nodes []struct{ Kind, Code string } }
		}
		ask(t, a.api, `{ search(query: "digital government", first: 100) { nodes { kind code } } }`, &whole)
		for _, n := range whole.Search.Nodes {
			want = append(want, n.Kind+"/"+n.Code)
		}
		if len(pages) < 3 || !slices.Equal(got[:min(100, len(got))], want) {
			t.Errorf("%d pages: %v, not %v", len(pages), got, want)
		}
	})
	t.Run("evidence", func(t *testing.T) {
		var claims []string
		items, cut := map[string]int{}, false
		for _, p := range a.pages(t, "evidence", map[string]any{"kind": "INITIATIVE", "code": "ENACT"}) {
			cut = cut || p.Truncated
			for _, c := range p.Claims {
				claims = append(claims, c.Claim.ID)
				items[c.Claim.ID] = len(c.For) + len(c.Against) + c.More
			}
		}
		var whole struct {
			Entity struct {
				Claims struct {
					TotalCount int
					Nodes      []struct {
						ID       string
						Evidence struct{ TotalCount int }
					}
				}
			}
		}
		ask(t, a.api, `{ entity(ref: {kind: INITIATIVE, code: "ENACT"}) { claims(first: 100, orderBy: {field: SUPPORT, direction: DESC}) { totalCount nodes { id evidence(first: 0) { totalCount } } } } }`, &whole)
		if !cut || len(claims) != whole.Entity.Claims.TotalCount {
			t.Errorf("%d claims of %d, cut: %t", len(claims), whole.Entity.Claims.TotalCount, cut)
		}
		for i, n := range whole.Entity.Claims.Nodes {
			if claims[i] != n.ID || items[n.ID] != n.Evidence.TotalCount {
				t.Errorf("claim %d: %s with %d items, not %s with %d", i, claims[i], items[claims[i]], n.ID, n.Evidence.TotalCount)
			}
		}
	})
	t.Run("entity", func(t *testing.T) {
		counts, shown := map[string]int{}, map[string][]string{}
		cut := false
		for _, p := range a.pages(t, "get_entity", map[string]any{"kind": "INITIATIVE", "code": "ENACT"}) {
			cut = cut || p.Truncated
			for _, l := range p.Links {
				counts[l.Predicate] = l.Count
				for _, c := range l.Strongest {
					shown[l.Predicate] = append(shown[l.Predicate], c.ID)
				}
			}
		}
		if !cut || len(counts) < 5 {
			t.Errorf("%v, cut: %t", counts, cut)
		}
		for predicate, count := range counts {
			var whole struct {
				Entity struct {
					Claims struct {
						TotalCount int
						Nodes      []struct{ ID string }
					}
				}
			}
			ask(t, a.api, `{ entity(ref: {kind: INITIATIVE, code: "ENACT"}) { claims(first: 5, filter: {predicates: [`+predicate+`]}, orderBy: {field: SUPPORT, direction: DESC}) { totalCount nodes { id } } } }`, &whole)
			var want []string
			for _, n := range whole.Entity.Claims.Nodes {
				want = append(want, n.ID)
			}
			if count != whole.Entity.Claims.TotalCount || !slices.Equal(shown[predicate], want) {
				t.Errorf("%s: %d claims %v, not %d %v", predicate, count, shown[predicate], whole.Entity.Claims.TotalCount, want)
			}
		}
	})
	t.Run("recommendations", func(t *testing.T) {
		for _, country := range []string{"", "EGY"} {
			var got []string
			arguments := map[string]any{"target": "16.6", "first": 2, "includeGoalLevel": true}
			if country != "" {
				arguments["country"] = country
			}
			for _, p := range a.pages(t, "recommendations_for_target", arguments) {
				for _, r := range p.Recommendations {
					got = append(got, r.Recommendation.Code)
				}
			}
			document := `{ all: sdgTarget(code: "16.6") { recommendations(first: 100, includeGoalLevel: true, orderBy: {field: SUPPORT, direction: DESC}) { nodes { code } } } }`
			if country != "" {
				document = `{ all: sdgTarget(code: "16.6") { code } of: tailoredRecommendations(country: "EGY", target: "16.6", first: 100) { items { recommendation { code } } } }`
			}
			var whole struct {
				All struct {
					Recommendations struct{ Nodes []struct{ Code string } }
				}
				Of struct {
					Items []struct{ Recommendation struct{ Code string } }
				}
			}
			ask(t, a.api, document, &whole)
			var want []string
			for _, n := range whole.All.Recommendations.Nodes {
				want = append(want, n.Code)
			}
			for _, i := range whole.Of.Items {
				want = append(want, i.Recommendation.Code)
			}
			if len(got) < 3 || !slices.Equal(got, want) {
				t.Errorf("%q: %v, not %v", country, got, want)
			}
		}
	})
	t.Run("gaps", func(t *testing.T) {
		seen := map[string]bool{}
		pages := a.pages(t, "gap_map", map[string]any{"rows": "CHALLENGE", "columns": "SDG_TARGET"})
		for _, p := range pages {
			for _, c := range p.Cells {
				seen[string(c)] = true
			}
		}
		var whole struct {
			GapMap struct{ Cells []struct{ Row string } }
		}
		ask(t, a.api, `{ gapMap(rows: CHALLENGE, columns: SDG_TARGET) { cells { row } } }`, &whole)
		if len(pages) < 2 || len(seen) != min(200, len(whole.GapMap.Cells)) {
			t.Errorf("%d pages, %d cells of %d", len(pages), len(seen), len(whole.GapMap.Cells))
		}
	})
	t.Run("schema", func(t *testing.T) {
		var text strings.Builder
		pages := a.pages(t, "get_schema", map[string]any{"types": []string{"Query"}})
		for _, p := range pages {
			for _, d := range p.Types {
				text.WriteString(d.SDL)
			}
		}
		api := masartest.Start(t).API(t, loaders.Options{})
		for _, f := range api.Operations.Schema().Query.Fields {
			if !strings.HasPrefix(f.Name, "__") && strings.Count(text.String(), "\n  "+f.Name+"(")+strings.Count(text.String(), "\n  "+f.Name+":") != 1 {
				t.Errorf("the definition of Query does not have %s once", f.Name)
			}
		}
		if len(pages) < 2 || !strings.HasPrefix(text.String(), "\"") || !strings.HasSuffix(strings.TrimSpace(text.String()), "}") {
			t.Errorf("%d pages", len(pages))
		}
		names := 0
		for _, p := range a.pages(t, "get_schema", map[string]any{}) {
			names += len(p.Types)
		}
		if want := strings.Count(server.SDL(api.Operations.Schema()), "\ntype ") + 1; names < want {
			t.Errorf("%d names, of at least %d", names, want)
		}
	})
}
