package exchange_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"masar/exchange"
)

// sheet is a dataset with a column of every type.
var sheet = &exchange.Dataset{Name: "sheet", Columns: []exchange.Column{
	{Name: "text", Type: exchange.String}, {Name: "count", Type: exchange.Integer}, {Name: "number", Type: exchange.Number},
	{Name: "year", Type: exchange.Year}, {Name: "time", Type: exchange.DateTime},
	{Name: "flag", Type: exchange.Boolean},
}}

func tableOf(rows ...exchange.Row) exchange.Table {
	return exchange.Table{Total: len(rows), Read: func(_ context.Context, from, to int) ([]exchange.Row, error) { return rows[from:to], nil }}
}

func write(t testing.TB, format string, d *exchange.Dataset, table exchange.Table, o exchange.Options) []byte {
	t.Helper()
	f, known := exchange.FindFormat(format)
	if !known {
		t.Fatalf("no format %s", format)
	}
	var out bytes.Buffer
	if err := f.Write(t.Context(), &out, d, table, 0, table.Total, o); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var day = time.Date(2024, 12, 11, 0, 0, 0, 0, time.UTC)

// dangerous are texts that a spreadsheet would run as a formula or split into cells.
var dangerous = []string{
	"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", `=cmd|' /C calc'!A0`, "'=1", "a=1", `say "yes"`, "a,b", "a\r\nb", " ", "16.10", "ﷺ", "\u200e-1", "＝1",
}

// Catches: a text that a spreadsheet runs as a formula, a number stored as text, and a harmless text that was changed.
func TestFormulasAreMadeHarmless(t *testing.T) {
	var rows []exchange.Row
	for _, text := range dangerous {
		rows = append(rows, exchange.Row{text, -1, -0.5, 2024, day, true})
	}
	lines, err := csv.NewReader(bytes.NewReader(write(t, "csv", sheet, tableOf(rows...), exchange.Options{}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var objects []map[string]any
	if err := json.Unmarshal(write(t, "json", sheet, tableOf(rows...), exchange.Options{}), &objects); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(write(t, "xlsx", sheet, tableOf(rows...), exchange.Options{})))
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range dangerous {
		want := text
		if strings.ContainsAny(text[:1], "=+-@\t\r") {
			want = "'" + text
		}
		// Go's CSV reader converts CRLF to LF.
		if got := lines[i+1]; got[0] != strings.ReplaceAll(want, "\r\n", "\n") && !strings.Contains(want, "\r=") || got[1] != "-1" || got[2] != "-0.5" {
			t.Errorf("CSV has %q for %q", got, text)
		}
		if objects[i]["text"] != text || objects[i]["number"] != -0.5 {
			t.Errorf("JSON has %q for %q", objects[i], text)
		}
		cell := fmt.Sprint("A", i+2)
		formula, err := book.GetCellFormula("Rows", cell)
		if err != nil || formula != "" {
			t.Errorf("XLSX has the formula %q for %q (%v)", formula, text, err)
		}
		// XML parsers convert CRLF and CR to LF; the library writes CR as a character reference.
		got, _ := book.GetCellValue("Rows", cell)
		kind, _ := book.GetCellType("Rows", cell)
		if got != text || kind != excelize.CellTypeInlineString {
			t.Errorf("XLSX has %q of type %v for %q", got, kind, text)
		}
		if kind, _ := book.GetCellType("Rows", fmt.Sprint("B", i+2)); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("XLSX has a count of type %v", kind)
		}
	}
}

// Catches: values that a standard reader of CSV or JSON reads back differently.
func TestFormsAreReadBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var rows []exchange.Row
		for range rapid.IntRange(0, 20).Draw(r, "rows") {
			row := exchange.Row{nil, nil, nil, nil, nil, nil}
			if rapid.Bool().Draw(r, "known") {
				text := strings.ReplaceAll(rapid.String().Draw(r, "text"), "\r", "")
				row = exchange.Row{text, rapid.Int().Draw(r, "count"), rapid.Float64Range(-1e12, 1e12).Draw(r, "number"), rapid.IntRange(1900, 2100).Draw(r, "year"), day, rapid.Bool().Draw(r, "flag")}
			}
			rows = append(rows, row)
		}
		lines, err := csv.NewReader(bytes.NewReader(write(t, "csv", sheet, tableOf(rows...), exchange.Options{}))).ReadAll()
		if err != nil || len(lines) != len(rows)+1 {
			r.Fatalf("%d rows became %d lines (%v)", len(rows), len(lines)-1, err)
		}
		var objects []map[string]any
		if err := json.Unmarshal(write(t, "json", sheet, tableOf(rows...), exchange.Options{}), &objects); err != nil || len(objects) != len(rows) {
			r.Fatalf("%d rows became %d objects (%v)", len(rows), len(objects), err)
		}
		for i, row := range rows {
			text, known := row[0].(string)
			if got := objects[i]["text"]; known && got != strings.ToValidUTF8(text, "\ufffd") || !known && got != nil {
				r.Errorf("JSON has %q for %q", got, row[0])
			}
			if known && lines[i+1][0] != text && lines[i+1][0] != "'"+text {
				r.Errorf("CSV has %q for %q", lines[i+1][0], text)
			}
			if got := objects[i]["number"]; known && got != row[2] {
				r.Errorf("JSON has %v for %v", got, row[2])
			}
			if got := objects[i]["flag"]; got != row[5] || known && lines[i+1][5] != fmt.Sprint(row[5]) {
				r.Errorf("JSON has %v and CSV %q for %v", got, lines[i+1][5], row[5])
			}
		}
	})
}

