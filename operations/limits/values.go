package limits

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"

	"masar"
)

// This file checks the values of arguments and variables. The validator checks literal values later. The types of
// variables are checked here, because gqlparser accepts "5" as a number and sdg_goal as SDG_GOAL.

// place is the position of a value, for the error about it.
type place struct {
	within *place
	name   string
	index  int // index in a list, if name is empty
}

func (p *place) field(name string) *place { return &place{within: p, name: name} }
func (p *place) item(index int) *place    { return &place{within: p, index: index} }

// String is the path of the value, such as filter.countries[0].
func (p *place) String() string {
	switch {
	case p == nil:
		return ""
	case p.name == "":
		return p.within.String() + "[" + strconv.Itoa(p.index) + "]"
	case p.within == nil:
		return p.name
	}
	return p.within.String() + "." + p.name
}

// weighArguments checks the arguments of a field or directive.
func (m *measurer) weighArguments(takes ast.ArgumentDefinitionList, given ast.ArgumentList) {
	for _, a := range given {
		m.name(a.Name)
		at := (*place)(nil).field(a.Name)
		if definition := takes.ForName(a.Name); definition != nil {
			m.literal(at, definition.Type, isCode(definition.Directives), a.Value, 1)
		} else {
			m.literal(at, nil, false, a.Value, 1)
		}
	}
}

// isCode reports whether an argument or an input field has the directive @code.
func isCode(directives ast.DirectiveList) bool { return directives.ForName("code") != nil }

// literal checks a literal value. Its type is nil if the schema has no such argument.
func (m *measurer) literal(at *place, t *ast.Type, code bool, v *ast.Value, deep int) {
	if v == nil {
		return
	}
	m.position = v.Position
	if !m.counted(at, deep) {
		return
	}
	switch v.Kind {
	case ast.Variable:
		m.name(v.Raw)
		if code {
			m.codeVariable(v.Raw)
		}
	case ast.StringValue, ast.BlockValue:
		m.text(at, v.Raw, code)
	case ast.IntValue:
		if t != nil && t.NamedType == "Int" {
			m.whole(at, v.Raw)
		}
	case ast.ListValue:
		m.list(at, len(v.Children))
		for i, child := range v.Children {
			m.literal(at.item(i), elem(t), code, child.Value, deep+1)
		}
	case ast.ObjectValue:
		input := m.named(t)
		for _, child := range v.Children {
			m.name(child.Name)
			if f := fieldOf(input, child.Name); f != nil {
				m.literal(at.field(child.Name), f.Type, isCode(f.Directives), child.Value, deep+1)
			} else {
				m.literal(at.field(child.Name), nil, false, child.Value, deep+1)
			}
		}
	}
}

// weighVariable checks the definition of a variable, and its value if it belongs to the operation that is executed.
func (m *measurer) weighVariable(o *ast.OperationDefinition, v *ast.VariableDefinition) {
	m.measured.steps++
	m.name(v.Variable)
	m.weighDirectives(v.Directives)
	at := (*place)(nil).field(v.Variable)
	if v.DefaultValue != nil {
		m.literal(at, v.Type, false, v.DefaultValue, 1)
	}
	m.position = nil
	if given, ok := m.variables[v.Variable]; ok && o == m.operation {
		m.given(at, v.Type, false, given, 1)
	}
}

// codeVariable checks a variable that is used as a code. It checks each variable once.
func (m *measurer) codeVariable(name string) {
	if m.codes[name] {
		return
	}
	if m.codes == nil {
		m.codes = map[string]bool{}
	}
	m.codes[name] = true
	m.position = nil
	at := (*place)(nil).field(name)
	switch v := m.variables[name].(type) {
	case string:
		m.text(at, v, true)
	case []any:
		for i, item := range v {
			if s, ok := item.(string); ok {
				m.text(at.item(i), s, true)
			}
		}
	case nil:
		if m.operation != nil {
			if d := m.operation.VariableDefinitions.ForName(name); d != nil {
				m.literal(at, d.Type, true, d.DefaultValue, 1)
			}
		}
	}
}

// given checks a value of a variable.
func (m *measurer) given(at *place, t *ast.Type, code bool, value any, deep int) {
	if !m.counted(at, deep) || value == nil { // the validator checks whether null is allowed
		return
	}
	switch v := value.(type) {
	case string:
		m.text(at, v, code)
	case []any:
		m.list(at, len(v))
		for i, item := range v {
			m.given(at.item(i), elem(t), code, item, deep+1)
		}
		return
	case map[string]any:
		input := m.named(t)
		for _, name := range slices.Sorted(maps.Keys(v)) { // the first fault is always the same
			m.name(name)
			field := v[name]
			if f := fieldOf(input, name); f != nil {
				m.given(at.field(name), f.Type, isCode(f.Directives), field, deep+1)
			} else {
				m.given(at.field(name), nil, false, field, deep+1)
			}
		}
		return
	}
	m.typed(at, m.named(t), value)
}

