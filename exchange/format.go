package exchange

import (
	"context"
	"io"
	"slices"
	"strconv"
	"time"
)

// Format is a file format of rows.
type Format struct {
	// Name is the format's file extension.
	Name string
	// ContentType is the format's media type.
	ContentType string
	// Packed reports whether files of the format are compressed.
	Packed bool
	// MaxRows is the maximum number of rows in a file; 0 means no limit.
	MaxRows int

	// begin begins a file with a number of rows.
	begin func(w io.Writer, d *Dataset, rows int, o Options) (rowWriter, error)
}

// Options are the options of formats.
type Options struct {
	// ByteOrderMark adds U+FEFF at the beginning of a CSV file, by which Excel recognizes UTF-8.
	ByteOrderMark bool
	// Delimiter separates the values of a CSV file; 0 is a comma. Excel expects a semicolon where the comma is the decimal
	// separator.
	Delimiter rune
	// RightToLeft makes the sheets of an XLSX file run from right to left, with Arabic headings and Arabic labels of enum
	// values.
	RightToLeft bool
	// Snapshot and AsOf are the state of the graph that an XLSX file names in its properties.
	Snapshot string
	AsOf     time.Time
}

// rowWriter writes rows one by one. The file is complete only after end.
type rowWriter interface {
	row(Row) error
	end() error
}

// Formats are all formats.
var Formats = []Format{csvFormat, jsonFormat, xlsxFormat}

// FindFormat returns the format with a name.
func FindFormat(name string) (Format, bool) {
	at := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if at < 0 {
		return Format{}, false
	}
	return Formats[at], true
}

// batch is the number of rows in memory at a time.
const batch = 1000

// Write writes a range of the rows of a dataset and reads them in batches. If it fails, the partial file does not look
// complete.
func (f Format) Write(ctx context.Context, w io.Writer, d *Dataset, t Table, from, to int, o Options) error {
	out, err := f.begin(w, d, to-from, o)
	if err != nil {
		return err
	}
	if held, is := out.(io.Closer); is {
		defer held.Close()
	}
	for ; from < to; from += batch {
		rows, err := t.Read(ctx, from, min(from+batch, to))
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := out.row(r); err != nil {
				return err
			}
		}
	}
	return out.end()
}

// plain formats a value: numbers in decimal digits without an exponent, times in RFC 3339, Booleans as true or false.
func plain(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return v.Format(time.RFC3339)
	}
	panic("exchange: a value of no type of column") // a test checks the types of all columns
}