// Catches: a workbook that names a smaller range than it fills, has no filter buttons, widths or title, or says COUNTRY to a
// reader of Arabic.
func TestWorkbookIsReadyToUse(t *testing.T) {
	d := exchange.Find("graph-nodes")
	line := make(exchange.Row, len(d.Columns))
	at := slices.IndexFunc(d.Columns, func(c exchange.Column) bool { return c.Name == "detail__kind" })
	line[at] = "COUNTRY"
	last, _ := excelize.CoordinatesToCellName(len(d.Columns), 3)
	for rightToLeft, want := range map[bool]struct{ sheet, value, title, state, lang string }{
		false: {"Rows", "COUNTRY", "Masar: Nodes", "Snapshot 7 of the graph, as of 2024-12-11.", "en"},
		true:  {"الصفوف", "بلد", "مسار: العُقد", "اللقطة 7 من «مسار»، بتاريخ الاحتساب 2024-12-11.", "ar"},
	} {
		file := write(t, "xlsx", d, tableOf(line, line), exchange.Options{RightToLeft: rightToLeft, Snapshot: "7", AsOf: day})
		book, err := excelize.OpenReader(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := book.GetSheetDimension(want.sheet); got != "A1:"+last || err != nil {
			t.Errorf("the sheet says that it fills %s, and fills A1:%s (%v)", got, last, err)
		}
		buttons := fmt.Sprintf(`<autoFilter ref="$A$1:%s">`, regexp.MustCompile(`([A-Z]+)(\d+)`).ReplaceAllString(last, "$$$1$$$2"))
		if sheet := part(t, file, "xl/worksheets/sheet1.xml"); !strings.Contains(sheet, buttons) {
			t.Errorf("no %s in %.900s", buttons, sheet)
		}
		cell, _ := excelize.CoordinatesToCellName(at+1, 2)
		if got, _ := book.GetCellValue(want.sheet, cell); got != want.value {
			t.Errorf("the kind is %q, want %q", got, want.value)
		}
		for i, c := range d.Columns {
			name, _ := excelize.ColumnNumberToName(i + 1)
			heading, _ := book.GetCellValue(want.sheet, name+"1")
			if width, err := book.GetColWidth(want.sheet, name); err != nil || width < 10 || width < float64(len([]rune(heading))) && !strings.HasPrefix(c.Name, "label") {
				t.Errorf("%s is %v wide for the heading %q (%v)", c.Name, width, heading, err)
			}
		}
		p, err := book.GetDocProps()
		if err != nil || p.Title != want.title || p.Description != want.state || p.Language != want.lang || p.Created != "2024-12-11T00:00:00Z" || p.Creator == "xuri" || p.Creator == "" {
			t.Errorf("properties %+v (%v)", p, err)
		}
	}
}

// part is a file inside a workbook.
func part(t *testing.T, workbook []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Catches: a workbook that does not open, whose header row is not frozen, or with the wrong direction.
func TestWorkbook(t *testing.T) {
	claims := exchange.Find("claims")
	for _, rightToLeft := range []bool{false, true} {
		rows, columns, head := "Rows", "Columns", claims.Columns[0].Name
		if rightToLeft {
			rows, columns, head = "الصفوف", "الأعمدة", claims.Columns[0].Titles().AR.Value
		}
		book, err := excelize.OpenReader(bytes.NewReader(write(t, "xlsx", claims, tableOf(), exchange.Options{RightToLeft: rightToLeft})))
		if err != nil {
			t.Fatal(err)
		}
		if got := book.GetSheetList(); !slices.Equal(got, []string{rows, columns}) {
			t.Errorf("sheets %v", got)
		}
		for _, name := range book.GetSheetList() {
			view, err := book.GetSheetView(name, 0)
			if err != nil || view.RightToLeft == nil || *view.RightToLeft != rightToLeft {
				t.Errorf("%s: right to left %v (%v)", name, view.RightToLeft, err)
			}
			panes, err := book.GetPanes(name)
			if err != nil || !panes.Freeze || panes.YSplit != 1 {
				t.Errorf("%s: panes %+v (%v)", name, panes, err)
			}
		}
		if got, _ := book.GetCellValue(rows, "A1"); got != head {
			t.Errorf("the first column is headed %q, want %q", got, head)
		}
		if described, _ := book.GetRows(columns); len(described) != len(claims.Columns)+1 {
			t.Errorf("%d lines describe %d columns", len(described), len(claims.Columns))
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(write(t, "xlsx", sheet, tableOf(exchange.Row{nil, 1, .25, 2024, day, true}), exchange.Options{})))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"A2": "", "B2": "1", "C2": "0.25", "D2": "2024", "E2": "2024-12-11", "F2": "TRUE"} {
		if got, err := book.GetCellValue("Rows", cell); got != want || err != nil {
			t.Errorf("%s is %q, want %q (%v)", cell, got, want, err)
		}
	}
	long, xlsx := exchange.Row{strings.Repeat("س", excelize.TotalCellChars+1), 1, .0, 1, day, false}, exchange.Formats[2]
	if err := xlsx.Write(t.Context(), io.Discard, sheet, tableOf(long), 0, 1, exchange.Options{}); err == nil {
		t.Error("a text too long for a cell is truncated without an error")
	}
}

// Catches: a file that looks complete although reading its rows failed.
func TestBrokenReadingLeavesNoWholeFile(t *testing.T) {
	const good = 5000
	table := exchange.Table{Total: 2 * good, Read: func(_ context.Context, from, to int) ([]exchange.Row, error) {
		if to > good {
			return nil, errors.New("the store is gone")
		}
		rows := make([]exchange.Row, to-from)
		for i := range rows {
			rows[i] = exchange.Row{"x", i, .5, 2024, day, false}
		}
		return rows, nil
	}}
	for _, f := range exchange.Formats {
		var out bytes.Buffer
		if err := f.Write(t.Context(), &out, sheet, table, 0, table.Total, exchange.Options{}); err == nil {
			t.Errorf("%s: no error", f.Name)
		}
		if f.Name == "json" && json.Valid(out.Bytes()) {
			t.Error("the JSON is complete")
		}
		if f.Name == "xlsx" && out.Len() > 0 {
			t.Errorf("%d bytes of a workbook were written before its rows were read", out.Len())
		}
	}
}

var columnName = regexp.MustCompile(`^[a-z][A-Za-z0-9]*(__[a-z]+)?$`)

// Catches: a dataset or a column without a description in both languages, and a name that tools cannot use.
func TestDatasetsAreDescribed(t *testing.T) {
	arabic := regexp.MustCompile(`\p{Arabic}`)
	for _, d := range exchange.Datasets {
		if exchange.Find(d.Name) != d {
			t.Errorf("%s is not found by its name", d.Name)
		}
		seen, titles := map[string]bool{}, map[string]bool{}
		for _, c := range d.Columns {
			for _, title := range []string{c.Titles().EN.Value, c.Titles().AR.Value} {
				if titles[title] {
					t.Errorf("%s has the title %q twice", d.Name, title)
				}
				titles[title] = true
			}
			if to := exchange.Find(c.References.Dataset); c.References != (exchange.Reference{}) && (to == nil ||
				!slices.ContainsFunc(to.Columns, func(other exchange.Column) bool {
					return other.Name == c.References.Column && other.Required && other.Type == c.Type
				})) {
				t.Errorf("%s.%s refers to %v", d.Name, c.Name, c.References)
			}
		}
		for _, key := range d.Key {
			if !slices.ContainsFunc(d.Columns, func(c exchange.Column) bool { return c.Name == key && c.Required }) {
				t.Errorf("%s: the key %s is not a required column", d.Name, key)
			}
		}
		for _, c := range d.Columns {
			if !columnName.MatchString(c.Name) || seen[strings.ToLower(c.Name)] {
				t.Errorf("%s: column name %q", d.Name, c.Name)
			}
			seen[strings.ToLower(c.Name)] = true
			for _, words := range []string{c.Titles().EN.Value, c.Descriptions().EN.Value} {
				if len(words) < 2 || arabic.MatchString(words) {
					t.Errorf("%s.%s: English %q", d.Name, c.Name, words)
				}
			}
			for _, words := range []string{c.Titles().AR.Value, c.Descriptions().AR.Value} {
				if !arabic.MatchString(words) {
					t.Errorf("%s.%s: Arabic %q", d.Name, c.Name, words)
				}
			}
		}
	}
}
