package seed

import (
	"cmp"
	"math"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// encode writes a file, with what the reader would add left out: the inverse of decode. Equal files give equal bytes.
func (f *file) encode() ([]byte, error) {
	return yaml.MarshalWithOptions(mapped(reflect.ValueOf(f).Elem()), yaml.Indent(2), yaml.IndentSequence(true))
}

// mapped is a struct as a map of its keys, in their order.
func mapped(v reflect.Value) yaml.MapSlice {
	out := yaml.MapSlice{}
	for _, k := range keys(v.Type()) {
		x := v.FieldByIndex(k.index)
		isDefault := x.Kind() == reflect.String && k.tag.Get("default") != "" && x.String() == k.tag.Get("default")
		if isDefault || !k.required && (x.IsZero() || isEmpty(x)) {
			continue
		}
		out = append(out, yaml.MapItem{Key: k.name, Value: encoded(x)})
	}
	return out
}

func isEmpty(v reflect.Value) bool {
	return (v.Kind() == reflect.Slice || v.Kind() == reflect.Map) && v.Len() == 0
}

// encoded is a value as the YAML library writes it.
func encoded(v reflect.Value) any {
	if s, short := shortened(v.Interface()); short {
		return words(s)
	}
	switch v.Kind() {
	case reflect.Pointer:
		return encoded(v.Elem())
	case reflect.Struct:
		return mapped(v)
	case reflect.Map:
		return passages(v.Interface().(map[code]*passage))
	case reflect.Slice:
		out := make([]any, v.Len())
		for i := range out {
			out[i] = encoded(v.Index(i))
		}
		return out
	case reflect.Float64:
		if x := v.Float(); x == math.Trunc(x) && math.Abs(x) < 1<<53 {
			return int64(x)
		}
		return v.Float()
	case reflect.Bool:
		return v.Bool()
	case reflect.Int:
		return v.Int()
	}
	return words(v.String())
}

// words is a text. The library leaves some texts without quotes that begin with a sign, such as "? x" and ".inf".
func words(s string) any {
	first, _ := utf8.DecodeRuneInString(s)
	if s == "" || unicode.IsLetter(first) || unicode.IsDigit(first) {
		return s
	}
	return quoted(s)
}

// quoted is a text in single quotes.
type quoted string

// MarshalYAML returns the text in quotes.
func (q quoted) MarshalYAML() ([]byte, error) {
	return []byte("'" + strings.ReplaceAll(string(q), "'", "''") + "'"), nil
}

// shortened is the form of a value as one string, if it has one.
func shortened(v any) (string, bool) {
	switch v := v.(type) {
	case ref:
		return v.String(), true
	case triple:
		return v.subject.String() + " " + string(v.predicate) + " " + v.object.String(), true
	case pointer:
		if v.document != "" {
			return v.document + "#" + v.id, true
		}
		return v.id, true
	case translation:
		return v.Value, v.Origin == ""
	case date:
		var plain date
		_ = plain.parse(string(v.EDTF)) // cannot fail
		return string(v.EDTF), v == plain
	}
	return "", false
}

// passages are the passages of a file in the order of the text.
func passages(all map[code]*passage) yaml.MapSlice {
	out := yaml.MapSlice{}
	for id, p := range all {
		out = append(out, yaml.MapItem{Key: string(id), Value: mapped(reflect.ValueOf(p).Elem())})
	}
	slices.SortFunc(out, func(a, b yaml.MapItem) int {
		p, q := all[code(a.Key.(string))], all[code(b.Key.(string))]
		return cmp.Or(cmp.Compare(p.Start, q.Start), cmp.Compare(p.End, q.End), cmp.Compare(a.Key.(string), b.Key.(string)))
	})
	return out
}
