package masar_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"masar"
)

// refused reports whether an error has a code and an argument, and contains the given and the allowed values.
func refused(err error, code masar.Code, argument string, told ...string) bool {
	e, ok := errors.AsType[*masar.Error](err)
	if !ok || e.Code != code || e.Argument != argument {
		return false
	}
	for _, word := range told {
		if !strings.Contains(e.Args.String(), word) {
			return false
		}
	}
	return true
}

// Catches: a number out of range that is accepted, a valid number that is rejected or changed, and a missing default.
func TestBoundsAreHeld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		least := rapid.IntRange(-3, 3).Draw(t, "least")
		b := masar.Bounds{Min: least, Max: least + rapid.IntRange(0, 9).Draw(t, "room"), Default: rapid.Int().Draw(t, "default")}
		given := rapid.IntRange(-20, 20).Draw(t, "given")
		got, err := b.Of("depth", &given)
		if given < b.Min || given > b.Max {
			if !refused(err, masar.CodeBadInput, "depth") {
				t.Fatalf("%d of %+v: %v", given, b, err)
			}
		} else if err != nil || got != given {
			t.Fatalf("%d of %+v: %d, %v", given, b, got, err)
		}
		if got, err := b.Of("depth", nil); err != nil || got != b.Default {
			t.Fatalf("left out of %+v: %d, %v", b, got, err)
		}
	})
}

// Catches: a page size rejected with another code than for lists or without its bounds, a wrong default, and 0
// rejected.
func TestPageSize(t *testing.T) {
	size := masar.PageSize{Max: 50, Default: 5}
	for _, n := range []int{-1, 51} {
		if _, err := size.Of("first", &n); !refused(err, masar.CodeBadPage, "first", "least=0", "most=50", "default=5") {
			t.Errorf("first %d: %v", n, err)
		}
	}
	for given, want := range map[*int]int{nil: 5, new(0): 0, new(50): 50} {
		if got, err := size.Of("first", given); err != nil || got != want {
			t.Errorf("%d, %v; want %d", got, err, want)
		}
	}
}

// Catches: NaN, infinities and numbers next to the bounds that are accepted, and a large bound written as 1e+12.
func TestNumbersAndLengths(t *testing.T) {
	for _, n := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1e-9, 1 + 1e-9} {
		if err := masar.CheckShare("share", n); !refused(err, masar.CodeBadInput, "share", "0", "1") {
			t.Errorf("%v: %v", n, err)
		}
	}
	for _, n := range []float64{0, .5, 1} {
		if err := masar.CheckShare("share", n); err != nil {
			t.Errorf("%v: %v", n, err)
		}
	}
	if err := masar.CheckNumber("budget", -1, 0, 1e12); !refused(err, masar.CodeBadInput, "budget", "given=-1", "most=1e+12") {
		t.Error(err)
	}
	for _, length := range []int{1, 11} {
		if err := masar.CheckLength("codes", length, 2, 10); !refused(err, masar.CodeBadInput, "codes", "2", "10") {
			t.Errorf("%d codes: %v", length, err)
		}
	}
	if err := errors.Join(masar.CheckLength("codes", 2, 2, 10), masar.CheckLength("codes", 10, 2, 10)); err != nil {
		t.Error(err)
	}
}
