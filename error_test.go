package masar

import (
	"errors"
	"testing"
)

// Catches: a log text of an error without its key, values, argument or cause.
func TestErrorForTheLog(t *testing.T) {
	cause := errors.New("refused")
	e := NewArgumentError(CodeBadInput, "first", "error.number.bounds", Args{"most": 3, "given": "16.a"}).Because(cause)
	if !errors.Is(e, cause) || e.Error() != "first: BAD_INPUT: error.number.bounds given=16.a most=3: refused" {
		t.Errorf("%v", e)
	}
}
