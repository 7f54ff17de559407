package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
)

// maxMessage bounds the length of an error's message, which may repeat what the client sent.
const maxMessage = 300

// presenter decides what a client sees of an error: those that were made for clients, and the validator's own. Of all
// others it sees an id, under which the log has the cause.
type presenter struct{ log *slog.Logger }

func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	shown := &gqlerror.Error{Path: graphql.GetPath(ctx)}
	var parsed *gqlerror.Error
	if errors.As(err, &parsed) {
		shown.Locations = parsed.Locations
		if parsed.Path != nil {
			shown.Path = parsed.Path
		}
	}
	typed, isTyped := errors.AsType[*masar.Error](err)
	switch {
	case isTyped:
		return p.typed(ctx, shown, typed)
	case parsed != nil && isValidation(parsed):
		return withCode(shown, parsed.Extensions["code"], parsed.Message)
	case errors.Is(err, context.DeadlineExceeded):
		return withCode(shown, masar.CodeTimeout, "the answer took too long; ask for less, or try again")
	case errors.Is(err, context.Canceled): // nobody is there to read it
		return withCode(shown, masar.CodeTimeout, "the request was given up")
	case !graphql.HasOperationContext(ctx):
		return withCode(shown, masar.CodeBadInput, fmt.Sprintf(
			"the request cannot be read; its body has to be one JSON object with a query, of at most %d KiB", maxBody>>10))
	}
	if argument, ok := badArgument(ctx, parsed); ok {
		return p.typed(ctx, shown, masar.ArgumentErrorf(masar.CodeBadInput, argument,
			"the value of %s is not one that its type allows", argument))
	}
	return p.internal(ctx, shown, err)
}

// typed shows an error that was made for clients.
func (p presenter) typed(ctx context.Context, shown *gqlerror.Error, err *masar.Error) *gqlerror.Error {
	if err.Code == masar.CodeInternal {
		return p.internal(ctx, shown, err)
	}
	if err.Cause != nil {
		p.log.DebugContext(ctx, "an operation failed", "operation", operationName(ctx), "error", err)
	}
	shown = withCode(shown, err.Code, err.Message)
	if err.Argument != "" {
		shown.Extensions["argument"] = err.Argument
	}
	return shown
}

// internal shows an id alone.
func (p presenter) internal(ctx context.Context, shown *gqlerror.Error, err error) *gqlerror.Error {
	id := rand.Text()[:12]
	p.log.ErrorContext(ctx, "internal error", "id", id, "operation", operationName(ctx), "path", shown.Path.String(), "error", err)
	shown = withCode(shown, masar.CodeInternal, "internal error "+id+"; it is in the service's log under this id")
	shown.Extensions["id"] = id
	return shown
}

func withCode(shown *gqlerror.Error, code any, message string) *gqlerror.Error {
	shown.Message = cut(message, maxMessage)
	shown.Extensions = map[string]any{"code": code}
	return shown
}

// isValidation tells the errors of parsing and validation, which quote the client's own document and no more.
func isValidation(err *gqlerror.Error) bool {
	code := err.Extensions["code"]
	return code == errcode.ValidationFailed || code == errcode.ParseFailed
}

// badArgument is the path of the argument that could not be read, where that is what went wrong: the field then has
// no arguments yet, though the client gave some.
func badArgument(ctx context.Context, err *gqlerror.Error) (string, bool) {
	field := graphql.GetFieldContext(ctx)
	if err == nil || field == nil || field.Args != nil || len(field.Field.Arguments) == 0 {
		return "", false
	}
	var parts []string
	for _, element := range slices.Backward(err.Path) {
		name, ok := element.(ast.PathName)
		if ok && string(name) == field.Field.Alias {
			break
		}
		if ok {
			parts = append(parts, string(name))
		}
	}
	slices.Reverse(parts)
	return strings.Join(parts, "."), len(parts) > 0
}

// recovered makes an error of a panic; it is presented like any other.
func recovered(_ context.Context, value any) error {
	return fmt.Errorf("panic: %v\n%s", value, debug.Stack())
}

// cut shortens a text to a number of bytes, between two runes.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "…"
}
