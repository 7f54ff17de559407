package exchange

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"masar"
	"masar/words"
)

// xlsxFormat is a workbook with the rows on the first sheet and the meaning of the columns on the second. Texts are
// text cells, never formulas; times are dates.
var xlsxFormat = Format{
	Name: "xlsx", ContentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	Packed: true, MaxRows: excelize.TotalRows - 1, begin: beginXLSX,
}

// The names of the sheets; Arabic in a workbook from right to left.
var (
	rowsSheet    = words.Localized("dataset.sheet.rows", nil)
	columnsSheet = words.Localized("dataset.sheet.columns", nil)
)

type xlsxWriter struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	dates  int // style of date cells
	rows   int
	line   []any
}

func beginXLSX(w io.Writer, d *Dataset, o Options) (rowWriter, error) {
	x := &xlsxWriter{file: excelize.NewFile(), line: make([]any, len(d.Columns))}
	// Write the file directly to the answer, because the library would buffer the whole file.
	x.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	lang := masar.English
	if o.RightToLeft {
		lang = masar.Arabic
	}
	if err := x.prepare(d, lang, o.RightToLeft); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

// prepare creates both sheets, fills the second, and writes the headings of the first.
func (x *xlsxWriter) prepare(d *Dataset, lang masar.Language, rightToLeft bool) error {
	first, second := in(lang, rowsSheet), in(lang, columnsSheet)
	if err := x.file.SetSheetName("Sheet1", first); err != nil {
		return err
	}
	if _, err := x.file.NewSheet(second); err != nil {
		return err
	}
	for _, sheet := range []string{first, second} {
		if err := x.file.SetSheetView(sheet, 0, &excelize.ViewOptions{RightToLeft: &rightToLeft}); err != nil {
			return err
		}
		head := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
		if err := x.file.SetPanes(sheet, head); err != nil {
			return err
		}
	}
	if err := x.describe(second, d); err != nil {
		return err
	}
	bold, err := x.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	form := "yyyy-mm-dd"
	if x.dates, err = x.file.NewStyle(&excelize.Style{CustomNumFmt: &form}); err != nil {
		return err
	}
	if x.stream, err = x.file.NewStreamWriter(first); err != nil {
		return err
	}
	for i, c := range d.Columns {
		x.line[i] = c.Name
		if rightToLeft {
			x.line[i] = in(lang, c.Titles)
		}
	}
	return x.write(excelize.RowOpts{StyleID: bold})
}

// describe writes the meaning of each column in both languages.
func (x *xlsxWriter) describe(sheet string, d *Dataset) error {
	head := []any{"name", "type", "title", "العنوان", "description", "الوصف", "unit", "الوحدة"}
	if err := x.file.SetSheetRow(sheet, "A1", &head); err != nil {
		return err
	}
	for i, c := range d.Columns {
		line := []any{c.Name, string(c.Type), c.Titles.EN.Value, c.Titles.AR.Value, c.Descriptions.EN.Value, c.Descriptions.AR.Value, c.Units.EN.Value, c.Units.AR.Value}
		if err := x.file.SetSheetRow(sheet, fmt.Sprint("A", i+2), &line); err != nil {
			return err
		}
	}
	return nil
}

func (x *xlsxWriter) row(r Row) error {
	for i, value := range r {
		switch v := value.(type) {
		case time.Time:
			value = excelize.Cell{StyleID: x.dates, Value: v}
		case string:
			if len(v) > excelize.TotalCellChars && len(utf16.Encode([]rune(v))) > excelize.TotalCellChars {
				return fmt.Errorf("exchange: a text of %d bytes is too long for a cell, and is not cut", len(v))
			}
		}
		x.line[i] = value
	}
	return x.write()
}

func (x *xlsxWriter) write(options ...excelize.RowOpts) error {
	x.rows++
	return x.stream.SetRow(fmt.Sprint("A", x.rows), x.line, options...)
}

func (x *xlsxWriter) end() error {
	if err := x.stream.Flush(); err != nil {
		return err
	}
	return x.file.Write(io.Discard) // the zip writer has the destination
}

// Close removes the temporary file of a large sheet.
func (x *xlsxWriter) Close() error { return x.file.Close() }
