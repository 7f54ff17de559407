package limits

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"masar"
	"masar/resolvers"
)

var schema = resolvers.NewSchema().Schema()

// small is a schema of one type that refers to itself: by a field, by a list with pages and by a list without.
var small = gqlparser.MustLoadSchema(&ast.Source{Input: `
	directive @cost(weight: Int!) on FIELD_DEFINITION
	directive @code on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
	type Query { one: Thing, many(first: Int = 3, last: Int): Things, of(ids: [ID!]!): [Thing!]!, dear: Thing @cost(weight: 40) }
	type Thing { name: String, one: Thing, many(first: Int, last: Int): Things, few: [Thing!]! }
	type Things { edges: [Edge!]!, nodes: [Thing!]!, total: Int }
	type Edge { node: Thing }
`})

func measure(t testing.TB, schema *ast.Schema, document string, variables map[string]any, l Limits) (Measured, error) {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: document})
	if err != nil {
		t.Fatal(err)
	}
	return Check(schema, doc, "", variables, l)
}

func TestMeasured(t *testing.T) {
	for document, want := range map[string]Measured{
		`{ one { name } }`:         {Depth: 2, RootFields: 1, Fields: 2, Cost: 2},
		`{ a: one { name name } }`: {Depth: 2, RootFields: 1, Fields: 3, Cost: 3, Aliases: 2},
		`{ one { ...F } ...Q } fragment F on Thing { name one { name } } fragment Q on Query { one { name } }`: {Depth: 3, RootFields: 2, Fields: 6, Cost: 6, Fragments: 2},
		`{ many { nodes { name } total } }`:               {Depth: 3, RootFields: 1, Fields: 4, Cost: 1 + 3*2 + 1, Values: 0}, // the schema's default
		`{ one { many { nodes { name } } } }`:             {Depth: 4, RootFields: 1, Fields: 4, Cost: 2 + 20*2},
		`{ many(first: 10) { edges { node { name } } } }`: {Depth: 4, RootFields: 1, Fields: 4, Cost: 1 + 10*3, Values: 1},
		`{ many(last: 1000000) { nodes { name } } }`:      {Depth: 3, RootFields: 1, Fields: 3, Cost: 1 + 100*2, Values: 1},
		`{ many(first: 10) { ...M } } fragment M on Things { nodes { many(first: 7) { ...M2 } } } fragment M2 on Things { total nodes { name } }`: {
			Depth: 5, RootFields: 1, Fields: 6, Fragments: 2, Values: 2, Cost: 1 + 10*(1+1+1+7*2)},
		`query ($n: Int = 4) { many(first: $n) { nodes { name } } }`: {Depth: 3, RootFields: 1, Fields: 3, Cost: 1 + 4*2, Values: 2},
		`{ one { few { few { name } } } }`:                           {Depth: 4, RootFields: 1, Fields: 4, Cost: 1 + 5*(1+5*(1+1))},
		`{ of(ids: ["a", "b", "c"]) { name } }`:                      {Depth: 2, RootFields: 1, Fields: 2, Cost: 3 * 2, Values: 4},
		`{ dear { name } }`:                                          {Depth: 2, RootFields: 1, Fields: 2, Cost: 41},
		`{ __typename one @skip(if: true) { __typename } }`:          {Depth: 2, RootFields: 2, Fields: 3, Cost: 3, Directives: 1, Values: 1},
		`{ __schema { types { name } } __type(name: "T") { name } }`: {IntrospectionDepth: 3, Introspections: 2, RootFields: 2, Fields: 5, Cost: 2, Values: 1},
	} {
		got, err := measure(t, small, document, nil, Default())
		want.Operations = 1
		if err != nil || got.withoutSteps() != want {
			t.Errorf("%s\n got %+v %v\nwant %+v", document, got, err, want)
		}
	}
}

// withoutSteps returns the fields to compare.
func (m Measured) withoutSteps() Measured { m.steps = 0; return m }

func TestVariablesTellPages(t *testing.T) {
	for _, variables := range []map[string]any{{"n": json.Number("50")}, {"n": 50.}, {"n": 50}, {"n": int64(50)}} {
		got, err := measure(t, small, `query ($n: Int) { many(first: $n) { nodes { name } } }`, variables, Default())
		if err != nil || got.Cost != 101 {
			t.Errorf("%v: %d %v", variables, got.Cost, err)
		}
	}
	got, err := measure(t, small, `query ($ids: [ID!]!) { of(ids: $ids) { name } }`, map[string]any{"ids": []any{"a", "b"}}, Default())
	if err != nil || got.Cost != 4 {
		t.Errorf("%d %v", got.Cost, err)
	}
}

