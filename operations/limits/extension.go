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

// Extension makes gqlgen check each operation before it reads the document itself. gqlgen then parses the document
// again, unless it is in the cache; within the length limit this takes less than a millisecond.
type Extension struct {
	Limits Limits
	schema *ast.Schema
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
} = &Extension{}

// ExtensionName is the extension's name in gqlgen.
func (*Extension) ExtensionName() string { return "Limits" }

// Validate receives the schema.
func (e *Extension) Validate(schema graphql.ExecutableSchema) error {
	e.schema = schema.Schema()
	return nil
}

// MutateOperationParameters checks an operation and changes nothing. It runs before gqlgen parses and validates.
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

// parse parses a document with at most the allowed number of tokens.
func parse(query string, l Limits) (*ast.QueryDocument, error) {
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: query}, l.Tokens)
	if told, ok := errors.AsType[*gqlerror.Error](err); ok && strings.HasPrefix(told.Message, "exceeded token limit") {
		return nil, tokens.past(l.Tokens+1, l.Tokens, "")
	}
	errcode.Set(err, errcode.ParseFailed)
	return doc, err
}

// seen is what gqlgen stores for the extension with each document.
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

// Of returns the measurements of the operation in a context. They are available once the document has been parsed. For
// a document that exceeds a limit they are partial.
func Of(ctx context.Context) (Measured, bool) {
	s, ok := seenIn(ctx)
	return s.measured, ok
}

// Document returns the parsed document of the operation in a context; nil if it could not be parsed.
func Document(ctx context.Context) *ast.QueryDocument {
	s, _ := seenIn(ctx)
	return s.document
}
