package seed

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"masar"
)

// key is a key of a YAML map, from the field of a struct.
type key struct {
	name     string
	required bool
	index    []int
	typ      reflect.Type
	tag      reflect.StructTag
}

// keys are the YAML keys of a type; none for a type that is written only as a string.
func keys(t reflect.Type) []key {
	if t.Kind() != reflect.Struct {
		return nil
	}
	var out []key
	for _, f := range reflect.VisibleFields(t) {
		if tag, ok := f.Tag.Lookup("yaml"); ok {
			name, rest, _ := strings.Cut(tag, ",")
			out = append(out, key{name, rest == "required", f.Index, f.Type, f.Tag})
		}
	}
	return out
}

// decode reads a node into a value, according to the type and the tags of the field.
func (l linter) decode(n ast.Node, v reflect.Value, tag reflect.StructTag) {
	if n == nil || n.Type() == ast.NullType {
		l.Errorf("a value is missing; omit the key if there is none")
		return
	}
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		l.Errorf("anchors, aliases and tags of YAML are not allowed; write the value itself")
		return
	}
	if _, isMap := n.(ast.MapNode); v.CanAddr() && !(isMap && len(keys(v.Type())) > 0) {
		if short, ok := v.Addr().Interface().(shorthand); ok {
			l.short(n, short, v.Type())
			return
		}
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		l.decode(n, v.Elem(), tag)
	case reflect.Struct:
		l.structure(n, v)
	case reflect.Map:
		l.dictionary(n, v, tag)
	case reflect.Slice:
		l.sequence(n, v, tag)
	case reflect.String:
		if s, ok := l.text(n); ok {
			l.word(s, v)
		}
	case reflect.Bool:
		if b, ok := n.(*ast.BoolNode); ok {
			v.SetBool(b.Value)
		} else {
			l.Errorf("true or false is expected, not %s", what(n))
		}
	case reflect.Int, reflect.Float64:
		l.number(n, v, tag)
	}
}

// structure reads a map with known keys.
func (l linter) structure(n ast.Node, v reflect.Value) {
	known := keys(v.Type())
	given := map[string]bool{}
	ok := l.entries(n, func(l linter, name string, n ast.Node) {
		i := slices.IndexFunc(known, func(k key) bool { return k.name == name })
		if i < 0 {
			l.Errorf("the key %q is unknown; the keys here are %s", name, list(names(known)))
			return
		}
		given[name] = true
		l.decode(n, v.FieldByIndex(known[i].index), known[i].tag)
	})
	if !ok {
		return
	}
	for _, k := range known {
		switch standard := k.tag.Get("default"); {
		case given[k.name]:
		case k.required:
			l.missing(k.name, "")
		case standard != "":
			v.FieldByIndex(k.index).SetString(standard)
		}
	}
}

// dictionary reads a map from codes to values.
func (l linter) dictionary(n ast.Node, v reflect.Value, tag reflect.StructTag) {
	v.Set(reflect.MakeMap(v.Type()))
	l.entries(n, func(l linter, name string, n ast.Node) {
		if !masar.ValidCode(name) {
			l.refuse(masar.Fault{Code: masar.FaultCodeInvalid, Args: masar.Args{"code": name}})
			return
		}
		item := reflect.New(v.Type().Elem()).Elem()
		l.decode(n, item, tag)
		v.SetMapIndex(reflect.ValueOf(code(name)), item)
	})
}

// entries calls give with each entry of a map, once for each key. It reports whether the node is a map.
func (l linter) entries(n ast.Node, give func(l linter, name string, n ast.Node)) bool {
	m, ok := n.(ast.MapNode)
	if !ok {
		l.Errorf("a map of keys and values is expected, not %s", what(n))
		return false
	}
	for entry := m.MapRange(); entry.Next(); {
		at := spotOf(entry.Key().GetToken())
		name, ok := entry.Key().(*ast.StringNode)
		if !ok {
			l.spot = at
			l.report("", fmt.Sprintf("the key %s is not a string; put it in quotes", entry.Key()))
			continue
		}
		path := l.Group(name.Value).path
		if before, again := l.source.spots[path]; again {
			l := l.at(path)
			l.spot = at
			l.Errorf("the key %q is given twice, first in line %d", name.Value, before.line)
			continue
		}
		l.source.spots[path] = at
		give(l.at(path), name.Value, entry.Value())
	}
	return true
}

