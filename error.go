package masar

import (
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
)

// Code is the stable code of an error that clients see.
type Code string

// The codes. Any other error is INTERNAL, and its cause is only logged.
const (
	CodeInternal    Code = "INTERNAL"
	CodeBadInput    Code = "BAD_INPUT"
	CodeBadID       Code = "BAD_ID"
	CodeBadCursor   Code = "BAD_CURSOR"
	CodeBadPage     Code = "BAD_PAGE"
	CodeUnavailable Code = "BACKEND_UNAVAILABLE"
	CodeTimeout     Code = "TIMEOUT"
	CodeConflict    Code = "CONFLICT"
	// CodeStaleVersion is for a write to a record that has changed since it was read.
	CodeStaleVersion Code = "STALE_VERSION"
	CodeLimit        Code = "LIMIT_EXCEEDED"
	CodeOverloaded   Code = "OVERLOADED"
	CodeRateLimited  Code = "RATE_LIMITED"
)

// The codes of requests that are rejected before they are parsed as GraphQL.
const (
	CodeBadRequest       Code = "BAD_REQUEST"
	CodeForbidden        Code = "FORBIDDEN"
	CodeMethodNotAllowed Code = "METHOD_NOT_ALLOWED"
	CodeNotAcceptable    Code = "NOT_ACCEPTABLE"
	CodeRequestTimeout   Code = "REQUEST_TIMEOUT"
	CodeContentTooLarge  Code = "CONTENT_TOO_LARGE"
	CodeURITooLong       Code = "URI_TOO_LONG"
	// CodeMisdirected is for a request whose Host is not a name of this service.
	CodeMisdirected          Code = "MISDIRECTED_REQUEST"
	CodeUnsupportedMediaType Code = "UNSUPPORTED_MEDIA_TYPE"
	CodeNotFound             Code = "NOT_FOUND"
	// CodeGone is for the address of a record that was retired as harmful.
	CodeGone Code = "GONE"
	// CodePDFNotAvailable is for a PDF where the service has no program to print it, and CodePDFFailed for one that the
	// program did not make.
	CodePDFNotAvailable Code = "PDF_NOT_AVAILABLE"
	CodePDFFailed       Code = "PDF_FAILED"
	// CodePersistedQuery makes Apollo's clients send the whole document.
	CodePersistedQuery Code = "PERSISTED_QUERY_NOT_SUPPORTED"
	// CodeNotEmpty is for a restore into a database that has a graph, CodeRestoring for one whose restore is unfinished.
	CodeNotEmpty  Code = "DATABASE_NOT_EMPTY"
	CodeRestoring Code = "RESTORE_UNFINISHED"
	// CodeBackup is for a backup or an export that cannot be restored: damaged, incomplete or of another program.
	CodeBackup Code = "BACKUP_INVALID"
	// CodeUnreadable is for a record that cannot be read, so that no complete backup can be made.
	CodeUnreadable Code = "RECORD_UNREADABLE"
	// CodeUntrustedDocument is for a document that the operator has not listed.
	CodeUntrustedDocument Code = "UNTRUSTED_DOCUMENT"
)

// Error is an error for clients: what is wrong, where, and what to do.
type Error struct {
	Code Code
	// Key is the key of the message in the files of words/, and Args are the values of its slots.
	Key  string
	Args Args
	// Argument is the path of the invalid argument, such as "first"; empty if there is none.
	Argument string
	// Details are further values for programs, by name.
	Details map[string]any
	// Cause is logged and never sent to clients.
	Cause error
}

// Error is the text for the log, including the cause.
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

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Because sets the cause of a new error.
func (e *Error) Because(cause error) *Error {
	e.Cause = cause
	return e
}

// Args are the values of a message's slots, by name. Numbers, enum values, references, entities, phrases and slices
// of these are formatted for the language of the message. Other texts are inserted unchanged.
type Args map[string]any

// String writes the arguments for the log, by name.
func (a Args) String() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(a)) {
		fmt.Fprintf(&b, " %s=%v", name, a[name])
	}
	return b.String()
}

// Phrase is a message in a slot of another message.
type Phrase struct {
	Key  string
	Args Args
}

// NewError creates an error from the key of its message, such as "error.page.first", and the values of its slots. The
// messages are in words/en.yaml and words/ar.yaml; words.Message formats them.
func NewError(code Code, key string, args Args) *Error {
	return &Error{Code: code, Key: key, Args: args}
}

// NewArgumentError creates an error about an argument, such as "first". See NewError.
func NewArgumentError(code Code, argument, key string, args Args) *Error {
	return &Error{Code: code, Argument: argument, Key: key, Args: args}
}

// ErrorCode is the code of an error; INTERNAL for errors without a code.
func ErrorCode(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}

// Message is a text for clients in both languages.
type Message struct{ EN, AR string }

// String is the English, for logs and terminals.
func (m Message) String() string { return m.EN }

// Panic is a panic as an error. Its text contains the stack and is only for the log.
type Panic struct {
	Value any
	Stack []byte
}

// Recovered converts the result of recover to an error. Call it in the deferred function, so that it has the stack.
func Recovered(value any) *Panic { return &Panic{value, debug.Stack()} }

// Error is the value and the stack.
func (p *Panic) Error() string { return fmt.Sprintf("panic: %v\n%s", p.Value, p.Stack) }

// Guard calls do and returns a panic as an error. An unrecovered panic in a goroutine would end the process.
func Guard(do func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = Recovered(value)
		}
	}()
	return do()
}
