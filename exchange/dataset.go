// Package exchange exports the graph in formats that other tools read: flat rows of scalars, as CSV, JSON and XLSX,
// described by a data package. The content of a row is defined once for all formats.
package exchange

import (
	"context"
	"slices"
	"strings"

	"masar"
	"masar/answers"
	"masar/words"
)

// Dataset is a table of the graph. Its rows are records of one type.
type Dataset struct {
	// Name is the dataset's name in URLs and files.
	Name string
	// Titles and Descriptions are texts for people.
	Titles, Descriptions masar.LocalizedText
	Columns              []Column
	// Key has the names of the columns that identify a row.
	Key []string
	// Filtered reports whether the dataset accepts a filter of claims.
	Filtered bool

	open func(Source, *answers.ClaimFilter) (Table, error)
}

// Column is a column of a dataset.
type Column struct {
	Name                 string
	Type                 Type
	Titles, Descriptions masar.LocalizedText
	// Units are the unit of a number; zero if it has none, or if another column has it.
	Units masar.LocalizedText
	// Values are the allowed values of an enum column.
	Values []string
	// Required reports whether every row has a value.
	Required bool

	key string // key of the column's texts
}

// Type is the type of a column's values.
type Type string

// The types, with their names in a table schema (Frictionless). Go values of these types are string, int, float64, int
// and time.Time; an unknown value is nil.
const (
	String   Type = "string"
	Integer  Type = "integer"
	Number   Type = "number"
	Year     Type = "year"
	DateTime Type = "datetime"
)

// Row has one value for each column of its dataset.
type Row []any

// Table is the list of the rows of a dataset in one snapshot.
type Table = Records[Row]

// Open returns the rows of a source that match a filter; nil matches all. The error has code BAD_INPUT if the filter is
// invalid or the dataset accepts none.
func (d *Dataset) Open(from Source, filter *answers.ClaimFilter) (Table, error) {
	if filter != nil && !d.Filtered {
		return Table{}, masar.NewArgumentError(masar.CodeBadInput, "filter", "error.rows.filter_unknown", masar.Args{"dataset": d.Name})
	}
	return d.open(from, filter)
}

// Datasets are all datasets in the order of the documentation.
var Datasets = []*Dataset{recommendations, claims, evidence, observations, coverage, graphNodes, graphEdges}

// Find returns the dataset with a name; nil if there is none.
func Find(name string) *Dataset {
	at := slices.IndexFunc(Datasets, func(d *Dataset) bool { return d.Name == name })
	if at < 0 {
		return nil
	}
	return Datasets[at]
}

// column is a column with the function for its values.
type column[R any] struct {
	Column
	value func(R) any
}

// define returns a dataset of records of one type.
func define[R any](d Dataset, records func(Source, *answers.ClaimFilter) (Records[R], error), columns []column[R]) *Dataset {
	d.Titles, d.Descriptions = words.Localized("dataset."+d.Name+".title", nil), words.Localized("dataset."+d.Name+".description", nil)
	for _, c := range columns {
		d.Columns = append(d.Columns, c.Column)
	}
	d.open = func(from Source, filter *answers.ClaimFilter) (Table, error) {
		all, err := records(from, filter)
		return Table{Total: all.Total, Read: func(ctx context.Context, from, to int) ([]Row, error) {
			read, err := all.Read(ctx, from, to)
			if err != nil {
				return nil, err
			}
			rows := make([]Row, len(read))
			for i, r := range read {
				rows[i] = make(Row, len(columns))
				for j, c := range columns {
					rows[i][j] = c.value(r)
				}
			}
			return rows, nil
		}}, err
	}
	return &d
}

// whole adapts a method without a filter to the signature of methods with one.
func whole[R any](records func(Source) (Records[R], error)) func(Source, *answers.ClaimFilter) (Records[R], error) {
	return func(from Source, _ *answers.ClaimFilter) (Records[R], error) { return records(from) }
}

// newColumn returns a column whose texts have the keys column.<key>.title, .description and, if it has a unit, .unit.
// Its name is the part of the key after the last dot.
func newColumn(key string, of Type) Column {
	key = "column." + key
	return Column{
		Name: key[strings.LastIndexByte(key, '.')+1:], Type: of,
		Titles: words.Localized(key+".title", nil), Descriptions: words.Localized(key+".description", nil), key: key,
	}
}

// textColumn returns a column of texts; an empty text is unknown.
func textColumn[R any, S ~string](key string, value func(R) S) column[R] {
	return column[R]{newColumn(key, String), func(r R) any {
		if s := value(r); s != "" {
			return string(s)
		}
		return nil
	}}
}

// enumColumn returns a column with a list of allowed values.
func enumColumn[R any, S ~string](key string, values []S, value func(R) S) column[R] {
	c := textColumn(key, value)
	for _, v := range values {
		c.Values = append(c.Values, string(v))
	}
	return c
}

// countColumn returns a column of counts, which are never unknown.
func countColumn[R any](key string, value func(R) int) column[R] {
	return column[R]{newColumn(key, Integer), func(r R) any { return value(r) }}.required()
}

// anyColumn returns a column of any type; nil is unknown.
func anyColumn[R any](key string, of Type, value func(R) any) column[R] {
	return column[R]{newColumn(key, of), value}
}

// required marks a column as never empty.
func (c column[R]) required() column[R] { c.Required = true; return c }

// unit adds the unit of a column's key.
func (c column[R]) unit() column[R] { c.Units = words.Localized(c.key+".unit", nil); return c }

// of converts columns of a part of a record to columns of the record.
func of[R, P any](part func(R) P, columns []column[P]) []column[R] {
	all := make([]column[R], len(columns))
	for i, c := range columns {
		all[i] = column[R]{c.Column, func(r R) any { return c.value(part(r)) }}
	}
	return all
}
