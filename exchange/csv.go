package exchange

import (
	"encoding/csv"
	"io"
	"strings"
)

// csvFormat is CSV by RFC 4180 in UTF-8 with a header line.
var csvFormat = Format{Name: "csv", ContentType: "text/csv; charset=utf-8; header=present", begin: beginCSV}

type csvWriter struct {
	*csv.Writer
	line []string
}

func beginCSV(w io.Writer, d *Dataset, _ int, o Options) (rowWriter, error) {
	if o.ByteOrderMark {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return nil, err
		}
	}
	c := csvWriter{csv.NewWriter(w), make([]string, len(d.Columns))}
	c.UseCRLF = true
	if o.Delimiter != 0 {
		c.Comma = o.Delimiter
	}
	for i, column := range d.Columns {
		c.line[i] = column.Name
	}
	return c, c.Write(c.line)
}

func (c csvWriter) row(r Row) error {
	for i, value := range r {
		c.line[i] = ""
		switch v := value.(type) {
		case nil:
		case string:
			c.line[i] = escapeFormula(v)
		default:
			c.line[i] = plain(v)
		}
	}
	return c.Write(c.line)
}

func (c csvWriter) end() error {
	c.Flush()
	return c.Error()
}

// escapeFormula adds an apostrophe before a text that a spreadsheet would run as a formula.
func escapeFormula(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
