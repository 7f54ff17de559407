package masar_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"masar"
)

// aCode draws codes that are hard to order: numbers with equal values, dots, dashes, and letters and digits at the
// same position.
var aCode = rapid.StringMatching(`[0-9aA.\-_]{1,6}|(0?[129]|10|16)(\.(0?[126]|10|a|b)){0,2}`)

// Catches: an order that is not total, so that sorting is ambiguous, paging loops, or two codes count as equal.
func TestCompareCodesIsATotalOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := aCode.Draw(t, "a"), aCode.Draw(t, "b"), aCode.Draw(t, "c")
		sign := func(x, y string) int {
			n := masar.CompareCodes(x, y)
			return min(max(n, -1), 1)
		}
		if (sign(a, b) == 0) != (a == b) {
			t.Errorf("%q and %q are equal: %v", a, b, sign(a, b) == 0)
		}
		if sign(a, b) != -sign(b, a) {
			t.Errorf("CompareCodes(%q, %q) is %d, but %d when swapped", a, b, sign(a, b), sign(b, a))
		}
		if sign(a, b) <= 0 && sign(b, c) <= 0 && sign(a, c) > 0 {
			t.Errorf("%q ≤ %q ≤ %q, but not %q ≤ %q", a, b, c, a, c)
		}
	})
}

// Catches: codes ordered as text, with 16.10 before 16.6, or as numbers, with 1.1 equal to 1.10.
func TestCompareCodesIsNatural(t *testing.T) {
	want := []string{
		"1", "1.1", "1.2", "1.10", "1.a", "2", "9.5", "9.b", "9.c", "10", "16", "16.1", "16.6", "16.6.1", "16.6.2", "16.6.10", "16.7",
		"16.10", "16.a", "16.b", "17.18", "100", "18446744073709551616", "18446744073709551617", "EGY", "KM-2", "KM-10", "KM-10-A", "km-1",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, masar.CompareCodes)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct{ less, more string }{
		{"16.6", "16.10"}, {"", "0"}, {"a", "aa"}, {"16.1", "16.10"}, {"16", "16.1"}, {"01", "1"}, {"1.01", "1.1"}, {"1", "02"}, {"007", "8"},
	} {
		if masar.CompareCodes(c.less, c.more) >= 0 || masar.CompareCodes(c.more, c.less) <= 0 {
			t.Errorf("%q does not come before %q", c.less, c.more)
		}
	}
}

// Catches: long numbers that are not ordered by value.
func TestCompareCodesOrdersNumbersByValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Uint64().Draw(t, "a"), rapid.Uint64().Draw(t, "b")
		around := func(n uint64) string { return fmt.Sprintf("16.%d.x", n) }
		if got := masar.CompareCodes(around(a), around(b)); (got < 0) != (a < b) || (got > 0) != (a > b) {
			t.Errorf("%s to %s is %d", around(a), around(b), got)
		}
	})
}

// Catches: kinds ordered by name, and different references that count as equal.
func TestCompareRefs(t *testing.T) {
	want := []masar.Ref{
		{Kind: masar.KindSdgGoal, Code: "17"}, {Kind: masar.KindSdgTarget, Code: "1.1"}, {Kind: masar.KindSdgTarget, Code: "16.6"},
		{Kind: masar.KindSdgTarget, Code: "16.10"}, {Kind: masar.KindInitiative, Code: "A"}, {Kind: masar.KindCountry, Code: "A"}, {Kind: masar.KindIndicator, Code: "0"},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, masar.Ref.Compare)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, r := range want {
		if r.Compare(r) != 0 {
			t.Errorf("%v is not equal to itself", r)
		}
	}
	if !(masar.Ref{}).IsZero() || want[0].IsZero() || (masar.Ref{Code: "1"}).IsZero() {
		t.Error("IsZero is wrong")
	}
}

// Catches: a reference that is not parsed as it was written.
func TestRefRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := masar.Ref{Kind: rapid.SampledFrom(masar.Kinds).Draw(t, "kind"), Code: rapid.StringMatching(`[A-Za-z0-9._\-]{1,64}`).Draw(t, "code")}
		if got, err := masar.ParseRef(want.String()); err != nil || got != want {
			t.Errorf("%v is read as %v, %v", want, got, err)
		}
	})
}

// Catches: an invalid reference that is accepted, and an error that does not name the invalid part.
func TestParseRefRefuses(t *testing.T) {
	for s, part := range map[string]string{
		"":                       "form",
		"SDG_TARGET":             "form",
		"16.6":                   "form",
		"/16.6":                  "kind",
		"sdg_target/16.6":        "kind",
		"TARGET/16.6":            "kind",
		" SDG_TARGET/16.6":       "kind",
		"CLAIM/16.6":             "kind",
		"SDG_TARGET/":            "code",
		"SDG_TARGET/16.6 ":       "code",
		"SDG_TARGET/16/6":        "code",
		"SDG_TARGET/١٦.٦":        "code",
		"TOPIC/data exchange":    "code",
		"TOPIC/\x00":             "code",
		"TOPIC/a\n":              "code",
		"TOPIC/<0x1>":            "code",
		"TOPIC/é":                "code",
		"TOPIC/" + longCode(65):  "code",
		"TOPIC/" + longCode(1e6): "code",
	} {
		ref, err := masar.ParseRef(s)
		if err == nil || !strings.Contains(err.Error(), part) || ref != (masar.Ref{}) {
			t.Errorf("%.40q is parsed as %v with error %.200v, want an error about the %s", s, ref, err, part)
		}
	}
	if _, err := masar.ParseRef("TOPIC/" + longCode(64)); err != nil {
		t.Errorf("64 letters are a code: %v", err)
	}
}

func longCode(n int) string { return strings.Repeat("a", n) }

// Catches: a kind without a struct, or with the struct of another kind.
func TestEveryKindHasItsEntity(t *testing.T) {
	seen := map[string]masar.Kind{}
	for _, kind := range masar.Kinds {
		e := masar.NewEntity(kind)
		if e == nil {
			t.Errorf("%s has no entity", kind)
			continue
		}
		e.Head().Kind, e.Head().Code = kind, "X"
		if e.ID() != masar.EntityID(masar.Ref{Kind: kind, Code: "X"}) {
			t.Errorf("the ID of a %s is %s", kind, e.ID())
		}
		name := fmt.Sprintf("%T", e)
		if other, taken := seen[name]; taken {
			t.Errorf("%s and %s are both %s", kind, other, name)
		}
		seen[name] = kind
	}
	for _, kind := range []masar.Kind{"", "CLAIM", "sdg_goal"} {
		if e := masar.NewEntity(kind); e != nil {
			t.Errorf("%q is %v", kind, e)
		}
	}
}
