package operations

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"masar"
)

// Catches: an internal error that a client sees, and an error for clients that is hidden.
func TestErrorsAsClientsSeeThem(t *testing.T) {
	inside := errors.New("dial tcp 10.0.0.7:9080: password hunter2 refused")
	for name, c := range map[string]struct {
		err             error
		panics          bool
		code, message   string
		argument, inLog string
	}{
		"typed": {
			err:  masar.NewArgumentError(masar.CodeBadPage, "first", "error.number.bounds", masar.Args{"given": "500", "least": 0, "most": 100}),
			code: "BAD_PAGE", message: "500 is out of bounds. Use a number from 0 to 100.", argument: "first",
		},
		"typed and wrapped": {
			err:  fmt.Errorf("loading: %w", masar.NewError(masar.CodeUnavailable, "error.database.unreachable", nil).Because(inside)),
			code: "BACKEND_UNAVAILABLE", message: "Try again", inLog: "hunter2",
		},
		"typed, but internal": {
			err: masar.NewError(masar.CodeInternal, "error.hunter2", nil), code: "INTERNAL", message: "Internal error", inLog: "hunter2",
		},
		"untyped":  {err: inside, code: "INTERNAL", message: "Internal error", inLog: "hunter2"},
		"panic":    {err: inside, panics: true, code: "INTERNAL", message: "Internal error", inLog: "hunter2"},
		"deadline": {err: fmt.Errorf("reading: %w", context.DeadlineExceeded), code: "TIMEOUT", message: "took too long"},
		"long":     {err: masar.NewError(masar.CodeBadInput, "error.rows.filter", masar.Args{"example": strings.Repeat("مسار", 200)}), code: "BAD_INPUT", message: "…"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, func(context.Context) error {
				if c.panics {
					panic(c.err)
				}
				return c.err
			})
			a := s.ask(t, "query Q { field }")
			if len(a.Errors) != 1 {
				t.Fatalf("%d errors", len(a.Errors))
			}
			e := a.Errors[0]
			if e.Extensions["code"] != c.code || !strings.Contains(e.Message, c.message) || utf8.RuneCountInString(e.Message) > maxMessage+1 {
				t.Errorf("%s: %s", e.Extensions["code"], e.Message)
			}
			if argument, _ := e.Extensions["argument"].(string); argument != c.argument {
				t.Errorf("argument %q", argument)
			}
			if shown, _ := json.Marshal(a); bytes.Contains(shown, []byte("hunter2")) {
				t.Errorf("the client sees the cause: %s", shown)
			}
			if !strings.Contains(s.log.String(), c.inLog) {
				t.Errorf("the log lacks the cause: %s", s.log)
			}
			if id, ok := e.Extensions["id"].(string); ok != (c.code == "INTERNAL") || !strings.Contains(s.log.String(), id) {
				t.Errorf("the id %q is not in the log: %s", id, s.log)
			}
		})
	}
}
