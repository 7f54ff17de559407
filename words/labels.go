package words

import (
	"reflect"
	"strings"
	"unicode"

	"masar"
	"masar/answers"
)

// Label is the label of an enum value in both languages. Its key is label.<type>.<value>, with the name of the Go type in
// lower case: label.evidence_kind.NEWS. The label of a value without one is the value itself.
func Label[T ~string](value T) masar.LocalizedText {
	m := in(masar.English).labelled(value)
	return masar.LocalizedText{AR: masar.Translation{Value: in(masar.Arabic).labelled(value)}, EN: masar.Translation{Value: m}}
}

// Unit is the label of an observation's unit, such as PERCENT, in both languages.
func Unit(unit string) masar.LocalizedText { return Label(observationUnit(unit)) }

// observationUnit is the type of units, which gives them the labels of label.unit.
type observationUnit string

// enums are the enum types of dimensions whose values are not entities or years.
var enums = map[answers.Dimension]func(string) masar.LocalizedText{
	answers.ByCertainty:     func(v string) masar.LocalizedText { return Label(masar.Certainty(v)) },
	answers.ByNature:        func(v string) masar.LocalizedText { return Label(masar.ClaimNature(v)) },
	answers.ByDocumentation: func(v string) masar.LocalizedText { return Label(masar.Documentation(v)) },
	answers.ByStatus:        func(v string) masar.LocalizedText { return Label(masar.SupportStatus(v)) },
	answers.ByBasis:         func(v string) masar.LocalizedText { return Label(masar.Basis(v)) },
	answers.ByPredicate:     func(v string) masar.LocalizedText { return Label(masar.Predicate(v)) },
	answers.BySubjectKind:   func(v string) masar.LocalizedText { return Label(masar.Kind(v)) },
	answers.ByObjectKind:    func(v string) masar.LocalizedText { return Label(masar.Kind(v)) },
	answers.ByEvidenceKind:  func(v string) masar.LocalizedText { return Label(masar.EvidenceKind(v)) },
}

// EnumValue is the label of a value of a schema enum in both languages.
func EnumValue(enum answers.Vocabulary, value string) masar.LocalizedText {
	switch enum {
	case answers.LabelledEntityKind: // named Kind in Go
		return Label(masar.Kind(value))
	case answers.LabelledRecordType:
		return Label(masar.RecordType(value))
	}
	key := "label." + strings.ToLower(string(enum)) + "." + value
	return Localized(key, nil)
}

// Category is the label of a dimension's value in both languages, if it is not an entity: an enum value, a year or Unknown.
// The label of a year is its digits.
func Category(d answers.Dimension, value string) masar.LocalizedText {
	if value == answers.Unknown {
		return Localized("label.unknown", nil)
	}
	if label, ok := enums[d]; ok {
		return label(value)
	}
	return masar.LocalizedText{AR: masar.Translation{Value: value}, EN: masar.Translation{Value: value}}
}

func (c *catalogue) labelled(value any) string {
	v := reflect.ValueOf(value)
	if label, ok := c.label(v); ok {
		return label
	}
	return v.String()
}

// label returns the label of an enum value, and whether there is one.
func (c *catalogue) label(v reflect.Value) (string, bool) {
	m, ok := c.messages[labelKey(v)]
	if !ok && v.Type() == reflect.TypeFor[masar.RecordType]() { // the kinds of entities are also record types
		m, ok = c.messages[labelKey(reflect.ValueOf(masar.Kind(v.String())))]
	}
	if !ok {
		return "", false
	}
	return m.forms[whole][0].text, true
}

func labelKey(v reflect.Value) string {
	name := "unit"
	if v.Type() != reflect.TypeFor[observationUnit]() {
		name = snake(v.Type().Name())
	}
	return "label." + name + "." + v.String()
}

// snake converts EvidenceKind to evidence_kind.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