// typed checks a value of a variable against its scalar or enum.
func (m *measurer) typed(at *place, t *ast.Definition, value any) {
	if t == nil {
		return
	}
	switch v := value.(type) {
	case string:
		switch {
		case t.Name == "Int" || t.Name == "Float" || t.Name == "Boolean":
			m.fail(mistyped(at, t.Name))
		case t.Kind == ast.Enum && t.EnumValues.ForName(v) == nil:
			m.fail(UnknownValue(t, v, at.String()))
		}
	case bool:
		if t.Name != "Boolean" {
			m.fail(mistyped(at, t.Name))
		}
	case json.Number:
		m.number(at, t, string(v))
	case float64:
		m.number(at, t, strconv.FormatFloat(v, 'f', -1, 64))
	case int64:
		m.number(at, t, strconv.FormatInt(v, 10))
	case int:
		m.number(at, t, strconv.Itoa(v))
	}
}

// number checks a number against its type.
func (m *measurer) number(at *place, t *ast.Definition, digits string) {
	switch t.Name {
	case "Int":
		m.whole(at, digits)
	case "Float":
		if f, err := strconv.ParseFloat(digits, 64); err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
			m.fail(mistyped(at, t.Name))
		}
	case "ID": // ids are opaque; their reader validates them
	default:
		if t.Kind == ast.Enum || t.Kind == ast.Scalar {
			m.fail(mistyped(at, t.Name))
		}
	}
}

// whole reports an error unless a number is a whole number of 32 bits, as GraphQL's Int is.
func (m *measurer) whole(at *place, digits string) {
	if _, err := strconv.ParseInt(digits, 10, 32); err != nil {
		m.fail(mistyped(at, "Int"))
	}
}

// counted counts a value and reports whether it is within the limits.
func (m *measurer) counted(at *place, deep int) bool {
	m.measured.steps++
	m.measured.Values++
	if allowed := m.limits.ValueDepth; deep > allowed {
		m.fail(valueDepth.past(deep, allowed, at.String()))
	}
	m.within(values, m.measured.Values)
	return m.fault == nil
}

func (m *measurer) list(at *place, items int) {
	if allowed := m.limits.ListLength; items > allowed {
		m.fail(listLength.past(items, allowed, at.String()))
	}
}

// text reports an error for a text that is too long, contains a forbidden character, or is not a valid code where one
// is needed.
func (m *measurer) text(at *place, s string, code bool) {
	if len(s) > m.limits.TextLength { // a text has at most as many characters as bytes
		if length := utf8.RuneCountInString(s); length > m.limits.TextLength {
			m.fail(textLength.past(length, m.limits.TextLength, at.String()))
			return
		}
	}
	if code && !masar.ValidCode(masar.PlainCode(s)) {
		m.fail(masar.NewArgumentError(masar.CodeBadInput, at.String(), "error.code.malformed", nil))
		return
	}
	for i, r := range s {
		if what, unfit := masar.UnfitCharacter(r); unfit && !pasted(r) {
			m.fail(masar.NewArgumentError(masar.CodeBadInput, at.String(), "error.text.character", masar.Args{
				"position": utf8.RuneCountInString(s[:i]) + 1, "what": masar.Phrase{Key: what}, "character": fmt.Sprintf("%U", r),
			}))
			return
		}
	}
}

// pasted reports whether a character comes along with copied text, and is dropped when the text is read: a carriage return, an
// embedding or an isolate. What overrides the direction of letters is none of them.
func pasted(r rune) bool {
	return r == '\r' || r >= 0x202A && r <= 0x202C || r >= 0x2066 && r <= 0x2069
}

// mistyped is the error of a value that is not of its type.
func mistyped(at *place, name string) error {
	switch name {
	case "Int", "Float", "Boolean", "Date", "String":
		return masar.NewArgumentError(errcode.ValidationFailed, at.String(), "error.value."+name, nil)
	}
	return masar.NewArgumentError(errcode.ValidationFailed, at.String(), "error.value.other", masar.Args{"type": name})
}

func elem(t *ast.Type) *ast.Type {
	if t == nil || t.Elem == nil {
		return t
	}
	return t.Elem
}

// named is the definition of a type or of a list's items: GraphQL accepts a single value as a list of one.
func (m *measurer) named(t *ast.Type) *ast.Definition {
	if t == nil {
		return nil
	}
	return m.schema.Types[t.Name()]
}

func fieldOf(input *ast.Definition, name string) *ast.FieldDefinition {
	if input == nil {
		return nil
	}
	return input.Fields.ForName(name)
}
