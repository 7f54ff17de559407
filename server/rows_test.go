package server_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"masar"
	"masar/exchange"
	"masar/internal/masartest"
	"masar/loaders"
)

// rowsAPI requests rows.
type rowsAPI struct{ *masartest.API }

func newRowsAPI(t *testing.T) rowsAPI {
	return rowsAPI{masartest.Start(t).API(t, loaders.Options{})}
}

// send requests a file and reads the answer.
func (a rowsAPI) send(t *testing.T, method, file string, header ...string) (*http.Response, []byte) {
	t.Helper()
	request, err := http.NewRequest(method, "/api/v1/rows/"+file, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "masar.test"
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response := a.Do(t, request)
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, body
}

// get requests a file that must exist.
func (a rowsAPI) get(t *testing.T, file string) (*http.Response, []byte) {
	t.Helper()
	response, body := a.send(t, http.MethodGet, file)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %s", file, response.StatusCode, body)
	}
	return response, body
}

// table parses a CSV file strictly. The rows are maps from column names to values.
func table(t *testing.T, text []byte) (columns []string, rows []map[string]string) {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return lines[0], rows
}

// objects parses a JSON array.
func objects(t *testing.T, text []byte) []map[string]any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var rows []map[string]any
	if err := d.Decode(&rows); err != nil || d.More() {
		t.Fatalf("%v in %.200s", err, text)
	}
	return rows
}

// fileOf is the address of a file of a dataset, with the parameters that it requires and others.
func fileOf(d *exchange.Dataset, format string, others ...string) string {
	parameters := map[string][]string{"tailored": {"country=EGY", "target=16.6"}, "paths": {"from=SDG_TARGET/16.6", "to=COUNTRY/EGY"}}[d.Name]
	if parameters = append(parameters, others...); len(parameters) == 0 {
		return d.Name + "." + format
	}
	return d.Name + "." + format + "?" + strings.Join(parameters, "&")
}

func eachDataset(t *testing.T, test func(*testing.T, *exchange.Dataset)) {
	for _, d := range exchange.Datasets {
		t.Run(d.Name, func(t *testing.T) { test(t, d) })
	}
}

// Catches: missing rows, values that differ between CSV and JSON, and values that do not fit their column's
// description.
func TestRowsInEveryForm(t *testing.T) {
	api := newRowsAPI(t)
	eachDataset(t, func(t *testing.T, d *exchange.Dataset) {
		response, text := api.get(t, fileOf(d, "csv"))
		columns, lines := table(t, text)
		_, text = api.get(t, fileOf(d, "json"))
		rows := objects(t, text)
		if total, _ := strconv.Atoi(response.Header.Get("X-Total-Count")); total == 0 || len(lines) != total || len(rows) != total {
			t.Fatalf("X-Total-Count %d, CSV %d rows, JSON %d", total, len(lines), len(rows))
		}
		filled, keys := map[string]bool{}, map[string]bool{}
		for i, row := range rows {
			if len(row) != len(columns) {
				t.Fatalf("row %d has %d fields for %d columns", i, len(row), len(columns))
			}
			key := ""
			for j, c := range d.Columns {
				if columns[j] != c.Name {
					t.Fatalf("column %d is %q, want %q", j, columns[j], c.Name)
				}
				value, there := row[c.Name]
				if fault := misfit(c, value); !there || fault != "" {
					t.Errorf("row %d, %s: %v %s", i, c.Name, value, fault)
				}
				if got, want := lines[i][c.Name], asText(value); got != want {
					t.Errorf("row %d, %s: %q in CSV, %q in JSON", i, c.Name, got, want)
				}
				filled[c.Name] = filled[c.Name] || value != nil
				if slices.Contains(d.Key, c.Name) {
					key += "\x00" + asText(value)
				}
			}
			if d.Key != nil && keys[key] {
				t.Errorf("row %d: duplicate key %q", i, key)
			}
			keys[key] = true
		}
		for _, c := range d.Columns {
			if !filled[c.Name] && !slices.Contains(neverInSeed, d.Name+"."+c.Name) {
				t.Errorf("%s is empty in every row", c.Name)
			}
		}
		for _, names := range [][]string{{"evidenceCount", "scoreLow"}, {"url"}, {"labelAr", "sentenceAr"}, {"labelEn", "sentenceEn"}} {
			if !slices.ContainsFunc(names, func(name string) bool { return slices.Contains(columns, name) }) {
				t.Errorf("no column of %v", names)
			}
		}
	})
}

