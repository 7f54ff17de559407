package mcp

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"masar"
	"masar/operations/limits"
)

type queryInput struct {
	Query     string         `json:"query" jsonschema:"one GraphQL query; get_schema has the types" min:"1"`
	Variables map[string]any `json:"variables,omitempty" jsonschema:"values of the variables by name"`
}

type queryOutput struct {
	answer
	Data   json.RawMessage `json:"data,omitempty" jsonschema:"the data of the answer"`
	Errors []queryError    `json:"errors"`
}

type queryError struct {
	Message string   `json:"message"`
	Code    string   `json:"code"`
	Path    []string `json:"path"`
}

// partOfCost is the part of the service's limit on the cost of an operation that an assistant's own query may have.
const partOfCost = 4

func runQuery(c *call, in queryInput) (f found[*queryOutput], err error) {
	if err := c.mayRun(in); err != nil {
		return f, err
	}
	var before, behind frame
	if err := c.run("frame", nil, &before); err != nil {
		return f, err
	}
	answer, err := c.respond(in.Query, in.Variables)
	if err != nil {
		return f, err
	}
	if err := c.run("frame", nil, &behind); err != nil {
		return f, err
	}
	if before.Snapshot != behind.Snapshot {
		return f, errChanged // the answer is of one of them, and it is not known of which
	}
	out := &queryOutput{answer: before.answer()}
	if string(answer.Data) != "null" {
		out.Data = answer.Data
	}
	for _, e := range answer.Errors {
		shown := queryError{Message: e.Message, Code: e.Extensions.Code}
		for _, part := range e.Path {
			shown.Path = append(shown.Path, fmt.Sprint(part))
		}
		out.Errors = append(out.Errors, shown)
	}
	return whole(out, "assistants.narrow.query"), nil
}

// mayRun refuses what an assistant may not run: more than one operation, writing, introspection and large queries. What is no
// GraphQL is left to the service, which says so.
func (c *call) mayRun(in queryInput) error {
	if c.Vet != nil {
		if err := c.Vet(in.Query); err != nil {
			return err
		}
	}
	schema, err := c.readSchema()
	if err != nil {
		return err
	}
	most := c.Limits
	most.Cost, most.Introspections = most.Cost/partOfCost, 0
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: in.Query}, most.Tokens)
	if err != nil {
		return nil
	}
	if len(doc.Operations) != 1 || doc.Operations[0].Operation != ast.Query {
		return masar.NewArgumentError(masar.CodeForbidden, "query", "error.assistants.read_only", nil)
	}
	_, err = limits.Check(schema, doc, "", in.Variables, most)
	if refused, is := errors.AsType[*masar.Error](err); is {
		return refused
	}
	if _, is := errors.AsType[*gqlerror.Error](err); is {
		return nil // the service says what is wrong
	}
	return err
}

func (o *queryOutput) write(w *writer) {
	if o.Data != nil {
		w.Write(o.Data)
		w.WriteByte('\n')
	}
	for _, e := range o.Errors {
		w.line("assistants.text.query_error", masar.Args{"code": e.Code, "message": e.Message})
	}
}
