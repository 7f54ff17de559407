package masar

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Kind is the type of an entity. A code is unique within its kind.
type Kind string

// The kinds of entity.
const (
	KindSdgGoal        Kind = "SDG_GOAL"
	KindSdgTarget      Kind = "SDG_TARGET"
	KindSdgIndicator   Kind = "SDG_INDICATOR"
	KindLegacyTarget   Kind = "LEGACY_TARGET"
	KindFramework      Kind = "FRAMEWORK"
	KindPrinciple      Kind = "PRINCIPLE"
	KindInitiative     Kind = "INITIATIVE"
	KindOrganization   Kind = "ORGANIZATION"
	KindCountry        Kind = "COUNTRY"
	KindCountryGroup   Kind = "COUNTRY_GROUP"
	KindChallenge      Kind = "CHALLENGE"
	KindTopic          Kind = "TOPIC"
	KindRecommendation Kind = "RECOMMENDATION"
	KindCaseStudy      Kind = "CASE_STUDY"
	KindActivity       Kind = "ACTIVITY"
	KindOutput         Kind = "OUTPUT"
	KindDocument       Kind = "DOCUMENT"
	KindIndicator      Kind = "INDICATOR"
)

// Kinds lists every kind in the order of answers.
var Kinds = []Kind{
	KindSdgGoal, KindSdgTarget, KindSdgIndicator, KindLegacyTarget, KindFramework, KindPrinciple,
	KindInitiative, KindOrganization, KindCountry, KindCountryGroup, KindChallenge, KindTopic,
	KindRecommendation, KindCaseStudy, KindActivity, KindOutput, KindDocument, KindIndicator,
}

// Ref is the reference of an entity: its kind and code.
type Ref struct {
	Kind Kind
	Code string
}

// String writes a reference as KIND/code, the form used in the seed files.
func (r Ref) String() string { return string(r.Kind) + "/" + r.Code }

// MarshalJSON writes the reference as String does.
func (r Ref) MarshalJSON() ([]byte, error) { return CompactJSON(r.String()) }

// UnmarshalJSON reads what MarshalJSON writes, and the form of the API: an object with kind and code. It does not check
// them (ParseRef).
func (r *Ref) UnmarshalJSON(b []byte) error {
	if !bytes.HasPrefix(b, []byte(`"`)) {
		type plain Ref
		return json.Unmarshal(b, (*plain)(r))
	}
	var text string
	err := json.Unmarshal(b, &text)
	kind, code, _ := strings.Cut(text, "/")
	*r = Ref{Kind(kind), code}
	return err
}

// Record is the reference as a record reference.
func (r Ref) Record() RecordRef { return RecordRef{RecordType(r.Kind), r.Code} }

// IsZero reports whether the reference is empty.
func (r Ref) IsZero() bool { return r == Ref{} }

// Compare orders references by kind, in the order of Kinds, then by code.
func (r Ref) Compare(o Ref) int {
	if r.Kind != o.Kind {
		return slices.Index(Kinds, r.Kind) - slices.Index(Kinds, o.Kind)
	}
	return CompareCodes(r.Code, o.Code)
}

// ParseRef parses the form KIND/code. The error says which part is wrong.
func ParseRef(s string) (Ref, error) {
	kind, code, ok := strings.Cut(s, "/")
	if !ok {
		return Ref{}, fmt.Errorf("%q is not of the form KIND/code", s)
	}
	if !slices.Contains(Kinds, Kind(kind)) {
		return Ref{}, fmt.Errorf("%q names no kind; the kinds are %s", kind, join(Kinds))
	}
	if !ValidCode(code) {
		return Ref{}, fmt.Errorf("%q is not a code: ASCII letters and digits, '.', '-' and '_', at most 64", code)
	}
	return Ref{Kind(kind), code}, nil
}

// PlainCode writes a code as people type it in the characters of codes: with Western digits, without white space and invisible
// marks. Capitals stay as they are.
func PlainCode(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '٫': // the Arabic decimal separator
			return '.'
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return WesternRune(r)
	}, typed)
}

// WesternRune returns the ASCII form of an Arabic-Indic or Persian digit or of a full-width character. It returns other
// runes unchanged.
func WesternRune(r rune) rune {
	switch {
	case '٠' <= r && r <= '٩':
		return r - '٠' + '0'
	case '۰' <= r && r <= '۹': // Persian
		return r - '۰' + '0'
	case '！' <= r && r <= '～': // full width
		return r - '！' + '!'
	}
	return r
}

// ValidCode reports whether s can be a code: ASCII letters and digits, '.', '-' and '_', 1 to 64 of them.
func ValidCode(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for _, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.', c == '-', c == '_':
		default:
			return false
		}
	}
	return true
}

// CompareCodes orders codes naturally: runs of digits by value, so 16.6 comes before 16.10. Codes that differ only in
// leading zeros are ordered as text, so only identical codes are equal.
func CompareCodes(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		if isDigit(x[0]) && isDigit(y[0]) {
			dx, dy := digits(x), digits(y)
			nx, ny := strings.TrimLeft(dx, "0"), strings.TrimLeft(dy, "0")
			if len(nx) != len(ny) {
				return len(nx) - len(ny)
			}
			if c := strings.Compare(nx, ny); c != 0 {
				return c
			}
			x, y = x[len(dx):], y[len(dy):]
			continue
		}
		if x[0] != y[0] {
			return int(x[0]) - int(y[0])
		}
		x, y = x[1:], y[1:]
	}
	if len(x) != len(y) {
		return len(x) - len(y)
	}
	return strings.Compare(a, b)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func digits(s string) string {
	i := 0
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return s[:i]
}

// join lists enum values for an error message.
func join[T ~string](values []T) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return strings.Join(out, ", ")
}