// sequence reads a list.
func (l linter) sequence(n ast.Node, v reflect.Value, tag reflect.StructTag) {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		l.Errorf("a list is expected, not %s", what(n))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(s.Values), len(s.Values)))
	for i, item := range s.Values {
		path := l.At(i).path
		l.source.spots[path] = start(item)
		l.at(path).decode(item, v.Index(i), tag)
	}
}

// short reads the string form of a value.
func (l linter) short(n ast.Node, v shorthand, t reflect.Type) {
	if _, scalar := n.(ast.ScalarNode); !scalar && len(keys(t)) > 0 {
		l.Errorf("a string, or a map with the keys %s, is expected, not %s", list(names(keys(t))), what(n))
		return
	}
	s, ok := l.text(n)
	if !ok {
		return
	}
	if err := v.parse(s); err != nil {
		l.Errorf("%v", err)
	}
}

// word reads a string. For an enum it reports only the values that the graph allows and a file does not.
func (l linter) word(s string, v reflect.Value) {
	if allowed, ok := narrowed[v.Type()]; ok && !slices.Contains(allowed, s) {
		l.refuse(masar.Fault{Code: masar.FaultValueNotAllowed, Args: masar.Args{"value": s, "allowed": allowed}})
		return
	}
	v.SetString(s)
}

// text reads a string, which must be quoted if it looks like a number: 16.10 without quotes equals 16.1.
func (l linter) text(n ast.Node) (string, bool) {
	var s string
	switch n := n.(type) {
	case *ast.StringNode:
		s = n.Value
	case *ast.LiteralNode:
		s = n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		l.Errorf("a string is expected, not %s; put it in quotes: %q", what(n), n.GetToken().Value)
		return "", false
	default:
		l.Errorf("a string is expected, not %s", what(n))
		return "", false
	}
	if err := checkText(s); err != nil {
		l.Errorf("%v", err)
		return "", false
	}
	return s, true
}

var decimal = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// number reads a decimal number. It reports a 0 where the minimum is larger, because zero means absent. masar.Validate
// checks the other bounds.
func (l linter) number(n ast.Node, v reflect.Value, tag reflect.StructTag) {
	if n.Type() != ast.IntegerType && (n.Type() != ast.FloatType || v.Kind() == reflect.Int) {
		expected := "a number"
		if v.Kind() == reflect.Int {
			expected = "a whole number"
		}
		l.Errorf("%s is expected, not %s", expected, what(n))
		return
	}
	written := n.GetToken().Value
	x, err := strconv.ParseFloat(written, 64)
	if err != nil || !decimal.MatchString(written) || v.Kind() == reflect.Int && math.Abs(x) > math.MaxInt32 {
		l.Errorf("%s is not a plain decimal number within the range of the type", written)
		return
	}
	if least, err := strconv.ParseFloat(tag.Get("min"), 64); err == nil && x == 0 && least > 0 {
		l.refuse(masar.Fault{Code: masar.FaultNumberTooSmall, Args: masar.Args{"value": x, "min": least}})
		return
	}
	if v.Kind() == reflect.Int {
		v.SetInt(int64(x))
	} else {
		v.SetFloat(x)
	}
}

// what describes a node in a message.
func what(n ast.Node) string {
	switch n := n.(type) {
	case *ast.BoolNode:
		return fmt.Sprint(n.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "the number " + n.GetToken().Value
	case *ast.StringNode, *ast.LiteralNode:
		return "a string"
	case *ast.SequenceNode:
		return "a list"
	case ast.MapNode:
		return "a map"
	}
	return "this"
}

// start is the position of a node.
func start(n ast.Node) spot {
	switch n := n.(type) {
	case *ast.SequenceNode:
		return spotOf(n.Start)
	case ast.MapNode:
		if m, ok := n.(*ast.MappingNode); ok && m.IsFlowStyle {
			return spotOf(m.Start)
		}
		if entry := n.MapRange(); entry.Next() {
			return spotOf(entry.Key().GetToken())
		}
	}
	if n == nil {
		return spot{1, 1}
	}
	return spotOf(n.GetToken())
}

func spotOf(t *token.Token) spot {
	if t == nil || t.Position == nil {
		return spot{1, 1}
	}
	return spot{t.Position.Line, t.Position.Column}
}

func names(known []key) []string {
	return each(known, func(k key) string { return k.name })
}
