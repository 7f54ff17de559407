package masar_test

import (
	"errors"
	"fmt"
	"testing"

	"masar"
)

// Catches a log that names one cause at each try, one that hides the second cause behind the first, and one that grows.
func TestCauses(t *testing.T) {
	var c masar.Causes
	for _, step := range []struct {
		says string
		new  bool
	}{
		{"read tcp 127.0.0.1:34567->127.0.0.1:9080: connection reset", true},
		{"read tcp 127.0.0.1:34999->127.0.0.1:9080: connection reset", false},
		{"invalid username or password", true},
		{"read tcp 127.0.0.1:1->127.0.0.1:9080: connection reset", false},
		{"panic: nil\ngoroutine 7 [running]", true},
		{"panic: nil\ngoroutine 8 [sleeping]", false},
	} {
		if got := c.New(errors.New(step.says)); got != step.new {
			t.Errorf("%q is new: %t", step.says, got)
		}
	}
	if !c.Forget() || c.Forget() {
		t.Error("what was forgotten is not reported once")
	}
	if !c.New(errors.New("invalid username or password")) {
		t.Error("a cause that comes back after a success is not new")
	}
	for i := range 1000 {
		c.New(fmt.Errorf("cause %c", rune('a'+i)))
	}
	if !c.New(errors.New("invalid username or password")) {
		t.Error("a thousand other causes are all remembered")
	}
}
