package masar

import (
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
)

// Code is the stable code of an error that a client may see.
type Code string

// The codes. Any other error is INTERNAL; its cause goes to the log only.
const (
	CodeInternal    Code = "INTERNAL"
	CodeBadInput    Code = "BAD_INPUT"
	CodeBadID       Code = "BAD_ID"
	CodeBadCursor   Code = "BAD_CURSOR"
	CodeBadPage     Code = "BAD_PAGE"
	CodeUnavailable Code = "BACKEND_UNAVAILABLE"
	CodeTimeout     Code = "TIMEOUT"
	CodeConflict    Code = "CONFLICT"
	// CodeStaleVersion is for a change of a record that has changed since it was read.
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
	// Key is the key of the message in the files of words/, and Args are the values of its slots.
	Key  string
	Args Args
	// Argument is the path of the argument at fault, such as "first"; empty if none is.
	Argument string
	// Details are what else a program may want to know, by the names that it finds them under.
	Details map[string]any
	// Cause goes to the log and never to the client.
	Cause error
}

// Error writes the error for the log, cause and all.
func (e *Error) Error() string {
	s := string(e.Code) + ": " + e.Key + e.Args.String()
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

// Args are the values of a message's slots, by the slots' names. Numbers, enum values, references, entities, phrases and
// slices of these are written for the language of the message; any other text is shown as it is.
type Args map[string]any

// String writes the arguments for the log, by name.
func (a Args) String() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(a)) {
		fmt.Fprintf(&b, " %s=%v", name, a[name])
	}
	return b.String()
}

// Phrase is a message that stands in a slot of another one.
type Phrase struct {
	Key  string
	Args Args
}

// NewError makes an error of a code from the key of its message, such as "error.page.first", and the values of its slots.
// The message itself is in words/en.yaml and words/ar.yaml; words.Message writes it.
func NewError(code Code, key string, args Args) *Error {
	return &Error{Code: code, Key: key, Args: args}
}

// NewArgumentError makes an error of a code about an argument, such as "first"; the rest is as for NewError.
func NewArgumentError(code Code, argument, key string, args Args) *Error {
	return &Error{Code: code, Argument: argument, Key: key, Args: args}
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

// Panic is a panic as an error. Its text has the stack, and is for the log alone.
type Panic struct {
	Value any
	Stack []byte
}

// Recovered makes an error of what recover gave. It is called by the function that is deferred, for the stack's sake.
func Recovered(value any) *Panic { return &Panic{value, debug.Stack()} }

// Error has the value and the stack.
func (p *Panic) Error() string { return fmt.Sprintf("panic: %v\n%s", p.Value, p.Stack) }

// Guard runs what must not end the process: a panic in a goroutine that nobody guards does.
func Guard(do func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = Recovered(value)
		}
	}()
	return do()
}