// neverInSeed are columns without a value in the seed.
var neverInSeed = []string{"paths.stoppedBy", "paths.documentation", "recommendations.strength", "recommendations.sourceUrl", "claims.sourceUrl", "evidence.sourceUrl"}

// misfit describes what is wrong with a value of a column; empty if nothing is.
func misfit(c exchange.Column, value any) string {
	if value == nil {
		if c.Required {
			return "is required"
		}
		return ""
	}
	text, isText := value.(string)
	number, isNumber := value.(json.Number)
	switch c.Type {
	case exchange.String:
		if !isText || text == "" {
			return "is no text"
		}
		if c.Values != nil && !slices.Contains(c.Values, text) {
			return "is not on the list"
		}
	case exchange.Boolean:
		if _, is := value.(bool); !is {
			return "is neither true nor false"
		}
	case exchange.DateTime:
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			return "is no time"
		}
	case exchange.Number:
		if _, err := number.Float64(); !isNumber || err != nil {
			return "is no number"
		}
	default:
		if _, err := number.Int64(); !isNumber || err != nil {
			return "is no whole number"
		}
	}
	return ""
}

// asText formats a JSON value as CSV does. No text of the seed begins like a formula.
func asText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// Catches: pages that repeat or skip rows, a page without a link to the next, and a cursor of another list that is
// accepted.
func TestRowsByPages(t *testing.T) {
	api := newRowsAPI(t)
	eachDataset(t, func(t *testing.T, d *exchange.Dataset) {
		whole, text := api.get(t, fileOf(d, "json"))
		want := objects(t, text)
		size := max(1, len(want)/3)
		var got []map[string]any
		file := fileOf(d, "json", "first="+strconv.Itoa(size))
		for pages := 0; file != ""; pages++ {
			if pages > 5 {
				t.Fatal("paging does not end")
			}
			response, text := api.get(t, file)
			if response.Header.Get("X-Total-Count") != whole.Header.Get("X-Total-Count") || response.Header.Get("ETag") == whole.Header.Get("ETag") {
				t.Errorf("%v, whole %v", response.Header, whole.Header)
			}
			rows := objects(t, text)
			if len(rows) > size {
				t.Errorf("%d rows on a page of %d", len(rows), size)
			}
			got = append(got, rows...)
			link := response.Header.Get("Link")
			next, isLink := strings.CutSuffix(strings.TrimPrefix(link, "<"), `>; rel="next"`)
			file, _ = strings.CutPrefix(next, "http://masar.test/api/v1/rows/")
			if link != "" && (!isLink || file == next) {
				t.Fatalf("Link: %s", link)
			}
		}
		if a, b := asJSON(t, got), asJSON(t, want); a != b {
			t.Error("the pages together differ from the whole file")
		}
	})
	response, _ := api.get(t, "claims.csv?first=2")
	_, query, _ := strings.Cut(strings.TrimSuffix(response.Header.Get("Link"), `>; rel="next"`), "?")
	for file, status := range map[string]int{
		"claims.json?" + query: http.StatusOK, "evidence.csv?" + query: http.StatusBadRequest,
		"claims.csv?filter=%7B%22basis%22%3A%22STATED%22%7D&" + query: http.StatusBadRequest,
		"claims.csv?after=nonsense":                                   http.StatusBadRequest,
	} {
		if response, body := api.send(t, http.MethodGet, file); response.StatusCode != status || status != http.StatusOK && !strings.Contains(string(body), "BAD_CURSOR") {
			t.Errorf("%s: %d %s", file, response.StatusCode, body)
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Catches: an ETag that two answers share, one that changes without reason, and a matching ETag that does not give 304.
func TestTags(t *testing.T) {
	api := newRowsAPI(t)
	files := []string{
		"claims.csv", "claims.csv?bom=1", "claims.csv?first=3", "claims.csv?filter=%7B%22basis%22%3A%22STATED%22%7D", "claims.json", "claims.xlsx",
		"claims.xlsx?rtl=1", "evidence.csv", "observations.csv", "graph-nodes.json", "graph-edges.json", "recommendations.csv",
		"", "datapackage.json",
	}
	seen := map[string]string{}
	for _, file := range files {
		response, body := api.get(t, file)
		tag := response.Header.Get("ETag")
		if other, taken := seen[tag]; taken || len(tag) < 10 || tag[0] != '"' {
			t.Errorf("%s and %s have the tag %s", file, other, tag)
		}
		seen[tag] = file
		again, same := newRowsAPI(t).get(t, file)
		if again.Header.Get("ETag") != tag || !bytes.Equal(body, same) {
			t.Errorf("%s: asked again it has the tag %s for %s, and equal bytes: %v", file, again.Header.Get("ETag"), tag, bytes.Equal(body, same))
		}
		for _, sent := range []string{tag, `"other", W/` + tag, "*"} {
			response, body := api.send(t, http.MethodGet, file, "If-None-Match", sent)
			if response.StatusCode != http.StatusNotModified || len(body) > 0 || response.Header.Get("ETag") != tag || response.Header.Get("Cache-Control") == "" {
				t.Errorf("%s, If-None-Match: %s: %d, %d bytes", file, sent, response.StatusCode, len(body))
			}
		}
		if response, _ := api.send(t, http.MethodGet, file, "If-None-Match", `"other"`); response.StatusCode != http.StatusOK {
			t.Errorf("%s: %d for a tag of another", file, response.StatusCode)
		}
		head, body := api.send(t, http.MethodHead, file)
		head.Header.Del("Traceresponse") // differs for each request
		response.Header.Del("Traceresponse")
		if head.StatusCode != http.StatusOK || len(body) > 0 || asJSON(t, head.Header) != asJSON(t, response.Header) {
			t.Errorf("HEAD %s: %d, %d bytes, %v, GET %v", file, head.StatusCode, len(body), head.Header, response.Header)
		}
	}
	// The order of the members of a filter does not change its result.
	one, _ := api.get(t, "claims.csv?filter="+url.QueryEscape(`{"basis":"STATED","minNet":0.1}`))
	other, _ := api.get(t, "claims.csv?bom=0&filter="+url.QueryEscape(`{"minNet":0.10, "basis":"STATED","and":null}`))
	if one.Header.Get("ETag") != other.Header.Get("ETag") {
		t.Error("one answer has two ETags")
	}
}

// Catches: headers that let a browser or a spreadsheet take a file for another type.
func TestHeads(t *testing.T) {
	api := newRowsAPI(t)
	for file, want := range map[string]string{
		"claims.csv": "text/csv; charset=utf-8; header=present", "claims.json": "application/json; charset=utf-8",
		"claims.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	} {
		response, _ := api.get(t, file)
		h := response.Header
		name := `attachment; filename="masar-claims-2025-01-01-` + h.Get("X-Snapshot") + file[len("claims"):] + `"`
		if h.Get("Content-Type") != want || h.Get("Content-Disposition") != name || h.Get("Vary") == "" || h.Get("Cache-Control") != "no-cache" || h.Get("Link") != "" {
			t.Errorf("%s: %v", file, h)
		}
	}
	_, without := api.get(t, "claims.csv")
	for _, flag := range []string{"bom=1", "bom", "bom=", "bom=true", "bom=True"} {
		if _, with := api.get(t, "claims.csv?"+flag); !bytes.Equal(with, append([]byte("\ufeff"), without...)) {
			t.Errorf("%s must only add a byte order mark at the beginning of the file", flag)
		}
	}
	for _, flag := range []string{"bom=0", "bom=false"} {
		if _, plain := api.get(t, "claims.csv?"+flag); !bytes.Equal(plain, without) || bytes.HasPrefix(plain, []byte("\ufeff")) {
			t.Errorf("%s adds a byte order mark", flag)
		}
	}
	want, _ := csv.NewReader(bytes.NewReader(without)).ReadAll()
	for parameter, comma := range map[string]rune{"delimiter=;": ';', "delimiter=%3B": ';', "delimiter=,": ',', "delimiter=tab": '\t'} {
		r := csv.NewReader(bytes.NewReader(second(api.get(t, "claims.csv?"+parameter))))
		r.Comma = comma
		if got, err := r.ReadAll(); err != nil || !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%s: %d lines, want %d (%v)", parameter, len(got), len(want), err)
		}
	}
	if bytes.Count(without, []byte("\r\n")) != bytes.Count(without, []byte("\n")) || !bytes.HasSuffix(without, []byte("\r\n")) {
		t.Error("a line does not end with CRLF")
	}
}

// Catches: an invalid request that is answered, and an error that does not list what is allowed.
func TestRowsRefusals(t *testing.T) {
	api := newRowsAPI(t)
	for _, c := range []struct {
		method, file    string
		status          int
		code, names, ar string
	}{
		{"GET", "nothing.csv", 404, "NOT_FOUND", "recommendations, claims", "المجموعات"},
		{"GET", "claims.pdf", 404, "NOT_FOUND", "csv, json, xlsx", "بإحدى الصيغ"},
		{"GET", "claims", 404, "NOT_FOUND", "csv, json, xlsx", "بإحدى الصيغ"},
		{"GET", "claims.csv/more", 404, "NOT_FOUND", "csv, json, xlsx", "بإحدى الصيغ"},
		{"GET", "datapackage.json?first=1", 400, "BAD_INPUT", "does not accept parameters", "معاملات"},
		{"GET", "?first=1", 400, "BAD_INPUT", "does not accept parameters", "معاملات"},
		{"POST", "claims.csv", 405, "METHOD_NOT_ALLOWED", "GET", "GET"},
		{"DELETE", "claims.csv", 405, "METHOD_NOT_ALLOWED", "GET", "GET"},
		{"GET", "claims.csv?frist=1", 400, "BAD_INPUT", "first, after, filter, bom, delimiter", "المسموح"},
		{"GET", "claims.csv?limit=1&country=EGY", 400, "BAD_INPUT", "these names: country, limit. Allowed", "country"},
		{"GET", "claims.csv?delimiter=x", 400, "BAD_INPUT", "semicolon", "فاصلة"},
		{"GET", "tailored.csv", 400, "BAD_INPUT", "country=EGY", "country=EGY"},
		{"GET", "tailored.csv?country=EG", 400, "BAD_INPUT", "EGY", "EGY"},
		{"GET", "tailored.csv?country=EGY&target=16.66", 400, "BAD_INPUT", "16.6", "16.6"},
		{"GET", "paths.csv?from=SDG_TARGET/16.6", 400, "BAD_INPUT", "from=SDG_TARGET/16.6&to=COUNTRY/EGY", "from"},
		{"GET", "paths.csv?from=SDG_TARGET/16.6&to=EGY", 400, "BAD_INPUT", "such as COUNTRY/EGY", "COUNTRY/EGY"},
		{"GET", "paths.csv?from=SDG_TARGET/16.6&to=COUNTRY/EGY&paths=101", 400, "BAD_INPUT", "100", "100"},
		{"GET", "observations.csv?country=EGY,XXX", 400, "BAD_INPUT", "XXX", "XXX"},
		{"GET", "observations.csv?indicator=NOPE", 400, "BAD_INPUT", "NOPE", "NOPE"},
		{"GET", "observations.csv?since=20x0", 400, "BAD_INPUT", "such as 2020", "2020"},
		{"GET", "observations.csv?since=2021&until=2020", 400, "BAD_INPUT", "2020 is before 2021", "2020"},
		{"GET", "observations.csv?edition=2022", 400, "BAD_INPUT", "newest or all", "newest"},
		{"GET", "claims.json?bom=1", 400, "BAD_INPUT", "first, after, filter", "المسموح"},
		{"GET", "observations.csv?filter={}", 400, "BAD_INPUT", "first, after, country, indicator, target, since, until, edition, bom", "المسموح"},
		{"GET", "claims.csv?first=1&first=2", 400, "BAD_INPUT", "once", "مرة"},
		{"GET", "claims.csv?first=0", 400, "BAD_PAGE", "at least 1", "لا يقل عن 1"},
		{"GET", "claims.csv?first=all", 400, "BAD_PAGE", "at least 1", "لا يقل عن 1"},
		{"GET", "claims.csv?bom=yes", 400, "BAD_INPUT", "1 or true for yes", "1"},
		{"GET", "claims.csv?filter=EGY", 400, "BAD_INPUT", "JSON object", "JSON"},
		{"GET", "claims.csv?filter={}{}", 400, "BAD_INPUT", "JSON object", "JSON"},
		{"GET", "claims.csv?filter=%7B%22bassi%22%3A%22STATED%22%7D", 400, "BAD_INPUT", "bassi", ""},
		{"GET", "claims.csv?filter=%7B%22basis%22%3A%22SAID%22%7D", 400, "BAD_INPUT", "STATED, INFERRED", ""},
		{"GET", "claims.csv?filter=%7B%22countries%22%3A%5B%22XXX%22%5D%7D", 400, "BAD_INPUT", "XXX", ""},
	} {
		response, body := api.send(t, c.method, c.file)
		var told struct {
			Errors []struct {
				Message    string
				Extensions struct {
					Code     string
					Messages struct{ AR string }
				}
			}
		}
		if err := json.Unmarshal(body, &told); err != nil || len(told.Errors) != 1 {
			t.Fatalf("%s: %v: %s", c.file, err, body)
		}
		if e := told.Errors[0]; response.StatusCode != c.status || e.Extensions.Code != c.code || !strings.Contains(string(body), c.names) || !strings.Contains(e.Extensions.Messages.AR, c.ar) {
			t.Errorf("%s %s: %d %s", c.method, c.file, response.StatusCode, body)
		}
		if response.Header.Get("Cache-Control") != "no-store" || response.Header.Get("ETag") != "" || (c.status == 405) != (response.Header.Get("Allow") != "") {
			t.Errorf("%s: %v", c.file, response.Header)
		}
	}
}

// Catches: a quotation that the service does not hold, or that is not the passage that was cited. The seed imports only
// Masar's own bibliographic records.
func TestQuotesAreVerified(t *testing.T) {
	_, text := newRowsAPI(t).get(t, "evidence.json")
	quoted := 0
	for _, row := range objects(t, text) {
		document, _ := row["document"].(string)
		isHeld := strings.HasPrefix(document, "REFERENCES-")
		if !isHeld && (row["quote"] != nil || row["quoteStatus"] != string(masar.QuoteSourceNotImported)) {
			t.Fatalf("%v has a quotation from a text that is not imported", row)
		}
		if !isHeld {
			continue
		}
		quoted++
		quote, _ := row["quote"].(string)
		if sum := sha256.Sum256([]byte(quote)); row["quoteStatus"] != string(masar.QuoteVerified) || hex.EncodeToString(sum[:]) != row["sha256"] {
			t.Fatalf("%v: the quotation is not the cited passage", row)
		}
	}
	if quoted == 0 {
		t.Error("no evidence item has a quotation")
	}
}