// Catches: a limit that is wrong by one, and an error that does not state the limit, the value and the remedy.
func TestBounds(t *testing.T) {
	repeat := strings.Repeat
	for b, document := range map[*Bound]func(n int) string{
		depth: func(n int) string { return repeat("{ one ", n-1) + "{ name }" + repeat("}", n-1) },
		introspectionDepth: func(n int) string {
			return "{ __schema { types " + repeat("{ ofType ", n-3) + "{ name }" + repeat("}", n-1)
		},
		introspections: func(n int) string {
			return "{" + repeat(` ...S`, n) + `} fragment S on Query { __schema { description } }`
		},
		aliases: func(n int) string { return "{ one { name" + repeat(" name", n) + "} }" },
		directives: func(n int) string {
			return "{ one {" + repeat(" ... @include(if: true) { name }", n) + "} }"
		},
		directivesPerNode: func(n int) string { return "{ one" + repeat(" @skip(if: false)", n) + " { name } }" },
		rootFields:        func(n int) string { return "{" + repeat(" ...F", n) + "} fragment F on Query { one { name } }" },
		fields: func(n int) string {
			return "{ one {" + repeat(" ...F", n-1) + "} } fragment F on Thing { name }"
		},
		fragments: func(n int) string {
			document := "{ one { name } }"
			for i := range n {
				document += fmt.Sprintf(" fragment F%d on Thing { name }", i)
			}
			return document
		},
		operations: func(n int) string {
			document := ""
			for i := range n {
				document += fmt.Sprintf(" query Q%d { one { name } }", i)
			}
			return document
		},
		cost: func(n int) string {
			return "{ one {" + repeat(" ...F", n-1) + "} } fragment F on Thing { name }"
		},
		values: func(n int) string {
			return "{ one { name @f(a: [" + repeat("[1 1 1 1 1 1 1 1 1] ", n/10-1) + repeat(" 1", n%10+9) + "]) } }"
		},
		valueDepth: func(n int) string { return "{ one { name @f(a: " + repeat("[", n-1) + "1" + repeat("]", n-1) + ") } }" },
		listLength: func(n int) string { return "{ of(ids: [" + repeat(`"a" `, n) + "]) { name } }" },
		textLength: func(n int) string { return `{ of(ids: "` + repeat("ص", n) + `") { name } }` },
		nameLength: func(n int) string { return "{ one { " + repeat("a", n) + ": name } }" },
	} {
		l := Default()
		allowed := *b.Of(&l)
		switch b { // one bound at a time
		case values:
			l.ListLength = 1000
		case cost:
			allowed, l.Cost = 100, 100
		}
		if _, err := measure(t, small, document(allowed), nil, l); err != nil {
			t.Errorf("%s: %d are refused: %v", b.Name, allowed, err)
		}
		_, err := measure(t, small, document(allowed+1), nil, l)
		told, ok := errors.AsType[*masar.Error](err)
		if !ok || told.Code != masar.CodeLimit || told.Details["limit"] != b.Name || told.Details["reached"] != allowed+1 || told.Details["allowed"] != allowed {
			t.Errorf("%s: %d: %v %v", b.Name, allowed+1, err, told)
		}
	}
}

func TestCycles(t *testing.T) {
	for _, document := range []string{
		`{ one { ...F } } fragment F on Thing { one { ...F } }`,
		`{ one { ...F } } fragment F on Thing { ...G } fragment G on Thing { ...F }`,
		`{ one { name } } fragment F on Thing { ...F }`,
	} {
		_, err := measure(t, small, document, nil, Default())
		told, ok := errors.AsType[*gqlerror.Error](err)
		if !ok || told.Rule != "NoFragmentCycles" || len(told.Locations) != 1 {
			t.Errorf("%s: %v", document, err)
		}
	}
}

// Catches: a limit that an operation of the examples comes near.
func TestConsumersAreFarFromTheLimits(t *testing.T) {
	files, _ := filepath.Glob("../../examples/*/*.graphql")
	if len(files) < 8 {
		t.Fatalf("%d operations", len(files))
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := parse(string(text), Default())
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, o := range doc.Operations {
			got, err := Check(schema, doc, o.Name, nil, Default())
			t.Logf("%s: %+v", file, got)
			if err != nil || got.Depth > 10 || 2*got.Cost > Default().Cost || 2*got.Aliases > Default().Aliases {
				t.Errorf("%s: %+v %v", file, got, err)
			}
		}
	}
}
