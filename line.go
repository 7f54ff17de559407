package masar

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Line returns a record as one line of canonical JSON, without a line feed. Equal records have equal lines: keys are
// sorted, there are no spaces, zero values are absent, and the members of a set are in the order of the alphabet. Names
// are those of the API. "of" is the record type, "key" or "code" identifies the record among those of its type, and
// references to entities are written as KIND/code.
func Line(r Record) ([]byte, error) {
	written, err := CompactJSON(canonical(r))
	if err != nil {
		return nil, err
	}
	values := map[string]any{}
	numbers := json.NewDecoder(bytes.NewReader(written))
	numbers.UseNumber()
	if err := numbers.Decode(&values); err != nil {
		return nil, err
	}
	values["of"] = r.Identity().Type
	return CompactJSON(values) // sorts the keys
}

// CompactJSON writes JSON on one line and escapes only what JSON requires, and the two line separators of Unicode.
func CompactJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// canonical returns a record whose sets are sorted.
func canonical(r Record) Record {
	switch r := r.(type) {
	case *Country:
		c := *r
		c.OfficialLanguages, c.Groups = set(r.OfficialLanguages, strings.Compare), set(r.Groups, Ref.Compare)
		return &c
	case *Document:
		d := *r
		d.Languages = set(r.Languages, func(a, b Language) int { return strings.Compare(string(a), string(b)) })
		return &d
	}
	return r
}

// set returns the distinct values in order.
func set[T comparable](values []T, compare func(a, b T) int) []T {
	return slices.Compact(slices.SortedFunc(slices.Values(values), compare))
}

// ErrOtherType reports a text that is no line of a record of the expected type.
var ErrOtherType = errors.New("this is no line of a record of this type")

// ReadLine reads a record of a type from its line. It does not check the rules of records (Check). The error is
// [ErrOtherType], or says why a line of this type can't be read.
func ReadLine(of RecordType, line []byte) (Record, error) {
	spec, known := SpecOf(of)
	// No part of a record has the key "of", and in a text the quotation marks would be escaped.
	if !known || !bytes.Contains(line, []byte(`"of":"`+string(of)+`"`)) {
		return nil, ErrOtherType
	}
	record := spec.New("", 0)
	if err := json.Unmarshal(line, record); err != nil {
		return nil, fmt.Errorf("reading the line of a record of type %s: %w", of, err)
	}
	return record, nil
}
