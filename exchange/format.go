package exchange

import (
	"context"
	"io"
	"slices"
	"strconv"
	"time"
)

// Format is a form in which rows are written.
type Format struct {
	// Name is the ending of its files.
	Name string
	// ContentType is its media type.
	ContentType string
	// Packed says that its files are compressed.
	Packed bool
	// MaxRows is the number of rows that a file can hold; 0 for any.
	MaxRows int

	begin func(io.Writer, *Dataset, Options) (rowWriter, error)
}

// Options are what can be asked of a form.
type Options struct {
	// ByteOrderMark has a CSV file begin with U+FEFF, by which Excel knows UTF-8.
	ByteOrderMark bool
	// RightToLeft makes an XLSX sheet that runs from right to left, with Arabic headings.
	RightToLeft bool
}

// rowWriter writes rows one after the other. Nothing is whole before end.
type rowWriter interface {
	row(Row) error
	end() error
}

// Formats are all forms.
var Formats = []Format{csvFormat, jsonFormat, xlsxFormat}

// FindFormat is the form of a name.
func FindFormat(name string) (Format, bool) {
	at := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if at < 0 {
		return Format{}, false
	}
	return Formats[at], true
}

// batch is the number of rows that are in memory at a time.
const batch = 1000

// Write writes the rows of a dataset from one place up to another, reading them in batches. What it has written when it
// fails is no whole file, and does not look like one.
func (f Format) Write(ctx context.Context, w io.Writer, d *Dataset, t Table, from, to int, o Options) error {
	out, err := f.begin(w, d, o)
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

// plain writes a value that is known as text: numbers in decimal digits without an exponent, times in RFC 3339.
func plain(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return v.Format(time.RFC3339)
	}
	panic("exchange: a value of no type of column") // which a test sees to
}
