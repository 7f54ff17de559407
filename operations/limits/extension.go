package limits

import (
	"context"
	"errors"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// Extension has gqlgen check each operation before it looks at the document itself. The document is parsed once more by
// gqlgen, unless it is known there: at the length that is allowed this takes less than a millisecond.
type Extension struct {
	Limits Limits
	schema *ast.Schema
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
} = &Extension{}

// ExtensionName is the name under which gqlgen knows the extension.
func (*Extension) ExtensionName() string { return "Limits" }

// Validate takes the schema.
func (e *Extension) Validate(schema graphql.ExecutableSchema) error {
	e.schema = schema.Schema()
	return nil
}

// MutateOperationParameters changes nothing; it is where gqlgen can be stopped before it parses and validates.
func (e *Extension) MutateOperationParameters(ctx context.Context, request *graphql.RawParams) *gqlerror.Error {
	doc, err := parse(request.Query, e.Limits)
	if err == nil {
		var m Measured
		m, err = Check(e.schema, doc, request.OperationName, request.Variables, e.Limits)
		graphql.GetOperationContext(ctx).Stats.SetExtension(extension, seen{doc, m})
	}
	if err == nil {
		return nil
	}
	if shaped, ok := errors.AsType[*gqlerror.Error](err); ok {
		return shaped
	}
	return gqlerror.Wrap(err)
}

// parse reads a document of no more tokens than are allowed.
func parse(query string, l Limits) (*ast.QueryDocument, error) {
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: query}, l.Tokens)
	if told, ok := errors.AsType[*gqlerror.Error](err); ok && strings.HasPrefix(told.Message, "exceeded token limit") {
		return nil, tokens.past(l.Tokens+1, l.Tokens, "")
	}
	errcode.Set(err, errcode.ParseFailed)
	return doc, err
}

// seen is what gqlgen keeps of a document for us, under the name of the extension.
type seen struct {
	document *ast.QueryDocument
	measured Measured
}

const extension = "masar.limits"

func seenIn(ctx context.Context) (seen, bool) {
	if !graphql.HasOperationContext(ctx) {
		return seen{}, false
	}
	s, ok := graphql.GetOperationContext(ctx).Stats.GetExtension(extension).(seen)
	return s, ok
}

// Of gives what the operation of a context was measured to be. It is there as soon as the document could be read; of one
// that is past a limit it is only what was seen until then.
func Of(ctx context.Context) (Measured, bool) {
	s, ok := seenIn(ctx)
	return s.measured, ok
}

// Document gives the document of the operation of a context, as it was parsed; nil if it could not be read.
func Document(ctx context.Context) *ast.QueryDocument {
	s, _ := seenIn(ctx)
	return s.document
}
