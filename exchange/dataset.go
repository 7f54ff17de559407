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
	Name    string
	Columns []Column
	// Key has the names of the columns that identify a row.
	Key []string
	// Accepts are the parameters that select rows, and Requires those without which the dataset has no rows.
	Accepts, Requires []Parameter

	open func(context.Context, Source, Query) (Table, error)
}

// Column is a column of a dataset.
type Column struct {
	Name string
	Type Type
	// Values are the allowed values of an enum column.
	Values []string
	// Required reports whether every row has a value.
	Required bool
	// References is the column of another dataset that has every value of this one; zero for none.
	References Reference

	key     string                           // key of the column's texts
	hasUnit bool                             // whether the key has a unit
	label   func(string) masar.LocalizedText // label of a value; nil if values have none
	isProse bool                             // whether the values are sentences
	isCount bool                             // whether the values are counts, which are never unknown
}

// Titles is the title of a dataset.
func (d *Dataset) Titles() masar.LocalizedText {
	return words.Localized("dataset."+d.Name+".title", nil)
}

// Descriptions is the description of a dataset.
func (d *Dataset) Descriptions() masar.LocalizedText {
	return words.Localized("dataset."+d.Name+".description", nil)
}

// Titles is the title of a column.
func (c Column) Titles() masar.LocalizedText { return words.Localized(c.key+".title", nil) }

// Descriptions is the description of a column.
func (c Column) Descriptions() masar.LocalizedText { return words.Localized(c.key+".description", nil) }

// Units is the unit of a number; zero if it has none, or if another column has it.
func (c Column) Units() (unit masar.LocalizedText) {
	if c.hasUnit {
		unit = words.Localized(c.key+".unit", nil)
	}
	return unit
}

// Reference is a column of a dataset.
type Reference struct{ Dataset, Column string }

// Type is the type of a column's values.
type Type string

// The types, with their names in a table schema (Frictionless). Go values of these types are string, int, float64, int,
// time.Time and bool; an unknown value is nil.
const (
	String   Type = "string"
	Integer  Type = "integer"
	Number   Type = "number"
	Year     Type = "year"
	DateTime Type = "datetime"
	Boolean  Type = "boolean"
)

// Row has one value for each column of its dataset.
type Row []any

// Table is the list of the rows of a dataset in one snapshot.
type Table = Records[Row]

// Open returns the rows of a source that a query selects; the zero query selects all. The error has code BAD_INPUT and
// names the invalid part of the query.
func (d *Dataset) Open(ctx context.Context, from Source, q Query) (Table, error) {
	return d.open(ctx, from, q)
}

// Datasets are all datasets in the order of the documentation.
var Datasets = []*Dataset{
	recommendations, claims, evidence, observations, coverage, documents, initiatives, caseStudies, countries, targets,
	graphNodes, graphEdges, tailored, paths,
}

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
func define[R any](d Dataset, records func(context.Context, Source, Query) (Records[R], error), columns []column[R]) *Dataset {
	for _, c := range columns {
		d.Columns = append(d.Columns, c.Column)
	}
	d.open = func(ctx context.Context, from Source, q Query) (Table, error) {
		all, err := records(ctx, from, q)
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

// filtered adapts a method that takes a filter of claims to a method that takes a query.
func filtered[R any](records func(Source, *answers.ClaimFilter) (Records[R], error)) func(context.Context, Source, Query) (Records[R], error) {
	return func(_ context.Context, from Source, q Query) (Records[R], error) { return records(from, q.Filter) }
}

// newColumn returns a column whose texts have the keys column.<key>.title, .description and, if it has a unit, .unit.
// Its name is the part of the key after the last dot.
func newColumn(key string, of Type) Column {
	key = "column." + key
	return Column{Name: key[strings.LastIndexByte(key, '.')+1:], Type: of, key: key}
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
	c.label = labelOf[S]
	for _, v := range values {
		c.Values = append(c.Values, string(v))
	}
	return c
}

// countColumn returns a column of counts, which are never unknown.
func countColumn[R any](key string, value func(R) int) column[R] {
	c := column[R]{newColumn(key, Integer), func(r R) any { return value(r) }}.required()
	c.isCount = true
	return c
}

// labelOf is the label of a value of an enum.
func labelOf[S ~string](value string) masar.LocalizedText { return words.Label(S(value)) }

// labelsOf are the labels of several values of an enum, separated by spaces.
func labelsOf[S ~string](values string) masar.LocalizedText {
	var all []masar.LocalizedText
	for value := range strings.FieldsSeq(values) {
		all = append(all, labelOf[S](value))
	}
	return listOf(all)
}

// listOf is a list of texts in both languages.
func listOf(texts []masar.LocalizedText) (list masar.LocalizedText) {
	for i, text := range texts {
		if i > 0 {
			list.AR.Value += "، "
			list.EN.Value += ", "
		}
		list.AR.Value += text.AR.Value
		list.EN.Value += text.EN.Value
	}
	return list
}

// codesColumn returns a column of lists of codes, separated by spaces.
func codesColumn[R any](key string, codes func(R) []string) column[R] {
	return textColumn(key, func(r R) string { return strings.Join(codes(r), " ") })
}

// anyColumn returns a column of any type; nil is unknown.
func anyColumn[R any](key string, of Type, value func(R) any) column[R] {
	return column[R]{newColumn(key, of), value}
}

// labelled gives the values of a column labels.
func (c column[R]) labelled(label func(string) masar.LocalizedText) column[R] {
	c.label = label
	return c
}

// required marks a column as never empty.
func (c column[R]) required() column[R] { c.Required = true; return c }

// references names the column of another dataset that has every value of this one.
func (c column[R]) references(dataset, name string) column[R] {
	c.References = Reference{dataset, name}
	return c
}

// unit adds the unit of a column's key.
func (c column[R]) unit() column[R] { c.hasUnit = true; return c }

// of converts columns of a part of a record to columns of the record.
func of[R, P any](part func(R) P, columns []column[P]) []column[R] {
	all := make([]column[R], len(columns))
	for i, c := range columns {
		all[i] = column[R]{c.Column, func(r R) any { return c.value(part(r)) }}
	}
	return all
}
