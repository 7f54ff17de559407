package exchange

import (
	"math"
	"strconv"
	"time"

	"masar"
)

// This file has the columns that several datasets share, and functions for their values.

// labels are the columns of a text in each language.
func labels[R any](key string, arabic, english func(R) string) []column[R] {
	both := []column[R]{textColumn(key+"Ar", arabic), textColumn(key+"En", english)}
	for i := range both {
		both[i].isProse = true
	}
	return both
}

// texts are the columns of a localized text.
func texts[R any](key string, text func(R) masar.LocalizedText) []column[R] {
	return labels(key, func(r R) string { return in(masar.Arabic, text(r)) }, func(r R) string { return in(masar.English, text(r)) })
}

// titles are the label columns of an entity.
func titles[R any](key string, entity func(R) masar.Entity) []column[R] {
	in := func(l masar.Language) func(R) string { return func(r R) string { return title(entity(r), l) } }
	return labels(key, in(masar.Arabic), in(masar.English))
}

// title is an entity's name in a language; empty for none.
func title(e masar.Entity, l masar.Language) string {
	if e == nil {
		return ""
	}
	return in(l, e.Head().Titles)
}

// in returns a localized text in exactly one language; empty if it does not exist in it.
func in(l masar.Language, w masar.LocalizedText) string {
	if l == masar.Arabic {
		return w.AR.Value
	}
	return w.EN.Value
}

// countryColumns are the columns that identify the country of a record.
func countryColumns[R any](country func(R) *masar.Country) []column[R] {
	return []column[R]{
		textColumn("iso3", func(r R) string {
			if c := country(r); c != nil {
				return c.Code
			}
			return ""
		}).references("countries", "iso3"),
		textColumn("m49", func(r R) string {
			if c := country(r); c != nil {
				return c.M49
			}
			return ""
		}),
		anyColumn("m49Number", Integer, func(r R) any {
			if c := country(r); c != nil {
				if number, err := strconv.Atoi(c.M49); err == nil {
					return number
				}
			}
			return nil
		}),
	}
}

// allRequired marks columns as never empty.
func allRequired[R any](columns []column[R]) []column[R] {
	for i := range columns {
		columns[i].Required = true
	}
	return columns
}

// sdgColumns are the columns that identify the goal and target of a record.
func sdgColumns[R any](place func(R) Place) []column[R] {
	return []column[R]{
		textColumn("goal", func(r R) string { return place(r).Goal }),
		textColumn("target", func(r R) string { return place(r).Target }).references("targets", "target"),
	}
}

// timeColumn is the column with the date of a record.
func timeColumn[R any](key string, value func(R) time.Time) column[R] {
	return anyColumn(key, DateTime, func(r R) any {
		if t := value(r); !t.IsZero() {
			return t
		}
		return nil
	})
}

// urlColumn is the column with the permanent path of a record, which leads browsers to its page in their language.
func urlColumn[R any](key string, record func(R) masar.RecordRef) column[R] {
	return textColumn(key, func(r R) string { return record(r).Permalink() }).required()
}

// earliest is the earliest possible day of a document's date; zero if it is open or unknown.
func earliest(d *masar.Document) time.Time {
	first := d.Date.Earliest()
	if first == nil {
		return time.Time{}
	}
	day, _ := time.Parse(time.DateOnly, *first) // Earliest returns this format
	return day
}

// known is a number, or nil if it is unknown.
func known(n float64) any {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return nil
	}
	return n
}

// code is the code of a document; empty if there is no document.
func code(d *masar.Document) string {
	if d == nil {
		return ""
	}
	return d.Code
}

// address is the URL of a document at its publisher; empty if unknown.
func address(d *masar.Document) string {
	if d == nil {
		return ""
	}
	return d.URL
}
