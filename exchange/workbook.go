package exchange

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"masar"
	"masar/words"
)

// Whole are the datasets that have rows without a parameter.
func Whole() (all []*Dataset) {
	for _, d := range Datasets {
		if len(d.Requires) == 0 {
			all = append(all, d)
		}
	}
	return all
}

// WriteCSV writes all rows of a dataset as CSV.
func (d *Dataset) WriteCSV(ctx context.Context, w io.Writer, from Source) error {
	table, err := d.Open(ctx, from, Query{})
	if err != nil {
		return err
	}
	return csvFormat.Write(ctx, w, d, table, 0, table.Total, Options{})
}

// WriteWorkbook writes the datasets that have rows without a parameter as one XLSX file, with a sheet for each. Of the options, it
// uses RightToLeft.
func WriteWorkbook(ctx context.Context, w io.Writer, from Source, o Options) (err error) {
	o.Snapshot, o.AsOf = from.Snapshot(), from.AsOf()
	x := &xlsxWriter{file: excelize.NewFile(), lang: masar.English}
	defer func() { err = errors.Join(err, x.Close()) }()
	if o.RightToLeft {
		x.lang = masar.Arabic
	}
	x.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	if err := x.file.SetDocProps(&excelize.DocProperties{
		Title: in(x.lang, words.Localized("dataset.package.title", nil)), Subject: in(x.lang, words.Localized("dataset.package.description", nil)),
		Creator: in(x.lang, words.Localized("dataset.file.creator", nil)), Language: map[masar.Language]string{masar.Arabic: "ar", masar.English: "en"}[x.lang],
		Description: in(x.lang, words.Localized("dataset.file.state", masar.Args{"snapshot": o.Snapshot, "asOf": o.AsOf.Format(time.DateOnly)})),
		Created:     o.AsOf.UTC().Format(time.RFC3339), Modified: o.AsOf.UTC().Format(time.RFC3339),
	}); err != nil {
		return err
	}
	for i, d := range Whole() {
		if err := x.sheet(ctx, i, d, from, o); err != nil {
			return err
		}
	}
	return x.file.Write(io.Discard) // the zip writer has the destination
}

// sheet writes a dataset as the next sheet.
func (x *xlsxWriter) sheet(ctx context.Context, at int, d *Dataset, from Source, o Options) error {
	table, err := d.Open(ctx, from, Query{})
	if err != nil {
		return err
	}
	if table.Total > xlsxFormat.MaxRows {
		return masar.NewError(masar.CodeContentTooLarge, "error.rows.sheet", masar.Args{"reached": table.Total, "allowed": xlsxFormat.MaxRows})
	}
	x.dataset, x.rows, x.line = d, 0, make([]any, len(d.Columns))
	name := x.sheetName(d)
	if at == 0 {
		err = x.file.SetSheetName("Sheet1", name)
	} else {
		_, err = x.file.NewSheet(name)
	}
	if err != nil {
		return err
	}
	if err := errors.Join(x.layOut(name, len(d.Columns), table.Total, o.RightToLeft), x.open(name)); err != nil {
		return err
	}
	for from := 0; from < table.Total; from += batch {
		rows, err := table.Read(ctx, from, min(from+batch, table.Total))
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := x.row(r); err != nil {
				return err
			}
		}
	}
	return x.stream.Flush()
}

// sheetName is the name of the sheet of a dataset. Excel allows 31 characters.
func (x *xlsxWriter) sheetName(d *Dataset) string {
	name := d.Name
	if x.lang == masar.Arabic {
		name = d.Titles().AR.Value
	}
	runes := []rune(name)
	return string(runes[:min(len(runes), excelize.MaxSheetNameLength)])
}
