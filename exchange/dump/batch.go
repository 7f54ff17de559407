package dump

import (
	"cmp"
	"io"
	"reflect"
	"slices"

	"masar"
	"masar/dgraph"
)

// WriteBatch writes the records of a batch as an export in the profile Public, as their first versions. The records must follow the
// rules, and all be such that readers see them.
func WriteBatch(to io.Writer, batch *masar.Batch) error {
	w := newLineWriter(to)
	if err := w.write(header{formatVersion, ofHeader, Public}); err != nil {
		return err
	}
	records := slices.SortedFunc(batch.Records(), func(a, b masar.Record) int {
		x, y := a.Identity(), b.Identity()
		return cmp.Or(cmp.Compare(slices.Index(masar.RecordTypes, x.Type), slices.Index(masar.RecordTypes, y.Type)), cmp.Compare(x.Key, y.Key))
	})
	for _, record := range records {
		line, err := firstVersion(record)
		if err == nil {
			err = w.line(line)
		}
		if err != nil {
			return err
		}
	}
	if err := w.write(end{Of: ofEnd, Records: len(records)}); err != nil {
		return err
	}
	return w.to.Flush()
}

// firstVersion is the line of the first version of a record.
func firstVersion(record masar.Record) ([]byte, error) {
	first := reflect.New(reflect.TypeOf(record).Elem())
	first.Elem().Set(reflect.ValueOf(record).Elem())
	first.Elem().FieldByName("Revision").SetInt(1)
	line, err := masar.Line(first.Interface().(masar.Record))
	if err != nil {
		return nil, err
	}
	return Public.line(dgraph.HeldRecord{Record: record.Identity(), Line: line, Revision: 1})
}
