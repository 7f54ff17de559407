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

// Variables reads the variables of a document's first operation, which is not run, by the rules and within the limits that
// they would have in GraphQL. A value that GraphQL would refuse is BAD_INPUT.
func (o *Operations) Variables(doc *ast.QueryDocument, given map[string]any) (map[string]any, error) {
	if _, err := limits.Check(o.schema, doc, "", given, o.limits); err != nil {
		return nil, badInput(err)
	}
	read, err := validator.VariableValues(o.schema, doc.Operations[0], given)
	if err != nil {
		return nil, badInput(err)
	}
	return read, nil
}

// badInput says of a value that GraphQL would refuse that the request is at fault.
func badInput(err error) error {
	if refused, is := errors.AsType[*gqlerror.Error](err); is {
		return translated(refused)
	}
	if refused, is := errors.AsType[*masar.Error](err); is && refused.Code == errcode.ValidationFailed {
		return &masar.Error{Code: masar.CodeBadInput, Argument: refused.Argument, Key: refused.Key, Args: refused.Args}
	}
	return err
}
