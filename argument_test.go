package masar_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"masar"
)

// refused reports whether an error is of a code, about an argument, and has what was given and allowed for its message.
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

// Catches a number out of bounds that is taken, one within them that is refused or changed, and a default that is not given.
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

// Catches a size of a page that is refused with another code than a list's, without its bound or its default, and a 0 refused.
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

// Catches NaN, infinities and numbers next to the bounds that are taken, and a large bound told as 1e+12.
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
