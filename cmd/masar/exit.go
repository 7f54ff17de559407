package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"masar"
	"masar/words"
)

// Exit codes.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitFindings    = 3
	exitUnreachable = 4
	exitNotFound    = 5
	exitInterrupted = 130
)

// usageError is an error in the command line.
type usageError struct{ error }

// errFindings ends a command that has found faults and reported them.
var errFindings = errors.New("there are findings")

// exit prints the error of a command and returns the exit code.
func (a *app) exit(ctx context.Context, ran *cobra.Command, err error) int {
	code := a.code(ctx, err)
	switch {
	case code == exitOK || errors.Is(err, errFindings):
	case code == exitUsage:
		if ran.Name() == "help" {
			ran = ran.Root()
		}
		fmt.Fprintf(a.talk, "masar: %s (see %s --help)\n", explained(err), ran.CommandPath())
	case code == exitInterrupted:
		fmt.Fprintln(a.talk, "masar: interrupted")
	default:
		fmt.Fprintf(a.talk, "masar: %s\n", explained(err))
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
	case all(err, fs.ErrNotExist):
		return exitNotFound
	}
	switch codeOf(err) {
	case masar.CodeUnavailable, masar.CodeTimeout:
		return exitUnreachable
	case masar.CodeNotFound:
		return exitNotFound
	case masar.CodeBackup:
		return exitFindings
	}
	return exitFailure
}

// refusal is an error of an operation: its code, and its message.
type refusal struct {
	code    masar.Code
	message string
}

// Error is the message.
func (r refusal) Error() string { return r.message }

// codeOf is the code of an error; INTERNAL for errors without a code.
func codeOf(err error) masar.Code {
	if refused, is := errors.AsType[refusal](err); is {
		return refused.code
	}
	return masar.ErrorCode(err)
}

// parts returns the errors that errors.Join combined, or the error itself.
func parts(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

// all reports whether an error, or each part of a joined error, matches the target.
func all(err, target error) bool {
	return !slices.ContainsFunc(parts(err), func(err error) bool { return !errors.Is(err, target) })
}

// explained formats an error for the terminal: without its code, with its cause. Joined errors have one line each.
func explained(err error) string {
	lines := []string{}
	for _, err := range parts(err) {
		lines = append(lines, line(err))
	}
	return strings.Join(lines, "\n")
}

func line(err error) string {
	typed, ok := errors.AsType[*masar.Error](err)
	switch {
	case !ok:
		return err.Error()
	case typed.Cause != nil:
		return words.Message(typed).EN + " (" + typed.Cause.Error() + ")"
	}
	return words.Message(typed).EN
}
