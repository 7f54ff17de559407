// Package exchange gives the graph away in the forms that other tools take: flat rows of scalars, as CSV, JSON and XLSX,
// described by a data package. What a row holds is defined once, for all forms.
package exchange

import (
	"context"
	"slices"
	"strings"

	"masar"
	"masar/answers"
	"masar/words"
)

// Dataset is a table of the graph: its rows are records of one sort, made flat.
type Dataset struct {
	// Name is its name in addresses and files.
	Name string
	// Titles and Descriptions are for people.
	Titles, Descriptions masar.LocalizedText
	Columns              []Column
	// Key names the columns that identify a row.
	Key []string
	// Filtered says that a filter of claims can narrow it.
	Filtered bool

	open func(Source, *answers.ClaimFilter) (Table, error)
}

// Column is a column of a dataset.
type Column struct {
	Name                 string
	Type                 Type
	Titles, Descriptions masar.LocalizedText
	// Units name the unit of a number; zero if it has none, or if another column has it.
	Units masar.LocalizedText
	// Values are the values that it can have, where they are a closed list.
	Values []string
	// Required says that no row leaves it empty.
	Required bool

	key string // of its texts
}

// Type is the type of a column's values.
type Type string

// The types, by their names in a table schema (Frictionless). Values of these types are strings, ints, float64s, ints and
// time.Times; one that is unknown is nil.
const (
	String   Type = "string"
	Integer  Type = "integer"
	Number   Type = "number"
	Year     Type = "year"
	DateTime Type = "datetime"
)

// Row has a value for each column of its dataset.
type Row []any

// Table gives the rows of a dataset at one snapshot.
type Table = Records[Row]

// Open gives the rows of a source; those that a filter keeps, all for nil. The error has code BAD_INPUT for a filter that
// cannot be, or that this dataset does not know.
func (d *Dataset) Open(from Source, filter *answers.ClaimFilter) (Table, error) {
	if filter != nil && !d.Filtered {
		return Table{}, masar.NewArgumentError(masar.CodeBadInput, "filter", "error.rows.filter_unknown", masar.Args{"dataset": d.Name})
	}
	return d.open(from, filter)
}

// Datasets are all datasets, in the order in which they are listed.
var Datasets = []*Dataset{recommendations, claims, evidence, observations, coverage, graphNodes, graphEdges}

// Find is the dataset of a name; nil for none.
func Find(name string) *Dataset {
	at := slices.IndexFunc(Datasets, func(d *Dataset) bool { return d.Name == name })
	if at < 0 {
		return nil
	}
	return Datasets[at]
}

// column is a column with how a record gives its value.
type column[R any] struct {
	Column
	value func(R) any
}

// define makes a dataset of records of one type.
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

// whole gives the records of a method that takes no filter the form of one that does.
func whole[R any](records func(Source) (Records[R], error)) func(Source, *answers.ClaimFilter) (Records[R], error) {
	return func(from Source, _ *answers.ClaimFilter) (Records[R], error) { return records(from) }
}

// newColumn is a column with the texts of a key: column.<key>.title and .description, and .unit where it has one. Its name
// is what follows the last dot of the key.
func newColumn(key string, of Type) Column {
	key = "column." + key
	return Column{
		Name: key[strings.LastIndexByte(key, '.')+1:], Type: of,
		Titles: words.Localized(key+".title", nil), Descriptions: words.Localized(key+".description", nil), key: key,
	}
}

// textColumn is a column of text; an empty one is unknown.
func textColumn[R any, S ~string](key string, value func(R) S) column[R] {
	return column[R]{newColumn(key, String), func(r R) any {
		if s := value(r); s != "" {
			return string(s)
		}
		return nil
	}}
}

// enumColumn is a column whose values are a closed list.
func enumColumn[R any, S ~string](key string, values []S, value func(R) S) column[R] {
	c := textColumn(key, value)
	for _, v := range values {
		c.Values = append(c.Values, string(v))
	}
	return c
}

// countColumn is a column of counts, of which none is unknown.
func countColumn[R any](key string, value func(R) int) column[R] {
	return column[R]{newColumn(key, Integer), func(r R) any { return value(r) }}.required()
}

// anyColumn is a column of any type, whose value is nil if it is unknown.
func anyColumn[R any](key string, of Type, value func(R) any) column[R] {
	return column[R]{newColumn(key, of), value}
}

// required says that no row leaves a column empty.
func (c column[R]) required() column[R] { c.Required = true; return c }

// unit gives a column the unit of its key.
func (c column[R]) unit() column[R] { c.Units = words.Localized(c.key+".unit", nil); return c }

// of makes columns of a record of those of a part of it.
func of[R, P any](part func(R) P, columns []column[P]) []column[R] {
	all := make([]column[R], len(columns))
	for i, c := range columns {
		all[i] = column[R]{c.Column, func(r R) any { return c.value(part(r)) }}
	}
	return all
}
