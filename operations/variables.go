package operations

import (
	"errors"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"

	"masar"
	"masar/operations/limits"
)

// Variables validates the variables of a document's first operation without running it, by GraphQL's rules and within
// the limits. The error for a value that GraphQL would refuse has code BAD_INPUT.
func (o *Operations) Variables(doc *ast.QueryDocument, given map[string]any) (map[string]any, error) {
	if _, err := limits.Check(o.schema, doc, "", given, o.limits); err != nil {
		return nil, badInput(err)
	}
	read, err := validator.VariableValues(o.schema, doc.Operations[0], given)
	if err != nil {
		if parsed, is := errors.AsType[*gqlerror.Error](err); is && o.limits.Introspections > 0 {
			if refused := unknownField(o.schema, doc, parsed); refused != nil {
				return nil, refused
			}
		}
		return nil, badInput(err)
	}
	return read, nil
}

// badInput turns an error about a value into one of code BAD_INPUT.
func badInput(err error) error {
	if refused, is := errors.AsType[*gqlerror.Error](err); is {
		return translated(refused)
	}
	if refused, is := errors.AsType[*masar.Error](err); is && refused.Code == errcode.ValidationFailed {
		return &masar.Error{Code: masar.CodeBadInput, Argument: refused.Argument, Key: refused.Key, Args: refused.Args}
	}
	return err
}
