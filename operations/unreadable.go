package operations

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"

	"masar"
)

// maxSign is the maximum number of characters of a sign in a message.
const maxSign = 20

// unreadable is the error for a document that cannot be parsed: it names the place and the sign there. It is nil for every
// other error. The parser's own message names the kind of a sign only.
func unreadable(ctx context.Context, err *gqlerror.Error) *masar.Error {
	if err.Extensions["code"] != errcode.ParseFailed || len(err.Locations) == 0 || !graphql.HasOperationContext(ctx) {
		return nil
	}
	document := graphql.GetOperationContext(ctx).RawQuery
	token, fault := tokenAt(document, err.Locations[0])
	what := unexpected(token, document, err.Message)
	if fault != nil {
		what = unlexed(token, document, fault.Message)
	}
	return masar.NewError(masar.CodeBadInput, "error.document.unreadable", masar.Args{
		"line": err.Locations[0].Line, "column": err.Locations[0].Column, "what": what,
	})
}

// tokenAt is the token at a place of a document, or the first that is none, with its fault.
func tokenAt(document string, at gqlerror.Location) (lexer.Token, *gqlerror.Error) {
	l := lexer.New(&ast.Source{Input: document})
	for {
		token, err := l.ReadToken()
		fault, _ := errors.AsType[*gqlerror.Error](err)
		if fault != nil || token.Kind == lexer.EOF || token.Pos.Line == at.Line && token.Pos.Column == at.Column {
			return token, fault
		}
	}
}

// unexpected says which sign stands where the parser expected another one.
func unexpected(token lexer.Token, document, message string) masar.Phrase {
	args, isEnd := masar.Args{"sign": signOf(token, document)}, token.Kind == lexer.EOF
	rest, expects := strings.CutPrefix(message, "Expected ")
	expected, _, _ := strings.Cut(rest, ", found ")
	args["expected"] = strings.Trim(expected, `"`)
	if expected == lexer.Name.String() {
		args["expected"] = masar.Phrase{Key: "error.document.name"}
	}
	switch {
	case strings.HasPrefix(message, "exceeded maximum nesting depth"):
		args["allowed"] = parser.MaxNestingDepth
		return masar.Phrase{Key: "error.document.nesting", Args: args}
	case expects && isEnd:
		return masar.Phrase{Key: "error.document.end.expected", Args: args}
	case expects:
		return masar.Phrase{Key: "error.document.sign.expected", Args: args}
	case isEnd:
		return masar.Phrase{Key: "error.document.end", Args: args}
	}
	return masar.Phrase{Key: "error.document.sign", Args: args}
}

// faults are the beginnings of the lexer's messages, with the keys of ours.
var faults = []struct{ begins, key string }{
	{"Unterminated string", "error.document.string"},
	{"Invalid character within String", "error.document.string"},
	{"Invalid number", "error.document.number"},
	{"Invalid character escape sequence", "error.document.escape"},
}

// unlexed says which sign is no part of the language.
func unlexed(token lexer.Token, document, message string) masar.Phrase {
	sign := signOf(token, document)
	for _, f := range faults {
		if strings.HasPrefix(message, f.begins) {
			return masar.Phrase{Key: f.key, Args: masar.Args{"sign": sign}}
		}
	}
	if strings.ContainsAny(sign, "'‘’“”„«»`´") {
		return masar.Phrase{Key: "error.document.quotation_mark", Args: masar.Args{"sign": sign}}
	}
	return masar.Phrase{Key: "error.document.character", Args: masar.Args{"sign": sign}}
}

// signOf is the text of a token in a document; of a token that is none, its first character.
func signOf(token lexer.Token, document string) string {
	runes := []rune(document)
	from := min(max(token.Pos.Start, 0), len(runes))
	to := min(max(token.Pos.End, from), len(runes))
	if token.Kind == lexer.Invalid && from == to {
		to = min(from+1, len(runes))
	}
	return Shorten(string(runes[from:to]), maxSign)
}

// maxNamed is the maximum number of names in a message.
const maxNamed = 30

// unknownOperation is the error for a request that selects no operation of its document; nil for every other error.
func unknownOperation(ctx context.Context, err *gqlerror.Error) *masar.Error {
	if err.Rule != "" || ofVariable(err) || err.Extensions["code"] != errcode.ValidationFailed || !graphql.HasOperationContext(ctx) {
		return nil
	}
	operation := graphql.GetOperationContext(ctx)
	if operation.Doc == nil || len(operation.Doc.Operations) == 0 {
		return masar.NewError(masar.CodeBadInput, "error.document.no_operation", nil)
	}
	var names []string
	for _, o := range operation.Doc.Operations[:min(len(operation.Doc.Operations), maxNamed)] {
		names = append(names, Shorten(o.Name, 64))
	}
	key := "error.document.operation"
	if operation.OperationName == "" {
		key = "error.document.several_operations"
	}
	return masar.NewArgumentError(masar.CodeBadInput, "operationName", key, masar.Args{"name": Shorten(operation.OperationName, 64), "names": names})
}

// unknownField is the error for a field of a variable that its type does not have, with the fields that it has; nil for
// every other error.
func unknownField(schema *ast.Schema, doc *ast.QueryDocument, err *gqlerror.Error) *masar.Error {
	if !ofVariable(err) || err.Message != "unknown field" || doc == nil {
		return nil
	}
	of := typeAbove(schema, doc, err.Path)
	if of == nil {
		return nil
	}
	var allowed []string
	for _, f := range of.Fields[:min(len(of.Fields), maxNamed)] {
		allowed = append(allowed, f.Name)
	}
	field, _ := err.Path[len(err.Path)-1].(ast.PathName)
	key, nearest := "error.document.field", masar.Nearest(string(field), maxSuggestions, slices.Values(allowed))
	if len(nearest) > 0 {
		key = "error.document.field_near"
	}
	return masar.NewArgumentError(masar.CodeBadInput, variablePath(err), key, masar.Args{
		"field": Shorten(string(field), 64), "type": of.Name, "allowed": allowed, "nearest": nearest,
	})
}

// typeAbove is the input type that should have the last field of a path in a variable; nil if there is none.
func typeAbove(schema *ast.Schema, doc *ast.QueryDocument, path ast.Path) *ast.Definition {
	name, _ := path[1].(ast.PathName)
	for _, o := range doc.Operations {
		variable := o.VariableDefinitions.ForName(string(name))
		if variable == nil {
			continue
		}
		of := schema.Types[variable.Type.Name()]
		for _, part := range path[2 : len(path)-1] {
			field, isName := part.(ast.PathName)
			if !isName || of == nil {
				continue // an index of a list
			}
			if f := of.Fields.ForName(string(field)); f != nil {
				of = schema.Types[f.Type.Name()]
			}
		}
		return of
	}
	return nil
}
