package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"masar"
	messages "masar/words"
)

// The exit codes.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitFindings    = 3
	exitUnreachable = 4
	exitNotFound    = 5
	exitInterrupted = 130
)

// usageError is about what stands on the command line.
type usageError struct{ error }

// errFindings ends a command that has found faults and has told them already.
var errFindings = errors.New("there are findings")

// exit tells an error and answers the code that a command line ends with.
func (a *app) exit(ctx context.Context, err error) int {
	code := a.code(ctx, err)
	switch {
	case code == exitOK || errors.Is(err, errFindings):
	case code == exitUsage:
		fmt.Fprintf(a.talk, "masar: %s: see masar --help\n", words(err))
	case code == exitInterrupted:
		fmt.Fprintln(a.talk, "masar: interrupted")
	default:
		fmt.Fprintf(a.talk, "masar: %s\n", words(err))
	}
	return code
}

func (a *app) code(ctx context.Context, err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFindings):
		return exitFindings
	case !a.began || errors.As(err, &usage):
		return exitUsage
	case ctx.Err() != nil:
		return exitInterrupted
	case errors.Is(err, fs.ErrNotExist):
		return exitNotFound
	}
	switch masar.ErrorCode(err) {
	case masar.CodeUnavailable, masar.CodeTimeout:
		return exitUnreachable
	}
	return exitFailure
}

// words are an error's, for the person at the terminal: without codes, but with the cause.
func words(err error) string {
	typed, ok := errors.AsType[*masar.Error](err)
	switch {
	case !ok:
		return err.Error()
	case typed.Cause != nil:
		return messages.Message(typed).EN + " (" + typed.Cause.Error() + ")"
	}
	return messages.Message(typed).EN
}
