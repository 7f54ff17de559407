package grafana_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"masar/dgraph/embedded/embeddedtest"
	"masar/internal/masartest"
	"masar/loaders"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// dashboard has the parts of the dashboard file that determine the requests to Masar.
type dashboard struct {
	Title      string
	Templating struct {
		List []struct {
			Name    string
			Current struct{ Value string }
		}
	}
	Panels []panel
}

type panel struct {
	Title, Type, Description string
	Targets                  []target
	Transformations          []struct {
		Options struct{ RowField, ColumnField, ValueField string }
	}
}

// target is a query of the Infinity data source.
type target struct {
	RefID, Type, Parser, Format, URL string
	Datasource                       struct{ Type string }
	Options                          struct {
		Method string
		Params []struct{ Key, Value string }
		Query  string `json:"body_graphql_query"`
	} `json:"url_options"`
	Root    string `json:"root_selector"`
	Filter  string `json:"filterExpression"`
	Columns []struct{ Selector, Text, Type string }
}

func read(t *testing.T) (dashboard, string) {
	t.Helper()
	text, err := os.ReadFile("masar-overview.json")
	if err != nil {
		t.Fatal(err)
	}
	var d dashboard
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	return d, string(text)
}

// fill replaces the variables in a text by the values that a newly opened dashboard has.
func (d dashboard) fill(text string) string {
	for _, v := range d.Templating.List {
		text = strings.NewReplacer("${"+v.Name+"}", v.Current.Value, "$"+v.Name, v.Current.Value).Replace(text)
	}
	return text
}

// request is the request that the Infinity data source sends for a query.
func (d dashboard) request(t *testing.T, q target) *http.Request {
	t.Helper()
	query := url.Values{}
	for _, p := range q.Options.Params {
		query.Add(p.Key, d.fill(p.Value))
	}
	address := d.fill(q.URL)
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	body, err := json.Marshal(map[string]string{"query": d.fill(q.Options.Query)})
	if err != nil {
		t.Fatal(err)
	}
	if q.Options.Method == http.MethodGet {
		body = nil
	}
	request, err := http.NewRequest(q.Options.Method, address, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	accept := "application/json;q=0.9,text/plain"
	if q.Type == "csv" {
		accept = "text/csv; charset=utf-8"
	}
	request.Header.Set("Accept", accept)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	return request
}

// rows are the rows of an answer by the selectors of columns. A selector without a value has no entry.
func (q target) rows(t *testing.T, body []byte) []map[string]any {
	t.Helper()
	if q.Type == "csv" {
		lines, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		rows := make([]map[string]any, len(lines)-1)
		for i, line := range lines[1:] {
			rows[i] = map[string]any{}
			for j, name := range lines[0] {
				rows[i][name] = line[j]
			}
		}
		return rows
	}
	var answer any
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatal(err)
	}
	if q.Type == "graphql" {
		if errors := at(answer, "errors"); errors != nil {
			t.Fatalf("%v", errors)
		}
	}
	if q.Root != "" {
		answer = at(answer, q.Root)
	}
	list, isList := answer.([]any)
	if !isList {
		list = []any{answer} // an object is one row
	}
	rows := make([]map[string]any, len(list))
	for i, item := range list {
		rows[i] = map[string]any{}
		for _, c := range q.Columns {
			if value := at(item, c.Selector); value != nil {
				rows[i][c.Selector] = value
			}
		}
	}
	return rows
}

// at returns the value at a path of names; nil if there is none.
func at(value any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		object, _ := value.(map[string]any)
		value = object[name]
	}
	return value
}

var equals = regexp.MustCompile(`^(\w+) == "([^"]*)"$`)

// keeps reports whether a row matches the filter of a query. Filters are equalities joined by &&.
func (d dashboard) keeps(t *testing.T, filter string, row map[string]any) bool {
	t.Helper()
	for part := range strings.SplitSeq(d.fill(filter), " && ") {
		match := equals.FindStringSubmatch(part)
		if match == nil {
			t.Fatalf("the test cannot read the filter %q", part)
		}
		if _, there := row[match[1]]; !there {
			t.Fatalf("the filter %q has an unknown column", part)
		}
		if row[match[1]] != match[2] {
			return false
		}
	}
	return true
}

// Catches: a panel whose request fails, an empty panel, and a column that the answer does not have. Grafana does not
// run here: the test sends the requests that the Infinity data source would send.
func TestPanelsAreAnswered(t *testing.T) {
	d, _ := read(t)
	api := masartest.Start(t).API(t, loaders.Options{})
	if len(d.Panels) < 6 {
		t.Fatalf("%d panels", len(d.Panels))
	}
	for _, p := range d.Panels {
		t.Run(p.Title, func(t *testing.T) {
			shown := map[string]bool{}
			for _, q := range p.Targets {
				if q.Datasource.Type != "yesoreyeram-infinity-datasource" || q.Parser != "backend" {
					t.Errorf("%s is not a query for Infinity's backend parser", q.RefID)
				}
				request := d.request(t, q)
				response := api.Do(t, request)
				var body bytes.Buffer
				if _, err := body.ReadFrom(response.Body); err != nil || response.StatusCode != http.StatusOK {
					t.Fatalf("%s %s: %d %v %.300s", request.Method, request.URL, response.StatusCode, err, &body)
				}
				rows, kept := q.rows(t, body.Bytes()), 0
				filled := map[string]bool{}
				for _, row := range rows {
					if q.Filter != "" && !d.keeps(t, q.Filter, row) {
						continue
					}
					kept++
					for _, c := range q.Columns {
						value, there := row[c.Selector]
						if q.Type == "csv" && !there {
							t.Fatalf("%s: unknown column %s", q.RefID, c.Selector)
						}
						filled[c.Selector] = filled[c.Selector] || there && value != ""
					}
				}
				if kept == 0 {
					t.Errorf("%s: no rows of %d", q.RefID, len(rows))
				}
				for _, c := range q.Columns {
					shown[c.Text] = true
					if !filled[c.Selector] {
						t.Errorf("%s: %s is empty in all %d rows", q.RefID, c.Selector, kept)
					}
				}
			}
			for _, change := range p.Transformations {
				for _, field := range []string{change.Options.RowField, change.Options.ColumnField, change.Options.ValueField} {
					if !shown[field] {
						t.Errorf("the panel uses the field %q, which no query returns", field)
					}
				}
			}
		})
	}
}

// Catches: a panel in only one language, and a request to another site from a browser or from Grafana.
func TestDashboardIsBilingualAndClosed(t *testing.T) {
	d, text := read(t)
	arabic, latin := regexp.MustCompile(`\p{Arabic}{3}`), regexp.MustCompile(`[A-Za-z]{3}`)
	for _, p := range append(d.Panels, panel{Title: d.Title, Description: d.Title}) {
		for _, words := range []string{p.Title, p.Description} {
			if !arabic.MatchString(words) || !latin.MatchString(words) {
				t.Errorf("%q is in only one language", words)
			}
		}
	}
	for _, address := range regexp.MustCompile(`https?://[^"\s]*`).FindAllString(text, -1) {
		if address != "http://127.0.0.1:8080" {
			t.Errorf("the dashboard names %s", address)
		}
	}
	var types []string
	for _, p := range d.Panels {
		types = append(types, p.Type)
	}
	for _, needed := range []string{"stat", "timeseries", "table", "nodeGraph"} {
		if !slices.Contains(types, needed) {
			t.Errorf("no panel of type %s", needed)
		}
	}
}
