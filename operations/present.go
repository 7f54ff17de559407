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

// maxMessage is the maximum number of characters of an error message, which may repeat the client's text.
const maxMessage = 400

// presenter decides what a client sees of an error. Clients see errors made for them, and the validator's. For all
// others they see an id, and the log has the cause under that id.
type presenter struct {
	log    *slog.Logger
	schema *ast.Schema
	// suggests reports whether messages may name what the schema has.
	suggests bool
}

// Present returns an error as the client sees it, in both languages.
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
		isEnum, refused := p.explained(ctx, parsed)
		shown = withCode(shown, parsed.Extensions["code"], words.Message(refused))
		maps.Copy(shown.Extensions, refused.Details)
		if isEnum || ofVariable(parsed) {
			shown.Extensions["argument"] = argumentOf(limits.Document(ctx), parsed)
		}
		return shown
	case errors.Is(err, context.DeadlineExceeded):
		return withCode(shown, masar.CodeTimeout, words.Both("error.operation.timeout", nil))
	case errors.Is(err, context.Canceled): // the client has disconnected
		return withCode(shown, masar.CodeTimeout, words.Both("error.operation.cancelled", nil))
	}
	return p.internal(ctx, shown, err)
}

// explained is an error of gqlparser in our words, and whether it is about a value of an enum.
func (p presenter) explained(ctx context.Context, parsed *gqlerror.Error) (isEnum bool, refused *masar.Error) {
	if refused = unknownValue(p.schema, parsed); refused != nil {
		return true, refused
	}
	if refused = unreadable(ctx, parsed); refused != nil {
		return false, refused
	}
	if refused = unknownOperation(ctx, parsed); refused != nil {
		return false, refused
	}
	if p.suggests {
		if refused = unknownField(p.schema, limits.Document(ctx), parsed); refused != nil {
			return false, refused
		}
	}
	return false, translated(parsed)
}

// typed presents an error made for clients.
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

// internal presents only an id and logs the cause.
func (p presenter) internal(ctx context.Context, shown *gqlerror.Error, err error) *gqlerror.Error {
	id := rand.Text()[:12]
	p.log.ErrorContext(ctx, "internal error", "id", id, "operation", operationName(ctx), "path", shown.Path.String(), "error", err)
	shown = withCode(shown, masar.CodeInternal, words.Both("error.internal.id", masar.Args{"id": id}))
	shown.Extensions["id"] = id
	return shown
}

// withCode gives an error its code and message. The message is English in GraphQL's own field and in both languages
// under extensions.messages, as full sentences that a page can show.
func withCode(shown *gqlerror.Error, code any, message masar.Message) *gqlerror.Error {
	shown.Message = Shorten(message.EN, maxMessage)
	shown.Extensions = map[string]any{
		"code":     code,
		"messages": map[string]string{"en": shown.Message, "ar": Shorten(message.AR, maxMessage)},
	}
	return shown
}

// isValidation reports whether an error is from parsing or validation. Such errors quote only the client's document.
func isValidation(err *gqlerror.Error) bool {
	code := err.Extensions["code"]
	return code == errcode.ValidationFailed || code == errcode.ParseFailed
}

// byPlace orders errors by position in the document, and errors of one field by position in the answer.
func byPlace(a, b *gqlerror.Error) int {
	at := func(e *gqlerror.Error) (l gqlerror.Location) {
		if len(e.Locations) > 0 {
			l = e.Locations[0]
		}
		return l
	}
	return cmp.Or(cmp.Compare(at(a).Line, at(b).Line), cmp.Compare(at(a).Column, at(b).Column), strings.Compare(a.Path.String(), b.Path.String()))
}

// Shorten truncates a text to a number of characters and marks the cut.
func Shorten(s string, most int) string {
	for at := range s {
		if most--; most < 0 {
			return s[:at] + "…"
		}
	}
	return s
}
