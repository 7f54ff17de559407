package masar

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// enum is the set of valid values of a type.
type enum struct {
	values []string
	// optional says that the value may be empty.
	optional bool
}

// enums are all types of record fields with a fixed set of values.
var enums = map[reflect.Type]enum{}

func init() {
	register(Kinds, false)
	register(Predicates, false)
	register(Bases, false)
	register(ClaimStatuses, false)
	register(Roles, true)
	register(Stances, false)
	register(EvidenceKinds, false)
	register(Directnesses, false)
	register(Reviews, false)
	register(RetirementCauses, true)
	register([]Language{Arabic, English}, false)
	register([]TextOrigin{OriginPublished, OriginTranslated, OriginEditorial}, true)
	register(InitiativeForms, false)
	register(OrganizationForms, false)
	register(IncomeGroups, true)
	register(RecommendationForms, false)
	register(Strengths, true)
	register(ActivityForms, false)
	register(ActivityStatuses, false)
	register(OutputForms, false)
	register(OutputStatuses, false)
	register(DocumentForms, false)
	register(Qualifiers, false)
	register(Natures, false)
}

func register[T ~string](values []T, optional bool) {
	enums[reflect.TypeFor[T]()] = enum{names(values), optional}
}

// EnumValues are the valid values of a type; false for a type without a fixed set.
func EnumValues(t reflect.Type) ([]string, bool) {
	e, ok := enums[t]
	return e.values, ok
}

