package operations

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"masar/operations/metrics"
)

// fake is a schema of one field with a test's function as its resolver.
type fake struct {
	schema  *ast.Schema
	resolve func(context.Context) error
}

func (f fake) Schema() *ast.Schema { return f.schema }

func (fake) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (f fake) Exec(context.Context) graphql.ResponseHandler {
	return func(ctx context.Context) *graphql.Response {
		if err := f.resolve(ctx); err != nil {
			graphql.AddError(ctx, err)
		}
		return &graphql.Response{Data: []byte(`{"field":null}`)}
	}
}

// service runs the operations of a fake schema and keeps its log.
type service struct {
	*Operations
	log *bytes.Buffer
}

func newService(t testing.TB, resolve func(context.Context) error, change ...func(*Options)) service {
	t.Helper()
	log := &bytes.Buffer{}
	o := Options{
		Schema: fake{gqlparser.MustLoadSchema(&ast.Source{Input: `
			type Query { field(first: Int, codes: [String!]): String inner: Query }
			type Mutation { change: String }
		`}), resolve},
		Begin:   func(ctx context.Context, _ *graphql.OperationContext) (context.Context, error) { return ctx, nil },
		Metrics: metrics.New(""),
		Log:     slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, c := range change {
		c(&o)
	}
	return service{New(o), log}
}

// answer is a GraphQL answer.
type answer struct {
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Path       []any
		Extensions map[string]any
	}
}

// code returns the code of the only error; OK if there is none.
func (a answer) code(t *testing.T) string {
	t.Helper()
	if len(a.Errors) > 1 {
		t.Fatalf("%d errors: %+v", len(a.Errors), a.Errors)
	}
	if len(a.Errors) == 0 {
		return "OK"
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

func (s service) ask(t *testing.T, query string) answer {
	t.Helper()
	return s.askAs(t, Client{Transport: "test"}, query)
}

func (s service) askAs(t *testing.T, c Client, query string) (a answer) {
	t.Helper()
	text := Encode(s.Do(t.Context(), c, Params{Query: query, Variables: map[string]any{"secret": "open sesame"}}))
	if err := json.Unmarshal(text, &a); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return a
}
