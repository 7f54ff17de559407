package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"masar/exchange"
)

// Catches: rows and GraphQL that count different claims for the same filter.
func TestFilterIsThatOfGraphQL(t *testing.T) {
	api := newRowsAPI(t)
	for _, filter := range []string{
		`{}`, `{"basis":"STATED"}`, `{"countries":["EGY"]}`, `{"targets":["16"],"not":{"basis":"INFERRED"}}`, `{"certainties":["LOW","MODERATE"]}`,
		`{"minNet":0.25,"or":[{"predicates":["ADVANCES"]},{"initiatives":["ENACT"]}]}`, `{"documents":["ENACT-SLIDES-2023"],"since":"2023-01-01"}`,
		`{"predicates":"ADVANCES"}`, `{"objectKinds":["SDG_TARGET"],"topics":[]}`, `{"basis":null}`, `{"minNet":1}`,
	} {
		var variables any
		if err := json.Unmarshal([]byte(filter), &variables); err != nil {
			t.Fatal(err)
		}
		answer := api.Ask(t, `query($filter: ClaimFilter) { claims(filter: $filter, first: 1) { totalCount nodes { id evidence { totalCount } support { net families } } } }`, map[string]any{"filter": variables})
		var told struct {
			Data struct {
				Claims struct {
					TotalCount int
					Nodes      []struct {
						ID       string
						Evidence struct{ TotalCount int }
						Support  struct {
							Net      float64
							Families int
						}
					}
				}
			}
			Errors []any
		}
		if err := json.Unmarshal(answer.Body, &told); err != nil || told.Errors != nil {
			t.Fatalf("%v %v", err, told.Errors)
		}
		_, text := api.get(t, "claims.json?filter="+url.QueryEscape(filter))
		rows := objects(t, text)
		if len(rows) != told.Data.Claims.TotalCount {
			t.Errorf("%s: %d rows, GraphQL counts %d", filter, len(rows), told.Data.Claims.TotalCount)
		}
		pieces := 0
		for _, r := range rows {
			n, _ := r["evidenceCount"].(json.Number).Int64()
			pieces += int(n)
		}
		if _, text = api.get(t, "evidence.json?filter="+url.QueryEscape(filter)); len(objects(t, text)) != pieces {
			t.Errorf("%s: %d rows of evidence for claims that have %d", filter, len(objects(t, text)), pieces)
		}
		if len(rows) == 0 {
			continue
		}
		net, _ := rows[0]["net"].(json.Number).Float64()
		if first := told.Data.Claims.Nodes[0]; rows[0]["id"] != first.ID || net != first.Support.Net || asText(rows[0]["evidenceCount"]) != strconv.Itoa(first.Evidence.TotalCount) ||
			asText(rows[0]["families"]) != strconv.Itoa(first.Support.Families) {
			t.Errorf("%s: %v, GraphQL says %+v", filter, rows[0], first)
		}
	}
}

// Catches: a coverage file that differs from GraphQL's gap map.
func TestCoverageIsTheGapMap(t *testing.T) {
	api := newRowsAPI(t)
	const filter = `{"basis":"STATED"}`
	answer := api.Ask(t, `{ gapMap(rows: SDG_TARGET, columns: COUNTRY, filter: {basis: STATED}) { otherRows otherColumns cells { row column claims net gap } } }`, nil)
	var told struct {
		Data struct {
			GapMap struct {
				OtherRows, OtherColumns int
				Cells                   []struct {
					Row, Column, Gap string
					Claims           json.Number
					Net              *json.Number
				}
			}
		}
	}
	if err := json.Unmarshal(answer.Body, &told); err != nil || told.Data.GapMap.OtherRows+told.Data.GapMap.OtherColumns > 0 {
		t.Fatalf("%v %s", err, answer.Body)
	}
	rows := objects(t, second(api.get(t, "coverage.json?filter="+url.QueryEscape(filter))))
	if len(rows) != len(told.Data.GapMap.Cells) || len(rows) == 0 {
		t.Fatalf("%d rows for %d cells", len(rows), len(told.Data.GapMap.Cells))
	}
	for i, cell := range told.Data.GapMap.Cells {
		net := ""
		if cell.Net != nil {
			net = cell.Net.String()
		}
		if r := rows[i]; r["target"] != cell.Row || r["iso3"] != cell.Column || r["claims"] != cell.Claims || r["gap"] != cell.Gap || asText(r["net"]) != net {
			t.Errorf("row %v, cell %+v", r, cell)
		}
	}
}

// Catches: a URL in a row that does not lead a browser to a page about the row, or a program to anything but linked data.
func TestRowsLeadToPages(t *testing.T) {
	api := newRowsAPI(t)
	leads := map[string]string{
		"claims": `/en/claims/[0-9a-f]{32}`, "graph-edges": `/en/claims/[0-9a-f]{32}`, "evidence": `/en/documents/[^/?]+\?at=\d+-\d+#here`,
		"recommendations": `/en/(?:claims/[0-9a-f]{32}|recommendations/[A-Z0-9-]+)`, "observations": `/en/(?:documents|indicators|sdg-indicators|countries)/.+`,
		"coverage": `/en/countries/[A-Z]{3}\?target=[^&]+`, "graph-nodes": `/en/[a-z-]+/[^/?]+`,
		"documents": `/en/documents/[^/?]+`, "initiatives": `/en/initiatives/[^/?]+`, "case-studies": `/en/cases/[^/?]+`,
		"countries": `/en/countries/[A-Z]{3}`, "targets": `/en/targets/[^/?]+`, "tailored": `/en/recommendations/[^/?]+`, "paths": `/en/claims/[0-9a-f]{32}`,
	}
	eachDataset(t, func(t *testing.T, d *exchange.Dataset) {
		_, text := api.get(t, fileOf(d, "json", "first=300"))
		rows := objects(t, text)
		for i := 0; i < len(rows); i += 1 + len(rows)/7 {
			request, err := http.NewRequest(http.MethodGet, asText(rows[i]["url"]), nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Accept-Language", "en")
			if response := api.Do(t, request); response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "application/ld+json" {
				t.Errorf("%s answers a program with %d, %s", request.URL, response.StatusCode, response.Header.Get("Content-Type"))
			}
			request.Header.Set("Accept", "text/html")
			to := api.Do(t, request).Header.Get("Location")
			if !regexp.MustCompile("^" + leads[d.Name] + "$").MatchString(to) {
				t.Errorf("%s leads to %q", request.URL, to)
			}
		}
	})
}

// Catches: an empty filter that excludes rows.
func TestEmptyFiltersLeaveNothingOut(t *testing.T) {
	api := newRowsAPI(t)
	eachDataset(t, func(t *testing.T, d *exchange.Dataset) {
		if !slices.Contains(d.Accepts, exchange.ByFilter) {
			return
		}
		whole, _ := api.get(t, d.Name+".csv")
		for _, filter := range []string{`null`, ``, `{}`, `{"basis":null,"countries":[]}`} {
			if narrowed, _ := api.get(t, d.Name+".csv?filter="+url.QueryEscape(filter)); narrowed.Header.Get("X-Total-Count") != whole.Header.Get("X-Total-Count") {
				t.Errorf("%s: %s rows of %s", filter, narrowed.Header.Get("X-Total-Count"), whole.Header.Get("X-Total-Count"))
			}
		}
	})
}
