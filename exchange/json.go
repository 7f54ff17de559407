package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"time"
)

// jsonFormat is an array of flat objects, one per line. Unknown values are null.
var jsonFormat = Format{Name: "json", ContentType: "application/json; charset=utf-8", begin: beginJSON}

type jsonWriter struct {
	out    *bufio.Writer
	names  []string // the encoded names of the columns, with a colon
	value  bytes.Buffer
	encode *json.Encoder // writes to value
	rows   int
}

func beginJSON(w io.Writer, d *Dataset, _ int, _ Options) (rowWriter, error) {
	j := &jsonWriter{out: bufio.NewWriter(w)}
	j.encode = json.NewEncoder(&j.value)
	j.encode.SetEscapeHTML(false)
	for i, c := range d.Columns {
		before := `,"`
		if i == 0 {
			before = `{"`
		}
		j.names = append(j.names, before+c.Name+`":`)
	}
	return j, j.out.WriteByte('[')
}

func (j *jsonWriter) row(r Row) error {
	if j.rows++; j.rows > 1 {
		j.out.WriteByte(',')
	}
	j.out.WriteByte('\n')
	for i, value := range r {
		j.out.WriteString(j.names[i])
		if err := j.write(value); err != nil {
			return err
		}
	}
	return j.out.WriteByte('}') // a bufio.Writer returns its first error from all later calls
}

func (j *jsonWriter) write(value any) error {
	switch v := value.(type) {
	case int, float64:
		j.out.WriteString(plain(v))
		return nil
	case time.Time:
		value = plain(v)
	}
	j.value.Reset()
	if err := j.encode.Encode(value); err != nil {
		return err
	}
	j.value.Truncate(j.value.Len() - 1) // the line break
	_, err := j.value.WriteTo(j.out)
	return err
}

func (j *jsonWriter) end() error {
	j.out.WriteString("\n]\n")
	return j.out.Flush()
}
