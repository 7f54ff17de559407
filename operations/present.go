package operations

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"maps"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
	"masar/operations/limits"
	"masar/words"
)

// maxMessage bounds the characters of an error's message, which may repeat what the client sent.
const maxMessage = 400

// presenter decides what a client sees of an error: those that were made for clients, and the validator's own. Of all
// others it sees an id, under which the log has the cause.
type presenter struct {
	log    *slog.Logger
	schema *ast.Schema
}

// Present makes of an error what a client sees, in both languages.
func (p presenter) Present(ctx context.Context, err error) *gqlerror.Error {
	shown := &gqlerror.Error{Path: graphql.GetPath(ctx)}
	parsed, isParsed := errors.AsType[*gqlerror.Error](err)
	if isParsed {
		shown.Locations = parsed.Locations
		if parsed.Path != nil {
			shown.Path = parsed.Path
		}
	}
	typed, isTyped := errors.AsType[*masar.Error](err)
	switch {
	case errors.As(err, new(*masar.Panic)):
	case isTyped:
		return p.typed(ctx, shown, typed)
	case isParsed && isValidation(parsed):
		message, isEnum := explainEnum(p.schema, parsed)
		shown = withCode(shown, parsed.Extensions["code"], message)
		if isEnum || ofVariable(parsed) {
			shown.Extensions["argument"] = argumentOf(limits.Document(ctx), parsed)
		}
		return shown
	case errors.Is(err, context.DeadlineExceeded):
		return withCode(shown, masar.CodeTimeout, words.Both("error.operation.timeout", nil))
	case errors.Is(err, context.Canceled): // nobody is there to read it
		return withCode(shown, masar.CodeTimeout, words.Both("error.operation.cancelled", nil))
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
	shown = withCode(shown, err.Code, words.Message(err))
	maps.Copy(shown.Extensions, err.Details)
	if err.Argument != "" {
		shown.Extensions["argument"] = err.Argument
	}
	return shown
}

// internal shows an id alone.
func (p presenter) internal(ctx context.Context, shown *gqlerror.Error, err error) *gqlerror.Error {
	id := rand.Text()[:12]
	p.log.ErrorContext(ctx, "internal error", "id", id, "operation", operationName(ctx), "path", shown.Path.String(), "error", err)
	shown = withCode(shown, masar.CodeInternal, words.Both("error.internal.id", masar.Args{"id": id}))
	shown.Extensions["id"] = id
	return shown
}

// withCode gives an error its code, and its message: in English where GraphQL has a place for one, and in both languages
// under extensions.messages, in full words that a page can show as they are.
func withCode(shown *gqlerror.Error, code any, message masar.Message) *gqlerror.Error {
	shown.Message = Shorten(message.EN, maxMessage)
	shown.Extensions = map[string]any{
		"code":     code,
		"messages": map[string]string{"en": shown.Message, "ar": Shorten(message.AR, maxMessage)},
	}
	return shown
}

// isValidation reports whether an error is of parsing or validation. Such errors quote only the client's document.
func isValidation(err *gqlerror.Error) bool {
	code := err.Extensions["code"]
	return code == errcode.ValidationFailed || code == errcode.ParseFailed
}

// byPlace orders errors by where they stand in the document, and those of one field by where they stand in the answer.
func byPlace(a, b *gqlerror.Error) int {
	at := func(e *gqlerror.Error) (l gqlerror.Location) {
		if len(e.Locations) > 0 {
			l = e.Locations[0]
		}
		return l
	}
	return cmp.Or(cmp.Compare(at(a).Line, at(b).Line), cmp.Compare(at(a).Column, at(b).Column), strings.Compare(a.Path.String(), b.Path.String()))
}

// Shorten cuts a text to a number of characters, and marks where it does.
func Shorten(s string, most int) string {
	for at := range s {
		if most--; most < 0 {
			return s[:at] + "…"
		}
	}
	return s
}