func names[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// referenceKinds are the allowed kinds of a reference, by field. Those of parents, subjects and objects depend on the
// record.
var referenceKinds = map[string][]Kind{
	"Home":       {KindCountry},
	"Groups":     {KindCountryGroup},
	"Publishing": {KindOrganization},
	"Source":     {KindDocument},
	"Document":   {KindDocument},
	"Of":         {KindCountry, KindCountryGroup, KindInitiative},
}

// textForm is the required form of a text, such as a code.
type textForm struct {
	pattern *regexp.Regexp
	example string
}

var unitForm = textForm{regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`), "CASES"}

// textForms are the required forms of texts, by field.
var textForms = map[string]textForm{
	"ISO2":              {regexp.MustCompile(`^[A-Z]{2}$`), "EG"},
	"M49":               {regexp.MustCompile(`^[0-9]{3}$`), "818"},
	"OfficialLanguages": {regexp.MustCompile(`^[a-z]{2,3}$`), "ar"},
	"Unit":              unitForm,
}

// fieldNames are the names of fields in the API and the seed, if they are not the Go name in lower case.
var fieldNames = map[string]string{
	"Titles": "title", "Summaries": "summary", "OtherNames": "aliases", "ExactMatch": "iri", "Rationales": "rationale",
	"Locators": "locator", "Withdrawal": "retirement", "Reasons": "reason", "Notes": "note", "Places": "place", "Labels": "of", "ISO2": "iso2", "SHA256": "sha256", "URL": "url",
	"OCRDoubt": "ocrDoubt", "ClaimKey": "claim", "AR": "ar", "EN": "en", "EDTF": "edtf",
}

func fieldName(goName string) string {
	if name, ok := fieldNames[goName]; ok {
		return name
	}
	first, size := utf8.DecodeRuneInString(goName)
	return string(unicode.ToLower(first)) + goName[size:]
}

// under is the path of a field of the value at path.
func under(path, name string) string { return strings.TrimPrefix(path+"."+name, ".") }

// value checks the rules on a value's type and field, in a record and all its parts.
func (v *validator) value(x reflect.Value, field, path string) {
	switch value := x.Interface().(type) {
	case Ref:
		if field != "Parent" { // depends on the kind of the entity
			v.reference(path, value, referenceKinds[field])
		}
		return
	case Date:
		if value.IsZero() {
			return
		}
		v.date(path, value)
		v.value(x.FieldByName("Basis"), "Basis", under(path, "basis"))
		return
	case LocalizedText:
		v.text(path, value)
		return
	case Passage, MaturityBand:
		if x.IsZero() {
			return
		}
	}
	switch x.Kind() {
	case reflect.Struct:
		v.fields(x, path)
	case reflect.Slice:
		v.list(x, field, path)
	case reflect.String:
		v.word(x, field, path)
	case reflect.Float64:
		if f := x.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			v.fault(path, FaultNumberNotFinite, Args{"value": fmt.Sprint(f)})
		}
	}
}

func (v *validator) fields(x reflect.Value, path string) {
	for i := range x.NumField() {
		f := x.Type().Field(i)
		if f.Anonymous {
			v.fields(x.Field(i), path)
			continue
		}
		name := fieldName(f.Name)
		if x.Type() == reflect.TypeFor[Alias]() && f.Name == "Name" {
			name = "value"
		}
		v.value(x.Field(i), f.Name, under(path, name))
	}
}

func (v *validator) list(x reflect.Value, field, path string) {
	seen := map[any]bool{}
	for i := range x.Len() {
		at := fmt.Sprintf("%s[%d]", path, i)
		v.value(x.Index(i), field, at)
		item := x.Index(i).Interface()
		if seen[item] {
			v.fault(at, FaultListDuplicate, nil)
		}
		seen[item] = true
	}
}

// word checks a text in one language, or a value of an enum.
func (v *validator) word(x reflect.Value, field, path string) {
	s := x.String()
	if e, ok := enums[x.Type()]; ok {
		switch {
		case s == "" && !e.optional:
			v.fault(path, FaultValueMissing, nil)
		case s != "" && !slices.Contains(e.values, s):
			v.fault(path, FaultValueNotAllowed, Args{"value": s, "allowed": e.values})
		}
		return
	}
	form, formed := textForms[field]
	switch {
	case !utf8.ValidString(s):
		v.fault(path, FaultTextEncoding, nil)
	case formed && s == "":
		v.fault(path, FaultValueMissing, nil)
	case formed && !form.pattern.MatchString(s):
		v.fault(path, FaultFormInvalid, Args{"value": s, "example": form.example})
	case s != "" && (field == "URL" || field == "ExactMatch") && !isWebAddress(s):
		v.fault(path, FaultURLInvalid, Args{"value": s})
	}
}

// text checks that a text exists in both languages or in neither.
func (v *validator) text(path string, text LocalizedText) {
	for _, of := range []struct {
		lang         string
		words, other Translation
	}{{"ar", text.AR, text.EN}, {"en", text.EN, text.AR}} {
		at := under(path, of.lang)
		switch {
		case !utf8.ValidString(of.words.Value):
			v.fault(at, FaultTextEncoding, nil)
		case of.words.Value == "" && of.other.Value != "":
			v.fault(at, FaultTextOneLanguage, nil)
		}
		v.word(reflect.ValueOf(of.words.Origin), "Origin", under(at, "origin"))
	}
}

// reference checks that a reference names an existing entity of an allowed kind; nil kinds allow any.
func (v *validator) reference(path string, ref Ref, kinds []Kind) {
	switch {
	case ref.IsZero():
	case len(kinds) > 0 && !slices.Contains(kinds, ref.Kind):
		v.fault(path, FaultReferenceKind, Args{"ref": ref.String(), "kinds": names(kinds)})
	case v.Entity(ref) == nil:
		v.fault(path, FaultReferenceNotFound, Args{"ref": ref.String()})
	}
}

func (v *validator) date(path string, d Date) {
	_, _, err := d.bounds()
	switch {
	case err == nil:
	case errors.Is(err, errDateOrder):
		v.fault(path, FaultDateOrder, Args{"date": d.EDTF})
	case errors.Is(err, errDateOpen):
		v.fault(path, FaultDateOpen, Args{"date": d.EDTF})
	default:
		v.fault(path, FaultDateInvalid, Args{"date": d.EDTF})
	}
}

// isWebAddress reports whether a text is a web address.
func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(s, " <>\"{}|\\^`")
}
