package masar

import (
	"errors"
	"fmt"
)

// Code is the stable code of an error that a client may see.
type Code string

// The codes. Everything that is none of the others is INTERNAL, and its cause goes to the log alone.
const (
	CodeInternal    Code = "INTERNAL"
	CodeBadInput    Code = "BAD_INPUT"
	CodeBadID       Code = "BAD_ID"
	CodeBadCursor   Code = "BAD_CURSOR"
	CodeBadPage     Code = "BAD_PAGE"
	CodeUnavailable Code = "BACKEND_UNAVAILABLE"
	CodeTimeout     Code = "TIMEOUT"
	CodeConflict    Code = "CONFLICT"
)

// Error is an error that a client may see: what was wrong, where, and what to do.
type Error struct {
	Code Code
	// Message says what was wrong and what is allowed.
	Message string
	// Argument is the path of the argument at fault, such as "first"; empty where none is.
	Argument string
	// Cause goes to the log and never to the client.
	Cause error
}

// Error writes the error for the log, cause and all.
func (e *Error) Error() string {
	s := string(e.Code) + ": " + e.Message
	if e.Argument != "" {
		s = e.Argument + ": " + s
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an error of a code.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// ArgumentErrorf makes an error of a code about an argument.
func ArgumentErrorf(code Code, argument, format string, args ...any) *Error {
	return &Error{Code: code, Argument: argument, Message: fmt.Sprintf(format, args...)}
}

// ErrorCode is the code of an error: its own where it has one, else INTERNAL.
func ErrorCode(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}
