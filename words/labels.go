package words

import (
	"reflect"
	"strings"
	"unicode"

	"masar"
	"masar/answers"
)

// Label is what a value of an enum is called, in both languages. Its key is label.<type>.<value>, with the name of the Go
// type in small letters: label.evidence_kind.NEWS. A value without a label is called as it is written.
func Label[T ~string](value T) masar.LocalizedText {
	m := in(masar.English).labelled(value)
	return masar.LocalizedText{AR: masar.Translation{Value: in(masar.Arabic).labelled(value)}, EN: masar.Translation{Value: m}}
}

// Unit is what the unit of an observation is called, such as PERCENT, in both languages.
func Unit(unit string) masar.LocalizedText { return Label(observationUnit(unit)) }

// observationUnit gives the units of observations, which are plain strings, the labels of label.unit.
type observationUnit string

// enums are the types of the values of dimensions, where these are not entities or years.
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

// EnumValue is what a value of an enum of the schema is called, in both languages.
func EnumValue(enum answers.Vocabulary, value string) masar.LocalizedText {
	switch enum {
	case answers.LabelledEntityKind: // called otherwise in Go
		return Label(masar.Kind(value))
	case answers.LabelledRecordType:
		return Label(masar.RecordType(value))
	}
	key := "label." + strings.ToLower(string(enum)) + "." + value
	return Localized(key, nil)
}

// Category is what a value of a dimension is called in both languages, where it is not an entity: the value of an enum, a
// year, or Unknown. A year is called by its digits.
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

// label is the label of a value of an enum, and whether it has one.
func (c *catalogue) label(v reflect.Value) (string, bool) {
	m, ok := c.messages[labelKey(v)]
	if !ok && v.Type() == reflect.TypeFor[masar.RecordType]() { // the kinds of entities are record types too
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

// snake writes EvidenceKind as evidence_kind.
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
