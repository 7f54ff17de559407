package masar

import (
	"errors"
	"fmt"
	"io"
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
	// CodeStaleVersion is for a change of a record that somebody else has changed meanwhile.
	CodeStaleVersion Code = "STALE_VERSION"
	CodeLimit        Code = "LIMIT_EXCEEDED"
	CodeOverloaded   Code = "OVERLOADED"
	CodeRateLimited  Code = "RATE_LIMITED"
)

// The codes of what is refused before it is looked at as a GraphQL operation.
const (
	CodeBadRequest           Code = "BAD_REQUEST"
	CodeForbidden            Code = "FORBIDDEN"
	CodeMethodNotAllowed     Code = "METHOD_NOT_ALLOWED"
	CodeNotAcceptable        Code = "NOT_ACCEPTABLE"
	CodeRequestTimeout       Code = "REQUEST_TIMEOUT"
	CodeContentTooLarge      Code = "CONTENT_TOO_LARGE"
	CodeURITooLong           Code = "URI_TOO_LONG"
	CodeUnsupportedMediaType Code = "UNSUPPORTED_MEDIA_TYPE"
	CodeNotFound             Code = "NOT_FOUND"
	// CodePersistedQuery is the one by which Apollo's clients know to send the whole document.
	CodePersistedQuery Code = "PERSISTED_QUERY_NOT_SUPPORTED"
)

// Error is an error that a client may see: what was wrong, where, and what to do.
type Error struct {
	Code Code
	// Message says what was wrong and what is allowed.
	Message Message
	// Argument is the path of the argument at fault, such as "first"; empty where none is.
	Argument string
	// Details are what else a program may want to know, by the names that it finds them under.
	Details map[string]any
	// Cause goes to the log and never to the client.
	Cause error
}

// Error writes the error for the log, cause and all.
func (e *Error) Error() string {
	s := string(e.Code) + ": " + e.Message.EN
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

// Because sets the cause of an error that was just made.
func (e *Error) Because(cause error) *Error {
	e.Cause = cause
	return e
}

// Errorf makes an error of a code, said in English and in Arabic. Both formats take the same arguments, by %[2]s where their
// order differs; an argument that is a Message is put into each in its language.
func Errorf(code Code, english, arabic string, args ...any) *Error {
	if false {
		_ = fmt.Sprintf(arabic, args...) // has go vet check the calls; a test sees that both formats take the same
	}
	return &Error{Code: code, Message: Messagef(english, arabic, args...)}
}

// ArgumentErrorf makes an error of a code about an argument; the rest is as for Errorf.
func ArgumentErrorf(code Code, argument, english, arabic string, args ...any) *Error {
	e := Errorf(code, english, arabic, args...)
	e.Argument = argument
	return e
}

// ErrorCode is the code of an error: its own where it has one, else INTERNAL.
func ErrorCode(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}

// Message is the same thing said to a client in both languages.
type Message struct{ EN, AR string }

// String is the English, for logs and terminals.
func (m Message) String() string { return m.EN }

// Messagef makes a message; its arguments are as for Errorf.
func Messagef(english, arabic string, args ...any) Message {
	if false {
		_ = fmt.Sprintf(arabic, args...)
	}
	inArabic := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case int, float64:
			inArabic[i] = a
		case Message:
			inArabic[i] = a.AR
		default:
			inArabic[i] = isolatedValue{a}
		}
	}
	return Message{EN: fmt.Sprintf(english, args...), AR: fmt.Sprintf(arabic, inArabic...)}
}

// isolatedValue is a value that is mostly of Latin letters, put so that it does not turn the Arabic around it.
type isolatedValue struct{ of any }

func (v isolatedValue) Format(f fmt.State, verb rune) {
	_, _ = io.WriteString(f, Isolated(fmt.Sprintf(fmt.FormatString(f, verb), v.of), English, Arabic))
}
