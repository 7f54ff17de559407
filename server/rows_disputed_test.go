package server_test

import (
	"bytes"
	"maps"
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"masar/internal/masartest"
	"masar/loaders"
)

// Catches a contested or refuted claim that a file leaves out, shows as sound or rates otherwise than the API, and a form
// that disagrees with the others.
func TestRowsOfDisputedClaims(t *testing.T) {
	api := rowsAPI{masartest.Disputed(t).API(t, loaders.Options{})}
	query := "?filter=" + url.QueryEscape(`{"statuses": ["CONTESTED", "REFUTED"]}`)
	want := map[string][]string{ // by subject, predicate and object
		"ONE-STOP OPERATES_IN XAA":     {"FACT", "CONTESTED", "STATED", ""},
		"XAA HAS_CHALLENGE queues":     {"FACT", "CONTESTED", "STATED", ""},
		"MERGE ADVANCES 16.6":          {"EFFECT", "CONTESTED", "", "VERY_LOW"},
		"FUND PARTICIPATES ONE-STOP":   {"FACT", "REFUTED", "STATED", ""},
		"CLOSE ADVANCES 16.6":          {"EFFECT", "REFUTED", "", "VERY_LOW"},
		"CASE-B DEMONSTRATES CLOSE":    {"EFFECT", "REFUTED", "", "VERY_LOW"},
		"ONE-STOP CONTRIBUTES_TO 16.6": {"EFFECT", "REFUTED", "", "VERY_LOW"},
	}
	_, text := api.get(t, "claims.csv"+query)
	_, rows := table(t, text)
	checkDisputed(t, "CSV", want, rows)

	_, text = api.get(t, "claims.json"+query)
	rows = nil
	for _, object := range objects(t, text) {
		row := map[string]string{}
		for name := range maps.Keys(object) {
			row[name] = asText(object[name])
		}
		rows = append(rows, row)
	}
	checkDisputed(t, "JSON", want, rows)

	_, text = api.get(t, "claims.xlsx"+query)
	checkDisputed(t, "XLSX", want, sheetRows(t, text))

	_, text = api.get(t, "claims.csv")
	if _, all := table(t, text); len(all) != 16 {
		t.Errorf("%d claims in all, want 16", len(all))
	}
	// A file of recommendations follows links, and what is refuted is none.
	_, text = api.get(t, "recommendations.csv")
	if _, rows := table(t, text); slices.ContainsFunc(rows, func(row map[string]string) bool { return row["status"] == "REFUTED" }) {
		t.Errorf("a refuted link is a row of the recommendations: %v", rows)
	}
}

func checkDisputed(t *testing.T, form string, want map[string][]string, rows []map[string]string) {
	t.Helper()
	got := map[string][]string{}
	for _, row := range rows {
		got[row["subjectCode"]+" "+row["predicate"]+" "+row["objectCode"]] = []string{row["nature"], row["status"], row["documentation"], row["certainty"]}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: %s", form, diff)
	}
}

// sheetRows reads the sheet of rows, by the names of the columns.
func sheetRows(t *testing.T, file []byte) (rows []map[string]string) {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := book.GetRows("Rows")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, value := range line {
			row[lines[0][i]] = value
		}
		rows = append(rows, row)
	}
	return rows
}
