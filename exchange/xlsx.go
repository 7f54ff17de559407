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

type xlsxWriter struct {
	file    *excelize.File
	stream  *excelize.StreamWriter
	dataset *Dataset
	lang    masar.Language
	dates   int // style of date cells
	rows    int
	line    []any
}

func beginXLSX(w io.Writer, d *Dataset, rows int, o Options) (rowWriter, error) {
	x := &xlsxWriter{file: excelize.NewFile(), dataset: d, lang: masar.English, line: make([]any, len(d.Columns))}
	if o.RightToLeft {
		x.lang = masar.Arabic
	}
	// Write the file directly to the answer, because the library would buffer the whole file.
	x.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	if err := x.prepare(rows, o); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

// prepare creates both sheets, fills the second, and writes the headings of the first.
func (x *xlsxWriter) prepare(rows int, o Options) error {
	first, second := in(x.lang, words.Localized("dataset.sheet.rows", nil)), in(x.lang, words.Localized("dataset.sheet.columns", nil))
	if err := x.file.SetSheetName("Sheet1", first); err != nil {
		return err
	}
	if _, err := x.file.NewSheet(second); err != nil {
		return err
	}
	for _, step := range []error{
		x.setProperties(o),
		x.describe(second),
		x.layOut(first, len(x.dataset.Columns), rows, o.RightToLeft),
		x.layOut(second, len(descriptionHead), len(x.dataset.Columns), o.RightToLeft),
		x.open(first),
	} {
		if step != nil {
			return step
		}
	}
	return nil
}

// setProperties names the file, its author and the state of the graph.
func (x *xlsxWriter) setProperties(o Options) error {
	args := masar.Args{"title": in(x.lang, x.dataset.Titles())}
	p := &excelize.DocProperties{
		Title: in(x.lang, words.Localized("dataset.file.title", args)), Subject: in(x.lang, x.dataset.Descriptions()),
		Creator: in(x.lang, words.Localized("dataset.file.creator", nil)), Language: map[masar.Language]string{masar.Arabic: "ar", masar.English: "en"}[x.lang],
	}
	if !o.AsOf.IsZero() {
		p.Created = o.AsOf.UTC().Format(time.RFC3339)
		p.Modified = p.Created
		p.Description = in(x.lang, words.Localized("dataset.file.state", masar.Args{"snapshot": o.Snapshot, "asOf": o.AsOf.Format(time.DateOnly)}))
	}
	return x.file.SetDocProps(p)
}

// layOut sets the direction of a sheet, the range that it fills, the filter buttons of its headings, and keeps the headings
// in sight. Readers that trust the range see one cell without it.
func (x *xlsxWriter) layOut(sheet string, columns, rows int, rightToLeft bool) error {
	last, err := excelize.CoordinatesToCellName(columns, rows+1)
	if err != nil {
		return err
	}
	head := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	return errors.Join(
		x.file.SetSheetView(sheet, 0, &excelize.ViewOptions{RightToLeft: &rightToLeft}),
		x.file.SetPanes(sheet, head),
		x.file.SetSheetDimension(sheet, "A1:"+last),
		x.file.AutoFilter(sheet, "A1:"+last, nil),
	)
}

// open begins the stream of rows with the headings. What the sheet has before its rows is then written.
func (x *xlsxWriter) open(sheet string) error {
	bold, err := x.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	form := "yyyy-mm-dd"
	if x.dates, err = x.file.NewStyle(&excelize.Style{CustomNumFmt: &form}); err != nil {
		return err
	}
	if x.stream, err = x.file.NewStreamWriter(sheet); err != nil {
		return err
	}
	for i, c := range x.dataset.Columns {
		x.line[i] = c.Name
		if x.lang == masar.Arabic {
			x.line[i] = c.Titles().AR.Value
		}
		if err := x.stream.SetColWidth(i+1, i+1, c.width(x.line[i].(string))); err != nil {
			return err
		}
	}
	return x.write(excelize.RowOpts{StyleID: bold})
}

// The widths of columns, in characters. filterButton is the room of the button beside a heading.
const (
	filterButton = 4
	leastWidth   = 10
	proseWidth   = 48
)

// width is the width of a column under a heading.
func (c Column) width(heading string) float64 {
	if c.isProse {
		return proseWidth
	}
	return float64(max(leastWidth, len([]rune(heading))+filterButton))
}

// descriptionHead has the headings of the sheet that describes the columns.
var descriptionHead = []any{"name", "type", "title", "العنوان", "description", "الوصف", "unit", "الوحدة", "values", "القيم"}

// describe writes the meaning of each column in both languages, with the labels of its values.
func (x *xlsxWriter) describe(sheet string) error {
	if err := x.file.SetSheetRow(sheet, "A1", &descriptionHead); err != nil {
		return err
	}
	for i, c := range x.dataset.Columns {
		values := c.glossary()
		line := []any{
			c.Name, string(c.Type), c.Titles().EN.Value, c.Titles().AR.Value, c.Descriptions().EN.Value, c.Descriptions().AR.Value,
			c.Units().EN.Value, c.Units().AR.Value, values.EN.Value, values.AR.Value,
		}
		if err := x.file.SetSheetRow(sheet, fmt.Sprint("A", i+2), &line); err != nil {
			return err
		}
	}
	for _, column := range []struct {
		from, to string
		width    float64
	}{{"A", "A", 22}, {"B", "B", leastWidth}, {"C", "D", 30}, {"E", "F", 80}, {"G", "H", leastWidth}, {"I", "J", proseWidth}} {
		if err := x.file.SetColWidth(sheet, column.from, column.to, column.width); err != nil {
			return err
		}
	}
	return nil
}

// glossary lists the allowed values of a column with their labels.
func (c Column) glossary() masar.LocalizedText {
	var all []masar.LocalizedText
	for _, value := range c.Values {
		label := c.label(value)
		label.EN.Value, label.AR.Value = value+": "+label.EN.Value, value+": "+label.AR.Value
		all = append(all, label)
	}
	return listOf(all)
}

func (x *xlsxWriter) row(r Row) error {
	for i, value := range r {
		switch v := value.(type) {
		case time.Time:
			value = excelize.Cell{StyleID: x.dates, Value: v}
		case string:
			if label := x.dataset.Columns[i].label; label != nil && x.lang == masar.Arabic {
				v = label(v).AR.Value
				value = v
			}
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
