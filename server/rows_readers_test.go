package server_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"masar/exchange"
)

// workbook is what openpyxl reads of a workbook.
type workbook struct {
	Dimension, Title, Creator, Filter, Frozen string
	Rows                                      [][]any
	Sheets                                    []string
	RightToLeft                               bool
	Widths                                    []float64
}

// openpyxl reads a workbook with openpyxl. It skips the test where MASAR_PYTHON names no Python that has it; CI has one.
func openpyxl(t *testing.T, file []byte) (w workbook) {
	t.Helper()
	python := os.Getenv("MASAR_PYTHON")
	if python == "" {
		t.Skip("MASAR_PYTHON names no Python with openpyxl")
	}
	path := filepath.Join(t.TempDir(), "rows.xlsx")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	command := exec.CommandContext(t.Context(), python, "testdata/workbook.py", path)
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.Bytes())
	}
	d := json.NewDecoder(bytes.NewReader(out))
	d.UseNumber()
	if err := d.Decode(&w); err != nil {
		t.Fatal(err)
	}
	return w
}

// Catches: a workbook of which openpyxl reads less than all, or without headings that differ, filter buttons, widths or a
// title; in Arabic also one from left to right or with names of enum values.
func TestOpenpyxlReadsWorkbooks(t *testing.T) {
	api := newRowsAPI(t)
	eachDataset(t, func(t *testing.T, d *exchange.Dataset) {
		rows := objects(t, second(api.get(t, fileOf(d, "json"))))
		for _, rightToLeft := range []bool{false, true} {
			w := openpyxl(t, second(api.get(t, fileOf(d, "xlsx", "rtl="+strconv.FormatBool(rightToLeft)))))
			w.Filter = strings.ReplaceAll(w.Filter, "$", "")
			if len(w.Rows) != len(rows)+1 || !strings.HasPrefix(w.Dimension, "A1:") || w.Filter != w.Dimension {
				t.Fatalf("%d rows of %d in %s, filter %s", len(w.Rows), len(rows)+1, w.Dimension, w.Filter)
			}
			if w.RightToLeft != rightToLeft || w.Frozen != "A2" || !strings.Contains(w.Title, ": ") || w.Creator == "xuri" || slices.Min(w.Widths) < 10 {
				t.Errorf("%+v", workbook{Title: w.Title, Creator: w.Creator, Frozen: w.Frozen, RightToLeft: w.RightToLeft, Widths: w.Widths})
			}
			seen := map[any]bool{}
			for i, heading := range w.Rows[0] {
				if seen[heading] || heading != d.Columns[i].Name && !rightToLeft {
					t.Errorf("heading %v", heading)
				}
				seen[heading] = true
			}
			for i, row := range rows {
				for j, c := range d.Columns {
					if fault := cellFault(c, w.Rows[i+1][j], row[c.Name], rightToLeft); fault != "" {
						t.Fatalf("row %d, %s: %v %s, JSON has %v", i, c.Name, w.Rows[i+1][j], fault, row[c.Name])
					}
				}
			}
		}
	})
}

// cellFault says what is wrong with a cell of a workbook for a value in JSON; empty if nothing is.
func cellFault(c exchange.Column, cell, value any, inArabic bool) string {
	text, isText := value.(string)
	switch {
	case value == nil && cell == nil:
	case value == nil || cell == nil:
		return "is missing or not"
	case c.Type == exchange.DateTime:
		if got, _ := cell.(string); got+"Z" != text {
			return "is another day"
		}
	case c.Values != nil && inArabic:
		if label, _ := cell.(string); slices.Contains(c.Values, label) || label == "" {
			return "is the name of an enum value"
		}
	case isText && !inArabic && strings.ReplaceAll(text, "\r\n", "\n") != cell:
		return "is another text"
	case c.Type == exchange.Integer || c.Type == exchange.Number || c.Type == exchange.Year:
		number, _ := value.(json.Number)
		if !sameNumber(cell, number) {
			return "is another number"
		}
	case c.Type == exchange.Boolean && cell != value:
		return "is another truth"
	}
	return ""
}

// Catches: a workbook that LibreOffice does not open, or of which it loses rows, texts or codes with zeros.
func TestLibreOfficeReadsWorkbooks(t *testing.T) {
	office := os.Getenv("MASAR_SOFFICE")
	if office == "" {
		t.Skip("MASAR_SOFFICE names no LibreOffice")
	}
	api := newRowsAPI(t)
	dir := t.TempDir()
	convert := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", dir}
	for _, d := range exchange.Datasets {
		path := filepath.Join(dir, d.Name+".xlsx")
		if err := os.WriteFile(path, second(api.get(t, fileOf(d, "xlsx"))), 0o600); err != nil {
			t.Fatal(err)
		}
		convert = append(convert, path)
	}
	if out, err := exec.CommandContext(t.Context(), office, convert...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, d := range exchange.Datasets {
		file, err := os.ReadFile(filepath.Join(dir, d.Name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		columns, rows := table(t, second(api.get(t, fileOf(d, "csv"))))
		if !slices.Equal(lines[0], columns) || len(lines) != len(rows)+1 {
			t.Fatalf("%s: %d rows of %d, columns %v", d.Name, len(lines)-1, len(rows), lines[0])
		}
		for i, row := range rows {
			for j, c := range d.Columns {
				if c.Type == exchange.String && lines[i+1][j] != strings.ReplaceAll(row[c.Name], "\r\n", "\n") {
					t.Fatalf("%s, row %d: %s is %q, want %q", d.Name, i, c.Name, lines[i+1][j], row[c.Name])
				}
			}
		}
	}
}
